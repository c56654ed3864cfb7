"""Looking at a drawn picture with a reader of its own: how large it is, which colours are where, and what is written where."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import combinations
from typing import Any
from unittest.mock import patch

from PIL import Image

from bot.pictures.canvas import WIDTH, Canvas
from bot.pictures.letters import Letters
from bot.pictures.picture import Picture

Colour = tuple[int, int, int]


@dataclass(frozen=True)
class Written:
    """A line of a picture, how large its letters are, and its box in pixels: left, top, right, bottom."""

    line: str
    size: int
    box: tuple[float, float, float, float]
    colour: Colour


def written(draw: Callable[[], Picture]) -> tuple[Picture, list[Written]]:
    """Draw a picture, and return what is written on it."""
    with watched() as lines:
        picture = draw()
    return picture, lines


@contextmanager
def watched() -> Iterator[list[Written]]:
    """List what is written on pictures meanwhile, which are drawn as ever."""
    lines: list[Written] = []
    letters, write = Letters(), Canvas.text

    def text(self: Canvas, x: float, y: float, line: str, size: int, colour: Colour, **options: Any) -> None:
        write(self, x, y, line, size, colour, **options)
        if line:
            bold = options.get("bold", False)
            start = x - letters.width(line, size, bold=bold) * {"l": 0, "m": 0.5, "r": 1}[options.get("anchor", "l")]
            boxes = [(run.x, *run.font.getbbox(run.text, anchor="ls")) for run in letters.runs(line, size, bold=bold)]
            left, right = (pick(run_x + box[side] for run_x, *box in boxes) for pick, side in ((min, 0), (max, 2)))
            top, bottom = (pick(box[side] for _, *box in boxes) for pick, side in ((min, 1), (max, 3)))
            lines.append(Written(line, size, (start + left, y + top, start + right, y + bottom), colour))

    with patch.object(Canvas, "text", text):
        yield lines


def faults(picture: Picture, lines: list[Written]) -> list[str]:
    """Return which lines are written over one another, or beyond the edges of the picture."""
    height = opened(picture).height
    over = [f"{one.line!r} and {other.line!r}" for one, other in combinations(lines, 2) if _overlap(one.box, other.box)]
    out = [line.line for line in lines if line.box[0] < 0 or line.box[1] < 0 or line.box[2] > WIDTH or line.box[3] > height]
    return over + out


def _overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def opened(picture: Picture) -> Image.Image:
    """Open a picture as any viewer does."""
    image = Image.open(io.BytesIO(picture.png()))
    image.load()
    assert image.format == "PNG"
    return image.convert("RGB")


def colours(image: Image.Image) -> Counter[Colour]:
    """Count the pixels of each colour."""
    return Counter({colour: count for count, colour in image.getcolors(image.width * image.height) or ()})  # type: ignore[misc]


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast of two colours as WCAG 2.2 counts it, from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Colour) -> float:
    parts = [part / 255 for part in colour]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
