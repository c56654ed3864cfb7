"""Dates as a picture shows them: how exactly they are known, where they stand on a scale, and what lies between two of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum

from bot.facts.dates import StoryDate, parse_date
from bot.presentation.languages import language, say_number

_MONTH, _YEAR = 30.44, 365.2425  # days, on the average
_LEAST_GAP = 60  # days from which it is said how much later something was
_LONGEST = 9999  # the last year of the calendar
_MOST_YEARS = 6  # steps between labels of years


class Precision(Enum):
    """How exactly a date is known, each with its own mark."""

    DAY = "a day"
    SPAN = "days, a month or longer"
    UNSURE = "uncertain"
    UNKNOWN = "no date"


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on a scale with its label: ``at`` is in days."""

    at: float
    label: str


def precision(when: StoryDate | None) -> Precision:
    """Tell how exactly a date is known: open ends, unknown digits and the marks ? ~ % make it uncertain."""
    if when is None or (when.earliest is None and when.latest is None):
        return Precision.UNKNOWN
    if when.earliest is None or when.latest is None or any(sign in when.edtf for sign in "?~%X"):
        return Precision.UNSURE
    return Precision.DAY if when.earliest == when.latest else Precision.SPAN


def days(key: int) -> float:
    """Return where a day (a key yyyymmdd) stands on a scale, in days: the ordinal of the calendar, about so outside of it."""
    year, month, day = key // 10000, key // 100 % 100, key % 100
    if 1 <= year <= _LONGEST:
        return date(year, month, day).toordinal()
    return (year - 1) * _YEAR + (month - 1) * _MONTH + day


def gap(before: StoryDate, after: StoryDate) -> str:
    """Say how much later the second date is than the first: ``3 months later``; "" where that is little or not known."""
    end, start = before.latest, after.earliest
    if end is None or start is None or days(start) - days(end) < _LEAST_GAP:
        return ""
    between = days(start) - days(end)
    if between >= 2 * _YEAR:
        return say_number(round(between / _YEAR), "{number} year later", "{number} years later")
    return say_number(round(between / _MONTH), "{number} month later", "{number} months later")


def ticks(first: float, last: float) -> tuple[Tick, ...]:
    """Return the marks of a scale from one day to another: days, months or years, as few as can be labelled side by side."""
    if first >= 1 and last <= date.max.toordinal():
        for step, most in ((1, 2), (2, 2), (7, 2), (14, 2)):
            if (last - first) / step <= most:
                return tuple(_day_ticks(int(first), int(last), step))
        for months, most in ((1, 3), (3, 3), (6, 3)):
            if (last - first) / (_MONTH * months) <= most:
                return tuple(_month_ticks(first, last, months))
    return tuple(_year_ticks(first, last))


def _day_ticks(first: int, last: int, step: int) -> Iterator[Tick]:
    for ordinal in range(first, last + 1, step):
        yield Tick(ordinal, parse_date(date.fromordinal(ordinal).isoformat()).words(language()))


def _month_ticks(first: float, last: float, step: int) -> Iterator[Tick]:
    year = date.fromordinal(int(first)).year
    for number in range(0, 36, step):
        key = (year + number // 12) * 10000 + (number % 12 + 1) * 100 + 1
        if key // 10000 <= _LONGEST and first <= days(key) <= last:
            yield Tick(days(key), parse_date(f"{key // 10000:04}-{key // 100 % 100:02}").words(language()))


def _year_ticks(first: float, last: float) -> Iterator[Tick]:
    step = 1
    while (last - first) / (_YEAR * step) > _MOST_YEARS:
        step = step * 5 // 2 if str(step)[0] == "2" else step * 2
    begin = int(first / _YEAR / step) * step
    for year in range(begin, int(last / _YEAR) + 2 * step, step):
        at = days(year * 10000 + 101)
        if first <= at <= last:
            yield Tick(at, _year(year))


def _year(year: int) -> str:
    sign = "-" if year < 0 else ""
    text = f"{sign}{abs(year):04}" if abs(year) <= _LONGEST else f"Y{year}"
    return parse_date(text).words(language())
