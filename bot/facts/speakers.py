"""Who speaks about whom, and what each side says of an event: stored facts are counted and grouped, never merged."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from bot.errors import NotKnownError
from bot.facts.connection import Store
from bot.facts.models import Actor, FactRecord
from bot.facts.records import RecordReader
from bot.facts.searching import TELLING, in_story
from bot.messages import Message

_CAPITAL_ARTICLE = re.compile(r"\b(?:The|An?) (?=[a-z])")

_SPEAKER = """ifnull(speaker.name, (
    SELECT ifnull(source.publisher, source.title) FROM citation JOIN source ON source.id = citation.source_id
    WHERE citation.fact_id = fact.id ORDER BY citation.position LIMIT 1
))"""
_LINKS = f"""
SELECT {_SPEAKER} AS speaks, subject.name, total(fact.kind = 'quote'), total(fact.kind = 'claim')
FROM fact
JOIN fact_actor AS about ON about.fact_id = fact.id AND about.role = 'subject'
JOIN actor AS subject ON subject.id = about.actor_id
LEFT JOIN fact_actor AS said ON said.fact_id = fact.id AND said.role = 'speaker'
LEFT JOIN actor AS speaker ON speaker.id = said.actor_id
WHERE fact.retracted = 0 AND fact.kind IN ('quote', 'claim')
"""
# A key for each side: its speakers, or the publisher where none is named. A single speaker is keyed by name, since a publisher
# may be recorded as the speaker of some of its statements and not of others.
_SIDE = """ifnull(
    (SELECT CASE count(*) WHEN 0 THEN NULL WHEN 1 THEN '=' || max(name) ELSE group_concat(actor_id) END FROM (
        SELECT actor_id, name FROM fact_actor JOIN actor ON actor.id = actor_id
        WHERE fact_id = fact.id AND fact_actor.role = 'speaker' ORDER BY actor_id
    )),
    (SELECT '=' || ifnull(source.publisher, source.title) FROM citation JOIN source ON source.id = citation.source_id
     WHERE citation.fact_id = fact.id ORDER BY citation.position LIMIT 1)
)"""


@dataclass(frozen=True, slots=True)
class Link:
    """One actor speaks about another: their names, and in how many quotes and claims."""

    speaker: str
    subject: str
    quotes: int
    claims: int

    @property
    def count(self) -> int:
        """The quotes and claims together."""
        return self.quotes + self.claims


@dataclass(frozen=True, slots=True)
class Side:
    """The speakers of a side, or the ``publisher`` where none is named, and their statements by date."""

    speakers: tuple[Actor, ...]
    publisher: str
    facts: tuple[FactRecord, ...]


@dataclass(frozen=True, slots=True)
class EventSides:
    """An event and what each side says of it, in the order in which they began to speak."""

    event: FactRecord
    sides: tuple[Side, ...]


class Speakers(Store):
    """Reads who speaks in the facts of a base."""

    def links(self, *, story: str | None = None) -> tuple[Link, ...]:
        """Return who speaks about whom else, most often first; a claim without a speaker counts for its publisher.

        Actors of the same name in several stories count as one. Raises NotKnownError for an unknown story.
        """
        with self._connections.reading(self._deadline) as connection:
            where, values = in_story(connection, story)
            rows = connection.execute(f"{_LINKS}{where} GROUP BY speaks, subject.name", values).fetchall()
        links = (Link(speaker, subject, int(quotes), int(claims)) for speaker, subject, quotes, claims in rows if speaker)
        others = (link for link in links if link.speaker != link.subject)
        return tuple(sorted(others, key=lambda link: (-link.count, link.speaker, link.subject)))

    def name(self, actor: int) -> str:
        """Return the name of an actor by its number. Raises NotKnownError where it was retracted."""
        query = "SELECT name FROM actor WHERE id = ? AND retracted = 0"
        row = self._connections.row(query, (actor,), deadline=self._deadline)
        if row is None:
            raise NotKnownError(Message("Whoever this was about is no longer in the story; ask again."))
        return str(row[0])

    def quotes(self, speaker: int | None, *, story: str | None = None, only_reviewed: bool = False) -> tuple[int, ...]:
        """Return the numbers of the live quotes of a story or of all, of one speaker (an actor's number) or of everybody.

        Passages that quote somebody are among them. Raises NotKnownError for an unknown story.
        """
        with self._connections.reading(self._deadline) as connection:
            where, values = in_story(connection, story)
            if only_reviewed:
                where += " AND reviewed = 1"
            if speaker is not None:
                where += " AND id IN (SELECT fact_id FROM fact_actor WHERE actor_id = ? AND role = 'speaker')"
                values = (*values, speaker)
            quotes = f"SELECT id FROM fact WHERE (kind = 'quote' OR {TELLING['quote']}) AND retracted = 0{where}"
            rows = connection.execute(quotes, values)
            return tuple(row[0] for row in rows)

    def disputed_event(self, facts: Iterable[int]) -> int | None:
        """Return the first event, among those that the facts are or belong to, about which more than one side speaks."""
        query = (
            "SELECT id FROM fact AS event WHERE retracted = 0"
            " AND id = (SELECT CASE kind WHEN 'event' THEN id ELSE event_id END FROM fact WHERE id = ? AND retracted = 0)"
            f" AND (SELECT count(DISTINCT {_SIDE}) FROM fact"
            " WHERE event_id = event.id AND retracted = 0 AND kind <> 'event') > 1"
        )
        with self._connections.reading(self._deadline) as connection:
            rows = (connection.execute(query, (number,)).fetchone() for number in facts)
            return next((int(row[0]) for row in rows if row), None)

    def sides(self, event: int) -> EventSides | None:
        """Return what each side says of an event, None for a fact of another kind or one that was retracted."""
        with self._connections.reading(self._deadline) as connection:
            reader = RecordReader(connection)
            events = reader.facts([event])
            if not events or events[0].retracted or events[0].fact.kind != "event":
                return None
            rows = connection.execute(
                "SELECT fact.id FROM fact WHERE event_id = ? AND retracted = 0 AND kind <> 'event'"
                " ORDER BY ifnull(date_from, date_to) IS NULL, ifnull(date_from, date_to), position",
                (event,),
            ).fetchall()
            statements: dict[tuple[str, ...], list[FactRecord]] = defaultdict(list)
            for record in reader.facts([row[0] for row in rows]):
                name = record.speakers[0].name if record.speakers else publisher_of(record)
                ids = tuple(sorted(actor.id for actor in record.speakers)) if len(record.speakers) > 1 else ()
                statements[ids or ("=", name)].append(record)
            sides = []
            for facts in statements.values():
                speakers = next((record.speakers for record in facts if record.speakers), ())
                sides.append(Side(speakers, "" if speakers else publisher_of(facts[0]), tuple(facts)))
            return EventSides(events[0], tuple(sides))


def publisher_of(record: FactRecord) -> str:
    """Return who stands behind a statement without a speaker: the first source's publisher or title, or else the story."""
    source = record.sources[0] if record.sources else None
    return (source.publisher or source.title) if source else record.story.title


def within_sentence(names: str) -> str:
    """Return names as they are written within a sentence: "the finance ministry", but "The Guardian" and "The Hague"."""
    return _CAPITAL_ARTICLE.sub(lambda article: article[0].lower(), names)
