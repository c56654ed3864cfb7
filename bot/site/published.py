"""What a site shows of a story: the facts that are handed on, how each came to be as it is, and what was withdrawn.

Who made a change is never part of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from bot.facts.base import FactBase
from bot.facts.logbook import is_nobodys
from bot.facts.models import Actor, Citation, Fact, FactRecord, Revision, Source, StoryInfo
from bot.facts.speakers import EventSides, Side
from bot.facts.text import on_one_line

Act = Literal["added", "corrected", "withdrawn", "returned"]


@dataclass(frozen=True, slots=True)
class Step:
    """A change of a fact that readers see: ``before`` is what it said until then, None where it was added or came back.

    ``at`` is ISO 8601 in UTC, ``revision`` the number of the revision that the change made.
    """

    act: Act
    at: str
    revision: int
    reason: str
    fact: Fact
    before: Fact | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A step with the fact as it is now."""

    record: FactRecord
    step: Step

    @property
    def ref(self) -> str:
        """The name of the revision that it made, such as ``F12@3``."""
        return f"F{self.record.number}@{self.step.revision}"


@dataclass(frozen=True)
class PublishedStory:
    """A story as its site shows it: its facts in the story's order, those that were withdrawn, and the history of both.

    ``histories`` are by number. ``names`` are those of all actors by id, also of actors that no fact names any more.
    """

    info: StoryInfo
    records: tuple[FactRecord, ...]
    withdrawn: tuple[FactRecord, ...]
    histories: Mapping[int, tuple[Step, ...]]
    actors: tuple[Actor, ...]
    sources: tuple[Source, ...]
    sides: tuple[EventSides, ...]
    names: Mapping[str, str]

    @cached_property
    def by_id(self) -> dict[str, FactRecord]:
        """The facts that are shown, by id."""
        return {record.fact.id: record for record in self.records}

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """All changes, newest first; of a fact that was withdrawn the withdrawal alone."""
        shown = [Change(record, step) for record in self.records for step in self.histories[record.number]]
        gone = [Change(record, self.histories[record.number][-1]) for record in self.withdrawn]
        return tuple(sorted([*shown, *gone], key=lambda change: (change.step.at, change.record.number), reverse=True))

    @cached_property
    def corrections(self) -> tuple[Change, ...]:
        """The changes that took back or altered what had been said, newest first."""
        return tuple(change for change in self.changes if change.step.act in ("corrected", "withdrawn"))

    @property
    def last_change(self) -> str:
        """When anything last changed, ISO 8601 in UTC; "" where there is nothing."""
        return self.changes[0].step.at if self.changes else ""


def read_published(base: FactBase, story: str, *, unreviewed: bool = False) -> PublishedStory:
    """Read what a site shows of a story of a base: what its exports hold, with ``unreviewed`` also what articles say.

    Raises NotKnownError for an unknown story.
    """

    def is_shown(fact: Fact) -> bool:
        return unreviewed or fact.is_exported

    whole = base.story(story)
    records = tuple(record for record in base.all_facts(story) if is_shown(record.fact))
    # What was withdrawn was handed on before only if it was reviewed, or if this site had it by the option.
    withdrawn = tuple(record for record in base.retracted_facts(story) if record.fact.is_exported)
    histories = {record.number: tuple(_steps(base.revisions.history(record.number), is_shown)) for record in records}
    histories |= {record.number: tuple(_steps(base.revisions.history(record.number), is_shown)) for record in withdrawn}
    involved = {actor.id for record in records for actor in record.involved}
    actors = tuple(actor for actor in whole.actors if actor.id in involved)
    cited = {source.id for record in records for source in record.sources}
    cited |= {citation.source for actor in actors for citation in actor.citations}
    return PublishedStory(
        info=whole.info,
        records=records,
        withdrawn=withdrawn,
        histories=histories,
        actors=actors,
        sources=tuple(source for source in whole.sources if source.id in cited),
        sides=tuple(_sides(base, records)),
        names={actor.id: actor.name for actor in whole.actors},
    )


def _steps(revisions: Iterable[Revision], is_shown: Callable[[Fact], bool]) -> Iterator[Step]:
    """Yield the changes of a fact that readers see, oldest first."""
    before: Fact | None = None
    for revision in revisions:
        if not is_shown(revision.fact):
            continue
        reason = on_one_line(revision.reason or "")
        reason = "" if is_nobodys(reason) else reason
        if revision.action == "retract":
            yield Step("withdrawn", revision.at, revision.number, reason, revision.fact, before)
            before = None
            continue
        if before is None:
            act: Act = "returned" if revision.action == "restore" else "added"
            yield Step(act, revision.at, revision.number, reason, revision.fact)
        elif _seen(before) != _seen(revision.fact):
            yield Step("corrected", revision.at, revision.number, reason, revision.fact, before)
        before = revision.fact


def _seen(fact: Fact) -> tuple[object, ...]:
    """Return what a page shows of a fact; how else readers may ask for it, for example, is not on it."""
    people: tuple[tuple[str, ...], ...] = (fact.by, fact.who, fact.about)
    cited: tuple[Citation, ...] = fact.citations
    return (fact.kind, fact.glossed, fact.date, fact.where, fact.context, fact.event, *people, *cited)


def _sides(base: FactBase, records: Iterable[FactRecord]) -> Iterator[EventSides]:
    """Yield the events about which several sides speak in the facts that are shown, in the story's order."""
    shown = {record.number for record in records}
    for record in records:
        sides = base.speakers.sides(record.number) if record.fact.kind == "event" else None
        if sides is None:
            continue
        spoken = [replace(side, facts=tuple(fact for fact in side.facts if fact.number in shown)) for side in sides.sides]
        heard: tuple[Side, ...] = tuple(side for side in spoken if side.facts)
        if len(heard) > 1:
            yield replace(sides, sides=heard)
