"""Sheets as the pages of a PDF file, with the parts of the fonts that they take.

Letters that have to be joined or put in order, and those of a font that ReportLab cannot embed, are drawn as pictures of
themselves, fine enough for print. The text stands behind them unseen, so that it is found and copied all the same.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.languages import language
from bot.pictures.shapes import ARC, ARCS, Bar, Colour, Disc, Line, Ring, Shape, Text

if TYPE_CHECKING:
    from bot.pictures.canvas import Canvas

_POINTS = 0.5  # points in a pixel: pages are as large as what they were measured for
_FINER = 4  # pixels of a picture of letters in one of the sheet
_EMBEDDED = "DejaVuSansCondensed"  # how the files of fonts are named that can be embedded
_JOINED = ("R", "AL", "AN", "NSM")
_UNSEEN_FONTS, _HANGUL = ("HeiseiKakuGo-W5", "HYGothic-Medium"), ("\u1100", "\ud7ff")  # for what no file can be embedded for
_UNSEEN = 3  # the mode in which text is not painted
_CORNER = 0.45  # of a box's shorter side: as round as a corner may be


def pdf_of(canvases: Sequence[Canvas], title: str) -> bytes:
    """Return sheets as the pages of a PDF file with a title."""
    from reportlab.pdfgen.canvas import Canvas as Page

    file = io.BytesIO()
    page = Page(file, invariant=True, lang=language())
    page.setTitle(title)
    page.setCreator("Footnote")
    for canvas in canvases:
        width, height = canvas.size
        page.setPageSize((width * _POINTS, height * _POINTS))
        page.scale(_POINTS, _POINTS)
        page.setFillColorRGB(*_share(canvas.theme.ground))
        page.rect(0, 0, width, height, stroke=0, fill=1)
        for shape in canvas.shapes:
            _draw_shape(page, shape, height)
        for text in canvas.texts:
            _draw_text(page, text, height)
        page.showPage()
    page.save()
    return file.getvalue()


def _draw_shape(page: Any, shape: Shape, height: int) -> None:
    page.setFillColorRGB(*_share(shape.colour))
    page.setStrokeColorRGB(*_share(shape.colour))
    match shape:
        case Line():
            page.setLineWidth(shape.width)
            path = page.beginPath()
            (x, y), *others = shape.points
            path.moveTo(x, height - y)
            for x, y in others:
                path.lineTo(x, height - y)
            page.drawPath(path)
        case Disc():
            page.circle(shape.x, height - shape.y, shape.radius, stroke=0, fill=1)
        case Ring():
            radius = shape.radius - shape.width / 2
            page.setFillColorRGB(*_share(shape.ground))
            page.circle(shape.x, height - shape.y, shape.radius, stroke=0, fill=1)
            page.setLineWidth(shape.width)
            box = (shape.x - radius, height - shape.y - radius, shape.x + radius, height - shape.y + radius)
            for number in range(ARCS):
                page.arc(*box, startAng=-number * 360 / ARCS, extent=-ARC)
        case Bar():
            inset = shape.hollow / 2
            wide, high = shape.right - shape.left - 2 * inset, shape.bottom - shape.top - 2 * inset
            radius = min(max(shape.radius - inset, 0), _CORNER * min(wide, high))
            page.setLineWidth(shape.hollow)
            if shape.hollow:
                page.setFillColorRGB(*_share(shape.ground))
            corner = shape.left + inset, height - shape.bottom + inset
            page.roundRect(*corner, wide, high, radius, stroke=int(bool(shape.hollow)), fill=1)


def _draw_text(page: Any, text: Text, height: int) -> None:
    if not text.text.strip():
        return
    from reportlab.pdfbase import pdfmetrics

    embedded = _is_embedded(text)
    if not embedded:
        _draw_letters(page, text, height)
    name = _registered(text)
    page.saveState()  # for the mode would go on for what follows
    writing = page.beginText(text.x, height - text.y)
    writing.setFont(name, text.font.size)
    writing.setFillColorRGB(*_share(text.colour))
    # As wide as it was measured, whatever hinting and ligatures make of it.
    if width := pdfmetrics.stringWidth(text.text, name, text.font.size):
        writing.setHorizScale(100 * text.width / width)
    writing.setTextRenderMode(0 if embedded else _UNSEEN)
    writing.textOut(text.text)
    page.drawText(writing)
    page.restoreState()


def _is_embedded(text: Text) -> bool:
    joined = any(unicodedata.bidirectional(char) in _JOINED for char in text.text)
    return not joined and Path(str(text.font.path)).stem.startswith(_EMBEDDED)


def _draw_letters(page: Any, text: Text, height: int) -> None:
    """Draw a part of a line as a picture of its letters, on no ground."""
    from PIL import Image, ImageDraw
    from reportlab.lib.utils import ImageReader

    font = text.font.font_variant(size=text.font.size * _FINER)
    left, top, right, bottom = font.getbbox(text.text, anchor="ls", direction=text.way)
    size = max(round(right - left), 1), max(round(bottom - top), 1)
    mask = Image.new("L", size)
    ImageDraw.Draw(mask).text((-left, -top), text.text, fill=255, font=font, anchor="ls", direction=text.way)
    letters = Image.new("RGB", size, text.colour)
    letters.putalpha(mask)
    corner = text.x + left / _FINER, height - text.y - bottom / _FINER
    page.drawImage(ImageReader(letters), *corner, size[0] / _FINER, size[1] / _FINER, mask="auto")


def _registered(text: Text) -> str:
    """Return the name of a font that has the characters of a text, known to ReportLab from here on."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfbase.ttfonts import TTFont

    file = Path(str(text.font.path))
    korean = any(_HANGUL[0] <= char <= _HANGUL[1] for char in text.text)
    name = file.stem if file.suffix == ".ttf" else _UNSEEN_FONTS[korean]
    if name not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(name, str(file)) if file.suffix == ".ttf" else UnicodeCIDFont(name))
    return name


def _share(colour: Colour) -> tuple[float, float, float]:
    red, green, blue = colour
    return red / 255, green / 255, blue / 255
