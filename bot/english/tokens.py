"""Tokens and sentences of running text, with where each stands; a quotation is one token, whatever is inside.

This cut keeps the text as it is written: names, hyphens, capitals and full stops are what articles are read by. To compare two
texts by what they say, `bot.english.compared_words` cuts them otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.english.name_words import ABBREVIATIONS
from bot.english.quotation_marks import Span
from bot.english.speech import SAYING

TokenKind = Literal["word", "mark", "quote"]
_TOKEN = re.compile(
    rf"(?P<abbreviation>(?:[^\W\d_]\.){{2,}}|\b(?:{'|'.join(ABBREVIATIONS)})\.|\b[A-Z]\.(?=\s[A-Z]))"
    r"|(?P<possessive>['’]s\b|(?<=s)['’](?=\s))"
    r"|(?P<handle>(?<!\w)@\w+)"
    r"|(?P<word>[^\W_]+(?:[.,:]\d+|[-&’'](?!s\b)(?=[^\W_])[^\W_]+)*)"
    r"|(?P<mark>\.{2,}|\S)"
)
_MOST_TOKENS = 150  # of a sentence; the longest of newspapers have half of that
_ENDING = re.compile(r"[.!?…]$")
# Words that open a sentence behind an abbreviation: "in the U.S. The court", but "the U.S. Senate".
_OPENERS = frozenset(
    "The A An In On At He She It They We This That These Those But And His Her Its Their When While After".split()
)


@dataclass(frozen=True, slots=True)
class TextToken:
    """A word, a mark, or a quotation (``quote`` is its place among those of its text)."""

    text: str
    start: int
    end: int
    kind: TokenKind
    quote: int | None = None

    @property
    def lower(self) -> str:
        """The text in lower case."""
        return self.text.lower()

    @property
    def capital(self) -> bool:
        """Whether it is a word that begins with a capital letter."""
        return self.kind == "word" and self.text[0].isupper()


def tokens_of(text: str, quotations: Sequence[Span] = (), *, start: int = 0) -> tuple[TextToken, ...]:
    """Cut a text into tokens from a place on; each of its ``quotations`` is one token."""
    found: list[TextToken] = []
    place = start
    for number, quotation in enumerate(quotations):
        found += _cut(text, place, quotation.whole[0])
        found.append(TextToken(text[quotation.start : quotation.end], *quotation.whole, "quote", number))
        place = max(place, quotation.whole[1])
    return (*found, *_cut(text, place, len(text)))


def sentences(tokens: Sequence[TextToken], text: str = "") -> Iterator[tuple[TextToken, ...]]:
    """Cut tokens into sentences; a line break of their ``text`` ends one, unless a dash or a bracket goes on behind it.

    A text without full stops is cut all the same, for a sentence is read in a time that grows with the square of its length.
    """
    start = 0
    for place in range(len(tokens)):
        if _ends_sentence(tokens, place) or _ends_line(tokens, place, text) or place + 1 - start == _MOST_TOKENS:
            yield tuple(tokens[start : place + 1])
            start = place + 1
    if start < len(tokens):
        yield tuple(tokens[start:])


def _cut(text: str, start: int, end: int) -> Iterator[TextToken]:
    for match in _TOKEN.finditer(text, start, end):
        kind: TokenKind = "mark" if match.lastgroup in ("mark", "possessive") else "word"
        yield TextToken(match.group(), match.start(), match.end(), kind)


def _ends_sentence(tokens: Sequence[TextToken], place: int) -> bool:
    """Return whether a sentence ends with a token, by its mark and by how the next one begins."""
    token = tokens[place]
    following = tokens[place + 1] if place + 1 < len(tokens) else None
    if following is None:
        return True
    begins = following.capital or following.kind == "quote" or following.text[0].isdigit()
    if token.kind == "quote":
        # A quotation that ends as a sentence does is one, unless a word in lower case goes on ("Why?" he asked).
        return bool(_ENDING.search(token.text.rstrip())) and begins and not _is_attribution(tokens, place + 1)
    if token.kind == "mark":
        return token.text in (".", "!", "?", "…", "...") and begins
    return token.text.endswith(".") and token.text.count(".") > 1 and following.capital and following.text in _OPENERS


def _ends_line(tokens: Sequence[TextToken], place: int, text: str) -> bool:
    following = tokens[place + 1]
    return "\n" in text[tokens[place].end : following.start] and following.text not in ("-", "–", "—", "~", "(")


def _is_attribution(tokens: Sequence[TextToken], place: int) -> bool:
    """Return whether what follows a quotation says within a few words who said it: "Why?" Maria Lee asked."""
    if tokens[place - 1].text.rstrip().endswith("."):
        return False
    return any(token.lower in SAYING for token in tokens[place : place + 5] if token.kind == "word")
