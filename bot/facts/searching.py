"""Finding stories and facts: by the number, id or words that people type, and by the full-text index."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.errors import NotKnownError
from bot.facts.connection import Store
from bot.facts.models import FactKind, FactRecord
from bot.facts.records import RecordReader
from bot.facts.stems import main_language, stemmed_words
from bot.languages import ENGLISH
from bot.messages import Message

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_REF = re.compile(r"\s*[Ff]?(\d{1,15})(?:@(\d{1,9}))?\s*")
_HALF_TYPED_REF = re.compile(r"\s*[Ff]?(\d{1,15})(?:@\d*)?\s*")
MAX_NUMBER = 2**63 - 1
"""SQLite's largest integer; Python raises OverflowError for a larger one."""
NO_FACT = "There is no fact F{number}. Look for its number in an answer."
NO_CHANGE = "There is no change {change}. Look for its number in the log of changes."
NO_ITEM = {
    "source": 'The story has no source "{name}". Check its id.',
    "actor": 'The story has no actor "{name}". Check its id.',
    "fact": 'The story has no fact "{name}". Check its id.',
}

_IS_SAID = "EXISTS (SELECT 1 FROM fact_actor WHERE fact_id = fact.id AND role = 'speaker')"
TELLING: dict[FactKind, str] = {
    "event": "happened = 1",
    "quote": "quoted <> '[]'",
    "claim": f"kind = 'passage' AND quoted = '[]' AND happened = 0 AND {_IS_SAID}",
}
"""Conditions for the passages that tell what facts of a kind tell."""

_MAX_WORDS = 8  # words of what is typed that are looked for; each costs two LIKE comparisons for every fact

# Weights of the columns of the index in BM25: text, phrasings, names, context, words of the id, dates, stems. A word of the
# text says more about a fact than one in the names of its actors, which occur in many facts; stems repeat the words.
_WEIGHTS = "1.0, 1.0, 0.6, 0.5, 0.6, 0.3, 0.3"
_BY_STEM = "stems : "  # of stories in other languages than English
_HAS_STEM = " OR ' ' || stems || ' ' LIKE ?"
_MIN_STEM = 3  # letters by which a fact is found while somebody types


def story_number(connection: sqlite3.Connection, story: str) -> int:
    """Return the number of a story. Raises NotKnownError with the stories that there are."""
    row = connection.execute("SELECT id FROM story WHERE slug = ?", (story,)).fetchone()
    if row:
        return int(row[0])
    known = ", ".join(row[0] for row in connection.execute("SELECT slug FROM story ORDER BY id LIMIT 10"))
    if known:
        raise NotKnownError(Message('There is no story "{story}". Stories here: {known}.', story=story, known=known))
    raise NotKnownError(Message('There is no story "{story}". Import a story first.', story=story))


def no_revision(number: int, revision: int, last: int) -> Message:
    """Return the sentence for a revision that a fact does not have; ``last`` is its newest one."""
    if last == 1:
        return Message("F{number} has no revision {revision}. It has only one.", number=number, revision=revision)
    return Message("F{number} has no revision {revision}. It has 1 to {last}.", number=number, revision=revision, last=last)


def in_story(connection: sqlite3.Connection, story: str | None, column: str = "fact.story_id") -> tuple[str, tuple[object, ...]]:
    """Return a condition for what belongs to a story, and its value; nothing for all stories (None). Raises NotKnownError."""
    return ("", ()) if story is None else (f" AND {column} = ?", (story_number(connection, story),))


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

        firsts, stories = (np.array(numbers, dtype=np.int64) for numbers in (self._firsts, self._stories))
        result: NDArray[np.int64] = stories[np.searchsorted(firsts, facts, side="right") - 1]
        return result


