"""Which words of a story are used like a word: the angle of their vectors, told from the bits of two signatures that differ."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import lru_cache

from bot.answers.lexicon import SIGNATURE_BITS, Lexicon

LEAST = 0.35  # cosine from which a word counts as alike
_MOST_WORDS = 5_000  # of a story; a larger one's rare words are left out, so that looking through them stays quick
_FURTHEST = int(SIGNATURE_BITS * math.acos(LEAST) / math.pi)
_COSINES = tuple(math.cos(math.pi * bits / SIGNATURE_BITS) for bits in range(_FURTHEST + 1))


class AlikeWords:
    """The words of a story that have vectors, for finding those that are used like another word."""

    def __init__(self, words: Iterable[str], lexicon: Lexicon) -> None:
        """Take the words, the commonest of the story first."""
        self._lexicon = lexicon
        signed = ((lexicon.signature(word), lexicon.stem(word)) for word in words)
        self._signatures = [(bits, stem) for bits, stem in signed if bits is not None][:_MOST_WORDS]
        self.like = lru_cache(maxsize=2_048)(self._like)

    def _like(self, word: str) -> Mapping[str, float]:
        """Return the stems of the words that are used like a word, with the cosines."""
        own = self._lexicon.signature(word)
        if own is None:
            return {}
        far = ((stem, (own ^ bits).bit_count()) for bits, stem in self._signatures)
        found: dict[str, float] = {}
        for stem, bits in far:
            if bits <= _FURTHEST and _COSINES[bits] > found.get(stem, 0.0):
                found[stem] = _COSINES[bits]
        return found
