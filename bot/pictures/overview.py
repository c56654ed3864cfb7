"""The strip at the head of a time line: all facts at their places on one scale, those of its page in colour."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from bot.facts.models import FactRecord
from bot.pictures.canvas import WIDTH, Canvas, Colour
from bot.pictures.letters import Letters
from bot.pictures.scale import Precision, Scale, Tick, days, precision, scale_of

LEFT_END, RIGHT_END = 44, WIDTH - 44
"""Where the scale begins and ends."""

_RADIUS, _STACK = 6.0, 72.0  # of a dot; pixels that a stack of them may be high
_ROW, _MOST_ROWS = 10.0, 3  # of long dates, below the scale
_SIZE = 22
_SHORTENED = 2.0  # times that a stretch would be longer on an even scale, from which it is drawn as shortened


def overview_height() -> float:
    """Return how high the strip is, in pixels."""
    return _STACK + _MOST_ROWS * _ROW + 62


def is_shortened(records: Sequence[FactRecord]) -> bool:
    """Return whether the strip of these facts has stretches that are drawn shorter than they were."""
    scale = scale_of(records)
    return scale is not None and any(_shortened(scale))


def draw_overview(canvas: Canvas, top: float, records: Sequence[FactRecord], page: Sequence[FactRecord]) -> None:
    """Draw the strip: single days as dots above the line, longer or uncertain times as bars below it."""
    scale = scale_of(records)
    if scale is None:
        return
    base = top + _STACK + 8
    shown = {record.number for record in page}
    _draw_axis(canvas, base, scale)
    points = [each for each in records if precision(each.fact.date) is Precision.DAY]
    _draw_days(canvas, base, points, shown, scale)
    spans = [each for each in records if precision(each.fact.date) in (Precision.SPAN, Precision.UNSURE)]
    _draw_spans(canvas, base, spans, shown, scale)
    _draw_ticks(canvas, base, points, scale)


def _x(scale: Scale, day: float) -> float:
    return LEFT_END + (RIGHT_END - LEFT_END) * scale.place(day)


def _shortened(scale: Scale) -> Iterator[bool]:
    """Yield for each stretch between two knots whether it is drawn shorter than it was."""
    whole = scale.last - scale.first
    for (start, end), (left, right) in zip(pairwise(scale.knots), pairwise(scale.places), strict=True):
        yield (end - start) / whole > _SHORTENED * (right - left)


def _draw_axis(canvas: Canvas, base: float, scale: Scale) -> None:
    colour = canvas.theme.line
    canvas.line([(LEFT_END - 8, base), (LEFT_END, base)], 3, colour)
    canvas.line([(RIGHT_END, base), (RIGHT_END + 8, base)], 3, colour)
    for (start, end), short in zip(pairwise(scale.knots), _shortened(scale), strict=True):
        left, right = (_x(scale, start), base), (_x(scale, end), base)
        if short:
            canvas.dashes(left, right, 3, colour, dash=4)
        else:
            canvas.line([left, right], 3, colour)


def _draw_days(canvas: Canvas, base: float, points: Sequence[FactRecord], shown: set[int], scale: Scale) -> None:
    """Draw single days as dots, those of one place on top of each other, closer where they are many."""
    x_of = {record.number: _x(scale, days(_earliest(record))) for record in points}
    columns = {number: round(x / (2 * _RADIUS)) for number, x in x_of.items()}
    tall = Counter(columns.values())
    stacked = Counter[int]()
    # Those of the page come first, at the bottom, and are drawn last, for they would be hidden where dots are close.
    ordered = sorted(points, key=lambda each: each.number not in shown)
    places = []
    for record in ordered:
        column = columns[record.number]
        step = min(2 * _RADIUS, (_STACK - 2 * _RADIUS) / max(tall[column] - 1, 1))
        places.append((record, x_of[record.number], base - _RADIUS - 3 - stacked[column] * step))
        stacked[column] += 1
    for record, x, y in reversed(places):
        canvas.disc(x, y, _RADIUS - 1, _colour(canvas, record, shown))


def _draw_spans(canvas: Canvas, base: float, spans: Sequence[FactRecord], shown: set[int], scale: Scale) -> None:
    """Draw long dates as bars in rows, each in the first row that is free there, those of the page on top; equal ones once."""
    ends = [0.0] * _MOST_ROWS
    bars = {}
    for record in sorted(spans, key=lambda each: each.number not in shown):
        date = record.fact.date
        assert date is not None
        if date.edtf in bars:
            continue
        left = _x(scale, days(date.earliest)) if date.earliest is not None else LEFT_END - 8
        right = max(_x(scale, days(date.latest)) if date.latest is not None else RIGHT_END + 8, left + 8)
        row = next((number for number, end in enumerate(ends) if end < left), _MOST_ROWS - 1)
        ends[row] = max(ends[row], right + 2)
        bars[date.edtf] = (record, left, right, base + 6 + row * _ROW)
    for record, left, right, y in reversed(bars.values()):
        colour = _colour(canvas, record, shown)
        if precision(record.fact.date) is Precision.UNSURE:
            canvas.dashes((left, y + 3), (right, y + 3), 6, colour, dash=6)
        else:
            canvas.bar(left, y, right, y + 6, colour, radius=3)


def _draw_ticks(canvas: Canvas, base: float, points: Sequence[FactRecord], scale: Scale) -> None:
    """Draw the marks of the scale, with the labels that have room.

    On an uneven scale the first comes first, then the day of which there is most to see, the last, and the others from the left.
    """
    bottom = base + 6 + _MOST_ROWS * _ROW
    ticks = list(scale.ticks())
    if not scale.is_even:
        busiest = Counter(days(_earliest(record)) for record in points).most_common(1)
        first = [scale.first, *(day for day, _ in busiest), scale.last]
        ticks.sort(key=lambda tick: first.index(tick.at) if tick.at in first else len(first))
    taken: list[tuple[float, float]] = []
    labels: set[str] = set()
    for tick in ticks:
        left, right = _label(scale, tick, canvas.letters)
        if tick.label in labels or any(left < end + 16 and start - 16 < right for start, end in taken):
            continue
        taken.append((left, right))
        labels.add(tick.label)
        x = _x(scale, tick.at)
        canvas.line([(x, base - 5), (x, base + 5)], 3, canvas.theme.soft)
        canvas.text(left, bottom + 20, tick.label, _SIZE, canvas.theme.soft)


def _colour(canvas: Canvas, record: FactRecord, shown: set[int]) -> Colour:
    return canvas.theme.kinds[record.fact.kind] if record.number in shown else canvas.theme.line


def _label(scale: Scale, tick: Tick, letters: Letters) -> tuple[float, float]:
    """Return where the label of a mark begins and ends, below it but within the picture."""
    width = letters.width(tick.label, _SIZE)
    left = min(max(_x(scale, tick.at) - width / 2, LEFT_END - 8), RIGHT_END + 8 - width)
    return left, left + width


def _earliest(record: FactRecord) -> int:
    assert record.fact.date is not None
    return record.fact.date.earliest or 0
