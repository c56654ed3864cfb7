"""Dates in running text, resolved from the day on which it was published: on Thursday, Nov. 8; in April; two weeks ago."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from bot.english.calendar import MONTH_ABBREVIATIONS, MONTHS, WEEKDAYS, latest_weekday, month_number
from bot.english.numbers import SMALL_NUMBERS
from bot.english.word_classes import SAYING
from bot.errors import DateError
from bot.facts.dates import StoryDate, day_of, key_of, parse_date

_NUMBERS = {word: number for word, number in SMALL_NUMBERS.items() if 1 <= number <= 12} | {"a": 1, "an": 1}
_MONTH = rf"(?P<month>{'|'.join(MONTHS)}|(?:{'|'.join(MONTH_ABBREVIATIONS)})\b\.?)"
_WEEKDAY = rf"(?P<weekday>{'|'.join(WEEKDAYS)})\b"
_LEAD = r"\b(?:(?P<lead>[Ll]ast|[Nn]ext|[Tt]his|[Oo]n|[Ll]ate|[Ee]arly) (?:on )?)?"
# A weekday before a full date belongs to it, and the date is what counts: on Thursday, Nov. 8; late on Monday (May 20).
_NAMED_DAY = rf"(?:{_LEAD}{_WEEKDAY}(?: (?:morning|afternoon|evening|night))?(?:, ?| \(| )(?:the )?)?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?(?:[-–](?P<last>\d{1,2}))?(?:st|nd|rd|th)?"
_YEAR = r"(?:,? (?P<year>\d{4})\b(?! ?(?:people|miles|km|metres|meters|feet|dollars|pounds|euros)))?"
_COUNT = rf"(?P<count>\d{{1,3}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
_UNIT = r"(?P<unit>day|week|month|year)s?"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"{_NAMED_DAY}\b{_DAY} (?:of )?{_MONTH}{_YEAR}",
        rf"{_NAMED_DAY}\b{_MONTH} {_DAY}\b{_YEAR}",
        rf"{_MONTH},? (?:of )?(?P<year>\d{{4}})\b",
        rf"(?P<lead>[Ii]n|[Ll]ast|[Tt]his|[Nn]ext|[Ee]arly|[Ll]ate|[Mm]id-?|[Ee]arlier in|[Ll]ater in) {_MONTH}\b",
        r"(?P<iso>\d{4}-\d\d-\d\d)",
        r"\b(?:[Ww]ithin|[Oo]ver|[Ii]n|[Dd]uring) the (?:last|past) (?:(?P<span>\d{1,3}|\w+) )?(?P<unit>day|week|month)s?\b",
        rf"\b{_COUNT} {_UNIT} (?P<ago>ago|earlier)\b",
        r"\b(?:[Ee]arlier |[Ll]ater )?(?P<rel>[Ll]ast|[Tt]his|[Nn]ext) (?P<unit>week|month|year)\b",
        rf"{_LEAD}{_WEEKDAY}",
        r"\b(?P<near>[Yy]esterday|[Tt]oday|[Tt]onight|[Tt]omorrow)\b(?!['’]s)",
        r"\b[Ii]n (?P<year>(?:1[5-9]|20)\d\d)\b(?! (?:[A-Z]|per))",
    )
)
# What every form has a part of, so that most sentences are looked at once only.
_HINT = re.compile(rf"\d|day\b|week|month|year|ago\b|earlier\b|tonight|tomorrow|{'|'.join((*MONTHS, *MONTH_ABBREVIATIONS))}")
_NOT_THE_DAY = re.compile(
    r"\b(?:since|until|till|before|after|by|from|than|through|the beginning of|the end of|the start of|every|each|an?)\s+"
    r"(?:the\s+)?(?:(?:\w+ o['’]clock|noon|midnight|[\d.:]+ ?[ap]\.?m\.?)\s+)?(?:[Oo]n\s+)?$",
    re.I,
)
_FUTURE = re.compile(
    r"\b(?:will|would|is to|are to|due|plans? to|set (?:for|to)|slated|scheduled|expected|continues?|resumes?|opens?"
    r"|begins?|starts?|expects?|plays?|meets?|faces|hosts|deadline)\b"
)
_SPEECH_VERB = re.compile(rf"\b(?:{'|'.join(sorted(form for form in SAYING if form.endswith('d')))}|wrote)\b")
_NEAR = {"yesterday": -1, "tomorrow": 1}  # days from today or tonight
_REACH = 60  # characters before a date in which a word may say that it limits a time


@dataclass(frozen=True, slots=True)
class TextDate:
    """A date in a text: its words from ``start`` to ``end``, and what it comes to; None where that needs a day of publication.

    ``weekday`` is the day that the calendar has for it, where the text names another.
    """

    start: int
    end: int
    words: str
    date: StoryDate | None
    weekday: str | None = None


def dates_in(text: str, published: date | None) -> tuple[TextDate, ...]:
    """Return the dates on which something happened; those that only limit a time (since, before, until) are left out."""
    if not _HINT.search(text):
        return ()
    found: list[TextDate] = []
    taken: list[tuple[int, int]] = []
    for form in _FORMS:
        for match in form.finditer(text):
            start, end = match.span()
            if any(start < other_end and other < end for other, other_end in taken):
                continue
            taken.append((start, end))
            if not _NOT_THE_DAY.search(text[max(start - _REACH, 0) : start]):
                end += text.startswith(")", end) and "(" in match.group()
                found.append(_text_date(match, end, text, published))
    return tuple(sorted(found, key=lambda each: each.start))


def published_day(published: StoryDate | None) -> date | None:
    """Return the day on which a source was published, where that is known to the day."""
    if published is None or published.earliest is None or published.earliest != published.latest:
        return None
    return day_of(published.earliest) if published.earliest >= key_of(date.min) else None


def is_after(day: StoryDate | None, published: date | None) -> bool:
    """Return whether a date is later than the day of publication."""
    if day is None or day.earliest is None or published is None:
        return False
    return day.earliest > key_of(published)


def _text_date(match: re.Match[str], end: int, text: str, published: date | None) -> TextDate:
    """Return a date as its text has it; without a ``date`` where no calendar has such days."""
    given = {name: value for name, value in match.groupdict().items() if value}
    before, words = text[: match.start()], text[match.start() : end]
    # What stands before "said" does not tell that the date behind it is to come: "will go, he said on".
    verbs = [verb.end() for verb in _SPEECH_VERB.finditer(before)]
    try:
        edtf = _edtf(given, published, future=bool(_FUTURE.search(before, verbs[-1] if verbs else 0)))
        resolved = parse_date(edtf) if edtf else None
    except (ValueError, OverflowError, DateError):
        resolved = None
    day = published_day(resolved) if "day" in given and "weekday" in given else None
    weekday = WEEKDAYS[day.weekday()] if day is not None else None
    return TextDate(match.start(), end, words, resolved, weekday if weekday != given.get("weekday") else None)


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
    if "month" in given:
        return _month_edtf(given, _year_of(given, published, future=future))
    if "weekday" not in given:
        return _from_publication(given, published)
    # The latest of such a weekday that has come, or the next where it is to come.
    weekday, lead = WEEKDAYS.index(given["weekday"]), given.get("lead", "").lower()
    latest = latest_weekday(published, weekday)
    if lead == "next" or (future and lead != "last" and latest != published):
        return (latest + timedelta(days=7)).isoformat()
    return latest_weekday(published, weekday, before=lead == "last").isoformat()


def _month_edtf(given: dict[str, str], year: int) -> str:
    month = month_number(given["month"])
    if "day" not in given:
        return f"{year:04}-{month:02}"
    day = date(year, month, int(given["day"])).isoformat()
    return f"{day}/{date(year, month, int(given['last'])).isoformat()}" if "last" in given else day


def _year_of(given: dict[str, str], published: date, *, future: bool) -> int:
    """Return the year of a month without one: the latest that has come, or the next where it is to come.

    A weekday beside a day decides between the years around.
    """
    place, today = (month_number(given["month"]), int(given.get("day", 1))), (published.month, published.day)
    lead = given.get("lead", "").lower()
    if lead == "this" and "weekday" not in given:
        return published.year
    coming = future or lead == "next"
    likely = published.year + (place < today) if coming else published.year - (place > today)
    if "weekday" in given and "day" in given:
        for year in (likely, published.year, published.year - 1, published.year + 1):
            with suppress(ValueError):  # 29 February
                if WEEKDAYS[date(year, *place).weekday()] == given["weekday"]:
                    return year
    return likely


def _from_publication(given: dict[str, str], published: date) -> str | None:
    """Return a time told from the day of publication: yesterday, last month, over the past three weeks, two years ago."""
    if "near" in given:
        return (published + timedelta(days=_NEAR.get(given["near"].lower(), 0))).isoformat()
    unit = given["unit"]
    if "rel" in given:
        step = {"last": -1, "this": 0, "next": 1}[given["rel"].lower()]
        if unit == "year":
            return f"{published.year + step:04}"
        if unit == "month":
            return f"{_back(published, -step, unit):%Y-%m}"
        monday = published - timedelta(days=published.weekday()) + timedelta(weeks=step)
        return f"{monday}/{monday + timedelta(days=6)}"
    count = given.get("count") or given.get("span") or "one"
    then = _back(published, int(count) if count.isdecimal() else _NUMBERS.get(count.lower(), 3), unit)
    if "ago" not in given:
        return f"{then}/{published}"
    # A day to the day, more than that about so.
    about = {"day": f"{then}", "week": f"{then}~", "month": f"{then:%Y-%m}~", "year": f"{then:%Y}~"}
    return about[unit] if given["ago"] == "ago" else None


def _back(day: date, count: int, unit: str) -> date:
    """Return the day so many units before another; the last of its month where that is shorter."""
    earlier: date = day - relativedelta(**{f"{unit}s": count})
    return earlier
