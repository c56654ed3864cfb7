"""Dates on a scale: how exactly they are known, where they stand, and what lies between two of them.

The strip at the head of a time line has all facts at their places on one scale, those of its page in colour.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from bot.facts.dates import StoryDate, parse_date
from bot.facts.models import FactRecord
from bot.pictures.canvas import WIDTH, Canvas, Theme
from bot.pictures.letters import Letters
from bot.presentation.languages import language, say_number

_MONTH, _YEAR = 30.44, 365.2425  # days, on the average
_LEAST_GAP = 60  # days from which it is said how much later something was
_LONGEST = 9999  # the last year of the calendar
_MOST_YEARS = 6  # steps between labels of years
_LEFT_END, _RIGHT_END = 44, WIDTH - 44
_LEAST = 2.0  # days that a scale covers; below, there is nothing to see on it
_RADIUS, _MOST_STACKED = 6.0, 6
_ROW, _MOST_ROWS = 10.0, 3  # of long dates, below the scale
_SIZE = 22


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


@dataclass(frozen=True, slots=True)
class Scale:
    """From which day to which the facts reach."""

    first: float
    last: float

    def x(self, day: float) -> float:
        """Return where a day stands across the picture."""
        return _LEFT_END + (_RIGHT_END - _LEFT_END) * (day - self.first) / (self.last - self.first)


def scale_of(records: Sequence[FactRecord]) -> Scale | None:
    """Return the scale on which all facts stand; None where they are of nearly one day, or without dates."""
    keys = [key for each in records if (date := each.fact.date) for key in (date.earliest, date.latest) if key is not None]
    if not keys or days(max(keys)) - days(min(keys)) < _LEAST:
        return None
    return Scale(days(min(keys)), days(max(keys)))


def overview_height() -> float:
    """Return how high the strip is, in pixels."""
    return _MOST_STACKED * 2 * _RADIUS + _MOST_ROWS * _ROW + 62


def draw_overview(
    canvas: Canvas, top: float, records: Sequence[FactRecord], page: Sequence[FactRecord], look: tuple[Theme, Letters]
) -> None:
    """Draw the strip: single days as dots above the line, longer or uncertain times as bars below it."""
    scale = scale_of(records)
    if scale is None:
        return
    theme, letters = look
    base = top + _MOST_STACKED * 2 * _RADIUS + 8
    canvas.line([(_LEFT_END - 8, base), (_RIGHT_END + 8, base)], 3, theme.line)
    shown = {record.number for record in page}
    points = [each for each in records if precision(each.fact.date) is Precision.DAY]
    spans = [each for each in records if precision(each.fact.date) in (Precision.SPAN, Precision.UNSURE)]
    stacked: dict[int, int] = defaultdict(int)
    for record in sorted(points, key=lambda each: each.number not in shown):
        assert record.fact.date is not None
        x = scale.x(days(record.fact.date.earliest or 0))
        column = round(x / (2 * _RADIUS))
        if stacked[column] < _MOST_STACKED:
            y = base - _RADIUS - 3 - stacked[column] * 2 * _RADIUS
            canvas.disc(x, y, _RADIUS - 1, theme.kinds[record.fact.kind] if record.number in shown else theme.line)
        stacked[column] += 1
    _draw_spans(canvas, base, spans, shown, (scale, theme))
    _draw_ticks(canvas, base, scale, theme, letters)


def _draw_spans(canvas: Canvas, base: float, spans: Sequence[FactRecord], shown: set[int], look: tuple[Scale, Theme]) -> None:
    """Draw long dates as bars in rows, each in the first row that is free there; what has no row is left out."""
    scale, theme = look
    ends = [0.0] * _MOST_ROWS
    for record in sorted(spans, key=lambda each: each.number not in shown):
        date = record.fact.date
        assert date is not None
        left = scale.x(days(date.earliest)) if date.earliest is not None else _LEFT_END - 8
        right = max(scale.x(days(date.latest)) if date.latest is not None else _RIGHT_END + 8, left + 8)
        row = next((number for number, end in enumerate(ends) if end < left), None)
        if row is None:
            continue
        ends[row] = right + 2
        y = base + 6 + row * _ROW
        colour = theme.kinds[record.fact.kind] if record.number in shown else theme.line
        if precision(date) is Precision.UNSURE:
            canvas.dashes((left, y + 3), (right, y + 3), 6, colour, dash=6)
        else:
            canvas.bar(left, y, right, y + 6, colour, radius=3)


def _draw_ticks(canvas: Canvas, base: float, scale: Scale, theme: Theme, letters: Letters) -> None:
    """Draw the marks of the scale, with the labels that have room."""
    bottom = base + 6 + _MOST_ROWS * _ROW
    taken = 0.0
    for tick in ticks(scale.first, scale.last):
        x, width = scale.x(tick.at), letters.width(tick.label, _SIZE)
        left = min(max(x - width / 2, _LEFT_END - 8), _RIGHT_END + 8 - width)
        if left < taken:
            continue
        taken = left + width + 16
        canvas.line([(x, base - 5), (x, base + 5)], 3, theme.soft)
        canvas.text(left, bottom + 20, tick.label, _SIZE, theme.soft)
