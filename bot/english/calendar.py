"""Names of months and weekdays, as English writes them."""

from __future__ import annotations

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
"""The months in order, January first."""

MONTH_ABBREVIATIONS = ("Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sept", "Sep", "Oct", "Nov", "Dec")
"""How months are shortened; the three first letters tell which is meant. May has none."""

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
"""The days in the order of ``date.weekday()``, Monday first."""


def month_number(name: str) -> int:
    """Return the number of a month, from 1, by its name or an abbreviation of it. Raises ValueError for no month."""
    short = name[:3].casefold()
    for number, month in enumerate(MONTHS, 1):
        if month.casefold().startswith(short):
            return number
    raise ValueError(f"{name!r} is no month")
