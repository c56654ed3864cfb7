"""All dates of a time line on one scale: single days as dots above a line, longer or uncertain times as bars below it.

Where the scale leaves days out, the line is a zigzag, with how long that is above it, and the bars have a gap.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from bot.facts.dates import StoryDate
from bot.facts.models import FactRecord
from bot.pictures.canvas import Canvas
from bot.pictures.scale import Precision, Scale, Stretch, Tick, days, precision, skipped
from bot.pictures.shapes import Colour

MAX_ROWS = 3
"""Rows of bars, below the line."""

ROW = 10.0
"""Pixels from one row of bars to the next."""

LABEL_LINE = 26
"""Pixels below the bars that the labels of the scale take."""

_RADIUS = 6.0  # of a dot
_LABEL, _SKIPPED = 22, 20  # pixels of the letters below the scale, and of those above its breaks
_BEYOND = 8  # pixels that the line goes on at its ends
_TOOTH = 6.0  # of a zigzag, half as wide as high
_APART = 16  # pixels between labels
_Look = Callable[[FactRecord], tuple[Colour, str]]  # the colour of a fact, and what is told of it where the pointer rests


class Strip:
    """The scale of a time line between two places on a canvas, from right to left where the canvas is read so.

    Facts for which ``first`` is true are drawn on top of the others, and nearest to the line. ``look`` gives a fact its colour
    and its note.
    """

    def __init__(
        self, canvas: Canvas, scale: Scale, ends: tuple[float, float], look: _Look, first: Callable[[FactRecord], bool]
    ) -> None:
        self._canvas, self._scale, self._look = canvas, scale, look
        self._left, self._right = ends
        self._first = first

    def draw(self, base: float, stack: float, records: Sequence[FactRecord], *, skips: bool = True) -> None:
        """Draw facts on a line at ``base``, with a ``stack`` of so many pixels for the dots above it.

        ``skips`` is whether it is said how long the breaks are.
        """
        dated = [(record, record.fact.date) for record in records if record.fact.date]
        self._draw_line(base, skips=skips)
        self._draw_days(base, stack, [(record, date) for record, date in dated if precision(date) is Precision.DAY])
        kinds = Precision.SPAN, Precision.UNSURE
        self._draw_spans(base, [(record, date) for record, date in dated if precision(date) in kinds])

    def draw_labels(self, base: float, records: Sequence[FactRecord]) -> None:
        """Draw the marks of the scale on the line, with the labels that have room below the bars.

        On a scale with breaks the ends come first, then the day of which there is most to see, then the others.
        """
        theme, letters = self._canvas.theme, self._canvas.letters
        y = base + 6 + MAX_ROWS * ROW + 20
        taken: list[tuple[float, float]] = []
        labels: set[str] = set()
        for tick in self._ticks(records):
            # It stands below its mark, but within the picture.
            x, width = self.x(tick.at), letters.width(tick.label, _LABEL)
            left = min(max(x - width / 2, self._left - _BEYOND), self._right + _BEYOND - width)
            right = left + width
            if tick.label in labels or any(left < end + _APART and start - _APART < right for start, end in taken):
                continue
            taken.append((left, right))
            labels.add(tick.label)
            self._canvas.line([(x, base - 5), (x, base + 5)], 3, theme.soft)
            self._canvas.text(left, y, tick.label, _LABEL, theme.soft)

    def x(self, day: float) -> float:
        """Return where a day stands."""
        return self._at(self._scale.position(day))

    def _at(self, share: float) -> float:
        share = 1 - share if self._canvas.mirrored else share
        return self._left + (self._right - self._left) * share

    def _ticks(self, records: Sequence[FactRecord]) -> list[Tick]:
        ticks = list(self._scale.ticks())
        if self._scale.breaks():
            dates = (record.fact.date for record in records)
            single = Counter(days(date.earliest or 0) for date in dates if date and precision(date) is Precision.DAY)
            busiest = [self._scale.first, self._scale.last, *(day for day, _ in single.most_common(1))]
            ticks.sort(key=lambda tick: tick.at not in busiest)
        return ticks

    def _draw_line(self, base: float, *, skips: bool) -> None:
        canvas, colour = self._canvas, self._canvas.theme.line
        canvas.line([(self._left - _BEYOND, base), (self._left, base)], 3, colour)
        canvas.line([(self._right, base), (self._right + _BEYOND, base)], 3, colour)
        for stretch in self._scale.stretches:
            canvas.line([(self._at(stretch.left), base), (self._at(stretch.right), base)], 3, colour)
        for stretch in self._scale.breaks():
            left, right = self._ends(stretch)
            teeth = round((right - left) / _TOOTH / 2) * 2
            step = (right - left) / teeth
            heights = [0, *(_TOOTH if number % 2 else -_TOOTH for number in range(1, teeth)), 0]
            points = [(left + number * step, base + height) for number, height in enumerate(heights)]
            canvas.line(points, 2, canvas.theme.soft)
            words = skipped(stretch) if skips else ""
            if canvas.letters.width(words, _SKIPPED) > right - left - 2 * _RADIUS:
                words = skipped(stretch, short=True)
            canvas.text((left + right) / 2, base - _TOOTH - 7, words, _SKIPPED, canvas.theme.soft, anchor="m")

    def _ends(self, stretch: Stretch) -> tuple[float, float]:
        left, right = sorted((self._at(stretch.left), self._at(stretch.right)))
        return left, right

    def _draw_days(self, base: float, stack: float, points: Sequence[tuple[FactRecord, StoryDate]]) -> None:
        """Draw single days as dots, those of one place on top of each other, closer where they are many."""
        x_of = {record.number: self.x(days(date.earliest or 0)) for record, date in points}
        columns = {number: round(x / (2 * _RADIUS)) for number, x in x_of.items()}
        tall = Counter(columns.values())
        stacked = Counter[int]()
        dots = []
        for record, _ in sorted(points, key=lambda point: not self._first(point[0])):
            column = columns[record.number]
            step = min(2 * _RADIUS, (stack - 2 * _RADIUS) / max(tall[column] - 1, 1))
            dots.append((record, x_of[record.number], base - _RADIUS - 3 - stacked[column] * step))
            stacked[column] += 1
        for record, x, y in reversed(dots):  # the first last, for they would be hidden where dots are close
            colour, note = self._look(record)
            self._canvas.disc(x, y, _RADIUS - 1, colour, note)

    def _draw_spans(self, base: float, spans: Sequence[tuple[FactRecord, StoryDate]]) -> None:
        """Draw long dates as bars in rows, each in the first row that is free there; equal ones once.

        One that goes on beyond a break has a gap in it.
        """
        ends = [-2.0 * _BEYOND] * MAX_ROWS
        bars: dict[str, tuple[FactRecord, float, float, float]] = {}
        for record, date in sorted(spans, key=lambda span: not self._first(span[0])):
            if date.edtf in bars:
                continue
            start = -_BEYOND if date.earliest is None else self._along(date.earliest)
            end = self._right - self._left + _BEYOND if date.latest is None else self._along(date.latest)
            end = max(end, start + 8)
            row = next((number for number, taken in enumerate(ends) if taken < start), MAX_ROWS - 1)
            ends[row] = max(ends[row], end + 2)
            left, right = sorted((self._beside(start), self._beside(end)))
            bars[date.edtf] = (record, left, right, base + 6 + row * ROW)
        for record, left, right, y in reversed(bars.values()):
            colour, note = self._look(record)
            if precision(record.fact.date) is Precision.UNSURE:
                self._canvas.dashes((left, y + 3), (right, y + 3), 6, colour, dash=6)
            else:
                self._canvas.bar(left, y, right, y + 6, colour, radius=3, note=note)
        for _, left, right, y in bars.values():
            for start, end in map(self._ends, self._scale.breaks()):
                if left <= start + 1 and end - 1 <= right:
                    middle = (start + end) / 2
                    self._canvas.line([(middle + 3, y - 2), (middle - 3, y + 8)], 7, self._canvas.theme.ground)

    def _along(self, key: int) -> float:
        return (self._right - self._left) * self._scale.position(days(key))

    def _beside(self, along: float) -> float:
        return self._right - along if self._canvas.mirrored else self._left + along
