"""An edit: items of one story are added, revised or retracted, and the rest is left alone; and edits that undo a change."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from textwrap import shorten
from typing import NamedTuple

from bot.errors import ConflictError, NotKnownError, UsageError
from bot.facts.models import Actor, Fact, FactRecord, RecordedQuestion, Source, Story, StoryInfo
from bot.facts.records import RecordReader, T, record_from, story_from
from bot.facts.searching import MAX_NUMBER, NO_CHANGE, NO_FACT, no_revision
from bot.messages import Message

WITHOUT_EVENT = "“{fact}” stands without its event “{event}”, which is retracted."
_NAMED = 80  # characters of its text by which a fact is named
_FACTS_OF_ACTOR = "SELECT fact.id FROM fact JOIN fact_actor ON fact_id = fact.id WHERE actor_id = ? AND retracted = 0"
_FACTS_OF_SOURCE = "SELECT fact.id FROM fact JOIN citation ON fact_id = fact.id WHERE source_id = ? AND retracted = 0"
_ACTORS_OF_SOURCE = "SELECT actor.id FROM actor JOIN actor_citation ON actor_id = actor.id WHERE source_id = ? AND retracted = 0"


@dataclass(frozen=True, slots=True)
class Edit:
    """What is to change in one story.

    Sources, actors and facts are put: added, or revised where the story has the id (and brought back where it was retracted).
    What is retracted is named by id. ``info`` replaces what the story is called; a story that the base does not have is made.
    ``questions`` are added to the recorded ones, and replace those that ask the same; ``all_questions`` replaces them all.
    ``seen``, ``seen_actors`` and ``seen_sources`` are the revisions, by id, that the person who made the edit saw.
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
            replace(question, expect=tuple(name for name in question.expect if name not in gone))
            for question in questions_after(story.questions, edit)
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


def asked_key(question: RecordedQuestion) -> str:
    """Return a key shared by questions that differ only in case, spaces and final punctuation."""
    return " ".join(question.ask.casefold().split()).rstrip("?!. ")


def questions_after(before: tuple[RecordedQuestion, ...], edit: Edit) -> tuple[RecordedQuestion, ...]:
    """Return the recorded questions as an edit makes them: a new one takes the place of one with the same `asked_key`."""
    questions = before if edit.all_questions is None else edit.all_questions
    for new in edit.questions:
        same = asked_key(new)
        questions = tuple(dict.fromkeys([*(new if asked_key(question) == same else question for question in questions), new]))
    return questions


def _with(items: tuple[T, ...], put: tuple[T, ...], gone: Collection[str]) -> tuple[T, ...]:
    new: dict[str, T] = {item.id: item for item in put}
    remaining: list[T] = [new.pop(item.id, item) for item in items if item.id not in gone]
    return (*remaining, *new.values())


class _Step(NamedTuple):
    """One item that a change touched, with its revision and the action; ``name`` is its id in the story."""

    kind: str
    item: int
    number: int
    action: str
    name: str

    @property
    def came(self) -> bool:
        """Whether the item was not live before the change."""
        return self.action in ("add", "restore")


class Reversal(NamedTuple):
    """An edit that undoes something, a sentence for each thing it cannot bring back, and the change if it undoes a whole one."""

    edit: Edit
    left_out: tuple[Message, ...] = ()
    change: int | None = None


