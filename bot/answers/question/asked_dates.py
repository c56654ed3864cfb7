"""Dates in a question: "on 26 October", "in April", "the last week of May", as times that a fact's date agrees with or not.

In: the words of a question. Out: `AskedDate`, with the span of its words. A date without a year may be of any year; where one has
to be chosen, it is the latest that the story tells of, else the nearest to its last day. Days of the week and what is told from
today are left to the words of the facts.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from bot.english.calendar import MONTH_NUMBERS
from bot.english.date_expressions import DateExpression, are_joined, expressions_in
from bot.english.date_forms import ORDINALS
from bot.english.date_values import in_year, nearest_year
from bot.english.search_words import normalise, tokens
from bot.facts.dates import StoryDate, day_of, parse_date

Relation = Literal["in", "before", "until", "after", "since"]
_FAR = 10**12  # beyond every date
_SEASON = 3  # months from which a fact's date is too vague for a question about one month
_A_YEAR = 10_000  # by which two days differ as keys
_FIRST, _LAST = 10101, 99991231  # the days that Python has
_ANY_YEAR = 2001  # in which a week of a month is as in most years
# Months that are also verbs or names, and the words before them that show that the month is meant.
_DOUBTFUL = frozenset({"may", "march", "mar", "sep", "jan", "dec"})
_BEFORE_MONTH = frozenset({"in", "of", "during", "since", "until", "before", "after", "by", "late", "early", "mid"})
_RELATIONS: dict[str, Relation] = {
    "before": "before", "prior": "before", "until": "until", "till": "until", "by": "until",
    "after": "after", "following": "after", "since": "since", "from": "since",
}  # fmt: skip


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
        if self.year is not None:
            return self._has(self.year, first, last)
        # It may be meant in any year of the fact's date, at most four.
        start = (last if first == -_FAR else first) // 10000 - self._goes_over
        end = start if last == _FAR else min(last // 10000, start + 3)
        return any(self._has(year, first, last) for year in range(start, end + 1))

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
                return first <= high and last >= low

    def _bounds(self, year: int) -> tuple[int, int]:
        """Return the first and the last day that it may be in a year; of a span over the new year, from that year on."""
        end = self.until or self
        low = (self.year or year) * _A_YEAR + (self.month or 1) * 100 + (self.day or 1)
        high = (end.year or self.year or year) * _A_YEAR + (end.month or 12) * 100 + (end.day or 31)
        return low, high + (_A_YEAR if self._goes_over else 0)

    @property
    def _goes_over(self) -> bool:
        """Whether it is a span that goes over the new year without saying so: from November to March."""
        until = self.until
        return until is not None and until.year is None and (until.month or 12) < (self.month or 1)

    def span(self, year: int | None) -> tuple[int, int] | None:
        """Return its first and last day, in a year if it names none; None where the calendar has no such day."""
        year = self.year or year
        if year is None:
            return None
        first, high = self._bounds(year)
        last_year, month = high // _A_YEAR, high // 100 % 100
        last = calendar.monthrange(last_year, month)[1]
        if (self.day or 1) > calendar.monthrange(year, self.month or 1)[1] or ((self.until or self).day or 1) > last:
            return None
        return first, min(high, last_year * _A_YEAR + month * 100 + last)

    def same_size(self, date: StoryDate) -> bool:
        """Return whether a fact's date is about as exact as the date asked for, and not merely a longer time around it."""
        if date.earliest is None or date.latest is None:
            return False
        if self.day is not None and self._is_single:
            return date.latest - date.earliest < 10
        if self.month is not None and self._is_single:
            return _months(date.latest) - _months(date.earliest) < _SEASON
        return date.latest - date.earliest < 10000

    def touches(self, date: StoryDate) -> bool:
        """Return whether it is one year of the several that a fact took: 1941 in 1939/1945."""
        a_year = self.year is not None and self.month is None and self._is_single
        closed = date.earliest is not None and date.latest is not None
        return a_year and closed and not self.same_size(date) and self.agrees(date)

    @property
    def _is_single(self) -> bool:
        return self.relation == "in" and self.until is None


