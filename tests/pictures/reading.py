"""Looking at a drawn picture with a reader of its own: how large it is, and which colours are where."""

from __future__ import annotations

import io
from collections import Counter

from PIL import Image

from bot.pictures.canvas import Picture

Colour = tuple[int, int, int]


def opened(picture: Picture) -> Image.Image:
    """Open a picture as any viewer does."""
    image = Image.open(io.BytesIO(picture.png))
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
