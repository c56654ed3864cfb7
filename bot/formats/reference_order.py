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
_FIRST = ("title", "container-title", "authority", "publisher")  # what an entry without names begins with
_LAST = [9999]  # the year of what has none


def order_key(item: Mapping[str, Any], entry: str, style: str) -> Key:
    """Return by what an item of CSL-JSON is sorted in a style that has no numbers; ``entry`` is how it is printed there."""
    form, begins = STYLES[style], _plain(entry)
    names = next((item[role] for role in ROLES if item.get(role)), ())
    if names and not any(begins.startswith(_name(names[0], by_family=by_family, whole=False)) for by_family in (True, False)):
        names = ()  # a film in MLA begins with its title
    named = names[: form.authors_named] if len(names) >= form.many_authors else names
    authors = tuple(_name(name, by_family=form.sorts_by_family) for name in named)
    date = item.get("issued", {}).get("date-parts", [_LAST])[0] if form.author_date else []
    first = (_plain(item[key]) for key in _FIRST if item.get(key))
    return authors or (next(filter(begins.startswith, first), begins),), list(date or _LAST), _plain(item["title"])


def _name(name: Name, *, by_family: bool, whole: bool = True) -> str:
    """Return a name as it is sorted: with its particle, or by the family's name alone, behind which the particle stands.

    ``whole``: with the given name.
    """
    if "family" not in name:
        return _plain(name.get("literal", ""))
    particle = name.get("non-dropping-particle", "")
    family = name["family"] if by_family else with_particle(particle, name["family"])
    if not whole:
        return _plain(family)
    rest = (name.get("given", ""), name.get("dropping-particle", ""), particle if by_family else "")
    return _plain(" ".join((family, *rest)))


def _plain(text: str) -> str:
    """Return the letters and figures of a text, without accents and capitals; an apostrophe parts as a blank does."""
    letters = (sign for sign in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(sign))
    return " ".join(re.sub(r"[^\w\s-]", "", re.sub("['’]", " ", "".join(letters))).split())
