"""Undoing a change: once, wherever the button is pressed, and after a preview where it touches more than one fact."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from itertools import compress
from typing import TypeAlias

from discord import ButtonStyle, ui

from bot.client.bot import Interaction
from bot.client.fact_text import summary
from bot.client.facts.difference import differences
from bot.client.interactions import NUMBER, RouteButton, RouteInput, route, run_to_end
from bot.client.log import words
from bot.client.log.aftermath import ChangeResult, SendView, make_change
from bot.client.log.lines import change_view
from bot.client.panels import AMBER, panel, show
from bot.client.permissions import Permission, note_of
from bot.client.sending import edit_message, replace_message, respond_privately, server_of
from bot.client.text import inline
from bot.facts.editor import Applied
from bot.presentation.languages import say, say_message, say_number
from bot.service.changes import UndoScope
from bot.service.session import Session

ViewOfUndo: TypeAlias = Callable[[Applied, list[str]], Awaitable[ui.LayoutView]]

_TITLE = 120
_MOST_NAMED, _FACT, _CHANGED = 6, 160, 300  # facts that are named, and characters of each and of what differs


async def take_back(interaction: Interaction, change: int, view: ViewOfUndo, *, place: str = "", send: SendView = show) -> None:
    """Take a change back; where it touches more than one fact, ask once more instead, in a message of its own.

    ``view`` makes what is sent of what that did, as it is and in words. ``place`` names the line of the log channel
    (``channel:message``) that is to tell of it. Raises DecidedError where it was taken back, ConflictError where what it touched
    was changed again since, TwoNeededError where it is about people and one moderator alone may not do it.
    """
    reach = await run_to_end(interaction, lambda session: session.changes.undo_scope(change))
    if reach.facts < 2:
        await make_change(interaction, _taken_back(interaction, change, view), send)
    else:
        await respond_privately(interaction, confirmation(change, reach, place))


async def _taken_back(interaction: Interaction, change: int, view: ViewOfUndo) -> ChangeResult:
    signed = note_of(interaction)
    applied = await run_to_end(interaction, lambda session: session.changes.undo(change, signed))

    async def shown() -> ui.LayoutView:
        return await view(applied, await run_to_end(interaction, outcome, change, applied))

    return ChangeResult(shown, applied)


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


def outcome(session: Session, change: int | None, applied: Applied) -> list[str]:
    """Say in words what taking a change back did: to each fact, to what was no fact, to stories, and what it could not do."""
    lines = []
    for number in applied.facts[:_MOST_NAMED]:
        found = session.facts.history_with_names(number)
        record, text = found.record, summary(found.record, _FACT, also_retracted=True)
        if number in applied.revised and len(found.steps) > 1:
            changed = differences(found.steps[-2].fact, record.fact, found.names, room=_CHANGED)
            lines.append("\n".join([say(words.AS_BEFORE, ref=record.ref), *changed]))
        else:
            lines.append(say(words.GONE if number in applied.retracted else words.THERE_AGAIN, ref=record.ref, text=text))
    if len(applied.facts) > _MOST_NAMED:
        lines.append(words.more(len(applied.facts) - _MOST_NAMED))
    if not lines and change is not None and applied.change is not None:
        was, items = session.logbook.entry_of_change(change).action, session.logbook.items(applied.change)
        lines += [words.is_undone(each, inline(each.name, _TITLE), was) for each in items[:_MOST_NAMED]]
    lines += [f"-# {inline(say_message(each), _TITLE * 3)}" for each in applied.left_out]
    return lines + [say(words.IS_EMPTY, title=inline(each.title, _TITLE)) for each in session.changes.emptied_stories(applied)]


@route("log-undo", Permission.MODERATOR, NUMBER)
async def _undo(interaction: Interaction, given: RouteInput) -> None:
    """Take back the change of a line, after a second look where it is a big one."""
    change, line = int(given.argument), interaction.message
    place = f"{line.channel.id}:{line.id}" if line is not None else ""
    await take_back(interaction, change, lambda *_: _undone(interaction, change), place=place, send=replace_message)


@route("undo-sure", Permission.MODERATOR, rf"{NUMBER}(:({NUMBER}:{NUMBER})?)?")
async def _undo_all(interaction: Interaction, given: RouteInput) -> None:
    """Take back a change of many facts, which was asked about; the line of the log channel that it came from tells so."""
    number, _, place = given.argument.partition(":")
    change = int(number)

    async def view(applied: Applied, lines: Sequence[str]) -> ui.LayoutView:
        return panel("\n".join([words.all_taken_back(change, len(applied.facts)), *lines]))

    await make_change(interaction, _taken_back(interaction, change, view))
    if place:
        channel, message = map(int, place.split(":"))
        line = await _undone(interaction, change)
        await edit_message(interaction.client, server_of(interaction), channel, message, line)


async def _undone(interaction: Interaction, change: int) -> ui.LayoutView:
    """Return the line of a change that was taken back, with who did so."""
    sentence = say(words.TAKEN_BACK, who=interaction.user.mention)
    return await run_to_end(interaction, lambda session: change_view(session, session.logbook.entry_of_change(change), sentence))
