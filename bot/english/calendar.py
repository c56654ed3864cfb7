"""Names of months and weekdays, as English writes them, which month a name means, and when a weekday was last."""

from __future__ import annotations

from datetime import date, timedelta

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
"""The months in order, January first."""

MONTH_ABBREVIATIONS = ("Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sept", "Sep", "Oct", "Nov", "Dec")
"""How months are shortened; the three first letters tell which is meant. May has none."""

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
"""The days in the order of ``date.weekday()``, Monday first."""


_SHORTEST = 3  # letters, the fewest that tell all months apart


def month_number(name: str) -> int:
    """Return the number of a month, from 1, by its name or its first letters, three or more. Raises ValueError for no month."""
    short = name.removesuffix(".").lower()
    for number, month in enumerate(MONTHS, 1):
        if len(short) >= _SHORTEST and month.lower().startswith(short):
            return number
    raise ValueError(f"{name!r} is no month")


def latest_weekday(day: date, weekday: int, *, before: bool = False) -> date:
    """Return the latest day up to a day that is such a weekday, Monday being 0; with ``before`` not that day itself."""
    back = (day.weekday() - weekday) % 7
    return day - timedelta(days=back or (7 if before else 0))


MONTH_NUMBERS = {name.lower(): month_number(name) for name in (*MONTHS, *MONTH_ABBREVIATIONS)}
"""The number of a month by its name and its usual abbreviations, in lower case."""
