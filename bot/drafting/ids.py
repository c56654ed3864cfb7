"""Ids of a drafted story: slugs made of words, each given once."""

from __future__ import annotations

from collections import Counter

from bot.stories.fields import LONGEST_SLUG, slug_of


class IdGiver:
    """Gives ids, numbered where one is given already."""

    def __init__(self) -> None:
        self._given: set[str] = set()
        self._times: Counter[str] = Counter()  # how often each was asked for, so that no number is tried twice

    def give(self, *parts: str, longest: int = LONGEST_SLUG) -> str:
        """Return an id made of some words."""
        name = slug_of(" ".join(parts), longest) or "entry"
        found = name
        while found in self._given:
            self._times[name] += 1
            found = f"{name}-{self._times[name] + 1}"
        self._given.add(found)
        return found