def reverse_of(connection: sqlite3.Connection, change: int) -> Reversal:
    """Return the edit that undoes a change.

    Sources and actors that came with it go as well, unless something else needs them. Raises NotKnownError where there is no
    such change, ConflictError where something that it touched was changed again since.
    """
    query = "SELECT kind, item_id, number, action, json_extract(content, '$.id') FROM revision WHERE change = ? ORDER BY id"
    rows = connection.execute(query, (change,)).fetchall() if change <= MAX_NUMBER else []
    steps = [_Step(*row) for row in rows]
    if not steps:
        raise NotKnownError(Message(NO_CHANGE, change=change))
    unkept = {step: without_keep(connection, step.item, step.number) for step in steps if step.kind == "fact"}
    for step in steps:
        if unkept.get(step) is None:
            _check_as_left(connection, step)
    by_kind = {kind: [step for step in steps if step.kind == kind] for kind in ("source", "actor", "fact")}
    facts_gone = {step.item for step in by_kind["fact"] if step.came}
    came = {kind: [step for step in by_kind[kind] if step.came] for kind in ("source", "actor")}
    actors_gone = [step for step in came["actor"] if not _is_used(connection, _FACTS_OF_ACTOR, step.item, facts_gone)]
    unused = {step.item for step in actors_gone}
    sources_gone = [
        step
        for step in came["source"]
        if not _is_used(connection, _FACTS_OF_SOURCE, step.item, facts_gone)
        and not _is_used(connection, _ACTORS_OF_SOURCE, step.item, unused)
    ]
    info, questions = _story_before(connection, steps)
    kind, column = steps[0].kind, "id" if steps[0].kind == "story" else "story_id"
    query = f"SELECT story.slug FROM {kind} AS item JOIN story ON story.id = item.{column} WHERE item.id = ?"
    edit = Edit(
        story=connection.execute(query, (steps[0].item,)).fetchone()[0],
        sources=tuple(_before(connection, step, Source) for step in by_kind["source"] if not step.came),
        actors=tuple(_before(connection, step, Actor) for step in by_kind["actor"] if not step.came),
        facts=tuple(unkept[step] or _before(connection, step, Fact) for step in by_kind["fact"] if not step.came),
        retract=tuple(step.name for step in by_kind["fact"] if step.came),
        retract_sources=tuple(step.name for step in sources_gone),
        retract_actors=tuple(step.name for step in actors_gone),
        info=info,
        all_questions=questions,
    )
    return _without_lost_events(connection, edit)._replace(change=change)


def back_to(connection: sqlite3.Connection, fact: int, revision: int | None) -> Reversal:
    """Return the edit that reverts a fact to a revision, None for the one before its last change.

    Raises NotKnownError for an unknown fact or revision, UsageError where it is at that revision already.
    """
    row = connection.execute(
        "SELECT fact.slug, fact.revision, fact.retracted, story.slug FROM fact JOIN story ON story.id = fact.story_id"
        " WHERE fact.id = ?",
        (fact,),
    ).fetchone()
    if row is None:
        raise NotKnownError(Message(NO_FACT, number=fact))
    slug, current, retracted, story = row
    seen = {slug: current}
    wanted = current - 1 if revision is None else revision
    if revision == current:
        raise UsageError(
            Message("F{number} is already at revision {revision}. Name an earlier one.", number=fact, revision=current)
        )
    if revision is None and wanted == 0:  # before it was added
        return Reversal(Edit(story, retract=(slug,), seen=seen))
    stored = connection.execute(
        "SELECT action, content FROM revision WHERE kind = 'fact' AND item_id = ? AND number = ?", (fact, wanted)
    ).fetchone()
    if stored is None:
        raise NotKnownError(no_revision(fact, wanted, current))
    if stored[0] == "retract":
        if retracted:
            raise UsageError(Message("F{number} is already retracted.", number=fact))
        return Reversal(Edit(story, retract=(slug,), seen=seen))
    return _without_lost_events(connection, Edit(story, facts=(record_from(Fact, stored[1]),), seen=seen))


def _without_lost_events(connection: sqlite3.Connection, edit: Edit) -> Reversal:
    """Return the edit without links to events that have been retracted since, and a sentence for each lost link."""
    back = {fact.id for fact in edit.facts}
    query = "SELECT retracted, text FROM fact JOIN story ON story.id = fact.story_id WHERE story.slug = ? AND fact.slug = ?"
    facts, left_out = [], []
    for fact in edit.facts:
        row = connection.execute(query, (edit.story, fact.event)).fetchone() if fact.event else None
        gone = row if row and (fact.event in edit.retract or (row[0] and fact.event not in back)) else None
        if gone:
            named, event = (shorten(text, _NAMED, placeholder=" …") for text in (fact.text, gone[1]))
            left_out.append(Message(WITHOUT_EVENT, fact=named, event=event))
        facts.append(replace(fact, event=None) if gone else fact)
    return Reversal(replace(edit, facts=tuple(facts)), tuple(left_out))


