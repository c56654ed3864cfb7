"""A drawn page of a picture, and the files that it may become."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.pictures.canvas import Canvas
from bot.pictures.png import png_of
from bot.pictures.svg import svg_of


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn page: its sheet, what it shows in words for people who cannot see it, which page it is (from 0) and of how many.

    ``title`` is what it is called where a file has a title.
    """

    canvas: Canvas
    title: str
    alt: str
    page: int
    pages: int

    @property
    def size(self) -> tuple[int, int]:
        """Its width and its height in pixels."""
        return self.canvas.size

    def png(self) -> bytes:
        """Return it as a PNG file."""
        return png_of(self.canvas)

    def svg(self) -> bytes:
        """Return it as an SVG file."""
        return svg_of(self.canvas, self.title, self.alt)


def pdf(pictures: Sequence[Picture]) -> bytes:
    """Return pictures as the pages of one PDF file."""
    from bot.pictures.pdf import pdf_of  # what writes PDF files takes a while to load

    return pdf_of([picture.canvas for picture in pictures], pictures[0].title)
