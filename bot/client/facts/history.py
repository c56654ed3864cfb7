"""A fact as it is and as it was: showing it, its history, retracting it, and taking changes of it back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from discord import ButtonStyle, ui

from bot.client.bot import Interaction
from bot.client.citing import cite_button
from bot.client.completing import FirstStep, Look, completed_later, first_step, in_two_steps
from bot.client.errors import sentence_for
from bot.client.fact_text import summary
from bot.client.facts import words
from bot.client.facts.views import differences, fact_lines, saved_buttons, trial_lines
from bot.client.forms.fields import TextField
from bot.client.forms.records import load_text
from bot.client.interactions import NUMBER, FactChoice, Form, RouteButton, RouteInput, read_for, route, write_for
from bot.client.logbook.aftermath import ChangeResult, make_change
from bot.client.logbook.cog import outcome, take_back
from bot.client.logbook.lines import action_of, log_line, more, subject_of
from bot.client.panels import AMBER, BLUE, GREEN, Button, page_buttons, page_of, panel, section, show, side_by_side
from bot.client.permissions import Permission, shown_signer, signature_of, signer
from bot.client.sending import send_form
from bot.client.sites.sharing import share_buttons
from bot.client.text import clean, fitting, inline, split, timestamp
from bot.client.words import MORE, page_foot, reason
from bot.errors import ConflictError, UsageError
from bot.facts.models import FactRecord
from bot.facts.revisions import Applied
from bot.languages import say, say_number
from bot.phrases import labelled
from bot.service.facts import FactHistory
from bot.service.session import Session

_STEPS = 4  # revisions on a page
_STEP_ROOM = 500
_PAGE = 900
_MAX_STEPS = 4


async def history_page(interaction: Interaction, number: int, page: int) -> ui.LayoutView:
    """Return a page of the history of a fact. Raises NotKnownError."""
    return await read_for(interaction, lambda session: history_panel(session.facts.history_with_names(number), page))


@route("fact-history", Permission.MODERATOR, rf"{NUMBER}(:({NUMBER})?)?", send=show)
async def _turn(interaction: Interaction, given: RouteInput) -> ui.LayoutView:
    """Turn a page of a history, or open it."""
    number, _, page = given.argument.partition(":")
    return await history_page(interaction, int(number), int(page or 0))


def history_panel(history: FactHistory, page: int) -> ui.LayoutView:
    """Return a page of a fact's history, newest first, with a button to go back to each older revision."""
    now = history.record
    shown, page, pages = page_of(range(len(history.steps))[::-1], page, _STEPS)
    blocks: list[list[ui.Item[Any] | str]] = [
        [
            f"{say(words.HISTORY_TITLE, number=now.number)}\n{summary(now, 200, also_retracted=True)}",
            f"-# {say(words.RETRACTED)}" if now.retracted else "",
        ]
    ]
    for index in shown:
        step = history.steps[index]
        returns = step.number != now.revision and step.action != "retract"
        blocks.append([section(_step(history, index), _back_button(now, step.number) if returns else None)])
    blocks[-1].append(page_foot(page, pages))
    return panel(blocks, page_buttons("fact-history", page, pages, lambda to: f"{now.number}:{to}"))


def _step(history: FactHistory, index: int, *, room: int = _STEP_ROOM) -> str:
    """Say who made the revision at an index of a history, when and why, and how it differs from the one before."""
    step, earlier = history.steps[index], history.steps[:index]
    head = f"**@{step.number}** {words.did(step.action, timestamp(step.at, 'f'), shown_signer(step.by))}"
    lines = [head, f"-# {inline(reason(step.reason), 200)}" if step.reason else ""]
    if earlier:
        lines += differences(earlier[-1].fact, step.fact, history.names, room=room)
    return "\n".join(filter(None, lines))


def _back_button(now: FactRecord, revision: int) -> RouteButton:
    return RouteButton("fact-back", f"{now.number}:{revision}:{now.revision}", say(words.GO_BACK, revision=revision))


@route("fact-show", Permission.MODERATOR, numbers=3, send=show)
async def fact_page(interaction: Interaction, number: int, revision: int | None, page: int) -> ui.LayoutView:
    """Return a page of a fact as it is, or as it was at a revision. Raises NotKnownError."""
    return await read_for(interaction, _fact_panel, number, revision, page)


