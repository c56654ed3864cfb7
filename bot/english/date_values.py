"""What the words of a date come to in EDTF, once it is known which year they mean, or from which day they count."""

from __future__ import annotations

from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from bot.english.calendar import WEEKDAYS, latest_weekday
from bot.english.date_expressions import DateExpression

DAYS = {"day": 1, "night": 1, "morning": 1, "afternoon": 1, "evening": 1, "week": 7, "fortnight": 14}
"""How many days a step of a unit takes; a month and a year take as many as they have."""

_SATURDAY = WEEKDAYS.index("Saturday")


def in_year(said: DateExpression, year: int) -> str:
    """Return a day, days, a week, a month or a season of a year, and the year itself where nothing of it is said.

    Whether the calendar has such a day is left to whoever reads EDTF. Raises ValueError for a week of a year that has no days.
    """
    front = f"{year:04}" if year >= 0 else f"-{-year:04}"
    part = said.season or said.month
    if part is None:
        return front
    front = f"{front}-{part:02}"
    if said.nth is not None:
        return _nth(said, date(year, part, 1))
    if said.day is None:
        return front
    day = f"{front}-{said.day:02}"
    return day if said.last is None else f"{day}/{front}-{said.last:02}"


def _nth(said: DateExpression, first: date) -> str:
    """Return such a weekday or week of a month by its first day; the last week are its last seven days."""
    end = first + relativedelta(months=1, days=-1)
    back = said.nth is not None and said.nth < 0
    weeks = timedelta(weeks=0 if back or said.nth is None else said.nth - 1)
    if said.weekday is not None:
        return f"{latest_weekday(end if back else first + timedelta(days=6), said.weekday) + weeks}"
    start = end - timedelta(days=6) if back else first + weeks
    return f"{start}/{start + timedelta(days=6)}"


def from_day(said: DateExpression, day: date) -> str | None:
    """Return a time told from a day: yesterday, last month, over the past three weeks, two years ago; None for no such time."""
    if said.near is not None:
        then = day if said.count is None else moved(day, "year", -said.count)
        return f"{then + timedelta(days=said.near)}"
    if said.week is not None and said.weekday is not None:
        return _of_week(said.week, said.weekday, day)
    unit, step = said.unit, said.step
    if unit is None or said.told:
        return None
    if unit == "weekend":
        return _weekend(day, before=step is not None)
    if said.count is None and not said.lasting and step is not None:
        return _unit(unit, step, day)
    days, count = DAYS.get(unit), 1 if said.count is None else said.count
    then = day - timedelta(days=days * count) if days else moved(day, unit, -count)
    if said.lasting:
        return f"{then}/{day}"
    # A day to the day, more than that about so.
    return f"{then}" if unit == "day" else f"{then}~" if days else f"{then:%Y-%m}~" if unit == "month" else f"{then:%Y}~"


def _unit(unit: str, step: int, day: date) -> str:
    """Return last night, this week, next year."""
    if unit in DAYS and unit != "week":
        return f"{day + timedelta(days=step)}"
    if unit == "year":
        return f"{day.year + step:04}"
    if unit == "month":
        return f"{day + relativedelta(months=step):%Y-%m}"
    monday = day - timedelta(days=day.weekday()) + timedelta(weeks=step)
    return f"{monday}/{monday + timedelta(days=6)}"


def _of_week(week: str, weekday: int, day: date) -> str | None:
    """Return Tuesday last, Tuesday of last week, a week ago Tuesday; None for Tuesday week."""
    if week == "last":
        return f"{latest_weekday(day, weekday, before=True)}"
    if week == "week ago":
        return f"{latest_weekday(day, weekday, before=True) - timedelta(days=7)}"
    return f"{day - timedelta(days=day.weekday() + 7 - weekday)}" if "last" in week else None


def _weekend(day: date, *, before: bool) -> str:
    """Return the weekend that has come last by a day; with ``before`` not the one that the day is of."""
    saturday = latest_weekday(day, _SATURDAY)
    if before and (day - saturday).days <= 1:
        saturday -= timedelta(days=7)
    return f"{saturday}/{saturday + timedelta(days=1)}"


def moved(day: date, unit: str, count: int) -> date:
    """Return the day so many months or years off; the last of its month where that is shorter."""
    then: date = day + relativedelta(**{f"{unit}s": count})
    return then


def nearest_year(month: int, day: int | None, last: date) -> int:
    """Return the year of a month, or of a day of it, in which it is nearest to a day; of two as near the earlier."""
    years = [year for year in (last.year, last.year - 1, last.year + 1) if 1 <= year <= date.max.year]
    return min(years, key=lambda year: (_distance(year, month, day, last), year))


def _distance(year: int, month: int, day: int | None, other: date) -> int:
    """Return how many days lie between a day and a month, or a day of it; far more where the year has no such day."""
    try:
        first = date(year, month, day or 1)
    except ValueError:
        return date.max.toordinal()
    last = first if day else first + relativedelta(months=1, days=-1)
    return max((first - other).days, (other - last).days, 0)
