"""The terms of the Citation Style Language, 1.0.2, that a story file uses, and how the note of a source holds some of them.

Types of sources and labels of places are values and keys of a story file. It has no keys for volumes, pages or editors: these
are the last lines of the note, each a CSL variable with its text, as in Zotero's field Extra::

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

TYPES = (
    "article", "article-journal", "article-magazine", "article-newspaper", "bill", "book", "broadcast", "chapter",
    "classic", "collection", "dataset", "document", "entry", "entry-dictionary", "entry-encyclopedia", "event",
    "figure", "graphic", "hearing", "interview", "legal_case", "legislation", "manuscript", "map", "motion_picture",
    "musical_score", "pamphlet", "paper-conference", "patent", "performance", "periodical",
    "personal_communication", "post", "post-weblog", "regulation", "report", "review", "review-book", "software",
    "song", "speech", "standard", "thesis", "treaty", "webpage",
)  # fmt: skip

LOCATORS = (
    "act", "appendix", "article-locator", "book", "canon", "chapter", "column", "elocation", "equation", "figure",
    "folio", "issue", "line", "note", "opus", "page", "paragraph", "part", "rule", "scene", "section", "sub-verbo",
    "supplement", "table", "timestamp", "title-locator", "verse", "version", "volume",
)  # fmt: skip

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
    "archive_location", "archive-place", "call-number", "language", "DOI", "ISBN", "ISSN", "PMID", "PMCID",
)  # fmt: skip
"""The variables of CSL that hold text, except those for which a source has fields."""

RATING = "rating"
"""What a source of type ``review`` says about the claims that cite it, such as ``False`` or ``Mostly false (2 of 5)``."""

VARIABLES = (*NAMES, *TEXTS, *DATES, RATING)
"""All details that a source may have beside its fields, in the order in which they are written."""

_SURELY_MISSPELT = 88  # rapidfuzz's ratio, 0 to 100; a type less like any of CSL's is taken as the story's own
_ORDER = {variable: index for index, variable in enumerate(VARIABLES)}
_LINE = re.compile(r"(?P<variable>[A-Za-z_-]+): (?P<text>\S.*)")


def meant_type(text: str) -> str | None:
    """Return the type that a misspelt one almost is; None for a type of CSL, and for one unlike any."""
    from rapidfuzz import fuzz, process

    if text.replace("_", "-") in {known.replace("_", "-") for known in TYPES}:
        return None
    plain = "-".join(re.findall(r"[a-z]+", text.lower()))
    part_of = next((known for known in TYPES if known.endswith(f"-{plain}")), None)
    match = process.extractOne(plain, TYPES, scorer=fuzz.ratio, score_cutoff=_SURELY_MISSPELT)
    return str(match[0]) if match else part_of


def make_details(pairs: Iterable[tuple[str, str]]) -> Details:
    """Return details in their order, each on one line, without empty ones and duplicates."""
    cleaned = ((variable, " ".join(text.split())) for variable, text in pairs if variable in _ORDER)
    return tuple(sorted(dict.fromkeys(pair for pair in cleaned if pair[1]), key=lambda pair: _ORDER[pair[0]]))


def split_note(note: str | None) -> tuple[str | None, Details]:
    """Return a note without the details that are its last lines, and these details."""
    lines = (note or "").split("\n")
    pairs: list[tuple[str, str]] = []
    while lines and (line := _LINE.fullmatch(lines[-1])) and line["variable"] in _ORDER:
        pairs.insert(0, (line["variable"], line["text"]))
        lines.pop()
    return ("\n".join(lines) or None) if pairs else note, make_details(pairs)


def join_note(note: str | None, details: Details) -> str | None:
    """Return a note with the details as its last lines."""
    return "\n".join([*([note] if note else []), *(f"{variable}: {text}" for variable, text in details)]) or None


def texts_of(details: Details, variable: str) -> tuple[str, ...]:
    """Return the texts of a variable; several where it holds names."""
    return tuple(text for name, text in details if name == variable)
