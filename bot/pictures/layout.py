"""Where the facts of a time line go: their text broken into lines, and dealt out on pages, none of it cut."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot import phrases
from bot.facts.models import FactKind, FactRecord, Source
from bot.facts.speakers import publisher_of, within_sentence
from bot.languages import language, say
from bot.pictures.canvas import WIDTH
from bot.pictures.directions import direction
from bot.pictures.letters import ELLIPSIS, Letters
from bot.pictures.scale import Precision, Scale, gap, precision
from bot.presentation import wording

MAX_HEIGHT = 1640
"""Pixels: with the width of the picture, what fills the screen of a phone."""

LEFT, RIGHT, MARGIN = 96, WIDTH - 36, 36
"""Where the text of facts begins and ends, and what stays free at the edges of a page."""

BODY, SMALL = 30, 25
LINE, DATE_LINE, SMALL_LINE, GAP_LINE, LEGEND_LINE = 39, 43, 32, 46, 40
"""Pixels from one line to the next: of facts, below a date, of small print, of the time between two dates, of the legend."""

_APART = 20  # pixels between facts
_FOOT = 48  # pixels around what stands at the foot
_MAX_LINES = 500  # lines of a fact
_MAX_NAMED = 6  # lines of names
_MAX_SOURCES = 5
_SOURCE_LINES = 2
_SENTENCE = re.compile(r"[.!?…][”’\"')\]]*(?=\s|$)")
_MIN_PIECE = 0.5  # share of a page that a piece fills at least; a sentence that is longer is cut
_WAYS = {"ltr": "\u200e", "rtl": "\u200f"}  # keep the day of a date beside its month behind a name of the other direction
_KINDS: tuple[FactKind, ...] = ("event", "quote", "claim")


@dataclass(frozen=True, slots=True)
class Item:
    """A fact with its broken lines, or a part of one that is longer than a page.

    ``before`` and ``after`` are lines of small print above and below its text; ``dated`` is its date in words where that of the
    fact before is another.
    """

    record: FactRecord
    before: tuple[str, ...]
    lines: tuple[str, ...]
    after: tuple[str, ...]
    marks: str
    dated: str
    gap: str

    def height(self, *, first: bool) -> float:
        """Return how many pixels it takes; the ``first`` of a page has its date in any case."""
        date = DATE_LINE if self.dated or first else 0
        between = GAP_LINE if self.gap and not first else 0
        return between + date + LINE * len(self.lines) + SMALL_LINE * (len(self.before) + len(self.after)) + _APART


@dataclass(frozen=True, slots=True)
class Foot:
    """What stands at the foot of a page: the kinds of facts and of dates that are on it, and its sources line by line.

    ``shortened`` is whether the scale of all pages has times that are shortened.
    """

    kinds: tuple[FactKind, ...]
    dates: tuple[Precision, ...]
    sources: tuple[str, ...]
    shortened: bool

    @property
    def height(self) -> float:
        """How many pixels it takes."""
        rows = 1 + -(-(len(self.dates) + self.shortened) // 2)
        return _FOOT + LEGEND_LINE * rows + SMALL_LINE * len(self.sources)


class Layout:
    """Lays facts out, in the order given, below a head of so many pixels; ``scale`` is what the head has of their dates."""

    def __init__(self, records: Sequence[FactRecord], head: float, scale: Scale | None, letters: Letters) -> None:
        self._letters = letters
        self._room = MAX_HEIGHT - head
        self._shortened = scale is not None and bool(scale.breaks())
        cited = dict.fromkeys(source for record in records for source in record.sources)
        self._numbers = {source: number for number, source in enumerate(cited, 1)}
        self._sources = {source: self._source(source, number) for source, number in self._numbers.items()}
        self._items: list[Item] = []
        before: FactRecord | None = None
        for record in records:
            self._items += self._pieces(self._item(record, before))
            before = record

    def pages(self) -> list[list[Item]]:
        """Deal the facts out on as few pages as hold them, and evenly, so that none is left alone on the last."""
        pages = self._dealt(self._room)
        low, high = self._room / 2, self._room
        while len(pages) > 1 and high - low > LINE:
            middle = (low + high) / 2
            dealt = self._dealt(middle)
            if len(dealt) > len(pages):
                low = middle
            else:
                pages, high = dealt, middle
        return pages

    def foot(self, items: Sequence[Item]) -> Foot:
        """Return what explains a page."""
        records = [item.record for item in items]
        kinds = {"claim" if record.fact.kind == "passage" else record.fact.kind for record in records}
        dates = {precision(record.fact.date) for record in records}
        cited = sorted({source for record in records for source in record.sources}, key=self._numbers.__getitem__)
        lines = [line for source in cited[:_MAX_SOURCES] for line in self._sources[source]]
        if len(cited) > _MAX_SOURCES:
            lines.append(f"{ELLIPSIS} {say('{number} more').format(number=len(cited) - _MAX_SOURCES)}")
        return Foot(
            tuple(kind for kind in _KINDS if kind in kinds),
            tuple(level for level in Precision if level in dates),
            tuple(lines),
            self._shortened,
        )

    def _dealt(self, room: float) -> list[list[Item]]:
        pages: list[list[Item]] = [[]]
        for item in self._items:
            page = [*pages[-1], item]
            if pages[-1] and height(page) + self.foot(page).height > room:
                pages.append([item])
            else:
                pages[-1] = page
        return pages

    def _item(self, record: FactRecord, before: FactRecord | None) -> Item:
        fact, earlier = record.fact, before.fact.date if before else None
        names = phrases.listed([actor.name for actor in record.speakers]) or publisher_of(record)
        marks = "".join(f"[{self._numbers[source]}]" for source in dict.fromkeys(record.sources))[:24]
        above = say("According to {names}:").format(names=within_sentence(names)) if fact.kind == "claim" else ""
        below = [f"— {names}"] if fact.kind == "quote" else []
        below += [] if fact.reviewed else [say(wording.NOT_REVIEWED)]
        return Item(
            record,
            self._small(above, _MAX_NAMED),
            self._marked(self._broken(_in_marks(record)), marks),
            tuple(line for part in below for line in self._small(part, _MAX_NAMED)),
            marks,
            "" if before and earlier == fact.date else wording.date_words(record),
            gap(earlier, fact.date) if earlier and fact.date else "",
        )

    def _broken(self, text: str) -> tuple[str, ...]:
        return tuple(self._letters.lines(text, BODY, RIGHT - LEFT, _MAX_LINES))

    def _small(self, text: str, most: int) -> tuple[str, ...]:
        return tuple(self._letters.lines(text, SMALL, RIGHT - LEFT, most))

    def _marked(self, lines: tuple[str, ...], marks: str) -> tuple[str, ...]:
        """Make room for the marks of the sources behind the last word, on a line of its own where it has to be."""
        room = RIGHT - LEFT - self._letters.width(f" {marks}", SMALL)
        if not lines or self._letters.width(lines[-1], BODY) <= room:
            return lines or ("",)
        others, _, last = lines[-1].rpartition(" ")
        return (*lines[:-1], others, last) if others else (*lines, "")

    def _pieces(self, item: Item) -> Iterator[Item]:
        """Yield a fact as it is, or in pieces that have room on a page each and end with a sentence where one ends there."""
        room = self._room - self.foot([item]).height
        rest = ""
        while item.height(first=True) > room:
            beside = replace(item, lines=()).height(first=True)
            fitting = max(int((room - beside) // LINE), 1)
            if fitting >= len(item.lines):
                break
            rest = rest or self._letters.drawable(_in_marks(item.record))
            # It ends where its lines do, whose spaces are not all those of the text; behind a sentence if it can.
            fitted = sum(len(line.replace(" ", "")) for line in item.lines[:fitting])
            ends = [number for number, char in enumerate(rest, 1) if not char.isspace()]
            end = ends[min(fitted, len(ends)) - 1]
            sentences = [match.end() for match in _SENTENCE.finditer(rest, 0, end)]
            if sentences and sentences[-1] > end * _MIN_PIECE:
                end = sentences[-1]
            piece, rest = rest[:end], rest[end:].lstrip()
            yield replace(item, lines=self._broken(piece), after=(), marks=ELLIPSIS)
            lines = self._marked(self._broken(rest), item.marks)
            dated = say("{date}, continued").format(date=wording.date_words(item.record))
            item = replace(item, before=(), lines=lines, dated=dated, gap="")
        yield item

    def _source(self, source: Source, number: int) -> list[str]:
        named = source.publisher or phrases.listed(source.authors[:2])
        published = source.published.words(language()) if source.published else ""
        published = f"{_WAYS[direction(published)]}{published}" if published else ""
        about = ", ".join(filter(None, (named, published)))
        words = phrases.labelled(about, source.title) if about else source.title
        return self._letters.lines(f"[{number}] {words}", SMALL, WIDTH - 2 * MARGIN, _SOURCE_LINES)


def height(items: Sequence[Item]) -> float:
    """Return how many pixels the facts of a page take."""
    return sum(item.height(first=number == 0) for number, item in enumerate(items))


def _in_marks(record: FactRecord) -> str:
    """Return the text of a fact, a quote in quotation marks."""
    text = record.fact.glossed
    return f"“{text}”" if record.fact.kind == "quote" and not text.startswith(("“", "„", '"', "«")) else text
