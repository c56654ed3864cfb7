"""Searching the index of a fact base: facts by their words, and how the facts with a word are spread over the stories."""

from __future__ import annotations

import json
import sqlite3
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise

_LAST = (1 << 63) - 1  # number that a fact can have


class StoryRuns:
    """Whose each fact is, by its number: the stories' runs of facts. A story is its number too."""

    def __init__(self, runs: Sequence[tuple[int, int]], last: int) -> None:
        """``runs`` are the first fact and the story of each, in order; ``last`` is the last fact of all."""
        self._firsts = [first for first, _ in runs]
        self._stories = [story for _, story in runs]
        self.count = last
        self.sizes: dict[int, int] = {}
        for story, (first, after) in zip(self._stories, pairwise([*self._firsts, last + 1]), strict=True):
            self.sizes[story] = self.sizes.get(story, 0) + after - first

    def stories_of(self, facts: Iterable[int]) -> list[int]:
        """Return the story of each of some facts."""
        stories, firsts, at = self._stories, self._firsts, bisect_right
        return [stories[at(firsts, fact) - 1] for fact in facts]


def read_runs(connection: sqlite3.Connection) -> StoryRuns:
    """Read whose the facts are."""
    runs = connection.execute("SELECT first, story_id FROM story_run ORDER BY first").fetchall()
    return StoryRuns(runs, connection.execute("SELECT ifnull(max(id), 0) FROM fact").fetchone()[0])


def facts_with_each(connection: sqlite3.Connection, terms: Sequence[str], story: int | None, most: int) -> list[list[int]]:
    """Return for each term the live facts that hold it, in order; none for a term that more than so many hold."""
    where, values = ("", ()) if story is None else _of_story(connection, story)
    sql = f"SELECT rowid FROM fact_search WHERE fact_search MATCH ?{where} LIMIT ?"
    found = []
    for term in terms:
        query = _quoted(term)
        rows = connection.execute(sql, (query, *values, most + 1)).fetchall() if query else []
        found.append([row[0] for row in rows] if len(rows) <= most else [])
    return found


def events_of(connection: sqlite3.Connection, facts: Sequence[int]) -> list[int]:
    """Return the live events that facts belong to, each once, in order."""
    # The plus signs keep SQLite from going through all events of the base by an index on their kind.
    rows = connection.execute(
        "SELECT id FROM fact WHERE id IN (SELECT event_id FROM fact WHERE id IN (SELECT value FROM json_each(?)))"
        " AND +retracted = 0 AND +kind = 'event' ORDER BY id",
        (json.dumps(facts),),
    )
    return [row[0] for row in rows]


def _of_story(connection: sqlite3.Connection, story: int) -> tuple[str, tuple[int, ...]]:
    """Return a condition for the facts of a story, and its values: between its first and its last, and its own."""
    first, final = connection.execute("SELECT min(first), max(first) FROM story_run WHERE story_id = ?", (story,)).fetchone()
    if first is None:
        return " AND 0", ()
    after = connection.execute("SELECT min(first) FROM story_run WHERE first > ?", (final,)).fetchone()[0]
    between = " AND rowid BETWEEN ? AND ?"
    own = " AND (SELECT story_id FROM story_run WHERE first <= fact_search.rowid ORDER BY first DESC LIMIT 1) = ?"
    return between + own, (first, _LAST if after is None else after - 1, story)


def _quoted(term: str) -> str:
    """Return a term fit for a query of FTS5: in quotes, without what cannot stand there; empty where nothing is left."""
    text = "".join(" " if sign == '"' or sign < " " or "\ud800" <= sign <= "\udfff" else sign for sign in term).strip()
    return f'"{text}"' if text else ""
