"""The letters of a picture: measuring and breaking stored text into lines, whatever it is made of.

Each part of a line is drawn in the font that has its letters. A story in letters that none has is not drawn: empty boxes would
tell nobody anything. In one that can be drawn, emoji and other signs that the fonts lack are left out, and words are marked as
left out.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING

from bot.errors import UsageError
from bot.languages import say
from bot.pictures.breaking import pieces
from bot.pictures.directions import Direction, direction, in_order
from bot.pictures.fonts import Fonts

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

ELLIPSIS = "…"
LEFT_OUT = "[…]"
"""What stands for words of which the fonts have no letter."""

NO_LETTERS = "I have no font for this story's script; the list has all its words."

_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_VARIATION = re.compile("[\ufe00-\ufe0f]")  # says whether the sign before it is shown in colour
_GAPS = re.compile(r"\[…\](?:\s*\[…\])+")
_GONE = "\x00"  # stands where a sign was left out
_GONE_AT_END = re.compile(r"[\s\u200d]*\x00[\x00\s\u200d]*(?=$|[.,;:!?)\]…”’»])")
_GONE_INSIDE = re.compile(r"[\s\u200d]*\x00[\x00\s\u200d]*")
_LETTERS_IN_HEIGHT = 2.3  # letters that are about as wide as their line is high
_MAX_MISSING = 0.2  # share of letters that may be missing
_MAX_CHARACTERS = 20_000  # characters of a text that are looked at; a form takes 4000, a file more
_LOOKED_AT = 300  # characters of a text that tell in which letters it is
_LINE = 200  # characters, more than any line holds


@dataclass(frozen=True, slots=True)
class Run:
    """A part of a line in one font; ``x`` is how many pixels it begins to the right of where the line does."""

    x: float
    text: str
    font: FreeTypeFont
    way: Direction | None


class Letters:
    """The letters of one picture. Not to be shared between threads.

    ``ordered`` is whether Arabic, Hebrew and Devanagari can be put in order and joined (see `Fonts`).
    """

    def __init__(self, *, ordered: bool | None = None) -> None:
        self._fonts = Fonts(ordered=ordered)
        self._shown = cache(self._shape)
        self.ordered = self._fonts.ordered

    def runs(self, text: str, size: int, *, bold: bool = False, way: Direction | None = None) -> list[Run]:
        """Return the parts of a line from left to right; ``way`` is the direction of the text of which it is a line."""
        way = way or direction(text)
        families = self._families(text)
        one = len(set(families)) == 1  # Raqm orders it by itself
        parts = [(families[0], text, way)] if one else in_order(text, families, way)
        runs: list[Run] = []
        x = 0.0
        for family, part, part_way in parts:
            font = self._fonts.font(family, size, bold=bold)
            runs.append(Run(x, part, font, part_way if self.ordered else None))
            x += float(font.getlength(part))
        return runs

    def width(self, text: str, size: int, *, bold: bool = False) -> float:
        """Return how wide a text is, in pixels."""
        runs = self.runs(text, size, bold=bold)
        return runs[-1].x + float(runs[-1].font.getlength(runs[-1].text)) if runs else 0.0

    def _families(self, text: str) -> list[int]:
        """Return the family of each character; signs and blanks stay with the font before them where it has them."""
        families: list[int] = []
        for char in text:
            stays = families and not char.isalnum() and self._fonts.has(families[-1], char)
            families.append(families[-1] if stays else self._fonts.family_of(char) or 0)
        return families

    def lines(self, text: str, size: int, width: float, most: int, *, bold: bool = False) -> list[str]:
        """Break a text into lines no wider than so many pixels; what has no room in the last of them is cut with an ellipsis."""
        whole = self.drawable(text)
        rest = pieces(whole[: most * _LINE])
        lines: list[str] = []
        while rest and len(lines) < most:
            lines.append(self._fitting(rest, size, width, bold=bold))
        if lines and (rest or len(whole) > most * _LINE):
            lines[-1] = self.cut("".join([lines[-1], *rest[:1]]), size, width, bold=bold, always=True)
        return [line.rstrip() for line in lines]

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
        if self._fonts.family_of(char) is not None:
            return char
        for same in (unicodedata.normalize("NFKC", char), unicodedata.normalize("NFKD", char)):
            if same != char and None not in map(self._fonts.family_of, same):
                return same
        if unicodedata.category(char)[0] == "M":
            return ""
        return LEFT_OUT if unicodedata.category(char)[0] in "LN" else _GONE

    def _fitting(self, rest: list[str], size: int, width: float, *, bold: bool) -> str:
        """Take the pieces of one line off the list; one that is wider than a line is broken.

        Measuring is slow, so about as many as have room are tried first.
        """

        def fits(count: int) -> bool:
            return self.width("".join(rest[:count]).rstrip(), size, bold=bold) <= width

        guess = bisect_right(list(accumulate(map(len, rest))), width / size * _LETTERS_IN_HEIGHT) or 1
        if fits(guess):
            count = next((more for more in range(guess, len(rest)) if not fits(more + 1)), len(rest))
        else:
            count = next((fewer for fewer in range(guess - 1, 1, -1) if fits(fewer)), 1)
        line = "".join(rest[:count])
        del rest[:count]
        end = len(line)
        if count == 1 and self.width(line.rstrip(), size, bold=bold) > width:
            end = max(bisect_left(range(1, len(line)), True, key=lambda end: self.width(line[:end], size, bold=bold) > width), 1)
            rest.insert(0, line[end:])
        return line[:end]


def plain(text: str) -> str:
    """Return text on one line without what has no shape, at most as long as a picture could hold."""
    return " ".join(_UNSEEN.sub(" ", _VARIATION.sub("", text[:_MAX_CHARACTERS])).split())
