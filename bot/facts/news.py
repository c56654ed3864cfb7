"""News: what became of reviewed facts since a change, told from the history of their revisions."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from bot.facts.connection import Store
from bot.facts.models import Fact
from bot.facts.records import record_from

NewsKind: TypeAlias = Literal["new", "corrected", "retracted"]

MAX_READ = 2_000
"""Pieces of news that one look reads; an import may change many thousands of facts at once, which are counted."""

# A fact as it was told last and as it is now; what is retracted, or was reviewed by nobody, was or is not told.
_STEPS = """
    SELECT fact.id AS fact, before.number AS told, now.number AS number, now.action AS action, now.at AS at, now.reason AS reason,
        now.change AS change, fact.date_from AS day,
        CASE WHEN before.action <> 'retract' AND ifnull(json_extract(before.content, '$.reviewed'), 1) THEN before.content END
            AS content_before,
        CASE WHEN now.action <> 'retract' AND ifnull(json_extract(now.content, '$.reviewed'), 1) THEN now.content END AS content
    FROM fact JOIN revision AS now ON now.kind = 'fact' AND now.item_id = fact.id AND now.number = fact.revision
    LEFT JOIN revision AS before ON before.kind = 'fact' AND before.item_id = fact.id AND before.number = (
        SELECT max(number) FROM revision WHERE kind = 'fact' AND item_id = fact.id AND change <= :since
    )
    WHERE fact.id IN (SELECT item_id FROM revision WHERE kind = 'fact' AND change > :since)
    AND (:story IS NULL OR fact.story_id = (SELECT id FROM story WHERE slug = :story))
    AND (:actor IS NULL OR instr(now.content, :actor) OR instr(before.content, :actor))
"""
_NEWS = f"""
    SELECT *, CASE
        WHEN content_before IS NULL AND content IS NOT NULL THEN 'new'
        WHEN content IS NOT NULL AND content <> content_before AND told_otherwise(content, content_before) THEN 'corrected'
        WHEN content_before IS NOT NULL AND action = 'retract' THEN 'retracted'
    END AS kind
    FROM ({_STEPS}) WHERE kind IS NOT NULL AND (:named IS NULL OR speaks_of(content, :named) OR speaks_of(content_before, :named))
