"""Phrases that mean more than their words: "stepped down", "turned the offer down", "press conference"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.answers.question.lexicon import Lexicon

_PARTICLES = frozenset("up down out off away back over in".split())
_REACH = 3  # words that may stand between a verb and its particle
_OBJECT = frozenset("a an the this that these those my your his her its our their him it them me us".split())


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of a text: its stems joined as the lexicon has them, and the places of its words."""

    key: str
    places: tuple[int, ...]


def find_phrases(stems: Sequence[str], lexicon: Lexicon) -> Iterator[Phrase]:
    """Yield the phrases of a text given by its stems: for each word the longest that it begins."""
    for place, first in enumerate(stems[:-1]):
        choice = lexicon.phrases(first)
        ahead = stems[place + 1 : place + 2 + _REACH] if choice else ()
        for rest in choice:
            places = _places(stems, place, rest) if rest[0] in ahead else ()
            if places:
                yield Phrase("_".join((first, *rest)), places)
                break


def _places(stems: Sequence[str], first: int, rest: tuple[str, ...]) -> tuple[int, ...]:
    """Return the places of a phrase's words from its first, none where the text does not have it there."""
    places = _in_a_row(stems, first, rest)
    if places:
        return places
    if len(rest) == 1 and rest[0] in _PARTICLES and first + 1 < len(stems) and stems[first + 1] in _OBJECT:
        for place in range(first + 2, min(first + 2 + _REACH, len(stems))):
            if stems[place] == rest[0] and not (place + 1 < len(stems) and stems[place + 1] in _OBJECT):
                return first, place
    return ()


def _in_a_row(stems: Sequence[str], first: int, rest: tuple[str, ...]) -> tuple[int, ...]:
    """Return the places where the words follow each other; "his" or "the" may stand between them ("hand in his notice")."""
    places = [first]
    for stem in rest:
        place = places[-1] + 1
        if len(rest) > 1 and place < len(stems) and stems[place] in _OBJECT and stems[place] != stem:
            place += 1
        if place >= len(stems) or stems[place] != stem:
            return ()
        places.append(place)
    return tuple(places)
