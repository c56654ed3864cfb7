"""A sheet to draw on, in the colours of a theme: a head, smooth shapes below, letters on top, as PNG in the end.

A picture has its own ground, so that a dark and a light one are both readable on any screen.
"""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.facts.text import shortened
from bot.pictures.directions import Direction, direction
from bot.pictures.letters import Letters, plain
from bot.presentation import wording

WIDTH = 780
"""Pixels across: a phone of 390 points shows it at two pixels a point."""

MAX_ALT = 1000
"""Characters of an alternative text; Discord takes 1024."""

ALT_ENDING = 30
"""Characters of an alternative text that are reserved for how much more there is."""

_FINER = 2  # shapes are drawn larger and made smaller, for Pillow's own have ragged edges
_MARGIN, _TOP = 36, 34.0  # of the head
_TITLE, _STORY, _COUNTS = 36, 27, 25
_TITLE_LINE, _STORY_LINE, _COUNTS_LINE = 44, 35, 44
_ANCHORED = {"l": 0.0, "m": 0.5, "r": 1.0}  # share of a line that stands to the left of its point
_HEAD_LINES = 2  # of a title, and of a name
Point = tuple[float, float]
Colour = tuple[int, int, int]


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


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn page: the file, what it shows in words for people who cannot see it, which page it is (from 0) and of how many.

    ``size`` is its width and its height in pixels.
    """

    png: bytes
    alt: str
    page: int
    pages: int
    size: tuple[int, int]


class Canvas:
    """A sheet of a height in pixels, as wide as all of them, with the colours and the letters of what is drawn on it.

    ``mirrored`` is whether it is read from right to left: its margin, from which lines begin, is then at the right.
    """

    def __init__(self, height: float, theme: Theme, letters: Letters, *, mirrored: bool = False) -> None:
        self._mirrored = mirrored
        self.size = (WIDTH, math.ceil(height))
        self.theme = theme
        self.letters = letters
        from PIL import Image, ImageDraw  # here and below, since the help of a command that may draw has no use for it

        self._shapes = Image.new("RGB", (WIDTH * _FINER, self.size[1] * _FINER), theme.ground)
        self._draw = ImageDraw.Draw(self._shapes)
        self._texts: list[dict[str, Any]] = []

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: int,
        colour: Colour,
        *,
        bold: bool = False,
        anchor: str = "ls",
        direction: Direction | None = None,
    ) -> None:
        """Write one line; ``anchor`` says what of it stands at the point: left (l), middle (m) or right (r), on the baseline.

        ``direction`` is that of the text of which it is a line, if it is one of several.
        """
        left = x - _ANCHORED[anchor[0]] * self.letters.width(text, size, bold=bold)
        for run in self.letters.runs(text, size, bold=bold, way=direction):
            self._texts.append(
                {"xy": (left + run.x, y), "text": run.text, "fill": colour, "font": run.font, "anchor": f"l{anchor[1]}"}
                | {"direction": run.way}
            )

    def begin(
        self, inset: float, y: float, text: str, size: int, colour: Colour, *, bold: bool = False, way: Direction | None = None
    ) -> None:
        """Write one line that begins so many pixels from the edge at which lines begin."""
        anchor = "rs" if self._mirrored else "ls"
        self.text(self.inset(inset), y, text, size, colour, bold=bold, anchor=anchor, direction=way)

    def inset(self, pixels: float) -> float:
        """Return what is so many pixels from the edge at which lines begin."""
        return WIDTH - pixels if self._mirrored else pixels

    def line(self, points: Sequence[Point], width: float, colour: Colour) -> None:
        """Draw a line through points."""
        scaled = [(x * _FINER, y * _FINER) for x, y in points]
        self._draw.line(scaled, fill=colour, width=max(round(width * _FINER), 1), joint="curve")

    def dashes(self, start: Point, end: Point, width: float, colour: Colour, dash: float) -> None:
        """Draw a dashed straight line."""
        (x0, y0), (x1, y1) = start, end
        length = math.dist(start, end)
        for number in range(math.ceil(length / (2 * dash))):
            shares = 2 * number * dash / length, min((2 * number + 1) * dash / length, 1)
            self.line([(x0 + (x1 - x0) * share, y0 + (y1 - y0) * share) for share in shares], width, colour)

    def disc(self, x: float, y: float, radius: float, colour: Colour) -> None:
        """Draw a filled circle."""
        self._draw.ellipse(self._box(x - radius, y - radius, x + radius, y + radius), fill=colour)

    def dashed_ring(self, x: float, y: float, radius: float, width: float, colour: Colour) -> None:
        """Draw a hollow circle of six pieces."""
        self.disc(x, y, radius, self.theme.ground)
        box = self._box(x - radius, y - radius, x + radius, y + radius)
        for piece in range(6):
            self._draw.arc(box, piece * 60, piece * 60 + 34, fill=colour, width=round(width * _FINER))

    def bar(
        self, left: float, top: float, right: float, bottom: float, colour: Colour, *, radius: float = 0, hollow: float = 0
    ) -> None:
        """Draw a box with round corners, filled, or hollow with an outline of so many pixels."""
        box = self._box(left, top, max(right, left + 1), max(bottom, top + 1))
        if hollow:
            fill, width = self.theme.ground, round(hollow * _FINER)
            self._draw.rounded_rectangle(box, radius * _FINER, fill=fill, outline=colour, width=width)
        else:
            self._draw.rounded_rectangle(box, radius * _FINER, fill=colour)

    def png(self) -> bytes:
        """Return what was drawn as a PNG file."""
        from PIL import Image, ImageDraw

        corner = WIDTH * _FINER - 1, self.size[1] * _FINER - 1
        self._draw.rectangle((0, 0, *corner), outline=self.theme.edge, width=2 * _FINER)
        image = self._shapes.resize(self.size, Image.Resampling.BOX)
        draw = ImageDraw.Draw(image)
        for text in self._texts:
            draw.text(**text)
        file = io.BytesIO()
        image.save(file, "PNG")
        return file.getvalue()

    def _box(self, left: float, top: float, right: float, bottom: float) -> tuple[float, float, float, float]:
        return left * _FINER, top * _FINER, right * _FINER, bottom * _FINER


class Head:
    """What stands above a picture: its title, the name of its story, and what is on it in numbers."""

    def __init__(self, title: str, story: str, letters: Letters) -> None:
        self._title, self._story = title, story
        width = WIDTH - 2 * _MARGIN
        self._titled = letters.lines(title, _TITLE, width, _HEAD_LINES, bold=True)
        self._named = letters.lines(story, _STORY, width, _HEAD_LINES)
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
        shown = canvas.letters.cut(counted, _COUNTS, WIDTH - 2 * _MARGIN)
        canvas.begin(_MARGIN, y + 26, shown, _COUNTS, canvas.theme.soft)

    def in_words(self, page: int, pages: int) -> str:
        """Return what an alternative text begins with: ``Timeline, The bridge, Page 1 of 3.``"""
        parts = [shortened(plain(self._title), 200), shortened(plain(self._story), 100), *wording.page_number(page, pages)]
        return f"{', '.join(filter(None, parts))}."
