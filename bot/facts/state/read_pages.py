"""What pages said when articles were read from them: a hash of each text, by which it is seen that a page changed since."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from bot.facts.connection import Store
from bot.facts.logbook import undone_changes
from bot.facts.searching import story_number


@dataclass(frozen=True, slots=True)
class ReadPage:
    """The page of a source, by the source's id, and the hash of the text whose facts the story has."""

    source: str
    url: str
    hash: str


class ReadPages(Store):
    """Stores the hash of what was read from a page, for each change that took some of it in."""

    def note(self, story: str, source: str, url: str, text_hash: str, change: int | None) -> None:
        """Record what a page said when a change took it in; with None it said what the story has of it already."""
        with self._connections.writing(facts=False) as database:
            if change is None:
                current = self._current(database, story).get(source)
                change = current[0] if current is not None else 0
            database.execute(
                "INSERT OR REPLACE INTO read_page(source_id, change, url, hash)"
                " SELECT id, ?, ?, ? FROM source WHERE story_id = ? AND slug = ?",
                (change, url, text_hash, story_number(database, story), source),
            )

    def of(self, story: str) -> tuple[ReadPage, ...]:
        """Return the pages from which the sources of a story were read; none for an unknown story."""
        with self._connections.reading() as database:
            return tuple(page for _, page in self._current(database, story).values())

    @staticmethod
    def _current(database: sqlite3.Connection, story: str) -> dict[str, tuple[int, ReadPage]]:
        """Return the page of each source with the change that counts: the last one that is not undone."""
        undone = undone_changes(database)
        rows = database.execute(
            "SELECT change, source.slug, read_page.url, hash FROM read_page JOIN source ON source.id = source_id"
            " JOIN story ON story.id = source.story_id WHERE story.slug = ? ORDER BY change",
            (story,),
        )
        return {source: (change, ReadPage(source, url, text)) for change, source, url, text in rows if change not in undone}
