"""The order of a list of references: by the authors, then by the date or the title, as citeproc-js sorts it for each style."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from bot.formats.csl import ROLES
from bot.formats.csl_names import Name, with_particle
from bot.formats.forms import STYLES

Key = tuple[tuple[str, ...], list[int], str]
_LAST = [9999]  # the year of what has none


def order_key(item: Mapping[str, Any], entry: str, style: str) -> Key:
    """Return by what an item of CSL-JSON is sorted in a style that has no numbers; ``entry`` is how it is printed there."""
    names = next((item[role] for role in ROLES if item.get(role)), ())
    authors = tuple(_name(name, by_family=STYLES[style].sorts_by_family) for name in names)
    date = item.get("issued", {}).get("date-parts", [_LAST])[0] if STYLES[style].author_date else []
    return authors or (_plain(entry),), list(date or _LAST), _plain(item["title"])


def _name(name: Name, *, by_family: bool) -> str:
    """Return a name as it is sorted: with its particle, or by the family's name alone, behind which the particle stands."""
    if "family" not in name:
        return _plain(name.get("literal", ""))
    particle = name.get("non-dropping-particle", "")
    family = name["family"] if by_family else with_particle(particle, name["family"])
    rest = (name.get("given", ""), name.get("dropping-particle", ""), particle if by_family else "")
    return _plain(" ".join((family, *rest)))


def _plain(text: str) -> str:
    """Return the letters and figures of a text, without accents and capitals; an apostrophe parts as a blank does."""
    letters = (sign for sign in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(sign))
    return " ".join(re.sub(r"[^\w\s-]", "", re.sub("['’]", " ", "".join(letters))).split())
