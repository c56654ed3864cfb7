"""The fact base: one SQLite file, and the class that is its only reader and writer."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from bot.errors import NotKnownError
from bot.facts.connection import Connections
from bot.facts.models import (
    FACT_KINDS,
    ActorRecord,
    FactRecord,
    RecordedQuestion,
    Revision,
    Source,
    Story,
    StoryChanges,
    StoryInfo,
)
from bot.facts.plan import make_plan
from bot.facts.records import RecordReader
from bot.facts.searching import StoryRuns, events_of, facts_with_each, read_runs
from bot.facts.snapshots import fact_from
from bot.facts.writing import StoryWriter, note

DEADLINE = 2.5
"""Seconds that a read for a question may take; what counts or reads a whole story has no such limit."""

_BY_DATE = "ifnull(date_from, date_to) IS NULL, ifnull(date_from, date_to), date_to, story_id, position"


class FactBase:
    """A fact base. Safe to use from several threads; closed by ``with`` or `close`."""

    def __init__(self, connections: Connections, deadline: float = DEADLINE) -> None:
        self._connections = connections
        self._deadline = deadline

    @classmethod
    def open(cls, path: Path, *, create: bool = True, wait: float = 5.0, deadline: float = DEADLINE) -> Self:
        """Open the file, making or migrating it first.

        ``wait`` is how many seconds to wait for another program's lock, ``deadline`` how many a read for a question may take.
        Raises NotAFactBaseError, NewerFactBaseError, BusyError, or FactBaseError (missing, unreadable, disk full).
        """
        return cls(Connections.to_file(path, create=create, wait=wait), deadline)

    @classmethod
    def memory(cls) -> Self:
        """Make a base that lives in memory alone."""
        return cls(Connections.in_memory())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def settle(self) -> None:
        """Put all that was written into the one file, safe from a power cut, so that it may be moved once it is closed.

        Raises FactBaseError where the disk is full, BusyError where another program is at work in it.
        """
        self._connections.settle()

    def close(self) -> None:
        """Close the file."""
        self._connections.close()

    def version(self) -> int:
        """Return a number that changes whenever anybody commits a change of facts to this file; cheap."""
        return self._connections.version()

    def apply(self, story: Story, *, by: str, reason: str | None = None) -> StoryChanges:
        """Make the base hold this story as it stands: add, revise and retract by id, in one transaction.

        What did not change gets no revision; where nothing did, nothing is written at all.
        """
        with self._connections.writing() as connection:
            plan = make_plan(connection, story)
            changes = plan.changes(story.info.id)
            if changes:
                StoryWriter(connection, story, plan, note(by, reason)).write()
        return changes

    def preview(self, story: Story) -> StoryChanges:
        """Return what `apply` would do, without doing it."""
        with self._connections.reading() as connection:
            return make_plan(connection, story).changes(story.info.id)

    def story(self, story: str) -> Story:
        """Return the whole live story, as it can be exported. Raises NotKnownError."""
        with self._connections.reading() as connection:
            number, reader = _story_number(connection, story), RecordReader(connection)
            facts = [record.fact for record in reader.facts(_live(connection, number))]
            return Story(
                info=reader.story(number),
                sources=reader.sources(_numbers(connection, "source", number)),
                actors=reader.actors(_numbers(connection, "actor", number)),
                facts=tuple(sorted(facts, key=lambda fact: FACT_KINDS.index(fact.kind))),
                questions=reader.questions(number),
            )

    def stories(self) -> tuple[StoryInfo, ...]:
        """Return the stories that the base holds, in the order in which they came."""
        with self._reading() as connection:
            rows = connection.execute("SELECT slug, title, summary, language FROM story ORDER BY id")
            return tuple(StoryInfo(*row) for row in rows)

    def questions(self, story: str) -> tuple[RecordedQuestion, ...]:
        """Return the questions that a story must be able to answer. Raises NotKnownError."""
        with self._reading() as connection:
            return RecordReader(connection).questions(_story_number(connection, story))

    def check_story(self, story: str | None) -> None:
        """Raise NotKnownError, with the stories that there are, where none has that id; None stands for all of them."""
        if story is not None:
            with self._reading() as connection:
                _story_number(connection, story)

    def count(self, story: str | None = None) -> int:
        """Return the number of live facts."""
        with self._reading() as connection:
            where, values = _in_story(connection, story)
            return int(connection.execute(f"SELECT count(*) FROM fact WHERE retracted = 0{where}", values).fetchone()[0])

    def facts(self, numbers: Sequence[int]) -> tuple[FactRecord, ...]:
        """Return facts by number, in the given order; retracted ones too, marked; unknown numbers are left out."""
        with self._reading() as connection:
            return RecordReader(connection).facts(numbers)

    def all_facts(self, story: str | None = None, *, limit: int | None = None) -> tuple[FactRecord, ...]:
        """Return live facts in the file's order, story by story."""
        with self._connections.reading() as connection:
            number = None if story is None else _story_number(connection, story)
            return RecordReader(connection).facts(_live(connection, number, limit))

    def facts_with_each(self, terms: Sequence[str], *, story: str | None = None, most: int) -> list[list[int]]:
        """Return for each term the numbers of the live facts that hold it; none where more than ``most`` do."""
        with self._reading() as connection:
            return facts_with_each(connection, terms, None if story is None else _story_number(connection, story), most)

    def runs(self) -> StoryRuns:
        """Return whose each fact is, by its number."""
        with self._reading() as connection:
            return read_runs(connection)

    def linked_events(self, records: Sequence[FactRecord]) -> tuple[FactRecord, ...]:
        """Return the live events that facts belong to, each once."""
        numbers = [record.number for record in records if record.fact.event]
        with self._reading() as connection:
            return RecordReader(connection).facts(events_of(connection, numbers) if numbers else ())

    def has_more_than(self, most: int, story: str | None = None) -> bool:
        """Tell whether there are more live facts than so many, without counting them all."""
        with self._reading() as connection:
            where, values = _in_story(connection, story)
            rows = connection.execute(f"SELECT 1 FROM fact WHERE retracted = 0{where} LIMIT ?", (*values, most + 1))
            return len(rows.fetchall()) > most

    def events(
        self, *, actor: int | None = None, start: int | None = None, end: int | None = None, story: str | None = None
    ) -> tuple[FactRecord, ...]:
        """Return live events by date (undated last), those that touch the range; start and end are yyyymmdd keys."""
        where, values = "kind = 'event'", []
        if actor is not None:
            where, values = f"{where} AND id IN (SELECT fact_id FROM fact_actor WHERE actor_id = ?)", [actor]
        if start is not None or end is not None:
            where += " AND date IS NOT NULL"
        if start is not None:
            where, values = f"{where} AND (date_to IS NULL OR date_to >= ?)", [*values, start]
        if end is not None:
            where, values = f"{where} AND (date_from IS NULL OR date_from <= ?)", [*values, end]
        return self._by_date(where, values, story)

    def spoken(self, *, speaker: int | None = None, story: str | None = None) -> tuple[FactRecord, ...]:
        """Return live quotes by date."""
        if speaker is None:
            return self._by_date("kind = 'quote'", [], story)
        where = "kind = 'quote' AND id IN (SELECT fact_id FROM fact_actor WHERE actor_id = ? AND role = 'speaker')"
        return self._by_date(where, [speaker], story)

    def concerning(self, actor: int) -> tuple[FactRecord, ...]:
        """Return live facts in which the actor speaks, takes part or is spoken of, by date."""
        return self._by_date("id IN (SELECT fact_id FROM fact_actor WHERE actor_id = ?)", [actor], None)

    def actors(self, story: str | None = None) -> tuple[ActorRecord, ...]:
        """Return the actors, story by story in the file's order."""
        with self._connections.reading() as connection:
            spoken = "count(DISTINCT CASE WHEN fact_actor.role = 'speaker' THEN fact.id END)"
            rows = _with_uses(connection, "actor", "fact_actor", story, more=f", {spoken}")
            reader = RecordReader(connection)
            actors = reader.actors(row[0] for row in rows)
            return tuple(
                ActorRecord(number, reader.story(of), actor, spoken, mentioned)
                for (number, of, mentioned, spoken), actor in zip(rows, actors, strict=True)
            )

    def sources(self, story: str | None = None) -> tuple[tuple[StoryInfo, Source, int], ...]:
        """Return sources with the number of live facts that cite each."""
        with self._connections.reading() as connection:
            rows = _with_uses(connection, "source", "citation", story)
            reader = RecordReader(connection)
            sources = reader.sources(row[0] for row in rows)
            return tuple((reader.story(row[1]), source, row[2]) for row, source in zip(rows, sources, strict=True))

    def history(self, number: int) -> tuple[Revision, ...]:
        """Return the revisions of a fact, oldest first. Raises NotKnownError."""
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT number, action, at, by, reason, content FROM revision"
                " WHERE kind = 'fact' AND item_id = ? ORDER BY number",
                (number,),
            ).fetchall()
        if not rows:
            raise NotKnownError(f"There is no fact F{number}. Look for its number in an answer or with /timeline.")
        return tuple(Revision(step, action, at, by, reason, fact_from(content)) for step, action, at, by, reason, content in rows)

    def keep_reply(self, content: str, *, days: int = 30) -> str:
        """Keep a reply's content under a new short random key, and drop those that are older than so many days."""
        key = secrets.token_urlsafe(9)
        time = datetime.now(UTC)
        with self._connections.writing(durable=False) as connection:
            connection.execute("DELETE FROM reply WHERE at < ?", ((time - timedelta(days=days)).isoformat(timespec="seconds"),))
            connection.execute("INSERT INTO reply VALUES (?, ?, ?)", (key, content, time.isoformat(timespec="seconds")))
        return key

    def reply(self, key: str) -> str | None:
        """Return the content that was kept under a key, or None where it is too old."""
        with self._reading() as connection:
            row = connection.execute("SELECT content FROM reply WHERE key = ?", (key,)).fetchone()
            return str(row[0]) if row else None

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with self._connections.reading(self._deadline) as connection:
            yield connection

    def _by_date(self, condition: str, values: Sequence[int], story: str | None) -> tuple[FactRecord, ...]:
        with self._reading() as connection:
            where, more = _in_story(connection, story)
            rows = connection.execute(
                f"SELECT id FROM fact WHERE retracted = 0 AND {condition}{where} ORDER BY {_BY_DATE}", (*values, *more)
            )
            return RecordReader(connection).facts([row[0] for row in rows])


