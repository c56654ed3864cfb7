"""The past of a fact: its history, each of its revisions, and undoing a change of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from discord import ButtonStyle, ui

from bot.client.bot import Interaction
from bot.client.citing import cite_button
from bot.client.fact_text import summary
from bot.client.facts import words
from bot.client.facts.difference import differences
from bot.client.facts.views import fact_lines, saved_buttons
from bot.client.interactions import NUMBER, FactChoice, RouteButton, RouteInput, route, run_to_end
from bot.client.log import words as log_words
from bot.client.log.aftermath import ChangeResult, make_change
from bot.client.log.cog import outcome, take_back
from bot.client.log.lines import action_of, subject_of
from bot.client.panels import BLUE, page_buttons, page_of, panel, section, show, side_by_side
from bot.client.permissions import Permission, note_of, shown_signature, signature
from bot.client.text import clean, inline, split, timestamp
from bot.client.words import MORE, page_foot, reason
from bot.errors import UsageError
from bot.facts.editor import Applied
from bot.facts.models import FactRecord, Revision
from bot.presentation.languages import say
from bot.presentation.wording import labelled
from bot.service.facts import FactHistory, Names
from bot.service.session import Session

_STEPS = 4  # revisions on a page
_STEP_ROOM = 500
_PAGE = 900
_MOST_STEPS = 4


async def history_page(interaction: Interaction, number: int, page: int) -> ui.LayoutView:
    """Return a page of the history of a fact. Raises NotKnownError."""
    return history_panel(await run_to_end(interaction, lambda session: session.facts.history_with_names(number)), page)


async def fact_page(interaction: Interaction, number: int, revision: int | None, page: int) -> ui.LayoutView:
    """Return a page of a fact as it is, or as it was at a revision. Raises NotKnownError."""
    record, names = await run_to_end(interaction, lambda session: session.facts.with_names(number, revision))
    now = await run_to_end(interaction, lambda session: session.facts.show(number))
    parts = split(clean(record.fact.text), _PAGE)
    page = max(0, min(page, len(parts) - 1))
    part = replace(record, fact=replace(record.fact, text=parts[page]), retracted=False)
    lines = [f"### {record.ref}", fact_lines(part, names, room=_PAGE * 2)]
    if record.retracted:
        lines.insert(1, f"-# {say(words.RETRACTED)}")
    elif record.revision != now.revision:
        lines.insert(1, f"-# {say(words.NOT_CURRENT, ref=now.ref)}")
    row, left = side_by_side(_show_buttons(record, now))
    menu = [FactChoice(record.ref, left, say(MORE))] if left else []
    turning = page_buttons("fact-show", page, len(parts), lambda to: f"{number}:{record.revision}:{to}")
    return panel("\n".join(lines), row, menu, turning)


async def undoing_last(interaction: Interaction, number: int) -> ui.LayoutView:
    """Return what undoing the last change of a fact would do. Raises NotKnownError."""
    found = await run_to_end(interaction, lambda session: session.facts.history_with_names(number))
    now = found.record
    lines = [say(words.BEFORE_LAST, number=number), _last_step(found), summary(now, 200, also_retracted=True)]
    return _undo_panel(lines, "fact-take-back", f"{number}:{now.revision}")


async def undoing_own(interaction: Interaction) -> ui.LayoutView:
    """Return what undoing somebody's own last change would do. Raises UsageError where there is none."""
    me = signature(interaction.user)
    found = await run_to_end(interaction, lambda session: session.changes.last_of(me))
    if found is None:
        raise UsageError(say(words.NO_CHANGE_OF_YOURS))
    number, entry = found
    steps = await run_to_end(interaction, _steps_of, number)
    lines = [say(words.LAST_CHANGE)]
    if entry is not None and not steps:  # of sources and actors, or of a whole story
        action, subject = await run_to_end(interaction, lambda session: (action_of(session, entry), subject_of(session, entry)))
        lines.append(labelled(timestamp(entry.at, "R"), log_words.line(shown_signature(me), action, subject)))
    return _undo_panel([*lines, *steps], "take-back", number)


def _undo_panel(lines: Sequence[str], name: str, argument: object) -> ui.LayoutView:
    """Return what is going to be undone, with the button of the route that does it."""
    button = RouteButton(name, argument, say(words.TAKE_BACK), style=ButtonStyle.danger)
    return panel("\n".join(lines), [button, RouteButton("fact-close", "", say(words.CANCEL))], colour=BLUE)


