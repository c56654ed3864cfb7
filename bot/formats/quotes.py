"""Quotation marks inside quotation marks: those of the other kind, as deep as they go."""

from __future__ import annotations

import re

APOSTROPHE = "\ue032"
"""The sign that stands for an apostrophe until it is printed, so that it is not taken for the end of a quotation."""

Marks = tuple[str, str]

_MARK = re.compile(r"[“”‘’\"']")
_CLOSING = {"“": "”", "‘": "’", '"': '"', "'": "'"}


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
    """Return a text whose straight marks are those of the language, and whose apostrophes are `APOSTROPHE`."""
    signs = list(text)
    pairs = _pairs(text)
    for opening, closing, _ in pairs:
        if text[opening] in "\"'":
            signs[opening], signs[closing] = outer if text[opening] == '"' else inner
    partners = {place for pair in pairs for place in pair[:2]}
    return "".join(APOSTROPHE if sign in "’'" and place not in partners else sign for place, sign in enumerate(signs))


def _pairs(text: str) -> list[tuple[int, int, int]]:
    """Return where quotations open and close, and how deep they stand."""
    pairs: list[tuple[int, int, int]] = []
    waiting: list[int] = []
    for found in _MARK.finditer(text):
        place, mark = found.start(), found[0]
        before, after = text[place - 1 : place], text[place + 1 : place + 2]
        opens = mark in _CLOSING and not before.isalnum() and bool(after.strip())
        closes = [at for at, start in enumerate(waiting) if _CLOSING[text[start]] == mark]
        if closes and not (before.isalnum() and after.isalnum()) and not (opens and mark in "“‘"):
            pairs.append((waiting[closes[-1]], place, closes[-1]))
            del waiting[closes[-1] :]
        elif opens:
            waiting.append(place)
    return pairs