def _story_number(connection: sqlite3.Connection, story: str) -> int:
    row = connection.execute("SELECT id FROM story WHERE slug = ?", (story,)).fetchone()
    if row:
        return int(row[0])
    known = ", ".join(row[0] for row in connection.execute("SELECT slug FROM story ORDER BY id LIMIT 10"))
    mend = f"Stories here: {known}." if known else "Import a story first."
    raise NotKnownError(f'There is no story "{story}". {mend}')


def _in_story(connection: sqlite3.Connection, story: str | None, table: str = "fact.") -> tuple[str, tuple[int, ...]]:
    return ("", ()) if story is None else (f" AND {table}story_id = ?", (_story_number(connection, story),))


def _with_uses(connection: sqlite3.Connection, table: str, link: str, story: str | None, more: str = "") -> list[tuple[int, ...]]:
    """Return number, story and number of live facts of each actor or source, in the file's order; ``more`` is selected too."""
    where, values = _in_story(connection, story, f"{table}.")
    return connection.execute(
        f"SELECT {table}.id, {table}.story_id, count(DISTINCT fact.id){more}"
        f" FROM {table} LEFT JOIN {link} ON {link}.{table}_id = {table}.id"
        f" LEFT JOIN fact ON fact.id = {link}.fact_id AND fact.retracted = 0"
        f" WHERE {table}.retracted = 0{where} GROUP BY {table}.id ORDER BY {table}.story_id, {table}.position",
        values,
    ).fetchall()


def _live(connection: sqlite3.Connection, story: int | None, limit: int | None = None) -> list[int]:
    where, values = ("", ()) if story is None else (" AND story_id = ?", (story,))
    rows = connection.execute(
        f"SELECT id FROM fact WHERE retracted = 0{where} ORDER BY story_id, position, id LIMIT ?",
        (*values, -1 if limit is None else limit),
    )
    return [row[0] for row in rows]


def _numbers(connection: sqlite3.Connection, table: str, story: int) -> list[int]:
    rows = connection.execute(f"SELECT id FROM {table} WHERE story_id = ? AND retracted = 0 ORDER BY position, id", (story,))
    return [row[0] for row in rows]
