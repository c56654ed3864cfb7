"""Near duplicates: facts that say what a new one says, in other words or with typos."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import fuzz

from bot.english.search_words import content_words, normalise, stem
from bot.facts.models import Fact, FactRecord

ALIKE = 0.72
"""Likeness from which a fact is shown as a near duplicate; 1 is the same words."""
MOST = 3
# Factors that lower the likeness of two texts. A claim beside the event that it describes is alike but seldom the same.
_OTHER_KIND = 0.9
_OTHER_DATE = 0.85
_LEAST_PIECE = 3  # content words from which one quote may be a piece of another


def duplicates(fact: Fact, others: Iterable[FactRecord]) -> tuple[FactRecord, ...]:
    """Return the facts that are most like a new one, most alike first."""
    words = content_stems(fact.text)
    scored = [(likeness(fact, words, other.fact), other) for other in others if other.fact.id != fact.id]
    near = sorted((each for each in scored if each[0] >= ALIKE), key=lambda each: (-each[0], each[1].number))
    return tuple(record for _, record in near[:MOST])


def likeness(fact: Fact, words: str, other: Fact) -> float:
    """Return how alike two facts are, from 0 to 1.

    Their stems are compared in any order (rapidfuzz's token set and token sort ratios, which forgive a typo), so that a fact that
    contains all of the other and little more is nearly the same; another kind, speaker or date lowers the likeness. A quote that
    is a piece of the other is nearly the same.
    """
    other_words = content_stems(other.text)
    if not words or not other_words:
        return float(normalise(fact.text).casefold() == normalise(other.text).casefold())
    set_ratio, sort_ratio = fuzz.token_set_ratio(words, other_words) / 100, fuzz.token_sort_ratio(words, other_words) / 100
    share = min(len(words), len(other_words)) / max(len(words), len(other_words))
    alike = max(sort_ratio, set_ratio * (0.6 + 0.4 * share))
    if fact.kind == other.kind == "quote" and min(len(words.split()), len(other_words.split())) >= _LEAST_PIECE:
        alike = max(alike, fuzz.partial_ratio(words, other_words) / 100)
    if fact.kind != other.kind:
        alike *= _OTHER_KIND
    if fact.by and other.by and not set(fact.by) & set(other.by):
        alike *= _OTHER_KIND
    if fact.date and other.date and not fact.date.meets(other.date.earliest, other.date.latest):
        alike *= _OTHER_DATE
    return alike


def content_stems(text: str) -> str:
    """Return the stems of a text's content words, in order."""
    return " ".join(map(stem, content_words(text)))
