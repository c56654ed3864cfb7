"""Dates on a scale: how exactly they are known, where they stand, and what lies between two of them."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from itertools import pairwise
from typing import Literal

from bot.facts.dates import StoryDate, parse_date
from bot.facts.models import FactRecord
from bot.languages import language, say_number

_MONTH, _YEAR = 30.44, 365.2425  # days, on the average
_MIN_GAP = 60  # days from which it is said how much later something was
_LAST_YEAR = 9999  # the last year of the calendar
_MAX_YEARS = 6  # steps between labels of years
_MIN_DAYS = 2.0  # days that a scale covers; below, there is nothing to see on it
_SMALL_PART, _MAX_TOGETHER, _FEWEST = 1 / 6, 0.6, 4  # of a scale; share of days in it that is too much; days that it takes
_ABOUT = 2.1  # months or years that a span may be unsure by to be told as "about" so many; two months of 31 days count as two
_MIN_BREAK = 14  # days that a break skips
_LONG = 366  # days, more than which a date is as long as a break may be
_WHOLE = 2  # years or months from which a break is told in them
_ROUNDED = 0.02  # of a month or year: months differ in length


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
    """Return how exactly a date is known: open ends, unknown digits and the marks ? ~ % make it uncertain."""
    if when is None or (when.earliest is None and when.latest is None):
        return Precision.UNKNOWN
    if when.earliest is None or when.latest is None or any(sign in when.edtf for sign in "?~%X"):
        return Precision.UNSURE
    return Precision.DAY if when.earliest == when.latest else Precision.SPAN


def days(key: int) -> float:
    """Return where a day (a key yyyymmdd) stands on a scale, in days: the ordinal of the calendar, about so outside of it."""
    year, month, day = key // 10000, key // 100 % 100, key % 100
    if 1 <= year <= _LAST_YEAR:
        return date(year, month, day).toordinal()
    return (year - 1) * _YEAR + (month - 1) * _MONTH + day


def gap(before: StoryDate, after: StoryDate) -> str:
    """Say how much later the second date is than the first, as surely as both are known; "" where that is little or not known.

    ``7 years later`` where no day of the two dates makes a difference, ``about 7 years later`` where it makes one of a year or
    two, ``at least 3 months later`` where it makes more. Of a date that is itself about right, no more than "about" is said.
    """
    if before.earliest is None or before.latest is None or after.earliest is None or after.latest is None:
        return ""
    least, most = days(after.earliest) - days(before.latest), days(after.latest) - days(before.earliest)
    if least < _MIN_GAP:
        return ""
    unit = _YEAR if least >= 2 * _YEAR else _MONTH
    sure = not any(sign in date.edtf for date in (before, after) for sign in "?~%")
    if sure and round(least / unit) == round(most / unit):
        number, how = round(least / unit), "exactly"
    elif most - least <= _ABOUT * unit:
        number, how = round((least + most) / 2 / unit), "about"
    elif sure:
        number, how = math.floor(least / unit + _ROUNDED), "at least"
    else:
        return ""
    return _later(how, number, years=unit == _YEAR)


def _later(how: str, number: int, *, years: bool) -> str:
    match how, years:
        case "exactly", True:
            return say_number(number, "{number} year later", "{number} years later")
        case "exactly", False:
            return say_number(number, "{number} month later", "{number} months later")
        case "about", True:
            return say_number(number, "about {number} year later", "about {number} years later")
        case "about", False:
            return say_number(number, "about {number} month later", "about {number} months later")
        case _, True:
            return say_number(number, "at least {number} year later", "at least {number} years later")
        case _:
            return say_number(number, "at least {number} month later", "at least {number} months later")


def ticks(first: float, last: float) -> tuple[Tick, ...]:
    """Return the marks of a scale from one day to another: days, months or years, as few as can be labelled side by side."""
    if first < 1 or last > date.max.toordinal():
        return tuple(_year_ticks(first, last))
    for step in (1, 2, 7, 14):
        if (last - first) / step <= 2:
            return tuple(Tick(day, _named(day, "day")) for day in range(int(first), int(last) + 1, step))
    for months in (1, 3, 6):
        if (last - first) / (_MONTH * months) <= 3:
            return tuple(_month_ticks(first, last, months))
    return tuple(_year_ticks(first, last))


def _month_ticks(first: float, last: float, step: int) -> Iterator[Tick]:
    year = date.fromordinal(int(first)).year
    for number in range(0, 36, step):
        key = (year + number // 12) * 10000 + (number % 12 + 1) * 100 + 1
        if key // 10000 <= _LAST_YEAR and first <= days(key) <= last:
            yield Tick(days(key), _named(days(key), "month"))


def _year_ticks(first: float, last: float) -> Iterator[Tick]:
    step = 1
    while (last - first) / (_YEAR * step) > _MAX_YEARS:
        step = step * 5 // 2 if str(step)[0] == "2" else step * 2
    begin = int(first / _YEAR / step) * step
    for year in range(begin, int(last / _YEAR) + 2 * step, step):
        at = days(year * 10000 + 101)
        if first <= at <= last:
            yield Tick(at, _year(year))


def _year(year: int) -> str:
    sign = "-" if year < 0 else ""
    text = f"{sign}{abs(year):04}" if abs(year) <= _LAST_YEAR else f"Y{year}"
    return parse_date(text).words(language())


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days from one to another without a break, and where they begin and end on the scale, from 0 to 1."""

    first: float
    last: float
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Scale:
    """Where days stand between the first and the last: a day takes as much room in one stretch as in any other.

    Between two stretches is a break, which is as wide as any other, however many days it skips.
    """

    stretches: tuple[Stretch, ...]

    @property
    def first(self) -> float:
        """The first day."""
        return self.stretches[0].first

    @property
    def last(self) -> float:
        """The last day."""
        return self.stretches[-1].last

    def position(self, day: float) -> float:
        """Return where a day stands, from 0 to 1."""
        after = bisect_right([stretch.first for stretch in self.stretches], day)
        stretch = self.stretches[max(after - 1, 0)]
        if day > stretch.last and after < len(self.stretches):  # in a break
            following = self.stretches[after]
            share = (day - stretch.last) / (following.first - stretch.last)
            return stretch.right + (following.left - stretch.right) * share
        share = (day - stretch.first) / max(stretch.last - stretch.first, 1)
        return min(stretch.left + (stretch.right - stretch.left) * share, 1.0)

    def breaks(self) -> list[Stretch]:
        """Return the breaks: which days each skips, and where it stands."""
        return [Stretch(before.last, after.first, before.right, after.left) for before, after in pairwise(self.stretches)]

    def ticks(self) -> tuple[Tick, ...]:
        """Return its marks, those first that are to have a label in any case: its ends, then those of the breaks, then others.

        What follows a break is named as far as tells it from what stands before.
        """
        if len(self.stretches) == 1:
            return ticks(self.first, self.last)
        outer = Tick(self.first, _named(self.first, "year")), Tick(self.last, _named(self.last, "month"))
        starts = (Tick(part.last, _name_beside(part.last, part.first)) for part in self.breaks())
        ends = (Tick(part.last, _named(part.last, "month")) for part in self.stretches if part.last > part.first)
        inner = (
            tick for stretch in self.stretches if stretch.last > stretch.first for tick in ticks(stretch.first, stretch.last)
        )
        return (*outer, *starts, *ends, *inner)


