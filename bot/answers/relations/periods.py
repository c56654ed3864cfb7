"""How long before or after something a question asks: "two weeks after the ban", "in the days before".

In: the words of a question. Out: a `DayRange`.
"""

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
# Days that "in the days after", a few or several of a unit may mean.
_MANY = {"hour": 1, "day": 7, "night": 7, "week": 31, "fortnight": 62, "month": 366, "year": 1830}

_AMOUNT = rf"(?:{'|'.join(sorted((*_COUNTS, *_SOME), key=len, reverse=True))}|\d{{1,3}})"
PERIOD = (
    r"(?:(?:on|(?P<within>in|during|within|over|throughout)) )?(?P<whole>the )?(?:(?:first|last|next) )?"
    rf"(?:(?P<count>{_AMOUNT}) )?(?P<unit>{'|'.join(_DAYS)})(?P<several>s)?"
)
"""The pattern of a period, whose groups `read_period` reads."""


class DayRange(NamedTuple):
    """The first and the last day of a period before or after something, counted in days from it."""

    first: int
    last: int


def read_period(groups: Mapping[str, str]) -> DayRange | None:
    """Return the period that the groups of a match of `PERIOD` mean, None where they have none.

    "In the two weeks after" is the whole of it; "two weeks after" is about that day, the less exact the longer it is.
    """
    unit = groups.get("unit")
    if unit is None:
        return None
    count = groups.get("count")
    if count in _SOME or (count is None and "several" in groups):
        return DayRange(0, _MANY[unit])
    number = _COUNTS.get(count, 0) or int(count) if count is not None else 1
    days = number * _DAYS[unit]
    if "within" in groups or unit == "hour" or ("whole" in groups and days > 1):
        return DayRange(0, days)
    if unit in ("day", "night"):
        return DayRange(days, days)
    about = _DAYS[unit] // 3  # people count weeks and months roughly: "a month after" may be 21 days or 41
    return DayRange(days - about, days + about)
