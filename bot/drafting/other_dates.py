"""Dates in an article in another language than English, resolved from the day on which it was published."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta

from bot.drafting.date_resolver import MAX_RECENT, DateResolver
from bot.drafting.dates import TextDate
from bot.english.calendar import latest_weekday
from bot.english.date_expressions import DateExpression
from bot.errors import DateError
from bot.facts.dates import StoryDate, day_of, parse_date
from bot.multilingual.dates import RelativeDay, WrittenDate, dates_in, is_limit, relative_days_in
from bot.multilingual.relative_times import relative_times_in
from bot.multilingual.weekdays import RelativeWeekday, weekdays_in

_MAX_BACK = 14  # days before publication within which a day of a number alone is told; one further off may be to come
_SUNDAY = 6
_LAST_IS_LATEST = frozenset({"es", "fr", "it", "pt"})
_NEAR = 120  # days from publication within which a day without a year is the nearest of that name


def dates_in_language(
    text: str, published: date | None, language: str, near: StoryDate | None = None, above: StoryDate | None = None
) -> tuple[TextDate, ...]:
    """Return the dates of a text, in its order; one without a year has no ``date`` unless it is near the day of publication.

    ``near`` is the date that was told last before the text, in its paragraph: weekdays behind an old one may be of its time.
    ``above`` is the last of the paragraph before, where the text opens the next.
    """
    meant: list[tuple[WrittenDate | RelativeDay, StoryDate | None]] = []
    meant += ((written, _resolved(written, published)) for written in dates_in(text, language))
    meant += ((relative_day, _from_publication(relative_day, published)) for relative_day in relative_days_in(text, language))
    dates = [TextDate(said.start, said.end, text[said.start : said.end], day, limits=said.limits) for said, day in meant]
    counted = list(relative_times_in(text, language))
    for said in counted:
        dates = [dated for dated in dates if dated.end <= said.start or dated.start >= said.end]
        dates.append(_by_steps(said, text, language, DateResolver(published, None, _before(dates, said) or near, above)))
    parts = [said.unit for said in counted if said.unit in ("month", "year") and said.count is None]
    # "Am Freitag sagte sie, im vergangenen Jahr": beside any other date a weekday may be of its time.
    if published is not None and len(dates) == len(parts) and not _is_old(near, published):
        weekdays = weekdays_in(text, language)
        dates += (
            TextDate(said.start, said.end, text[said.start : said.end], _weekday(said, published, language)) for said in weekdays
        )
    return tuple(sorted(dates, key=lambda dated: dated.start))


def _before(dates: Sequence[TextDate], said: DateExpression) -> StoryDate | None:
    """Return the date that was told last before a time, in its sentence."""
    told = (dated for dated in dates if dated.date is not None and dated.end <= said.start and not dated.in_passing)
    return max(told, key=lambda dated: dated.start, default=TextDate(0, 0, "", None)).date


def _by_steps(said: DateExpression, text: str, language: str, resolver: DateResolver) -> TextDate:
    """Return a time that is told by steps from a day; without a ``date`` where no calendar has it."""
    goes_on = not text[: said.start].strip() or said.step == -1
    resolved = None
    with suppress(ValueError, OverflowError, DateError):
        edtf = replace(resolver, above=resolver.above if goes_on else None).edtf(said, future=False)
        resolved = parse_date(edtf) if edtf else None
    limits = is_limit(text, said.start, said.end, language)
    return TextDate(said.start, said.end, text[said.start : said.end], resolved, limits=limits)


def _is_old(near: StoryDate | None, published: date) -> bool:
    return near is not None and near.latest is not None and day_of(near.latest) < published - timedelta(days=MAX_RECENT)


def _weekday(said: RelativeWeekday, published: date, language: str) -> StoryDate | None:
    """Return the day of a weekday that is told from the publication, None where it may be that of two weeks."""
    week = published - timedelta(days=published.weekday())
    latest = latest_weekday(published, said.weekday, before=said.step == "last")
    if said.step == "next":
        return parse_date(str(latest + timedelta(days=7)))
    if said.step == "last week":
        # Weeks begin with a Sunday, or end with it.
        return parse_date(str(week + timedelta(days=said.weekday - 7))) if said.weekday != _SUNDAY else None
    if said.step == "last" and (latest == published - timedelta(days=1) or (latest >= week and not _is_latest(language))):
        return None
    return parse_date(str(latest))


def _is_latest(language: str) -> bool:
    """Return whether "last Friday" is the latest one also in the week of that Friday, in which others mean the one before."""
    return language.partition("-")[0].lower() in _LAST_IS_LATEST


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
