"""First names, and whether those who bear them are women or men: by a list that ships, in which a name has no accents."""

from __future__ import annotations

import unicodedata
from functools import cache

from bot.resources import first_names_file


def is_first_name(word: str) -> bool:
    """Return whether people are called by a word."""
    return _plain(word) in _known()


def is_womans(name: str) -> bool | None:
    """Return whether a first name is a woman's; None where it is unknown, or men and women have it."""
    return _known().get(_plain(name))


@cache
def _known() -> dict[str, bool | None]:
    sexes = {"women": True, "men": False, "both": None}
    lines = (line.partition(":") for line in first_names_file().read_text(encoding="utf-8").splitlines())
    return {name: sexes[kind] for kind, _, names in lines for name in names.split()}


def _plain(name: str) -> str:
    """Return a name in lower case without its accents."""
    letters = unicodedata.normalize("NFKD", name.casefold().replace("ı", "i").replace("ł", "l").replace("ø", "o"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
