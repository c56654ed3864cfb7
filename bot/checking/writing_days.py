"""The day on which a text was written, and the days that it tells from that: "yesterday", "on Monday", "last week".

The text says it in the dateline of a report, or in a line above that has hardly more than a date. A day that is told from it is
read only where that is certain: not "the past weeks", and "last Monday" may be either of two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial

from bot.english.calendar import latest_weekday
from bot.english.date_expressions import DateExpression, expressions_in
from bot.english.date_values import from_day
from bot.english.datelines import Dateline, dateline_of
from bot.errors import DateError
from bot.facts.dates import StoryDate, day_of, key_of, parse_date
from bot.facts.sourcing import AGENCIES
from bot.languages import ENGLISH
from bot.messages import Message
from bot.multilingual.published_lines import published_in

POSSESSIVES = ("'s", "’s")
"""How a day goes on that is of what is told, not of the saying: yesterday's vote."""

_LEAP_YEAR = parse_date("2000")
_LINES_ABOVE = 4  # lines at the beginning of a text of which one may say when it was published
_MAX_LINE = 160  # characters of such a line
_WEEK = timedelta(days=7)
_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class WritingDay:
    """The day on which a text was written; ``year`` is None where it does not say which. ``words`` are those of the text."""

    month: int
    day: int
    year: int | None
    words: str

    @property
    def shown(self) -> StoryDate | str:
        """The day as it is shown to readers."""
        return parse_date(f"{self.year:04}-{self.month:02}-{self.day:02}") if self.year else self.words

    def in_years_around(self, when: StoryDate) -> Iterator[date]:
        """Yield the days that it may be, if a date of a year around it was to be told from it."""
        ends = (when.earliest, when.latest)
        years = [self.year] if self.year else sorted({key // 10_000 + ahead for key in ends if key for ahead in (0, 1)})
        for year in years:
            with suppress(ValueError):  # 29 February, a year that Python does not have
                yield date(year, self.month, self.day)


@dataclass(frozen=True, slots=True)
class ToldDay:
    """A day, week, month or year that a text tells from the day on which it was written, from ``start`` to ``end``.

    ``words`` say it to readers, ``agrees`` returns whether a date may be meant.
    """

    start: int
    end: int
    words: Message
    agrees: Callable[[StoryDate], bool]


def report_dateline(paragraph: str) -> Dateline | None:
    """Return the dateline of a paragraph, None where it may as well be a speaker in capitals: "LEE – “No.”"."""
    dateline = dateline_of(paragraph, AGENCIES)
    return dateline if dateline is not None and (dateline.agency or dateline.day) else None


def day_above(text: str) -> WritingDay | None:
    """Return the day that a line above a text gives as that of its publication, None where none does."""
    lines = [line.strip() for line in text[: _LINES_ABOVE * _MAX_LINE].splitlines() if line.strip()][:_LINES_ABOVE]
    for line in lines[: len(lines) - 1]:
        if len(line) <= _MAX_LINE and (published := published_in(line, ENGLISH)) is not None:
            with suppress(DateError, ValueError):
                day = day_of(parse_date(published).earliest or 0)
                return WritingDay(day.month, day.day, day.year, line)
    return None


def day_of_dateline(dateline: Dateline, paragraph: str, published: WritingDay | None) -> WritingDay | None:
    """Return the day of a paragraph's dateline, None where it has none; its year may be that of the publication."""
    said = dateline.day
    if said is None or said.month is None or said.day is None:
        return None
    year = said.year
    if year is None and published is not None and published.year is not None:
        year = published.year - ((said.month, said.day) > (published.month, published.day))
    written = WritingDay(said.month, said.day, year, paragraph[said.head : said.end])
    return written if any(written.in_years_around(_LEAP_YEAR)) else None


def told_days(context: str, written: WritingDay) -> tuple[ToldDay, ...]:
    """Return the days that a sentence surely tells from the day on which it was written."""
    days = []
    for said in expressions_in(context):
        if _is_told_from_writing(said) and not context.startswith(POSSESSIVES, said.end):
            words = Message("“{said}” in a text of {day}", said=context[said.head : said.end], day=written.shown)
            days.append(ToldDay(said.start, said.end, words, partial(_agrees, said, written)))
    return tuple(days)


def _is_told_from_writing(said: DateExpression) -> bool:
    """Return whether a date says nothing but a weekday, or so many days, weeks, months or years from that of writing."""
    bare = DateExpression(said.start, said.end, said.head)
    if said.weekday is not None:
        return said.step in (None, -1, 0) and replace(said, weekday=None, step=None) == bare
    if said.near is not None:
        return said.near <= 0 and replace(said, near=None) == bare
    return said.unit is not None and said.step in (-1, 0) and replace(said, unit=None, step=None) == bare


def _agrees(said: DateExpression, written: WritingDay, when: StoryDate) -> bool:
    """Return whether a date may be meant by words that are told from the day of writing."""
    if when.earliest is None or when.latest is None:
        return True
    with suppress(OverflowError):  # days before the year 1
        days = written.in_years_around(when)
        return any(when.meets(key_of(first), key_of(last)) for day in days for first, last in _spans(said, day))
    return True


def _spans(said: DateExpression, written: date) -> Iterator[tuple[date, date]]:
    """Yield the first and the last day of each time that words may mean which are told from a day."""
    if said.weekday is not None:
        latest = latest_weekday(written, said.weekday)
        yield latest, latest
        if said.step == -1 or latest == written:  # of last Monday it is open which is meant, and so it is on a Monday
            yield latest - _WEEK, latest - _WEEK
        if said.step == -1 and latest == written:
            yield latest - 2 * _WEEK, latest - 2 * _WEEK
        return
    told = parse_date(from_day(said, written) or "")
    first, last = day_of(told.earliest or 0), day_of(told.latest or 0)
    # A week begins on a Sunday or a Monday, and last night ends in the morning.
    slack = _A_DAY if said.unit is not None and said.unit not in ("month", "year") else timedelta()
    yield first - slack, last + slack