class Search(Store):
    """Finds facts by what is typed for them and by the full-text index.

    Methods with a ``story`` raise NotKnownError for an unknown one, None being all stories.
    """

    def number(self, named: str) -> tuple[int, int | None]:
        """Return the number of a fact that is named ``F12``, ``F12@3``, ``12`` or by its id, and the revision if one is named.

        Raises NotKnownError where there is no such fact, or where several stories have one with that id.
        """
        name = named.strip()
        with self._connections.reading() as connection:
            stored = connection.execute("SELECT id FROM fact WHERE slug = ? LIMIT 2", (name,)).fetchall()
            if len(stored) > 1:
                raise NotKnownError(
                    Message('Several stories have a fact "{name}". Name it by its number, such as F12.', name=name)
                )
            if stored:
                return int(stored[0][0]), None
            ref = _REF.fullmatch(named)
            if ref and connection.execute("SELECT 1 FROM fact WHERE id = ?", (int(ref[1]),)).fetchone():
                return int(ref[1]), int(ref[2]) if ref[2] else None
        raise NotKnownError(Message('There is no fact "{name}". Look for its number in an answer.', name=name))

    def complete(
        self, typed: str, *, kind: FactKind | None = None, retracted: bool = False, limit: int = 25
    ) -> tuple[FactRecord, ...]:
        """Return the facts that what is being typed may mean: the one with that number first, then those with most of the words.

        Among facts with equally many words, the newest come first; if nothing was typed, these are the newest facts. A fact of
        a story in another language than English has a word in any of its forms.
        """
        where, values = ("1" if retracted else "retracted = 0"), []
        if kind is not None:
            where, values = f"{where} AND kind = ?", [kind]
        number = _HALF_TYPED_REF.fullmatch(typed)
        words = re.findall(r"[^\W_]+", typed.casefold())[:_MAX_WORDS]
        languages = self.languages()
        stems = [_patterns(word, languages) for word in words]
        texts = [pattern for word, own in zip(words, stems, strict=True) for pattern in (f"%{word}%", f"%{word}%", *own)]
        held = " + ".join(f"ifnull(text LIKE ? OR slug LIKE ?{_HAS_STEM * len(own)}, 0)" for own in stems) or "NULL"
        holds = f"{where} AND ({held}) > 0" if words else where
        with self._connections.reading() as connection:
            first = connection.execute(
                f"SELECT id FROM fact WHERE {where} AND id = ?", (*values, int(number[1]) if number else None)
            )
            rows = connection.execute(
                f"SELECT id FROM fact WHERE {holds} ORDER BY {held} DESC, id DESC LIMIT ?", (*values, *texts, *texts, limit)
            )
            numbers = dict.fromkeys(row[0] for row in (*first, *rows))
            return RecordReader(connection).facts([*numbers][:limit])

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

    def facts_by_term(self, terms: Sequence[str], *, story: str | None = None, most: int) -> list[list[int]]:
        """Return for each term the numbers of the live facts that hold it; an empty list if more than ``most`` do."""
        return self._facts_by(list(map(_quoted, terms)), story, most)

    def facts_by_stem(self, stems: Sequence[str], *, story: str | None = None, most: int) -> list[list[int]]:
        """Return the same for stems of words in other languages than English, as the language of each fact's story has them."""
        return self._facts_by([query and f"{_BY_STEM}{query}" for query in map(_quoted, stems)], story, most)

    def _facts_by(self, queries: Sequence[str], story: str | None, most: int) -> list[list[int]]:
        with self._connections.reading(self._deadline) as connection:
            where, values = ("", ()) if story is None else _of_story(connection, story_number(connection, story))
            sql = f"SELECT rowid FROM fact_search WHERE fact_search MATCH ?{where} LIMIT ?"
            numbers = []
            for query in queries:
                rows = connection.execute(sql, (query, *values, most + 1)).fetchall() if query else []
                numbers.append([row[0] for row in rows] if len(rows) <= most else [])
            return numbers

    def counts(self, terms: Iterable[str], story: str) -> dict[str, int]:
        """Return how many live facts of a story hold each term. There is no deadline for this."""
        with self._connections.reading() as connection:
            where, values = _of_story(connection, story_number(connection, story))
            sql = f"SELECT count(*) FROM fact_search WHERE fact_search MATCH ?{where}"
            queries = {term: _quoted(term) for term in terms}
            return {term: connection.execute(sql, (query, *values)).fetchone()[0] for term, query in queries.items() if query}

    def languages(self, story: str | None = None) -> tuple[str, ...]:
        """Return the languages of the stories other than English, or that of one, without country; none where all is English."""
        with self._connections.reading(self._deadline) as connection:
            where, values = in_story(connection, story, "id")
            rows = connection.execute(f"SELECT DISTINCT language FROM story WHERE 1{where}", values)
            return tuple(sorted({main_language(tag) for (tag,) in rows} - {ENGLISH}))

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
                (MAX_NUMBER, story_number(connection, story)),
            )
            return rows.fetchall()


def _of_story(connection: sqlite3.Connection, story: int) -> tuple[str, tuple[int, ...]]:
    """Return a condition for the facts of a story and its values.

    SQLite searches the range from the story's first to its last fact; the second part leaves out facts of other stories in it.
    """
    first, final = connection.execute("SELECT min(first), max(first) FROM story_run WHERE story_id = ?", (story,)).fetchone()
    if first is None:
        return " AND 0", ()
    after = connection.execute("SELECT min(first) FROM story_run WHERE first > ?", (final,)).fetchone()[0]
    between = " AND rowid BETWEEN ? AND ?"
    own = " AND (SELECT story_id FROM story_run WHERE first <= fact_search.rowid ORDER BY first DESC LIMIT 1) = ?"
    return between + own, (first, MAX_NUMBER if after is None else after - 1, story)


def _patterns(word: str, languages: Sequence[str]) -> list[str]:
    """Return patterns of the stems that a word has in some languages other than English."""
    stems = dict.fromkeys(stem for language in languages for _, stem in stemmed_words(word, language))
    return [f"% {stem} %" for stem in stems if len(stem) >= _MIN_STEM]


def _quoted(term: str) -> str:
    """Return a term in quotes for an FTS5 query, without signs that quotes cannot hold, or "" where nothing is left.

    Unquoted, words such as NOT and signs such as : are operators; NUL and half a surrogate pair fail even in quotes.
    """
    text = "".join(" " if sign == '"' or sign < " " or "\ud800" <= sign <= "\udfff" else sign for sign in term).strip()
    return f'"{text}"' if text else ""
