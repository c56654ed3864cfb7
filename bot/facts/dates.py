"""The dates of a story: as precise as they are known, compared by their days and put into words.

In English the day comes first; other languages follow their calendar data (CLDR, by Babel).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.english.calendar import MONTHS
from bot.errors import DateError
from bot.facts.edtf import FORMS, OPEN, DateParts, date_ends, day_bounds, days_in, no_date
from bot.messages import Message

if TYPE_CHECKING:
    from babel import Locale

SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
_MARKS = {"?": "possibly ", "~": "about ", "%": "possibly about ", "": ""}
_OTHER_MARKS = {"?": ("", "?"), "~": ("~", ""), "%": ("~", "?"), "": ("", "")}
_MAX_LENGTH = 100  # characters; far more than any date of level 1 has
_ISSUED_AHEAD = 92  # days by which an issue may be dated ahead: a quarterly's next one


@dataclass(frozen=True, slots=True)
class StoryDate:
    """A date as precise as it is known.

    ``edtf`` is its text. ``earliest`` and ``latest`` are the first and the last day that it may mean, as yyyymmdd in one integer
    (20171026), which also compares correctly for years before 0 and after 9999; None where that end is open or unknown.
    """

    edtf: str
    earliest: int | None
    latest: int | None

    def words(self, language: str = "en") -> str:
        """Return the date in words for readers: ``3 March 2021``, ``4–6 March 2021``, ``about March 2021``, ``before 2021``."""
        ends = date_ends(self.edtf)
        if language.lower().split("-")[0] == "en":
            return _span_english(ends[0], ends[-1])
        return _span_other(ends, _locale(language))

    def meets(self, first: int | None, last: int | None) -> bool:
        """Return whether it may mean a day between two keys, both included; None for an end that is open."""
        begins_in_time = last is None or self.earliest is None or self.earliest <= last
        return begins_in_time and (first is None or self.latest is None or self.latest >= first)


def day_of(key: int) -> date:
    """Return the day that a key (yyyymmdd) stands for. Raises ValueError where Python's calendar has no such day."""
    return date(key // 10000, key // 100 % 100, key % 100)


def iso_of(key: int) -> str:
    """Return the day that a key stands for as ISO 8601 has it."""
    return f"{key // 10000:04}-{key // 100 % 100:02}-{key % 100:02}"


def key_of(day: date) -> int:
    """Return the key of a day."""
    return day.year * 10000 + day.month * 100 + day.day


@lru_cache(maxsize=4096)
def parse_date(text: str) -> StoryDate:
    """Read an EDTF date of level 0 or 1. Raises DateError, which says how to mend it."""
    text = text.strip()
    if len(text) > _MAX_LENGTH:
        raise DateError(Message("The date is {length} characters long.", length=len(text)), FORMS)
    ends = text.split("/")
    if len(ends) == 1:
        return StoryDate(text, *day_bounds(text, text))
    if len(ends) != 2 or not any(ends):
        raise no_date(text)
    earliest = None if ends[0] in OPEN else day_bounds(ends[0], text)[0]
    latest = None if ends[1] in OPEN else day_bounds(ends[1], text)[1]
    if earliest is not None and latest is not None and earliest > latest:
        raise DateError(Message('"{text}" ends before it begins.', text=text), Message("Write the earlier date first."))
    return StoryDate(text, earliest, latest)


def is_to_come(published: StoryDate | None) -> bool:
    """Return whether a date of publication is still to come.

    A day may be tomorrow, since it already is somewhere; a month or a year may begin a quarter ahead, as issues are dated.
    """
    if published is None or published.earliest is None:
        return False
    ahead = 1 if published.earliest == published.latest else _ISSUED_AHEAD
    return published.earliest > key_of(datetime.now(UTC).date() + timedelta(days=ahead))


def _span_english(start: DateParts | None, end: DateParts | None) -> str:
    if start is None:
        return "date unknown" if end is None else f"before {_one_english(end)}"
    if end is None:
        return f"from {_one_english(start)}"
    if start == end:
        return _one_english(start)
    last, marked = _one_english(end), start.qualifier or end.qualifier
    if start.month and end.month and start.year == end.year and not marked:
        # The first end leaves out what the second repeats: "4–6 March 2021", "March–May 2021".
        if start.day == end.day is None:
            return f"{_month_english(start)}–{last}"
        if start.day and end.day and start.month == end.month and "X" not in start.day + end.day and not (start.time or end.time):
            return f"{int(start.day)}–{last}"
        without_year = " ".join(part for part in (_day(start), _month_english(start)) if part)
        if without_year and not start.time:
            return f"{without_year} – {last}"
    joiner = " – " if start.month or end.month or marked else "–"
    return f"{_one_english(start)}{joiner}{last}"


def _one_english(parts: DateParts) -> str:
    words = [word for word in (_day(parts), _month_english(parts), _year(parts.year)) if word]
    return f"{_MARKS[parts.qualifier]}{' '.join(words)}{_time(parts)}"


def _day(parts: DateParts) -> str | None:
    if not parts.day or parts.day == "XX":
        return None
    if "X" not in parts.day:
        return str(int(parts.day))
    tens = int(parts.day[0]) * 10
    last = min(tens + 9, days_in(int(parts.year), int(parts.month or 1)))
    return f"{max(tens, 1)}–{last}"


def _month_english(parts: DateParts) -> str | None:
    if not parts.month or "X" in parts.month:
        return None
    return SEASONS[parts.season] if parts.season else MONTHS[int(parts.month) - 1]


def _year(text: str, locale: Locale | None = None) -> str:
    """Return a year in words, in English without a locale: with its era, a decade by its name, other spans by their ends."""
    before = locale.eras["abbreviated"][0] if locale else "BC"
    if "X" in text:
        first, last = sorted(int(text.replace("X", digit)) for digit in "09")
        if text.startswith("-"):
            return f"{1 - first}–{1 - last} {before}"
        return f"{first}–{last}" if locale or text.count("X") > 1 else f"the {first}s"
    year = int(text.lstrip("Y"))
    if year <= 0:
        return f"{1 - year} {before}"
    return str(year) if locale or year >= 1000 else f"AD {year}"


def _time(parts: DateParts) -> str:
    """Return the time of day as it follows a date, with its zone if one is given; "" for none."""
    if not parts.time:
        return ""
    clock, zone = parts.time[1:9], parts.time[9:]
    clock = clock[:5] if clock[5:] == ":00" else clock
    return f", {clock} UTC{zone.removeprefix('Z')}" if zone else f", {clock}"


def _locale(language: str) -> Locale:
    from babel import Locale, UnknownLocaleError

    for name in (language, language.split("-")[0]):
        with suppress(UnknownLocaleError, ValueError):
            return Locale.parse(name, sep="-")
    return Locale("en")


def _span_other(ends: Sequence[DateParts | None], locale: Locale) -> str:
    """Return a date in words; two days or months of one year are shortened as in the locale: ``26.–28. Oktober 2017``."""
    from babel.dates import format_date

    start, end = ends[0], ends[-1]
    if (
        not (start and end and start.plain and end.plain)
        or start == end
        or start.year != end.year
        or bool(start.day) != bool(end.day)
    ):
        return " – ".join(dict.fromkeys("…" if parts is None else _one_other(parts, locale) for parts in ends))
    known = locale.interval_formats
    whole, short = ("yMMMMd", "yMMMd") if start.day else ("yMMMM", "yMMM")
    patterns = known.get(whole, known[short])["d" if start.month == end.month else "M"]
    days = (date(2000, int(parts.month or 1), int(parts.day or 1)) for parts in (start, end))
    written = (re.sub("M{3,}", "MMMM", pattern) for pattern in patterns)  # shorter intervals abbreviate the months
    words = "".join(format_date(day, pattern, locale=locale) for day, pattern in zip(days, written, strict=True))
    # The fonts of pictures lack the thin space.
    return words.replace("\u2009", " ").replace("2000", _year(start.year, locale))


def _one_other(parts: DateParts, locale: Locale) -> str:
    """Return one end of a date with Babel's month names and order; marks stand for the words that Babel lacks."""
    from babel.dates import format_date, format_skeleton

    year, day = _year(parts.year, locale), _day(parts)
    # 2000 stands in for the year, which may be outside the range of Python's dates; being a leap year, it has a 29 February.
    if not parts.month or "X" in parts.month:
        words = year
    elif parts.season:
        names = locale.months["stand-alone"]["abbreviated"]
        first = {21: 3, 22: 6, 23: 9, 24: 12}[parts.season]
        words = f"{names[first]}–{names[(first + 1) % 12 + 1]} {year}"
    elif not day:
        words = str(format_skeleton("yMMMM", date(2000, int(parts.month), 1), locale=locale)).replace("2000", year)
    else:
        days = [format_date(date(2000, int(parts.month), int(end)), "long", locale=locale) for end in day.split("–")]
        words = " – ".join(days).replace("2000", year)
    before, after = _OTHER_MARKS[parts.qualifier]
    return f"{before}{words}{_time(parts)}{after}"
