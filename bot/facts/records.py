"""Rows of a fact base read into records, with a few queries for any number of facts."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, TypeVar

from bot.facts.dates import StoryDate, parse_date
from bot.facts.models import Actor, Citation, Fact, FactRecord, RecordedQuestion, Source, StoryInfo

CHUNK = 2000  # facts that one round of queries reads
Row = tuple[Any, ...]
T = TypeVar("T")


class _Parts(NamedTuple):
    """What belongs to some facts, by fact: citations with their source, actors by role, phrasings."""

    citations: dict[int, list[tuple[int, str | None, str | None]]]
    actors: dict[tuple[int, str], list[int]]
    phrasings: dict[int, list[str]]


class RecordReader:
    """Reads records in one state of a base. Actors and sources once read are cached for the next facts."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._stories: dict[int, StoryInfo] = {}
        self._actors: dict[int, Actor] = {}
        self._sources: dict[int, Source] = {}

    def facts(self, numbers: Sequence[int]) -> tuple[FactRecord, ...]:
        """Read facts by number, in the given order; unknown numbers are left out."""
        records: list[FactRecord] = []
        for start in range(0, len(numbers), CHUNK):
            records.extend(self._chunk(numbers[start : start + CHUNK]))
        return tuple(records)

    def fact_contents(self, numbers: Sequence[int]) -> tuple[Fact, ...]:
        """Read the content of facts by number, as a story file states it."""
        return tuple(record.fact for record in self.facts(numbers))

    def story(self, number: int) -> StoryInfo:
        """Read what a story is called."""
        if number not in self._stories:
            row = self._connection.execute("SELECT slug, title, summary, language FROM story WHERE id = ?", (number,)).fetchone()
            self._stories[number] = StoryInfo(*row)
        return self._stories[number]

    def actors(self, numbers: Iterable[int]) -> tuple[Actor, ...]:
        """Read actors by number, in the given order."""
        wanted = list(numbers)
        missing = [number for number in dict.fromkeys(wanted) if number not in self._actors]
        if missing:
            self._read_actors(missing)
        return tuple(self._actors[number] for number in wanted)

    def sources(self, numbers: Iterable[int]) -> tuple[Source, ...]:
        """Read sources by number, in the given order."""
        wanted = list(numbers)
        missing = [number for number in dict.fromkeys(wanted) if number not in self._sources]
        if missing:
            columns = "id, slug, type, title, publisher, authors, published, url, archive, note, details"
            for row in self._among(f"SELECT {columns} FROM source WHERE id", missing):
                self._sources[row[0]] = _source(row)
        return tuple(self._sources[number] for number in wanted)

    def questions(self, story: int, *, retracted: bool = False) -> tuple[RecordedQuestion, ...]:
        """Read the recorded questions of a story; facts that are retracted are expected only on request."""
        expected = defaultdict(list)
        for question, slug in self._connection.execute(
            "SELECT question_fact.question_id, fact.slug FROM question_fact JOIN fact ON fact.id = question_fact.fact_id"
            " WHERE fact.story_id = ? AND fact.retracted <= ? ORDER BY question_fact.question_id, question_fact.position",
            (story, int(retracted)),
        ):
            expected[question].append(slug)
        rows = self._connection.execute("SELECT id, ask, short FROM question WHERE story_id = ? ORDER BY position", (story,))
        return tuple(RecordedQuestion(ask, tuple(expected[number]), short) for number, ask, short in rows.fetchall())

    def _chunk(self, numbers: Sequence[int]) -> list[FactRecord]:
        rows = {
            row[0]: row
            for row in self._among(
                "SELECT fact.id, fact.revision, fact.retracted, fact.story_id, fact.slug, fact.kind, fact.text, fact.date,"
                " fact.date_from, fact.date_to, fact.place, fact.context, event.slug"
                " FROM fact LEFT JOIN fact AS event ON event.id = fact.event_id AND event.retracted = 0 WHERE fact.id",
                numbers,
            )
        }
        parts = self._parts(list(rows))
        self.actors(actor for actors in parts.actors.values() for actor in actors)
        self.sources(citation[0] for citations in parts.citations.values() for citation in citations)
        return [self._record(rows[number], parts) for number in numbers if number in rows]

    def _parts(self, numbers: Sequence[int]) -> _Parts:
        parts = _Parts(defaultdict(list), defaultdict(list), defaultdict(list))
        query = "SELECT fact_id, source_id, label, locator FROM citation WHERE fact_id"
        for fact, source, label, locator in self._among(query, numbers, "fact_id, position"):
            parts.citations[fact].append((source, label, locator))
        for fact, role, actor in self._among(
            "SELECT fact_id, role, actor_id FROM fact_actor WHERE fact_id", numbers, "fact_id, role, position"
        ):
            parts.actors[fact, role].append(actor)
        for fact, text in self._among("SELECT fact_id, text FROM phrasing WHERE fact_id", numbers, "fact_id, position"):
            parts.phrasings[fact].append(text)
        return parts

    def _record(self, row: Row, parts: _Parts) -> FactRecord:
        number, revision, retracted, story, slug, kind, text, date, date_from, date_to, place, context, event = row
        speakers, participants, subjects = (
            self.actors(parts.actors.get((number, role), ())) for role in ("speaker", "participant", "subject")
        )
        citations = parts.citations.get(number, [])
        sources = self.sources(citation[0] for citation in citations)
        fact = Fact(
            id=slug,
            kind=kind,
            text=text,
            citations=tuple(Citation(source.id, *cited[1:]) for source, cited in zip(sources, citations, strict=True)),
            date=StoryDate(date, date_from, date_to) if date is not None else None,
            where=place,
            context=context,
            by=_ids(speakers),
            who=_ids(participants),
            about=_ids(subjects),
            event=event,
            asked_as=tuple(parts.phrasings.get(number, ())),
        )
        return FactRecord(number, revision, self.story(story), fact, speakers, participants, subjects, sources, bool(retracted))

    def _read_actors(self, numbers: Sequence[int]) -> None:
        aliases, citations = defaultdict(list), defaultdict(list)
        query = "SELECT actor_id, alias FROM actor_alias WHERE actor_id"
        for actor, alias in self._among(query, numbers, "actor_id, position"):
            aliases[actor].append(alias)
        query = (
            "SELECT actor_id, source.slug, label, locator FROM actor_citation"
            " JOIN source ON source.id = actor_citation.source_id WHERE actor_id"
        )
        for actor, *cited in self._among(query, numbers, "actor_id, actor_citation.position"):
            citations[actor].append(Citation(*cited))
        for actor, slug, name, kind, role in self._among("SELECT id, slug, name, kind, role FROM actor WHERE id", numbers):
            self._actors[actor] = Actor(slug, name, kind, tuple(aliases[actor]), role, tuple(citations[actor]))

    def _among(self, query: str, numbers: Sequence[int], order: str | None = None) -> list[Row]:
        """Run a query that ends in a column, for the rows whose column is one of the numbers."""
        sql = f"{query} IN (SELECT value FROM json_each(?)){f' ORDER BY {order}' if order else ''}"
        return self._connection.execute(sql, (json.dumps(list(numbers)),)).fetchall()


def _ids(actors: tuple[Actor, ...]) -> tuple[str, ...]:
    return tuple(actor.id for actor in actors)


def _source(row: Row) -> Source:
    _, slug, kind, title, publisher, authors, published, url, archive, note, details = row
    return Source(
        id=slug,
        type=kind,
        title=title,
        publisher=publisher,
        authors=tuple(json.loads(authors)),
        published=parse_date(published) if published is not None else None,
        url=url,
        archive=archive,
        note=note,
        details=tuple((variable, text) for variable, text in json.loads(details)),
    )
