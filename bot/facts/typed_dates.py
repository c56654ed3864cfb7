"""Dates as people type them in a command."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.errors import DateError
from bot.facts.date_words import MONTHS, SEASONS
from bot.facts.dates import StoryDate, parse_date

EXAMPLE = "Write it like 26 October 2017, October 2017 or 2017."
_SEASON_NUMBERS = {name: number for number, name in SEASONS.items()} | {"fall": 23}
_DAYS_BACK = {"today": 0, "yesterday": 1}
_MARKS = {"about": "~", "around": "~", "circa": "~", "c": "~", "ca": "~", "possibly": "?", "maybe": "?", "perhaps": "?"}
_OPENERS = {"before": "../{}", "until": "../{}", "from": "{}/..", "since": "{}/..", "after": "{}/.."}
_FILLERS = {"on", "in", "the", "of", "at"}


def typed_date(text: str, today: date) -> StoryDate:
    """Read a date as people type it. Raises DateError with an example."""
    try:
        return parse_date(text)
    except DateError:
        pass
    words = [word for word in re.findall(r"\d+|[^\W\d_]+", text[:100].lower()) if word not in _FILLERS]
    words = [word for word in words if word not in ("st", "nd", "rd", "th")]
    opener = _OPENERS[words.pop(0)] if words and words[0] in _OPENERS else "{}"
    mark = _MARKS[words.pop(0)] if words and words[0] in _MARKS else ""
    try:
        return parse_date(opener.format(_edtf(words, today) + mark))
    except (DateError, ValueError):
        shown = text.strip()
        shown = shown if len(shown) <= 40 else shown[:39] + "…"
        raise DateError(f'I cannot read "{shown}" as a date. {EXAMPLE}' if shown else f"The date is empty. {EXAMPLE}") from None


def _edtf(words: list[str], today: date) -> str:
    """Turn the words of a date into EDTF. Raises ValueError where they are none."""
    if len(words) == 1 and words[0] in _DAYS_BACK:
        return (today - timedelta(days=_DAYS_BACK[words[0]])).isoformat()
    names = [word for word in words if word.isalpha()]
    numbers = [word for word in words if not word.isalpha()]
    if len(names) > 1 or not words:
        raise ValueError(words)
    if not names:
        return _figures(numbers)
    if names[0] in _SEASON_NUMBERS and len(numbers) == 1:
        return f"{_year(numbers[0])}-{_SEASON_NUMBERS[names[0]]}"
    return _named_month(_month(names[0]), numbers, today)


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


def _month(name: str) -> int:
    """Return the month's number from its name or the first letters of it, three or more."""
    for number, month in enumerate(MONTHS, 1):
        if (len(name) >= 3 and month.lower().startswith(name)) or (number == 9 and name == "sept"):
            return number
    raise ValueError(name)


def _figures(numbers: list[str]) -> str:
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
    return f"{_year(year)}-{month:02}-{day:02}"


def _year(text: str) -> str:
    if len(text) != 4:
        raise ValueError(text)
    return text
