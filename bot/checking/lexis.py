"""What is known of English words and of the names of a base, as quotations are compared by them."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from bot.english.lexicon import Lexicon
from bot.english.numbers import same_number_abbreviated, same_unit_abbreviated
from bot.english.spelling import Vocabulary, same_spelt_otherwise

_AKIN = 0.25  # strength of a relation from which one word may be put for another


class Lexis:
    """The words of English and the names of one base."""

    def __init__(self, lexicon: Lexicon, vocabulary: Vocabulary, names: Collection[str] = ()) -> None:
        self._lexicon, self._vocabulary, self._names = lexicon, vocabulary, names
        self.is_same = lru_cache(maxsize=16_384)(self._is_same)

    def is_name(self, word: str) -> bool:
        """Return whether a word is of the name of an actor."""
        return word.removesuffix("'s") in self._names

    def knows(self, word: str) -> bool:
        """Return whether something is a word of English or a name."""
        return word in self._names or self._vocabulary.knows(word)

    def opposed(self, one: str, other: str) -> bool:
        """Return whether two words mean the contrary."""
        return self._lexicon.opposed(one, other)

    def akin(self, one: str, other: str) -> bool:
        """Return whether one of two words may be put for the other: hurry and haste."""
        stems = {self._lexicon.stem(one), self._lexicon.stem(other)}
        related = (each for word in (one, other) for each in self._lexicon.related(word) if each.strength >= _AKIN)
        return len(stems) == 1 or any(each.stem in stems for each in related)

    def lemma(self, word: str) -> str:
        """Return the dictionary form of an irregular form; other words come back as they are."""
        return self._lexicon.lemma(word)

    def _is_same(self, typed: str, recorded: str) -> bool:
        """Return whether a word that was typed is a recorded one in another spelling, or the same unit or number abbreviated."""
        same = same_unit_abbreviated(typed, recorded) or same_number_abbreviated(typed, recorded)
        return same or same_spelt_otherwise(typed, recorded, self.knows)
