"""Ids of a drafted story: slugs made of words, each given once."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

_LONGEST = 48


class IdGiver:
    """Gives ids, numbered where one is given already."""

    def __init__(self) -> None:
        self._given: set[str] = set()
        self._times: Counter[str] = Counter()  # how often each was asked for, so that no number is tried twice

    def give(self, *parts: str, longest: int = _LONGEST) -> str:
        """Return an id made of some words."""
        name = slug(" ".join(parts), longest)
        found = name
        while found in self._given:
            self._times[name] += 1
            found = f"{name}-{self._times[name] + 1}"
        self._given.add(found)
        return found


def slug(text: str, longest: int = _LONGEST) -> str:
    """Return a text as an id: a-z, 0-9 and -, cut at a word."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("'s ", " ").replace("’s ", " "))
    made = re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode()).strip("-")
    if len(made) > longest:
        made = made[:longest].rpartition("-")[0] or made[:longest]
    return made.strip("-") or "entry"
