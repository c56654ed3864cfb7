"""Many vectors held against one at once, without a numerical library: each dimension of all of them is one large integer.

A large integer times a small one is done by the processor's own multiplication, many vectors a step, which is ten times as fast
as a loop over them. Vectors are of one length, and each has a slot of 16 bits, which no product can leave (Cauchy-Schwarz), the
rounding of some hundred dimensions included. A dimension is a byte; where one alone makes three quarters of the length, which
among some hundred none does, the vector is made shorter. Numbers are packed by slices of bytes, never one by one.
"""

from __future__ import annotations

import math
import sys
from array import array
from collections.abc import Iterable, Sequence
from functools import lru_cache
from operator import mul

Vector = bytes
"""A vector of length `LENGTH`: a byte for each dimension, `ZERO` more than its number."""

LENGTH = 170
ZERO = 128
_MOST = 127  # of one dimension
_SQUARE = LENGTH * LENGTH
_HALF = 1 << 15  # added to each slot so that it is not negative when it is read
_WIDE = 4  # bytes of a slot in which vectors are added up
_FULL = (1 << 24) - 1  # that weights add up to, so that a byte times all of them fits such a slot


class PackedVectors:
    """Vectors of the same number of dimensions, to be compared with one vector."""

    def __init__(self, vectors: Sequence[Vector]) -> None:
        self._count = len(vectors)
        self._ones = _spread(b"\1" * self._count, 2)
        size = len(vectors[0]) if vectors else 0
        together = b"".join(vectors)
        self._columns = [_spread(together[dimension::size], 2) for dimension in range(size)]

    def cosines(self, vector: Vector, least: float) -> list[tuple[int, float]]:
        """Return the place and the cosine of each vector that is alike, a cosine of at least ``least``, in order."""
        if not self._count:
            return []
        values = [each - ZERO for each in vector]
        total = sum(map(mul, values, self._columns), (_HALF - ZERO * sum(values)) * self._ones)
        cut = _HALF + least * _SQUARE
        return [(place, (slot - _HALF) / _SQUARE) for place, slot in enumerate(_slots(total, "H", self._count)) if slot >= cut]


def cosine(one: Vector, other: Vector) -> float:
    """Return the cosine of two vectors."""
    return sum((a - ZERO) * (b - ZERO) for a, b in zip(one, other, strict=True)) / _SQUARE


def add_all(pairs: Iterable[tuple[bytes, float]]) -> Vector | None:
    """Return the direction of a weighted sum of vectors, each given by a signed byte a dimension; None where it has none."""
    weighted = [(each, weight) for each, weight in pairs if weight > 0]
    if not weighted:
        return None
    size = len(weighted[0][0])
    factor = _FULL / sum(weight for _, weight in weighted)
    shares = [int(weight * factor) for _, weight in weighted]
    total = sum(map(mul, shares, (_spread(each.translate(_UNSIGNED), _WIDE) for each, _ in weighted)))
    middle = ZERO * sum(shares)
    return scaled([slot - middle for slot in _slots(total, "I", size)])


def scaled(values: Sequence[float]) -> Vector | None:
    """Return the vector of standard length in the direction of some numbers, None where all are 0."""
    length = math.hypot(*values)
    if not length:
        return None
    factor = min(LENGTH / length, _MOST / max(map(abs, values)))
    middle = ZERO + 0.5  # to cut off after it is to round
    return bytes([int(each * factor + middle) for each in values])


@lru_cache(maxsize=4_096)
def scaled_bytes(signed: bytes) -> Vector | None:
    """Do the same for numbers that are signed bytes; much faster."""
    values = array("b", signed)
    length = max(math.hypot(*values), max(map(abs, values)) * LENGTH / _MOST)
    return signed.translate(_to_length(round(length))) if length else None


@lru_cache(maxsize=1024)
def _to_length(length: int) -> bytes:
    """Return what each signed byte of a vector of some length becomes in one of standard length."""
    signed = (each - 256 if each >= ZERO else each for each in range(256))
    return bytes(min(ZERO + _MOST, max(ZERO - _MOST, round(each * LENGTH / length) + ZERO)) for each in signed)


_UNSIGNED = bytes((each + ZERO) % 256 for each in range(256))


def _spread(values: bytes, width: int) -> int:
    """Return an integer with a slot of so many bytes for each byte."""
    spread = bytearray(width * len(values))
    spread[::width] = values
    return int.from_bytes(spread, "little")


def _slots(total: int, code: str, count: int) -> array[int]:
    """Return the numbers in the slots of an integer."""
    slots = array(code)
    slots.frombytes(total.to_bytes(slots.itemsize * count, "little"))
    if sys.byteorder == "big":
        slots.byteswap()
    return slots
