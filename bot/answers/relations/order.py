"""Which of two facts came first: by their dates as far as these tell, on the same date by the order of the story.

In: documents. Out: a `Moment` of each, and how two of them lie to each other.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.answers.finding.documents import Document

_FAR = 10**12  # beyond every date
_SHORT = 10  # days of a date that is exact enough for every period


@dataclass(frozen=True, slots=True)
class Moment:
    """When a fact was: its first and last possible day as yyyymmdd, and its place in the story, which is written in order."""

    first: int
    last: int
    place: int


def moment_of(document: Document, place: int) -> Moment | None:
    """Return when a fact was; None for one without a date."""
    day = document.record.fact.date
    if day is None:
        return None
    return Moment(-_FAR if day.earliest is None else day.earliest, _FAR if day.latest is None else day.latest, place)


def came_after(one: Moment, other: Moment) -> bool:
    """Return whether the dates show that one came after the other: it cannot have begun before, and began or ended later."""
    return not same_date(one, other) and one.first >= other.first and one.last >= other.last


def follows(one: Moment, other: Moment) -> bool:
    """Return whether one came after the other, on one date by the story's order."""
    return one.place > other.place if same_date(one, other) else came_after(one, other)


def same_date(one: Moment, other: Moment) -> bool:
    """Return whether two have the same date."""
    return (one.first, one.last) == (other.first, other.last)


def compare(one: Moment, other: Moment) -> int:
    """Compare two moments for sorting: negative where the first comes first."""
    if follows(one, other):
        return 1
    if follows(other, one):
        return -1
    return (one.first > other.first) - (one.first < other.first)


def latest(moments: Sequence[Moment], *, first: bool = False) -> list[Moment]:
    """Return the last moments, or the first: several where the dates do not show which was last.

    One that takes in the whole of another, such as a year beside a day of it, is too vague to be called the last.
    """
    exact = [each for each in moments if not any(_takes_in(each, other) for other in moments)]
    return [each for each in exact if not any(came_after(each, other) if first else came_after(other, each) for other in exact)]


def _takes_in(one: Moment, other: Moment) -> bool:
    return not same_date(one, other) and one.first <= other.first and one.last >= other.last


def in_period(moment: Moment, anchor: Moment, first: int, last: int) -> bool:
    """Return whether a moment may lie from ``first`` to ``last`` days after the end of an anchor (before its start, if negative).

    One that is more than half as long again as the period is too vague to lie in it.
    """
    days, of_anchor = (_ordinal(each.last) - _ordinal(each.first) for each in (moment, anchor))
    start = _ordinal(anchor.last if first > 0 else anchor.first) + first
    end = _ordinal(anchor.first if last < 0 else anchor.last) + last
    overlaps = _ordinal(moment.first) <= end and _ordinal(moment.last) >= start
    return overlaps and math.isfinite(of_anchor) and days <= max(_SHORT, (last - first + of_anchor) * 3 // 2)


def _ordinal(key: int) -> float:
    """Return the number of a day (yyyymmdd), one beyond every other for one that no calendar has."""
    try:
        return date(key // 10000, key // 100 % 100, key % 100).toordinal()
    except ValueError:
        return math.copysign(math.inf, key)