def without_keep(connection: sqlite3.Connection, fact: int, revision: int) -> Fact | None:
    """Return a fact as it is now, but unreviewed again, as before the revision that kept it; sources given to it since stay.

    None where that revision did more than keep the fact, or where anything else was changed since.
    """
    query = "SELECT number, action, content FROM revision WHERE kind = 'fact' AND item_id = ? AND number >= ? ORDER BY number"
    numbers, actions, contents = zip(*connection.execute(query, (fact, revision - 1)), strict=True)
    if numbers[0] == revision or set(actions[1:]) != {"revise"}:  # the revision added the fact, or it was not only revised since
        return None
    before, left, now = (record_from(Fact, contents[index]) for index in (0, 1, -1))
    was_kept = left.reviewed and replace(left, reviewed=False) == before
    only_cited = now.citations[: len(left.citations)] == left.citations and replace(now, citations=left.citations) == left
    return replace(now, reviewed=False) if was_kept and only_cited else None


def _check_as_left(connection: sqlite3.Connection, step: _Step) -> None:
    """Raise ConflictError or UsageError where an item differs from what the change left; changed and changed back is no conflict.

    A story never conflicts: what the change did to its questions is undone among the present ones.
    """
    if step.kind == "story":
        return
    query = "SELECT number, content, action = 'retract' FROM revision WHERE kind = ? AND item_id = ? AND number >= ?"
    rows = connection.execute(f"{query} ORDER BY number", (step.kind, step.item, step.number)).fetchall()
    if rows[0][1:] == rows[-1][1:]:
        return
    if step.kind == "fact":
        raise ConflictError(step.item, rows[-1][0])
    raise UsageError(Message("What this change touched has been changed again since. Take the later change back first."))


def _before(connection: sqlite3.Connection, step: _Step, kind: type[T]) -> T:
    """Return the content that an item had before it was revised or retracted."""
    number = step.number if step.action == "retract" else step.number - 1
    query = "SELECT content FROM revision WHERE kind = ? AND item_id = ? AND number = ?"
    return record_from(kind, connection.execute(query, (step.kind, step.item, number)).fetchone()[0])


def _story_before(
    connection: sqlite3.Connection, steps: list[_Step]
) -> tuple[StoryInfo | None, tuple[RecordedQuestion, ...] | None]:
    """Return what the story would be called and have to answer without a change; None for what the change did not touch."""
    step = next((step for step in steps if step.kind == "story"), None)
    if step is None:
        return None, None
    reader = RecordReader(connection)
    now, asked = reader.story(step.item), reader.questions(step.item, retracted=True)
    after, asked_after = _story_at(connection, step.item, step.number)
    before, asked_before = (now, ()) if step.action == "add" else _story_at(connection, step.item, step.number - 1)
    if asked == asked_after:
        return before if now == after else None, asked_before
    remaining = [question for question in asked if question not in asked_after or question in asked_before]
    back = [question for question in asked_before if question not in asked_after and question not in remaining]
    return before if now == after else None, (*remaining, *back)


def _story_at(connection: sqlite3.Connection, story: int, number: int) -> tuple[StoryInfo, tuple[RecordedQuestion, ...]]:
    query = "SELECT content FROM revision WHERE kind = 'story' AND item_id = ? AND number = ?"
    return story_from(connection.execute(query, (story, number)).fetchone()[0])


def _is_used(connection: sqlite3.Connection, query: str, item: int, without: set[int]) -> bool:
    """Return whether anything live uses an actor or a source, apart from the items ``without``, which go as well."""
    return any(row[0] not in without for row in connection.execute(query, (item,)))
