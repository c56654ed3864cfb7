"""Words, marks and quotations of a paragraph, and its sentences; a quotation is one token, whatever is inside."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.drafting.article import Paragraph

Kind = Literal["word", "mark", "quote"]
_TOKEN = re.compile(
    r"(?P<abbreviation>(?:[^\W\d_]\.){2,}|\b(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Col|Capt|Sgt|Lt|Rev|Hon|St|Jr|Sr|Inc|Ltd|Corp|Co"
    r"|No|vs|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\.|\b[A-Z]\.(?=\s[A-Z]))"
    r"|(?P<possessive>['’]s\b|(?<=s)['’](?=\s))"
    r"|(?P<handle>(?<!\w)@\w+)"
    r"|(?P<word>[^\W_]+(?:[.,:]\d+|[-&’'](?!s\b)(?=[^\W_])[^\W_]+)*)"
    r"|(?P<mark>\.{2,}|\S)"
)
_DATELINE = re.compile(
    r"[A-Z][A-Z'’.-]{2,}(?:,? (?:[A-Z][\w.'’-]*|\d{1,2}(?=[ ,]))){0,4}(?: \((?P<agency>[A-Z]\w+)\))? ?(?:—|–|--?) ?(?=[A-Z\"“‘])"
)
_ENDING = re.compile(r"[.!?…]$")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a mark, or a quotation (``quote`` is its place among those of its paragraph)."""

    text: str
    start: int
    end: int
    kind: Kind
    quote: int | None = None

    @property
    def lower(self) -> str:
        """The text in lower case."""
        return self.text.lower()

    @property
    def capital(self) -> bool:
        """Whether it is a word that begins with a capital letter."""
        return self.kind == "word" and self.text[0].isupper()


def agency_of(text: str) -> str | None:
    """Return who signs a report in its dateline: "HARBOUR, March 6 (Reuters) -"; None where nobody does."""
    dateline = _DATELINE.match(text)
    return dateline["agency"] if dateline else None


def tokens_of(text: str, paragraph: Paragraph | None = None) -> tuple[Token, ...]:
    """Cut a text into tokens; with the paragraph that it is, its quotations are one token each, and a dateline is left out."""
    found: list[Token] = []
    dateline = _DATELINE.match(text) if paragraph else None
    place = dateline.end() if dateline else 0
    for number, span in enumerate(paragraph.quotations if paragraph else ()):
        found += _cut(text, place, span.whole[0])
        found.append(Token(text[span.start : span.end], *span.whole, "quote", number))
        place = span.whole[1]
    return (*found, *_cut(text, place, len(text)))


def sentences(tokens: Sequence[Token]) -> Iterator[tuple[Token, ...]]:
    """Cut tokens into sentences."""
    start = 0
    for place in range(len(tokens)):
        if _ends_sentence(tokens, place):
            yield tuple(tokens[start : place + 1])
            start = place + 1
    if start < len(tokens):
        yield tuple(tokens[start:])


def _cut(text: str, start: int, end: int) -> Iterator[Token]:
    for match in _TOKEN.finditer(text, start, end):
        kind: Kind = "mark" if match.lastgroup in ("mark", "possessive") else "word"
        yield Token(match.group(), match.start(), match.end(), kind)


def _ends_sentence(tokens: Sequence[Token], place: int) -> bool:
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


_OPENERS = frozenset(
    "The A An In On At He She It They We This That These Those But And His Her Its Their When While After".split()
)


def _is_attribution(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether what follows a quotation says within a few words who said it: "Why?" Maria Lee asked."""
    from bot.drafting.english import SAYING

    if tokens[place - 1].text.rstrip().endswith("."):
        return False
    return any(token.lower in SAYING for token in tokens[place : place + 5] if token.kind == "word")
