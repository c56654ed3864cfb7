"""The time line of a site: facts by date, in lanes by what they are, with what lies between two dates said in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from bot.facts.dates import StoryDate
from bot.facts.models import FactRecord
from bot.languages import language, say
from bot.pictures.scale import days, gap
from bot.presentation.wording import NO_DATE
from bot.site.words import LANES, lane_of

_LONG = 365  # days between two dates from which a break is marked even where their number is not known
_HTML_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


@dataclass(frozen=True, slots=True)
class Lane:
    """The facts of one date that are of one kind."""

    kind: str
    records: tuple[FactRecord, ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """What has one date: in words, as HTML has it ("" for what HTML cannot say), and how much later it is than the one before.

    ``gap`` is "" where that is little or not known.
    """

    title: str
    iso: str
    gap: str
    lanes: tuple[Lane, ...]
    date: StoryDate | None = None

    @property
    def kinds(self) -> str:
        """The kinds of its lanes, as a name: ``event-claim``."""
        return "-".join(lane.kind for lane in self.lanes)


def moments(records: Iterable[FactRecord]) -> tuple[Moment, ...]:
    """Return facts by date, those without a date last; facts of the same date stay in their order."""
    dated = sorted((record for record in records if _key(record.fact.date)), key=lambda record: _key(record.fact.date) or ())
    undated = tuple(record for record in records if not _key(record.fact.date))
    shown, before = list[Moment](), None
    for _, group in groupby(dated, key=lambda record: record.fact.date and record.fact.date.edtf):
        of_date = tuple(group)
        date = of_date[0].fact.date
        assert date is not None
        later = _later(before, date) if before else ""
        shown.append(Moment(date.words(language()), html_date(date), later, _lanes(of_date), date))
        before = date
    if undated:
        shown.append(Moment(say(NO_DATE), "", "", _lanes(undated)))
    return tuple(shown)


def _later(before: StoryDate, after: StoryDate) -> str:
    """Say how much later a date is; where that is long but not known well enough to be said, that time was left out."""
    if said := gap(before, after):
        return said
    if before.latest is None or after.earliest is None or days(after.earliest) - days(before.latest) < _LONG:
        return ""
    return say("a shortened period")


def html_date(date: StoryDate | None) -> str:
    """Return a date as HTML's ``time`` has it: a year, a month or a day; "" for any other."""
    return date.edtf if date and _HTML_DATE.fullmatch(date.edtf) else ""


def _key(date: StoryDate | None) -> tuple[int, int, str] | None:
    """Return what a date is sorted by, None where it is not known."""
    if date is None:
        return None
    first = date.earliest if date.earliest is not None else date.latest
    return None if first is None else (first, date.latest if date.latest is not None else first, date.edtf)


def _lanes(records: Sequence[FactRecord]) -> tuple[Lane, ...]:
    lanes = (Lane(kind, tuple(record for record in records if lane_of(record) == kind)) for kind in LANES)
    return tuple(lane for lane in lanes if lane.records)
