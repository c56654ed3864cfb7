"""Search of the full-text index: facts by their words, and how the facts with a word are spread over the stories."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.facts.connection import Store
from bot.facts.lookup import LARGEST_NUMBER, in_story, story_number
from bot.facts.models import FactKind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Weights of the columns of the index in BM25: text, phrasings, names, context, words of the id, dates. A word of the text
# says more about a fact than one in the names of its actors, which stand in many facts.
_WEIGHTS = "1.0, 1.0, 0.6, 0.5, 0.6, 0.3"


class StoryRuns:
    """Which story each fact belongs to, by number: runs of consecutive facts of one story."""

    def __init__(self, runs: Sequence[tuple[int, int]], last: int) -> None:
        """``runs`` are the first fact and the story of each, in order; ``last`` is the last fact of all."""
        self._firsts = [first for first, _ in runs]
        self._stories = [story for _, story in runs]
        self.count = last
        self.sizes: dict[int, int] = {}
        for story, (first, after) in zip(self._stories, pairwise([*self._firsts, last + 1]), strict=True):
            self.sizes[story] = self.sizes.get(story, 0) + after - first

    def stories_of(self, facts: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the number of the story of each fact, in the given order."""
        import numpy as np  # imported here because few who open a base ask it questions

        firsts, stories = (np.array(each, dtype=np.int64) for each in (self._firsts, self._stories))
        of_each: NDArray[np.int64] = stories[np.searchsorted(firsts, facts, side="right") - 1]
        return of_each


class Search(Store):
    """Searches the full-text index of a base. Each method raises NotKnownError for an unknown story, None being all stories."""

    def find(
        self, terms: Iterable[str], *, story: str | None = None, limit: int = 200, kind: FactKind | None = None
    ) -> tuple[int, ...]:
        """Return numbers of live facts (of a kind) that hold any of the terms, best BM25 first; any text is safe as a term."""
        query = " OR ".join(filter(None, map(_quoted, terms)))
        with self._connections.reading(self._deadline) as connection:
            where, values = in_story(connection, story)
            if not query:
                return ()
            if kind is not None:
                where, values = f"{where} AND fact.kind = ?", (*values, kind)
            # Retracted facts are not in the index, so the facts themselves are needed only for their story or kind.
            join = " JOIN fact ON fact.id = fact_search.rowid" if where else ""
            rows = connection.execute(
                f"SELECT fact_search.rowid FROM fact_search{join} WHERE fact_search MATCH ?{where}"
                f" ORDER BY bm25(fact_search, {_WEIGHTS}), fact_search.rowid LIMIT ?",
                (query, *values, limit),
            )
            return tuple(row[0] for row in rows)

    def facts_with_each(self, terms: Sequence[str], *, story: str | None = None, most: int) -> list[list[int]]:
        """Return for each term the numbers of the live facts that hold it, an empty list where more than ``most`` do."""
        with self._connections.reading(self._deadline) as connection:
            where, values = ("", ()) if story is None else _of_story(connection, story_number(connection, story))
            sql = f"SELECT rowid FROM fact_search WHERE fact_search MATCH ?{where} LIMIT ?"
            found = []
            for term in terms:
                query = _quoted(term)
                rows = connection.execute(sql, (query, *values, most + 1)).fetchall() if query else []
                found.append([row[0] for row in rows] if len(rows) <= most else [])
            return found

    def story_runs(self) -> StoryRuns:
        """Return which story each fact belongs to, by its number."""
        with self._connections.reading(self._deadline) as connection:
            runs = connection.execute("SELECT first, story_id FROM story_run ORDER BY first").fetchall()
            return StoryRuns(runs, connection.execute("SELECT ifnull(max(id), 0) FROM fact").fetchone()[0])

    def spans(self, story: str) -> list[tuple[int, int]]:
        """Return the first and the last possible number of each run of facts of a story."""
        with self._connections.reading(self._deadline) as connection:
            rows = connection.execute(
                "SELECT first, ifnull((SELECT min(first) - 1 FROM story_run AS after WHERE after.first > story_run.first), ?)"
                " FROM story_run WHERE story_id = ?",
                (LARGEST_NUMBER, story_number(connection, story)),
            )
            return rows.fetchall()


def _of_story(connection: sqlite3.Connection, story: int) -> tuple[str, tuple[int, ...]]:
    """Return a condition for the facts of a story and its values.

    The range between its first and its last fact is what SQLite searches; the second part leaves out other stories' facts in it.
    """
    first, final = connection.execute("SELECT min(first), max(first) FROM story_run WHERE story_id = ?", (story,)).fetchone()
    if first is None:
        return " AND 0", ()
    after = connection.execute("SELECT min(first) FROM story_run WHERE first > ?", (final,)).fetchone()[0]
    between = " AND rowid BETWEEN ? AND ?"
    own = " AND (SELECT story_id FROM story_run WHERE first <= fact_search.rowid ORDER BY first DESC LIMIT 1) = ?"
    return between + own, (first, LARGEST_NUMBER if after is None else after - 1, story)


def _quoted(term: str) -> str:
    """Return a term in quotes for a query of FTS5, without what cannot stand there, or "" where nothing is left.

    Unquoted, words such as NOT and signs such as : are operators; NUL and half a surrogate pair fail even in quotes.
    """
    text = "".join(" " if sign == '"' or sign < " " or "\ud800" <= sign <= "\udfff" else sign for sign in term).strip()
    return f'"{text}"' if text else ""
