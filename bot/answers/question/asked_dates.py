"""Dates in a question: "on 26 October", "in April", "april 17", "2017", as ranges that a fact's date agrees with or not.

In: the words of a question. Out: `AskedDate`, with the span of its words.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from bot.english.calendar import MONTH_NUMBERS
from bot.english.search_words import normalise, tokens
from bot.facts.dates import StoryDate

Relation = Literal["in", "before", "until", "after", "since"]
_FAR = 10**12  # beyond every date
_SEASON = 3  # months from which a fact's date is too vague for a question about one month
# Months that are also verbs or names, and the words before them that show that the month is meant.
_DOUBTFUL = frozenset({"may", "march", "mar", "sep", "jan", "dec"})
_BEFORE_MONTH = frozenset({"in", "of", "during", "since", "until", "before", "after", "by", "late", "early", "mid"})
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_MONTH = "|".join(sorted(MONTH_NUMBERS, key=len, reverse=True))
_YEAR = r"(?:1\d{3}|2[01]\d{2})"
_DATE = re.compile(
    rf"(?<!\S)(?:(?:(?P<day>{_DAY}) (?:of )?)?(?P<month>{_MONTH})(?(day)|(?: (?:the )?(?P<after>{_DAY})(?!\S))?)"
    rf"(?: (?P<year>{_YEAR}))?|(?P<alone>{_YEAR}))(?!\S)",
    re.ASCII,
)
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
        if self.year is not None:
            return self._has(self.year, first, last)
        # It may be meant in any year of the fact's date, at most four.
        start = (last if first == -_FAR else first) // 10000
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


def latest_year(asked: AskedDate, dates: Iterable[StoryDate | None]) -> int | None:
    """Return the year of the latest date that agrees with the one asked for, whether before, in or after it was asked about."""
    itself = replace(asked, relation="in", until=None)
    fitting = (date.latest for date in dates if date is not None and itself.agrees(date) and itself.same_size(date))
    last = max((day for day in fitting if day is not None), default=None)
    return None if last is None else last // 10000


def find_dates(words: Sequence[str]) -> tuple[AskedDate, ...]:
    """Return the dates that the words of a question name, in order; a period of two dates is one."""
    dates: list[AskedDate] = []
    for date in _dates(words):
        before = dates[-1] if dates else None
        if before is not None and _are_joined(words, before, date):
            year = before.year
            if year is None and date.year is not None:
                begins_before = (before.month or 0) > (date.month or 12)  # "from November to March 2017"
                year = date.year - 1 if begins_before else date.year
            dates[-1] = replace(before, relation="in", until=date, end=date.end, year=year)
            continue
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


def _dates(words: Sequence[str]) -> Iterator[AskedDate]:
    """Yield the days, months and years that words name."""
    text = " ".join(words)
    for match in _DATE.finditer(text):
        start, end = text.count(" ", 0, match.start()), text.count(" ", 0, match.end()) + 1
        day, year = match["day"] or match["after"], match["year"] or match["alone"]
        if match["month"] in _DOUBTFUL and not (day or year):
            two, before = ("", "", *words[:start])[-2:]
            if before not in _BEFORE_MONTH and (before != "last" or two == "the"):
                continue  # a month is meant in "in may" and in "last march"
        month = MONTH_NUMBERS[match["month"]] if match["month"] else None
        yield AskedDate(int(year) if year else None, month, int(day.rstrip("stndrh")) if day else None, start, end)


def _are_joined(words: Sequence[str], one: AskedDate, other: AskedDate) -> bool:
    opens = words[one.start - 1] if one.start else ""
    between = [word for word in words[one.end : other.start] if word != "the"]
    return opens in ("between", "from") and len(between) == 1 and between[0] in _JOINS


def _months(key: int) -> int:
    return key // 10000 * 12 + key // 100 % 100
