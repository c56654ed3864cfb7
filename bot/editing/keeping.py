"""Keeping what was read in articles: one card after the other, each shown to one moderator at a time, kept or dropped once.

Who holds which card is only in memory: after a restart two moderators may hold the same one, and the second to decide is told
what the first did.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal

from bot.editing.people import apply_alone
from bot.facts.base import FactBase
from bot.facts.edits import Edit
from bot.facts.logbook import Signature
from bot.facts.models import FactRecord, Revision
from bot.facts.revisions import Applied
from bot.facts.unreviewed import Waiting

KEEP: Literal["keep fact"] = "keep fact"
DROP: Literal["drop fact"] = "drop fact"
"""What the logbook calls keeping and dropping."""

HOLD_SECONDS = 300.0
"""How long a card is held for one moderator after they last did something with it."""


@dataclass(frozen=True, slots=True)
class SentenceCard:
    """A fact that waits for a review, with the sentences before and after it and how many replies were answered with it.

    It is the card at ``position``, from 1, of a ``total``. ``again``: all cards have been reviewed or skipped, and the skipped
    ones come once more.
    """

    record: FactRecord
    before: str
    after: str
    asked: int
    position: int
    total: int
    again: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a card: the fact as it is now, and the change.

    ``applied`` is None where nothing was changed, because the fact was no longer as seen; ``last`` is its last revision.
    """

    record: FactRecord
    applied: Applied | None
    last: Revision

    @property
    def waits(self) -> bool:
        """Whether the fact still waits for a review."""
        return _waits(self.record)


@dataclass(slots=True)
class _Round:
    """What one moderator has done since they began, in one story or all (None): how many cards they decided, which skipped."""

    story: str | None = None
    done: int = 0
    skipped: set[int] = field(default_factory=set)


class Keeping:
    """Hands out the cards of one base, and keeps and drops facts. ``by`` is the name by which a moderator signs."""

    def __init__(self, base: FactBase, clock: Callable[[], float] = time.monotonic) -> None:
        self._base = base
        self._clock = clock
        self._lock = threading.Lock()
        self._held: dict[str, tuple[int, float]] = {}
        self._rounds: dict[str, _Round] = {}

    def begin(self, by: str, story: str | None = None) -> SentenceCard | None:
        """Begin a round of a story, or of all, and return its first card as `next` does. Raises NotKnownError."""
        with self._lock:
            self._rounds[by] = _Round(story)
            self._held.pop(by, None)
        return self.next(by)

    def next(self, by: str) -> SentenceCard | None:
        """Return the next card for a moderator, None where none is left that nobody else holds.

        Raises NotKnownError where the story of the round is unknown.
        """
        with self._lock:
            now, others = self._round(by), self._held_by_others(by)
            held = self._held.pop(by, None)
            if held is not None and not _waits(self._base.revisions.show(held[0])):
                now.done += 1
            waiting = self._base.unreviewed.waiting(now.story, limit=1, without=others | now.skipped)
            again = not waiting and bool(now.skipped)
            if again:
                now.done = 0
                now.skipped.clear()
                waiting = self._base.unreviewed.waiting(now.story, limit=1, without=others)
            return self._card(by, waiting[0], again=again) if waiting else None

    def open(self, by: str, number: int) -> SentenceCard | None:
        """Return the card of a fact, None where somebody else holds it or it does not wait. Raises NotKnownError."""
        record = self._base.revisions.show(number)
        with self._lock:
            if not _waits(record) or number in self._held_by_others(by):
                return None
            self._round(by).skipped.discard(number)
            return self._card(by, Waiting(record, self._base.unreviewed.asked(number)))

    def skip(self, by: str, number: int) -> None:
        """Move a card behind all others of a moderator's round."""
        with self._lock:
            self._round(by).skipped.add(number)

    def story_of(self, by: str) -> str | None:
        """Return the story that a moderator's round is of, None for all."""
        with self._lock:
            return self._round(by).story

    def look(self, number: int) -> Outcome:
        """Return a fact as it is and its last revision, without doing anything to it. Raises NotKnownError."""
        return Outcome(self._base.revisions.show(number), None, self._base.revisions.history(number)[-1])

    def keep(self, number: int, seen: int, signature: Signature) -> Outcome:
        """Note that a fact is right as it stands, if it is at the revision ``seen`` and nobody has reviewed it.

        Raises NotKnownError, and TwoNeededError where it names a person, the server asks for two moderators, and this one may not
        do it alone.
        """

        def kept(record: FactRecord) -> Edit:
            return Edit(record.story.id, facts=(replace(record.fact, reviewed=True),), seen={record.fact.id: seen})

        return self._decide(number, seen, signature, KEEP, kept)

    def drop(self, number: int, seen: int, signature: Signature) -> Outcome:
        """Retract a fact that nobody has reviewed, if it is at the revision ``seen``; one moderator may do so alone."""

        def dropped(record: FactRecord) -> Edit:
            return Edit(record.story.id, retract=(record.fact.id,), seen={record.fact.id: seen})

        return self._decide(number, seen, replace(signature, alone=True), DROP, dropped)

    def undone(self, by: str) -> None:
        """Note that a moderator undid what they had done with a card of their round."""
        with self._lock:
            now = self._round(by)
            now.done = max(0, now.done - 1)

    def _decide(self, number: int, seen: int, signature: Signature, action: str, edit: Callable[[FactRecord], Edit]) -> Outcome:
        key = f"{action} F{number}@{seen}"
        with self._base.transaction():
            record, last = self._base.revisions.show(number), self._base.revisions.history(number)[-1]
            if record.revision != seen or not _waits(record):
                pressed_twice = record.revision == seen + 1 and last.by == signature.by
                return Outcome(record, self._base.revisions.result_for_key(key) if pressed_twice else None, last)
            applied = apply_alone(self._base, edit(record), signature, action=action, key=key)
        return Outcome(self._base.revisions.show(number), applied, self._base.revisions.history(number)[-1])

    def _card(self, by: str, waiting: Waiting, *, again: bool = False) -> SentenceCard:
        """Hold a card for a moderator, who holds no other."""
        self._held[by] = waiting.record.number, self._clock() + HOLD_SECONDS
        now, fact = self._round(by), waiting.record.fact
        total = now.done + self._base.unreviewed.count(now.story)
        return SentenceCard(
            waiting.record,
            before=(fact.context or "") if fact.kind == "passage" else "",
            after=self._base.unreviewed.sentence_after(waiting.record),
            asked=waiting.asked,
            position=min(now.done + len(now.skipped) + 1, total),  # others may have reviewed some that were skipped
            total=total,
            again=again,
        )

    def _round(self, by: str) -> _Round:
        return self._rounds.setdefault(by, _Round())

    def _held_by_others(self, by: str) -> set[int]:
        now = self._clock()
        self._held = {name: held for name, held in self._held.items() if held[1] > now}
        return {number for name, (number, _) in self._held.items() if name != by}


def _waits(record: FactRecord) -> bool:
    return not record.retracted and not record.fact.reviewed
