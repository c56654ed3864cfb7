"""The strip at the head of a time line: all facts at their places on one scale, those of this page in colour."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from bot.facts.models import FactRecord
from bot.pictures.canvas import WIDTH, Canvas
from bot.pictures.letters import Letters
from bot.pictures.moments import Precision, days, precision, ticks
from bot.pictures.themes import Theme

_LEFT, _RIGHT = 44, WIDTH - 44
_LEAST = 2.0  # days that a scale covers; below, there is nothing to see on it
_RADIUS, _MOST_STACKED = 6.0, 6
_ROW, _MOST_ROWS = 10.0, 3  # of long dates, below the scale
_SIZE = 22


@dataclass(frozen=True, slots=True)
class Scale:
    """From which day to which the facts reach."""

    first: float
    last: float

    def x(self, day: float) -> float:
        """Return where a day stands across the picture."""
        return _LEFT + (_RIGHT - _LEFT) * (day - self.first) / (self.last - self.first)


def scale_of(records: Sequence[FactRecord]) -> Scale | None:
    """Return the scale on which all facts stand; None where they are of nearly one day, or without dates."""
    keys = [key for each in records if (date := each.fact.date) for key in (date.earliest, date.latest) if key is not None]
    if not keys or days(max(keys)) - days(min(keys)) < _LEAST:
        return None
    return Scale(days(min(keys)), days(max(keys)))


def height() -> float:
    """Return how high the strip is, in pixels."""
    return _MOST_STACKED * 2 * _RADIUS + _MOST_ROWS * _ROW + 62


def draw(
    canvas: Canvas, top: float, records: Sequence[FactRecord], here: Sequence[FactRecord], look: tuple[Theme, Letters]
) -> None:
    """Draw the strip: single days as dots above the line, longer or uncertain times as bars below it."""
    scale = scale_of(records)
    if scale is None:
        return
    theme, letters = look
    base = top + _MOST_STACKED * 2 * _RADIUS + 8
    canvas.line([(_LEFT - 8, base), (_RIGHT + 8, base)], 3, theme.line)
    shown = {record.number for record in here}
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
        left = scale.x(days(date.earliest)) if date.earliest is not None else _LEFT - 8
        right = max(scale.x(days(date.latest)) if date.latest is not None else _RIGHT + 8, left + 8)
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
        left = min(max(x - width / 2, _LEFT - 8), _RIGHT + 8 - width)
        if left < taken:
            continue
        taken = left + width + 16
        canvas.line([(x, base - 5), (x, base + 5)], 3, theme.soft)
        canvas.text(left, bottom + 20, tick.label, _SIZE, theme.soft)
