"""Which facts of a big base a question is held against: those with its rarest words, of stories where its words are at home.

A word speaks for a fact that holds it by how rare it is, and for a story by how much more of its facts hold it than facts of all
stories do (the square root of the likelihood ratio that tells a subject from chance). Very common words say nothing about either
and are left out where there are others; each word costs a walk through the facts that hold it. Facts in other words are found by
their meaning, see `nearest`.
"""

from __future__ import annotations

import heapq
import math
from collections import Counter
from collections.abc import Sequence
from operator import add, neg

from bot.english.lexicon import Lexicon
from bot.english.search_words import STOP_WORDS, words_of
from bot.facts.base import FactBase
from bot.facts.searching import StoryRuns

WORDS = 6  # of a question that are looked for, the rarest in English
MOST_FACTS = (5_000, 100_000)  # facts up to which a word is worth a walk through them; further only where no word is
_LEAST = 0.6  # share of the best fact's score that a fact needs, to be worth the reader's time
_COMMON = 5.5  # Zipf frequency from which a word is left out where two rarer ones are there


def choose_facts(text: str, base: FactBase, runs: StoryRuns, lexicon: Lexicon, *, story: str | None, most: int) -> list[int]:
    """Return the numbers of at most ``most`` facts, of one story or of all, the most promising first."""
    asked = search_words(text, lexicon)
    found = iter(_facts_with_each([form for forms in asked for form in forms], base, story))
    scores: Counter[int] = Counter()
    at_home: Counter[int] = Counter()
    for forms in asked:
        holding = [numbers for _, numbers in zip(forms, found, strict=False) if numbers]
        scores.update(_held(holding, runs))
        if story is None:
            at_home.update(_at_home(holding, runs))
    homes = map(at_home.__getitem__, runs.stories_of(scores))
    ranked = zip(map(add, scores.values(), homes), map(neg, scores), strict=True)
    best = heapq.nlargest(most, ranked)
    return [-fact for score, fact in best if score >= _LEAST * best[0][0]]


def _facts_with_each(terms: Sequence[str], base: FactBase, story: str | None) -> list[list[int]]:
    found: list[list[int]] = []
    for most in MOST_FACTS:
        found = base.facts_with_each(terms, story=story, most=most)
        if any(found):
            break
    return found


def search_words(text: str, lexicon: Lexicon) -> list[tuple[str, ...]]:
    """Return the words of a question that tell the most, rarest first, each with its irregular forms."""
    words = dict.fromkeys(word for word in words_of(text) if word not in STOP_WORDS)
    lexicon.fetch(words)
    rarest = sorted(words, key=lexicon.zipf)
    telling = [word for word in rarest if lexicon.zipf(word) < _COMMON]
    return [(word, *lexicon.irregular(word)) for word in (telling if len(telling) > 1 else rarest)[:WORDS]]


def _held(holding: Sequence[Sequence[int]], runs: StoryRuns) -> dict[int, float]:
    """Return for each fact with a word, in any of its forms, how rare the form is."""
    found: dict[int, float] = {}
    for numbers in holding:
        _raise(found, dict.fromkeys(numbers, math.log1p(runs.count / len(numbers))))
    return found


def _at_home(holding: Sequence[Sequence[int]], runs: StoryRuns) -> dict[int, float]:
    """Return for each story with a word, in any of its forms, how much the form is at home there."""
    found: dict[int, float] = {}
    for numbers in holding:
        share = len(numbers) / runs.count
        counts = Counter(runs.stories_of(numbers))
        surprise = {story: count * math.log(count / (share * runs.sizes[story])) for story, count in counts.items()}
        _raise(found, {story: math.sqrt(value) for story, value in surprise.items() if value > 0})
    return found


def _raise(values: dict[int, float], others: dict[int, float]) -> None:
    """Raise values to others that are higher."""
    if not values:
        values.update(others)
        return
    for key, value in others.items():
        if value > values.get(key, 0.0):
            values[key] = value
