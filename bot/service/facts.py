"""Looking up single facts: by what was typed, with their history, the names of their story and the sides of an event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import NamedTuple

from bot.answers.as_of import read_day, sides_as_of
from bot.editing.typed_fact import TypedFact
from bot.errors import NotKnownError
from bot.facts.base import FactBase
from bot.facts.dates import day_of
from bot.facts.models import FactKind, FactRecord, Revision
from bot.facts.speakers import EventSides
from bot.messages import Message

_MAX_NAMED = 5_000
"""Facts of a story up to which its events are read for their texts; more would take too long."""


@dataclass(frozen=True, slots=True)
class Names:
    """The names of actors and the texts of events, by id; an id that is not in it stands for itself."""

    actors: Mapping[str, str] = field(default_factory=dict)
    events: Mapping[str, str] = field(default_factory=dict)

    def actor(self, name: str) -> str:
        """Return the name of an actor."""
        return self.actors.get(name, name)

    def event(self, name: str) -> str:
        """Return the text of an event."""
        return self.events.get(name, name)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Changes to a fact since its form was opened: the fact as it is now and as it was then, and the steps between."""

    current: FactRecord
    seen: FactRecord
    steps: tuple[Revision, ...]
    names: Names


@dataclass(frozen=True, slots=True)
class FactHistory:
    """A fact with its revisions, oldest first, and the names of its story."""

    record: FactRecord
    steps: tuple[Revision, ...]
    names: Names


class SidesOf(NamedTuple):
    """An event of which several sides speak, and the day (yyyymmdd) by which they had spoken; None: today."""

    event: int
    day: int | None = None


