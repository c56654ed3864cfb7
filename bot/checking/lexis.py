"""What is known of English words and of the names of a base, as quotations are compared by them."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from bot.english.lexicon import Lexicon
from bot.english.numbers import same_number_abbreviated, same_unit_abbreviated
from bot.english.search_words import STOP_WORDS, stem
from bot.english.spelling import Vocabulary, same_spelt_otherwise

_OPPOSED = tuple(
    tuple(frozenset(map(stem, side.split())) for side in pair.split(" / "))
    for pair in (
        "pass / fail flunk",
        "approve endorse back support favour favor / reject oppose veto refuse condemn",
        "praise applaud commend / criticise criticize condemn blame",
        "convict / acquit clear exonerate",
        "hire appoint employ / fire sack dismiss",
        "permit allow authorise authorize / forbid ban prohibit",
        "confess admit concede / deny",
    )
)
"""What the lexicon does not know as contraries, though who reports a vote, a test or a trial says one or the other."""
_AKIN = 0.25  # strength of a relation from which one word may be put for another


class Lexis:
    """The words of English and the names of one base."""

    def __init__(self, lexicon: Lexicon, vocabulary: Vocabulary, names: Collection[str] = ()) -> None:
        self._lexicon, self._vocabulary, self._names = lexicon, vocabulary, names
        self.lemma = lexicon.lemma
        self.is_same = lru_cache(maxsize=16_384)(self._is_same)

    def is_name(self, word: str) -> bool:
        """Return whether a word is of the name of an actor."""
        return word.removesuffix("'s") in self._names

    def knows(self, word: str) -> bool:
        """Return whether something is a word of English or a name."""
        return word in self._names or self._vocabulary.knows(word)

    def opposed(self, one: str, other: str) -> bool:
        """Return whether two words mean the contrary."""
        stems = self._lexicon.stem(one), self._lexicon.stem(other)
        listed = any((first in ones and second in others) for ones, others in _OPPOSED for first, second in (stems, stems[::-1]))
        return listed or self._lexicon.opposed(one, other)

    def akin(self, one: str, other: str) -> bool:
        """Return whether one of two words may be put for the other: hurry and haste."""
        stems = {self._lexicon.stem(one), self._lexicon.stem(other)}
        related = (each for word in (one, other) for each in self._lexicon.related(word) if each.strength >= _AKIN)
        return len(stems) == 1 or any(each.stem in stems for each in related)

    def is_inflected(self, typed: str, recorded: str) -> bool:
        """Return whether two words are forms of the same one: burst, bursts; pay, paid."""
        irregular = typed not in STOP_WORDS and recorded not in STOP_WORDS
        return stem(typed) == stem(recorded) or (irregular and self._lexicon.stem(typed) == self._lexicon.stem(recorded))

    def _is_same(self, typed: str, recorded: str) -> bool:
        """Return whether a word that was typed is a recorded one in another spelling, or the same unit or number abbreviated."""
        same = same_unit_abbreviated(typed, recorded) or same_number_abbreviated(typed, recorded)
        return same or same_spelt_otherwise(typed, recorded, self.knows)
