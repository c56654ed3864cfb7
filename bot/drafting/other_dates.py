"""Dates in an article in another language than English, resolved from the day on which it was published."""

from __future__ import annotations

from datetime import date, timedelta

from bot.drafting.dates import TextDate
from bot.errors import DateError
from bot.facts.dates import StoryDate, parse_date
from bot.multilingual.dates import RelativeDay, WrittenDate, dates_in, relative_days_in

_MAX_BACK = 14  # days before publication within which a day of a number alone is told; one further off may be to come
_NEAR = 120  # days from publication within which a day without a year is the nearest of that name


def dates_in_language(text: str, published: date | None, language: str) -> tuple[TextDate, ...]:
    """Return the dates of a text, in its order; one without a year has no ``date`` unless it is near the day of publication."""
    meant: list[tuple[WrittenDate | RelativeDay, StoryDate | None]] = []
    meant += ((written, _resolved(written, published)) for written in dates_in(text, language))
    meant += ((relative_day, _from_publication(relative_day, published)) for relative_day in relative_days_in(text, language))
    dates = (TextDate(said.start, said.end, text[said.start : said.end], day, limits=said.limits) for said, day in meant)
    return tuple(sorted(dates, key=lambda dated: dated.start))


def _from_publication(relative_day: RelativeDay, published: date | None) -> StoryDate | None:
    """Return the day that is told from the publication: of a number alone the nearest that is not to come."""
    if published is None:
        return None
    if relative_day.near is not None:
        return parse_date(str(published + timedelta(days=relative_day.near)))
    days = (published - timedelta(days=back) for back in range(_MAX_BACK))
    return next((parse_date(str(day)) for day in days if day.day == relative_day.day), None)


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
