"""Dates in running text, resolved from the day on which it was published: on Thursday, in April, two weeks ago, 3 March."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.english.calendar import MONTH_ABBREVIATIONS, MONTHS, WEEKDAYS, month_number
from bot.english.numbers import SMALL_NUMBERS
from bot.facts.dates import StoryDate, days_in, parse_date

_NUMBERS = {word: number for word, number in SMALL_NUMBERS.items() if 1 <= number <= 12} | {"a": 1, "an": 1}
_MONTH = rf"(?P<month>{'|'.join(MONTHS)}|(?:{'|'.join(MONTH_ABBREVIATIONS)})\b\.?)"
_COUNT = rf"(?P<count>\d{{1,3}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
_UNIT = r"(?P<unit>day|week|month|year)s?"
_FORMS = (
    rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?{_MONTH}(?:,? (?P<year>\d{{4}}))?",
    rf"{_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? (?P<year>\d{{4}}))?",
    rf"{_MONTH},? (?:of )?(?P<year>\d{{4}})",
    rf"(?P<lead>[Ii]n|[Ll]ast|[Tt]his|[Nn]ext|[Ee]arly|[Ll]ate|[Mm]id-?|[Ee]arlier in|[Ll]ater in) {_MONTH}\b",
    r"(?P<iso>\d{4}-\d\d-\d\d)",
    r"\b(?:[Ww]ithin|[Oo]ver|[Ii]n|[Dd]uring) the (?:last|past) (?:(?P<span>\d{1,3}|\w+) )?(?P<unit>day|week|month)s?\b",
    rf"\b{_COUNT} {_UNIT} (?P<ago>ago|earlier)\b",
    r"\b(?:[Ee]arlier |[Ll]ater )?(?P<rel>[Ll]ast|[Tt]his|[Nn]ext) (?P<unit>week|month|year)\b",
    (
        r"\b(?:(?P<lead>[Ll]ast|[Nn]ext|[Tt]his|[Oo]n|[Ll]ate|[Ee]arly) )?"
        rf"(?P<weekday>{'|'.join(WEEKDAYS)})\b"
    ),
    r"\b(?P<near>[Yy]esterday|[Tt]oday|[Tt]onight|[Tt]omorrow)\b(?!['’]s)",
    r"\b[Ii]n (?P<year>(?:1[5-9]|20)\d\d)\b(?! (?:[A-Z]|per))",
)
_ALL = tuple(re.compile(form) for form in _FORMS)
_NOT_THE_DAY = re.compile(
    r"\b(?:since|until|till|before|after|by|from|than|through|the beginning of|the end of|the start of)\s+(?:the\s+)?"
    r"(?:(?:\w+ o['’]clock|noon|midnight|[\d.:]+ ?[ap]\.?m\.?)\s+)?$",
    re.I,
)
_FUTURE = re.compile(
    r"\b(?:will|would|is to|are to|due|plans? to|scheduled|expected|continues?|resumes?|opens?|begins?|starts?"
    r"|expects?|plays?|meets?|faces|hosts)\b"
)


@dataclass(frozen=True, slots=True)
class Dated:
    """A date in a text: its words from ``start`` to ``end``, and what it comes to; None where that needs a day of publication."""

    start: int
    end: int
    words: str
    date: StoryDate | None


def dates_in(text: str, published: date | None) -> tuple[Dated, ...]:
    """Return the dates on which something happened; those that only limit a time (since, before, until) are left out."""
    found: list[Dated] = []
    taken: list[tuple[int, int]] = []
    for form in _ALL:
        for match in form.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            taken.append(match.span())
            if not _NOT_THE_DAY.search(text[: match.start()]):
                found.append(Dated(match.start(), match.end(), match.group(), _resolved(match, text, published)))
    return tuple(sorted(found, key=lambda each: each.start))


def published_day(published: StoryDate | None) -> date | None:
    """Return the day on which a source was published, where that is known to the day."""
    if published is None or published.earliest is None or published.earliest != published.latest:
        return None
    key = published.earliest
    return date(key // 10000, key // 100 % 100, key % 100) if key >= 10101 else None


def _resolved(match: re.Match[str], text: str, published: date | None) -> StoryDate | None:
    given = {name: value for name, value in match.groupdict().items() if value}
    future = bool(_FUTURE.search(text[: match.start()]))
    try:
        edtf = _edtf(given, published, future=future)
        return parse_date(edtf) if edtf else None
    except (ValueError, OverflowError):
        return None


def _edtf(given: dict[str, str], published: date | None, *, future: bool) -> str | None:
    """Turn what a form holds into EDTF. Raises ValueError for a day that no calendar has."""
    if "iso" in given:
        return date.fromisoformat(given["iso"]).isoformat()
    if "month" in given and "year" in given:
        return _month_edtf(given, int(given["year"]))
    if given.keys() == {"year"}:
        return given["year"]
    if published is None:
        return None
    readers: tuple[tuple[str, Callable[[], str | None]], ...] = (
        ("month", lambda: _month_edtf(given, _year_of(given, published, future=future))),
        ("weekday", lambda: _weekday(given, published, future=future)),
        ("near", lambda: _near(given["near"].lower(), published)),
        ("ago", lambda: _ago(given, published)),
        ("rel", lambda: _relative(given["rel"].lower(), given["unit"], published)),
        ("unit", lambda: f"{_back(published, _count(given.get('span')), given['unit']).isoformat()}/{published.isoformat()}"),
    )
    return next((read() for name, read in readers if name in given), None)


def _month_edtf(given: dict[str, str], year: int) -> str:
    month = month_number(given["month"])
    return date(year, month, int(given["day"])).isoformat() if "day" in given else f"{year:04}-{month:02}"


def _year_of(given: dict[str, str], published: date, *, future: bool) -> int:
    """Return the year of a month without one: the latest that has come, or the next where it is to come."""
    place, today = (month_number(given["month"]), int(given.get("day", 1))), (published.month, published.day)
    if future or given.get("lead", "").lower() == "next":
        return published.year + (place < today)
    return published.year - (place > today)


def _weekday(given: dict[str, str], published: date, *, future: bool) -> str:
    back = (published.weekday() - WEEKDAYS.index(given["weekday"])) % 7
    lead = given.get("lead", "").lower()
    if lead == "next" or (future and lead != "last" and back):
        return (published + timedelta(days=7 - back)).isoformat()
    return (published - timedelta(days=back or (7 if lead == "last" else 0))).isoformat()


def _near(word: str, published: date) -> str:
    return (published + timedelta(days={"yesterday": -1, "tomorrow": 1}.get(word, 0))).isoformat()


def _ago(given: dict[str, str], published: date) -> str | None:
    """Return a time that is so long ago: a day to the day, more than that about so."""
    if given["ago"] == "earlier":
        return None
    then = _back(published, _count(given["count"]), given["unit"])
    match given["unit"]:
        case "day":
            return then.isoformat()
        case "week":
            return f"{then.isoformat()}~"
        case "month":
            return f"{then:%Y-%m}~"
        case _:
            return f"{then:%Y}~"


def _relative(word: str, unit: str, published: date) -> str:
    step = {"last": -1, "this": 0, "next": 1}[word]
    if unit == "year":
        return f"{published.year + step:04}"
    if unit == "month":
        months = published.year * 12 + published.month - 1 + step
        return f"{months // 12:04}-{months % 12 + 1:02}"
    monday = published - timedelta(days=published.weekday()) + timedelta(weeks=step)
    return f"{monday.isoformat()}/{(monday + timedelta(days=6)).isoformat()}"


def _count(word: str | None) -> int:
    if word is None:
        return 1
    return int(word) if word.isdecimal() else _NUMBERS.get(word.lower(), 3)


def _back(day: date, count: int, unit: str) -> date:
    if unit in ("day", "week"):
        return day - timedelta(days=count * (7 if unit == "week" else 1))
    months = day.year * 12 + day.month - 1 - count * (12 if unit == "year" else 1)
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(day.day, days_in(year, month)))