@route("fact-close", Permission.MODERATOR, send=show)
async def _close(interaction: Interaction, given: RouteInput) -> ui.LayoutView:
    """Leave everything as it is."""
    return panel(say(words.CANCELLED))


@route("fact-history", Permission.MODERATOR, rf"{NUMBER}(:({NUMBER})?)?", send=show)
async def _turn(interaction: Interaction, given: RouteInput) -> ui.LayoutView:
    """Turn a page of a history, or open it."""
    number, _, page = given.argument.partition(":")
    return await history_page(interaction, int(number), int(page or 0))


@route("fact-show", Permission.MODERATOR, rf"{NUMBER}:{NUMBER}:{NUMBER}", send=show)
async def _turn_fact(interaction: Interaction, given: RouteInput) -> ui.LayoutView:
    """Turn a page of a long fact, or open it."""
    return await fact_page(interaction, *map(int, given.argument.split(":")))


@route("take-back", Permission.MODERATOR, NUMBER)
async def _take_back(interaction: Interaction, given: RouteInput) -> None:
    """Take a whole change back, after a second look where it is a big one."""
    await take_back(interaction, int(given.argument), _taken_back)


@route("fact-take-back", Permission.MODERATOR, rf"{NUMBER}:{NUMBER}", send=make_change)
async def _take_fact_back(interaction: Interaction, given: RouteInput) -> ChangeResult:
    """Take the last change of a fact back, if it is still the one that was shown."""
    number, seen = map(int, given.argument.split(":"))
    note, key = note_of(interaction), f"undo F{number}@{seen}"
    applied = await run_to_end(interaction, lambda session: session.editorial.revert(number, note, seen=seen, key=key))

    async def shown() -> ui.LayoutView:
        return await _taken_back(applied, await run_to_end(interaction, outcome, None, applied))

    return ChangeResult(shown, applied)


async def _taken_back(applied: Applied, lines: Sequence[str]) -> ui.LayoutView:
    """Say what taking a change back did."""
    text = say(words.TAKEN_BACK, what="\n".join(lines) or say(words.NO_CHANGE))
    number = applied.facts[0] if len(applied.facts) == 1 else None
    return panel(text, saved_buttons(None, number) if number and number not in applied.retracted else [])


def _steps_of(session: Session, change: int) -> list[str]:
    """Return what a change did to each of the facts that it touched."""
    lines = []
    for record in session.changes.touched(change, _MOST_STEPS):
        lines.append(f"**F{record.number}** {summary(record, 200, also_retracted=True)}")
        lines.append(_last_step(session.facts.history_with_names(record.number), room=_STEP_ROOM // 2))
    return lines


def history_panel(found: FactHistory, page: int) -> ui.LayoutView:
    """Return a page of a fact's history, newest first, with a button to go back to each older revision."""
    now = found.record
    shown, page, pages = page_of(_steps(found)[::-1], page, _STEPS)
    blocks: list[list[ui.Item[Any] | str]] = [
        [f"{say(words.HISTORY_TITLE, number=now.number)}\n{summary(now, 200, also_retracted=True)}"]
    ]
    for before, step in shown:
        returns = step.number != now.revision and step.action != "retract"
        text = _step(before, step, found.names)
        blocks.append([section(text, _back_button(now, step.number) if returns else None)])
    blocks[-1].append(page_foot(page, pages))
    return panel(blocks, page_buttons("fact-history", page, pages, lambda to: f"{now.number}:{to}"))


def _back_button(now: FactRecord, revision: int) -> RouteButton:
    return RouteButton("fact-back", f"{now.number}:{revision}:{now.revision}", say(words.GO_BACK, revision=revision))


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
    return _step(*_steps(found)[-1], found.names, room=room)


def _steps(found: FactHistory) -> list[tuple[Revision | None, Revision]]:
    """Return the revisions of a fact, oldest first, each with the one before it; None before the first."""
    return list(zip((None, *found.steps), found.steps, strict=False))


def _step(before: Revision | None, step: Revision, names: Names, *, room: int = _STEP_ROOM) -> str:
    """Say who did what, when and why, and what differs."""
    head = f"**@{step.number}** {words.did(step.action, timestamp(step.at, 'f'), shown_signature(step.by))}"
    lines = [head, f"-# {inline(reason(step.reason), 200)}" if step.reason else ""]
    if before is not None:
        lines += differences(before.fact, step.fact, names, room=room)
    return "\n".join(filter(None, lines))
