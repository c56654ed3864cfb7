"""In which direction a text is read, and where its parts stand on a line if it takes several fonts.

Raqm puts what it draws in order, but it draws one font at a time. The order of the parts follows Unicode's bidirectional
algorithm (UAX 9) as far as it concerns plain text, without marks of embedding.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import groupby
from typing import Literal

Direction = Literal["ltr", "rtl"]
_STRONG: dict[str, Direction] = {"L": "ltr", "R": "rtl", "AL": "rtl"}
_NUMBERS = ("EN", "AN")


def direction(text: str) -> Direction:
    """Return in which direction a text is read: as its first letter is (rules P2 and P3).

    A line of a text is drawn in the direction of the whole of it, whatever its own first letter is.
    """
    strong = (kind for kind in map(unicodedata.bidirectional, text) if kind in _STRONG)
    return _STRONG[next(strong, "L")]


def in_order(text: str, families: Sequence[int], way: Direction) -> list[tuple[int, str, Direction]]:
    """Return the parts of a text as they stand from left to right, each with its font's family and its own direction.

    ``families`` has that of each character; ``way`` is the direction of the whole.
    """
    ways = _ways(text, way)
    stretches = []
    for stretch_way, stretch in groupby(range(len(text)), ways.__getitem__):
        parts = [list(part) for _, part in groupby(stretch, families.__getitem__)]
        ordered = parts if stretch_way == "ltr" else reversed(parts)
        stretches.append([(families[part[0]], text[part[0] : part[-1] + 1], stretch_way) for part in ordered])
    return [part for stretch in (stretches if way == "ltr" else reversed(stretches)) for part in stretch]


def _ways(text: str, way: Direction) -> list[Direction]:
    """Return the direction of each character: a number has that of the letters before it, a sign that of both sides (W7, N1)."""
    before, strong = way, list[Direction | None]()
    for char in text:
        kind = unicodedata.bidirectional(char)
        if kind in _STRONG:
            before = _STRONG[kind]
        strong.append(before if kind in (*_STRONG, *_NUMBERS, "NSM") else None)
    ways: list[Direction] = []
    for side, stretch in groupby(range(len(text)), strong.__getitem__):
        indexes = list(stretch)
        left = ways[-1] if ways else way
        right = strong[indexes[-1] + 1] if indexes[-1] + 1 < len(text) else way
        ways += [side or (left if left == right else way)] * len(indexes)
    return ways