"""
_ORDER = {False: "change, fact", True: "change DESC, day DESC, fact DESC"}  # by whether the latest come first


@dataclass(frozen=True, slots=True)
class NewsItem:
    """What became of a fact: its number, its revision when it was told last (None: never) and its revision now.

    ``actors`` are the ids of those whom it speaks of, or spoke of then. ``at`` is when it last changed (ISO 8601 in UTC),
    ``reason`` why it was retracted, if it was and somebody said so.
    """

    kind: NewsKind
    fact: int
    before: int | None
    now: int
    actors: frozenset[str]
    at: str
    reason: str | None = None


class News(Store):
    """Finds what became of facts since a change."""

    def last_change(self) -> int:
        """Return the number of the last change; 0 where there was none."""
        return int(self._connections.rows("SELECT ifnull(max(change), 0) FROM revision")[0][0])

    def change_before(self, at: str) -> int:
        """Return the number of the last change before a time (ISO 8601 in UTC); 0 where there was none."""
        query = "SELECT ifnull(max(change), 0) FROM logbook WHERE at < ?"
        return int(self._connections.rows(query, (at,))[0][0])

    def time_after(self, change: int) -> str | None:
        """Return when the first change after a change was made; None where there was none."""
        row = self._connections.row("SELECT at FROM revision WHERE change > ? ORDER BY change LIMIT 1", (change,))
        return None if row is None else str(row[0])

    def revision_at(self, fact: int, change: int) -> int | None:
        """Return which revision of a fact was told after a change: None where it was not there, retracted or not reviewed."""
        query = (
            "SELECT number, action, ifnull(json_extract(content, '$.reviewed'), 1) FROM revision"
            " WHERE kind = 'fact' AND item_id = ? AND change <= ? ORDER BY number DESC LIMIT 1"
        )
        row = self._connections.row(query, (fact, change))
        return int(row[0]) if row is not None and row[1] != "retract" and row[2] else None

    def since(
        self, change: int, story: str | None = None, *, actor: str | None = None, latest_first: bool = False
    ) -> tuple[NewsItem, ...]:
        """Return the news of all stories, or of one, or of an actor of it, since a change: the first `MAX_READ` in that order.

        With ``latest_first``, what changed at once is ordered by its day, the latest first, too.

        A fact that is as it was when the change was made is no news, whatever happened to it in between. What nobody has
        reviewed is left out.
        """
        columns = "kind, fact, told, number, at, reason, content_before, content"
        rows = self._news(columns, f"ORDER BY {_ORDER[latest_first]} LIMIT {MAX_READ}", change, story, actor)
        return tuple(_item(*row) for row in rows)

    def facts_since(self, change: int, story: str | None = None, *, actor: str | None = None) -> frozenset[int]:
        """Return the numbers of all facts of which there is news since a change, however many, to count them."""
        return frozenset(number for (number,) in self._news("fact", "", change, story, actor))

    def _news(self, columns: str, order: str, change: int, story: str | None, actor: str | None) -> list[Any]:
        # The id as JSON has it keeps out nearly all facts of others; the rest of them is left out by what the facts say.
        quoted = None if actor is None else json.dumps(actor, ensure_ascii=False)
        values = {"since": change, "story": story, "actor": quoted, "named": actor}
        with self._connections.reading() as connection:
            connection.create_function("told_otherwise", 2, _told_otherwise)
            connection.create_function("speaks_of", 2, _speaks_of)
            return connection.execute(f"SELECT {columns} FROM ({_NEWS}) {order}", values).fetchall()

    def latest_events(self, most: int, story: str | None = None) -> tuple[int, ...]:
        """Return the numbers of the reviewed events of the latest days, latest first, of all stories or of one."""
        query = (
            "SELECT id FROM fact WHERE kind = 'event' AND retracted = 0 AND date_from IS NOT NULL AND reviewed = 1"
            " AND (:story IS NULL OR story_id = (SELECT id FROM story WHERE slug = :story))"
            " ORDER BY date_from DESC, position DESC, id DESC LIMIT :most"
        )
        return tuple(number for (number,) in self._connections.rows(query, {"story": story, "most": most}))

    def is_more_than_read(self, change: int) -> bool:
        """Return whether more facts have changed since a change than are read: those of one actor may be left out."""
        query = "SELECT count(DISTINCT item_id) FROM revision WHERE kind = 'fact' AND change > ?"
        return int(self._connections.rows(query, (change,))[0][0]) > MAX_READ


def _item(
    kind: NewsKind, fact: int, told: int | None, number: int, at: str, reason: str | None, before: str | None, now: str | None
) -> NewsItem:
    actors = frozenset(actor for content in (before, now) if content is not None for actor in _actors(content))
    return NewsItem(kind, fact, told, number, actors, at, reason if kind == "retracted" else None)


def _actors(content: str) -> set[str]:
    """Return the ids of those of whom a fact speaks, given the text of its revision."""
    fields = json.loads(content)
    return {actor for role in ("by", "who", "about") for actor in fields.get(role, ())}


def _speaks_of(content: str | None, actor: str) -> bool:
    return content is not None and actor in _actors(content)


def _told_otherwise(now: str, before: str) -> bool:
    """Return whether two revisions differ in what `told_of` returns, given their texts: facts are made of very few of them."""
    fields, fields_before = json.loads(now), json.loads(before)
    if "glosses" in fields or "glosses" in fields_before:
        return told_of(record_from(Fact, now)) != told_of(record_from(Fact, before))
    return any(fields.get(name) != fields_before.get(name) for name in ("text", "date", "by", "where"))


def told_of(fact: Fact) -> tuple[object, ...]:
    """Return what somebody who was told of a fact would want to be told again: its words, its date, its speakers, its place."""
    return fact.glossed, fact.date, fact.by, fact.where
