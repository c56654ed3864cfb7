"""Vectors of some of a story's facts, held against a question's: how alike each fact is, by its place among all facts."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers.packed import ZERO, PackedVectors, Vector, scaled


class PlacedVectors:
    """The vectors that there are, with their places, and a part of what they have in common left out.

    All facts of a story of a ferry are about ships; what tells them apart is what else they are about.
    """

    def __init__(self, vectors: Sequence[Vector | None], *, without: float = 0.0) -> None:
        """Take one vector a place, None where it has none; ``without`` is the share of their mean to leave out."""
        self._size = len(vectors)
        pairs = [(place, vector) for place, vector in enumerate(vectors) if vector is not None]
        self._places = [place for place, _ in pairs]
        columns = zip(*(vector for _, vector in pairs), strict=True) if without else ()
        self._common = tuple(ZERO + without * (sum(column) / len(column) - ZERO) for column in columns)
        self._packed = PackedVectors([self._apart(vector) for _, vector in pairs])

    def likenesses(self, vector: Vector | None) -> list[float]:
        """Return for each place its vector's cosine with another one, 0 where either is missing."""
        found = [0.0] * self._size
        if vector is not None:
            for number, cosine in self._packed.cosines(self._apart(vector), -1.0):
                found[self._places[number]] = cosine
        return found

    def _apart(self, vector: Vector) -> Vector:
        if not self._common:
            return vector
        return scaled([a - b for a, b in zip(vector, self._common, strict=True)]) or vector
