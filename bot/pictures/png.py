"""A sheet as a PNG file: smooth shapes below, letters on top."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from bot.pictures.shapes import ARC, ARCS, Bar, Disc, Line, Ring, Shape

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw as Draw

    from bot.pictures.canvas import Canvas

_FINER = 2  # shapes are drawn larger and made smaller, for Pillow's own have ragged edges


def png_of(canvas: Canvas) -> bytes:
    """Return what is on a sheet as a PNG file."""
    from PIL import Image, ImageDraw  # late, since the help of a command that may draw has no use for it

    width, height = canvas.size
    large = width * _FINER, height * _FINER
    shapes = Image.new("RGB", large, canvas.theme.ground)
    draw = ImageDraw.Draw(shapes)
    for shape in canvas.shapes:
        _draw(draw, shape)
    draw.rectangle((0, 0, large[0] - 1, large[1] - 1), outline=canvas.theme.edge, width=2 * _FINER)
    image = shapes.resize(canvas.size, Image.Resampling.BOX)
    draw = ImageDraw.Draw(image)
    for text in canvas.texts:
        draw.text((text.x, text.y), text.text, fill=text.colour, font=text.font, anchor="ls", direction=text.way)
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def _draw(draw: Draw, shape: Shape) -> None:
    match shape:
        case Line():
            scaled = [(x * _FINER, y * _FINER) for x, y in shape.points]
            draw.line(scaled, fill=shape.colour, width=max(round(shape.width * _FINER), 1), joint="curve")
        case Disc():
            draw.ellipse(_round(shape.x, shape.y, shape.radius), fill=shape.colour)
        case Ring():
            box = _round(shape.x, shape.y, shape.radius)
            draw.ellipse(box, fill=shape.ground)
            for number in range(ARCS):
                start = number * 360 // ARCS
                draw.arc(box, start, start + ARC, fill=shape.colour, width=round(shape.width * _FINER))
        case Bar():
            box = (shape.left * _FINER, shape.top * _FINER, shape.right * _FINER, shape.bottom * _FINER)
            if shape.hollow:
                outline = round(shape.hollow * _FINER)
                draw.rounded_rectangle(box, shape.radius * _FINER, fill=shape.ground, outline=shape.colour, width=outline)
            else:
                draw.rounded_rectangle(box, shape.radius * _FINER, fill=shape.colour)


def _round(x: float, y: float, radius: float) -> tuple[float, float, float, float]:
    return (x - radius) * _FINER, (y - radius) * _FINER, (x + radius) * _FINER, (y + radius) * _FINER
