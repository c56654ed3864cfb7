"""A sheet as an SVG file: its text stays text, which is found, copied and read aloud.

Whoever opens it may lack the fonts in which it was measured. Each part of a line is therefore fitted to its width, so that
nothing runs into anything else in any font.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, tostring

from bot.languages import language
from bot.pictures.shapes import ARC, ARCS, Bar, Colour, Disc, Line, Point, Ring, Shape, Text

if TYPE_CHECKING:
    from bot.pictures.canvas import Canvas

_FONTS = "'DejaVu Sans Condensed', 'DejaVu Sans', 'Noto Sans CJK JP', 'Noto Sans JP', 'Noto Sans Devanagari', Verdana, sans-serif"
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def svg_of(canvas: Canvas, title: str, words: str) -> bytes:
    """Return what is on a sheet as an SVG file, with a title, and in words what it shows."""
    width, height = canvas.size
    box = {"width": str(width), "height": str(height), "viewBox": f"0 0 {width} {height}"}
    root = Element("svg", {"xmlns": "http://www.w3.org/2000/svg", **box, "role": "img", "xml:lang": language()})
    root.set("font-family", _FONTS)
    root.set("font-stretch", "condensed")
    SubElement(root, "title").text = _NOT_IN_XML.sub("", title)
    SubElement(root, "desc").text = _NOT_IN_XML.sub("", words)
    ground, edge = _code(canvas.theme.ground), _code(canvas.theme.edge)
    inner = {"x": "1", "y": "1", "width": str(width - 2), "height": str(height - 2)}
    SubElement(root, "rect", {**inner, "fill": ground, "stroke": edge, "stroke-width": "2"})
    for shape in canvas.shapes:
        _add_shape(root, shape)
    for text in canvas.texts:
        _add_text(root, text)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode").encode() + b"\n"


def _add_shape(root: Element, shape: Shape) -> None:
    match shape:
        case Line():
            stroke = {"fill": "none", "stroke": _code(shape.colour), "stroke-width": _number(shape.width)}
            SubElement(root, "polyline", {"points": _points(shape.points), "stroke-linejoin": "round", **stroke})
        case Disc():
            at = {"cx": _number(shape.x), "cy": _number(shape.y), "r": _number(shape.radius)}
            _note(SubElement(root, "circle", {**at, "fill": _code(shape.colour)}), shape.note)
        case Ring():
            at = {"cx": _number(shape.x), "cy": _number(shape.y), "r": _number(shape.radius - shape.width / 2)}
            around = 2 * math.pi * (shape.radius - shape.width / 2)
            dashes = f"{_number(around * ARC / 360)} {_number(around * (1 / ARCS - ARC / 360))}"
            stroke = {"stroke": _code(shape.colour), "stroke-width": _number(shape.width), "stroke-dasharray": dashes}
            SubElement(root, "circle", {**at, "fill": _code(shape.ground), **stroke})
        case Bar():
            inset = shape.hollow / 2
            left, top = shape.left + inset, shape.top + inset
            at = {"x": _number(left), "y": _number(top), "rx": _number(max(shape.radius - inset, 0))}
            size = {"width": _number(shape.right - inset - left), "height": _number(shape.bottom - inset - top)}
            stroke = {"stroke": _code(shape.colour), "stroke-width": _number(shape.hollow)} if shape.hollow else {}
            fill = _code(shape.ground if shape.hollow else shape.colour)
            _note(SubElement(root, "rect", {**at, **size, "fill": fill, **stroke}), shape.note)


def _add_text(root: Element, text: Text) -> None:
    """Add a part of a line. One from right to left begins at its right end."""
    if not text.text.strip():
        return
    backwards = text.way == "rtl"
    width, shown = text.width, _NOT_IN_XML.sub("", text.text)
    at = {"x": _number(text.x + (width if backwards else 0)), "y": _number(text.y), "font-size": _number(text.font.size)}
    way = {"direction": "rtl", "unicode-bidi": "embed"} if backwards else {}
    weight = {"font-weight": "bold"} if "Bold" in str(text.font.path) else {}
    fitted = {"textLength": _number(width), "lengthAdjust": "spacingAndGlyphs", "xml:space": "preserve"}
    SubElement(root, "text", {**at, "fill": _code(text.colour), **weight, **way, **fitted}).text = shown


def _note(element: Element, note: str) -> None:
    """Add what is shown where the pointer rests on something."""
    if note:
        SubElement(element, "title").text = _NOT_IN_XML.sub("", note)


def _points(points: tuple[Point, ...]) -> str:
    return " ".join(f"{_number(x)},{_number(y)}" for x, y in points)


def _number(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")


def _code(colour: Colour) -> str:
    red, green, blue = colour
    return f"#{red:02x}{green:02x}{blue:02x}"
