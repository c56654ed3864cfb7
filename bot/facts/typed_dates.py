"""Dates, spans and periods as people type them: ``26 October 2017``, ``4–6 March 2021``, ``from 2014 to 2017``."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.english.calendar import latest_weekday
from bot.english.date_expressions import DateExpression, whole_expression
from bot.english.date_forms import SEASONS
from bot.english.date_values import from_day, in_year, nearest_year
from bot.errors import DateError, UsageError
from bot.facts.dates import StoryDate, day_of, key_of, parse_date
from bot.facts.text import shortened
from bot.facts.translated_dates import in_english
from bot.messages import Message

EXAMPLE = Message("Write it like 26 October 2017, October 2017 or 2017.")
_OPENERS = dict.fromkeys(("before", "until"), "../{last}") | dict.fromkeys(("from", "since", "after"), "{first}/..")
_OPENER = re.compile(rf"\s*({'|'.join(_OPENERS)})\b", re.IGNORECASE)
_TIME = re.compile(r"(?<=\d)(?:t|,? )\d{1,2}:\d\d(?::\d\d)?(?: ?(?:z|utc)?(?:[+-]\d\d:?\d\d)?)?$", re.IGNORECASE)
_MAX_LENGTH = 100  # characters of a typed span that are read


@dataclass(frozen=True, slots=True)
class TypedDate:
    """A date as somebody typed it.

    ``opener`` is the word that stood before it, such as ``before``, ``named`` the date without that word, ``date`` with it.
    """

    date: StoryDate
    named: StoryDate
    opener: str | None = None

    @property
    def first(self) -> int | None:
        """The first day that it includes, as a key; None where it has no beginning. ``after 2017`` excludes 2017."""
        return _beside(self.named.latest, 1) if self.opener == "after" else self.date.earliest

    @property
    def last(self) -> int | None:
        """The last day that it includes, as a key; None where it has no end. ``before 2017`` excludes 2017."""
        return _beside(self.named.earliest, -1) if self.opener == "before" else self.date.latest

    @property
    def lasting(self) -> str:
        """A form of it that `typed_date` reads the same on any day, however far the story has gone on."""
        return f"{self.opener} {self.named.words()}" if self.opener else self.date.edtf

    def words(self, language: str = "en") -> str:
        """Return it in words, by itself: ``October 2017``, ``before 2017``, ``after 2017``; in another language ``… – 2017``."""
        english = self.opener and language == "en"
        return f"{self.opener} {self.named.words()}" if english else self.date.words(language)


@dataclass(frozen=True, slots=True)
class Period:
    """A period that somebody typed: its first and last day as keys, None where it is open, and its words: "" for all time."""

    first: int | None
    last: int | None
    words: str


ALL_TIME = Period(None, None, "")


def typed_date(text: str, today: date, *, past: bool = False, since: bool = False) -> TypedDate:
    """Read a date or a span as people type it: ``oct 2017``, ``26.10.17``, ``the 1940s``, ``last week``, ``last Friday``.

    Figures are read day first. A date without a year is put in the year in which it is nearest to ``today``, which may be a
    story's last day; with ``past``, as for a day of publication, in the latest year in which it is not after it. Of two-digit
    years, the nearest is meant, too. ``yesterday`` and ``Monday`` count from the day of typing. One end of a span takes what it
    leaves out from the other: the year in ``26 October to 3 November 2017``. Times of day are ignored. With ``since``, it is the
    beginning of a time up to today: ``three days`` is three days ago. Raises DateError with an example.
    """
    with suppress(DateError):
        parsed = parse_date(text)
        return TypedDate(parsed, parsed)
    opener, said = _said(text, since=since)
    with suppress(DateError, ValueError, OverflowError):
        if said is not None:
            named = parse_date(_span(said, said.until, today, past=past) if said.until else _edtf(said, today, past=past))
            ends = named.edtf.split("/")
            opened = _OPENERS[opener].format(first=ends[0], last=ends[-1]) if opener else named.edtf
            return TypedDate(parse_date(opened), named, opener)
    shown = _as_typed(text)
    raise DateError(Message('I cannot read "{date}" as a date.', date=shown) if shown else Message("The date is empty."), EXAMPLE)


def leaves_year_out(text: str) -> bool:
    """Return whether a typed date has no year, so that it was completed where it was read: ``18 March``, ``last Friday``."""
    said = _said(text)[1]
    return said is not None and not said.has_year


def _said(text: str, *, since: bool = False) -> tuple[str | None, DateExpression | None]:
    """Return the word before a typed date, if any, and what the date says, in English or another language."""
    rest = _TIME.sub("", text[:_MAX_LENGTH].strip())
    word, said = _opened(rest)
    if said is None and (translated := in_english(rest, since=since)) is not None:
        word, said = _opened(translated)
    return word, said


def _opened(text: str) -> tuple[str | None, DateExpression | None]:
    """Return the word before a date in English, if any, and what the date says; a span may itself begin with "from"."""
    opener = _OPENER.match(text)
    opened = whole_expression(text[opener.end() :]) if opener else None
    word = opener[1].lower() if opener is not None else None
    if opened is not None and (word != "from" or (opened.until is None and opened.last is None)):
        return word, opened
    return None, opened or whole_expression(text)


def _as_typed(text: str) -> str:
    """Return a date as somebody typed it, the same in all languages, short enough for a sentence."""
    return shortened(text.strip(), 40)


def _beside(key: int | None, step: int) -> int | None:
    """Return the key of the day before or after; where Python has no such date (before the year 1), any key beside it will do."""
    if key is None:
        return None
    try:
        return key_of(day_of(key) + timedelta(days=step))
    except (ValueError, OverflowError):
        return key + step


def _edtf(said: DateExpression, today: date, *, past: bool) -> str:
    """Return one date in EDTF. Raises ValueError for a day given relative to another, or one that no calendar has."""
    if said.decade is not None:
        return f"{said.decade // 10}X{said.mark}"
    if said.told and (said.weekday is None or said.step):
        raise ValueError(said)
    now = datetime.now().astimezone().date()
    if not said.has_year and said.month is None and said.season is None:
        edtf = _weekday(said, now) if said.weekday is not None and said.week is None else from_day(said, now)
    elif said.step is not None:
        edtf = in_year(said, _stepped_year(said, said.step, now))
    else:
        edtf = in_year(said, _year(said, today, past=past))
    if edtf is None:
        raise ValueError(said)
    return "/".join(f"{end.rstrip('~')}{said.mark}" for end in edtf.split("/")) if said.mark else edtf


def _weekday(said: DateExpression, now: date) -> str | None:
    """Return the latest such day; with "last" not today, with "next" the one to come. None for Monday the 16th."""
    if said.weekday is None or said.day is not None:
        return None
    latest = latest_weekday(now, said.weekday, before=said.step == -1)
    return f"{latest + timedelta(days=7 if said.step == 1 else 0)}"


def _year(said: DateExpression, today: date, *, past: bool) -> int:
    """Return the year of a date, or the one that is meant where it has none or only two digits of it."""
    if said.year is not None:
        return said.year
    if said.short is not None:
        nearest = today.year // 100 * 100 + said.short
        return min((nearest - 100, nearest, nearest + 100), key=lambda year: abs(year - today.year))
    month = _month(said)
    if past:
        return today.year - ((month, said.day or 0) > (today.month, today.day))
    return nearest_year(month, said.day, today)


def _stepped_year(said: DateExpression, step: int, now: date) -> int:
    """Return the year of last May, this May or next May, or of May last year."""
    if said.unit == "year" or not step:
        return now.year + step
    if step > 0:
        return now.year + (_month(said) <= now.month)
    last = _month(said) + (2 if said.season and said.season < SEASONS["winter"] else 0)
    return now.year - (last >= now.month)


def _month(said: DateExpression) -> int:
    """Return the month of a date, or the first month of a season."""
    return said.month or 3 * ((said.season or SEASONS["winter"]) - 20)


def _span(said: DateExpression, until: DateExpression, today: date, *, past: bool) -> str:
    """Return a span in EDTF; an end without a year is the first such day after the beginning."""
    first, last = (_edtf(end, today, past=past) for end in (said, until))
    if not until.has_year and until.month and parse_date(first).earliest and "/" not in f"{first}{last}":
        start, end = parse_date(first).earliest or 0, parse_date(last).latest or 0
        if end < start:
            last = _edtf(replace(until, year=start // 10_000 + (end % 10_000 < start % 10_000)), today, past=past)
    if "/" in f"{first}{last}":
        raise ValueError(said)
    return f"{first}/{last}"


def typed_period(start: str | None, end: str | None, today: date, *, past: bool = False, since: bool = False) -> Period:
    """Read the two ends of a period; ``today``, ``past`` and ``since`` are as for `typed_date`.

    If an end is itself a span, its first or last day counts. A beginning without a year that would be after ``today`` is put in
    the year before: "from April" is the April of the story. Raises DateError, or UsageError for a period that cannot be.
    """
    begins = typed_date(start, today, past=past, since=since) if start else None
    if start and begins and begins.first is not None and begins.first > key_of(today) and leaves_year_out(start):
        begins = typed_date(start, today, past=True)
    ends = typed_date(end, today, past=past) if end else None
    if start and begins and begins.first is None:
        raise UsageError(Message('A period cannot begin with "{date}"; give that as its end.', date=_as_typed(start)))
    if end and ends and ends.last is None:
        raise UsageError(Message('A period cannot end with "{date}"; give that as its beginning.', date=_as_typed(end)))
    first, last = begins.first if begins else None, ends.last if ends else None
    if first is not None and last is not None and first > last:
        raise UsageError(
            Message("The period from {start} to {end} ends before it starts; swap the two dates.", start=start, end=end)
        )
    words = []
    if begins:
        first_end = parse_date(begins.named.edtf.split("/")[0])
        words.append(begins.words() if begins.opener == "after" else f"from {first_end.words()}")
    if ends:
        last_end = parse_date(ends.named.edtf.split("/")[-1])
        words.append(ends.words() if ends.opener == "before" else f"to {last_end.words()}")
    return Period(first, last, " ".join(words))
