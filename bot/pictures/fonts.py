"""The fonts of pictures, and which of them has a character.

DejaVu Sans Condensed comes first: narrow, so that a line on a phone holds some 45 letters, with Latin, Greek, Cyrillic, Arabic,
Hebrew, Armenian and Georgian. For Japanese, Korean and Devanagari there are cuts of Noto Sans (data/guide/fonts.py), with the
characters in common use. All are shipped as data.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from bot.resources import fonts_folder

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

FAMILIES = (
    ("DejaVuSansCondensed.ttf", "DejaVuSansCondensed-Bold.ttf"),
    ("NotoSansCJK-Regular.otf", "NotoSansCJK-Bold.otf"),
    ("NotoSansDevanagari-Regular.ttf", "NotoSansDevanagari-Bold.ttf"),
)
"""The files of each font, regular and bold, in the order in which they are asked for a character."""

_SIZES = (1, 0.93, 0.97)  # of the size asked for: so much larger are the letters of one font than those of the first

_NOT_A_CHARACTER = "\uffff"  # which every font shows as it shows what it has not
_RIGHT_TO_LEFT = ("R", "AL", "AN")
_REORDERED = ("\u0900", "\u097f")  # the first and last of Devanagari, whose vowels stand elsewhere than they are written


class Fonts:
    """The fonts of one picture. Not to be shared between threads.

    ``ordered`` is whether letters can be put in order and joined as Arabic, Hebrew and Devanagari need it, which takes a part of
    Pillow that not every system has (Raqm with FriBiDi); without it they would stand wrong, and count as missing. Left out, it
    is found out.
    """

    def __init__(self, *, ordered: bool | None = None) -> None:
        from PIL import features

        self.font = cache(_load)
        self.family_of = cache(self._family_of)
        self.has = cache(self._has)
        self.ordered = bool(features.check("raqm")) if ordered is None else ordered

    def _family_of(self, char: str) -> int | None:
        """Return the index of the first family that has a character in both weights; None where all lack it."""
        if not self.ordered and (unicodedata.bidirectional(char) in _RIGHT_TO_LEFT or _REORDERED[0] <= char <= _REORDERED[1]):
            return None
        if char.isspace() or self.font(0, 20, bold=False).getmask(char).getbbox() is None:  # joiners and the like have no shape
            return 0
        return next((family for family in range(len(FAMILIES)) if self.has(family, char)), None)

    def _has(self, family: int, char: str) -> bool:
        """Return whether a family has a picture of a character in both weights; the bold file may have fewer."""
        # Raqm sets a mark that stands alone on a dotted circle, whose picture is not that of a missing letter; the basic layout
        # takes each character as it is.
        for bold in (False, True):
            font = self.font(family, 20, bold=bold, raqm=False)
            mask, nothing = font.getmask(char), font.getmask(_NOT_A_CHARACTER)
            if mask.size == nothing.size and bytes(mask) == bytes(nothing):
                return False
        return True


def _load(family: int, size: int, *, bold: bool, raqm: bool = True) -> FreeTypeFont:
    from PIL import ImageFont

    layout = None if raqm else ImageFont.Layout.BASIC  # None: Raqm where the system has it
    return ImageFont.truetype(str(fonts_folder() / FAMILIES[family][bold]), size * _SIZES[family], layout_engine=layout)
