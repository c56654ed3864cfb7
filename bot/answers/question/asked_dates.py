"""Dates in a question: "on 26 October", "in April", "april 17", "2017", as ranges that a fact's date agrees with or not.

In: the words of a question. Out: `AskedDate`, with the span of its words.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from bot.english.calendar import MONTH_NUMBERS
from bot.facts.dates import StoryDate

Relation = Literal["in", "before", "until", "after", "since"]
_FAR = 10**12  # beyond every date
_SEASON = 3  # months from which a fact's date is too vague for a question about one month
# Words before "may" or "march" that show that the month is meant and not the verb.
_BEFORE_MONTH = frozenset({"in", "of", "during", "since", "until", "before", "after", "by", "late", "early", "mid"})
_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?")


_RELATIONS: dict[str, Relation] = {
    "before": "before", "prior": "before", "until": "until", "till": "until", "by": "until",
    "after": "after", "following": "after", "since": "since", "from": "since",
}  # fmt: skip
_JOINS = frozenset({"and", "to", "until", "till"})


@dataclass(frozen=True, slots=True)
class AskedDate:
    """A day, month or year that a question names, as far as it does, and the span of its words.

    ``relation`` tells on which side of it the facts are to lie; with ``until`` it is the start of a period that ends there.
    ``latest``: of several years the last is meant ("last April").
    """

    year: int | None
    month: int | None
    day: int | None
    start: int
    end: int
    relation: Relation = "in"
    until: AskedDate | None = None
    latest: bool = False

    def agrees(self, date: StoryDate) -> bool:
        """Return whether a fact's date may lie in what was asked."""
        first = -_FAR if date.earliest is None else date.earliest
        last = _FAR if date.latest is None else date.latest
        years = [self.year] if self.year is not None else _years(first, last)
        return any(self._has(year, first, last) for year in years)

    def _has(self, year: int, first: int, last: int) -> bool:
        low, high = self._bounds(year)
        match self.relation:
            case "before":
                return first < low and last <= high
            case "until":
                return first <= high
            case "after":
                return first >= low and last > high
            case "since":
                return last >= low
            case _:
                if self.until is not None:
                    high = self.until._bounds(year)[1]
                return first <= high and last >= low

    def _bounds(self, year: int) -> tuple[int, int]:
        year = year if self.year is None else self.year
        return (
            year * 10000 + (self.month or 1) * 100 + (self.day or 1),
            year * 10000 + (self.month or 12) * 100 + (self.day or 31),
        )

    def span(self, year: int | None) -> tuple[int, int] | None:
        """Return its first and last day, in a year if it names none; None where the calendar has no such day."""
        year = self.year or year
        if year is None:
            return None
        months = (self.month or 1, self.month or 12)
        last = calendar.monthrange(year, months[1])[1]
        if self.day is not None and self.day > last:
            return None
        return year * 10000 + months[0] * 100 + (self.day or 1), year * 10000 + months[1] * 100 + (self.day or last)

    def same_size(self, date: StoryDate) -> bool:
        """Return whether a fact's date is about as exact as the date asked for, and not merely a longer time around it."""
        if date.earliest is None or date.latest is None:
            return False
        if self.day is not None and self.relation == "in" and self.until is None:
            return date.latest - date.earliest < 10
        if self.month is not None and self.relation == "in" and self.until is None:
            return _months(date.latest) - _months(date.earliest) < _SEASON
        return date.latest - date.earliest < 10000

    def touches(self, date: StoryDate) -> bool:
        """Return whether it is one year of the several that a fact took: 1941 in 1939/1945."""
        if self.year is None or self.month is not None or self.relation != "in" or self.until is not None:
            return False
        return date.earliest is not None and date.latest is not None and not self.same_size(date) and self.agrees(date)


def latest_year(asked: AskedDate, dates: Iterable[StoryDate | None]) -> int | None:
    """Return the year of the latest date that agrees with the one asked for, whether before, in or after it was asked about."""
    itself = replace(asked, relation="in", until=None)
    fitting = (each.latest for each in dates if each is not None and itself.agrees(each) and itself.same_size(each))
    last = max((each for each in fitting if each is not None), default=None)
    return None if last is None else last // 10000


