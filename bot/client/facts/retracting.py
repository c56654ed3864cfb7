"""Retracting a fact: what that would change, then the reason, then the retraction itself."""

from __future__ import annotations

import json
from typing import Any

from discord import ButtonStyle, ui

from bot.client.bot import Interaction
from bot.client.errors import sentence_for
from bot.client.fact_text import summary
from bot.client.facts import words
from bot.client.facts.forms import load_text, store_text, typed
from bot.client.facts.views import fact_lines, trial_lines
from bot.client.interactions import NUMBER, Form, RouteButton, RouteInput, route, run_to_end
from bot.client.log.aftermath import ChangeResult, make_change
from bot.client.panels import AMBER, GREEN, panel, show
from bot.client.permissions import Permission, note_of
from bot.client.sending import send_form
from bot.client.text import fitting, inline
from bot.editing.previews import Trial
from bot.errors import ConflictError, FootnoteError
from bot.facts.models import FactRecord
from bot.presentation.languages import say, say_number
from bot.service.facts import Names
from bot.service.session import Session


async def preview(interaction: Interaction, number: int, *, first: str = "", reason_key: str = "") -> ui.LayoutView:
    """Return what retracting a fact would do, under what is said ``first``; ``reason_key`` is the key of a reason that was given.

    Raises NotKnownError, UsageError where it is retracted already.
    """
    record, trial, names, inside = await run_to_end(interaction, _what, number)
    lines = [
        say(words.RETRACT_QUESTION, ref=record.ref),
        fitting(first, 400),
        say(words.WILL_HIDE),
        fact_lines(record, names, room=700, sources=300),
        _staying(inside) if inside else "",
        f"\n{found}" if (found := trial_lines(trial)) else "",
    ]
    buttons = [
        RouteButton("fact-why", f"{number}:{record.revision}:{reason_key}", say(words.RETRACT), style=ButtonStyle.danger),
        RouteButton("fact-close", "", say(words.CANCEL)),
    ]
    return panel("\n".join(filter(None, lines)), buttons, colour=AMBER)


@route("fact-retract", Permission.MODERATOR, NUMBER, send=show)
async def _open(interaction: Interaction, given: RouteInput) -> ui.LayoutView:
    """Show what taking a fact back would do."""
    return await preview(interaction, int(given.argument))


@route("fact-why", Permission.MODERATOR, rf"{NUMBER}:{NUMBER}:[^:]*")
async def _ask(interaction: Interaction, given: RouteInput) -> None:
    """Ask for the reason; one that was given before stands in the form already."""
    number, revision, key = given.argument.split(":")
    reason = json.loads(await load_text(interaction, key))["reason"] if key else ""
    field: ui.Label[Any] = typed("reason", words.REASON_OF_RETRACTION, reason, required=True)
    await send_form(interaction, Form("fact-retracted", f"{number}:{revision}", say(words.RETRACT_TITLE, number=number), [field]))


@route("fact-retracted", Permission.MODERATOR, rf"{NUMBER}:{NUMBER}", send=make_change)
async def _sent(interaction: Interaction, given: RouteInput) -> ChangeResult:
    """Take the fact back, if it is as it was shown."""
    (number, seen), reason = map(int, given.argument.split(":")), given.text("reason")
    note = note_of(interaction, " ".join(reason.split()))
    key = f"retract F{number}@{seen}"
    try:
        applied = await run_to_end(interaction, lambda session: session.editorial.retract(number, note, seen=seen, key=key))
    except ConflictError as error:
        reason_key = await store_text(interaction, json.dumps({"reason": reason}))
        try:
            return ChangeResult(await preview(interaction, number, first=sentence_for(error), reason_key=reason_key))
        except FootnoteError as failure:  # somebody else has retracted it
            return ChangeResult(panel(fitting(sentence_for(failure), 600)))

    async def shown() -> ui.LayoutView:
        record = await run_to_end(interaction, lambda session: session.facts.show(number))
        buttons = [] if applied.change is None else [RouteButton("take-back", applied.change, say(words.UNDO))]
        buttons.append(RouteButton("fact-history", f"{number}:0", say(words.HISTORY)))
        was = summary(record, 300, also_retracted=True)
        why = f"-# {say(words.NO_LONGER_SHOWN)} {say(words.BECAUSE)} {inline(reason, 300)}"
        return panel(f"{say(words.RETRACTED_NOW, ref=record.ref)}\n~~{was}~~\n{why}", buttons, colour=GREEN)

    return ChangeResult(shown, applied)


def _staying(number: int) -> str:
    """Say how many facts of an event stay."""
    return say_number(
        number,
        "-# {number} fact that belongs to this event stays, without it.",
        "-# {number} facts that belong to this event stay, without it.",
    )


def _what(session: Session, number: int) -> tuple[FactRecord, Trial, Names, int]:
    record, trial = session.editorial.retraction(number)
    return record, trial, session.facts.names(record.story.id), session.facts.count_inside(record)
