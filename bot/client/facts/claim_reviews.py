"""`/fact rating`: who rated a claim how, typed into a form, previewed and recorded as a source of the claim."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from discord import ButtonStyle, ui

from bot.client.bot import Interaction
from bot.client.completing import Look, in_two_steps
from bot.client.facts import words
from bot.client.facts.adding import changed_fact
from bot.client.facts.drafts import idempotency_key, load_text, store_text
from bot.client.facts.forms import typed
from bot.client.facts.views import fact_lines, source_line, trial_lines, trouble_panel, way_back
from bot.client.interactions import Form, RouteButton, RouteInput, route, run_to_end
from bot.client.logbook.aftermath import ChangeResult, make_change
from bot.client.panels import AMBER, BLUE, panel, show
from bot.client.permissions import Permission, note_of, signature
from bot.client.sending import send_form
from bot.client.text import inline
from bot.editing.draft import date_words
from bot.editing.reviews import Review, check_claim
from bot.errors import ConflictError, FootnoteError
from bot.presentation.languages import say
from bot.service.session import Session

_RATING = 200


@dataclass(frozen=True, slots=True)
class ReviewForm:
    """A review of a claim as somebody typed it: the number of the claim, and its revision when the preview was shown."""

    fact: int
    seen: int = 0
    review: Review = field(default_factory=lambda: Review("", "", ""))

    def encode(self) -> str:
        """Return the form as text, to be stored."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def decode(cls, text: str) -> ReviewForm:
        """Return the form that was stored as text."""
        values = json.loads(text)
        return cls(values["fact"], values["seen"], Review(**values["review"]))


@route("claim-review", Permission.MODERATOR, numbers=1)
async def start(interaction: Interaction, number: int) -> None:
    """Open the form of a review of a claim. Raises NotKnownError, UsageError where the fact is no claim."""
    check_claim(await run_to_end(interaction, lambda session: session.facts.show(number)))
    form = ReviewForm(number)
    await _send(interaction, await store_text(interaction, form.encode()), form)


@route("claim-review-open", Permission.MODERATOR)
async def _again(interaction: Interaction, given: RouteInput) -> None:
    """Open the form of a review again, as it was left."""
    await _send(interaction, given.argument, ReviewForm.decode(await load_text(interaction, given.argument)))


@route("claim-review-form", Permission.MODERATOR)
async def _sent(interaction: Interaction, given: RouteInput) -> None:
    """Keep what was typed, then show what recording it would do."""
    review = Review(**{name: given.text(name) for name in ("rating", "by", "url", "published", "title")})
    form = replace(ReviewForm.decode(await load_text(interaction, given.argument)), review=review)
    await store_text(interaction, form.encode(), given.argument)
    await show(interaction, _preview(interaction, given.argument, form))


async def _send(interaction: Interaction, key: str, form: ReviewForm) -> None:
    now = form.review
    fields: list[ui.Label[Any]] = [
        typed("rating", words.RATING, now.rating, required=True),
        typed("by", words.RATED_BY, now.by, required=True),
        typed("url", words.RATED_AT, now.url, required=True, most=2000),
        typed("published", words.PUBLISHED, now.published),
        typed("title", words.REVIEW_TITLE, now.title),
    ]
    await send_form(interaction, Form("claim-review-form", key, say(words.REVIEW_OF, number=form.fact), fields))


async def _preview(interaction: Interaction, key: str, form: ReviewForm, first: str = "") -> ui.LayoutView:
    """Return the claim as the review would leave it, or every fault of the form."""
    owner = signature(interaction.user)
    try:
        return await in_two_steps(interaction, lambda session: _look(session, owner, key, form, first))
    except FootnoteError as error:
        return trouble_panel(error, way_back("claim-review-open", key))


def _look(session: Session, owner: str, key: str, form: ReviewForm, first: str) -> Look:
    """Return the claim as the review would leave it, and store the form with its day as read and the revision that was seen."""
    record, source, trial = session.editorial.review_preview(form.fact, form.review)
    names = session.facts.names(record.story.id)
    review = form.review
    if review.published and source.published:  # as it was read, for it may be saved days later
        review = replace(review, published=date_words(source.published))
    # Looked at again later, it changes nothing of what was typed meanwhile.
    session.drafts.revise(owner, key, form.encode(), replace(form, review=review, seen=record.revision - 1).encode())
    lines = [
        f"### {say(words.REVIEW_OF, number=form.fact)}\n{first or say(words.LOOKS_LIKE)}",
        say("**Rated:** {rating}\n{review}", rating=inline(form.review.rating, _RATING), review=source_line(source)),
        fact_lines(record, names, room=700),
        trial_lines(trial),
    ]
    buttons = [
        RouteButton("claim-review-save", key, say(words.SAVE), style=ButtonStyle.success),
        RouteButton("claim-review-open", key, say(words.EDIT)),
        RouteButton("fact-close", "", say(words.CANCEL)),
    ]
    return panel("\n\n".join(filter(None, lines)), buttons, colour=AMBER if trial.worse else BLUE), trial


@route("claim-review-save", Permission.MODERATOR, send=make_change)
async def _save(interaction: Interaction, given: RouteInput) -> ChangeResult:
    """Record the review."""
    key, note = given.argument, note_of(interaction)
    form = ReviewForm.decode(await load_text(interaction, key))
    once = idempotency_key("review", key, form.encode())
    try:
        applied = await run_to_end(
            interaction,
            lambda session: session.editorial.record_review(form.fact, form.review, note, seen=form.seen, key=once),
        )
    except ConflictError:
        return ChangeResult(await _preview(interaction, key, form, first=say(words.CHANGED_SINCE)))
    except FootnoteError as error:
        return ChangeResult(trouble_panel(error, way_back("claim-review-open", key)))
    return changed_fact(interaction, applied, form.fact, say("### Review recorded: the claim is {ref} now"))
