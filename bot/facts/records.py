"""Records as a base stores them: read from its rows, in a few queries however many, and written as the JSON text of a revision.

Equal contents have equal texts, so that texts can be compared instead. Empty fields are left out.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields
from typing import Any, TypeVar

from bot.facts.dates import StoryDate, parse_date
from bot.facts.models import Actor, Citation, Fact, FactRecord, RecordedQuestion, Source, Story, StoryInfo

CHUNK = 2000  # facts read by one round of queries
Row = tuple[Any, ...]
_USUAL = (("reviewed", True), ("happened", False))  # what nearly all facts have; left out of a revision's text
T = TypeVar("T", bound=Fact | Actor | Source)


class RecordReader:
    """Reads records in one state of a base. Actors and sources once read are cached for the next facts."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._stories: dict[int, StoryInfo] = {}
        self._actors: dict[int, Actor] = {}
        self._sources: dict[int, Source] = {}

    def facts(self, numbers: Sequence[int]) -> tuple[FactRecord, ...]:
        """Read facts by number, in the given order; unknown numbers are left out."""
        records: dict[int, FactRecord] = {}
        for start in range(0, len(numbers), CHUNK):
            rows = self._among(
                "SELECT fact.id, fact.revision, fact.retracted, fact.story_id, fact.slug, fact.kind, fact.text, fact.date,"
                ' fact.date_from, fact.date_to, fact."where", fact.context, fact.reviewed, fact.glosses, fact.quoted,'
                " fact.happened, event.slug"
                " FROM fact LEFT JOIN fact AS event ON event.id = fact.event_id AND event.retracted = 0 WHERE fact.id",
                numbers[start : start + CHUNK],
            )
            existing = [row[0] for row in rows]
            query = "SELECT fact_id, source_id, label, locator FROM citation WHERE fact_id"
            citations = self._by_owner(query, existing, "fact_id, position")
            query = "SELECT fact_id, role, actor_id FROM fact_actor WHERE fact_id"
            actors = self._by_owner(query, existing, "fact_id, role, position")
            phrasings = self._by_owner("SELECT fact_id, text FROM phrasing WHERE fact_id", existing, "fact_id, position")
            # Fills the caches for all facts at once, so that `_record` needs no queries of its own.
            self.sources(source for cited in citations.values() for source, _, _ in cited)
            self.actors(actor for roles in actors.values() for _, actor in roles)
            for row in rows:
                records[row[0]] = self._record(row, citations[row[0]], actors[row[0]], phrasings[row[0]])
        return tuple(records[number] for number in numbers if number in records)

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
            aliases = self._by_owner("SELECT actor_id, alias FROM actor_alias WHERE actor_id", missing, "actor_id, position")
            query = (
                "SELECT actor_id, source.slug, label, locator FROM actor_citation"
                " JOIN source ON source.id = actor_citation.source_id WHERE actor_id"
            )
            citations = self._by_owner(query, missing, "actor_id, actor_citation.position")
            for number, *texts in self._among("SELECT id, slug, name, kind, role, wikidata FROM actor WHERE id", missing):
                slug, name, kind, role, wikidata = texts
                names, cited = tuple(alias for (alias,) in aliases[number]), tuple(Citation(*row) for row in citations[number])
                self._actors[number] = Actor(slug, name, kind, names, role, cited, wikidata)
        return tuple(self._actors[number] for number in wanted)

    def sources(self, numbers: Iterable[int]) -> tuple[Source, ...]:
        """Read sources by number, in the given order."""
        wanted = list(numbers)
        missing = [number for number in dict.fromkeys(wanted) if number not in self._sources]
        if missing:
            columns = "id, slug, type, title, publisher, authors, published, url, archive, note, details"
            for row in self._among(f"SELECT {columns} FROM source WHERE id", missing):
                number, slug, kind, title, publisher, authors, published, url, archive, note, details = row
                names, date = tuple(json.loads(authors)), parse_date(published) if published is not None else None
                more = tuple((variable, text) for variable, text in json.loads(details))
                self._sources[number] = Source(slug, kind, title, publisher, names, date, url, archive, note, more)
        return tuple(self._sources[number] for number in wanted)

    def questions(self, story: int, *, retracted: bool = False) -> tuple[RecordedQuestion, ...]:
        """Read the recorded questions of a story; they expect retracted facts only with ``retracted``."""
        expected = defaultdict(list)
        for question, slug in self._connection.execute(
            "SELECT question_fact.question_id, fact.slug FROM question_fact JOIN fact ON fact.id = question_fact.fact_id"
            " WHERE fact.story_id = ? AND fact.retracted <= ? ORDER BY question_fact.question_id, question_fact.position",
            (story, int(retracted)),
        ):
            expected[question].append(slug)
        rows = self._connection.execute("SELECT id, ask, short FROM question WHERE story_id = ? ORDER BY position", (story,))
        return tuple(RecordedQuestion(ask, tuple(expected[number]), short) for number, ask, short in rows.fetchall())

    def _record(self, row: Row, citations: list[Row], actors: list[Row], phrasings: list[Row]) -> FactRecord:
        (
            number,
            revision,
            retracted,
            story,
            slug,
            kind,
            text,
            date,
            date_from,
            date_to,
            where,
            context,
            reviewed,
            glosses,
            quoted,
            happened,
            event,
        ) = row
        speakers, participants, subjects = (
            self.actors(actor for actor_role, actor in actors if actor_role == role)
            for role in ("speaker", "participant", "subject")
        )
        sources = self.sources(source for source, _, _ in citations)
        fact = Fact(
            id=slug,
            kind=kind,
            text=text,
            citations=tuple(Citation(source.id, *rest) for source, (_, *rest) in zip(sources, citations, strict=True)),
            date=StoryDate(date, date_from, date_to) if date is not None else None,
            where=where,
            context=context,
            by=_ids(speakers),
            who=_ids(participants),
            about=_ids(subjects),
            event=event,
            asked_as=tuple(phrasing for (phrasing,) in phrasings),
            reviewed=bool(reviewed),
            glosses=tuple(map(tuple, json.loads(glosses))) if glosses != "[]" else (),
            quoted=tuple(map(tuple, json.loads(quoted))) if quoted != "[]" else (),
            happened=bool(happened),
        )
        return FactRecord(number, revision, self.story(story), fact, speakers, participants, subjects, sources, bool(retracted))

    def _by_owner(self, query: str, numbers: Sequence[int], order: str) -> dict[int, list[Row]]:
        """Run a query as `_among` does, and return its rows grouped by their first column, without it."""
        rows = defaultdict(list)
        for row in self._among(query, numbers, order):
            rows[row[0]].append(row[1:])
        return rows

    def _among(self, query: str, numbers: Sequence[int], order: str | None = None) -> list[Row]:
        """Run a query that ends in a column, for the rows whose column is one of the numbers."""
        sql = f"{query} IN (SELECT value FROM json_each(?)){f' ORDER BY {order}' if order else ''}"
        return self._connection.execute(sql, (json.dumps(list(numbers)),)).fetchall()


