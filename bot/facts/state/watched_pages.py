"""Pages from which articles were read, and when each is read again: once a week, for some weeks."""

from __future__ import annotations

from dataclasses import dataclass

from bot.facts.connection import Store
from bot.facts.logbook import days_ago, now
from bot.facts.searching import story_number

PERIOD_DAYS = 7
"""Days between two readings of a page."""

MAX_LOOKS = 8
"""How often a page is read again after it was first read or last changed: articles are corrected in their first weeks."""

MAX_FAILURES = 3
"""Readings in a row that may fail before a page is given up."""


@dataclass(frozen=True, slots=True)
class WatchedPage:
    """A page, with the story and the id of the source that was read from it, and that source's number."""

    number: int
    story: str
    source: str
    url: str


class WatchedPages(Store):
    """Stores which pages are read again, and when."""

    def watch(self, story: str, source: str, url: str) -> None:
        """Have a page read again weekly, for some weeks; for one that is watched already, the weeks begin anew."""
        with self._connections.writing(facts=False) as database:
            database.execute(
                "INSERT OR REPLACE INTO watched_page(source_id, url, next_at, looks_left)"
                " SELECT id, ?, ?, ? FROM source WHERE story_id = ? AND slug = ?",
                (url, days_ago(-PERIOD_DAYS), MAX_LOOKS, story_number(database, story), source),
            )

    def due(self, limit: int) -> tuple[WatchedPage, ...]:
        """Return pages that are to be read again now, those that have waited longest first."""
        rows = self._connections.rows(
            "SELECT source.id, story.slug, source.slug, watched_page.url FROM watched_page"
            " JOIN source ON source.id = source_id JOIN story ON story.id = source.story_id"
            " WHERE next_at <= ? ORDER BY next_at LIMIT ?",
            (now(), limit),
        )
        return tuple(WatchedPage(*row) for row in rows)

    def next_at(self) -> str | None:
        """Return when a page is to be read again next, None where none is."""
        row = self._connections.row("SELECT min(next_at) FROM watched_page", ())
        return None if row is None or row[0] is None else str(row[0])

    def note_look(self, number: int, *, failed: bool) -> None:
        """Record that a page was read again unchanged, or could not be read; after enough of either it is given up."""
        with self._connections.writing(facts=False, durable=False) as database:
            database.execute(
                "UPDATE watched_page SET next_at = ?, looks_left = looks_left - 1,"
                " failures = CASE WHEN ? THEN failures + 1 ELSE 0 END WHERE source_id = ?",
                (days_ago(-PERIOD_DAYS), failed, number),
            )
            database.execute("DELETE FROM watched_page WHERE looks_left <= 0 OR failures >= ?", (MAX_FAILURES,))

    def put_off(self, number: int, minutes: float) -> None:
        """Have a page read again after some minutes, because of a problem that was not the page's."""
        self._connections.change("UPDATE watched_page SET next_at = ? WHERE source_id = ?", (days_ago(-minutes / 1440), number))

    def forget(self, number: int) -> None:
        """Stop reading a page."""
        self._connections.change("DELETE FROM watched_page WHERE source_id = ?", (number,))