def _fact_panel(session: Session, number: int, revision: int | None, page: int) -> ui.LayoutView:
    record, names = session.facts.with_names(number, revision)
    now = session.facts.show(number)
    parts = split(clean(record.fact.text), _PAGE)
    page = max(0, min(page, len(parts) - 1))
    part = replace(record, fact=replace(record.fact, text=parts[page]), retracted=False)
    lines = [f"### {record.ref}", fact_lines(part, names, room=_PAGE * 2)]
    if record.revision != now.revision and not record.retracted:
        lines.insert(1, f"-# {say('This is how it was; it is {ref} now.', ref=now.ref)}")
    if record.retracted or now.retracted:
        lines.insert(1, f"-# {say(words.RETRACTED)}")
    buttons: list[Button] = []
    if record.revision == now.revision and not now.retracted:
        buttons.append(RouteButton("fact-edit", number, say(words.EDIT)))
        if now.fact.kind == "claim":
            buttons.append(RouteButton("claim-review", number, say(words.ADD_REVIEW)))
        buttons.append(RouteButton("fact-retract", number, say(words.RETRACT)))
    elif record.revision != now.revision and not record.retracted:
        buttons.append(_back_button(now, record.revision))
    buttons.append(RouteButton("fact-history", f"{number}:0", say(words.HISTORY)))
    if not record.retracted:
        buttons.append(cite_button(record.ref))
    buttons += share_buttons(session.sites.on_web([record]))
    row, left = side_by_side(buttons)
    menu = [FactChoice(record.ref, left, say(MORE))] if left else []
    turning = page_buttons("fact-show", page, len(parts), lambda to: f"{number}:{record.revision}:{to}")
    return panel("\n".join(lines), row, menu, turning)


@route("fact-retract", Permission.MODERATOR, numbers=1, send=show)
async def retraction_view(interaction: Interaction, number: int) -> ui.LayoutView:
    """Return what retracting a fact would do. Raises NotKnownError, or UsageError if it is retracted already."""
    return await in_two_steps(interaction, lambda session: _retraction_look(session, number))


def _retraction_look(session: Session, number: int, first: str = "", reason_key: str = "") -> Look:
    """Return what retracting a fact would do, below the sentence ``first``; ``reason_key`` is the key of a stored reason."""
    record, trial = session.editor.retraction(number)
    names, inside = session.facts.names(record.story.id), session.facts.count_inside(record)
    staying = say_number(
        inside,
        "-# {number} fact that belongs to this event stays, without it.",
        "-# {number} facts that belong to this event stay, without it.",
    )
    lines = [
        say("### Retract {ref}?", ref=record.ref),
        fitting(first, 400),
        say("-# Readers are no longer shown it. Its history stays, and it can be brought back."),
        fact_lines(record, names, room=700, sources=300),
        staying if inside else "",
        f"\n{tried}" if (tried := trial_lines(trial)) else "",
    ]
    buttons = [
        RouteButton("fact-why", f"{record.number}:{record.revision}:{reason_key}", say(words.RETRACT), style=ButtonStyle.danger),
        RouteButton("fact-close", "", say(words.CANCEL)),
    ]
    return Look(panel("\n".join(filter(None, lines)), buttons, colour=AMBER), trial)


@route("fact-why", Permission.MODERATOR, rf"{NUMBER}:{NUMBER}:[^:]*")
async def _ask_why(interaction: Interaction, given: RouteInput) -> None:
    """Ask for the reason; one that was given before is filled in already."""
    number, revision, key = given.argument.split(":")
    reason = json.loads(await load_text(interaction, key))["reason"] if key else ""
    field = TextField("reason", words.REASON_OF_RETRACTION, required=True).shown(reason)
    await send_form(interaction, Form("fact-retracted", f"{number}:{revision}", say("Retract F{number}", number=number), [field]))


@route("fact-retracted", Permission.MODERATOR, rf"{NUMBER}:{NUMBER}", send=make_change)
async def _retract(interaction: Interaction, given: RouteInput) -> ChangeResult:
    """Retract the fact, if it is still as it was shown."""
    (number, seen), reason = map(int, given.argument.split(":")), given.text("reason")
    signature = signature_of(interaction, " ".join(reason.split()))
    key, owner = f"retract F{number}@{seen}", signer(interaction.user)

    def retract(session: Session) -> Applied | FirstStep:
        try:
            return session.editor.retract(number, signature, seen=seen, key=key)
        except ConflictError as error:
            reason_key = session.unfinished_forms.put(owner, json.dumps({"reason": reason}))
            return _look_again(session, number, sentence_for(error), reason_key)

    applied = await write_for(interaction, retract)
    if isinstance(applied, FirstStep):
        return ChangeResult(completed_later(interaction, applied))

    def shown(session: Session) -> ui.LayoutView:
        record = session.facts.show(number)
        buttons = [] if applied.change is None else [RouteButton("take-back", applied.change, say(words.UNDO))]
        buttons.append(RouteButton("fact-history", f"{number}:0", say(words.HISTORY)))
        was = summary(record, 300, also_retracted=True)
        why = f"-# {say('Readers are no longer shown it.')} {say('Reason:')} {inline(reason, 300)}"
        return panel(f"{say('### Retracted: {ref}', ref=record.ref)}\n~~{was}~~\n{why}", buttons, colour=GREEN)

    return ChangeResult(lambda: read_for(interaction, shown), applied)


