"""Which facts of a big base a question is held against: those with its rarest words, of stories where its words are at home.

A word speaks for a fact that holds it by how rare it is, and for a story by how much more of its facts hold it than facts of all
stories do (the square root of the likelihood ratio that tells a subject from chance). Very common words say nothing about either
and are left out where there are others; each word costs a walk through the facts that hold it. Facts in other words are found by
their meaning, see `nearest`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.english.lexicon import Lexicon
from bot.english.search_words import content_words
from bot.facts.base import FactBase
from bot.facts.searching import StoryRuns

WORDS = 6  # of a question that are looked for, the rarest in English
MOST_FACTS = (5_000, 100_000)  # facts up to which a word is worth a walk through them; further only where no word is
_LEAST = 0.6  # share of the best fact's score that a fact needs, to be worth the reader's time
_COMMON = 5.5  # Zipf frequency from which a word is left out where two rarer ones are there

Floats = NDArray[np.float64]
Places = NDArray[np.signedinteger[Any]]


def choose_facts(text: str, base: FactBase, runs: StoryRuns, lexicon: Lexicon, *, story: str | None, most: int) -> list[int]:
    """Return the numbers of at most ``most`` facts, of one story or of all, the most promising first."""
    asked = search_words(text, lexicon)
    found = iter(_facts_with_each([form for forms in asked for form in forms], base, story))
    holding = [[np.array(next(found), dtype=np.int64) for _ in forms] for forms in asked]
    facts = np.unique(np.concatenate([numbers for each in holding for numbers in each] or [np.zeros(0, dtype=np.int64)]))
    if not len(facts):
        return []
    stories, story_of = np.unique(runs.stories_of(facts), return_inverse=True)
    sizes = np.array([runs.sizes[number] for number in stories.tolist()], dtype=np.float64)
    scores, at_home = np.zeros(len(facts)), np.zeros(len(sizes))
    for each in holding:
        held = [np.searchsorted(facts, numbers) for numbers in each if len(numbers)]
        scores += _rarity(held, len(facts), runs.count)
        if story is None:
            at_home += _at_home([story_of[places] for places in held], sizes, runs.count)
    scores += at_home[story_of]
    good = np.flatnonzero(scores >= _LEAST * scores.max())
    best = good[np.argsort(-scores[good], kind="stable")[:most]]  # of the same score the oldest first
    return [int(number) for number in facts[best]]


def _facts_with_each(terms: Sequence[str], base: FactBase, story: str | None) -> list[list[int]]:
    found: list[list[int]] = []
    for most in MOST_FACTS:
        found = base.search.facts_with_each(terms, story=story, most=most)
        if any(found):
            break
    return found


def search_words(text: str, lexicon: Lexicon) -> list[tuple[str, ...]]:
    """Return the words of a question that tell the most, rarest first, each with its irregular forms."""
    words = dict.fromkeys(content_words(text))
    lexicon.fetch(words)
    rarest = sorted(words, key=lexicon.zipf)
    telling = [word for word in rarest if lexicon.zipf(word) < _COMMON]
    return [(word, *lexicon.irregular(word)) for word in (telling if len(telling) > 1 else rarest)[:WORDS]]


def _rarity(holding: Sequence[Places], size: int, count: int) -> Floats:
    """Return for each fact how rare the rarest form of a word is that it holds, 0 where it holds none.

    ``holding`` are the places of the facts with each form, of ``size`` facts that have a place; ``count`` is that of the base.
    """
    found = np.zeros(size)
    for places in holding:
        found[places] = np.maximum(found[places], math.log1p(count / len(places)))
    return found


def _at_home(holding: Sequence[Places], sizes: Floats, count: int) -> Floats:
    """Return for each story how much a word is at home there.

    ``holding`` are the places of the stories of the facts with each form of it; ``sizes`` are the stories' counts of facts.
    """
    found = np.zeros(len(sizes))
    for stories in holding:
        share = len(stories) / count
        counts = np.bincount(stories, minlength=len(sizes)).astype(np.float64)
        surprise = counts * np.log(np.maximum(counts, 1) / (share * sizes))
        found = np.maximum(found, np.sqrt(np.maximum(surprise, 0)))
    return found
