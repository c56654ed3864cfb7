"""Questions that name somebody whom the story does not have, made from questions of the story and names of other stories.

In a channel people mistake one affair for another, and a fact in the question's own words about somebody else is no answer. In:
the rows of a question file, the story's actors, and names of other stories. Out: further rows, which no fact answers.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from bot.facts.models import Actor

SHARE = 0.8  # of the questions that name a person or an organization are asked once more, about a stranger
KINDS = frozenset({"person", "organization"})
SHORTEST = 4  # letters of a name that is replaced

Names = dict[tuple[str, bool], list[str]]  # by kind and whether there are several words


def names_in(stories: Iterable[Iterable[Actor]]) -> Names:
    """Return the names of the actors of some stories."""
    found: Names = {}
    for actors in stories:
        for actor in actors:
            for name in _proper(actor):
                found.setdefault((actor.kind, " " in name), []).append(name)
    return found


def strangers(
    rows: Sequence[dict[str, Any]], actors: Sequence[Actor], names: Names, text: str, draw: random.Random
) -> Iterator[dict[str, Any]]:
    """Yield some questions once more, about somebody whose name the story's ``text`` does not have anywhere."""
    for row in rows:
        if not row["expect"] or row.get("after") or draw.random() >= SHARE:
            continue
        for actor in actors:
            found = _named(row["ask"], actor)
            others = names.get((actor.kind, " " in found[0])) if found else None
            if found is None or not others:
                continue
            other = draw.choice(others)
            if all(word.casefold() not in text for word in other.split()):
                new = other.lower() if found[0].islower() else other
                ask = row["ask"][: found.start()] + new + row["ask"][found.end() :]
                yield row | {"ask": ask, "expect": [], "short": None, "span": None, "type": "none", "hard": "falsepremise"}
            break


def _proper(actor: Actor) -> list[str]:
    """Return the names of a person or an organization that are no descriptions, and a person's surname."""
    if actor.kind not in KINDS:
        return []
    surname = [actor.name.split()[-1]] if actor.kind == "person" and " " in actor.name else []
    names = [actor.name, *(alias for alias in actor.aliases if alias[:1].isupper()), *surname]
    return list(dict.fromkeys(name for name in names if len(name) >= SHORTEST))


def _named(ask: str, actor: Actor) -> re.Match[str] | None:
    names = sorted(_proper(actor), key=len, reverse=True)
    found = (re.search(rf"(?<!\w){re.escape(name)}(?!\w)", ask, re.IGNORECASE) for name in names)
    return next((match for match in found if match), None)
