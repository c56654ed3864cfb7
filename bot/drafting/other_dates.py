"""Dates in an article in another language than English, resolved from the day on which it was published."""

from __future__ import annotations

from datetime import date

from bot.drafting.dates import TextDate
from bot.errors import DateError
from bot.facts.dates import StoryDate, parse_date
from bot.multilingual.dates import WrittenDate, dates_in

_NEAR = 120  # days from publication within which a day without a year is the nearest of that name


def dates_in_language(text: str, published: date | None, language: str) -> tuple[TextDate, ...]:
    """Return the dates of a text, in its order; one without a year has no ``date`` unless it is near the day of publication."""
    return tuple(
        TextDate(
            written.start, written.end, text[written.start : written.end], _resolved(written, published), limits=written.limits
        )
        for written in dates_in(text, language)
    )


def _resolved(written: WrittenDate, published: date | None) -> StoryDate | None:
    year = written.year if written.year is not None else _nearest_year(written, published)
    if year is None:
        return None
    day = f"-{written.day:02}" if written.day is not None else ""
    try:
        return parse_date(f"{year:04}-{written.month:02}{day}")
    except DateError:
        return None


def _nearest_year(written: WrittenDate, published: date | None) -> int | None:
    if published is None or written.day is None:
        return None
    days = []
    for year in (published.year - 1, published.year, published.year + 1):
        try:
            days.append(date(year, written.month, written.day))
        except ValueError:
            continue
    nearest = min(days, key=lambda day: abs(day - published), default=None)
    return nearest.year if nearest is not None and abs((nearest - published).days) <= _NEAR else None
