"""Which facts of a big base the reader has still to look at: those without vectors, and those that a change may have touched.

Going through all facts of a big base takes minutes, so after a change only what it touched is looked at: the facts that it
wrote, those of events and those with actors that it wrote. The newest changes are looked at again when a base is opened, since a
crash may have come between a change and its vectors. What another program wrote past the history is encoded when a question
needs it.
"""

from __future__ import annotations

from bot.facts.base import FactBase

_NEWEST = 200  # revisions that are looked at again when a base is opened
_LAST = (1 << 63) - 1  # the highest number that a fact can have, that of SQLite's rows


class UnreadFacts:
    """The facts of one base that are still to be looked at, those of the newest changes first. For one thread."""

    def __init__(self, base: FactBase, model: str) -> None:
        """``model`` is the version of the reader whose vectors are wanted."""
        self._vectors = base.vectors
        self._model = model
        self._seen = max(self._vectors.newest_revision() - _NEWEST, 0)
        self._touched: list[int] = []
        self._below = _LAST  # the number below which facts without vectors are still to be found

    def take(self, most: int) -> tuple[int, ...]:
        """Return at most ``most`` facts, by number, that were not returned since they changed; none where there are no more."""
        newest = self._vectors.newest_revision()
        if newest > self._seen:
            self._touched = [*self._vectors.touched_since(self._seen), *self._touched]
            self._seen = newest
        if self._touched:
            taken = dict.fromkeys(self._touched[:most])
            del self._touched[:most]
            return tuple(taken)
        found = self._vectors.missing(self._model, self._below, most)
        self._below = min(found, default=0)
        return found
