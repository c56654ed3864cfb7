"""An edit: some items of one story added, revised or retracted, everything else left as it is; and its plan."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from bot.errors import ConflictError, NotKnownError
from bot.facts.models import Actor, Fact, FactRecord, RecordedQuestion, Source, Story, StoryInfo
from bot.facts.plan import Change, Plan, T, change_of, check_links, stored_items
from bot.facts.records import RecordReader
from bot.facts.searching import NO_ITEM, story_number
from bot.messages import Message


@dataclass(frozen=True, slots=True)
class Edit:
    """What is to change in one story.

    Sources, actors and facts are put: added, or revised where the story has the id (and brought back where it was retracted).
    What is retracted is named by id. ``info`` replaces what the story is called. ``questions`` are recorded beside those that
    there are, in the place of one that asks the same; ``all_questions`` replaces them all. ``seen``, ``seen_actors`` and
    ``seen_sources`` are the revisions that whoever made the edit had before them, by id.
    """

    story: str
    sources: tuple[Source, ...] = ()
    actors: tuple[Actor, ...] = ()
    facts: tuple[Fact, ...] = ()
    retract: tuple[str, ...] = ()
    retract_sources: tuple[str, ...] = ()
    retract_actors: tuple[str, ...] = ()
    info: StoryInfo | None = None
    questions: tuple[RecordedQuestion, ...] = ()
    all_questions: tuple[RecordedQuestion, ...] | None = None
    seen: Mapping[str, int] = field(default_factory=dict)
    seen_actors: Mapping[str, int] = field(default_factory=dict)
    seen_sources: Mapping[str, int] = field(default_factory=dict)


def plan_edit(connection: sqlite3.Connection, edit: Edit) -> tuple[Story, Plan]:
    """Return the story as the writer needs it and the plan of the edit.

    Raises NotKnownError for an id that the story does not have, ConflictError where something is no longer at the revision seen.
    """
    number = story_number(connection, edit.story)
    reader = RecordReader(connection)
    facts = _changes(connection, "fact", number, reader.fact_contents, edit.facts, edit.retract, edit.seen)
    actors = _changes(connection, "actor", number, reader.actors, edit.actors, edit.retract_actors, edit.seen_actors)
    sources = _changes(connection, "source", number, reader.sources, edit.sources, edit.retract_sources, edit.seen_sources)
    numbers: dict[str, dict[str, int]] = {
        kind: dict(connection.execute(f"SELECT slug, id FROM {kind} WHERE story_id = ?", (number,)).fetchall())
        for kind in ("source", "actor", "fact")
    }
    _check_links(connection, number, edit, numbers["fact"])
    before = reader.questions(number, retracted=True)
    questions = _questions(before, edit)
    info = edit.info or reader.story(number)
    plan = Plan(
        story=number,
        info_changed=info != reader.story(number),
        questions_changed=questions != before,
        reordered=False,
        sources=sources,
        actors=actors,
        facts=facts,
        moved={},
        numbers=numbers,
    )
    return Story(info, (), (), (), questions), plan


def with_edit(story: Story, edit: Edit) -> Story:
    """Return a story as an edit makes it."""
    gone = set(edit.retract)
    facts = _with(story.facts, edit.facts, gone)
    return replace(
        story,
        info=edit.info or story.info,
        sources=_with(story.sources, edit.sources, edit.retract_sources),
        actors=_with(story.actors, edit.actors, edit.retract_actors),
        facts=tuple(replace(fact, event=None) if fact.event in gone else fact for fact in facts),
        questions=tuple(
            replace(each, expect=tuple(name for name in each.expect if name not in gone))
            for each in _questions(story.questions, edit)
        ),
    )


def edited_record(story: Story, edit: Edit, number: int, revision: int) -> FactRecord:
    """Return the first fact of an edit as readers would see it."""
    fact = edit.facts[0]
    actors = {actor.id: actor for actor in (*story.actors, *edit.actors)}
    sources = {source.id: source for source in (*story.sources, *edit.sources)}
    return FactRecord(
        number=number,
        revision=revision,
        story=story.info,
        fact=fact,
        speakers=tuple(actors[name] for name in fact.by),
        participants=tuple(actors[name] for name in fact.who),
        subjects=tuple(actors[name] for name in fact.about),
        sources=tuple(sources[citation.source] for citation in fact.citations),
    )


def with_question(questions: Sequence[RecordedQuestion], new: RecordedQuestion) -> tuple[RecordedQuestion, ...]:
    """Return the questions with a new one added, or in the place of one with the same `asked_key`."""
    same = asked_key(new)
    replaced = [new if asked_key(each) == same else each for each in questions]
    return tuple(dict.fromkeys([*replaced, new]))


def asked_key(question: RecordedQuestion) -> str:
    """Return a key that questions share which differ in case, spaces and final punctuation alone."""
    return " ".join(question.ask.casefold().split()).rstrip("?!. ")


def _questions(before: tuple[RecordedQuestion, ...], edit: Edit) -> tuple[RecordedQuestion, ...]:
    questions = before if edit.all_questions is None else edit.all_questions
    for each in edit.questions:
        questions = with_question(questions, each)
    return questions


def _changes(
    connection: sqlite3.Connection,
    kind: Literal["source", "actor", "fact"],
    story: int,
    read: Callable[[list[int]], tuple[T, ...]],
    put: Sequence[T],
    retracted: Sequence[str],
    seen: Mapping[str, int],
) -> tuple[Change[T], ...]:
    """Return what changes of one kind; new items are placed after all that there are. Raises what `plan_edit` raises."""
    stored = stored_items(connection, kind, story, read, {*(item.id for item in put), *retracted, *seen})
    for name, revision in seen.items():
        if name in stored and stored[name].revision != revision:
            raise ConflictError(stored[name].number, stored[name].revision, kind=kind, name=name)
    last = connection.execute(f"SELECT ifnull(max(position), -1) FROM {kind} WHERE story_id = ?", (story,)).fetchone()[0]
    changes: list[Change[T]] = []
    for item in put:
        before = stored.get(item.id)
        last += before is None
        change = change_of(item, before, last if before is None else before.position)
        changes += [change] if change else []
    for name in retracted:
        before = stored.get(name)
        if before is None:
            raise NotKnownError(Message(NO_ITEM[kind], name=name))
        if not before.retracted:
            changes.append(Change("retract", before.content, before, before.position))
    return tuple(changes)


def _check_links(connection: sqlite3.Connection, story: int, edit: Edit, every_fact: Collection[str]) -> None:
    """Raise NotKnownError for an id that the story does not have or has retracted, and for a fact without a citation."""
    live = {
        "source": _live(connection, "source", story, edit.sources, edit.retract_sources),
        "actor": _live(connection, "actor", story, edit.actors, edit.retract_actors),
        "fact": _live(connection, "fact", story, edit.facts, edit.retract),
    }
    check_links(edit.actors, edit.facts, edit.questions, live)
    # Those that are kept may still expect a fact that was retracted, and so expect it again when it comes back.
    check_links((), (), edit.all_questions or (), {"fact": live["fact"].union(every_fact)})


def _live(
    connection: sqlite3.Connection,
    table: str,
    story: int,
    put: Iterable[Fact] | Iterable[Actor] | Iterable[Source],
    retracted: Iterable[str],
) -> set[str]:
    rows = connection.execute(f"SELECT slug FROM {table} WHERE story_id = ? AND retracted = 0", (story,))
    return ({row[0] for row in rows} - set(retracted)) | {item.id for item in put}


def unseen(edit: Edit) -> Edit:
    """Return the edit without the revisions that were seen, so that it overwrites what somebody else changed since."""
    return replace(edit, seen={}, seen_actors={}, seen_sources={})


def _with(items: tuple[T, ...], put: tuple[T, ...], gone: Collection[str]) -> tuple[T, ...]:
    new: dict[str, T] = {item.id: item for item in put}
    remaining: list[T] = [new.pop(item.id, item) for item in items if item.id not in gone]
    return (*remaining, *new.values())
