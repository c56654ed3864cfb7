"""Which facts of a big base a question is held against: those with its rarest words, of stories where its words are at home.

A word, or one related to it, speaks for a fact that holds it by how rare it is, and for a story by how much more of its facts
hold it than facts of all stories do (the square root of the likelihood ratio that tells a subject from chance). Very common words
say nothing about either and are left out where there are others; each word costs a walk through the facts that hold it.
"""

from __future__ import annotations

import heapq
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from operator import add, neg

from bot.english.lexicon import Lexicon
from bot.english.search_words import STOP_WORDS, words_of
from bot.facts.base import FactBase
from bot.facts.searching import StoryRuns

WORDS = 6  # of a question that are looked for, the rarest in English
RELATED = 2  # words related to each of these that may stand for it
MOST_FACTS = (5_000, 100_000)  # facts up to which a word is worth a walk through them; further only where no word is
_LEAST = 0.6  # share of the best fact's score that a fact needs, to be worth the reader's time
_COMMON = 5.5  # Zipf frequency from which a word is left out where two rarer ones are there

WeightedWords = Sequence[tuple[str, float]]
"""A word of a question with those that may stand for it, each with how well it does."""


def choose_facts(text: str, base: FactBase, runs: StoryRuns, lexicon: Lexicon, *, story: str | None, most: int) -> list[int]:
    """Return the numbers of at most ``most`` facts, of one story or of all, the most promising first."""
    asked = search_words(text, lexicon)
    terms = [term for each in asked for term, _ in each]
    found = iter(_facts_with_each(terms, base, story))
    scores: Counter[int] = Counter()
    at_home: Counter[int] = Counter()
    for each in asked:
        pairs = [(strength, numbers) for (_, strength), numbers in zip(each, found, strict=False) if numbers]
        scores.update(_held(pairs, runs))
        if story is None:
            at_home.update(_at_home(pairs, runs))
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


def _held(pairs: Sequence[tuple[float, Sequence[int]]], runs: StoryRuns) -> dict[int, float]:
    """Return for each fact with a word how rare the word is."""
    found: dict[int, float] = {}
    for strength, numbers in pairs:
        _raise(found, dict.fromkeys(numbers, strength * math.log1p(runs.count / len(numbers))))
    return found


def _at_home(pairs: Sequence[tuple[float, Sequence[int]]], runs: StoryRuns) -> dict[int, float]:
    """Return for each story with a word how much the word is at home there."""
    found: dict[int, float] = {}
    for strength, numbers in pairs:
        share = len(numbers) / runs.count
        counts = Counter(runs.stories_of(numbers))
        surprise = {story: count * math.log(count / (share * runs.sizes[story])) for story, count in counts.items()}
        _raise(found, {story: strength * math.sqrt(value) for story, value in surprise.items() if value > 0})
    return found


def _raise(values: dict[int, float], others: dict[int, float]) -> None:
    """Raise values to others that are higher."""
    if not values:
        values.update(others)
        return
    for key, value in others.items():
        if value > values.get(key, 0.0):
            values[key] = value
