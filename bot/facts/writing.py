"""Carrying out a plan: every row that changes, and a revision for each item, in the open transaction."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import count
from typing import Any

from bot.facts.logbook import Signature
from bot.facts.models import Actor, Citation, Fact, Source, Story
from bot.facts.plan import Change, Plan, Stored
from bot.facts.records import RecordReader, record_text, story_text
from bot.facts.stems import main_language, searched_stems
from bot.languages import ENGLISH


class StoryWriter:
    """Writes the changes of one plan for one story."""

    def __init__(self, connection: sqlite3.Connection, story: Story, plan: Plan, signature: Signature) -> None:
        self._connection = connection
        self._story = story
        self._plan = plan
        self._signature = signature
        self._change = int(connection.execute("SELECT ifnull(max(change), 0) + 1 FROM revision").fetchone()[0])
        self._number = 0
        self._numbers = {kind: dict(numbers) for kind, numbers in plan.numbers.items()}

    def write(self) -> int:
        """Carry out the plan and return the number of the change.

        Parts of a new fact are written before the fact itself: its triggers then index it once, complete.
        """
        plan = self._plan
        kinds: dict[str, Sequence[Change[Any]]] = {"source": plan.sources, "actor": plan.actors, "fact": plan.facts}
        for kind, changes in kinds.items():  # rows are never deleted, so no number is given twice
            last = self._connection.execute(f"SELECT ifnull(max(id), 0) FROM {kind}").fetchone()[0]
            new = [change.content.id for change in changes if change.before is None]
            self._numbers[kind].update(zip(new, count(last + 1)))
        language = self._language()
        self._write_story()
        for source in plan.sources:
            self._write_source(source)
        for actor in plan.actors:
            self._write_actor(actor)
        self._write_new_facts([change for change in plan.facts if change.before is None])
        for fact in plan.facts:
            if fact.before is not None:
                self._write_changed_fact(fact, fact.before)
        for kind, changes in kinds.items():
            self._log_all(kind, changes)
        for kind, moved in plan.moved.items():
            self._connection.executemany(f"UPDATE {kind} SET position = ? WHERE id = ?", moved)
        self._write_stems(everywhere=language != self._language())
        if plan.questions_changed:
            self._write_questions()
        return self._change

    def _write_story(self) -> None:
        info = self._story.info
        values = (info.title, info.summary, info.language)
        if self._plan.story is None:
            cursor = self._connection.execute(
                "INSERT INTO story(title, summary, language, slug) VALUES (?, ?, ?, ?)", (*values, info.id)
            )
            self._number = int(cursor.lastrowid or 0)
            self._log([("story", self._number, 1, "add", story_text(self._story))])
            return
        self._number = self._plan.story
        if not (self._plan.info_changed or self._plan.questions_changed):
            return
        sql = "UPDATE story SET title = ?, summary = ?, language = ?, revision = revision + 1 WHERE id = ? RETURNING revision"
        revision = self._connection.execute(sql, (*values, self._number)).fetchone()[0]
        self._log([("story", self._number, revision, "revise", story_text(self._story))])

    def _write_source(self, change: Change[Source]) -> None:
        source = change.content
        values = {name: getattr(source, name) for name in ("type", "title", "publisher", "url", "archive", "note")}
        lists = {name: json.dumps(getattr(source, name), ensure_ascii=False) for name in ("authors", "details")}
        published = source.published.edtf if source.published else None
        self._write_row("source", change, values | lists | {"published": published})

    def _write_actor(self, change: Change[Actor]) -> None:
        actor, before = change.content, change.before.content if change.before else None
        self._write_row("actor", change, {name: getattr(actor, name) for name in ("name", "kind", "role", "wikidata")})
        number = self._numbers["actor"][actor.id]
        if before is None or before.aliases != actor.aliases:
            self._replace("actor_alias", "actor_id", number, enumerate(actor.aliases))
        if before is None or before.citations != actor.citations:
            self._replace("actor_citation", "actor_id", number, self._cited(actor.citations))

    def _write_row(self, table: str, change: Change[Actor] | Change[Source], values: dict[str, str | None]) -> None:
        """Insert or update the row of an actor or a source."""
        number = self._numbers[table][change.content.id]
        if change.before is None:
            row = {"id": number, "story_id": self._number, "slug": change.content.id, "position": change.position, **values}
            marks = ", ".join("?" * len(row))
            self._connection.execute(f"INSERT INTO {table}({', '.join(row)}) VALUES ({marks})", tuple(row.values()))
            return
        row = {**values, "retracted": int(change.action == "retract"), "revision": change.before.revision + 1}
        sets = ", ".join(f"{column} = ?" for column in row)
        self._connection.execute(f"UPDATE {table} SET {sets} WHERE id = ?", (*row.values(), number))

    def _write_new_facts(self, changes: list[Change[Fact]]) -> None:
        numbers = self._numbers["fact"]
        facts = [(numbers[change.content.id], change.content) for change in changes]
        self._insert("citation", [(number, *row) for number, fact in facts for row in self._cited(fact.citations)])
        self._insert("fact_actor", [(number, *row) for number, fact in facts for row in self._roles(fact)])
        self._insert("phrasing", [(number, *row) for number, fact in facts for row in enumerate(fact.asked_as)])
        self._connection.executemany(
            'INSERT INTO fact(story_id, position, kind, text, date, date_from, date_to, "where", context, reviewed, glosses,'
            " quoted, happened, event_id, slug, id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (self._number, change.position, *self._columns(change.content), change.content.id, numbers[change.content.id])
                for change in changes
            ),
        )

    def _write_changed_fact(self, change: Change[Fact], stored: Stored[Fact]) -> None:
        """Update a fact and only those of its parts that differ, so that a small change is a small write."""
        number, before, fact = stored.number, stored.content, change.content
        if before.citations != fact.citations:
            self._replace("citation", "fact_id", number, self._cited(fact.citations))
        if (before.by, before.who, before.about) != (fact.by, fact.who, fact.about):
            self._replace("fact_actor", "fact_id", number, self._roles(fact))
        if before.asked_as != fact.asked_as:
            self._replace("phrasing", "fact_id", number, enumerate(fact.asked_as))
        self._connection.execute(
            'UPDATE fact SET kind = ?, text = ?, date = ?, date_from = ?, date_to = ?, "where" = ?, context = ?,'
            " reviewed = ?, glosses = ?, quoted = ?, happened = ?,"
            " event_id = CASE WHEN ? THEN event_id ELSE ? END, retracted = ?, revision = ? WHERE id = ?",
            (
                *self._columns(fact)[:-1],
                _keeps_event(change),
                self._columns(fact)[-1],
                int(change.action == "retract"),
                stored.revision + 1,
                number,
            ),
        )

    def _columns(self, fact: Fact) -> tuple[object, ...]:
        date = (fact.date.edtf, fact.date.earliest, fact.date.latest) if fact.date else (None, None, None)
        event = self._numbers["fact"][fact.event] if fact.event else None
        passage = (json.dumps(fact.glosses, ensure_ascii=False), json.dumps(fact.quoted), int(fact.happened))
        return (fact.kind, fact.text, *date, fact.where, fact.context, int(fact.reviewed), *passage, event)

    def _language(self) -> str | None:
        """Return the language in which the base has the story; None where it has no such story yet."""
        row = self._connection.execute("SELECT language FROM story WHERE id = ?", (self._number or self._plan.story,)).fetchone()
        return main_language(row[0]) if row else None

    def _write_stems(self, *, everywhere: bool) -> None:
        """Write the stems of the facts that changed and of those with an actor that did, or of all facts of the story."""
        if not everywhere and self._language() == ENGLISH:
            return
        numbers = [self._numbers["fact"][change.content.id] for change in self._plan.facts]
        actors = json.dumps([self._numbers["actor"][change.content.id] for change in self._plan.actors])
        query, values = "SELECT fact_id FROM fact_actor WHERE actor_id IN (SELECT value FROM json_each(?))", (actors,)
        if everywhere:
            query, values = "SELECT id FROM fact WHERE story_id = ?", (str(self._number),)
        numbers += [number for (number,) in self._connection.execute(query, values)]
        records = RecordReader(self._connection).facts([*dict.fromkeys(numbers)])
        self._connection.executemany(
            "UPDATE fact SET stems = ?1 WHERE id = ?2 AND stems IS NOT ?1",
            [(searched_stems(record), record.number) for record in records],
        )

    def _write_questions(self) -> None:
        self._connection.execute("DELETE FROM question WHERE story_id = ?", (self._number,))
        for position, question in enumerate(self._story.questions):
            cursor = self._connection.execute(
                "INSERT INTO question(story_id, position, ask, short) VALUES (?, ?, ?, ?)",
                (self._number, position, question.ask, question.short),
            )
            expected = [(cursor.lastrowid, index, self._numbers["fact"][slug]) for index, slug in enumerate(question.expect)]
            self._insert("question_fact", expected)

    def _cited(self, citations: Iterable[Citation]) -> Iterator[tuple[object, ...]]:
        for position, citation in enumerate(citations, 1):
            yield position, self._numbers["source"][citation.source], citation.label, citation.locator

    def _roles(self, fact: Fact) -> Iterator[tuple[object, ...]]:
        for role, ids in (("speaker", fact.by), ("participant", fact.who), ("subject", fact.about)):
            for position, slug in enumerate(ids):
                yield role, position, self._numbers["actor"][slug]

    def _replace(self, table: str, owner: str, number: int, rows: Iterable[tuple[object, ...]]) -> None:
        self._connection.execute(f"DELETE FROM {table} WHERE {owner} = ?", (number,))
        self._insert(table, [(number, *row) for row in rows])

    def _insert(self, table: str, rows: Sequence[tuple[object, ...]]) -> None:
        if rows:
            self._connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)

    def _log_all(self, kind: str, changes: Iterable[Change[Any]]) -> None:
        rows = []
        for change in changes:
            item, number = change.content, self._numbers[kind][change.content.id]
            if isinstance(item, Fact) and _keeps_event(change):  # even if retracted, so that an undo keeps it
                query = "SELECT event.slug FROM fact JOIN fact AS event ON event.id = fact.event_id WHERE fact.id = ?"
                row = self._connection.execute(query, (number,)).fetchone()
                item = replace(item, event=row[0] if row else None)
            revision = change.before.revision + 1 if change.before else 1
            rows.append((kind, number, revision, change.action, record_text(item)))
        self._log(rows)

    def _log(self, rows: Iterable[tuple[str, int, int, str, str]]) -> None:
        step = (self._change, self._signature.at, self._signature.by, self._signature.reason)
        self._connection.executemany(
            "INSERT INTO revision(kind, item_id, number, action, content, change, at, by, reason)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            ((*row, *step) for row in rows),
        )


def _keeps_event(change: Change[Fact]) -> bool:
    """Return whether a changed fact keeps the event that it has, if any.

    A retracted event is hidden from the editor, who cannot mean to drop it by leaving it out.
    """
    return change.before is not None and change.before.content.event is None and change.content.event is None
