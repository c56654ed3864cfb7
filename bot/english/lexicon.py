"""What is known of English words, read from a SQLite file that ships: how common each is, its lemma, and words related to it."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Hashable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any
from weakref import WeakValueDictionary

from bot.english.search_words import stem
from bot.errors import SetupError

_MAX_WORDS = 16_384  # words of which it is remembered how common they are
_AT_ONCE = 500  # words in one statement; before SQLite 3.32 the limit is 999
_RARE = 1.5  # Zipf frequency taken for a word that the lexicon does not have

_OPPOSED = 50  # of 100: how strongly a word must be opposed to another to mean the contrary in most texts
_ENDINGS = (("ies", "y"), ("ied", "y"), ("es", ""), ("s", ""), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"))

# How far a related word stands for the word itself, by kind of relation: synonym, derivation. Antonyms never do.
_KIND_STRENGTH = {"s": 0.85, "d": 0.9, "a": 0.0}


@dataclass(frozen=True, slots=True)
class Related:
    """A stem that may stand for a word, and how well it does, between 0 and 1."""

    stem: str
    strength: float


class Lexicon:
    """The English lexicon. One read-only connection, cached look-ups; safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        """Open the lexicon file. Raises SetupError where it is missing."""
        if not path.is_file():
            raise SetupError(f"The English lexicon {path} is missing; install Footnote again.")
        self._db = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        self._lock = threading.Lock()
        self._zipfs: dict[str, int | None] = {}  # hundredths of Zipf; None of words that it does not have
        # What was made from it and is in use somewhere: bases that hold the same stories share their index.
        self.derived: WeakValueDictionary[Hashable, object] = WeakValueDictionary()
        self.related = lru_cache(maxsize=2_048)(self._related)
        self.stem = lru_cache(maxsize=16_384)(lambda word: stem(self.lemma(word)))

    def close(self) -> None:
        """Close the file, once the read that is under way has ended."""
        with self._lock:
            self._db.close()

    def fetch(self, words: Iterable[str]) -> None:
        """Read at once how common many words are that are looked up soon: a tenth of the time that each would take by itself."""
        missing = [word for word in dict.fromkeys(words) if word not in self._zipfs]
        for start in range(0, len(missing), _AT_ONCE):
            some = missing[start : start + _AT_ONCE]
            with self._lock:
                marks = ", ".join("?" * len(some))
                rows = self._db.execute(f"SELECT word, zipf FROM word WHERE word IN ({marks})", some).fetchall()
            self._remember({**dict.fromkeys(some), **dict(rows)})

    def _remember(self, zipfs: dict[str, int | None]) -> None:
        # To forget all at once costs nothing while there is room, and what is needed again comes back in one read each.
        if len(self._zipfs) + len(zipfs) > _MAX_WORDS:
            self._zipfs = {}
        self._zipfs.update(zipfs)

    def _hundredths(self, word: str) -> int | None:
        with suppress(KeyError):
            return self._zipfs[word]
        with self._lock:
            row = self._db.execute("SELECT zipf FROM word WHERE word = ?", (word,)).fetchone()
        value: int | None = None if row is None else row[0]
        self._remember({word: value})
        return value

    def knows(self, word: str) -> bool:
        """Return whether it is a word of English."""
        return self._hundredths(word) is not None

    def commonest(self, words: Iterable[str], *, least: float) -> str | None:
        """Return the commonest of the words, None where none is at least so common (Zipf frequency)."""
        choice = sorted(words)
        marks = ",".join("?" * len(choice))
        query = f"SELECT word FROM word WHERE word IN ({marks}) AND zipf >= ? ORDER BY zipf DESC, word LIMIT 1"
        with self._lock:
            row = self._db.execute(query, (*choice, round(least * 100))).fetchone()
        return None if row is None else str(row[0])

    def unusual(self, word: str) -> float:
        """Return how rare a word is in English, from 0.1 to 1."""
        return min(1.0, max(0.1, (7.0 - self.zipf(word)) / 4.5))

    def zipf(self, word: str) -> float:
        """Return the Zipf frequency: 3 is once in a million words, 6 once in a thousand."""
        value = self._hundredths(word)
        return _RARE if value is None else value / 100

    def lemma(self, word: str) -> str:
        """Return the dictionary form of an irregular form (went: go); other words come back as they are."""
        return self._lemmas.get(word, word)

    def irregular(self, word: str) -> tuple[str, ...]:
        """Return the other forms of a word of which one is irregular (went: go, gone)."""
        lemma = self.lemma(word)
        return tuple(form for form in self._forms.get(lemma, ()) if form != word)

    @cached_property
    def _lemmas(self) -> dict[str, str]:
        """All irregular forms; there are few."""
        with self._lock:
            return dict(self._db.execute("SELECT form, lemma FROM lemma").fetchall())

    @cached_property
    def _forms(self) -> dict[str, list[str]]:
        """The forms of each word that has irregular ones, itself among them."""
        forms: dict[str, list[str]] = {}
        for form, lemma in self._lemmas.items():
            forms.setdefault(lemma, [lemma]).append(form)
        return forms

    def opposed(self, one: str, other: str) -> bool:
        """Return whether one of two words means the contrary of the other: accept and reject, wrong and right."""
        return self.stem(other) in self._contraries(one) or self.stem(one) in self._contraries(other)

    def _contraries(self, word: str) -> frozenset[str]:
        return frozenset(self.stem(entry[3:]) for entry in self._entries(word) if entry[0] == "a" and int(entry[1:3]) >= _OPPOSED)

    def _related(self, word: str) -> tuple[Related, ...]:
        """Return the stems related to a word, the best first; the word itself is not among them."""
        strengths: dict[str, float] = {}
        own = self.stem(word)
        for entry in self._entries(word):
            strength = _KIND_STRENGTH[entry[0]] * int(entry[1:3]) / 100
            key = self.stem(entry[3:])
            if strength and key != own and strength > strengths.get(key, 0.0):
                strengths[key] = strength
        return tuple(Related(key, strengths[key]) for key in sorted(strengths, key=lambda key: (-strengths[key], key)))

    def has_entry(self, word: str) -> bool:
        """Return whether a dictionary has the word or a base form of it."""
        return any(others is not None for others in self._others(word))

    def _entries(self, word: str) -> list[str]:
        """Return what is stored of the words related to a word: kind, strength of 100, other word; of its base form at need."""
        return str(next(filter(None, self._others(word)), "")).split()

    def _others(self, word: str) -> Iterator[Any]:
        for form in dict.fromkeys((word, self.lemma(word), *base_forms(word))):
            with self._lock:
                row = self._db.execute("SELECT others FROM related WHERE word = ?", (form,)).fetchone()
            yield None if row is None else row[0]


def base_forms(word: str) -> list[str]:
    """Return what a regular form may be an inflection of; the lexicon knows which of them are words."""
    forms = []
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 2:
            base = word[: -len(ending)]
            forms.append(base + instead)
            if not instead and len(base) > 3 and base[-1] == base[-2]:
                forms.append(base[:-1])
    return forms
