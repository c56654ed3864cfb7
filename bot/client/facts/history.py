"""The past of a fact: its history, each of its revisions, and undoing a change of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from discord import ButtonStyle, ui

from bot.client.bot import Interaction
from bot.client.browsing.citing import cite_button
from bot.client.fact_text import summary
from bot.client.facts import words
from bot.client.facts.difference import differences
from bot.client.facts.views import fact_lines, saved_buttons
from bot.client.interactions import FactChoice, RouteButton, RouteInput, route, run_to_end
from bot.client.log import words as log_words
from bot.client.log.aftermath import ChangeResult, make_change
from bot.client.log.lines import action_of, subject_of
from bot.client.log.undoing import confirm_first, outcome, take_back
from bot.client.panels import BLUE, page_buttons, page_of, panel, section, show, side_by_side
from bot.client.permissions import Permission, note_of, shown_signature, signature
from bot.client.text import clean, inline, split, timestamp
from bot.client.words import MORE, page_number, reason
from bot.errors import UsageError
from bot.facts.editor import Applied
from bot.facts.models import FactRecord, Revision
from bot.presentation.languages import say
from bot.service.facts import FactHistory, Names
from bot.service.session import Session

_STEPS = 4  # revisions on a page
_STEP_ROOM = 500
_PAGE = 900
_MOST_STEPS = 4


async def of_fact(interaction: Interaction, fact: str) -> ui.LayoutView:
    """Show the history of a fact. Raises NotKnownError."""
    number, _ = await run_to_end(interaction, lambda session: session.facts.find(fact))
    return await _history(interaction, number, 0)


async def shown(interaction: Interaction, fact: str) -> ui.LayoutView:
    """Show a fact as it is, or as it was at the revision that was named. Raises NotKnownError."""
    number, revision = await run_to_end(interaction, lambda session: session.facts.find(fact))
    return await _shown(interaction, number, revision, 0)


async def undoing(interaction: Interaction, fact: str | None) -> ui.LayoutView:
    """Show what undoing would do: the last change of a fact, or one's own last change. Raises NotKnownError, UsageError."""
    if fact is None:
        return await _own_last(interaction)
    number, _ = await run_to_end(interaction, lambda session: session.facts.find(fact))
    found = await run_to_end(interaction, lambda session: session.facts.history_with_names(number))
    now = found.record
    lines = [say(words.BEFORE_LAST, number=number), _last_step(found), summary(replace(now, retracted=False), 200)]
    button = RouteButton("fact-take-back", f"{number}:{now.revision}", say(words.TAKE_BACK), style=ButtonStyle.danger)
    return panel("\n".join(lines), [button, RouteButton("fact-close", "", say(words.CANCEL))], colour=BLUE)


@route("fact-close", Permission.MODERATOR)
async def _close(interaction: Interaction, given: RouteInput) -> None:
    """Leave everything as it is."""
    await show(interaction, panel(say(words.CANCELLED)))


@route("fact-history", Permission.MODERATOR)
async def _turn(interaction: Interaction, given: RouteInput) -> None:
    """Turn a page of a history, or open it."""
    number, _, page = given.argument.partition(":")
    await show(interaction, _history(interaction, int(number), int(page or 0)))


@route("fact-show", Permission.MODERATOR)
async def _turn_fact(interaction: Interaction, given: RouteInput) -> None:
    """Turn a page of a long fact, or open it."""
    number, revision, page = map(int, given.argument.split(":"))
    await show(interaction, _shown(interaction, number, revision, page))


@route("take-back", Permission.MODERATOR)
async def _take_back(interaction: Interaction, given: RouteInput) -> None:
    """Take a whole change back, after a second look where it is a big one."""
    number = int(given.argument)
    if not await confirm_first(interaction, number):
        await make_change(interaction, _taken_back(interaction, number))


@route("fact-take-back", Permission.MODERATOR)
async def _take_fact_back(interaction: Interaction, given: RouteInput) -> None:
    """Take the last change of a fact back, if it is still the one that was shown."""
    number, seen = map(int, given.argument.split(":"))
    await make_change(interaction, _fact_taken_back(interaction, number, seen))


async def _own_last(interaction: Interaction) -> ui.LayoutView:
    me = signature(interaction.user)
    found = await run_to_end(interaction, lambda session: session.changes.last_of(me))
    if found is None:
        raise UsageError(say(words.NO_CHANGE_OF_YOURS))
    number, entry = found
    steps = await run_to_end(interaction, _steps_of, number)
    lines = [say(words.LAST_CHANGE)]
    if entry is not None and not steps:  # of sources and actors, or of a whole story
        action, subject = await run_to_end(interaction, lambda session: (action_of(session, entry), subject_of(session, entry)))
        lines.append(f"{timestamp(entry.at, 'R')}: {log_words.line(shown_signature(me), action, subject)}")
    lines += steps
    button = RouteButton("take-back", number, say(words.TAKE_BACK), style=ButtonStyle.danger)
    return panel("\n".join(lines), [button, RouteButton("fact-close", "", say(words.CANCEL))], colour=BLUE)