def _ids(actors: tuple[Actor, ...]) -> tuple[str, ...]:
    return tuple(actor.id for actor in actors)


def record_text(record: Fact | Actor | Source) -> str:
    """Write all fields of a fact, an actor or a source as JSON, in their order; a date as its text."""
    content = {field.name: getattr(record, field.name) for field in fields(record)}
    if "citations" in content:
        content["citations"] = [_filled(asdict(citation)) for citation in content["citations"]]
    content = {name: value.edtf if isinstance(value, StoryDate) else value for name, value in content.items()}
    return json.dumps(_filled(content), ensure_ascii=False)


def record_from(kind: type[T], text: str) -> T:
    """Read a fact, an actor or a source that `record_text` wrote."""
    content = {"citations": [], **json.loads(text)}
    values = {field.name: content[field.name] for field in fields(kind) if field.name in content}
    for name, stored in values.items():
        if name in ("date", "published"):
            values[name] = parse_date(stored)
        elif name == "citations":
            values[name] = tuple(Citation(**citation) for citation in stored)
        elif name in ("glosses", "quoted"):
            values[name] = tuple(map(tuple, stored))
        elif name == "details":
            values[name] = tuple((variable, text) for variable, text in stored)
        elif isinstance(stored, list):
            values[name] = tuple(stored)
    return kind(**values)


def story_text(story: Story) -> str:
    """Write what a story is called, and the questions that it must be able to answer, as JSON."""
    questions = [
        {"ask": question.ask, "expect": question.expect, **_filled({"short": question.short})} for question in story.questions
    ]
    return json.dumps(_filled({**asdict(story.info), "questions": questions}), ensure_ascii=False)


def story_from(text: str) -> tuple[StoryInfo, tuple[RecordedQuestion, ...]]:
    """Read what `story_text` wrote."""
    content = json.loads(text)
    questions = (
        RecordedQuestion(question["ask"], tuple(question["expect"]), question.get("short"))
        for question in content.get("questions", ())
    )
    return StoryInfo(content["id"], content["title"], content.get("summary"), content["language"]), tuple(questions)


def _filled(content: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in content.items() if value not in (None, (), []) and (name, value) not in _USUAL}
