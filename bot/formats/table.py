"""CSV: the facts of a story as one table, for spreadsheets.

UTF-8 with a byte order mark, by which spreadsheets know it. A text that a spreadsheet would take for a formula gets an
apostrophe in front, which is shown and calculates nothing (OWASP, "CSV Injection"). What is several stands in one cell, parted
by `` | ``.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from bot.facts.models import FactRecord
from bot.facts.sourcing import independent
from bot.formats.exported import ExportedStory

COLUMNS = (
    "fact", "id", "kind", "date", "date_in_words", "text", "by", "participants", "about", "where", "context", "event",
    "sources", "places", "publishers", "published", "urls", "archived", "independent_sources",
)  # fmt: skip
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""Signs at the front of a text by which a spreadsheet takes it for a formula."""


def write(whole: ExportedStory) -> bytes:
    """Return the facts of a story as a table."""
    text = io.StringIO(newline="")
    rows = csv.writer(text, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    rows.writerows([defused(cell) for cell in _row(record)] for record in whole.records)
    return text.getvalue().encode("utf-8-sig")


def defused(cell: str) -> str:
    """Return a text that no spreadsheet calculates."""
    return f"'{cell}" if cell.lstrip(" ").startswith(FORMULA) else cell


def _row(record: FactRecord) -> Iterable[str]:
    fact, sources = record.fact, record.sources
    places = [" ".join(filter(None, [citation.label, citation.locator])) for citation in fact.citations]
    return (
        record.ref,
        fact.id,
        fact.kind,
        fact.date.edtf if fact.date else "",
        fact.date.words() if fact.date else "",
        fact.text,
        *(_joined(actor.name for actor in actors) for actors in (record.speakers, record.participants, record.subjects)),
        fact.where or "",
        fact.context or "",
        fact.event or "",
        _joined(source.title for source in sources),
        _joined(places),
        _joined(source.publisher or "" for source in sources),
        _joined(source.published.edtf if source.published else "" for source in sources),
        _joined(source.url or "" for source in sources),
        _joined(source.archive or "" for source in sources),
        str(independent(sources)),
    )


def _joined(texts: Iterable[str]) -> str:
    """Join texts; those that are empty keep their place, unless all are."""
    parts = list(texts)
    return " | ".join(parts) if any(parts) else ""
