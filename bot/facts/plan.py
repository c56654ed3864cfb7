"""What must change for a base to hold a story as it stands, or as an edit makes it. Nothing is written here."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal

from bot.errors import ConflictError, NotKnownError, UsageError
from bot.facts.edits import Edit, questions_after
from bot.facts.limits import Item, excesses
from bot.facts.models import Actor, Fact, RecordedQuestion, Source, Story, StoryChanges
from bot.facts.records import RecordReader, T
from bot.facts.searching import NO_ITEM, story_number
from bot.facts.text import shortened
from bot.messages import Message

Action = Literal["add", "revise", "retract", "restore"]


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
    """One item that changes: ``before`` is None for a new one, ``content`` what it will hold, ``position`` where it stands."""

    action: Action
    content: T
    before: Stored[T] | None
    position: int


@dataclass(frozen=True, slots=True)
class Plan:
    """All that applying a story changes. ``story`` is its number in the base, None for a new one.

    ``moved`` has, by kind, the new position and the number of items that move, ``numbers``, by kind, the number of each known id.
    """

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
    """Compare a story with what the base holds of it.

    Raises NotKnownError for an id that the story lacks or a fact without a citation, UsageError for what exceeds its limit.
    """
    _check_sizes((story.info, *story.sources, *story.actors, *story.facts, *story.questions))
    wanted: dict[str, tuple[Any, ...]] = {"source": story.sources, "actor": story.actors, "fact": story.facts}
    ids = {kind: {item.id for item in items} for kind, items in wanted.items()}
    _check_links(story.actors, story.facts, story.questions, ids)
    reader = RecordReader(connection)
    row = connection.execute("SELECT id FROM story WHERE slug = ?", (story.info.id,)).fetchone()
    number = row[0] if row else None
    sources = _stored_items(connection, "source", number, reader.sources)
    actors = _stored_items(connection, "actor", number, reader.actors)
    facts = _stored_items(connection, "fact", number, reader.fact_contents)
    stored: dict[str, dict[str, Stored[Any]]] = {"source": sources, "actor": actors, "fact": facts}
    kept = _not_in_files(facts.values())
    moved, reordered = {}, False
    for kind, known in stored.items():
        placed = [(position, known[item.id]) for position, item in enumerate(wanted[kind]) if item.id in known]
        moved[kind] = tuple((position, item.number) for position, item in placed if item.position != position)
        # The order has changed if remaining items are not in their former order; making room for a new one does not count.
        positions = [item.position for _, item in placed if not item.retracted]
        reordered = reordered or positions != sorted(positions)
    return Plan(
        story=number,
        info_changed=number is not None and reader.story(number) != story.info,
        questions_changed=bool(story.questions) if number is None else reader.questions(number) != story.questions,
        reordered=reordered,
        sources=_compare(sources, story.sources, kept["source"]),
        actors=_compare(actors, story.actors, kept["actor"]),
        facts=_compare(facts, story.facts, kept["fact"]),
        moved=moved,
        numbers={kind: {name: item.number for name, item in known.items()} for kind, known in stored.items()},
    )


def plan_edit(connection: sqlite3.Connection, edit: Edit, *, brings_back: bool = False) -> tuple[Story, Plan]:
    """Return the story as the writer needs it and the plan of the edit.

    Raises NotKnownError for an id that the story lacks, ConflictError where something is no longer at the revision seen,
    UsageError for what exceeds its limit, unless the edit only ``brings_back`` what the base held before.
    """
    if not brings_back:
        _check_sizes((*([edit.info] if edit.info else []), *edit.sources, *edit.actors, *edit.facts, *edit.questions))
    number = None if _makes_story(connection, edit) else story_number(connection, edit.story)
    reader = RecordReader(connection)
    facts = _changes(connection, "fact", number, reader.fact_contents, edit.facts, edit.retract, edit.seen)
    actors = _changes(connection, "actor", number, reader.actors, edit.actors, edit.retract_actors, edit.seen_actors)
    sources = _changes(connection, "source", number, reader.sources, edit.sources, edit.retract_sources, edit.seen_sources)
    touched: tuple[tuple[str, Sequence[Source | Actor | Fact], Sequence[str]], ...] = (
        ("source", edit.sources, edit.retract_sources),
        ("actor", edit.actors, edit.retract_actors),
        ("fact", edit.facts, edit.retract),
    )
    numbers, live = dict[str, dict[str, int]](), dict[str, set[str]]()
    for kind, put, retracted in touched:
        rows = connection.execute(f"SELECT slug, id, retracted FROM {kind} WHERE story_id = ?", (number,)).fetchall()
        numbers[kind] = {slug: item for slug, item, _ in rows}
        live[kind] = ({slug for slug, _, gone in rows if not gone} - set(retracted)) | {item.id for item in put}
    _check_links(edit.actors, edit.facts, edit.questions, live)
    # Recorded questions may go on expecting a retracted fact, and so expect it again when it is restored.
    _check_links((), (), edit.all_questions or (), {"fact": live["fact"].union(numbers["fact"])})
    before = () if number is None else reader.questions(number, retracted=True)
    questions = questions_after(before, edit)
    named = None if number is None else reader.story(number)
    info = edit.info or named
    assert info is not None
    plan = Plan(
        story=number,
        info_changed=named is not None and info != named,
        questions_changed=questions != before,
        reordered=False,
        sources=sources,
        actors=actors,
        facts=facts,
        moved={},
        numbers=numbers,
    )
    return Story(info, (), (), (), questions), plan


def _makes_story(connection: sqlite3.Connection, edit: Edit) -> bool:
    """Return whether an edit describes a story that the base does not have."""
    if edit.info is None:
        return False
    return connection.execute("SELECT 1 FROM story WHERE slug = ?", (edit.story,)).fetchone() is None


def _not_in_files(facts: Iterable[Stored[Fact]]) -> dict[str, set[str]]:
    """Return the ids of facts that no story file has, and of the sources and actors that they name.

    These are unreviewed facts and sentences of articles, even kept ones: importing a story file leaves them as they are.
    """
    left_out = [item.content for item in facts if not item.retracted and not item.content.is_exported]
    return {
        "fact": {fact.id for fact in left_out},
        "source": {citation.source for fact in left_out for citation in fact.citations},
        "actor": {name for fact in left_out for name in (*fact.by, *fact.who, *fact.about)},
    }


def _compare(stored: Mapping[str, Stored[T]], wanted: Sequence[T], kept: Collection[str]) -> tuple[Change[T], ...]:
    """Return what is added, revised and restored, in the order of the story, then what is retracted; ``kept`` stays as it is."""
    put = (_change_of(item, stored.get(item.id), position) for position, item in enumerate(wanted))
    ids = {item.id for item in wanted} | set(kept)
    gone = (item for slug, item in stored.items() if slug not in ids and not item.retracted)
    return (*filter(None, put), *(Change("retract", item.content, item, item.position) for item in gone))


def _change_of(item: T, before: Stored[T] | None, position: int) -> Change[T] | None:
    """Return the change that replaces ``before`` with an item, None where they are the same."""
    if before is None:
        return Change("add", item, None, position)
    if before.retracted:
        return Change("restore", item, before, position)
    return Change("revise", item, before, position) if before.content != item else None


def _ids(changes: Iterable[Change[T]], *actions: Action) -> tuple[str, ...]:
    return tuple(change.content.id for change in changes if not actions or change.action in actions)


def _stored_items(
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


def _changes(
    connection: sqlite3.Connection,
    kind: Literal["source", "actor", "fact"],
    story: int | None,
    read: Callable[[list[int]], tuple[T, ...]],
    put: Sequence[T],
    retracted: Sequence[str],
    seen: Mapping[str, int],
) -> tuple[Change[T], ...]:
    """Return the changes of one kind; new items come after the existing ones. Raises what `plan_edit` raises."""
    stored = _stored_items(connection, kind, story, read, {*(item.id for item in put), *retracted, *seen})
    for name, revision in seen.items():
        if name in stored and stored[name].revision != revision:
            raise ConflictError(stored[name].number, stored[name].revision, kind=kind, name=name)
    last = connection.execute(f"SELECT ifnull(max(position), -1) FROM {kind} WHERE story_id = ?", (story,)).fetchone()[0]
    changes: list[Change[T]] = []
    for item in put:
        before = stored.get(item.id)
        last += before is None
        change = _change_of(item, before, last if before is None else before.position)
        changes += [change] if change else []
    for name in retracted:
        before = stored.get(name)
        if before is None:
            raise NotKnownError(Message(NO_ITEM[kind], name=name))
        if not before.retracted:
            changes.append(Change("retract", before.content, before, before.position))
    return tuple(changes)


def _check_sizes(items: Iterable[Item]) -> None:
    """Raise UsageError for the first item that holds too much."""
    for item in items:
        for excess in excesses(item):
            name = item.ask if isinstance(item, RecordedQuestion) else item.id
            problem = Message("`{key}`: {problem} {mend}", key=excess.field, problem=excess.problem, mend=excess.mend)
            raise UsageError(Message('"{name}": {problem}', name=shortened(name, 60), problem=problem))


def _check_links(
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
