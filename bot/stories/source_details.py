"""What is known of a source beyond the fields of a story file, and how its note holds it.

A story file has no keys for volumes, pages or editors, so that there they are the last lines of the note, each a variable of CSL
with its text, as Zotero has them in its field Extra::

    note: |-
      Retrieved by the city library.
      volume: 12
      page: 44-51
      editor: Novak || Pavel
"""

from __future__ import annotations

import re
from collections.abc import Iterable

Details = tuple[tuple[str, str], ...]

NAMES = (
    "author", "editor", "translator", "editor-translator", "director", "interviewer", "host", "guest", "composer", "illustrator",
    "performer", "narrator", "script-writer", "producer", "executive-producer", "series-creator", "chair", "organizer", "curator",
    "compiler", "contributor", "container-author", "original-author", "reviewed-author", "recipient", "editorial-director",
    "collection-editor",
)  # fmt: skip
"""The variables of CSL that hold names."""

DATES = ("issued", "accessed", "submitted", "original-date", "event-date", "available-date")
"""The variables of CSL that hold dates."""

TEXTS = (
    "title", "title-short", "container-title", "collection-title", "collection-number", "volume-title", "part-title", "edition",
    "volume", "number-of-volumes", "issue", "number", "part-number", "supplement-number", "printing-number", "chapter-number",
    "section", "page", "number-of-pages", "version", "genre", "medium", "status", "event-title", "event-place", "publisher",
    "publisher-place", "original-title", "original-publisher", "original-publisher-place", "reviewed-title", "reviewed-genre",
    "authority", "jurisdiction", "division", "references", "dimensions", "scale", "archive", "archive_collection",
    "archive_location", "archive-place", "call-number", "DOI", "ISBN", "ISSN", "PMID", "PMCID",
)  # fmt: skip
"""The variables of CSL that hold text, those aside that a source has fields for."""

RATING = "rating"
"""What a source of type ``review`` says of the claims that cite it, such as ``False`` or ``Mostly false (2 of 5)``."""

VARIABLES = (*NAMES, *TEXTS, *DATES, RATING)
"""All that a source may have beside its fields, in the order in which they stand."""

_PLACES = {variable: place for place, variable in enumerate(VARIABLES)}
_LINE = re.compile(r"(?P<variable>[A-Za-z_-]+): (?P<text>\S.*)")


def make_details(pairs: Iterable[tuple[str, str]]) -> Details:
    """Return details in their order, each on one line, without those that are empty or twice the same."""
    cleaned = ((variable, " ".join(text.split())) for variable, text in pairs if variable in _PLACES)
    return tuple(sorted(dict.fromkeys(pair for pair in cleaned if pair[1]), key=lambda pair: _PLACES[pair[0]]))


def split_note(note: str | None) -> tuple[str | None, Details]:
    """Return a note without its last lines that are details, and these."""
    lines = (note or "").split("\n")
    found: list[tuple[str, str]] = []
    while lines and (line := _LINE.fullmatch(lines[-1])) and line["variable"] in _PLACES:
        found.insert(0, (line["variable"], line["text"]))
        lines.pop()
    return ("\n".join(lines) or None) if found else note, make_details(found)


def join_note(note: str | None, details: Details) -> str | None:
    """Return a note with the details as its last lines."""
    return "\n".join([*([note] if note else []), *(f"{variable}: {text}" for variable, text in details)]) or None


def texts_of(details: Details, variable: str) -> tuple[str, ...]:
    """Return the texts of a variable; several where it holds names."""
    return tuple(text for name, text in details if name == variable)
