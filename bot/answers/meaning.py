"""How alike two texts are in meaning, by the cosine of their words' vectors added up.

There are two kinds of vectors. Those of meaning say what a word is used like; rare words count more. Those of the gist were
trained to bring a question near its answer: how much a word counts is in their length, and they are of all words, so that "when"
and "how much" draw a question to facts with a date or an amount.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from operator import mul

from bot.answers.lexicon import Lexicon

Vector = tuple[float, ...]


def add_up(words: Iterable[tuple[str, float]], lexicon: Lexicon) -> Vector | None:
    """Return the weighted sum of the words' vectors, of length 1; None where no word has a vector."""
    total: list[float] | None = None
    for word, weight in words:
        vector = lexicon.vector(word)
        if vector is None:
            continue
        total = (
            [weight * each for each in vector] if total is None else [a + weight * b for a, b in zip(total, vector, strict=True)]
        )
    if total is None:
        return None
    length = math.sqrt(sum(map(mul, total, total)))
    return tuple(each / length for each in total) if length else None


def gist(words: Iterable[str], lexicon: Lexicon) -> Vector | None:
    """Return the sum of the words' vectors of the gist; None where no word has one."""
    vectors = [vector for word in words if (vector := lexicon.gist(word)) is not None]
    return tuple(map(sum, zip(*vectors, strict=True))) or None
