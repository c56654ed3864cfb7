"""Dates as schema.org has them: ISO 8601, of days, months and years that are certain."""

from __future__ import annotations

from bot.facts.dates import StoryDate
from bot.facts.edtf import date_parts


def iso_day(date: StoryDate | None) -> str | None:
    """Return a date as ISO 8601 has it; None for a span, and for one that is not certain."""
    return iso_end(date.edtf) if date and "/" not in date.edtf else None


def iso_end(end: str) -> str | None:
    """Return one end of a date as ISO 8601 has it; None where it is not certain."""
    parts = date_parts(end)
    whole = [part for part in parts[:3] if part]
    if parts.qualifier or parts.season or any("X" in part for part in whole) or parts.year.startswith("Y"):
        return None
    return "-".join(whole) + (parts.time or "")
