"""Ids for new facts, sources and actors, made from their words and unlike all that there are."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

from bot.answers.question.words import STOP_WORDS, normalise, tokens

_MOST_WORDS = 5
_MOST_SIGNS = 48


def new_id(text: str, taken: Container[str], *, front: str = "") -> str:
    """Return an id of the first content words of a text, such as ``lee-bridge-not-safe``; a number makes it unlike others.

    Editors put what a fact is about into its id, and answering reads it, so that it is made of words.
    """
    plain = unicodedata.normalize("NFKD", normalise(text)).encode("ascii", "ignore").decode()
    words = [token.word for token in tokens(plain) if token.word not in STOP_WORDS] or ["fact"]
    base = "-".join(filter(None, [front, *words[:_MOST_WORDS]]))
    base = re.sub(r"[^a-z0-9-]", "", base.lower())[:_MOST_SIGNS].strip("-") or "fact"
    return base if base not in taken else next(name for number in range(2, 10**9) if (name := f"{base}-{number}") not in taken)
