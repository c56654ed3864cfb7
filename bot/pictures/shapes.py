"""What a sheet is made of, in pixels from its upper left corner, whatever the format of the file that it becomes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.pictures.directions import Direction

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

Point = tuple[float, float]
Colour = tuple[int, int, int]

ARCS, ARC = 6, 34
"""The pieces of a broken ring, and how long each is, in degrees."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line through points."""

    points: tuple[Point, ...]
    width: float
    colour: Colour


@dataclass(frozen=True, slots=True)
class Disc:
    """A filled circle; ``note`` is told of it where a format can."""

    x: float
    y: float
    radius: float
    colour: Colour
    note: str = ""


@dataclass(frozen=True, slots=True)
class Ring:
    """A circle of pieces, with the ``ground`` in it."""

    x: float
    y: float
    radius: float
    width: float
    colour: Colour
    ground: Colour


@dataclass(frozen=True, slots=True)
class Bar:
    """A box with round corners: filled, or with an outline ``hollow`` pixels wide around the ``ground``."""

    left: float
    top: float
    right: float
    bottom: float
    colour: Colour
    radius: float
    hollow: float
    ground: Colour
    note: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """A part of a line in one font, from its left end on the baseline; ``way`` is None where letters cannot be put in order."""

    x: float
    y: float
    text: str
    font: FreeTypeFont
    colour: Colour
    way: Direction | None

    @property
    def width(self) -> float:
        """How wide it is, in pixels."""
        return float(self.font.getlength(self.text, direction=self.way))


Shape = Line | Disc | Ring | Bar
