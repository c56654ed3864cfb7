"""A sheet to draw on, in the colours of a theme: a head, shapes below, letters on top, to be a file in the end.

A picture has its own ground, so that a dark and a light one are both readable on any screen.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from bot.facts.text import shortened
from bot.pictures.directions import Direction, direction
from bot.pictures.letters import Letters, plain
from bot.pictures.shapes import Bar, Colour, Disc, Line, Point, Ring, Shape, Text
from bot.presentation import wording

WIDTH = 780
"""Pixels across: a phone of 390 points shows it at two pixels a point."""

MAX_ALT = 1000
"""Characters of an alternative text; Discord takes 1024."""

ALT_ENDING = 30
"""Characters of an alternative text that are reserved for how much more there is."""

_MARGIN, _TOP = 36, 34.0  # of the head
_TITLE, _STORY, _COUNTS = 36, 27, 25
_TITLE_LINE, _STORY_LINE, _COUNTS_LINE = 44, 35, 44
_ANCHORED = {"l": 0.0, "m": 0.5, "r": 1.0}  # share of a line that stands to the left of its point
_HEAD_LINES = 2  # of a title, and of a name


def _colour(code: str) -> Colour:
    return int(code[:2], 16), int(code[2:4], 16), int(code[4:], 16)


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours by what they are for; ``kinds`` are those of events, quotes and claims."""

    ground: Colour
    edge: Colour
    ink: Colour
    soft: Colour
    line: Colour
    kinds: dict[str, Colour]


# Every colour of words and marks has a contrast of at least 4.5 to its ground (WCAG 2.2, 1.4.3).
DARK = Theme(
    ground=_colour("1b1f27"),
    edge=_colour("3b4252"),
    ink=_colour("f3f5f9"),
    soft=_colour("aab3c2"),
    line=_colour("4a5366"),
    kinds={"event": _colour("74a9ff"), "quote": _colour("58d3a2"), "claim": _colour("f2b54a"), "passage": _colour("f2b54a")},
)
LIGHT = Theme(
    ground=_colour("ffffff"),
    edge=_colour("cfd5df"),
    ink=_colour("14181f"),
    soft=_colour("525c6b"),
    line=_colour("b5bdca"),
    kinds={"event": _colour("1d4fd7"), "quote": _colour("0a7548"), "claim": _colour("9a5200"), "passage": _colour("9a5200")},
)
THEMES = {"dark": DARK, "light": LIGHT}


class Canvas:
    """A sheet of a height in pixels, with the colours and the letters of what is drawn on it, kept for whatever file it becomes.

    ``mirrored`` is whether it is read from right to left: its margin, from which lines begin, is then at the right.
    """

    def __init__(self, height: float, theme: Theme, letters: Letters, *, mirrored: bool = False, width: int = WIDTH) -> None:
        self.mirrored = mirrored
        self.size = (width, math.ceil(height))
        self.theme = theme
        self.letters = letters
        self.shapes: list[Shape] = []
        self.texts: list[Text] = []

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: int,
        colour: Colour,
        *,
        bold: bool = False,
        anchor: str = "l",
        direction: Direction | None = None,
    ) -> None:
        """Write one line on the baseline; ``anchor`` says what of it stands at the point: left (l), middle (m) or right (r).

        ``direction`` is that of the text of which it is a line, if it is one of several.
        """
        left = x - _ANCHORED[anchor] * self.letters.width(text, size, bold=bold)
        for run in self.letters.runs(text, size, bold=bold, way=direction):
            self.texts.append(Text(left + run.x, y, run.text, run.font, colour, run.way))

    def begin(
        self, inset: float, y: float, text: str, size: int, colour: Colour, *, bold: bool = False, way: Direction | None = None
    ) -> None:
        """Write one line that begins so many pixels from the edge at which lines begin."""
        anchor = "r" if self.mirrored else "l"
        self.text(self.inset(inset), y, text, size, colour, bold=bold, anchor=anchor, direction=way)

    def inset(self, pixels: float) -> float:
        """Return what is so many pixels from the edge at which lines begin."""
        return self.size[0] - pixels if self.mirrored else pixels

    def line(self, points: Sequence[Point], width: float, colour: Colour) -> None:
        """Draw a line through points."""
        self.shapes.append(Line(tuple(points), width, colour))

    def dashes(self, start: Point, end: Point, width: float, colour: Colour, dash: float) -> None:
        """Draw a dashed straight line."""
        (x0, y0), (x1, y1) = start, end
        length = math.dist(start, end)
        for number in range(math.ceil(length / (2 * dash))):
            shares = 2 * number * dash / length, min((2 * number + 1) * dash / length, 1)
            self.line([(x0 + (x1 - x0) * share, y0 + (y1 - y0) * share) for share in shares], width, colour)

    def disc(self, x: float, y: float, radius: float, colour: Colour, note: str = "") -> None:
        """Draw a filled circle; the ``note`` is shown where the pointer rests on it, if the file can have that."""
        self.shapes.append(Disc(x, y, radius, colour, note))

    def dashed_ring(self, x: float, y: float, radius: float, width: float, colour: Colour) -> None:
        """Draw a hollow circle of six pieces."""
        self.shapes.append(Ring(x, y, radius, width, colour, self.theme.ground))

    def bar(
        self,
        left: float,
        top: float,
        right: float,
        bottom: float,
        colour: Colour,
        *,
        radius: float = 0,
        hollow: float = 0,
        note: str = "",
    ) -> None:
        """Draw a box with round corners, filled, or hollow with an outline of so many pixels."""
        right, bottom = max(right, left + 1), max(bottom, top + 1)
        self.shapes.append(Bar(left, top, right, bottom, colour, radius, hollow, self.theme.ground, note))


class Head:
    """What stands above a picture: its title, the name of its story, and what is on it in numbers."""

    def __init__(self, title: str, story: str, letters: Letters, width: int = WIDTH) -> None:
        self._title, self._story = title, story
        self._room = width - 2 * _MARGIN
        self._titled = letters.lines(title, _TITLE, self._room, _HEAD_LINES, bold=True)
        self._named = letters.lines(story, _STORY, self._room, _HEAD_LINES)
        self.height = _TOP + _TITLE_LINE * len(self._titled) + _STORY_LINE * len(self._named) + _COUNTS_LINE

    def draw(self, canvas: Canvas, counts: Sequence[str], page: int, pages: int) -> None:
        """Write it at the top of a page."""
        y = _TOP
        for line in self._titled:
            y += _TITLE_LINE
            canvas.begin(_MARGIN, y - 8, line, _TITLE, canvas.theme.ink, bold=True, way=direction(self._title))
        for line in self._named:
            y += _STORY_LINE
            canvas.begin(_MARGIN, y - 6, line, _STORY, canvas.theme.ink, way=direction(self._story))
        counted = " · ".join([*counts, *wording.page_number(page, pages)])
        shown = canvas.letters.cut(counted, _COUNTS, self._room)
        canvas.begin(_MARGIN, y + 26, shown, _COUNTS, canvas.theme.soft)

    def in_words(self, page: int, pages: int) -> str:
        """Return what an alternative text begins with: ``Timeline, The bridge, Page 1 of 3.``"""
        return f"{', '.join([self.name, *wording.page_number(page, pages)])}."

    @property
    def name(self) -> str:
        """What the picture is called: its title and the name of its story."""
        return ", ".join(filter(None, (shortened(plain(self._title), 200), shortened(plain(self._story), 100))))
