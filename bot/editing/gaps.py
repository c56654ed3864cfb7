"""Gaps: recording readers' questions without a good answer, which moderators then solve or dismiss."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.answers.answerer import Answerer
from bot.editing.form_fields import check_not_retracted, typed
from bot.editing.people import check_alone
from bot.english.search_words import content_words, stem, words_of
from bot.errors import UsageError
from bot.facts.base import FactBase
from bot.facts.edits import Edit
from bot.facts.limits import has_room_for
from bot.facts.logbook import Signature
from bot.facts.models import Fact, FactRecord, RecordedQuestion
from bot.facts.revisions import Applied
from bot.facts.state.gaps import Followers, Gap, Outcome
from bot.messages import Message

NEAR_FACTS = 25  # from which a moderator may choose; a select menu of Discord holds no more


@dataclass(frozen=True, slots=True)
class GapPage:
    """A page of open gaps, its number from 0, and how many gaps are open in all."""

    gaps: tuple[Gap, ...]
    page: int
    count: int


class GapWork:
    """Records and closes gaps in one base."""

    def __init__(self, base: FactBase, answerer: Answerer) -> None:
        self._base = base
        self._answerer = answerer

    def get(self, number: int) -> Gap:
        """Return a gap. Raises NotKnownError."""
        return self._base.gaps.get(number)

    def follow(self, number: int, user: int) -> None:
        """Record that a user waits for an answer to a gap.

        Raises NotKnownError, DecidedError where it is closed, UsageError where the user, or the gap, has too many already.
        """
        self._base.gaps.follow(number, user)

    def followers(self, number: int) -> Followers:
        """Return the users to notify of an answer to a gap, and where it was asked."""
        return self._base.gaps.followers(number)

    def forget_follower(self, number: int, user: int) -> bool:
        """Delete the record that a user waits for an answer to a gap; return whether there was one."""
        return self._base.gaps.forget_follower(number, user)

    def awaiting_notice(self) -> tuple[int, ...]:
        """Return the numbers of the solved gaps whose followers have not been notified yet."""
        return self._base.gaps.awaiting_notice()

    def note(self, question: str, outcome: Outcome, *, story: str | None = None, reply: str | None = None) -> int | None:
        """Record a question without a good answer and return the number of its gap, None for a question without words."""
        stems = question_stems(question)
        if not stems:
            return None
        days = self._base.settings.read().question_days
        return self._base.gaps.note(typed(question), stems, outcome, story=story, reply=reply, days=days)

    def page(self, page: int, size: int, text: str = "") -> GapPage:
        """Return a page, counted from 0, of ``size`` open gaps; where there is no such page, the nearest one.

        With a ``text``, only gaps that were asked with each of its words.
        """
        count = self._base.gaps.count_open(text=text)
        page = max(0, min(page, (count - 1) // size))
        return GapPage(self._base.gaps.open(limit=size, skip=page * size, text=text), page, count)

    def near(self, number: int) -> tuple[FactRecord, ...]:
        """Return the facts that may answer a gap, nearest first. Raises NotKnownError."""
        gap = self._base.gaps.get(number)
        ranking = self._answerer.ask(gap.question, story=gap.story, rank=NEAR_FACTS).ranking
        return tuple(scored.record for scored in ranking)

    def answered_by(self, number: int, fact: int, signature: Signature, *, others: Sequence[int] = ()) -> Applied:
        """Solve a gap with a fact, and with ``others`` that answer it as well.

        The question becomes a phrasing of each of them, and a recorded question of their story.

        Raises NotKnownError, UsageError where they are of several stories, DecidedError where the gap is closed, ConflictError,
        and TwoNeededError where a fact or the question names a person, the server asks for two moderators, and this one may not
        do it alone.
        """
        with self._base.transaction():
            gap = self._base.gaps.decide(number, "solved", signature)
            records = [self._base.revisions.show(other) for other in dict.fromkeys((fact, *others))]
            for record in records:
                check_not_retracted(record)
                if record.story.id != records[0].story.id:
                    raise UsageError(
                        Message(
                            "F{number} belongs to another story than F{other}. Choose facts of one story.",
                            number=record.number,
                            other=fact,
                        )
                    )
            edit = Edit(
                records[0].story.id,
                facts=tuple(with_phrasing(record.fact, gap.question) for record in records),
                questions=(RecordedQuestion(gap.question, tuple(record.fact.id for record in records)),),
            )
            check_alone(self._base, edit, signature)
            applied = self._base.revisions.apply(edit, signature, action="answer")
            self._base.gaps.mark_decided_by(number, applied.change)
            return applied

    def dismiss(self, number: int, signature: Signature, *, record: bool = False, story: str | None = None) -> Gap:
        """Dismiss a gap; its words are deleted in time with the other questions of readers.

        With ``record`` it becomes a recorded question of the story that must stay unanswered. Raises DecidedError, NotKnownError,
        and UsageError where it is not clear in which story to record it.
        """
        with self._base.transaction():
            gap = self._base.gaps.decide(number, "dismissed", signature)
            if record:
                stories = self._base.stories()
                named = gap.story or story or (stories[0].id if len(stories) == 1 else None)
                if named is None:
                    raise UsageError(
                        Message("There are several stories here. Say in which one it must stay unanswered, or dismiss it.")
                    )
                edit = Edit(named, questions=(RecordedQuestion(gap.question),))
                applied = self._base.revisions.apply(edit, signature, action="dismiss")
                self._base.gaps.mark_decided_by(number, applied.change)
            self._base.gaps.forget_followers(number)  # they will not be notified, so they are not stored any longer
            return gap


def with_phrasing(fact: Fact, question: str) -> Fact:
    """Return a fact with a question among its phrasings, unless these are at their limit."""
    return (
        fact
        if not has_room_for(fact.asked_as, question)
        else replace(fact, asked_as=tuple(dict.fromkeys((*fact.asked_as, question))))
    )


def question_stems(question: str) -> tuple[str, ...]:
    """Return the stems of a question's content words, or of all its words if it has no content words."""
    return tuple(dict.fromkeys(map(stem, content_words(question) or words_of(question))))
