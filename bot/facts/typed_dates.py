"""Dates, spans and periods as people type them: ``26 October 2017``, ``4–6 March 2021``, ``from 2014 to 2017``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.english.calendar import MONTHS, WEEKDAYS, latest_weekday, month_number
from bot.errors import DateError, UsageError
from bot.facts.dates import SEASONS, StoryDate, day_of, key_of, parse_date
from bot.facts.text import shortened
from bot.messages import Message

EXAMPLE = Message("Write it like 26 October 2017, October 2017 or 2017.")
_SEASON_NUMBERS = {name: number for number, name in SEASONS.items()} | {"fall": 23}
_DAYS_BACK = {"today": 0, "yesterday": 1}
_WEEKDAYS = {name: number for number, day in enumerate(map(str.lower, WEEKDAYS)) for name in (day, day[:3])}
_WEEKDAYS |= {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
_MARKS = {"about": "~", "around": "~", "circa": "~", "c": "~", "ca": "~", "possibly": "?", "maybe": "?", "perhaps": "?"}
_OPENERS = {"before": "../{}", "until": "../{}", "from": "{}/..", "since": "{}/..", "after": "{}/.."}
_ERAS = {"bc": -1, "bce": -1, "ad": 1, "ce": 1}
_FILLERS = {"on", "in", "the", "of", "at", "st", "nd", "rd", "th"}
_TIME = re.compile(r"(?<=\d)(?:t|,? )\d{1,2}:\d\d(?::\d\d)?(?: ?(?:z|utc)?(?:[+-]\d\d:?\d\d)?)?$", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:between\s(?P<one>.+)\sand\s(?P<other>.+)|(?:from\s)?(?P<rest>.+))", re.IGNORECASE | re.DOTALL)
_TO = re.compile(r"\s*(?:[–—]|\bto\b|\buntil\b|\btill\b|\s-+\s|-)\s*", re.IGNORECASE)
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
        """The first day that it takes in, as a key; None where it has no beginning. ``after 2017`` leaves 2017 out."""
        return _beside(self.named.latest, 1) if self.opener == "after" else self.date.earliest

    @property
    def last(self) -> int | None:
        """The last day that it takes in, as a key; None where it has no end. ``before 2017`` leaves 2017 out."""
        return _beside(self.named.earliest, -1) if self.opener == "before" else self.date.latest

    @property
    def lasting(self) -> str:
        """It in a form that `typed_date` reads alike on whatever day and however far a story has gone on."""
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


def typed_date(text: str, today: date) -> TypedDate:
    """Read a date as people type it: ``oct 2017``, ``26 October 2017``, ``26.10.17``, ``the 1940s``, ``last Friday``.

    Figures are read day first. A day or month without its year is the latest one that is not after ``today``, which may be the
    last day of a story; a year of two figures is the one that is nearest to it. ``yesterday`` and ``Monday`` count from the day
    on which it is typed. Times of day are left out. Raises DateError with an example.
    """
    try:
        parsed = parse_date(text)
        return TypedDate(parsed, parsed)
    except DateError:
        pass
    words = re.findall(r"\d+|[^\W\d_]+", _TIME.sub("", text[:_MAX_LENGTH].strip()).lower())
    words = [word for word in words if word not in _FILLERS]
    opener = words.pop(0) if words and words[0] in _OPENERS else None
    mark = _MARKS[words.pop(0)] if words and words[0] in _MARKS else ""
    try:
        named = parse_date((_relative(words) or _edtf(words, today)) + mark)
        return TypedDate(parse_date(_OPENERS[opener].format(named.edtf)) if opener else named, named, opener)
    except (DateError, ValueError):
        shown = _as_typed(text)
        problem = Message('I cannot read "{date}" as a date.', date=shown) if shown else Message("The date is empty.")
        raise DateError(problem, EXAMPLE) from None


def _as_typed(text: str) -> str:
    """Return a date as somebody typed it, which is the same in whatever language is spoken, short enough for a sentence."""
    return shortened(text.strip(), 40)


def _beside(key: int | None, step: int) -> int | None:
    """Return the key of the day before or after; where the calendar has none (before the year 1), any key beside it will do."""
    if key is None:
        return None
    try:
        return key_of(day_of(key) + timedelta(days=step))
    except (ValueError, OverflowError):
        return key + step


def _relative(words: list[str]) -> str | None:
    """Turn ``yesterday``, ``monday`` or ``last friday`` into EDTF: the latest such day; None for other dates."""
    day = datetime.now().astimezone().date()
    if len(words) == 1 and words[0] in _DAYS_BACK:
        return (day - timedelta(days=_DAYS_BACK[words[0]])).isoformat()
    last = words[:1] == ["last"]
    if len(words) == 1 + last and words[-1] in _WEEKDAYS:
        return latest_weekday(day, _WEEKDAYS[words[-1]], before=last).isoformat()
    return None


def _edtf(words: list[str], today: date) -> str:
    """Turn the words of a date into EDTF, without a day of the week before it. Raises ValueError for anything else."""
    words = words[1:] if len(words) > 2 and words[0] in _WEEKDAYS else words
    if len(words) == 2 and (set(words) & set(_ERAS) or words[1] == "s"):
        return _era_or_decade(*words)
    names = [word for word in words if word.isalpha()]
    numbers = [word for word in words if not word.isalpha()]
    if len(names) > 1 or not words:
        raise ValueError(words)
    if not names:
        return _figures(numbers, today)
    if names[0] in _SEASON_NUMBERS and len(numbers) == 1:
        return f"{_year(numbers[0])}-{_SEASON_NUMBERS[names[0]]}"
    return _named_month(month_number(names[0]), numbers, today)


def _era_or_decade(one: str, other: str) -> str:
    """Turn ``500 bc``, ``ad 500`` or ``1940 s`` into EDTF. Raises ValueError for anything else."""
    if other == "s":
        if len(one) != 4 or not one.endswith("0"):
            raise ValueError(one)
        return f"{one[:3]}X"
    era, figure = (one, other) if one in _ERAS else (other, one)
    year = int(figure)
    if not 1 <= year <= 9999:
        raise ValueError(figure)
    return f"{year:04}" if _ERAS[era] > 0 else f"-{year - 1:04}" if year > 1 else "0000"


def _named_month(month: int, numbers: list[str], today: date) -> str:
    years = [number for number in numbers if len(number) == 4]
    days = [number for number in numbers if len(number) < 3]
    if len(years) > 1 or len(days) > 1 or len(years) + len(days) != len(numbers):
        raise ValueError(numbers)
    if days:
        year = int(years[0]) if years else today.year - ((month, int(days[0])) > (today.month, today.day))
        return f"{year:04}-{month:02}-{int(days[0]):02}"
    year = int(years[0]) if years else today.year - (month > today.month)
    return f"{year:04}-{month:02}"


def _figures(numbers: list[str], today: date) -> str:
    """Turn figures into EDTF: year first as they stand, else day first; month first only where day first is impossible."""
    if len(numbers) == 1:
        return _year(numbers[0])
    if len(numbers[0]) == 4:
        return "-".join([numbers[0], *(f"{int(number):02}" for number in numbers[1:])])
    *front, year = numbers
    if len(front) == 1:
        return f"{_year(year)}-{int(front[0]):02}"
    day, month = (int(number) for number in front)
    if month > 12:
        day, month = month, day
    if len(year) == 2:  # the year of this ending that is nearest to today
        nearest = today.year // 100 * 100 + int(year)
        year = f"{min((nearest - 100, nearest, nearest + 100), key=lambda candidate: abs(candidate - today.year)):04}"
    return f"{_year(year)}-{month:02}-{day:02}"


def _year(text: str) -> str:
    if len(text) != 4:
        raise ValueError(text)
    return text


def typed_period(start: str | None, end: str | None, today: date) -> Period:
    """Read the two ends of a period; ``today`` is as for `typed_date`.

    Of an end that is a span, its own first or last day counts. Raises DateError, or UsageError for a period that cannot be.
    """
    begins = typed_range(start, today) if start else None
    ends = typed_range(end, today) if end else None
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
        one = parse_date(begins.named.edtf.split("/")[0])  # of a span its first end
        words.append(begins.words() if begins.opener == "after" else f"from {one.words()}")
    if ends:
        one = parse_date(ends.named.edtf.split("/")[-1])
        words.append(ends.words() if ends.opener == "before" else f"to {one.words()}")
    return Period(first, last, " ".join(words))


def typed_range(text: str, today: date) -> TypedDate:
    """Read a date or a span in any usual form, or EDTF. Raises DateError with an example.

    ``today`` is as for `typed_date`. What one end of a span leaves out it has from the other: the month and year of
    ``4–6 March 2021``, the year of ``26 October to 3 November 2017``.
    """
    try:
        return typed_date(text, today)
    except DateError:
        span = _span(text[:_MAX_LENGTH], today)
        if span is None:
            raise
        return TypedDate(span, span)


def _span(text: str, today: date) -> StoryDate | None:
    match = _BETWEEN.fullmatch(text)
    if match is None:
        return None
    if match["one"]:
        return _joined(match["one"], match["other"], today)
    rest = match["rest"]
    ends = ((rest[: sign.start()], rest[sign.end() :]) for sign in _TO.finditer(rest))
    return next(filter(None, (_joined(one, other, today) for one, other in ends)), None)


def _joined(one: str, other: str, today: date) -> StoryDate | None:
    """Return the span from one date to another, None where either cannot be read or the span cannot be."""
    if not one.strip() or not other.strip():
        return None
    named = re.findall(r"[^\W\d_]{3,}", one)
    months = [word for word in named if any(month.startswith(word.capitalize()) for month in MONTHS)]
    if months and not re.search(r"[^\W\d_]", other):  # March 4 to 6, 2021
        other = f"{months[-1]} {other}"
    last = _end(other, today)
    # Read with as much of the other end's words behind it as makes a date, so that it is of the same year.
    words = other.split()
    whole = (_end(" ".join([one, *words[index:]]), today) for index in range(len(words) + 1))
    first = next(filter(None, whole), None)
    if first is None or last is None or "/" in first.edtf or "/" in last.edtf:
        return None
    try:
        return parse_date(f"{first.edtf}/{last.edtf}")
    except DateError:
        return None


def _end(text: str, today: date) -> StoryDate | None:
    try:
        return typed_date(text, today).date
    except (DateError, OverflowError):
        return None
