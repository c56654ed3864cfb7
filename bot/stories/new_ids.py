"""Ids for new items of a story: made of their words, each given once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

from bot.english.search_words import content_words, normalise

_MAX_WORDS, _MAX_LENGTH = 5, 48  # of an id: enough to tell facts apart, and short in a citation


def new_id(text: str, taken: Container[str], *, front: str = "") -> str:
    """Return an id of the first content words of a text, such as ``lee-bridge-not-safe``; with a number where it is ``taken``.

    It is made of words because editors put into an id what a fact is about, and answering reads it.
    """
    plain = unicodedata.normalize("NFKD", normalise(text)).encode("ascii", "ignore").decode()
    words = content_words(plain) or ["fact"]
    base = "-".join(filter(None, [front, *words[:_MAX_WORDS]]))
    base = re.sub(r"[^a-z0-9-]", "", base.lower())[:_MAX_LENGTH].strip("-") or "fact"
    return numbered(base, taken)


def numbered(name: str, taken: Container[str]) -> str:
    """Return a name, with a free number after it if it is ``taken``: the first free one, if the taken ones have no holes.

    It is found by doubling and halving, since thousands of sources may have the same title.
    """
    if name not in taken:
        return name
    used, free = 1, 2
    while f"{name}-{free}" in taken:
        used, free = free, 2 * free
    while free - used > 1:
        middle = (used + free) // 2
        used, free = (middle, free) if f"{name}-{middle}" in taken else (used, middle)
    return f"{name}-{free}"
