"""Many vectors held against one at once, without a numerical library: each dimension of all of them is one large integer.

A large integer times a small one is done by the processor's own multiplication, many vectors a step, which is ten times as fast
as a loop over them. Each vector has a slot of 16 bits; as they are scaled to one length, no product can leave its slot
(Cauchy-Schwarz), the rounding of some hundred dimensions included.
"""

from __future__ import annotations

import math
import sys
from array import array
from collections.abc import Sequence
from operator import mul

_LENGTH = 170.0  # to which vectors are scaled; its square has to fit a slot with its sign
_SQUARE = _LENGTH * _LENGTH
_HALF = 1 << 15  # added to each slot so that it is not negative when it is read


class PackedVectors:
    """Vectors of the same number of dimensions, to be compared with one vector."""

    def __init__(self, vectors: Sequence[Sequence[float]]) -> None:
        self._count = len(vectors)
        self._ones = self._pack([1] * self._count)
        scaled = [_scaled(vector) for vector in vectors]
        columns = zip(*scaled, strict=True)
        self._columns = [self._pack([each + _HALF for each in column]) - _HALF * self._ones for column in columns]

    def cosines(self, vector: Sequence[float], least: float) -> list[tuple[int, float]]:
        """Return the place and the cosine of each vector that is alike, a cosine of at least ``least``, in order."""
        if not self._count:
            return []
        total = sum(map(mul, _scaled(vector), self._columns), _HALF * self._ones)
        slots = array("H")
        slots.frombytes(total.to_bytes(slots.itemsize * self._count, sys.byteorder))
        if sys.byteorder == "big":
            slots.reverse()
        cut = _HALF + least * _SQUARE
        return [(place, (slot - _HALF) / _SQUARE) for place, slot in enumerate(slots) if slot >= cut]

    def _pack(self, values: Sequence[int]) -> int:
        slots = array("H", values)
        if sys.byteorder == "big":
            slots.reverse()
        return int.from_bytes(slots.tobytes(), sys.byteorder)


def _scaled(vector: Sequence[float]) -> list[int]:
    length = math.sqrt(sum(map(mul, vector, vector)))
    factor = _LENGTH / length if length else 0.0
    return [round(each * factor) for each in vector]
