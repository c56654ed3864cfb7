"""A time line as a picture: dates run down the page, each with a mark that tells how exactly it is known."""

from __future__ import annotations

from collections.abc import Sequence

from bot.errors import NotKnownError, UsageError
from bot.facts.models import FactRecord
from bot.pictures.alt_text import LONGEST, timeline_in_words
from bot.pictures.canvas import THEMES, WIDTH, Canvas, Colour, Picture, head_height
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
from bot.pictures.letters import Letters, direction
from bot.pictures.overview import draw_overview, overview_height
from bot.pictures.scale import Precision, precision, scale_of
from bot.presentation import wording
from bot.presentation.languages import say, say_number

MOST_DRAWN = 1000
"""Facts on all pages together."""

_AXIS = 54
_DATE = 28
_KINDS = {"event": "an event", "quote": "a quotation", "claim": "a claim"}
_PRECISIONS = {each: each.value for each in Precision}
_SHORTENED = "time that is shortened"


def timeline_picture(
    title: str, records: Sequence[FactRecord], *, page: int = 0, theme: str = "dark", longest: int = LONGEST
) -> Picture:
    """Draw a page of a time line of facts in the order given, which is by date; ``longest`` is for its words (characters).

    A page is at most as high as a phone. Raises NotKnownError where all facts were retracted, UsageError where they are too many
    or the fonts lack the letters.
    """
    records = [each for each in records if not each.retracted]
    if not records:
        raise NotKnownError(say("These facts were withdrawn; ask again for what is known now."))
    if len(records) > MOST_DRAWN:
        raise UsageError(say("That is too much for a picture: name somebody, or a shorter time."))
    letters = Letters()
    letters.check([title, *(each.fact.text for each in records)])
    story = wording.stories(list(dict.fromkeys(each.story.title for each in records)))
    head = head_height(title, story, letters) + (overview_height() + 20 if scale_of(records) else 8)
    layout = Layout(records, head, letters)
    pages = layout.pages()
    page = min(max(page, 0), len(pages) - 1)
    shown = pages[page]
    foot = layout.foot(shown)
    canvas = Canvas(head + height(shown) + foot.height, THEMES[theme], letters)
    on_page = [item.record for item in shown]
    counts = say_number(len(records), "{number} fact", "{number} facts")
    bottom = canvas.head(title, story, " · ".join([counts, *wording.page_number(page, len(pages))]))
    draw_overview(canvas, bottom, records, on_page)
    y = _draw_items(canvas, head, shown)
    _draw_foot(canvas, y, foot)
    alt = timeline_in_words(title, story, on_page, page, len(pages), longest)
    return Picture(canvas.png(), alt, page, len(pages), canvas.size)


def _draw_items(canvas: Canvas, top: float, items: Sequence[Item]) -> float:
    """Draw the axis with its marks, and the facts beside it."""
    bottom = top + height(items) - 20
    canvas.line([(_AXIS, top + 8), (_AXIS, bottom)], 3, canvas.theme.line)
    y = top
    for number, item in enumerate(items):
        if item.gap and number:
            canvas.bar(_AXIS - 4, y, _AXIS + 4, y + GAP_LINE - 14, canvas.theme.ground)
            canvas.dashes((_AXIS, y), (_AXIS, y + GAP_LINE - 14), 3, canvas.theme.line, dash=5)
            canvas.text(LEFT, y + 20, item.gap, SMALL, canvas.theme.soft)
            y += GAP_LINE
        y = _draw_item(canvas, y, item, first=number == 0)
    return y


def _draw_item(canvas: Canvas, y: float, item: Item, *, first: bool) -> float:
    theme, letters = canvas.theme, canvas.letters
    colour = theme.kinds[item.record.fact.kind]
    if item.dated or first:
        dated = letters.cut(item.dated or wording.date_words(item.record), _DATE, RIGHT - LEFT, bold=True)
        canvas.text(LEFT, y + 28, dated, _DATE, colour, bold=True)
        _draw_mark(canvas, _AXIS, y + 19, precision(item.record.fact.date), colour)
        y += DATE_LINE
    else:
        canvas.disc(_AXIS, y + 18, 6, colour)
    y = _draw_small(canvas, y, item.before)
    way = direction(item.record.fact.text)
    start, anchor, sign = (LEFT, "ls", 1) if way == "ltr" else (RIGHT, "rs", -1)
    for line in item.lines:
        canvas.text(start, y + 27, line, BODY, theme.ink, anchor=anchor, direction=way)
        y += LINE
    end = start + sign * letters.width(f"{item.lines[-1]} " if item.lines[-1] else "", BODY)
    canvas.text(end, y - LINE + 27, item.marks, SMALL, theme.soft, anchor=anchor)
    return _draw_small(canvas, y, item.after) + 20


def _draw_small(canvas: Canvas, y: float, lines: Sequence[str]) -> float:
    for line in lines:
        canvas.text(LEFT, y + 24, line, SMALL, canvas.theme.soft)
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
        canvas.bar(x - 11, y + 5, x + 11, y + 27, theme.kinds[kind], radius=5)
        canvas.text(x + 24, y + 24, letters.cut(say(_KINDS[kind]), SMALL, 200), SMALL, theme.kinds[kind])
    y += LEGEND_LINE
    marks = [*foot.dates, *([None] if foot.shortened else [])]
    for number, mark in enumerate(marks):
        x = _AXIS + number % 2 * 340
        if mark is None:
            canvas.dashes((x - 14, y + 16), (x + 16, y + 16), 3, theme.soft, dash=4)
        else:
            _draw_mark(canvas, x, y + 16, mark, theme.soft)
        words = say(_SHORTENED) if mark is None else say(_PRECISIONS[mark])
        canvas.text(x + 24, y + 24, letters.cut(words, SMALL, 304), SMALL, theme.soft)
        y += LEGEND_LINE if number % 2 or number == len(marks) - 1 else 0
    for line in foot.sources:
        canvas.text(MARGIN, y + 24, line, SMALL, theme.soft)
        y += SMALL_LINE