class FactReader:
    """Reads facts of one base, retracted ones too, with what else is shown of them."""

    def __init__(self, base: FactBase) -> None:
        self._base = base

    def number(self, named: str) -> tuple[int, int | None]:
        """Return the number of a fact that is named ``F12``, ``F12@3``, ``12`` or by its id, and the revision if one is named.

        Raises NotKnownError where there is no such fact, or where several stories have one with that id.
        """
        return self._base.search.number(named)

    def complete(
        self, typed: str, *, kind: FactKind | None = None, retracted: bool = False, limit: int = 25
    ) -> tuple[FactRecord, ...]:
        """Return the facts that what is being typed may mean, best first; the newest where nothing was typed."""
        return self._base.search.complete(typed, kind=kind, retracted=retracted, limit=limit)

    def show(self, number: int, revision: int | None = None) -> FactRecord:
        """Return a fact as it is, or as it was at a revision. Raises NotKnownError."""
        return self._base.revisions.show(number, revision)

    def history(self, number: int) -> tuple[Revision, ...]:
        """Return the revisions of a fact, oldest first. Raises NotKnownError."""
        return self._base.revisions.history(number)

    def select(self, numbers: Sequence[int]) -> tuple[FactRecord, ...]:
        """Return facts by number, in the given order; unknown numbers are left out."""
        return self._base.facts(numbers)

    def all(self, story: str | None = None) -> tuple[FactRecord, ...]:
        """Return the live facts in the order of their files, story by story. Raises NotKnownError for an unknown story."""
        return self._base.all_facts(story)

    def find(self, typed: str) -> tuple[int, int | None]:
        """Return the number of a fact that was chosen, or typed by number, id or words, and the revision if named.

        Raises NotKnownError where no fact or more than one fits.
        """
        try:
            return self.number(typed)
        except NotKnownError:
            records = self.complete(typed, retracted=True, limit=2) if typed.strip() else ()  # two already make it ambiguous
            if len(records) != 1:
                raise
            return records[0].number, None

    def show_named(self, named: str) -> FactRecord:
        """Return a fact, or a revision of it, named as for `number`. Raises NotKnownError."""
        return self.show(*self.number(named))

    def count_inside(self, event: FactRecord) -> int:
        """Return how many live facts belong to an event; 0 for a fact of another kind."""
        facts = self._base.all_facts(event.story.id) if event.fact.kind == "event" else ()
        return sum(fact.fact.event == event.fact.id for fact in facts)

    def names(self, story: str) -> Names:
        """Return the names of the actors and events of a story; of a very big story the events go by their ids."""
        actors = {record.actor.id: record.actor.name for record in self._base.actors(story)}
        events = () if self._base.has_more_than(_MAX_NAMED, story) else self._base.by_date("event", story=story)
        return Names(actors, {record.fact.id: record.fact.text for record in events})

    def with_names(self, number: int, revision: int | None = None) -> tuple[FactRecord, Names]:
        """Return a fact, as it is or at a revision, with the names of its story. Raises NotKnownError."""
        record = self.show(number, revision)
        return record, self.names(record.story.id)

    def history_with_names(self, number: int) -> FactHistory:
        """Return a fact with its history and the names of its story. Raises NotKnownError."""
        record, names = self.with_names(number)
        return FactHistory(record, self.history(number), names)

    def conflict(self, typed_fact: TypedFact) -> Conflict | None:
        """Return what others did to the fact that a typed one edits, None where it is as its editor saw it."""
        if typed_fact.fact is None or typed_fact.seen is None:
            return None
        current = self.show(typed_fact.fact)
        if current.revision == typed_fact.seen:
            return None
        steps = tuple(step for step in self.history(typed_fact.fact) if step.number > typed_fact.seen)
        return Conflict(current, self.show(typed_fact.fact, typed_fact.seen), steps, self.names(typed_fact.story))

    def rebase(self, typed_fact: TypedFact, revision: int | None = None) -> TypedFact:
        """Return a typed fact on top of what was done to its fact since it was written, up to a revision if one is named."""
        if typed_fact.fact is None or typed_fact.seen is None:
            return typed_fact
        current = self.show(typed_fact.fact, revision)
        if current.revision == typed_fact.seen:
            return typed_fact
        return typed_fact.rebased(TypedFact.of(self.show(typed_fact.fact, typed_fact.seen)), TypedFact.of(current))

    def earlier_form(self, number: int, revision: int) -> TypedFact:
        """Return the form of a fact as it was at a revision, without an event that was retracted since. Raises NotKnownError."""
        record = self.show(number, revision)
        typed_fact = TypedFact.of(record)
        return typed_fact if self._base.linked_events([record]) else replace(typed_fact, event="")

    def last_day(self, story: str | None) -> date:
        """Return the last day of a story, relative to which a date without a year is read; today where no event has a date.

        That is the latest day on which something happened; where no event has a day of its own, the end of the latest period.
        """
        last = self._base.last_event_day(story)
        if last is None or not 10101 <= last <= 99991231:
            return datetime.now().astimezone().date()
        return day_of(last)

    def day(self, as_of: str | int | None, story: str | None) -> int | None:
        """Return ``as_of`` as a day (yyyymmdd), read as of a story if it is text; None: today. Raises DateError, UsageError."""
        if isinstance(as_of, int):
            return as_of
        return read_day(as_of, self.last_day(story)) if as_of else None

    def several_sides(self, facts: Sequence[int], *, as_of: int | None = None) -> SidesOf | None:
        """Return the first event, among those that facts are or belong to, about which several sides speak; None for none.

        ``as_of``, a day (yyyymmdd): only what they had said by then counts.
        """
        day, speakers = as_of, self._base.speakers
        if day is None:
            event = speakers.disputed_event(facts)
            return None if event is None else SidesOf(event)
        for event in dict.fromkeys(speakers.disputed_event([number]) for number in facts):
            sides = speakers.sides(event) if event is not None else None
            if event is not None and sides is not None and len(sides_as_of(sides, day).sides) > 1:
                return SidesOf(event, day)
        return None

    def sides_of(self, event: int, day: int | None = None) -> EventSides:
        """Return an event and what each side says of it, had said by a ``day`` (yyyymmdd) if one is given.

        Raises NotKnownError where the event is gone.
        """
        sides = self._base.speakers.sides(event)
        if sides is not None and day is not None:
            sides = sides_as_of(sides, day)
        if sides is None or not sides.sides:
            raise NotKnownError(Message("Nobody is on record about that any more; ask again for what the facts say now."))
        return sides
