"""Dates and spans of dates as people type them: ``26 October 2017``, ``4–6 March 2021``, ``from 2014 to 2017``."""

from __future__ import annotations

import re
from datetime import date

from bot.errors import DateError, UsageError
from bot.facts.date_words import MONTHS
from bot.facts.dates import StoryDate, parse_date
from bot.facts.typed_dates import Period, TypedDate, typed_date

_BETWEEN = re.compile(r"\s*(?:between\s(?P<one>.+)\sand\s(?P<other>.+)|(?:from\s)?(?P<rest>.+))", re.IGNORECASE | re.DOTALL)
_TO = re.compile(r"\s*(?:[–—]|\bto\b|\buntil\b|\btill\b|\s-+\s|-)\s*", re.IGNORECASE)
_LONGEST = 100


def typed_period(start: str | None, end: str | None, today: date, *, day: date | None = None) -> Period:
    """Read the two ends of a period; ``today`` and ``day`` are as for `typed_date`. An end may be a span,
    of which its own first or last day counts.

    Raises DateError, or UsageError for a period that cannot be.
    """
    begins = typed_range(start, today, day=day) if start else None
    ends = typed_range(end, today, day=day) if end else None
    if begins and begins.first is None:
        raise UsageError(f"A period cannot begin {begins.words()}; give that as its end.")
    if ends and ends.last is None:
        raise UsageError(f"A period cannot end {ends.words()}; give that as its beginning.")
    first, last = begins.first if begins else None, ends.last if ends else None
    if first is not None and last is not None and first > last:
        raise UsageError(f"The period from {start} to {end} ends before it starts; swap the two dates.")
    words = [*([begins.as_beginning()] if begins else []), *([ends.as_end()] if ends else [])]
    return Period(first, last, " ".join(words))


def typed_when(text: str, today: date, *, day: date | None = None) -> StoryDate:
    """Read a date or a span in any usual form, or EDTF. Raises DateError with an example.

    ``today`` and ``day`` are as for `typed_date`. What one end of a span leaves out it has from the other: the month and year of
    ``4–6 March 2021``, the year of ``26 October to 3 November 2017``.
    """
    try:
        return parse_date(text)
    except DateError:
        pass
    return typed_range(text, today, day=day).date


def typed_range(text: str, today: date, *, day: date | None = None) -> TypedDate:
    """Read the same, and keep apart the word that opens it, such as ``before``. Raises DateError with an example."""
    try:
        return typed_date(text, today, day=day)
    except DateError:
        found = _span(text[:_LONGEST], today, day)
        if found is None:
            raise
        return TypedDate(found, found)


def _span(text: str, today: date, day: date | None) -> StoryDate | None:
    match = _BETWEEN.fullmatch(text)
    if match is None:
        return None
    if match["one"]:
        return _joined(match["one"], match["other"], today, day)
    rest = match["rest"]
    ends = ((rest[: sign.start()], rest[sign.end() :]) for sign in _TO.finditer(rest))
    return next(filter(None, (_joined(one, other, today, day) for one, other in ends)), None)


def _joined(one: str, other: str, today: date, day: date | None) -> StoryDate | None:
    """Return the span from one date to another, None where either is none or the span cannot be."""
    if not one.strip() or not other.strip():
        return None
    months = [word for word in re.findall(r"[^\W\d_]{3,}", one) if _is_month(word)]
    if months and not re.search(r"[^\W\d_]", other):  # March 4 to 6, 2021
        other = f"{months[-1]} {other}"
    last = _end(other, today, day)
    first = _beginning(one, other.split(), today, day)
    if first is None or last is None or "/" in first.edtf or "/" in last.edtf:
        return None
    try:
        return parse_date(f"{first.edtf}/{last.edtf}")
    except DateError:
        return None


def _is_month(word: str) -> bool:
    return any(month.lower().startswith(word.lower()) for month in MONTHS) or word.lower() == "sept"


def _beginning(text: str, other: list[str], today: date, day: date | None) -> StoryDate | None:
    """Read the first end, with as much of the other's words behind it as makes a date, so that it is of the same year."""
    whole = (_end(" ".join([text, *other[place:]]), today, day) for place in range(len(other) + 1))
    return next(filter(None, whole), None)


def _end(text: str, today: date, day: date | None) -> StoryDate | None:
    try:
        return typed_date(text, today, day=day).date
    except (DateError, OverflowError):
        return None
