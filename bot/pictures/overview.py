"""A whole story on one page, wider than high, for a desktop or for print.

At its head each kind of facts has a lane, all on one scale; below, every fact stands by its date, in columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot import phrases
from bot.errors import UsageError
from bot.facts.models import FactRecord
from bot.facts.speakers import publisher_of
from bot.languages import say, say_number
from bot.pictures.canvas import MAX_ALT, THEMES, Canvas, Head
from bot.pictures.directions import direction
from bot.pictures.in_words import fact_in_words, in_words
from bot.pictures.letters import Letters
from bot.pictures.picture import Picture
from bot.pictures.scale import Precision, Scale, precision, scale_of
from bot.pictures.shapes import Colour
from bot.pictures.strip import LABEL_LINE, MAX_ROWS, ROW, Strip
from bot.pictures.timeline import KINDS, PRECISIONS, TOO_MUCH, are_mirrored, facts_to_draw, stories_of
from bot.presentation import wording

COLUMN, BETWEEN, MARGIN = 364, 24, 36
"""Pixels across: of a column, between two of them, and at the edges of the page."""

BODY, LINE = 20, 25
"""Pixels of the letters, and from one line to the next."""

_COLUMNS = range(4, 9)
_LINES = (3, 2, 1)  # of a fact: fewer where there are many facts
_SHAPE = 0.72  # how high a page may be, as a share of its width
_STACK, _LANE = 60.0, 8.0  # of dots; pixels between lanes
_NAMES = 200  # pixels at the head of the lanes for their names
_MARKED = 20  # pixels at the head of a fact for its mark
_APART = 8  # pixels between facts
_MAX_BREAKS, _BREAK = 6, 0.07  # of the scale; how wide one is, as a share of it
_FOOT, _LEGEND = 64, 330  # pixels below the columns; from one mark of the legend to the next
_SOURCES = 2  # lines


@dataclass(frozen=True, slots=True)
class _Entry:
    """A fact in a column: its date where that of the fact before is another, and its text, broken and cut."""

    record: FactRecord
    dated: str
    lines: tuple[str, ...]

    @property
    def height(self) -> float:
        return LINE * (len(self.lines) + bool(self.dated)) + _APART


def overview_picture(title: str, records: Sequence[FactRecord], *, theme: str = "light", longest: int = MAX_ALT) -> Picture:
    """Draw all facts, in the order given, which is by date, on one page; ``longest`` is for its words (characters).

    Raises NotKnownError where all were retracted, UsageError where they are too many or the fonts lack the letters.
    """
    letters = Letters()
    records = facts_to_draw(title, records, letters)
    scale = scale_of(records, _MAX_BREAKS, _BREAK)
    kinds = [kind for kind in KINDS if any(_kind(record) == kind for record in records)]
    lanes = len(kinds) * (_STACK + MAX_ROWS * ROW + 14 + _LANE) + LABEL_LINE + 24 if scale else 8.0
    for most, count in ((most, count) for most in _LINES for count in _COLUMNS):
        width = count * (COLUMN + BETWEEN) - BETWEEN + 2 * MARGIN
        head = Head(title, stories_of(records), letters, width)
        columns = _dealt(_entries(records, most, letters), count)
        bottom = head.height + lanes + max(map(_height, columns))
        sources = letters.lines(_sources(records), BODY, width - 2 * MARGIN, _SOURCES)
        whole = bottom + _FOOT + LINE * len(sources)
        if whole <= width * _SHAPE:
            break
    else:
        raise UsageError(say(TOO_MUCH))
    canvas = Canvas(whole, THEMES[theme], letters, mirrored=are_mirrored(records), width=width)
    head.draw(canvas, [say_number(len(records), "{number} fact", "{number} facts")], 0, 1)
    if scale:
        _draw_lanes(canvas, head.height, records, kinds, scale)
    for number, column in enumerate(columns):
        _draw_column(canvas, MARGIN + number * (COLUMN + BETWEEN), head.height + lanes, column)
    _draw_foot(canvas, bottom, records, scale, sources)
    return Picture(canvas, head.name, in_words(head.in_words(0, 1), records, longest), 0, 1)


def _kind(record: FactRecord) -> str:
    return "claim" if record.fact.kind == "passage" else record.fact.kind


def _entries(records: Sequence[FactRecord], most: int, letters: Letters) -> list[_Entry]:
    entries: list[_Entry] = []
    before = ""
    for record in records:
        dated = wording.date_words(record)
        lines = tuple(letters.lines(_text(record), BODY, COLUMN - _MARKED, most))
        entries.append(_Entry(record, letters.cut(dated, BODY, COLUMN, bold=True) if dated != before else "", lines or ("",)))
        before = dated
    return entries


def _text(record: FactRecord) -> str:
    """Return what a column has of a fact: who says it, and its text."""
    unchecked = "" if record.fact.reviewed else f"({say(wording.NOT_REVIEWED)}) "  # before what may be cut
    text = f"{unchecked}{record.fact.glossed}"
    if _kind(record) == "event" or record.fact.kind == "passage":
        return text
    names = phrases.listed([actor.name for actor in record.speakers]) or publisher_of(record)
    return phrases.labelled(names, f"“{text}”" if record.fact.kind == "quote" else text)


def _height(entries: Sequence[_Entry]) -> float:
    return sum(entry.height for entry in entries)


def _dealt(entries: Sequence[_Entry], count: int) -> list[list[_Entry]]:
    """Deal entries out on columns, as low as hold them; the first of each has its date."""
    low = high = _height(entries) + LINE * count
    low /= count * 2
    columns: list[list[_Entry]] = []
    while not columns or high - low > 1:
        middle = (low + high) / 2
        dealt = _columns(entries, middle)
        if len(dealt) > count:
            low = middle
        else:
            columns, high = dealt, middle
    return columns


def _columns(entries: Sequence[_Entry], room: float) -> list[list[_Entry]]:
    columns: list[list[_Entry]] = [[]]
    for entry in entries:
        if columns[-1] and _height([*columns[-1], entry]) > room:
            dated = entry.dated or next(before.dated for before in reversed(entries[: entries.index(entry)]) if before.dated)
            columns.append([replace(entry, dated=dated)])
        else:
            columns[-1].append(entry)
    return columns


def _draw_lanes(canvas: Canvas, top: float, records: Sequence[FactRecord], kinds: Sequence[str], scale: Scale) -> None:
    """Draw a lane for each kind of facts, with its name, all on one scale, which is labelled below the last."""

    def look(record: FactRecord) -> tuple[Colour, str]:
        return canvas.theme.kinds[record.fact.kind], fact_in_words(record)

    left, right = sorted((canvas.inset(MARGIN + _NAMES), canvas.inset(canvas.size[0] - MARGIN - 10)))
    strip = Strip(canvas, scale, (left, right), look, lambda _: True)
    base = top
    for number, kind in enumerate(kinds):
        base = top + number * (_STACK + MAX_ROWS * ROW + 14 + _LANE) + _STACK
        name = canvas.letters.cut(say(KINDS[kind]), BODY, _NAMES - 20, bold=True)
        canvas.begin(MARGIN, base + 7, name, BODY, canvas.theme.kinds[kind], bold=True)
        strip.draw(base, _STACK, [record for record in records if _kind(record) == kind], skips=number == 0)
    strip.draw_labels(base, records)


def _draw_column(canvas: Canvas, inset: float, y: float, entries: Sequence[_Entry]) -> None:
    theme = canvas.theme
    left, right = sorted((canvas.inset(inset + _MARKED), canvas.inset(inset + COLUMN)))
    for entry in entries:
        if entry.dated:
            canvas.begin(inset, y + 19, entry.dated, BODY, theme.soft, bold=True)
            y += LINE
        centre = canvas.inset(inset + 6)
        canvas.bar(centre - 5, y + 8, centre + 5, y + 18, theme.kinds[entry.record.fact.kind], radius=3)
        way = direction(entry.record.fact.text)
        start, anchor = (left, "l") if way == "ltr" else (right, "r")
        for line in entry.lines:
            canvas.text(start, y + 19, line, BODY, theme.ink, anchor=anchor, direction=way)
            y += LINE
        y += _APART


def _draw_foot(canvas: Canvas, y: float, records: Sequence[FactRecord], scale: Scale | None, sources: Sequence[str]) -> None:
    """Explain what is drawn in the lanes, and name the sources."""
    theme = canvas.theme
    canvas.line([(MARGIN, y + 4), (canvas.size[0] - MARGIN, y + 4)], 2, theme.edge)
    y += 26
    dates = {precision(record.fact.date) for record in records}
    marks: list[Precision | None] = [level for level in Precision if level in dates and level is not Precision.UNKNOWN]
    marks += [None] if scale and scale.breaks() else []
    for number, mark in enumerate(marks if scale else ()):
        inset = MARGIN + number * _LEGEND
        middle = canvas.inset(inset + 14)
        if mark is Precision.DAY:
            canvas.disc(middle, y, 5, theme.soft)
        elif mark is Precision.SPAN:
            canvas.bar(middle - 14, y - 3, middle + 14, y + 3, theme.soft, radius=3)
        elif mark is Precision.UNSURE:
            canvas.dashes((middle - 14, y), (middle + 14, y), 6, theme.soft, dash=6)
        else:
            canvas.line([(middle - 15 + 5 * step, y + 6 * (step % 2 * 2 - 1)) for step in range(7)], 2, theme.soft)
        words = say("a shortened period") if mark is None else say(PRECISIONS[mark])
        canvas.begin(inset + 38, y + 7, canvas.letters.cut(words, BODY, _LEGEND - 50), BODY, theme.soft)
    for number, line in enumerate(sources):
        canvas.begin(MARGIN, y + 7 + (number + 1) * LINE, line, BODY, theme.soft)


def _sources(records: Sequence[FactRecord]) -> str:
    """Return who published what the facts rest on."""
    cited = dict.fromkeys(source for record in records for source in record.sources)
    named = dict.fromkeys(source.publisher or phrases.listed(source.authors[:2]) or source.title for source in cited)
    return phrases.labelled(say(wording.SOURCES), ", ".join(named))
