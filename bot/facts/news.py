"""News: what became of reviewed facts since a change, told from the history of their revisions."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Literal, TypeAlias

from bot.facts.connection import Store
from bot.facts.models import Fact
from bot.facts.records import record_from

NewsKind: TypeAlias = Literal["new", "corrected", "retracted"]

MAX_READ = 2_000
"""Facts that one look at the news reads; an import may change many thousands at once."""

_QUERY = """
    SELECT fact.id, before.number, before.action, before.content, now.number, now.action, now.content, now.at, now.reason
    FROM fact JOIN revision AS now ON now.kind = 'fact' AND now.item_id = fact.id AND now.number = fact.revision
    LEFT JOIN revision AS before ON before.kind = 'fact' AND before.item_id = fact.id AND before.number = (
        SELECT max(number) FROM revision WHERE kind = 'fact' AND item_id = fact.id AND change <= :since
    )
    WHERE fact.id IN (SELECT item_id FROM revision WHERE kind = 'fact' AND change > :since)
    AND (:story IS NULL OR fact.story_id = (SELECT id FROM story WHERE slug = :story))
    AND (:actor IS NULL OR instr(now.content, :actor) OR instr(before.content, :actor))
    ORDER BY {order} LIMIT :most
"""
_ORDER = {False: "now.change, fact.id", True: "now.change DESC, fact.id DESC"}  # by whether the latest come first


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

    def since(
        self, change: int, story: str | None = None, *, actor: str | None = None, latest_first: bool = False
    ) -> tuple[NewsItem, ...]:
        """Return the news of all stories, or of one, or of an actor of it, since a change: the first `MAX_READ` in that order.

        A fact that is as it was when the change was made is no news, whatever happened to it in between. What nobody has
        reviewed is left out.
        """
        # The id as JSON has it keeps out nearly all facts of others; the rest of them is left out by what the facts say.
        named = None if actor is None else json.dumps(actor, ensure_ascii=False)
        values = {"since": change, "story": story, "actor": named, "most": MAX_READ}
        rows = self._connections.rows(_QUERY.format(order=_ORDER[latest_first]), values)
        items = filter(None, (_item(*row) for row in rows))
        return tuple(item for item in items if actor is None or actor in item.actors)

    def is_more_than_read(self, change: int) -> bool:
        """Return whether more facts have changed since a change than are read: those of one actor may be left out."""
        query = "SELECT count(DISTINCT item_id) FROM revision WHERE kind = 'fact' AND change > ?"
        return int(self._connections.rows(query, (change,))[0][0]) > MAX_READ


def _item(
    number: int,
    revision_before: int | None,
    action_before: str | None,
    content_before: str | None,
    revision: int,
    action: str,
    content: str,
    at: str,
    reason: str | None,
) -> NewsItem | None:
    """Return what became of a fact, given its revision when it was told last and its revision now; None where that is no news."""
    before, now = _shown(action_before, content_before), _shown(action, content)
    actors = frozenset(actor for fact in (before, now) if fact for actor in (*fact.by, *fact.who, *fact.about))
    if now is not None and before is None:
        return NewsItem("new", number, revision_before, revision, actors, at)
    if now is not None and before is not None and told_of(now) != told_of(before):
        return NewsItem("corrected", number, revision_before, revision, actors, at)
    if before is not None and action == "retract":
        return NewsItem("retracted", number, revision_before, revision, actors, at, reason)
    return None


def _shown(action: str | None, content: str | None) -> Fact | None:
    """Return a revision of a fact; None where there is none, or where it is retracted or not reviewed."""
    fact = record_from(Fact, content) if content is not None and action != "retract" else None
    return fact if fact is not None and fact.reviewed else None


def told_of(fact: Fact) -> tuple[object, ...]:
    """Return what somebody who was told of a fact would want to be told again: its words, its date, its speakers, its place."""
    return fact.glossed, fact.date, fact.by, fact.where
