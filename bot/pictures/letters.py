"""The letters of a picture: measuring and breaking stored text into lines, whatever it is made of.

DejaVu Sans Condensed is shipped as data: narrow, so that a line on a phone holds some 45 letters, with Latin, Greek, Cyrillic,
Arabic, Hebrew, Armenian and Georgian. A story in letters that it lacks is not drawn: empty boxes would tell nobody anything. In
one that can be drawn, emoji and other signs that it lacks are left out, and words are marked as left out.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Literal

from bot.errors import UsageError
from bot.languages import say
from bot.resources import fonts_folder

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

ELLIPSIS = "…"
LEFT_OUT = "[…]"
"""What stands for words of which the fonts have no letter."""

Direction = Literal["ltr", "rtl"]
NO_LETTERS = "I have no font for this story's script; the list has all its words."

_FILES = {False: "DejaVuSansCondensed.ttf", True: "DejaVuSansCondensed-Bold.ttf"}
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_VARIATION = re.compile("[\ufe00-\ufe0f]")  # says whether the sign before it is shown in colour
_GAPS = re.compile(r"\[…\](?:\s*\[…\])+")
_GONE = "\x00"  # stands where a sign was left out
_GONE_AT_END = re.compile(r"[\s\u200d]*\x00[\x00\s\u200d]*(?=$|[.,;:!?)\]…”’»])")
_GONE_INSIDE = re.compile(r"[\s\u200d]*\x00[\x00\s\u200d]*")
_NOT_A_CHARACTER = "\uffff"  # which every font shows as it shows what it has not
_RIGHT_TO_LEFT = ("R", "AL", "AN")
_MAX_MISSING = 0.2  # share of letters that may be missing
_LONGEST = 20_000  # characters of a text that are looked at; a form takes 4000, a file more
_LOOKED_AT = 300  # characters of a text that tell in which letters it is
_LINE = 200  # characters, more than any line holds


class Letters:
    """The letters of one picture. Not to be shared between threads.

    ``ordered`` is whether Arabic and Hebrew can be put in order and joined, which takes a part of Pillow that not every system
    has (Raqm with FriBiDi); without it they would stand backwards, and count as missing. Left out, it is found out.
    """

    def __init__(self, *, ordered: bool | None = None) -> None:
        from PIL import features

        self._font = cache(_load)
        self._bare = [_load(20, bold, raqm=False) for bold in (False, True)]
        self._shown = cache(self._shape)
        self.ordered = bool(features.check("raqm")) if ordered is None else ordered

    def font(self, size: int, *, bold: bool = False) -> FreeTypeFont:
        """Return the font of a size in pixels."""
        return self._font(size, bold)

    def width(self, text: str, size: int, *, bold: bool = False) -> float:
        """Return how wide a text is, in pixels."""
        return float(self._font(size, bold).getlength(text))

    def lines(self, text: str, size: int, width: float, most: int, *, bold: bool = False) -> list[str]:
        """Break a text into lines no wider than so many pixels; what has no room in the last of them is cut with an ellipsis."""
        whole = self.drawable(text)
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
        whole = self.drawable(text)
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
        if sum(self._shown(char) == LEFT_OUT for char in letters) > len(letters) * _MAX_MISSING:
            raise UsageError(say(NO_LETTERS))

    def drawable(self, text: str) -> str:
        """Return text on one line of what the fonts have.

        What is written in their letters otherwise (𝐛𝐨𝐥𝐝) is put into them, emoji and signs go, and words that they lack become
        LEFT_OUT; so does a text of which nothing would be left.
        """
        whole = plain(text)
        remaining = _GONE_AT_END.sub("", self._in_the_fonts(unicodedata.normalize("NFC", whole)))
        remaining = _GAPS.sub(LEFT_OUT, " ".join(_GONE_INSIDE.sub(" ", remaining).split()))
        return remaining or (LEFT_OUT if whole else "")

    def _in_the_fonts(self, composed: str) -> str:
        """Return what is drawn for a text in NFC.

        A letter that is written as two characters is looked for as one, for the fonts may have only that. So where leaving out a
        character lets its neighbours compose, what they compose to is looked for in turn.
        """
        while True:
            pieces: list[str] = []
            gone = False
            for char in composed:
                shown = self._shown(char)
                # A mark on a letter that is left out goes with it.
                gone = shown == LEFT_OUT or (gone and unicodedata.category(char)[0] == "M")
                pieces.append(LEFT_OUT if gone else shown)
            again = unicodedata.normalize("NFC", "".join(pieces))
            if again == composed:
                return "".join(pieces)
            composed = again

    def _shape(self, char: str) -> str:
        """Return what is drawn for a character: itself, the same in other characters, LEFT_OUT, or nothing (a sign of that).

        A mark on a letter that is there goes without a sign, which would tear the word apart.
        """
        if not self._lacks(char):
            return char
        for same in (unicodedata.normalize("NFKC", char), unicodedata.normalize("NFKD", char)):
            if same != char and not any(map(self._lacks, same)):
                return same
        if unicodedata.category(char)[0] == "M":
            return ""
        return LEFT_OUT if unicodedata.category(char)[0] in "LN" else _GONE

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
        if not self.ordered and unicodedata.bidirectional(char) in _RIGHT_TO_LEFT:
            return True
        if char.isspace():
            return False
        if self._font(20, False).getmask(char).getbbox() is None:  # joiners and the like, which have no shape
            return False
        # Raqm sets a mark that stands alone on a dotted circle, whose picture is not that of a missing letter; the basic layout
        # takes each character as it is.
        # The bold file has fewer letters than the other.
        for font in self._bare:
            mask, nothing = font.getmask(char), font.getmask(_NOT_A_CHARACTER)
            if mask.size == nothing.size and bytes(mask) == bytes(nothing):
                return True
        return False


def plain(text: str) -> str:
    """Return text on one line without what has no shape, at most as long as a picture could hold."""
    return " ".join(_UNSEEN.sub(" ", _VARIATION.sub("", text[:_LONGEST])).split())


def direction(text: str) -> Direction:
    """Return in which direction a text is read: as its first letter is (Unicode's bidirectional algorithm, rules P2 and P3).

    A line of a text is drawn in the direction of the whole of it, whatever its own first letter is.
    """
    strong = (kind for kind in map(unicodedata.bidirectional, text) if kind in ("L", "R", "AL"))
    return "ltr" if next(strong, "L") == "L" else "rtl"


def _load(size: int, bold: bool, *, raqm: bool = True) -> FreeTypeFont:
    from PIL import ImageFont

    layout = None if raqm else ImageFont.Layout.BASIC  # None: Raqm where the system has it
    return ImageFont.truetype(str(fonts_folder() / _FILES[bold]), size, layout_engine=layout)
