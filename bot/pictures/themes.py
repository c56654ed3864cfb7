"""The colours of a picture, for a dark and for a light screen. A picture has its own ground, so that each is readable on both."""

from __future__ import annotations

from dataclasses import dataclass

Colour = tuple[int, int, int]


def _colour(code: str) -> Colour:
    return int(code[:2], 16), int(code[2:4], 16), int(code[4:], 16)


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours by what they are for. ``kinds`` are those of events, quotes and claims, ``series`` those of neighbouring lines."""

    ground: Colour
    edge: Colour
    ink: Colour
    soft: Colour
    line: Colour
    kinds: dict[str, Colour]
    series: tuple[Colour, ...]


# Every colour of words and marks has a contrast of at least 4.5 to its ground (WCAG 2.2, 1.4.3); neighbours in a series differ in
# lightness too, for those who tell no hues apart.
DARK = Theme(
    ground=_colour("1b1f27"),
    edge=_colour("3b4252"),
    ink=_colour("f3f5f9"),
    soft=_colour("aab3c2"),
    line=_colour("4a5366"),
    kinds={"event": _colour("74a9ff"), "quote": _colour("58d3a2"), "claim": _colour("f2b54a")},
    series=tuple(map(_colour, ("74a9ff", "f2b54a", "58d3a2", "f08fb4", "b9a2ff", "e8e06a", "6fd6e8", "f08a6a"))),
)
LIGHT = Theme(
    ground=_colour("ffffff"),
    edge=_colour("cfd5df"),
    ink=_colour("14181f"),
    soft=_colour("525c6b"),
    line=_colour("b5bdca"),
    kinds={"event": _colour("1d4fd7"), "quote": _colour("0a7548"), "claim": _colour("9a5200")},
    series=tuple(map(_colour, ("1d4fd7", "9a5200", "0a7548", "b3245f", "6a3fc4", "6b6400", "066a82", "b0350f"))),
)
THEMES = {"dark": DARK, "light": LIGHT}