async def _taken_back(interaction: Interaction, number: int) -> ChangeResult:
    applied = await take_back(interaction, number)
    return await _undone(interaction, number, applied)


async def _fact_taken_back(interaction: Interaction, number: int, seen: int) -> ChangeResult:
    note = note_of(interaction)
    key = f"undo F{number}@{seen}"
    applied = await run_to_end(interaction, lambda session: session.editorial.revert(number, note, seen=seen, key=key))
    return await _undone(interaction, None, applied)


async def _undone(interaction: Interaction, change: int | None, applied: Applied) -> ChangeResult:
    lines = await run_to_end(interaction, outcome, change, applied)
    text = say(words.TAKEN_BACK, what="\n".join(lines) or say(words.NO_CHANGE))
    number = applied.facts[0] if len(applied.facts) == 1 else None
    return ChangeResult(panel(text, saved_buttons(None, number) if number and number not in applied.retracted else []), applied)


def _steps_of(session: Session, change: int) -> list[str]:
    """Return what a change did to each of the facts that it touched."""
    lines = []
    for record in session.changes.touched(change, _MOST_STEPS):
        lines.append(f"**F{record.number}** {summary(replace(record, retracted=False), 200)}")
        lines.append(_last_step(session.facts.history_with_names(record.number), room=_STEP_ROOM // 2))
    return lines


async def _history(interaction: Interaction, number: int, page: int) -> ui.LayoutView:
    found = await run_to_end(interaction, lambda session: session.facts.history_with_names(number))
    return history_panel(found.steps, found.record, found.names, page)


def history_panel(history: Sequence[Revision], now: FactRecord, names: Names, page: int) -> ui.LayoutView:
    """Return a page of a fact's history, newest first, with a button to go back to each older revision."""
    shown, page, pages = page_of(history[::-1], page, _STEPS)
    blocks: list[list[ui.Item[Any] | str]] = [
        [f"{say(words.HISTORY_TITLE, number=now.number)}\n{summary(replace(now, retracted=False), 200)}"]
    ]
    for step in shown:
        before = next((each for each in history if each.number == step.number - 1), None)
        returns = step.number != now.revision and step.action != "retract"
        blocks.append([section(_step(step, before, names), _back_button(now, step.number) if returns else None)])
    if pages > 1:
        blocks[-1].append(f"-# {page_number(page, pages)}")
    return panel(blocks, page_buttons("fact-history", page, pages, lambda to: f"{now.number}:{to}"))


def _back_button(now: FactRecord, revision: int) -> RouteButton:
    return RouteButton("fact-back", f"{now.number}:{revision}:{now.revision}", words.go_back(revision))


async def _shown(interaction: Interaction, number: int, revision: int | None, page: int) -> ui.LayoutView:
    record, names = await run_to_end(interaction, lambda session: session.facts.with_names(number, revision))
    now = await run_to_end(interaction, lambda session: session.facts.show(number))
    parts = split(clean(record.fact.text), _PAGE)
    page = max(0, min(page, len(parts) - 1))
    part = replace(record, fact=replace(record.fact, text=parts[page]), retracted=False)
    state = (
        say(words.RETRACTED)
        if record.retracted
        else say(words.NOT_CURRENT, ref=now.ref)
        if record.revision != now.revision
        else ""
    )
    lines = [f"### {record.ref}", f"-# {state}" if state else "", fact_lines(part, names, room=_PAGE * 2)]
    row, left = side_by_side(_show_buttons(record, now))
    menu = [FactChoice(record.ref, left, say(MORE))] if left else []
    turning = page_buttons("fact-show", page, len(parts), lambda to: f"{number}:{record.revision}:{to}")
    return panel("\n".join(filter(None, lines)), row, menu, turning)


def _show_buttons(record: FactRecord, now: FactRecord) -> list[RouteButton]:
    row: list[RouteButton] = []
    if record.revision != now.revision and not record.retracted:
        row.append(_back_button(now, record.revision))
    elif record.revision == now.revision and not now.retracted:
        row.append(RouteButton("fact-edit", now.number, say(words.EDIT)))
        if now.fact.kind == "claim":
            row.append(RouteButton("claim-review", now.number, say(words.ADD_REVIEW)))
        row.append(RouteButton("fact-retract", now.number, say(words.RETRACT)))
    row.append(RouteButton("fact-history", f"{now.number}:0", say(words.HISTORY)))
    return row if record.retracted else [*row, cite_button(record.ref)]


def _last_step(found: FactHistory, *, room: int = _STEP_ROOM) -> str:
    before = found.steps[-2] if len(found.steps) > 1 else None
    return _step(found.steps[-1], before, found.names, room=room)


def _step(step: Revision, before: Revision | None, names: Names, *, room: int = _STEP_ROOM) -> str:
    """Say who did what, when and why, and what differs."""
    head = f"**@{step.number}** {words.did(step.action, timestamp(step.at, 'f'), shown_signature(step.by))}"
    lines = [head, f"-# {inline(reason(step.reason), 200)}" if step.reason else ""]
    if before is not None:
        lines += differences(before.fact, step.fact, names, room=room)
    return "\n".join(filter(None, lines))
