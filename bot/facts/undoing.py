"""Undoing: the edit that makes what a change touched as it was before."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from textwrap import shorten
from typing import NamedTuple

from bot.errors import ConflictError, NotKnownError, UsageError
from bot.facts.edits import Edit
from bot.facts.models import Actor, Fact, RecordedQuestion, Source, StoryInfo
from bot.facts.records import RecordReader, T, record_from, story_from
from bot.facts.searching import LARGEST_NUMBER, NO_CHANGE, NO_FACT, NO_REVISION
from bot.messages import Message

WITHOUT_EVENT = "“{fact}” stands without its event “{event}”, which is retracted."
_NAMED = 80  # characters of a fact that is named by its text


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
    """An edit that undoes something, and a sentence for each thing that it cannot bring back."""

    edit: Edit
    left_out: tuple[Message, ...]


def reverse_of(connection: sqlite3.Connection, change: int) -> Reversal:
    """Return the edit that undoes a change.

    Sources and actors that came with it go too where nothing else needs them. Raises NotKnownError where there is no such change,
    ConflictError where something that it touched was changed again since.
    """
    query = "SELECT kind, item_id, number, action, json_extract(content, '$.id') FROM revision WHERE change = ? ORDER BY id"
    rows = connection.execute(query, (change,)).fetchall() if change <= LARGEST_NUMBER else []
    steps = [_Step(*row) for row in rows]
    if not steps:
        raise NotKnownError(Message(NO_CHANGE, change=change))
    for step in steps:
        _check_as_left(connection, step)
    by_kind = {kind: [step for step in steps if step.kind == kind] for kind in ("source", "actor", "fact")}
    facts_gone = {step.item for step in by_kind["fact"] if step.came}
    actors_gone = [step for step in by_kind["actor"] if step.came and not _actor_used(connection, step.item, facts_gone)]
    unused = {step.item for step in actors_gone}
    sources_gone = [
        step for step in by_kind["source"] if step.came and not _source_used(connection, step.item, facts_gone, unused)
    ]
    info, questions = _story_before(connection, steps)
    edit = Edit(
        story=_story_of(connection, steps[0]),
        sources=tuple(_before(connection, step, Source) for step in by_kind["source"] if not step.came),
        actors=tuple(_before(connection, step, Actor) for step in by_kind["actor"] if not step.came),
        facts=tuple(_before(connection, step, Fact) for step in by_kind["fact"] if not step.came),
        retract=tuple(step.name for step in by_kind["fact"] if step.came),
        retract_sources=tuple(step.name for step in sources_gone),
        retract_actors=tuple(step.name for step in actors_gone),
        info=info,
        all_questions=questions,
    )
    return _without_lost_events(connection, edit)


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
            Message("F{number} is at revision {revision} already. Name an earlier one.", number=fact, revision=current)
        )
    if revision is None and wanted == 0:  # before it was added
        return Reversal(Edit(story, retract=(slug,), seen=seen), ())
    stored = connection.execute(
        "SELECT action, content FROM revision WHERE kind = 'fact' AND item_id = ? AND number = ?", (fact, wanted)
    ).fetchone()
    if stored is None:
        raise NotKnownError(Message(NO_REVISION, number=fact, revision=wanted, last=current))
    if stored[0] == "retract":
        if retracted:
            raise UsageError(Message("F{number} is retracted already.", number=fact))
        return Reversal(Edit(story, retract=(slug,), seen=seen), ())
    return _without_lost_events(connection, Edit(story, facts=(record_from(Fact, stored[1]),), seen=seen))


def _without_lost_events(connection: sqlite3.Connection, edit: Edit) -> Reversal:
    """Return the edit without links to events that were retracted since, and a sentence for each of them."""
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


def _check_as_left(connection: sqlite3.Connection, step: _Step) -> None:
    """Raise ConflictError or UsageError where an item differs from what the change left; changed and changed back is equal.

    Of a story, what the change did to its questions is taken back among those that there are now.
    """
    if step.kind == "story":
        return
    query = "SELECT number, content, action = 'retract' FROM revision WHERE kind = ? AND item_id = ? AND number >= ?"
    rows = connection.execute(f"{query} ORDER BY number", (step.kind, step.item, step.number)).fetchall()
    if rows[0][1:] == rows[-1][1:]:
        return
    if step.kind == "fact":
        raise ConflictError(step.item, rows[-1][0])
    raise UsageError(Message("What this change touched was changed again since. Take the later change back first."))


def _story_of(connection: sqlite3.Connection, step: _Step) -> str:
    column = "id" if step.kind == "story" else "story_id"
    query = f"SELECT story.slug FROM {step.kind} AS item JOIN story ON story.id = item.{column} WHERE item.id = ?"
    return str(connection.execute(query, (step.item,)).fetchone()[0])


def _before(connection: sqlite3.Connection, step: _Step, kind: type[T]) -> T:
    """Return the content that an item had before it was revised or retracted."""
    number = step.number if step.action == "retract" else step.number - 1
    query = "SELECT content FROM revision WHERE kind = ? AND item_id = ? AND number = ?"
    return record_from(kind, connection.execute(query, (step.kind, step.item, number)).fetchone()[0])


def _story_before(
    connection: sqlite3.Connection, steps: list[_Step]
) -> tuple[StoryInfo | None, tuple[RecordedQuestion, ...] | None]:
    """Return what the story is called and has to answer without a change; nothing where the change was not of that."""
    step = next((step for step in steps if step.kind == "story"), None)
    if step is None:
        return None, None
    reader = RecordReader(connection)
    now, asked = reader.story(step.item), reader.questions(step.item, retracted=True)
    after, asked_after = _story_at(connection, step.item, step.number)
    before, asked_before = (now, ()) if step.action == "add" else _story_at(connection, step.item, step.number - 1)
    if asked == asked_after:
        return before if now == after else None, asked_before
    remaining = [each for each in asked if each not in asked_after or each in asked_before]
    back = [each for each in asked_before if each not in asked_after and each not in remaining]
    return before if now == after else None, (*remaining, *back)


def _story_at(connection: sqlite3.Connection, story: int, number: int) -> tuple[StoryInfo, tuple[RecordedQuestion, ...]]:
    query = "SELECT content FROM revision WHERE kind = 'story' AND item_id = ? AND number = ?"
    return story_from(connection.execute(query, (story, number)).fetchone()[0])


def _actor_used(connection: sqlite3.Connection, actor: int, without: set[int]) -> bool:
    query = "SELECT fact.id FROM fact JOIN fact_actor ON fact_id = fact.id WHERE actor_id = ? AND retracted = 0"
    return any(row[0] not in without for row in connection.execute(query, (actor,)))


def _source_used(connection: sqlite3.Connection, source: int, without: set[int], without_actors: set[int]) -> bool:
    facts = "SELECT fact.id FROM fact JOIN citation ON fact_id = fact.id WHERE source_id = ? AND retracted = 0"
    actors = "SELECT actor.id FROM actor JOIN actor_citation ON actor_id = actor.id WHERE source_id = ? AND retracted = 0"
    return any(row[0] not in without for row in connection.execute(facts, (source,))) or any(
        row[0] not in without_actors for row in connection.execute(actors, (source,))
    )
