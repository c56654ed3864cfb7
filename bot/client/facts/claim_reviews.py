"""`/fact rating`: who rated a claim, and how: typed into a form, previewed and recorded as a source of the claim."""

from __future__ import annotations

from dataclasses import replace

from discord import ui

from bot.client.bot import Interaction
from bot.client.completing import Look
from bot.client.facts import words
from bot.client.facts.adding import changed_fact
from bot.client.facts.views import fact_lines, source_line, trial_lines
from bot.client.forms.fields import TextField
from bot.client.forms.flow import PlainFormKind
from bot.client.forms.panels import preview_buttons
from bot.client.forms.records import StoredForm, TypedFields, store_as_read
from bot.client.interactions import read_for, route, write_for
from bot.client.logbook.aftermath import ChangeResult
from bot.client.panels import AMBER, BLUE, panel
from bot.client.permissions import Permission, signature_of
from bot.client.text import inline
from bot.editing.reviews import Review, check_claim
from bot.editing.typed_fact import date_words
from bot.languages import say
from bot.service.session import Session

_RATING = 200


class RatingForm(PlainFormKind):
    """The form of a rating; its subject is the number of the claim, and ``seen`` the revision that its preview showed."""

    name = "rating"
    steps = ("open", "sent", "save", "cancel")
    asked = (
        TextField("rating", words.RATING, required=True),
        TextField("by", words.RATED_BY, required=True),
        TextField("url", words.RATED_AT, required=True, max_length=2000),
        TextField("published", words.PUBLISHED),
        TextField("title", words.REVIEW_TITLE),
    )

    def title(self, content: TypedFields) -> str:
        """Name the claim."""
        return say(words.REVIEW_OF, number=content.subject)

    def look(self, session: Session, owner: str, form: StoredForm[TypedFields], first: str) -> Look:
        """Return the preview of the claim as it would be with the rating."""
        number, fields = int(form.content.subject), form.content.fields
        record, source, trial = session.editor.review_preview(number, Review(**fields))
        if fields["published"] and source.published:
            fields = {**fields, "published": date_words(source.published)}
        now = replace(form, content=replace(form.content, fields=fields, seen=record.revision - 1))
        lines = [
            f"### {self.title(form.content)}\n{first or say(words.LOOKS_LIKE)}",
            say("**Rated:** {rating}\n{review}", rating=inline(fields["rating"], _RATING), review=source_line(source)),
            fact_lines(record, session.facts.names(record.story.id), room=700),
            trial_lines(trial),
        ]
        text = "\n\n".join(filter(None, lines))
        view = panel(text, preview_buttons(self.name, form.key, say(words.SAVE)), colour=AMBER if trial.worse else BLUE)
        return Look(view, trial, lambda: store_as_read(session, owner, now))

    async def save(self, interaction: Interaction, form: StoredForm[TypedFields]) -> ChangeResult:
        """Record the rating."""
        number, review, seen = int(form.content.subject), Review(**form.content.fields), form.content.seen
        signature, key = signature_of(interaction), form.idempotency_key
        applied = await write_for(
            interaction, lambda session: session.editor.record_review(number, review, signature, seen=seen, key=key)
        )
        return changed_fact(interaction, applied, number, say("### Review recorded: the claim is {ref} now"))

    async def conflict(self, interaction: Interaction, form: StoredForm[TypedFields]) -> ui.LayoutView | None:
        """Show the preview again, for the claim as it is now."""
        return await self.preview(interaction, form, first=say(words.CHANGED_SINCE))


RATING = RatingForm()


@route("claim-review", Permission.MODERATOR, numbers=1)
async def start(interaction: Interaction, number: int) -> None:
    """Open the form of a rating of a claim. Raises NotKnownError, or UsageError if the fact is no claim."""
    record = await read_for(interaction, lambda session: session.facts.show(number))
    check_claim(record)
    await RATING.begin(interaction, TypedFields(record.story.id, f"{number}"))
