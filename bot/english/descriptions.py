"""Descriptions of people and bodies: which noun of one says what it is, and where it begins and ends."""

from __future__ import annotations

from collections.abc import Sequence

from bot.english import roles
from bot.english.name_words import ANYBODY, BODY_NOUNS, DOCUMENTS, PEOPLE
from bot.english.sentences import SentenceItem
from bot.english.word_classes import AUXILIARIES, DETERMINERS, PREPOSITIONS, RELATIVES, SAYING, SUBORDINATORS, word_set

PHRASE_BOUNDS = AUXILIARIES | SAYING | RELATIVES | SUBORDINATORS | word_set("but or so yet")
"""Words that belong to no noun phrase, so that one begins behind them or ends before them."""

_SPEAKING_NOUNS = PEOPLE | ANYBODY | BODY_NOUNS | DOCUMENTS


def description_bounds(items: Sequence[SentenceItem], first: int, last: int) -> tuple[int, int]:
    """Return where a description begins and ends: without what introduces it, and without a clause that goes on behind it.

    Three weeks later | the old president; the singer of the band | looked up.
    """
    head = noun_head(items[first:last])
    at = next((at for at in range(last - 1, first - 1, -1) if items[at].text.lower() == head), None) if head else None
    if at is None:
        return first, last
    begins = next((there for there in range(at, first - 1, -1) if items[there].lower in DETERMINERS), first)
    behind = [item.lower for item in items[at + 1 : last][:2]]
    verb = behind and (behind[0] in AUXILIARIES | SAYING or behind[0].endswith("ed") or PREPOSITIONS.isdisjoint(behind))
    return max(first, begins), at + 1 if verb and items[at + 1].kind != "name" else last


def description_end(items: Sequence[SentenceItem], index: int) -> int:
    """Return where a description ends that goes on with a preposition at ``index``: a spokesman | for the city."""
    end = index
    while (
        end < len(items) and not items[end].stops and items[end].lower not in PHRASE_BOUNDS and items[index].lower in PREPOSITIONS
    ):
        end += 1
    return end


def noun_head(items: Sequence[SentenceItem]) -> str | None:
    """Return the noun of a description, before its first preposition; None where it is nothing that can speak."""
    words: list[str] = []
    for item in items:
        if item.lower in PREPOSITIONS and words:
            break
        person = item.entity is not None and item.entity.kind == "person"
        words.append(item.text.lower() if item.kind in ("word", "name") and not person else "")
    for word in reversed(words[-2:]):
        if word in _SPEAKING_NOUNS or roles.is_role(word):
            return word
    return None
