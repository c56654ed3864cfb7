"""What follows a change: earlier replies are corrected, the log channel is told, and so are readers whose question it answers."""

from __future__ import annotations

from discord import ui

from bot.client.answering.corrections import correct
from bot.client.answering.followers import tell_solved
from bot.client.bot import FootnoteBot, Interaction
from bot.client.interactions import Given, route
from bot.client.log import words
from bot.client.log.lines import change_view, container, tell_log
from bot.client.log.undoing import asked_first, emptied, left_out, taken_back
from bot.client.permissions import Who, signature, signed_as
from bot.client.sending import replace_message, server_of
from bot.client.telling import change_message
from bot.facts.editor import Applied
from bot.facts.writing import note
from bot.service.session import Session


async def after_change(bot: FootnoteBot, server: int | None, applied: Applied) -> None:
    """Have all follow that a change brings, in the background; nothing of it can undo the change or fail it."""
    if applied.change is not None and not applied.repeated:
        bot.background.start(tell_log(bot, server))
        bot.background.start(correct(bot, server))
        bot.background.start(tell_solved(bot, server))


async def after_entry(bot: FootnoteBot, server: int | None) -> None:
    """Have the log channel told of something that changed no fact."""
    bot.background.start(tell_log(bot, server))


@route("log-undo", Who.MODERATOR)
async def _undo(interaction: Interaction, given: Given) -> None:
    """Take back the change of a line, after a second look where it is a big one. Raises ConflictError, DecidedError."""
    change, signed = int(given.argument), note(signature(interaction.user), None)
    line = interaction.message
    if await asked_first(interaction, change, f"{line.channel.id}:{line.id}" if line is not None else ""):
        return
    applied = await taken_back(interaction, change, signed)
    await replace_message(interaction, _undone(interaction, change))
    await after_change(interaction.client, server_of(interaction), applied)


@route("undo-sure", Who.MODERATOR)
async def _undo_all(interaction: Interaction, given: Given) -> None:
    """Take back a change of many facts, which was asked about; the line of the log channel that it came from tells so."""
    number, _, place = given.argument.partition(":")
    change, signed = int(number), note(signature(interaction.user), None)
    bot, server = interaction.client, server_of(interaction)
    applied = await taken_back(interaction, change, signed)
    left = await bot.service.run_to_end(server, lambda session: emptied(session, applied))
    said = "\n".join([words.all_taken_back(change, len(applied.facts)), *left_out(applied), *left])
    await replace_message(interaction, container(ui.TextDisplay(said)))
    await after_change(bot, server, applied)
    if place:
        channel, _, message = place.partition(":")
        await change_message(bot, server, int(channel), int(message), await _undone(interaction, change))


async def _undone(interaction: Interaction, change: int) -> ui.LayoutView:
    said = words.taken_back(signed_as(signature(interaction.user)))

    def line(session: Session) -> ui.LayoutView:
        return change_view(session, session.base.logbook.of(change), said)

    return await interaction.client.service.run_to_end(server_of(interaction), line)
