"""What was read in articles but not reviewed: in which order it is reviewed, and how much of the coverage has been."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Container
from dataclasses import dataclass

from bot.facts.connection import Connections, Store
from bot.facts.models import FactRecord
from bot.facts.records import RecordReader
from bot.facts.searching import in_story

# A fact with an open suggestion, as where two moderators have to agree, is decided by that suggestion.
_WAITING = """fact.reviewed = 0 AND fact.retracted = 0
    AND NOT EXISTS (SELECT 1 FROM proposal WHERE status = 'open' AND json_extract(content, '$.fact') = fact.id)"""
# How much drafting knows about a sentence: it names a speaker and a day only where it is sure of them.
_SURE = """(fact.kind <> 'passage') + (fact.date IS NOT NULL) + (fact.text GLOB '*["“«„]*')
    + EXISTS (SELECT 1 FROM fact_actor WHERE fact_id = fact.id AND role = 'speaker')"""
_WAS_READ = """EXISTS (SELECT 1 FROM revision WHERE kind = 'fact' AND item_id = fact.id AND number = 1
    AND json_extract(content, '$.reviewed') = 0)"""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A fact that waits for a review, and how many of the stored replies answered with it."""

    record: FactRecord
    asked: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many sentences of articles answer, from how many articles, and how many of the sentences are reviewed."""

    reviewed: int = 0
    sentences: int = 0
    articles: int = 0


class Unreviewed(Store):
    """Reads what waits for a review in one base."""

    def __init__(self, connections: Connections, deadline: float | None = None) -> None:
        super().__init__(connections, deadline)
        self._asked: tuple[tuple[str | None, int], Counter[int]] | None = None

    def waiting(
        self, story: str | None = None, *, limit: int, skip: int = 0, without: Container[int] = ()
    ) -> tuple[Waiting, ...]:
        """Return what waits: the most asked first, then what drafting knows most about, then in the order of the articles.

        ``without`` are numbers of facts to leave out, ``skip`` is how many of the rest to pass over. Raises NotKnownError for an
        unknown story.
        """
        with self._connections.reading() as connection:
            where, values = in_story(connection, story)
            query = f"SELECT fact.id, {_SURE} FROM fact WHERE {_WAITING}{where} ORDER BY fact.story_id, fact.position, fact.id"
            rows = connection.execute(query, values).fetchall()
            asked = self._answered_with(connection)
            order = sorted((row for row in rows if row[0] not in without), key=lambda row: (-asked[row[0]], -row[1]))
            records = RecordReader(connection).facts([number for number, _ in order[skip : skip + limit]])
            return tuple(Waiting(record, asked[record.number]) for record in records)

    def count(self, story: str | None = None) -> int:
        """Return how many facts wait for a review. Raises NotKnownError for an unknown story."""
        with self._connections.reading() as connection:
            where, values = in_story(connection, story)
            return int(connection.execute(f"SELECT count(*) FROM fact WHERE {_WAITING}{where}", values).fetchone()[0])

    def asked(self, number: int) -> int:
        """Return how many of the stored replies answered with a fact."""
        with self._connections.reading() as connection:
            return self._answered_with(connection)[number]

    def _answered_with(self, connection: sqlite3.Connection) -> Counter[int]:
        """Return how many of the stored replies answered with each fact; cached until another reply is stored or deleted."""
        key = connection.execute("SELECT max(at), count(*) FROM reply").fetchone()
        if self._asked is None or self._asked[0] != key:
            query = "SELECT shown.value, count(*) FROM reply, json_each(reply.content, '$.facts') AS shown GROUP BY shown.value"
            self._asked = key, Counter(dict(connection.execute(query).fetchall()))
        return self._asked[1]

    def coverage(self, story: str | None = None) -> Coverage:
        """Return how much of what was read is reviewed. Raises NotKnownError for an unknown story."""
        with self._connections.reading(self._deadline) as connection:
            where, values = in_story(connection, story)
            read = f"FROM fact WHERE fact.retracted = 0 AND (fact.reviewed = 0 OR {_WAS_READ}){where}"
            reviewed, sentences = connection.execute(f"SELECT ifnull(sum(fact.reviewed), 0), count(*) {read}", values).fetchone()
            query = f"SELECT count(DISTINCT source_id) FROM citation WHERE fact_id IN (SELECT fact.id {read})"
            return Coverage(reviewed, sentences, connection.execute(query, values).fetchone()[0])

    def sentence_after(self, record: FactRecord) -> str:
        """Return the sentence that follows a passage in its article, "" where there is none or it was edited.

        It is the one whose context is the passage. A dropped sentence counts, since it is still in the article.
        """
        query = (
            "SELECT fact.text FROM citation JOIN fact ON fact.id = fact_id WHERE source_id ="
            " (SELECT source_id FROM citation WHERE fact_id = ? AND position = 1)"
            " AND fact.context = ? AND fact.kind = 'passage' ORDER BY fact.retracted, fact.position LIMIT 1"
        )
        row = self._connections.row(query, (record.number, record.fact.text)) if record.fact.kind == "passage" else None
        return str(row[0]) if row else ""
