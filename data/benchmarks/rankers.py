"""The peers: other ways to find the fact that answers a question, each over the same texts, each set up as well as it can be.

A peer names its three nearest texts with scores. What is not installed is skipped, and says so.
"""

from __future__ import annotations

import logging
import sqlite3
import weakref
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

from rapidfuzz import fuzz, process, utils

from bot.english.search_words import normalise, tokens
from bot.facts.models import FactRecord
from data.benchmarks.embedders import Embed, installed, sentence_embedder, static_embedder

NEAREST = 3
Ranked = list[tuple[int, float]]


class Ranker(Protocol):
    """Finds the texts nearest to a question."""

    def nearest(self, question: str) -> Ranked:
        """Return the places of the nearest texts with their scores, best first."""
        ...


def text_of(record: FactRecord) -> str:
    """Put a fact in one text: who speaks, what, where, when, and the words of its id.

    Of the choices tried (participants, subjects, aliases or none), peers find most with this one.
    """
    fact = record.fact
    names = [name for actor in record.speakers for name in (actor.name, *actor.aliases)]
    date = fact.date.words(record.story.language) if fact.date else None
    parts = (*names, fact.text, fact.context, fact.where, date, *fact.asked_as, fact.id.replace("-", " "))
    return " ".join(part for part in parts if part)


def quoted_words(words: Sequence[str]) -> str:
    """Make a query of FTS5 that finds any of some words."""
    return " OR ".join(f'"{word}"' for word in dict.fromkeys(words))


class Fuzzy:
    """A scan over all texts with a scorer of rapidfuzz, as tag bots do it."""

    def __init__(self, texts: Sequence[str], scorer: Callable[..., float]) -> None:
        self._texts = [utils.default_process(text) for text in texts]
        self._scorer = scorer

    def nearest(self, question: str) -> Ranked:
        """See `Ranker`."""
        asked = utils.default_process(question)
        matches = process.extract(asked, self._texts, scorer=self._scorer, processor=None, limit=NEAREST)
        return [(position, score) for _, score, position in matches]


class FullText:
    """SQLite's full-text index: any of the question's words, ranked by its BM25."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._database = sqlite3.connect(":memory:")
        weakref.finalize(self, self._database.close)
        self._database.execute("CREATE VIRTUAL TABLE fact USING fts5(text, tokenize = 'porter unicode61 remove_diacritics 2')")
        self._database.executemany("INSERT INTO fact(rowid, text) VALUES (?, ?)", enumerate(texts))

    def nearest(self, question: str) -> Ranked:
        """See `Ranker`."""
        return self.matching(question, NEAREST)

    def matching(self, question: str, limit: int) -> Ranked:
        """Return so many texts that hold a word of the question."""
        query = quoted_words([token.word for token in tokens(normalise(question))])
        if not query:
            return []
        sql = "SELECT rowid, -rank FROM fact WHERE fact MATCH ? ORDER BY rank LIMIT ?"
        return self._database.execute(sql, (query, limit)).fetchall()


class Bm25s:
    """The bm25s package with English stop words and stems."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._bm25s = installed("bm25s")
        logging.getLogger("bm25s").setLevel(logging.WARNING)
        self._stemmer = import_module("Stemmer").Stemmer("english")
        self._index = self._bm25s.BM25()
        self._index.index(self._tokens(list(texts)), show_progress=False)
        self._count = min(NEAREST, len(texts))

    def nearest(self, question: str) -> Ranked:
        """See `Ranker`."""
        positions, scores = self._index.retrieve(self._tokens([question]), k=self._count, show_progress=False)
        return [(int(position), float(score)) for position, score in zip(positions[0], scores[0], strict=True)]

    def _tokens(self, texts: list[str]) -> Any:
        return self._bm25s.tokenize(texts, stopwords="en", stemmer=self._stemmer, show_progress=False)


class Embedded:
    """Likeness in meaning: the cosine between the vectors of question and text."""

    def __init__(self, texts: Sequence[str], embed: Embed) -> None:
        self._embed = embed
        self._vectors = embed(list(texts))

    def nearest(self, question: str) -> Ranked:
        """See `Ranker`."""
        scores = self.likeness(question)
        return [(int(position), float(scores[position])) for position in (-scores).argsort(kind="stable")[:NEAREST]]

    def likeness(self, question: str) -> Any:
        """Return the likeness of every text."""
        return self._vectors @ self._embed([question])[0]


class Mixed:
    """Likeness in meaning and BM25 added up, BM25 as a share of the question's best."""

    def __init__(self, texts: Sequence[str], embed: Embed) -> None:
        self._embedded = Embedded(texts, embed)
        self._words = FullText(texts)
        self._count = len(texts)

    def nearest(self, question: str) -> Ranked:
        """See `Ranker`."""
        scores = self._embedded.likeness(question).copy()
        matching = self._words.matching(question, self._count)
        for position, score in matching:
            scores[position] += score / max(matching[0][1], 1e-9)
        return [(int(position), float(scores[position])) for position in (-scores).argsort(kind="stable")[:NEAREST]]


def peers(minilm: Path | None = None) -> dict[str, Callable[[Sequence[str]], Ranker]]:
    """Return the peers by name, each made from the texts of the facts; ``minilm`` is a folder with the sentence encoder."""
    return {
        "rapidfuzz token_set_ratio": lambda texts: Fuzzy(texts, fuzz.token_set_ratio),
        "rapidfuzz WRatio": lambda texts: Fuzzy(texts, fuzz.WRatio),
        "FTS5 bm25()": FullText,
        "bm25s": Bm25s,
        "wordllama": lambda texts: Embedded(texts, static_embedder()),
        "wordllama + FTS5": lambda texts: Mixed(texts, static_embedder()),
        "MiniLM": lambda texts: Embedded(texts, sentence_embedder(minilm)),
        "MiniLM + FTS5": lambda texts: Mixed(texts, sentence_embedder(minilm)),
    }
