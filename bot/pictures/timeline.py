"""A time line as a picture: dates run down the page, each with a mark that tells how exactly it is known.

A strip at its head has all facts at their places on one scale.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from bot import phrases
from bot.errors import NotKnownError, UsageError
from bot.facts.dates import StoryDate
from bot.facts.models import FactRecord
from bot.facts.speakers import publisher_of, within_sentence
from bot.facts.text import shortened
from bot.languages import say, say_message, say_number
from bot.pictures.canvas import ALT_ENDING, MAX_ALT, THEMES, WIDTH, Canvas, Colour, Head
from bot.pictures.directions import direction
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
from bot.pictures.letters import Letters, plain
from bot.pictures.picture import Picture
from bot.pictures.scale import Precision, Scale, days, precision, scale_of
from bot.presentation import wording

LEFT_END, RIGHT_END = 44, WIDTH - 44
"""Where the scale begins and ends."""

_RADIUS, _STACK = 6.0, 72.0  # of a dot; pixels that a stack of them may be high
_ROW, _MAX_ROWS = 10.0, 3  # of long dates, below the scale
_LABEL = 22  # pixels of the letters below the scale
_MAX_DRAWN = 1000  # facts on all pages together
_MAX_NAMES = 3  # speakers of one fact in the alternative text
_MIN_CHARACTERS = 40  # characters of a fact in it, below which the last ones are counted instead
_ENDS = (".", "!", "?", "…", ".”", "!”", "?”", "…”")
_AXIS = 54
_DATE = 28
_KINDS = {"event": "an event", "quote": "a quotation", "claim": "a claim"}
_PRECISIONS = {level: level.value for level in Precision}
_Days = Sequence[tuple[FactRecord, float]]  # facts with the day of each on the scale


def timeline_picture(
    title: str, records: Sequence[FactRecord], *, page: int = 0, theme: str = "dark", longest: int = MAX_ALT
) -> Picture:
    """Draw a page of a time line of facts in the order given, which is by date; ``longest`` is for its words (characters).

    A page is at most as high as a phone. Raises NotKnownError where all facts were retracted, UsageError where they are too many
    or the fonts lack the letters.
    """
    records = [record for record in records if not record.retracted]
    if not records:
        raise NotKnownError(say("These facts were withdrawn; ask again for what is known now."))
    if len(records) > _MAX_DRAWN:
        raise UsageError(say("That is too much for a picture: name somebody, or a shorter time."))
    letters = Letters()
    letters.check([title, *(record.fact.glossed for record in records)])
    story = say_message(phrases.stories(list(dict.fromkeys(record.story.title for record in records))))
    scale = scale_of(records)
    head = Head(title, story, letters)
    top = head.height + (_STACK + _MAX_ROWS * _ROW + 82 if scale else 8)
    layout = Layout(records, top, scale, letters)
    pages = layout.pages()
    page = min(max(page, 0), len(pages) - 1)
    shown = pages[page]
    foot = layout.foot(shown)
    ways = Counter(direction(record.fact.text) for record in records)
    canvas = Canvas(top + height(shown) + foot.height, THEMES[theme], letters, mirrored=ways["rtl"] > ways["ltr"])
    on_page = [item.record for item in shown]
    head.draw(canvas, [say_number(len(records), "{number} fact", "{number} facts")], page, len(pages))
    if scale:
        _draw_overview(canvas, head.height, records, {record.number for record in on_page}, scale)
    y = _draw_items(canvas, top, shown)
    _draw_foot(canvas, y, foot)
    alt = _in_words(head.in_words(page, len(pages)), on_page, longest)
    return Picture(canvas, head.name, alt, page, len(pages))


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
    for line in lines:
        canvas.begin(LEFT, y + 24, line, SMALL, canvas.theme.soft)
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
        canvas.begin(x + 24, y + 24, letters.cut(say(_KINDS[kind]), SMALL, 200), SMALL, theme.kinds[kind])
    y += LEGEND_LINE
    marks = [*foot.dates, *([None] if foot.shortened else [])]
    for number, mark in enumerate(marks):
        x = _AXIS + number % 2 * 340
        if mark is None:
            canvas.dashes((canvas.inset(x) - 15, y + 16), (canvas.inset(x) + 15, y + 16), 3, theme.soft, dash=4)
        else:
            _draw_mark(canvas, canvas.inset(x), y + 16, mark, theme.soft)
        words = say("a shortened period") if mark is None else say(_PRECISIONS[mark])
        canvas.begin(x + 24, y + 24, letters.cut(words, SMALL, 304), SMALL, theme.soft)
        y += LEGEND_LINE if number % 2 or number == len(marks) - 1 else 0
    for line in foot.sources:
        canvas.begin(MARGIN, y + 24, line, SMALL, theme.soft)
        y += SMALL_LINE


def _draw_overview(canvas: Canvas, top: float, records: Sequence[FactRecord], shown: set[int], scale: Scale) -> None:
    """Draw the strip at the head: single days as dots above a line, longer or uncertain times as bars below it.

    All facts are at their places on one scale, those ``shown`` on the page in colour.
    """
    base, colour = top + _STACK + 8, canvas.theme.line
    canvas.line([(LEFT_END - 8, base), (LEFT_END, base)], 3, colour)
    canvas.line([(RIGHT_END, base), (RIGHT_END + 8, base)], 3, colour)
    for (start, end), short in zip(pairwise(scale.knots), scale.shortened(), strict=True):
        left, right = (_x(scale, start), base), (_x(scale, end), base)
        if short:
            canvas.dashes(left, right, 3, colour, dash=4)
        else:
            canvas.line([left, right], 3, colour)
    dated = [(record, record.fact.date) for record in records if record.fact.date]
    points = [(record, days(date.earliest or 0)) for record, date in dated if precision(date) is Precision.DAY]
    _draw_days(canvas, base, points, shown, scale)
    spans = [(record, date) for record, date in dated if precision(date) in (Precision.SPAN, Precision.UNSURE)]
    _draw_spans(canvas, base, spans, shown, scale)
    _draw_ticks(canvas, base, points, scale)


def _x(scale: Scale, day: float) -> float:
    return LEFT_END + (RIGHT_END - LEFT_END) * scale.position(day)


def _draw_days(canvas: Canvas, base: float, points: _Days, shown: set[int], scale: Scale) -> None:
    """Draw single days as dots, those of one place on top of each other, closer where they are many."""
    x_of = {record.number: _x(scale, day) for record, day in points}
    columns = {number: round(x / (2 * _RADIUS)) for number, x in x_of.items()}
    tall = Counter(columns.values())
    stacked = Counter[int]()
    # Those of the page come first, at the bottom, and are drawn last, for they would be hidden where dots are close.
    dots = []
    for record, _ in sorted(points, key=lambda point: point[0].number not in shown):
        column = columns[record.number]
        step = min(2 * _RADIUS, (_STACK - 2 * _RADIUS) / max(tall[column] - 1, 1))
        dots.append((record, x_of[record.number], base - _RADIUS - 3 - stacked[column] * step))
        stacked[column] += 1
    for record, x, y in reversed(dots):
        canvas.disc(x, y, _RADIUS - 1, _colour(canvas, record, shown))


def _draw_spans(
    canvas: Canvas, base: float, spans: Sequence[tuple[FactRecord, StoryDate]], shown: set[int], scale: Scale
) -> None:
    """Draw long dates as bars in rows, each in the first row that is free there, those of the page on top; equal ones once."""
    ends = [0.0] * _MAX_ROWS
    bars = {}
    for record, date in sorted(spans, key=lambda span: span[0].number not in shown):
        if date.edtf in bars:
            continue
        left = _x(scale, days(date.earliest)) if date.earliest is not None else LEFT_END - 8
        right = max(_x(scale, days(date.latest)) if date.latest is not None else RIGHT_END + 8, left + 8)
        row = next((number for number, end in enumerate(ends) if end < left), _MAX_ROWS - 1)
        ends[row] = max(ends[row], right + 2)
        bars[date.edtf] = (record, left, right, base + 6 + row * _ROW)
    for record, left, right, y in reversed(bars.values()):
        colour = _colour(canvas, record, shown)
        if precision(record.fact.date) is Precision.UNSURE:
            canvas.dashes((left, y + 3), (right, y + 3), 6, colour, dash=6)
        else:
            canvas.bar(left, y, right, y + 6, colour, radius=3)


def _draw_ticks(canvas: Canvas, base: float, points: _Days, scale: Scale) -> None:
    """Draw the marks of the scale, with the labels that have room.

    On an uneven scale the first comes first, then the day of which there is most to see, the last, and the others from the left.
    """
    bottom = base + 6 + _MAX_ROWS * _ROW
    ticks = list(scale.ticks())
    if not scale.is_even:
        busiest = Counter(day for _, day in points).most_common(1)
        first = [scale.first, *(day for day, _ in busiest), scale.last]
        ticks.sort(key=lambda tick: first.index(tick.at) if tick.at in first else len(first))
    taken: list[tuple[float, float]] = []
    labels: set[str] = set()
    for tick in ticks:
        # It stands below its mark, but within the picture.
        x, width = _x(scale, tick.at), canvas.letters.width(tick.label, _LABEL)
        left = min(max(x - width / 2, LEFT_END - 8), RIGHT_END + 8 - width)
        right = left + width
        if tick.label in labels or any(left < end + 16 and start - 16 < right for start, end in taken):
            continue
        taken.append((left, right))
        labels.add(tick.label)
        canvas.line([(x, base - 5), (x, base + 5)], 3, canvas.theme.soft)
        canvas.text(left, bottom + 20, tick.label, _LABEL, canvas.theme.soft)


def _colour(canvas: Canvas, record: FactRecord, shown: set[int]) -> Colour:
    return canvas.theme.kinds[record.fact.kind] if record.number in shown else canvas.theme.line


def _in_words(head: str, records: Sequence[FactRecord], longest: int) -> str:
    """Return a page of a time line fact by fact, in ``longest`` characters at most, each fact with its share of them.

    What has no room is counted.
    """
    room = longest - len(head) - ALT_ENDING
    shown = min(len(records), max(room // (_MIN_CHARACTERS + 1), 1))
    fitted: list[str] = []
    for number, record in enumerate(records[:shown]):
        share = room // (shown - number) - 1
        fitted.append(shortened(_fact_in_words(record), share - 1))
        room -= len(fitted[-1]) + 2
    if shown < len(records):
        fitted.append(f"{say('{number} more').format(number=len(records) - shown)}.")
    return " ".join([head, *(line if line.endswith(_ENDS) else f"{line}." for line in fitted)])


def _fact_in_words(record: FactRecord) -> str:
    unchecked = "" if record.fact.reviewed else f" ({say(wording.NOT_REVIEWED)})"
    date = f"{wording.date_words(record)}{unchecked}"
    if record.fact.kind in ("event", "passage"):
        return phrases.labelled(date, plain(record.fact.glossed))
    more = len(record.speakers) - _MAX_NAMES
    others = [say("{number} more").format(number=more)] if more > 0 else []
    speakers = [plain(actor.name) for actor in record.speakers[:_MAX_NAMES]]
    names = phrases.listed([*speakers, *others]) or publisher_of(record)
    if record.fact.kind == "quote":
        return phrases.labelled(f"{date}, {names}", f"“{plain(record.fact.text)}”")
    return f"{date}. {say('According to {names}:').format(names=within_sentence(names))} {plain(record.fact.text)}"