def _look_again(session: Session, number: int, first: str, reason_key: str) -> FirstStep:
    """Return what retracting a fact would do now that somebody else has changed it, or say that they retracted it."""
    try:
        return first_step(session, lambda session: _retraction_look(session, number, first, reason_key))
    except UsageError as error:
        gone = Look(panel(fitting(sentence_for(error), 600)), None)
        return FirstStep(gone, lambda _: gone)


@route("fact-close", Permission.MODERATOR, send=show)
async def _close(interaction: Interaction, given: RouteInput) -> ui.LayoutView:
    """Close the panel without changing anything."""
    return panel(say(words.CANCELLED))


async def undoing_last(interaction: Interaction, number: int) -> ui.LayoutView:
    """Return what undoing the last change of a fact would do. Raises NotKnownError."""

    def view(session: Session) -> ui.LayoutView:
        history = session.facts.history_with_names(number)
        now = history.record
        lines = [say(words.BEFORE_LAST, number=number), _step(history, -1), summary(now, 200, also_retracted=True)]
        return _undo_panel(lines, "fact-take-back", f"{number}:{now.revision}")

    return await read_for(interaction, view)


async def undoing_own(interaction: Interaction) -> ui.LayoutView:
    """Return what undoing somebody's own last change would do. Raises UsageError if there is none."""
    return await read_for(interaction, _own_change_panel, signer(interaction.user))


def _own_change_panel(session: Session, me: str) -> ui.LayoutView:
    change = session.changes.last_of(me)
    if change is None:
        raise UsageError(say("You have changed nothing yet that could be taken back. Name a fact, for example: /fact undo F12"))
    number, entry = change
    steps = []  # what it did to each of the facts that it touched
    records, touched = session.changes.touched(number, _MAX_STEPS)
    for record in records:
        steps.append(f"**F{record.number}** {summary(record, 200, also_retracted=True)}")
        steps.append(_step(session.facts.history_with_names(record.number), -1, room=_STEP_ROOM // 2))
    lines = [say("### Your last change")]
    if touched > len(records):
        steps.append(more(touched - len(records)))
    if entry is not None and touched != 1:  # of sources and actors, or of several facts
        line = log_line(shown_signer(me), action_of(session, entry), subject_of(session, entry))
        lines.append(labelled(timestamp(entry.at, "R"), line))
    return _undo_panel([*lines, *steps], "take-back", number)


def _undo_panel(lines: Sequence[str], name: str, argument: object) -> ui.LayoutView:
    """Return what would be undone, with the button of the route that does it."""
    button = RouteButton(name, argument, say(words.TAKE_BACK), style=ButtonStyle.danger)
    return panel("\n".join(lines), [button, RouteButton("fact-close", "", say(words.CANCEL))], colour=BLUE)


@route("take-back", Permission.MODERATOR, numbers=1)
async def _take_back(interaction: Interaction, change: int) -> None:
    """Take a whole change back, after asking again if it is a big one."""
    await take_back(interaction, change, _taken_back)


@route("fact-take-back", Permission.MODERATOR, numbers=2, send=make_change)
async def _take_fact_back(interaction: Interaction, number: int, seen: int) -> ChangeResult:
    """Take the last change of a fact back, if it is still the one that was shown."""
    signature, key = signature_of(interaction), f"undo F{number}@{seen}"
    applied = await write_for(interaction, lambda session: session.changes.revert(number, signature, seen=seen, key=key))

    async def shown() -> ui.LayoutView:
        return await _taken_back(applied, await read_for(interaction, outcome, None, applied))

    return ChangeResult(shown, applied)


async def _taken_back(applied: Applied, lines: Sequence[str]) -> ui.LayoutView:
    """Say what taking a change back did."""
    text = say(words.TAKEN_BACK, what="\n".join(lines) or say(words.NO_CHANGE))
    number = applied.facts[0] if len(applied.facts) == 1 else None
    return panel(text, saved_buttons(None, number) if number and number not in applied.retracted else [])
