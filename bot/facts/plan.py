"""What must change for a base to hold a story as it stands, found by comparing both. Nothing is written here."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from bot.errors import NotKnownError
from bot.facts.models import Actor, Fact, RecordedQuestion, Source, Story, StoryChanges
from bot.facts.records import RecordReader
from bot.messages import Message

Action = Literal["add", "revise", "retract", "restore"]
T = TypeVar("T", bound=Fact | Actor | Source)


@dataclass(frozen=True, slots=True)
class Stored(Generic[T]):
    """An item as the base has it."""

    number: int
    revision: int
    retracted: bool
    position: int
    content: T


@dataclass(frozen=True, slots=True)
class Change(Generic[T]):
    """One item that changes: ``before`` is None for a new one, ``content`` is what it will hold, ``position`` where."""

    action: Action
    content: T
    before: Stored[T] | None
    position: int


@dataclass(frozen=True, slots=True)
class Plan:
    """All that applying a story changes. ``story`` is the story's number in the base, None where it is new there."""

    story: int | None
    info_changed: bool
    questions_changed: bool
    reordered: bool
    sources: tuple[Change[Source], ...]
    actors: tuple[Change[Actor], ...]
    facts: tuple[Change[Fact], ...]
    moved: Mapping[str, tuple[tuple[int, int], ...]]
    numbers: Mapping[str, dict[str, int]]

    def changes(self, story: str) -> StoryChanges:
        """Return the ids of what changes; a fact that comes back counts as added."""
        return StoryChanges(
            story=story,
            added=_ids(self.facts, "add", "restore"),
            revised=_ids(self.facts, "revise"),
            retracted=_ids(self.facts, "retract"),
            actors=_ids(self.actors),
            sources=_ids(self.sources),
            other=self.story is not None and (self.info_changed or self.questions_changed or self.reordered),
            new=self.story is None,
        )


def make_plan(connection: sqlite3.Connection, story: Story) -> Plan:
    """Compare a story with what the base holds of it. Raises what `check_links` raises."""
    ids = {
        "source": {source.id for source in story.sources},
        "actor": {actor.id for actor in story.actors},
        "fact": {fact.id for fact in story.facts},
    }
    check_links(story.actors, story.facts, story.questions, ids)
    reader = RecordReader(connection)
    row = connection.execute("SELECT id FROM story WHERE slug = ?", (story.info.id,)).fetchone()
    number = row[0] if row else None
    sources = stored_items(connection, "source", number, reader.sources)
    actors = stored_items(connection, "actor", number, reader.actors)
    facts = stored_items(connection, "fact", number, reader.fact_contents)
    compared: dict[str, tuple[dict[str, Stored[Any]], tuple[Any, ...]]] = {
        "source": (sources, story.sources),
        "actor": (actors, story.actors),
        "fact": (facts, story.facts),
    }
    return Plan(
        story=number,
        info_changed=number is not None and reader.story(number) != story.info,
        questions_changed=bool(story.questions) if number is None else reader.questions(number) != story.questions,
        reordered=any(_reordered(*each) for each in compared.values()),
        sources=_compare(sources, story.sources),
        actors=_compare(actors, story.actors),
        facts=_compare(facts, story.facts),
        moved={kind: _moved(*each) for kind, each in compared.items()},
        numbers={kind: {name: item.number for name, item in stored.items()} for kind, (stored, _) in compared.items()},
    )


def _compare(stored: Mapping[str, Stored[T]], wanted: Sequence[T]) -> tuple[Change[T], ...]:
    """Return what is added, revised and restored, in the order of the story, then what is retracted."""
    put = (change_of(item, stored.get(item.id), position) for position, item in enumerate(wanted))
    ids = {item.id for item in wanted}
    gone = (item for slug, item in stored.items() if slug not in ids and not item.retracted)
    return (*filter(None, put), *(Change("retract", item.content, item, item.position) for item in gone))


def change_of(item: T, before: Stored[T] | None, position: int) -> Change[T] | None:
    """Return what puts an item where ``before`` is, None where that says the same already."""
    if before is None:
        return Change("add", item, None, position)
    if before.retracted:
        return Change("restore", item, before, position)
    return Change("revise", item, before, position) if before.content != item else None


def _moved(stored: Mapping[str, Stored[T]], wanted: Sequence[T]) -> tuple[tuple[int, int], ...]:
    """Return (position, number) of the items whose place in the file has changed."""
    places = ((position, stored.get(item.id)) for position, item in enumerate(wanted))
    return tuple((position, item.number) for position, item in places if item and item.position != position)


def _reordered(stored: Mapping[str, Stored[T]], wanted: Sequence[T]) -> bool:
    """Return whether items that were there and stay change their order; room made for a new one is no change."""
    before = (stored.get(item.id) for item in wanted)
    places = [item.position for item in before if item and not item.retracted]
    return places != sorted(places)


def _ids(changes: Iterable[Change[T]], *actions: Action) -> tuple[str, ...]:
    return tuple(change.content.id for change in changes if not actions or change.action in actions)


def stored_items(
    connection: sqlite3.Connection,
    table: str,
    story: int | None,
    read: Callable[[list[int]], tuple[T, ...]],
    names: Collection[str] | None = None,
) -> dict[str, Stored[T]]:
    """Read the items of a story in one table, retracted or not, by id; with ``names`` those that have one of these ids."""
    among = "" if names is None else " AND slug IN (SELECT value FROM json_each(?))"
    rows = connection.execute(
        f"SELECT id, revision, retracted, position FROM {table} WHERE story_id = ?{among} ORDER BY position, id",
        (story, *([] if names is None else [json.dumps(sorted(names))])),
    ).fetchall()
    contents = read([row[0] for row in rows])
    return {
        content.id: Stored(number, revision, bool(retracted), position, content)
        for (number, revision, retracted, position), content in zip(rows, contents, strict=True)
    }


def check_links(
    actors: Iterable[Actor], facts: Iterable[Fact], questions: Iterable[RecordedQuestion], known: Mapping[str, Collection[str]]
) -> None:
    """Raise NotKnownError for an id that is not ``known`` as a source, an actor or a fact, and for a fact without a citation."""
    for actor in actors:
        _check(actor.id, "source", (citation.source for citation in actor.citations), known["source"])
    for fact in facts:
        _check(fact.id, "source", (citation.source for citation in fact.citations), known["source"])
        _check(fact.id, "actor", (*fact.by, *fact.who, *fact.about), known["actor"])
        _check(fact.id, "event", (fact.event,) if fact.event else (), known["fact"])
        if not fact.citations:
            raise NotKnownError(Message('"{fact}" has no citation. Say where it comes from.', fact=fact.id))
    for question in questions:
        _check(question.ask, "fact", question.expect, known["fact"])


_NO_LONGER = {
    "source": 'The story has no source "{name}", or no longer, but "{where}" names it. Add it, or choose another.',
    "actor": 'The story has no actor "{name}", or no longer, but "{where}" names it. Add it, or choose another.',
    "event": 'The story has no event "{name}", or no longer, but "{where}" names it. Add it, or choose another.',
    "fact": 'The story has no fact "{name}", or no longer, but "{where}" names it. Add it, or choose another.',
}


def _check(where: str, kind: str, names: Iterable[str], known: Collection[str]) -> None:
    for name in names:
        if name not in known:
            raise NotKnownError(Message(_NO_LONGER[kind], name=name, where=where))
