"""Editing facts: typed ones are checked, previewed and saved once; stored ones are retracted, rated and given more sources."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime

from bot.editing.fact_reading import StoryContext, read_typed_fact
from bot.editing.form_fields import NO_REASON, check_not_retracted, typed
from bot.editing.gaps import with_phrasing
from bot.editing.people import apply_alone, touches_people
from bot.editing.previews import FactPreview, Trial, Trials, duplicates
from bot.editing.reviews import Review, review_edit
from bot.editing.typed_fact import TypedFact
from bot.errors import NotKnownError, UsageError
from bot.facts.base import FactBase
from bot.facts.edits import Edit, edited_record
from bot.facts.logbook import Signature
from bot.facts.models import FactRecord, RecordedQuestion, Source, Story
from bot.facts.revisions import Applied
from bot.facts.stems import main_language
from bot.facts.typed_dates import leaves_year_out
from bot.messages import Message

MAX_COMPARED = 20_000  # facts of a story that a new one is compared with; more would take too long


class FactEditor:
    """Changes the facts of one base. Its methods block, so run them off the event loop."""

    def __init__(self, base: FactBase, trials: Trials, last_day: Callable[[str | None], date]) -> None:
        self._base = base
        self._trials = trials
        self._last_day = last_day

    def open_form(self, number: int) -> TypedFact:
        """Return the form of a fact as it stands. Raises NotKnownError, UsageError where it is retracted."""
        record = self._base.revisions.show(number)
        check_not_retracted(record)
        return TypedFact.of(record)

    def preview(self, typed_fact: TypedFact, *, trial: bool = True) -> FactPreview:
        """Return how a typed fact would look and what saving it would change.

        Without ``trial``, no recorded question is asked; asking them takes most of the time. Raises FormError with every fault,
        NotKnownError for an unknown story.
        """
        story = self._base.story(typed_fact.story)
        edit = self._edit(typed_fact)
        # A preview is shown whatever revision was seen; saving refuses it if somebody else has changed the fact since.
        self._base.revisions.preview(replace(edit, seen={}))
        record = edited_record(story, edit, typed_fact.fact or 0, (typed_fact.seen or 0) + 1)
        near = story.facts if len(story.facts) <= MAX_COMPARED else ()
        others = self._base.all_facts(typed_fact.story) if near and typed_fact.fact is None else ()
        saved = edit
        if typed_fact.gap is not None:
            with suppress(NotKnownError):  # the gap has been deleted meanwhile
                saved = self._solving(edit, typed_fact.gap)
        return FactPreview(
            edit=edit,
            record=record,
            duplicates=duplicates(edit.facts[0], others, main_language(story.info.language)),
            trial=self._trials.of_edit(edit, story) if trial else Trial(),
            people=touches_people(story, saved),
            completed=typed_fact.date.strip() if leaves_year_out(typed_fact.date) else "",
        )

    def save(self, typed_fact: TypedFact, signature: Signature, *, key: str | None = None) -> Applied:
        """Save a typed fact in one change. A fact that came from a gap gets the gap's words as a phrasing, and solves it.

        Raises FormError, NotKnownError, ConflictError where the fact was changed since the form was opened, DecidedError where
        the gap is closed.
        """
        before = self._base.revisions.result_for_key(key)
        if before is not None:
            return before
        # The form is read inside the transaction, so that no other change takes the new ids meanwhile.
        with self._base.transaction():
            edit = self._edit(typed_fact)
            if typed_fact.gap is not None:
                edit = self._solving(edit, typed_fact.gap)
            action = "add" if typed_fact.fact is None else "edit"
            applied = self._base.revisions.apply(
                edit, replace(signature, reason=typed_fact.reason or signature.reason), action=action, key=key
            )
            if typed_fact.gap is not None and not applied.repeated:
                self._base.gaps.decide(typed_fact.gap, "solved", signature)
                self._base.gaps.mark_decided_by(typed_fact.gap, applied.change)
            return applied

    def add_source_to(self, number: int, typed_fact: TypedFact, signature: Signature, *, key: str | None = None) -> Applied:
        """Give a fact the citations of a typed one that says the same. Raises what `save` raises, and TwoNeededError."""
        return apply_alone(self._base, lambda: self._source_added(number, typed_fact), signature, action="add source", key=key)

    def review_preview(self, number: int, review: Review) -> tuple[FactRecord, Source, Trial]:
        """Return a claim as a review would leave it, the review, and what it would change. Raises what `record_review` raises."""
        record, story, edit = self._review(number, review, None)
        self._base.revisions.preview(edit)
        return edited_record(story, edit, number, record.revision + 1), edit.sources[0], self._trials.of_edit(edit, story)

    def record_review(
        self, number: int, review: Review, signature: Signature, *, seen: int | None = None, key: str | None = None
    ) -> Applied:
        """Record who rated a claim, and how.

        Raises NotKnownError, UsageError where the fact is no claim, FormError with every fault of the review, ConflictError
        where the claim is not at the revision ``seen``, and TwoNeededError as `retract` does.
        """
        return apply_alone(self._base, lambda: self._review(number, review, seen)[2], signature, action="add source", key=key)

    def _review(self, number: int, review: Review, seen: int | None) -> tuple[FactRecord, Story, Edit]:
        record = self._base.revisions.show(number)
        story = self._base.story(record.story.id)
        taken = self._base.revisions.ids(story.info.id, "source")
        return record, story, review_edit(record, review, story, taken, datetime.now(UTC).date(), seen=seen)

    def source_touches_people(self, number: int, typed_fact: TypedFact) -> bool:
        """Return whether a fact that gets the citations of a typed one names a person. Raises what `add_source_to` raises."""
        edit = self._source_added(number, typed_fact)
        return touches_people(self._base.story(edit.story), edit)

    def _source_added(self, number: int, typed_fact: TypedFact) -> Edit:
        record = self._base.revisions.show(number)
        check_not_retracted(record)
        new = self._edit(typed_fact)
        citations = tuple(dict.fromkeys((*record.fact.citations, *new.facts[0].citations)))
        return Edit(record.story.id, sources=new.sources, facts=(replace(record.fact, citations=citations),))

    def retraction(self, number: int) -> tuple[FactRecord, Trial]:
        """Return a fact that is to be retracted, and what that would change. Raises NotKnownError, UsageError."""
        record = self._base.revisions.show(number)
        if record.retracted:
            raise UsageError(Message("F{number} is already retracted.", number=number))
        return record, self._trials.of_edit(Edit(record.story.id, retract=(record.fact.id,)))

    def retract(self, number: int, signature: Signature, *, seen: int | None = None, key: str | None = None) -> Applied:
        """Retract a fact, for the reason that the signature gives.

        Raises UsageError without a reason, NotKnownError, ConflictError where it is not at the revision ``seen``, TwoNeededError
        where it names a person, the server asks for two moderators, and this one may not do it alone.
        """
        if not typed(signature.reason or ""):
            raise UsageError(NO_REASON)

        def retraction() -> Edit:
            record = self._base.revisions.show(number)
            name = record.fact.id
            return Edit(record.story.id, retract=(name,), seen={} if seen is None else {name: seen})

        return apply_alone(self._base, retraction, signature, action="retract", key=key)

    def _edit(self, typed_fact: TypedFact) -> Edit:
        known = self._known(typed_fact.story)
        if typed_fact.fact is None:
            return read_typed_fact(typed_fact, known)
        fact = self._base.revisions.show(typed_fact.fact).fact
        if typed_fact.as_it_stands:
            return Edit(typed_fact.story, facts=(replace(fact, reviewed=True),), seen={fact.id: typed_fact.seen or 0})
        return read_typed_fact(typed_fact, known, fact_id=fact.id)

    def _known(self, story: str) -> StoryContext:
        stored = self._base.story(story)
        return StoryContext(
            sources={source.id: source for source in stored.sources},
            actors={actor.id: actor for actor in stored.actors},
            events={fact.id: fact for fact in stored.facts if fact.kind == "event"},
            taken=self._base.revisions.ids(story, "fact"),
            taken_sources=self._base.revisions.ids(story, "source"),
            today=self._last_day(story),
        )

    def _solving(self, edit: Edit, gap: int) -> Edit:
        """Return the edit with the words of a gap as a phrasing of the fact and as a recorded question that it answers."""
        question = self._base.gaps.get(gap).question
        fact = edit.facts[0]
        facts = (with_phrasing(fact, question), *edit.facts[1:])
        return replace(edit, facts=facts, questions=(RecordedQuestion(question, (fact.id,)),))
