"""Undoing a change: once, wherever the button is pressed, and after a preview where it touches more than one fact."""

from __future__ import annotations

from dataclasses import replace
from itertools import compress

from discord import ButtonStyle, ui

from bot.client.bot import Interaction
from bot.client.fact_text import summary
from bot.client.facts.difference import differences
from bot.client.interactions import NUMBER, RouteButton, RouteInput, route, run_to_end
from bot.client.log import words
from bot.client.log.aftermath import follow_change
from bot.client.log.lines import change_view
from bot.client.panels import AMBER, panel
from bot.client.permissions import Permission, note_of
from bot.client.sending import edit_message, replace_message, respond_privately, server_of
from bot.client.text import inline
from bot.facts.editor import Applied
from bot.presentation.languages import say, say_message, say_number
from bot.service.changes import UndoScope
from bot.service.session import Session

_TITLE = 120
_MOST_NAMED, _FACT, _CHANGED = 6, 160, 300  # facts that are named, and characters of each and of what differs


async def confirm_first(interaction: Interaction, change: int, place: str = "") -> bool:
    """Ask once more, in a message of its own, where taking a change back touches more than one fact; return whether it was asked.

    ``place`` names the line of the log channel (``channel:message``) that is to tell of it.
    """
    reach = await run_to_end(interaction, lambda session: session.changes.undo_scope(change))
    if reach.facts < 2:
        return False
    await respond_privately(interaction, confirmation(change, reach, place))
    return True


def confirmation(change: int, reach: UndoScope, place: str = "") -> ui.LayoutView:
    """Return what taking a change back would do, with the button that does it."""
    would = (
        say_number(reach.retracted, "- {number} fact would be retracted", "- {number} facts would be retracted"),
        say_number(reach.revised, "- {number} fact would be as it was before", "- {number} facts would be as they were before"),
        say_number(reach.restored, "- {number} fact would be brought back", "- {number} facts would be brought back"),
    )
    lines = [say(words.SURE, change=change), *compress(would, (reach.retracted, reach.revised, reach.restored))]
    lines += [say(words.WOULD_EMPTY, title=inline(story.title, _TITLE)) for story in reach.emptied]
    text = say(words.TAKE_ALL_BACK, number=reach.facts)
    button = RouteButton("undo-sure", f"{change}:{place}", text, style=ButtonStyle.danger)
    return panel("\n".join(lines), [button, RouteButton("fact-close", "", say(words.LEAVE))], colour=AMBER)


async def take_back(interaction: Interaction, change: int) -> Applied:
    """Take a change back.

    Raises DecidedError where it was, ConflictError where what it touched was changed again since, TwoNeededError where it is
    about people and one moderator alone may not do it.
    """
    signed = note_of(interaction)
    return await run_to_end(interaction, lambda session: session.changes.undo(change, signed))


def outcome(session: Session, change: int | None, applied: Applied) -> list[str]:
    """Say in words what taking a change back did: to each fact, to what was no fact, to stories, and what it could not do."""
    lines = []
    for number in applied.facts[:_MOST_NAMED]:
        found = session.facts.history_with_names(number)
        record, text = found.record, summary(replace(found.record, retracted=False), _FACT)
        if number in applied.revised and len(found.steps) > 1:
            changed = differences(found.steps[-2].fact, record.fact, found.names, room=_CHANGED)
            lines.append("\n".join([say(words.AS_BEFORE, ref=record.ref), *changed]))
        else:
            lines.append(say(words.GONE if number in applied.retracted else words.THERE_AGAIN, ref=record.ref, text=text))
    if len(applied.facts) > _MOST_NAMED:
        lines.append(words.more(len(applied.facts) - _MOST_NAMED))
    if not lines and change is not None and applied.change is not None:
        was, items = session.changes.logged(change).action, session.changes.items(applied.change)
        lines += [words.is_undone(each, inline(each.name, _TITLE), was) for each in items[:_MOST_NAMED]]
    lines += [f"-# {inline(say_message(each), _TITLE * 3)}" for each in applied.left_out]
    return lines + [say(words.IS_EMPTY, title=inline(each.title, _TITLE)) for each in session.changes.emptied_stories(applied)]


@route("log-undo", Permission.MODERATOR, NUMBER)
async def _undo(interaction: Interaction, given: RouteInput) -> None:
    """Take back the change of a line, after a second look where it is a big one. Raises ConflictError, DecidedError."""
    change, line = int(given.argument), interaction.message
    if await confirm_first(interaction, change, f"{line.channel.id}:{line.id}" if line is not None else ""):
        return
    applied = await take_back(interaction, change)
    await replace_message(interaction, _undone(interaction, change))
    await follow_change(interaction.client, server_of(interaction), applied)


@route("undo-sure", Permission.MODERATOR, rf"{NUMBER}(:({NUMBER}:{NUMBER})?)?")
async def _undo_all(interaction: Interaction, given: RouteInput) -> None:
    """Take back a change of many facts, which was asked about; the line of the log channel that it came from tells so."""
    number, _, place = given.argument.partition(":")
    change, bot, server = int(number), interaction.client, server_of(interaction)
    applied = await take_back(interaction, change)
    lines = await bot.service.run_to_end(server, outcome, change, applied)
    sentence = "\n".join([words.all_taken_back(change, len(applied.facts)), *lines])
    await replace_message(interaction, panel(sentence))
    await follow_change(bot, server, applied)
    if place:
        channel, _, message = place.partition(":")
        await edit_message(bot, server, int(channel), int(message), await _undone(interaction, change))


async def _undone(interaction: Interaction, change: int) -> ui.LayoutView:
    """Return the line of a change that was taken back, with who did so."""
    sentence = say(words.TAKEN_BACK, who=interaction.user.mention)
    return await run_to_end(interaction, lambda session: change_view(session, session.changes.logged(change), sentence))
