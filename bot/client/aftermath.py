"""What follows a change: earlier replies are corrected, the log channel is told, and so are readers whose question it answers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from discord import Colour, ui

from bot.client import log_words as words
from bot.client.authority import Who, signature, signed_as
from bot.client.correcting import correct
from bot.client.correction_text import timestamp
from bot.client.fact_text import summary
from bot.client.routes import Given, Interaction, RouteButton, route
from bot.client.sending import replace_message, server_of
from bot.client.solving import tell_solved
from bot.client.telling import change_message, post_to
from bot.client.text import inline
from bot.client.undoing import asked_first, emptied, take_back
from bot.facts.editor import Applied
from bot.facts.models import FactRecord
from bot.facts.writing import Note, note

if TYPE_CHECKING:
    from bot.client.app import FootnoteBot
    from bot.desk import Desk

_GREY, _RED = Colour(0x6B7280), Colour(0xDC2626)
_MOST_FACTS = 5
_FACT, _REASON, _WHAT = 300, 500, 300


async def after_change(bot: FootnoteBot, server: int | None, applied: Applied, signed: Note, action: str) -> None:
    """Have all follow that a change brings, in the background; nothing of it can undo the change or fail it."""
    if applied.change is not None and not applied.repeated:
        bot.background.start(_log(bot, server, applied, signed, action))
        bot.background.start(correct(bot, server, applied.facts))
        bot.background.start(tell_solved(bot, server))


async def after_entry(bot: FootnoteBot, server: int | None, entry_text: str) -> None:
    """Write a line (markdown, what is stored in it escaped) about something that changed no fact into the log channel."""
    bot.background.start(_post(bot, server, ui.LayoutView(timeout=None).add_item(_container(ui.TextDisplay(entry_text)))))


@dataclass(frozen=True, slots=True)
class _Line:
    """A change as the log channel shows it."""

    change: int
    text: str
    bad: bool
    undone: bool


async def _log(bot: FootnoteBot, server: int | None, applied: Applied, signed: Note, action: str) -> None:
    change = applied.change or 0
    if (await bot.service.at(server, lambda desk: desk.base.settings.read())).log_channel is not None:
        line = await bot.service.at(server, lambda desk: _line(desk, change, signed, action, bool(applied.retracted)))
        await _post(bot, server, _view(line))


async def _post(bot: FootnoteBot, server: int | None, view: ui.LayoutView) -> None:
    settings = await bot.service.at(server, lambda desk: desk.base.settings.read())
    if settings.log_channel is not None:
        await post_to(bot, server, settings.log_channel, view)


def _line(desk: Desk, change: int, signed: Note, action: str, bad: bool) -> _Line:
    facts = desk.base.facts(desk.base.editor.changed_by(change)[:_MOST_FACTS])
    more = len(desk.base.editor.changed_by(change)) - len(facts)
    lines = [words.did(signed_as(signed.by), action, timestamp(signed.at, "f")), *map(_fact, facts)]
    if not facts:
        lines.append(inline(desk.base.logbook.of(change).what, _WHAT))
    if more > 0:
        lines.append(words.more(more))
    if signed.reason:
        lines.append(words.reason(inline(signed.reason, _REASON)))
    return _Line(change, "\n".join(lines), bad, change in desk.base.logbook.taken_back())


def _fact(record: FactRecord) -> str:
    text = summary(replace(record, retracted=False), _FACT)
    return f"{record.ref} {f'~~{text}~~' if record.retracted else text}"


def _view(line: _Line) -> ui.LayoutView:
    text = ui.TextDisplay[Any](line.text)
    button = RouteButton("log-undo", line.change, words.UNDO)
    item: ui.Item[Any] = text if line.undone else ui.Section(text, accessory=button)
    return ui.LayoutView(timeout=None).add_item(_container(item, bad=line.bad))


def _container(item: ui.Item[Any], *, bad: bool = False) -> ui.Container[Any]:
    return ui.Container(item, accent_colour=_RED if bad else _GREY)


@route("log-undo", Who.MODERATOR)
async def _undo(interaction: Interaction, given: Given) -> None:
    """Take back the change of a line, after a second look where it is a big one. Raises ConflictError, DecidedError."""
    change, signed = int(given.argument), note(signature(interaction.user), None)
    bot, server = interaction.client, server_of(interaction)
    line = interaction.message
    if await asked_first(interaction, change, f"{line.channel.id}:{line.id}" if line is not None else ""):
        return
    applied = await bot.service.at(server, lambda desk: take_back(desk, change, signed))
    await replace_message(interaction, _undone(interaction, change))
    await after_change(bot, server, applied, signed, "undo")


@route("undo-sure", Who.MODERATOR)
async def _undo_all(interaction: Interaction, given: Given) -> None:
    """Take back a change of many facts, which was asked about; the line of the log channel that it came from tells so."""
    number, _, place = given.argument.partition(":")
    change, signed = int(number), note(signature(interaction.user), None)
    bot, server = interaction.client, server_of(interaction)
    applied = await bot.service.at(server, lambda desk: take_back(desk, change, signed))
    left = await bot.service.at(server, lambda desk: emptied(desk, applied))
    said = "\n".join([words.all_taken_back(change, len(applied.facts)), *left])
    await replace_message(interaction, _ready(ui.LayoutView(timeout=None).add_item(_container(ui.TextDisplay(said)))))
    await after_change(bot, server, applied, signed, "undo")
    if place:
        channel, _, message = place.partition(":")
        await change_message(bot, server, int(channel), int(message), await _undone(interaction, change))


async def _undone(interaction: Interaction, change: int) -> ui.LayoutView:
    def line(desk: Desk) -> _Line:
        entry = desk.base.logbook.of(change)
        return _line(desk, change, Note(entry.by, entry.reason, entry.at), entry.action, False)

    found = await interaction.client.service.at(server_of(interaction), line)
    text = f"{found.text}\n{words.taken_back(signed_as(signature(interaction.user)))}"
    return _view(replace(found, text=text, undone=True))


async def _ready(view: ui.LayoutView) -> ui.LayoutView:
    return view
