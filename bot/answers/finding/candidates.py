"""Which facts of a big base a question is held against: those with its rarest words, of stories where its words are at home.

A word, or one related to it, speaks for a fact that holds it by how rare it is, and for a story by how much more of its facts
hold it than facts of all stories do (the square root of the likelihood ratio that tells a subject from chance). Very common words
say nothing about either and are left out where there are others; each word costs a walk through the facts that hold it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.english.lexicon import Lexicon
from bot.english.search_words import STOP_WORDS, words_of
from bot.facts.base import FactBase
from bot.facts.searching import StoryRuns

WORDS = 6  # of a question that are looked for, the rarest in English
RELATED = 2  # words related to each of these that may stand for it
MOST_FACTS = (5_000, 100_000)  # facts up to which a word is worth a walk through them; further only where no word is
_LEAST = 0.6  # share of the best fact's score that a fact needs, to be worth the reader's time
_COMMON = 5.5  # Zipf frequency from which a word is left out where two rarer ones are there

Floats = NDArray[np.float64]
Places = NDArray[np.signedinteger[Any]]
WeightedWords = Sequence[tuple[str, float]]
"""A word of a question with those that may stand for it, each with how well it does."""


def choose_facts(text: str, base: FactBase, runs: StoryRuns, lexicon: Lexicon, *, story: str | None, most: int) -> list[int]:
    """Return the numbers of at most ``most`` facts, of one story or of all, the most promising first."""
    asked = search_words(text, lexicon)
    found = iter(_facts_with_each([term for each in asked for term, _ in each], base, story))
    pairs = [[(strength, np.array(next(found), dtype=np.int64)) for _, strength in each] for each in asked]
    facts = np.unique(np.concatenate([numbers for each in pairs for _, numbers in each] or [np.zeros(0, dtype=np.int64)]))
    if not len(facts):
        return []
    numbers, at = np.unique(runs.stories_of(facts), return_inverse=True)
    homes = _Homes(at, np.array([runs.sizes[number] for number in numbers.tolist()], dtype=np.float64), runs.count)
    scores = np.zeros(len(facts))
    at_home = np.zeros(len(homes.sizes))
    for each in pairs:
        held = [(strength, np.searchsorted(facts, numbers)) for strength, numbers in each if len(numbers)]
        scores += _held(held, len(facts), runs.count)
        if story is None:
            at_home += homes.of(held)
    scores += at_home[at]
    good = np.flatnonzero(scores >= _LEAST * scores.max())
    best = good[np.argsort(-scores[good], kind="stable")[:most]]  # of the same score the oldest first
    return [int(number) for number in facts[best]]


def _facts_with_each(terms: Sequence[str], base: FactBase, story: str | None) -> list[list[int]]:
    found: list[list[int]] = []
    for most in MOST_FACTS:
        found = base.facts_with_each(terms, story=story, most=most)
        if any(found):
            break
    return found


def search_words(text: str, lexicon: Lexicon) -> list[WeightedWords]:
    """Return the words of a question that tell the most, rarest first."""
    words = dict.fromkeys(word for word in words_of(text) if word not in STOP_WORDS)
    lexicon.fetch(words)
    rarest = sorted(words, key=lexicon.zipf)
    telling = [word for word in rarest if lexicon.zipf(word) < _COMMON]
    return [[(word, 1.0), *_stand_ins(word, lexicon)] for word in (telling if len(telling) > 1 else rarest)[:WORDS]]


def _stand_ins(word: str, lexicon: Lexicon) -> Iterator[tuple[str, float]]:
    for form in lexicon.irregular(word):
        yield form, 1.0
    for related in lexicon.related(word)[:RELATED]:
        yield related.stem, related.strength


def _held(pairs: Sequence[tuple[float, Places]], size: int, count: int) -> Floats:
    """Return for each fact how rare the word is that it holds, 0 where it holds none; ``count`` is that of all facts."""
    found = np.zeros(size)
    for strength, places in pairs:
        found[places] = np.maximum(found[places], strength * math.log1p(count / len(places)))
    return found


@dataclass(frozen=True, slots=True)
class _Homes:
    """The stories of some facts: where in ``sizes`` (facts of each) that of each fact stands, and the count of all facts."""

    at: Places
    sizes: Floats
    count: int

    def of(self, pairs: Sequence[tuple[float, Places]]) -> Floats:
        """Return for each story how much a word is at home there, given as its facts with it and with those that stand for it."""
        found = np.zeros(len(self.sizes))
        for strength, places in pairs:
            share = len(places) / self.count
            counts = np.bincount(self.at[places], minlength=len(self.sizes)).astype(np.float64)
            surprise = counts * np.log(np.maximum(counts, 1) / (share * self.sizes))
            found = np.maximum(found, strength * np.sqrt(np.maximum(surprise, 0)))
        return found
