"""Words that are the same but for their spelling: slips of the fingers, and British beside American forms."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from rapidfuzz.distance import OSA

from bot.english.lexicon import Lexicon
from bot.english.search_words import stem

_BRITISH = (
    (re.compile(r"(?<=[a-z]{2}[b-df-hj-np-tv-z])our"), "or"),
    (re.compile(r"is(?=e$|ed$|es$|ing$|ers?$|ations?$)"), "iz"),
    (re.compile(r"(?<=[bcdfgkptv])re(?=s?$)"), "er"),
    (re.compile(r"ell(?=ed$|ing$|ers?$)"), "el"),
    (re.compile(r"enc(?=es?$)"), "ens"),
    (re.compile(r"ogue(?=s?$)"), "og"),
    (re.compile(r"ae(?=[a-z])"), "e"),
)
_COMMON = 4.0  # Zipf frequency from which anything is a word; below it, a dictionary or a form of what is in one decides
_MOST_LONGER = 3  # letters by which a word may be longer than what was meant
_OFTEN_MIXED_UP = frozenset(["it's"])
_DOUBLED = re.compile(r"(.)\1")
_PREFIX = re.compile(r"(?:un|in|im|il|ir|dis|non|mis)")


class Vocabulary:
    """What is a word of English: frequency alone does not tell, for people misspell the same words again and again."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self.knows = lru_cache(maxsize=16_384)(self._knows)

    def _knows(self, word: str) -> bool:
        """Return whether it is a word or a form of one; a doubled letter that its root lost (occured) makes it none."""
        lexicon = self._lexicon
        if lexicon.zipf(word) >= _COMMON or lexicon.lemma(word) != word:
            return True
        return bool(lexicon.related(word)) and not self._lost_a_letter(word)

    def _lost_a_letter(self, word: str) -> bool:
        match = re.fullmatch(r"(\w+[aeiou][bdgmnprt])(ed|ing)", word)
        if match is None:
            return False
        doubled = f"{match[1]}{match[1][-1]}{match[2]}"
        return self._lexicon.zipf(doubled) >= self._lexicon.zipf(word) + 1.0


def same_spelt_otherwise(typed: str, recorded: str, knows: Callable[[str], bool]) -> bool:
    """Return whether a word was meant that was only spelt otherwise.

    ``knows`` tells whether something is a word or a name: what is one was not meant for another, however near in letters.
    """
    if abs(len(typed) - len(recorded)) > _MOST_LONGER or _scripts(typed) != _scripts(recorded):
        return False
    if typed.replace("'", "") == recorded.replace("'", ""):
        # One apostrophe left out is a slip; one in another place is another word: workers', worker's.
        return "'" not in typed or typed in _OFTEN_MIXED_UP
    if len(typed) > 4 and _american(typed) == _american(recorded):
        return True
    if not near_in_letters(typed, recorded) or _is_turned(typed, recorded):
        return False
    return not knows(typed) and (stem(typed) != stem(recorded) or _single(typed) == _single(recorded))


def near_in_letters(one: str, other: str) -> bool:
    """Return whether two words differ as a slip of the fingers would have it: one or two letters, never in a figure."""
    if any(sign.isdigit() for sign in one + other):
        return False
    longest = max(len(one), len(other))
    if longest < 4:
        return False
    return OSA.distance(one, other, score_cutoff=2) <= (1 if longest < 8 else 2)


def _scripts(word: str) -> frozenset[str]:
    """Return the scripts of a word's letters; a Cyrillic o among Latin letters is no slip of the fingers."""
    if word.isascii():
        return frozenset()
    return frozenset(unicodedata.name(sign, "").split(" ")[0] for sign in word if sign.isalpha() and not sign.isascii()) - {
        "LATIN"
    }


def _single(word: str) -> str:
    """Return a word with each doubled letter once."""
    return _DOUBLED.sub(r"\1", word)


def _is_turned(one: str, other: str) -> bool:
    """Return whether one is the other with a prefix that turns its meaning round, or with another such prefix."""
    return _PREFIX.sub("", one, count=1) == _PREFIX.sub("", other, count=1)


def _american(word: str) -> str:
    for pattern, instead in _BRITISH:
        word = pattern.sub(instead, word)
    return word
