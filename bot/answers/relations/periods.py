"""Periods before or after something: "in the two weeks after", "the day before", "a year before", as days counted from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from bot.english.numbers import SMALL_NUMBERS

_COUNTS = {word: number for word, number in SMALL_NUMBERS.items() if 1 <= number <= 12} | {
    "a": 1,
    "an": 1,
    "couple of": 2,
    "a couple of": 2,
}
_SOME = frozenset({"few", "a few", "several", "some"})
_DAYS = {"hour": 1, "day": 1, "night": 1, "week": 7, "fortnight": 14, "month": 31, "year": 366}
_MANY = {"hour": 1, "day": 7, "night": 7, "week": 31, "fortnight": 62, "month": 366, "year": 1830}  # "in the days after"

_AMOUNT = rf"(?:{'|'.join(sorted((*_COUNTS, *_SOME), key=len, reverse=True))}|\d{{1,3}})"
PERIOD = (
    rf"(?:(?P<within>in|during|within|over|throughout) )?(?P<whole>the )?(?:(?:first|last|next) )?(?:(?P<count>{_AMOUNT}) )?"
    rf"(?P<unit>{'|'.join(_DAYS)})(?P<several>s)?"
)


class Period(NamedTuple):
    """The first and the last day of a period, counted from what it is before or after."""

    first: int
    last: int


def read_period(found: Mapping[str, str]) -> Period | None:
    """Return the period that the groups of a match of `PERIOD` tell, None where it was left out.

    "In the two weeks after" is all of them; "two weeks after" is about that day, the less exact the longer it is.
    """
    unit = found.get("unit")
    if unit is None:
        return None
    count = found.get("count")
    if count in _SOME or (count is None and "several" in found):
        return Period(0, _MANY[unit])
    number = _COUNTS.get(count, 0) or int(count) if count is not None else 1
    days = number * _DAYS[unit]
    if "within" in found or unit == "hour" or ("whole" in found and days > 1):
        return Period(0, days)
    if unit in ("day", "night"):
        return Period(days, days)
    about = _DAYS[unit] // 3
    return Period(days - about, days + about)
