"""The letters of a picture: measuring and breaking stored text into lines, whatever it is made of.

DejaVu Sans Condensed is shipped as data: narrow, so that a line on a phone holds some 45 letters, with Latin, Greek, Cyrillic,
Arabic, Hebrew, Armenian and Georgian. A story in letters that it lacks is not drawn: empty boxes would tell nobody anything.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from bot.errors import UsageError
from bot.language import say
from bot.shipped import fonts_folder

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

ELLIPSIS = "…"
NO_LETTERS = "I have no letters to draw this story's script with; the list has all its words."

_FILES = {False: "DejaVuSansCondensed.ttf", True: "DejaVuSansCondensed-Bold.ttf"}
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufe00-\ufe0f\ufeff\ud800-\udfff]")
_NOT_A_CHARACTER = "\uffff"  # which every font shows as it shows what it has not
_MOST_MISSING = 0.2  # share of letters that may be missing
_LONGEST = 4000  # characters of a text that are looked at
_LOOKED_AT = 300  # characters of a text that tell in which letters it is
_LINE = 200  # characters, more than any line holds


class Letters:
    """The letters of one picture. Not to be shared between threads."""

    def __init__(self) -> None:
        self._font = cache(_load)
        self._missing = cache(self._lacks)

    def font(self, size: int, *, bold: bool = False) -> FreeTypeFont:
        """Return the font of a size in pixels."""
        return self._font(size, bold)

    def width(self, text: str, size: int, *, bold: bool = False) -> float:
        """Return how wide a text is, in pixels."""
        return float(self._font(size, bold).getlength(text))

    def lines(self, text: str, size: int, width: float, most: int, *, bold: bool = False) -> list[str]:
        """Break a text into lines no wider than so many pixels; what has no room in the last of them is cut with an ellipsis."""
        whole = plain(text)
        words = whole[: most * _LINE].split()
        lines: list[str] = []
        while words and len(lines) < most:
            line = self._fitting(words, size, width, bold=bold)
            lines.append(line)
        if lines and (words or len(whole) > most * _LINE):
            lines[-1] = self.cut(" ".join([lines[-1], *words[:1]]), size, width, bold=bold, always=True)
        return lines

    def cut(self, text: str, size: int, width: float, *, bold: bool = False, always: bool = False) -> str:
        """Cut a text to a width on one line, at a word where there is one near; ``always`` it ends with an ellipsis."""
        whole = plain(text)
        text, always = whole[:_LINE], always or len(whole) > _LINE
        if not always and self.width(text, size, bold=bold) <= width:
            return text
        while text and self.width(text + ELLIPSIS, size, bold=bold) > width:
            shorter = text.rfind(" ")
            text = text[:shorter] if shorter > len(text) * 0.6 else text[:-1]
        return text.rstrip(" ,;:.–—-") + ELLIPSIS

    def check(self, texts: Iterable[str]) -> None:
        """Raise UsageError where too many letters of the texts are not in the fonts."""
        letters = [char for text in texts for char in plain(text)[:_LOOKED_AT] if char.isalpha()]
        if sum(map(self._missing, letters)) > len(letters) * _MOST_MISSING:
            raise UsageError(say(NO_LETTERS))

    def _fitting(self, words: list[str], size: int, width: float, *, bold: bool) -> str:
        """Take the words of one line off the list; a word that is wider than a line is broken."""
        line = words.pop(0)
        while words and self.width(f"{line} {words[0]}", size, bold=bold) <= width:
            line = f"{line} {words.pop(0)}"
        end = len(line)
        if self.width(line, size, bold=bold) > width:
            end = max(bisect_left(range(1, len(line)), True, key=lambda end: self.width(line[:end], size, bold=bold) > width), 1)
            words.insert(0, line[end:])
        return line[:end]

    def _lacks(self, char: str) -> bool:
        font = self._font(20, False)
        found, nothing = font.getmask(char), font.getmask(_NOT_A_CHARACTER)
        return found.size == nothing.size and bytes(found) == bytes(nothing)


def plain(text: str) -> str:
    """Return text on one line without what has no shape, at most as long as a picture could hold."""
    return " ".join(_UNSEEN.sub(" ", text[:_LONGEST]).split())


def _load(size: int, bold: bool) -> FreeTypeFont:
    from PIL import ImageFont

    return ImageFont.truetype(str(fonts_folder() / _FILES[bold]), size)
