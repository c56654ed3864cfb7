"""Which of some facts of a big base are read about a topic: all of a few, else those near to it and those with its words.

In: a topic as typed and the numbers of the facts. Out: the numbers of at most `MOST_AMONG`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bot.answers.finding.candidates import MOST_FACTS
from bot.answers.finding.nearest import NEAREST, NearestFacts
from bot.answers.finding.reader_lines import question_text
from bot.answers.reader.reader import Reader
from bot.answers.reader.reading import MOST_AMONG
from bot.answers.reader.sifting import sift
from bot.english.search_words import STOP_WORDS, words_of
from bot.facts.base import FactBase


def choose_among(topic: str, among: Sequence[int], base: FactBase, reader: Reader, nearest: NearestFacts) -> list[int]:
    """Return the facts (by number) of some that are worth reading about a topic."""
    if len(among) <= MOST_AMONG:
        return list(among)
    question = reader.question(question_text(topic))
    near = nearest.find(question.whole, NEAREST, [(number, number) for number in among])
    words = [word for word in words_of(topic) if word not in STOP_WORDS]
    wanted = frozenset(among)
    found = base.facts_with_each(words, most=MOST_FACTS[0])
    hits = Counter(number for with_word in found for number in with_word if number in wanted)
    by_words = [number for number, _ in hits.most_common(NEAREST)]
    stored = base.vectors.of([*by_words, *near], reader.weights.version)
    return sift(question, by_words, stored, reader.weights, MOST_AMONG)
