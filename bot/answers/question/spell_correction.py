"""Correcting the spelling of a question: only words that are neither English nor the story's, to the story's words first.

In: the words of a question and those of its story. Out: the words that were meant.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.answers.question.expected_answer import AUXILIARIES
from bot.english.lexicon import Lexicon, base_forms
from bot.english.search_words import STOP_WORDS

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SHORTEST = 4  # letters; a shorter word is one edit away from too many others
# Zipf frequency from which a word of so many letters is taken for English and left alone: short ones are often slips of others.
_ENGLISH = {4: 3.3, 5: 3.1, 6: 2.9, 7: 2.7}
_ENGLISH_LONG = 2.6
_IN_USE = 2.0  # Zipf frequency from which a word of the dictionary is no slip: "nabbed" is not "named", nor "parson" "persons"
_LONG = 7  # letters from which a rare word one edit from a much commoner one is a slip of it: "happend"
_COMMONER = 2.0  # Zipf points: a hundred times
_QUESTION_WORDS = ("when", "what", "how", "who", "where", "why", "which")
_RARE = 3.6  # Zipf frequency below which a first word, or one before "did" or "much", may be a question word with a slip: "wen"
_FOLLOW = frozenset({*AUXILIARIES, "much", "many", "long", "often", "far", "old"})


def correct_all(words: Sequence[str], vocabulary: Sequence[str], known: frozenset[str], lexicon: Lexicon) -> list[str]:
    """Return the words of a question as they were meant; ``vocabulary`` has the story's words in order, ``known`` as a set."""
    found = [correct(word, vocabulary, known, lexicon) for word in words]
    if words.count("were") == 1 and words[0] == "were" and AUXILIARIES.issuperset(words[1:2]):
        found[0] = "where"
    for place, word in enumerate(words):
        following = found[place + 1] if found[place + 1 :] else ""
        if word in known or word in STOP_WORDS:
            continue
        if word.endswith("s") and word[:-1] in known and lexicon.zipf(word) < _RARE:
            found[place] = word[:-1]
        elif lexicon.zipf(word) < _RARE and (not place or following in _FOLLOW):
            # First that of which only a letter was left out: "wher" is no "when".
            near = [each for each in _QUESTION_WORDS if OSA.distance(word, each) == 1]
            found[place] = min(near, key=lambda each: len(each) <= len(word), default=found[place])
    return found


def correct(word: str, vocabulary: Sequence[str], known: frozenset[str], lexicon: Lexicon) -> str:
    """Return the word that was meant, which may be the word itself."""
    if len(word) < _SHORTEST or not word.isalpha() or word in known or word in STOP_WORDS or not word.isascii():
        return word
    zipf = lexicon.zipf(word)
    if len(word) >= _LONG and zipf < _RARE and not any(map(lexicon.knows, base_forms(word))):
        commoner = lexicon.commonest(_edits(word), least=zipf + _COMMONER)
        if commoner is not None:
            return commoner
    if zipf >= _ENGLISH.get(len(word), _ENGLISH_LONG) or (zipf >= _IN_USE and lexicon.has_entry(word)):
        return word
    near = _nearest(word, vocabulary)
    # A word that is in use but in no dictionary is a name: "Varner" is no slip of "Warner".
    if near is not None and (near[0] == word[0] or not lexicon.knows(word) or lexicon.has_entry(word)):
        return near
    if lexicon.knows(word) and zipf > 2.2:
        return word
    return lexicon.commonest(_edits(word), least=3.5) or word


def _nearest(word: str, vocabulary: Sequence[str]) -> str | None:
    """Return the story's word with the least distance; another first letter costs more, letters merely in another order less."""
    allowed = 1 if len(word) <= 5 else 2 if len(word) <= 8 else 3
    found = process.extract(word, vocabulary, scorer=OSA.distance, score_cutoff=allowed, limit=8)
    costs = (
        (distance + (0.0 if candidate[0] == word[0] else 0.7) - (0.6 if sorted(candidate) == sorted(word) else 0.0), candidate)
        for candidate, distance, _ in found
        if len(candidate) >= _SHORTEST - 1
    )
    cost, nearest = min(costs, default=(math.inf, ""))
    return nearest if cost <= allowed else None


def _edits(word: str) -> set[str]:
    """Return what is one edit away from a word, as Norvig has it."""
    splits = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    deletes = {left + right[1:] for left, right in splits if right}
    swaps = {left + right[1] + right[0] + right[2:] for left, right in splits if len(right) > 1}
    replaces = {left + letter + right[1:] for left, right in splits if right for letter in _LETTERS}
    inserts = {left + letter + right for left, right in splits for letter in _LETTERS}
    return deletes | swaps | replaces | inserts