def skipped(stretch: Stretch, *, short: bool = False) -> str:
    """Say how long a break is, rounded to years, months or days: ``65 years``."""
    from babel.dates import format_timedelta

    number = stretch.last - stretch.first
    length = timedelta(days=number * 365 / _YEAR if number >= 2 * _YEAR else number)  # Babel's years have 365 days
    style: Literal["short", "long"] = "short" if short else "long"
    return str(format_timedelta(length, threshold=_WHOLE, locale=language(), format=style))


def scale_of(records: Sequence[FactRecord], most: int, width: float) -> Scale | None:
    """Return the scale on which all facts stand; None where they are of nearly one day, or without dates.

    It is even unless most dates would stand in a small part of it. Then the longest times without a date are broken out, ``most``
    of them at most, until that is no longer so; each break takes ``width``, a share of the scale.
    """
    dates = [date for record in records if (date := record.fact.date)]
    day_numbers = sorted({days(key) for date in dates for key in (date.earliest, date.latest) if key is not None})
    if not day_numbers or day_numbers[-1] - day_numbers[0] < _MIN_DAYS:
        return None
    begun = sorted({*(number for date in dates for number in _looked_at(date)), day_numbers[0], day_numbers[-1]})
    gaps = sorted(pairwise(begun), key=lambda gap: gap[1] - gap[0], reverse=True)[:most]
    whole = day_numbers[-1] - day_numbers[0]
    broken: list[tuple[float, float]] = []
    for start, end in gaps:
        if (
            len(day_numbers) < _FEWEST
            or not _is_crowded(day_numbers, broken)
            or end - start <= max(whole * _SMALL_PART, _MIN_BREAK)
        ):
            break
        broken.append((start, end))
        whole -= end - start
    return Scale(tuple(_stretches(day_numbers[0], day_numbers[-1], sorted(broken), width)))


def _looked_at(when: StoryDate) -> list[float]:
    """Return the days at whose sides a scale may break: not the end of a month or a year, which would take a break of its own."""
    ends = [days(key) for key in (when.earliest, when.latest) if key is not None]
    return ends[:1] if ends[-1] - ends[0] <= _LONG else ends


def _is_crowded(day_numbers: Sequence[float], broken: Sequence[tuple[float, float]]) -> bool:
    """Return whether most days stand in a small part of the scale without what is broken out of it."""
    at = [day - sum(end - start for start, end in broken if end <= day) for day in day_numbers]
    part = (at[-1] - at[0]) * _SMALL_PART
    fullest = max(bisect_right(at, day + part) - number for number, day in enumerate(at))
    return fullest > len(at) * _MAX_TOGETHER


def _stretches(first: float, last: float, broken: Sequence[tuple[float, float]], width: float) -> Iterator[Stretch]:
    starts, ends = [first, *(end for _, end in broken)], [*(start for start, _ in broken), last]
    whole = sum(end - start for start, end in zip(starts, ends, strict=True))
    room = 1 - len(broken) * width
    left = 0.0
    for start, end in zip(starts, ends, strict=True):
        right = left + room * ((end - start) / whole if whole else 1 / len(starts))
        yield Stretch(start, end, left, min(right, 1.0))
        left = right + width


def _name_beside(day: float, before: float) -> str:
    """Name a day by its year, or by its month or itself where the day before it is of the same year or month."""
    if _is_outside(day) or _is_outside(before):
        return _named(day, "year")
    one, other = date.fromordinal(int(day)), date.fromordinal(int(before))
    if one.year != other.year:
        return _named(day, "year")
    return _named(day, "month" if one.month != other.month else "day")


def _named(day: float, part: Literal["year", "month", "day"]) -> str:
    """Name a day in words, to its year, its month or itself; one outside of the calendar by its year."""
    if _is_outside(day):
        return _year(math.floor((day - 1) / _YEAR) + 1)
    length = {"year": 4, "month": 7, "day": 10}[part]
    return parse_date(date.fromordinal(int(day)).isoformat()[:length]).words(language())


def _is_outside(day: float) -> bool:
    return not 1 <= day <= date.max.toordinal()
