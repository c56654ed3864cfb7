"""Titles and quotation marks as English prints them.

In a title every word of weight has a capital, the way citeproc-js does it: what a mark opens begins like a title of its own, and
what stands between `PROTECTED` marks keeps its letters. Quotations inside quotations have marks of the other kind, as deep as
they go.
"""

from __future__ import annotations

import re

APOSTROPHE = "\ue032"
"""The sign that stands for an apostrophe until it is printed, so that it is not taken for the end of a quotation."""

PROTECTED = ("\ue030", "\ue031")
"""The signs before and after words whose case is not to be changed; CSL-JSON has ``<span class="nocase">`` for them."""

KEPT = "\ue033"
"""The sign before a stop behind a quotation mark or a blank that a title has itself: it stays, whatever a style does."""

_BREAKS = re.compile(f"([{APOSTROPHE}{KEPT}‘’“”„‚«»\"'–—/.,;?!:\\[\\]()\\-{PROTECTED[0]}{PROTECTED[1]}])")
_SPACES = re.compile(r"(\s+)")
SMALL_WORDS = frozenset(
    "a about above across after against along alongside amid amidst among amongst an and around as aside astride at athwart "
    "atop barring before behind below beneath beside besides between beyond but by c ca circa de despite down during et "
    "except for from given in inside into lest like modulo near next nor notwithstanding of off on onto or out over per "
    "plus pro qua sans since so than the through throughout till to toward towards under underneath until unto up upon van "
    "versus via vs von with within without yet".split()
)
"""Words that have no capital inside a title."""

NO_CASE = re.compile(r'<span class="nocase">(.*?)</span>', re.DOTALL)
"""Words of a title whose case is not to be changed, as CSL-JSON marks them."""
MARKUP = re.compile(r"<(/?)(i|b|sub|sup|sc|span)(\s[^<>]*)?>")
"""The markup that CSL-JSON allows in titles."""


def with_kept_case(words: str) -> str:
    """Return words with the markup that keeps their case, where capitals would change it."""
    return words if title_case(words) == words else f'<span class="nocase">{words}</span>'


def title_case(text: str) -> str:
    """Return a title with capitals; words that have one already, and small words inside it, are left as they are."""
    parts = _BREAKS.split(text)
    starts, protected = True, 0
    last: tuple[int, int] | None = None
    words: dict[int, list[str]] = {}
    for index in range(0, len(parts), 2):
        mark = parts[index - 1] if index else ""
        protected += (mark == PROTECTED[0]) - (mark == PROTECTED[1])
        starts = starts or mark in ("!", "?", ":")
        if not parts[index].strip():
            continue
        if protected:
            starts, last = False, None
            continue
        words[index] = _SPACES.split(parts[index])
        # The end of the word before it, as the "re" of "we’re" is.
        goes_on = mark in (APOSTROPHE, "’", "'") and parts[index - 2][-1:].isalnum() and parts[index][:1].isalnum()
        before_hyphen = parts[index + 1 : index + 2] == ["-"]
        for at, word in enumerate(words[index]):
            if word.strip() and not (goes_on and at == 0):
                weighty = len(word) > 1 and word.lower() not in SMALL_WORDS
                ends = before_hyphen and at == len(words[index]) - 1
                words[index][at] = _capital(word) if weighty or starts or ends else word
                starts, last = False, (index, at)
    if last and len(words[last[0]][last[1]]) > 1:
        words[last[0]][last[1]] = _capital(words[last[0]][last[1]])
    return "".join("".join(words.get(index, [part])) for index, part in enumerate(parts))


def capitalize_first(text: str) -> str:
    """Return a text whose first letter is a capital, behind an opening mark too."""
    start = len(text) - len(text.lstrip("‘“„‚«\"'([" + APOSTROPHE + PROTECTED[0]))
    protected = PROTECTED[0] in text[:start]
    return text if protected else text[:start] + text[start : start + 1].upper() + text[start + 1 :]


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:] if word == word.lower() else word


Marks = tuple[str, str]

_MARK = re.compile(r"[“”‘’„‚«»\"']")
_STOPS = re.compile(r"(?<=[”’»\s])(?=[.,;:])")
_CLOSING = {"“": "”", "‘": "’", "„": "“", "‚": "‘", "«": "»", '"': '"', "'": "'"}


def nest_quotes(text: str, outer: Marks, inner: Marks) -> str:
    """Return a text whose quotations stand in ``outer`` marks, those inside them in ``inner`` ones, and so on.

    Apostrophes, which have no partner, are left as they are.
    """
    pairs = _pairs(text)
    signs = list(text)
    for opening, closing, depth in pairs:
        signs[opening], signs[closing] = (outer, inner)[depth % 2]
    return "".join(signs)


def curl_quotes(text: str, outer: Marks, inner: Marks) -> str:
    """Return a text whose straight marks are those of the language, and whose apostrophes are `APOSTROPHE`.

    Straight marks of either kind become the outer ones, or those that what stands around them has not.
    """
    signs = list(text)
    pairs = sorted(_pairs(text))
    around: list[tuple[int, int, int]] = []
    for pair in pairs:
        opening, closing, _ = pair
        around = [other for other in around if other[1] > closing]
        if text[opening] in "\"'":
            signs[opening], signs[closing] = inner if around and signs[around[-1][0]] == outer[0] else outer
        around.append(pair)
    partners = {index for pair in pairs for index in pair[:2]}
    return "".join(APOSTROPHE if sign in "’'" and index not in partners else sign for index, sign in enumerate(signs))


def keep_stops(text: str) -> str:
    """Return a text with `KEPT` before the stops that it has behind a quotation mark or a blank."""
    return _STOPS.sub(KEPT, text)


def _pairs(text: str) -> list[tuple[int, int, int]]:
    """Return where quotations open and close, and how deep they stand."""
    pairs: list[tuple[int, int, int]] = []
    waiting: list[int] = []
    for match in _MARK.finditer(text):
        index, mark = match.start(), match[0]
        before, after = text[index - 1 : index], text[index + 1 : index + 2]
        opens = mark in _CLOSING and not before.isalnum() and bool(after.strip())
        closes = [at for at, start in enumerate(waiting) if _CLOSING[text[start]] == mark]
        opens_anew = opens and mark in "“‘" and bool(closes) and text[waiting[closes[-1]]] not in "„‚"
        if closes and not (before.isalnum() and after.isalnum()) and not opens_anew:
            pairs.append((waiting[closes[-1]], index, closes[-1]))
            del waiting[closes[-1] :]
        elif opens:
            waiting.append(index)
    return pairs
