"""A time line as a picture: dates run down the page, each with a mark that tells how exactly it is known.

A strip at its head has all facts at their places on one scale.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bot import phrases
from bot.errors import NotKnownError, UsageError
from bot.facts.models import FactRecord
from bot.languages import say, say_message, say_number
from bot.pictures.canvas import MAX_ALT, THEMES, WIDTH, Canvas, Head
from bot.pictures.directions import direction
from bot.pictures.in_words import in_words
from bot.pictures.layout import (
    BODY,
    DATE_LINE,
    GAP_LINE,
    LEFT,
    LEGEND_LINE,
    LINE,
    MARGIN,
    RIGHT,
    SMALL,
    SMALL_LINE,
    Foot,
    Item,
    Layout,
    height,
)
from bot.pictures.letters import Letters
from bot.pictures.picture import Picture
from bot.pictures.scale import Precision, Scale, precision, scale_of
from bot.pictures.shapes import Colour
from bot.pictures.strip import MAX_ROWS, ROW, Strip
from bot.presentation import wording

KINDS = {"event": "an event", "quote": "a quotation", "claim": "a claim"}
"""What the colours of the kinds of facts mean."""

TOO_MUCH = "That is too much for a picture: name somebody, or a shorter time."

LEFT_END, RIGHT_END = 44, WIDTH - 44
"""Where the scale begins and ends."""

_STACK = 72.0  # pixels that a stack of dots may be high
_MAX_BREAKS, _BREAK = 3, 0.16  # of the scale; how wide one is, as a share of it
_MAX_DRAWN = 1000  # facts on all pages together
_AXIS = 54
_DATE = 28
PRECISIONS = {level: level.value for level in Precision}


def timeline_picture(
    title: str, records: Sequence[FactRecord], *, page: int = 0, theme: str = "dark", longest: int = MAX_ALT
) -> Picture:
    """Draw a page of a time line of facts in the order given, which is by date; ``longest`` is for its words (characters).

    A page is at most as high as a phone. Raises NotKnownError where all facts were retracted, UsageError where they are too many
    or the fonts lack the letters.
    """
    letters = Letters()
    records = facts_to_draw(title, records, letters)
    story = stories_of(records)
    scale = scale_of(records, _MAX_BREAKS, _BREAK)
    head = Head(title, story, letters)
    top = head.height + (_STACK + MAX_ROWS * ROW + 82 if scale else 8)
    layout = Layout(records, top, scale, letters)
    pages = layout.pages()
    page = min(max(page, 0), len(pages) - 1)
    shown = pages[page]
    foot = layout.foot(shown)
    canvas = Canvas(top + height(shown) + foot.height, THEMES[theme], letters, mirrored=are_mirrored(records))
    on_page = [item.record for item in shown]
    head.draw(canvas, [say_number(len(records), "{number} fact", "{number} facts")], page, len(pages))
    if scale:
        _draw_strip(canvas, head.height + _STACK + 8, records, {record.number for record in on_page}, scale)
    y = _draw_items(canvas, top, shown)
    _draw_foot(canvas, y, foot)
    alt = in_words(head.in_words(page, len(pages)), on_page, longest)
    return Picture(canvas, head.name, alt, page, len(pages))


def facts_to_draw(title: str, records: Sequence[FactRecord], letters: Letters) -> list[FactRecord]:
    """Return the facts that are not retracted. Raises NotKnownError if all are, UsageError if they cannot be drawn."""
    records = [record for record in records if not record.retracted]
    if not records:
        raise NotKnownError(say("These facts were withdrawn; ask again for what is known now."))
    if len(records) > _MAX_DRAWN:
        raise UsageError(say(TOO_MUCH))
    letters.check([title, *(record.fact.glossed for record in records)])
    return records


def stories_of(records: Sequence[FactRecord]) -> str:
    """Return the titles of the stories of facts, in words."""
    return say_message(phrases.stories(list(dict.fromkeys(record.story.title for record in records))))


def are_mirrored(records: Sequence[FactRecord]) -> bool:
    """Return whether most facts are read from right to left."""
    ways = Counter(direction(record.fact.text) for record in records)
    return ways["rtl"] > ways["ltr"]


def _draw_items(canvas: Canvas, top: float, items: Sequence[Item]) -> float:
    """Draw the axis with its marks, and the facts beside it."""
    bottom, axis = top + height(items) - 20, canvas.inset(_AXIS)
    canvas.line([(axis, top + 8), (axis, bottom)], 3, canvas.theme.line)
    y = top
    for number, item in enumerate(items):
        if item.gap and number:
            canvas.bar(axis - 4, y, axis + 4, y + GAP_LINE - 14, canvas.theme.ground)
            canvas.dashes((axis, y), (axis, y + GAP_LINE - 14), 3, canvas.theme.line, dash=5)
            canvas.begin(LEFT, y + 20, item.gap, SMALL, canvas.theme.soft)
            y += GAP_LINE
        y = _draw_item(canvas, y, item, first=number == 0)
    return y


def _draw_item(canvas: Canvas, y: float, item: Item, *, first: bool) -> float:
    theme, letters = canvas.theme, canvas.letters
    colour = theme.kinds[item.record.fact.kind]
    if item.dated or first:
        dated = letters.cut(item.dated or wording.date_words(item.record), _DATE, RIGHT - LEFT, bold=True)
        canvas.begin(LEFT, y + 28, dated, _DATE, colour, bold=True)
        _draw_mark(canvas, canvas.inset(_AXIS), y + 19, precision(item.record.fact.date), colour)
        y += DATE_LINE
    else:
        canvas.disc(canvas.inset(_AXIS), y + 18, 6, colour)
    y = _draw_small(canvas, y, item.before)
    way = direction(item.record.fact.text)
    left, right = sorted((canvas.inset(LEFT), canvas.inset(RIGHT)))
    start, anchor, sign = (left, "l", 1) if way == "ltr" else (right, "r", -1)
    for line in item.lines:
        canvas.text(start, y + 27, line, BODY, theme.ink, anchor=anchor, direction=way)
        y += LINE
    end = start + sign * letters.width(f"{item.lines[-1]} " if item.lines[-1] else "", BODY)
    canvas.text(end, y - LINE + 27, item.marks, SMALL, theme.soft, anchor=anchor)
    return _draw_small(canvas, y, item.after) + 20


def _draw_small(canvas: Canvas, y: float, lines: Sequence[str]) -> float:
    way = direction("".join(lines))  # a line that begins with a name in Latin letters is read as the others are
    for line in lines:
        canvas.begin(LEFT, y + 24, line, SMALL, canvas.theme.soft, way=way)
        y += SMALL_LINE
    return y


def _draw_mark(canvas: Canvas, x: float, y: float, kind: Precision, colour: Colour) -> None:
    """Draw the mark of a date: a disc, a hollow pill, a broken ring, a cross."""
    if kind is Precision.DAY:
        canvas.disc(x, y, 13, canvas.theme.ground)
        canvas.disc(x, y, 11, colour)
    elif kind is Precision.SPAN:
        canvas.bar(x - 11, y - 16, x + 11, y + 16, colour, radius=11, hollow=4)
    elif kind is Precision.UNSURE:
        canvas.dashed_ring(x, y, 13, 4, colour)
    else:
        canvas.disc(x, y, 13, canvas.theme.ground)
        canvas.line([(x - 8, y - 8), (x + 8, y + 8)], 4, colour)
        canvas.line([(x - 8, y + 8), (x + 8, y - 8)], 4, colour)


def _draw_foot(canvas: Canvas, y: float, foot: Foot) -> None:
    """Explain the colours and the marks that stand on this page and name its sources."""
    theme, letters = canvas.theme, canvas.letters
    canvas.line([(MARGIN, y), (WIDTH - MARGIN, y)], 2, theme.edge)
    y += 22
    for number, kind in enumerate(foot.kinds):
        x = _AXIS + number * 230
        centre = canvas.inset(x)
        canvas.bar(centre - 11, y + 5, centre + 11, y + 27, theme.kinds[kind], radius=5)
        canvas.begin(x + 24, y + 24, letters.cut(say(KINDS[kind]), SMALL, 200), SMALL, theme.kinds[kind])
    y += LEGEND_LINE
    marks = [*foot.dates, *([None] if foot.shortened else [])]
    for number, mark in enumerate(marks):
        x = _AXIS + number % 2 * 340
        if mark is None:
            points = [(canvas.inset(x) - 15 + 5 * step, y + 16 + 6 * (step % 2 * 2 - 1)) for step in range(7)]
            canvas.line(points, 2, theme.soft)
        else:
            _draw_mark(canvas, canvas.inset(x), y + 16, mark, theme.soft)
        words = say("a shortened period") if mark is None else say(PRECISIONS[mark])
        canvas.begin(x + 24, y + 24, letters.cut(words, SMALL, 304), SMALL, theme.soft)
        y += LEGEND_LINE if number % 2 or number == len(marks) - 1 else 0
    for line in foot.sources:
        canvas.begin(MARGIN, y + 24, line, SMALL, theme.soft)
        y += SMALL_LINE


def _draw_strip(canvas: Canvas, base: float, records: Sequence[FactRecord], shown: set[int], scale: Scale) -> None:
    """Draw the strip at the head: all facts at their places on one scale, those ``shown`` on the page in colour."""

    def look(record: FactRecord) -> tuple[Colour, str]:
        return canvas.theme.kinds[record.fact.kind] if record.number in shown else canvas.theme.line, ""

    strip = Strip(canvas, scale, (LEFT_END, RIGHT_END), look, lambda record: record.number in shown)
    strip.draw(base, _STACK, records)
    strip.draw_labels(base, records)
