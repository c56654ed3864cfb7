"""How alike two texts are in meaning: the cosine of their words' vectors added up, rare words counting more."""

from __future__ import annotations

from collections.abc import Iterable

from bot.answers.lexicon import Lexicon
from bot.answers.packed import Vector, add_all


def add_up(words: Iterable[tuple[str, float]], lexicon: Lexicon) -> Vector | None:
    """Return the direction of the weighted sum of the words' vectors; None where no word has a vector."""
    found = ((lexicon.vector(word), weight) for word, weight in words)
    return add_all((vector, weight) for vector, weight in found if vector is not None)