def find_dates(words: Sequence[str]) -> tuple[AskedDate, ...]:
    """Return the dates that the words of a question name, in order; a period of two dates is one."""
    found: list[AskedDate] = []
    place = 0
    while place < len(words):
        date = _date_at(words, place)
        if date is None:
            place += 1
            continue
        place = date.end
        before = found[-1] if found else None
        if before is not None and _joined(words, before, date):
            found[-1] = replace(before, relation="in", until=date, end=date.end, year=before.year or _year_before(before, date))
        else:
            date = _of_the_last(words, date)
            found.append(replace(date, relation=_relation(words, date.start)))
    return tuple(found)


def _year_before(start: AskedDate, end: AskedDate) -> int | None:
    """Return the year of the start of a period that has a year at its end alone: "from November to March 2017"."""
    if end.year is None or start.month is None or end.month is None:
        return end.year
    return end.year - (start.month > end.month)


def _of_the_last(words: Sequence[str], date: AskedDate) -> AskedDate:
    before = words[date.start - 1] if date.start else ""
    named = before == "last" and date.month is not None and date.year is None
    return replace(date, start=date.start - 1, latest=True) if named else date


def _joined(words: Sequence[str], one: AskedDate, other: AskedDate) -> bool:
    opens = words[one.start - 1] if one.start else ""
    between = [word for word in words[one.end : other.start] if word != "the"]
    return opens in ("between", "from") and len(between) == 1 and between[0] in _JOINS


def _relation(words: Sequence[str], start: int) -> Relation:
    before = [word for word in words[max(0, start - 3) : start] if word not in ("the", "to")]
    return _RELATIONS.get(before[-1], "in") if before else "in"


def _years(first: int, last: int) -> range:
    if first == -_FAR or last == _FAR:
        only = last if first == -_FAR else first
        return range(only // 10000, only // 10000 + 1)
    return range(first // 10000, min(last // 10000, first // 10000 + 3) + 1)


def _months(key: int) -> int:
    return key // 10000 * 12 + key // 100 % 100


def _date_at(words: Sequence[str], place: int) -> AskedDate | None:
    month = _month(words, place)
    if month is not None:
        return _after_month(words, place, month)
    word = words[place]
    day = _day(word)
    if day is not None:
        skip = 2 if place + 2 < len(words) and words[place + 1] == "of" else 1
        month = _month(words, place + skip, certain=True) if place + skip < len(words) else None
        if month is not None:
            year = _year(words[place + skip + 1]) if place + skip + 1 < len(words) else None
            return AskedDate(year, month, day, place, place + skip + 1 + (year is not None))
    year = _year(word)
    if year is not None:
        return AskedDate(year, None, None, place, place + 1)
    return None


def _after_month(words: Sequence[str], place: int, month: int) -> AskedDate:
    end = place + 1
    day = year = None
    if end < len(words) and words[end] == "the":
        end += 1
    if end < len(words):
        year = _year(words[end])
        day = _day(words[end]) if year is None else None
    if day is not None and end + 1 < len(words):
        year = _year(words[end + 1])
        return AskedDate(year, month, day, place, end + 1 + (year is not None))
    return AskedDate(year, month, day, place, end + (day is not None or year is not None))


def _month(words: Sequence[str], place: int, *, certain: bool = False) -> int | None:
    word = words[place]
    if word in ("may", "march", "mar", "sep", "jan", "dec") and not certain:
        before = words[place - 1] if place else ""
        after = words[place + 1] if place + 1 < len(words) else ""
        last = before == "last" and (place < 2 or words[place - 2] != "the")
        if before not in _BEFORE_MONTH and not last and _year(after) is None and _day(after) is None:
            return None
    return MONTH_NUMBERS.get(word)


def _day(word: str) -> int | None:
    match = _ORDINAL.fullmatch(word)
    return int(match[1]) if match and 1 <= int(match[1]) <= 31 else None


def _year(word: str) -> int | None:
    return int(word) if len(word) == 4 and word.isdecimal() and 1000 <= int(word) <= 2199 else None
