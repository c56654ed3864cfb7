"""Questions that name somebody whom the story does not have, made from questions of the story and names of other stories.

In a channel people mistake one affair for another, and a fact in the question's own words about somebody else is no answer. In:
the rows of a question file, the story's actors, and names of other stories. Out: further rows, which no fact answers.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.english.search_words import STOP_WORDS
from bot.facts.models import Actor

SHARE = 0.8  # of the questions that name a person or an organization are asked once more, about a stranger
KINDS = frozenset({"person", "organization"})
SHORTEST = 4  # letters of a name that is replaced
_WORD = re.compile(r"\w+")

Names = dict[tuple[str, bool], list[str]]  # by kind and whether there are several words


def names_in(stories: Iterable[Iterable[Actor]]) -> Names:
    """Return the names of the actors of some stories."""
    names: Names = {}
    for actors in stories:
        for actor in actors:
            for name in _proper(actor):
                names.setdefault((actor.kind, " " in name), []).append(name)
    return names


def strangers(
    rows: Sequence[dict[str, Any]], actors: Sequence[Actor], names: Names, text: str, draw: random.Random
) -> Iterator[dict[str, Any]]:
    """Yield some questions once more, about somebody whose name the story's ``text`` does not have anywhere."""
    words = sorted(set(_WORD.findall(text)))
    own = frozenset(word for actor in actors for name in _proper(actor) for word in _WORD.findall(name.casefold()))
    for row in rows:
        if not row["expect"] or row.get("after") or draw.random() >= SHARE:
            continue
        named = next(filter(None, (_named(row["ask"], actor) for actor in actors)), None)
        if named is None:
            continue
        match, kind = named
        before, behind = row["ask"][: match.start()], row["ask"][match.end() :]
        others = names.get((kind, " " in match[0]))
        if not others or not own.isdisjoint(_WORD.findall(f"{before} {behind}".casefold())):
            continue  # a second side is named, which a fact may well answer for
        other = draw.choice(others)
        if not any(_is_near(word, words) for word in _WORD.findall(other.casefold())):
            ask = before + (other.lower() if match[0].islower() else other) + behind
            yield row | {"ask": ask, "expect": [], "short": None, "span": None, "type": "none", "hard": "falsepremise"}


def _is_near(word: str, words: Sequence[str]) -> bool:
    """Return whether a word is one of a story's words, or is one misspelt."""
    allowed = 1 if len(word) <= 5 else 2 if len(word) <= 8 else 3
    return word in STOP_WORDS or process.extractOne(word, words, scorer=OSA.distance, score_cutoff=allowed) is not None


def _proper(actor: Actor) -> list[str]:
    """Return the names of a person or an organization that are no descriptions, and a person's surname."""
    if actor.kind not in KINDS:
        return []
    surname = [actor.name.split()[-1]] if actor.kind == "person" and " " in actor.name else []
    names = [actor.name, *(alias for alias in actor.aliases if alias[:1].isupper()), *surname]
    return list(dict.fromkeys(name for name in names if len(name) >= SHORTEST and name.casefold() not in STOP_WORDS))


def _named(ask: str, actor: Actor) -> tuple[re.Match[str], str] | None:
    """Return where a question names an actor, and the actor's kind."""
    for name in sorted(_proper(actor), key=len, reverse=True):
        match = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", ask, re.IGNORECASE)
        if match:
            return match, actor.kind
    return None