def year_meant(asked: AskedDate, dates: Iterable[StoryDate | None]) -> int | None:
    """Return the year that a date of no year is of in a story with such dates, whether before, in or after it was asked about.

    That is the year of the latest date that agrees with it, else the one in which it is nearest to the last of them.
    """
    itself = replace(asked, relation="in")
    known = [date for date in dates if date is not None and date.latest is not None and date.latest < _LAST]
    fitting = max((date.latest or 0 for date in known if itself.agrees(date) and itself.same_size(date)), default=None)
    if fitting is not None:
        return fitting // _A_YEAR
    last = max((date.latest or 0 for date in known), default=None)
    return nearest_year(asked.month, asked.day, day_of(last)) if last is not None and last > _FIRST and asked.month else None


def find_dates(words: Sequence[str]) -> tuple[AskedDate, ...]:
    """Return the dates that the words of a question name, in order; a period of two dates is one."""
    text = " ".join(words)
    dates: list[AskedDate] = []
    one: DateExpression | None = None
    for said in expressions_in(text, words=True):
        is_joined = one is not None and are_joined(text, one, said)
        date = _asked(text, said, words)
        if not is_joined and _is_doubtful(date, words):
            continue
        if is_joined:
            before = dates[-1]
            year = before.year
            if year is None and date.year is not None:
                begins_before = (before.month or 0) > (date.month or 12)  # "from November to March 2017"
                year = date.year - 1 if begins_before else date.year
            dates[-1] = replace(before, relation="in", until=date.until or date, end=date.end, year=year)
            continue
        one = said
        is_latest = date.year is None and date.month is not None and "".join(words[date.start - 1 : date.start]) == "last"
        start = date.start - 1 if is_latest else date.start
        leading = [word for word in words[max(0, start - 3) : start] if word not in ("the", "to")]
        dates.append(replace(date, start=start, latest=is_latest, relation=_RELATIONS.get("".join(leading[-1:]), "in")))
    return tuple(dates)


def without_as_of(text: str) -> tuple[str, int] | None:
    """Return a question without the words that say as of which day it is asked, and the last day that they name (yyyymmdd).

    "Who was mayor as of 1 December 2023". None for one without such words, or where their date has no year.
    """
    text = normalise(text)
    read = tokens(text)
    words = [token.word for token in read]
    for date in find_dates(words):
        start = date.start - (words[date.start - 1] == "the")
        span = date.span(date.year) if words[max(0, start - 2) : start] in (["as", "of"], ["as", "at"]) else None
        if span is not None and len(words) > date.end - start + 2:
            rest = f"{text[: read[start - 2].start].rstrip(' ,')} {text[read[date.end - 1].end :].lstrip(' ,')}"
            return rest.strip(), span[1]
    return None


def _is_doubtful(date: AskedDate, words: Sequence[str]) -> bool:
    """Return whether a month may as well be a verb or a name; it is meant in "in may" and in "last march"."""
    if words[date.start] not in _DOUBTFUL or date.day or date.year:
        return False
    two, before = ("", "", *words[: date.start])[-2:]
    return before not in _BEFORE_MONTH and (before != "last" or two == "the")


def _asked(text: str, said: DateExpression, words: Sequence[str]) -> AskedDate:
    """Return the time that an expression stands for."""
    start, end = text.count(" ", 0, said.head), text.count(" ", 0, said.end) + 1
    date = AskedDate(said.year, said.month, said.day, start, end)
    if said.decade is not None:
        years = 9 if said.decade % 100 else 99  # the 1700s may be the century
        return replace(date, year=said.decade, until=AskedDate(said.decade + years, None, None, start, end))
    if said.season is not None or (said.nth is not None and (said.unit or said.year)):
        return _dated(date, in_year(said, said.year or _ANY_YEAR))
    span = words[start:end]
    if said.nth is not None or (not ORDINALS.keys().isdisjoint(span) and "of" not in span):
        # A weekday of a month of any year; or "when they first march", where no day is meant.
        start = next(index for index in range(start, end) if words[index] in MONTH_NUMBERS)
        date = AskedDate(said.year, said.month, None, start, end)
    return replace(date, until=replace(date, day=said.last)) if said.last is not None else date


def _dated(date: AskedDate, edtf: str) -> AskedDate:
    """Return a time from the first to the last day of a date in EDTF; without its year where none was said."""
    day = parse_date(edtf)
    ends = [
        replace(date, year=key // _A_YEAR if date.year else None, month=key // 100 % 100, day=key % 100)
        for key in (day.earliest or 0, day.latest or 0)
    ]
    return ends[0] if ends[0] == ends[1] else replace(ends[0], until=ends[1])


def _months(key: int) -> int:
    return key // 10000 * 12 + key // 100 % 100
