"""EDTF, the Extended Date/Time Format of ISO 8601-2, level 1: taking apart one end of a date, and the days that it may mean.

The `edtf` library decides what a date is and how far it reaches. This module corrects what the library gets wrong: an interval
is read end by end (the library fails on some open and unspecified ends), a day is checked against the calendar (it accepts
29 February in any year), winter runs into the next year, and a day with one unknown digit gets its bounds.
"""

from __future__ import annotations

import calendar
import re
from typing import NamedTuple

from bot.errors import DateError
from bot.messages import Message

FORMS = Message("Write it like `2021`, `2021-03`, `2021-03-04`, `2021-03-04/2021-03-06`, `2021-03~` or `../2021`.")

OPEN = ("", "..")
"""How EDTF writes an unknown and an open end of a span."""

_PLAIN = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?[?~%]?")
_ENDS = re.compile(r"(Y?-?[0-9X]{4,10})(?:-([0-9X]{2}))?(?:-([0-9X]{2}))?(T[0-9:+Z-]+)?([?~%]?)")
_WINTER = 24  # the number of the season; 21 is spring


class DateParts(NamedTuple):
    """One end of a date, taken apart; digits that are not known are ``X``."""

    year: str
    month: str | None
    day: str | None
    time: str | None
    qualifier: str

    @property
    def season(self) -> int | None:
        """The season's number, 21 for spring to 24 for winter; None for a month."""
        return int(self.month) if self.month and self.month.isdecimal() and int(self.month) > 20 else None

    @property
    def unspecified(self) -> bool:
        """Whether any digit of its year, month or day is unknown."""
        return any("X" in part for part in self[:3] if part)

    @property
    def numbers(self) -> tuple[int, ...]:
        """The year, with the month or season and the day that it has; every digit of them has to be known."""
        return tuple(int(part) for part in (self.year.lstrip("Y"), self.month, self.day) if part)

    @property
    def plain(self) -> bool:
        """Whether it is a month or a day of which every digit is known, without a time or a mark."""
        return bool(self.month) and not (self.season or self.unspecified or self.time or self.qualifier)


def date_parts(end: str, whole: str = "") -> DateParts:
    """Take apart one end of a date. Raises DateError, which names the ``whole`` date if one is given, where it is none."""
    match = _ENDS.fullmatch(end)
    if not match:
        raise no_date(whole or end)
    year, month, day, time, qualifier = match.groups()
    return DateParts(year, month, day, time, qualifier)


def date_ends(edtf: str) -> tuple[DateParts | None, ...]:
    """Take apart the one end of a date, or both ends of a span; None for an end that is open or unknown. Raises DateError."""
    return tuple(None if end in OPEN else date_parts(end) for end in edtf.split("/"))


def no_date(text: str) -> DateError:
    """Return the error for a text that is not a date."""
    return DateError(Message('"{text}" is not a date.', text=text), FORMS)


def day_bounds(end: str, whole: str) -> tuple[int, int]:
    """Return the first and the last day of one end of a date, as yyyymmdd; ``whole`` is the date that errors name.

    Raises DateError.
    """
    plain = _PLAIN.fullmatch(end)
    if plain:
        year, month, day = (int(part) if part else 0 for part in plain.groups())
        if not plain[2] or 1 <= month <= 12:
            # Nearly all dates are read here, without the library, which is slow to load.
            if plain[3]:
                _check_day(year, month, day, whole)
            return _key(year, month or 1, day or 1), _key(year, month or 12, day or days_in(year, month or 12))
    _refuse_level_2(end, whole)
    parts = date_parts(end, whole)
    if parts.day and "X" in parts.day and parts.day != "XX":
        return _digit_unknown(parts, whole)
    # Unknown digits to the left of known ones: there are no words for such a date.
    year, month = ("X" in (part or "") for part in parts[:2])
    if (year and parts.month) or (month and (parts.month != "XX" or parts.day not in (None, "XX"))) or parts.year.startswith("X"):
        raise _too_open(whole)
    first, last = _library_bounds(end, whole)
    if parts.day and parts.day.isdecimal():
        _check_day(int(parts.year), int(parts.month or 1), int(parts.day), whole)
    if parts.season == _WINTER:
        following = int(parts.year) + 1
        last = _key(following, 2, days_in(following, 2))
    return first, last


def _refuse_level_2(end: str, whole: str) -> None:
    if any(sign in end for sign in "{}[]") or ".." in end:
        raise DateError(
            Message('"{text}" is a set of dates.', text=whole),
            Message("Write a span such as `2021/2023`, or a fact for each date."),
        )
    if re.fullmatch(r"Y?-?[0-9]+(E[0-9]+)?(S[0-9]+)?", end) and ("E" in end or "S" in end):
        raise DateError(
            Message('"{text}" gives a rounded year.', text=whole), Message("Write the year in digits with ~ for about: `1950~`.")
        )
    if re.search(r"[?~%].", end):
        raise DateError(
            Message('"{text}" has ?, ~ or % inside.', text=whole),
            Message("Write it at the end, for the whole date: `2021-03-04~`."),
        )
    month = re.match(r"-?[0-9]{4}-([0-9]{2})", end)
    if month and _WINTER < int(month[1]) < 42:
        raise DateError(
            Message('"{text}" has a season that is not 21 to 24.', text=whole),
            Message("Write the months instead: `2021-03/2021-05`."),
        )


def _too_open(whole: str) -> DateError:
    mend = Message("Write the days, months or years as a span: `2021-03-10/2021-03-19`.")
    return DateError(Message('"{text}" leaves too much open.', text=whole), mend)


def _library_bounds(end: str, whole: str) -> tuple[int, int]:
    """Let the library read one end of a date, without the mark for uncertain or approximate."""
    from edtf import EDTFParseException, parse_edtf

    try:
        parsed = parse_edtf(end.rstrip("?~%"))
    except (EDTFParseException, TypeError, ValueError, AttributeError):
        parsed = None
    if type(parsed).__name__ not in ("Date", "DateAndTime", "Unspecified", "Season", "LongYear", "Level2Season"):
        raise no_date(whole)
    return _key(*parsed.lower_strict()[:3]), _key(*parsed.upper_strict()[:3])


def _digit_unknown(parts: DateParts, whole: str) -> tuple[int, int]:
    """Return the bounds of a day with one digit unknown, such as 2017-10-2X."""
    known = (parts.year + (parts.month or "")).isdecimal() and 1 <= int(parts.month or 0) <= 12
    if not known or not parts.day or parts.day.startswith("X"):
        raise _too_open(whole)
    year, month, tens = int(parts.year), int(parts.month or 1), int(parts.day[0]) * 10
    last = min(tens + 9, days_in(year, month))
    _check_day(year, month, max(tens, 1), whole)
    return _key(year, month, max(tens, 1)), _key(year, month, last)


def _check_day(year: int, month: int, day: int, whole: str) -> None:
    if not 1 <= day <= days_in(year, month):
        raise DateError(Message('"{text}" is not in the calendar.', text=whole), Message("Write a day that the month has."))


def days_in(year: int, month: int) -> int:
    """Return how many days a month has."""
    if month == 2 and calendar.isleap(year):
        return 29
    return (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]


def _key(year: int, month: int, day: int) -> int:
    return year * 10000 + month * 100 + day
