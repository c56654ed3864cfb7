"""An edit: some items of one story added, revised or retracted, everything else left as it is; and its plan."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from bot.errors import ConflictError, NotKnownError
from bot.facts.lookup import NO_ITEM, story_number
from bot.facts.models import Actor, Fact, RecordedQuestion, Source, Story, StoryInfo
from bot.facts.plan import Change, Plan, Stored, T, change_of, check_cited, stored_items
from bot.facts.records import RecordReader


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
    sources = stored_items(
        connection, "source", number, reader.sources, _names(edit.sources, (*edit.retract_sources, *edit.seen_sources))
    )
    actors = stored_items(
        connection, "actor", number, reader.actors, _names(edit.actors, (*edit.retract_actors, *edit.seen_actors))
    )
    facts = stored_items(connection, "fact", number, reader.fact_contents, _names(edit.facts, (*edit.retract, *edit.seen)))
    _check_seen("fact", facts, edit.seen)
    _check_seen("actor", actors, edit.seen_actors)
    _check_seen("source", sources, edit.seen_sources)
    changes = (
        _changes(connection, "source", number, sources, edit.sources, edit.retract_sources),
        _changes(connection, "actor", number, actors, edit.actors, edit.retract_actors),
        _changes(connection, "fact", number, facts, edit.facts, edit.retract),
    )
    numbers = {table: _numbers(connection, table, number) for table in ("source", "actor", "fact")}
    _check_links(connection, number, edit)
    before = reader.questions(number, retracted=True)
    questions = _questions(before, edit)
    info = edit.info or reader.story(number)
    plan = Plan(
        story=number,
        info_changed=info != reader.story(number),
        questions_changed=questions != before,
        reordered=False,
        sources=changes[0],
        actors=changes[1],
        facts=changes[2],
        moved={},
        numbers=numbers,
    )
    return Story(info, (), (), (), questions), plan


def with_edit(story: Story, edit: Edit) -> Story:
    """Return a story as an edit makes it."""
    gone = set(edit.retract)
    put = {fact.id: fact for fact in edit.facts}
    facts = [put.pop(fact.id, fact) for fact in story.facts if fact.id not in gone]
    facts = [replace(fact, event=None) if fact.event in gone else fact for fact in [*facts, *put.values()]]
    return replace(
        story,
        info=edit.info or story.info,
        sources=_with(story.sources, edit.sources, edit.retract_sources),
        actors=_with(story.actors, edit.actors, edit.retract_actors),
        facts=tuple(facts),
        questions=tuple(
            replace(each, expect=tuple(name for name in each.expect if name not in gone))
            for each in _questions(story.questions, edit)
        ),
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


def _names(put: Iterable[Fact] | Iterable[Actor] | Iterable[Source], retracted: Iterable[str]) -> set[str]:
    return {item.id for item in put} | set(retracted)


def _check_seen(kind: Literal["fact", "actor", "source"], stored: Mapping[str, Stored[T]], seen: Mapping[str, int]) -> None:
    for name, revision in seen.items():
        item = stored.get(name)
        if item is not None and item.revision != revision:
            raise ConflictError(item.number, item.revision, kind=kind, name=name)


def _changes(
    connection: sqlite3.Connection,
    table: str,
    story: int,
    stored: Mapping[str, Stored[T]],
    put: Sequence[T],
    retracted: Sequence[str],
) -> tuple[Change[T], ...]:
    """Return what changes; new items are placed after all that there are."""
    last = connection.execute(f"SELECT ifnull(max(position), -1) FROM {table} WHERE story_id = ?", (story,)).fetchone()[0]
    changes: list[Change[T]] = []
    for item in put:
        before = stored.get(item.id)
        last += before is None
        change = change_of(item, before, last if before is None else before.position)
        changes += [change] if change else []
    for name in retracted:
        before = stored.get(name)
        if before is None:
            raise NotKnownError(NO_ITEM.format(kind=table, name=name))
        if not before.retracted:
            changes.append(Change("retract", before.content, before, before.position))
    return tuple(changes)


def _numbers(connection: sqlite3.Connection, table: str, story: int) -> dict[str, int]:
    return dict(connection.execute(f"SELECT slug, id FROM {table} WHERE story_id = ?", (story,)).fetchall())


def _check_links(connection: sqlite3.Connection, story: int, edit: Edit) -> None:
    """Raise NotKnownError for an id that the story does not have or has retracted, and for a fact without a citation."""
    sources = _live(connection, "source", story, edit.sources, edit.retract_sources)
    actors = _live(connection, "actor", story, edit.actors, edit.retract_actors)
    facts = _live(connection, "fact", story, edit.facts, edit.retract)
    for actor in edit.actors:
        _known("source", (citation.source for citation in actor.citations), sources)
    for fact in edit.facts:
        _known("source", (citation.source for citation in fact.citations), sources)
        _known("actor", (*fact.by, *fact.who, *fact.about), actors)
        _known("event", (fact.event,) if fact.event else (), facts)
        check_cited(fact)
    for question in edit.questions:
        _known("fact", question.expect, facts)
    # Those that are kept may still expect a fact that was retracted, and so expect it again when it comes back.
    every = facts | {row[0] for row in connection.execute("SELECT slug FROM fact WHERE story_id = ?", (story,))}
    for question in edit.all_questions or ():
        _known("fact", question.expect, every)


def _live(
    connection: sqlite3.Connection,
    table: str,
    story: int,
    put: Iterable[Fact] | Iterable[Actor] | Iterable[Source],
    retracted: Iterable[str],
) -> set[str]:
    rows = connection.execute(f"SELECT slug FROM {table} WHERE story_id = ? AND retracted = 0", (story,))
    return ({row[0] for row in rows} - set(retracted)) | {item.id for item in put}


def _known(kind: str, names: Iterable[str], known: set[str]) -> None:
    for name in names:
        if name not in known:
            raise NotKnownError(f'The story has no {kind} "{name}", or no longer. Add it, or choose another.')


def unseen(edit: Edit) -> Edit:
    """Return the edit without the revisions that were seen, so that it overwrites what somebody else changed since."""
    return replace(edit, seen={}, seen_actors={}, seen_sources={})


def _with(items: tuple[T, ...], put: tuple[T, ...], gone: tuple[str, ...]) -> tuple[T, ...]:
    new: dict[str, T] = {item.id: item for item in put}
    remaining: list[T] = [new.pop(item.id, item) for item in items if item.id not in gone]
    return (*remaining, *new.values())
