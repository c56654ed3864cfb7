"""How alike two texts are in meaning, by the cosine of their words' vectors added up.

There are two kinds of vectors. Those of meaning say what a word is used like; rare words count more. Those of the gist were
trained to bring a question near its answer: how much a word counts is in their length, and they are of all words, so that "when"
and "how much" draw a question to facts with a date or an amount.
"""

from __future__ import annotations

from collections.abc import Iterable

from bot.answers.lexicon import Lexicon
from bot.answers.packed import Vector, add_all


def add_up(words: Iterable[tuple[str, float]], lexicon: Lexicon) -> Vector | None:
    """Return the direction of the weighted sum of the words' vectors; None where no word has a vector."""
    found = ((lexicon.vector(word), weight) for word, weight in words)
    return add_all((vector, weight) for vector, weight in found if vector is not None)


def gist(words: Iterable[str], lexicon: Lexicon) -> Vector | None:
    """Return the direction of the sum of the words' vectors of the gist; None where no word has one."""
    return add_all((vector, 1.0) for word in words if (vector := lexicon.gist(word)) is not None)
