"""Sifting the facts of a big base that words and meaning have found: the nearest by late interaction are worth reading.

In: the question's vectors, numbers of facts and their stored vectors, or a topic and the facts to choose among. Out: the numbers
of the few that are read, best first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

import numpy as np

from bot.answers.finding.candidates import MOST_FACTS
from bot.answers.finding.nearest import NEAREST, NearestFacts
from bot.answers.finding.reader_lines import question_text
from bot.answers.reader.encoder import SIZE, Floats, QuestionVectors
from bot.answers.reader.judging import late_interaction
from bot.answers.reader.reader import Reader
from bot.answers.reader.reading import MOST_AMONG
from bot.answers.reader.stories import NEARER
from bot.answers.reader.weights import Weights
from bot.english.search_words import content_words
from bot.facts.base import FactBase

_BY_WORDS = 8  # facts, of those that words have found, that are read whatever their nearness
_AT_ONCE = 8  # facts that are compared at once: so few stay in the processor's cache, and start no threads of the matrix library
_NOT_ENCODED = 4  # further ones that are not encoded yet, as many as are encoded while the question waits


def choose_among(topic: str, among: Sequence[int], base: FactBase, reader: Reader, nearest: NearestFacts) -> list[int]:
    """Return those of some facts (by number) that are worth reading about a topic: all of a few, at most `MOST_AMONG`."""
    if len(among) <= MOST_AMONG:
        return list(among)
    question = reader.question(question_text(topic))
    near = nearest.find(question.whole, NEAREST, [(number, number) for number in among])
    wanted = frozenset(among)
    found = base.search.facts_with_each(content_words(topic), most=MOST_FACTS[0])
    hits = Counter(number for with_word in found for number in with_word if number in wanted)
    by_words = [number for number, _ in hits.most_common(NEAREST)]
    stored = base.vectors.of([*by_words, *near], reader.weights.version)
    return sift(question, by_words, stored, reader.weights, MOST_AMONG)


def sift(
    question: QuestionVectors,
    by_words: Sequence[int],
    stored: Mapping[int, bytes],
    weights: Weights,
    most: int,
    preferred: Collection[int] = (),
) -> list[int]:
    """Return the numbers of at most ``most`` facts to read: the best that words have found, then the nearest.

    ``stored`` has the vectors of each fact that was found and is encoded. Where none is, these are the facts found by words.
    ``preferred`` are those of the story that the question is likely about.
    """
    numbers = [number for number, vectors in stored.items() if vectors and len(vectors) % SIZE == 0 and len(vectors) > SIZE]
    if not numbers:
        return list(by_words)[:most]
    later = [number for number in by_words[_BY_WORDS:] if number not in stored][:_NOT_ENCODED]
    first = [*by_words[:_BY_WORDS], *later]
    lots = ([stored[number] for number in numbers[start : start + _AT_ONCE]] for start in range(0, len(numbers), _AT_ONCE))
    near = np.concatenate([_nearness(question, lot, weights) for lot in lots])
    near = near + np.array([NEARER if number in preferred else 0.0 for number in numbers], dtype=np.float32)
    ranked = [numbers[place] for place in np.argsort(-near, kind="stable")]
    return list(dict.fromkeys([*first, *ranked]))[:most]


def _nearness(question: QuestionVectors, stored: Sequence[bytes], weights: Weights) -> Floats:
    rows = np.frombuffer(b"".join(stored), dtype=np.int8).reshape(-1, SIZE).astype(np.float32)
    rows /= np.maximum(np.sqrt(np.einsum("ij,ij->i", rows, rows)), np.float32(1e-6))[:, None]
    starts = np.cumsum([0, *(len(each) // SIZE for each in stored[:-1])])
    return late_interaction(question, rows, starts, weights)[0]
