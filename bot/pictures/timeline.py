"""A time line as a picture: dates run down the page, each with a mark that tells how exactly it is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.errors import NotKnownError, UsageError
from bot.facts.dates import StoryDate
from bot.facts.models import FactRecord, Source
from bot.pictures.alt_text import LONGEST, timeline_in_words
from bot.pictures.canvas import THEMES, WIDTH, Canvas, Picture, Theme
from bot.pictures.letters import Letters, direction
from bot.pictures.scale import Precision, draw_overview, gap, overview_height, precision, scale_of
from bot.presentation import wording
from bot.presentation.languages import language, say, say_number

MOST_HEIGHT = 1640
"""Pixels: with the width of the picture, what fills the screen of a phone."""

MOST_DRAWN = 1000
"""Facts on all pages together."""

_AXIS, _LEFT, _RIGHT = 54, 96, WIDTH - 36
_TITLE, _DATE, _BODY, _SMALL = 36, 28, 30, 25
_LINE, _HEAD_LINE, _SMALL_LINE = 39, 43, 32
_LINES = (2, 3, 4)  # that the words of a fact may take
_FEW = 200  # facts up to which it is tried whether they may take more
_MOST_SOURCES = 5
_GAP_LINE = 46
_PRECISIONS = {
    Precision.DAY: "a day",
    Precision.SPAN: "days, a month or longer",
    Precision.UNSURE: "uncertain",
    Precision.UNKNOWN: "no date",
}


@dataclass(frozen=True, slots=True)
class _Item:
    """A fact with its broken lines. ``dated`` is its date in words where it differs from that of the fact before."""

    record: FactRecord
    before: str  # a line above its words
    lines: tuple[str, ...]
    after: str  # a line below them
    marks: str
    dated: str
    gap: str

    def height(self, *, first: bool) -> float:
        """Return how many pixels it takes; the ``first`` of a page has its date in any case."""
        date = _HEAD_LINE if self.dated or first else 0
        between = _GAP_LINE if self.gap and not first else 0
        return between + date + _LINE * len(self.lines) + _SMALL_LINE * (bool(self.before) + bool(self.after)) + 20


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
    letters, look = Letters(), THEMES[theme]
    letters.check([title, *(each.fact.text for each in records)])
    sources = _numbered(records)
    head = _head_height(records, title, letters)
    pages = _longest_lines(records, sources, letters, head)
    page = min(max(page, 0), len(pages) - 1)
    shown = pages[page]
    canvas = Canvas(head + _height(shown) + _foot_height(shown, sources), look, letters)
    on_page = [item.record for item in shown]
    bottom = _draw_head(canvas, title, _counts(records, page, len(pages)), letters, look)
    draw_overview(canvas, bottom, records, on_page, (look, letters))
    y = _draw_items(canvas, head, shown, look, letters)
    _draw_foot(canvas, y, shown, sources, look, letters)
    return Picture(canvas.png(), timeline_in_words(title, on_page, page, len(pages), longest), page, len(pages))


def _longest_lines(records: Sequence[FactRecord], sources: dict[Source, int], letters: Letters, head: float) -> list[list[_Item]]:
    """Deal the facts out on pages, each with as many lines as make no page more than the fewest lines would."""
    pages = _pages(_items(records, sources, letters, _LINES[0]), head, sources)
    for most in _LINES[1:] if len(records) <= _FEW else ():
        tried = _pages(_items(records, sources, letters, most), head, sources)
        if len(tried) > len(pages):
            break
        pages = tried
    return pages


def _items(records: Sequence[FactRecord], sources: dict[Source, int], letters: Letters, most: int) -> list[_Item]:
    items: list[_Item] = []
    date: StoryDate | None = None
    for number, record in enumerate(records):
        fact = record.fact
        new = number == 0 or (fact.date.edtf if fact.date else None) != (date.edtf if date else None)
        names = wording.listed([actor.name for actor in record.speakers[:3]]) or wording.publisher(record)
        text = f"“{fact.text}”" if fact.kind == "quote" and not fact.text.startswith(("“", "„", '"', "«")) else fact.text
        marks = "".join(f"[{sources[each]}]" for each in dict.fromkeys(record.sources))[:24]
        width = _RIGHT - _LEFT
        items.append(
            _Item(
                record,
                letters.cut(say("According to {names}:").format(names=names), _SMALL, width) if fact.kind == "claim" else "",
                tuple(_marked(letters.lines(text, _BODY, width, most), marks, most, letters)),
                letters.cut(f"— {names}", _SMALL, width) if fact.kind == "quote" else "",
                marks,
                _date_words(record) if new else "",
                gap(date, fact.date) if new and number and date and fact.date else "",
            )
        )
        date = fact.date
    return items


def _marked(lines: list[str], marks: str, most: int, letters: Letters) -> list[str]:
    """Make room for the marks of the sources behind the last word: on a line of its own where there may be one more."""
    room = _RIGHT - _LEFT - letters.width(f" {marks}", _SMALL)
    if lines and letters.width(lines[-1], _BODY) > room:
        kept, _, last = lines[-1].rpartition(" ")
        if kept and len(lines) < most:
            return [*lines[:-1], kept, last]
        lines[-1] = letters.cut(lines[-1], _BODY, room)
    return lines or [""]


def _date_words(record: FactRecord) -> str:
    return record.fact.date.words(language()) if record.fact.date else say(wording.NO_DATE)


def _numbered(records: Sequence[FactRecord]) -> dict[Source, int]:
    numbers: dict[Source, int] = {}
    for record in records:
        for source in record.sources:
            numbers.setdefault(source, len(numbers) + 1)
    return numbers


def _pages(items: Sequence[_Item], head: float, sources: dict[Source, int]) -> list[list[_Item]]:
    """Deal the facts out on as few pages as hold them, and evenly, so that none is left alone on the last."""
    pages = _dealt(items, head, sources, MOST_HEIGHT)
    low, high = MOST_HEIGHT // 2, MOST_HEIGHT
    while len(pages) > 1 and high - low > _LINE:
        middle = (low + high) // 2
        tried = _dealt(items, head, sources, middle)
        if len(tried) > len(pages):
            low = middle
        else:
            pages, high = tried, middle
    return pages


def _dealt(items: Sequence[_Item], head: float, sources: dict[Source, int], most: float) -> list[list[_Item]]:
    pages: list[list[_Item]] = [[]]
    for item in items:
        tried = [*pages[-1], item]
        if pages[-1] and head + _height(tried) + _foot_height(tried, sources) > most:
            pages.append([item])
        else:
            pages[-1] = tried
    return pages


def _height(items: Sequence[_Item]) -> float:
    return sum(item.height(first=number == 0) for number, item in enumerate(items))


def _head_height(records: Sequence[FactRecord], title: str, letters: Letters) -> float:
    titled = 44 * len(letters.lines(title, _TITLE, WIDTH - 72, 2, bold=True))
    return 34 + titled + 44 + (overview_height() + 20 if scale_of(records) else 8)


def _counts(records: Sequence[FactRecord], page: int, pages: int) -> str:
    parts = [say_number(len(records), "{number} fact", "{number} facts")]
    if pages > 1:
        parts.append(say("Page {page} of {pages}").format(page=page + 1, pages=pages))
    return " · ".join(parts)


def _draw_head(canvas: Canvas, title: str, counts: str, letters: Letters, theme: Theme) -> float:
    y = 34.0
    for line in letters.lines(title, _TITLE, WIDTH - 72, 2, bold=True):
        y += 44
        canvas.text(36, y - 8, line, _TITLE, theme.ink, bold=True, direction=direction(title))
    canvas.text(36, y + 26, counts, _SMALL, theme.soft)
    return y + 44


def _draw_items(canvas: Canvas, top: float, items: Sequence[_Item], theme: Theme, letters: Letters) -> float:
    """Draw the axis with its marks, and the facts beside it."""
    bottom = top + _height(items) - 20
    canvas.line([(_AXIS, top + 8), (_AXIS, bottom)], 3, theme.line)
    y = top
    for number, item in enumerate(items):
        if item.gap and number:
            canvas.bar(_AXIS - 4, y, _AXIS + 4, y + _GAP_LINE - 14, theme.ground)
            canvas.dashes((_AXIS, y), (_AXIS, y + _GAP_LINE - 14), 3, theme.line, dash=5)
            canvas.text(_LEFT, y + 20, item.gap, _SMALL, theme.soft)
            y += _GAP_LINE
        y = _draw_item(canvas, y, item, number == 0, theme, letters)
    return y


def _draw_item(canvas: Canvas, y: float, item: _Item, first: bool, theme: Theme, letters: Letters) -> float:
    colour = theme.kinds[item.record.fact.kind]
    if item.dated or first:
        canvas.text(_LEFT, y + 28, letters.cut(item.dated or _date_words(item.record), _DATE, _RIGHT - _LEFT, bold=True),
                    _DATE, colour, bold=True)  # fmt: skip
        _draw_mark(canvas, _AXIS, y + 19, precision(item.record.fact.date), colour, theme)
        y += _HEAD_LINE
    else:
        canvas.disc(_AXIS, y + 18, 6, colour)
    if item.before:
        canvas.text(_LEFT, y + 24, item.before, _SMALL, theme.soft)
        y += _SMALL_LINE
    way = direction(item.record.fact.text)
    start, anchor, sign = (_LEFT, "ls", 1) if way == "ltr" else (_RIGHT, "rs", -1)
    for line in item.lines:
        canvas.text(start, y + 27, line, _BODY, theme.ink, anchor=anchor, direction=way)
        y += _LINE
    end = start + sign * letters.width(f"{item.lines[-1]} ", _BODY)
    canvas.text(end, y - _LINE + 27, item.marks, _SMALL, theme.soft, anchor=anchor)
    if item.after:
        canvas.text(_LEFT, y + 24, item.after, _SMALL, theme.soft)
        y += _SMALL_LINE
    return y + 20


def _draw_mark(canvas: Canvas, x: float, y: float, kind: Precision, colour: tuple[int, int, int], theme: Theme) -> None:
    """Draw the mark of a date: a disc, a hollow pill, a broken ring, a cross."""
    if kind is Precision.DAY:
        canvas.disc(x, y, 13, theme.ground)
        canvas.disc(x, y, 11, colour)
    elif kind is Precision.SPAN:
        canvas.bar(x - 11, y - 16, x + 11, y + 16, colour, radius=11, hollow=4)
    elif kind is Precision.UNSURE:
        canvas.dashed_ring(x, y, 13, 4, colour)
    else:
        canvas.disc(x, y, 13, theme.ground)
        canvas.line([(x - 8, y - 8), (x + 8, y + 8)], 4, colour)
        canvas.line([(x - 8, y + 8), (x + 8, y - 8)], 4, colour)


def _used(items: Sequence[_Item]) -> list[Precision]:
    found = {precision(item.record.fact.date) for item in items}
    return [each for each in Precision if each in found]


def _cited(items: Sequence[_Item], sources: dict[Source, int]) -> list[tuple[int, Source]]:
    return sorted({(sources[source], source) for item in items for source in item.record.sources}, key=lambda each: each[0])


def _foot_height(items: Sequence[_Item], sources: dict[Source, int]) -> float:
    cited = len(_cited(items, sources))
    lines = min(cited, _MOST_SOURCES) + (cited > _MOST_SOURCES)
    return 26 + 40 * -(-len(_used(items)) // 2) + _SMALL_LINE * lines + 22


def _draw_foot(
    canvas: Canvas, y: float, items: Sequence[_Item], sources: dict[Source, int], theme: Theme, letters: Letters
) -> None:
    """Explain the marks that stand on this page and name its sources."""
    canvas.line([(36, y), (WIDTH - 36, y)], 2, theme.edge)
    y += 22
    for number, kind in enumerate(_used(items)):
        x = 54 + number % 2 * 340
        _draw_mark(canvas, x, y + 16, kind, theme.soft, theme)
        canvas.text(x + 24, y + 24, letters.cut(say(_PRECISIONS[kind]), _SMALL, 304), _SMALL, theme.soft)
        y += 40 if number % 2 or number == len(_used(items)) - 1 else 0
    cited = _cited(items, sources)
    for number, source in cited[:_MOST_SOURCES]:
        named = source.publisher or wording.listed(source.authors[:2])
        published = source.published.words(language()) if source.published else ""
        text = f"[{number}] {': '.join(part for part in (', '.join(filter(None, (named, published))), source.title) if part)}"
        canvas.text(36, y + 24, letters.cut(text, _SMALL, WIDTH - 72), _SMALL, theme.soft)
        y += _SMALL_LINE
    if len(cited) > _MOST_SOURCES:
        more = say("{number} more").format(number=len(cited) - _MOST_SOURCES)
        canvas.text(36, y + 24, f"… {more}", _SMALL, theme.soft)
