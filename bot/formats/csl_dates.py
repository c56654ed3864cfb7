"""EDTF dates as dates of CSL-JSON 1.0, and back.

CSL has years, months, days and seasons, a span of two of them, and ``circa``. What else a date says (an end that is open, a
digit that is not known, a time of day) stands there as ``literal``, its words, by which styles print it. ``raw`` is the EDTF
text itself, wherever the rest does not say it whole, so that it comes back as it went.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from bot.errors import DateError
from bot.facts.dates import StoryDate, parse_date
from bot.facts.edtf import DateParts, date_parts

FORM = 'Write it like {"date-parts": [[2021, 3, 4]]} or {"raw": "2021-03-04"}.'
_FIRST_SEASON = 20  # EDTF numbers the seasons from 21, CSL from 1


def csl_date(date: StoryDate) -> dict[str, Any]:
    """Return a date as CSL-JSON has it."""
    ends = [None if end in ("", "..") else date_parts(end) for end in date.edtf.split("/")]
    parts = [_parts(end) for end in ends]
    seasons = {end.season for end in ends if end} - {None}
    said = all(parts) and (not seasons or len(ends) == 1)
    content: dict[str, Any] = {"date-parts": parts} if said else {"literal": date.words()}
    if said and seasons:
        content["season"] = seasons.pop() - _FIRST_SEASON  # type: ignore[operator]
    if any(end and end.qualifier for end in ends):
        content["circa"] = True
    if not said or "circa" in content:
        content["raw"] = date.edtf
    return content


def read_csl_date(content: Any) -> StoryDate | None:
    """Read a date of CSL-JSON; None where it says nothing. Raises DateError with the way to mend it."""
    if isinstance(content, str):
        return read_date_text(content)
    if not isinstance(content, Mapping):
        raise DateError(f"A date of CSL-JSON is an object. {FORM}")
    if content.get("raw"):
        return read_date_text(str(content["raw"]))
    parts = content.get("date-parts")
    if parts:
        return _from_parts(parts, content)
    return read_date_text(str(content["literal"])) if content.get("literal") else None


def read_date_text(text: str) -> StoryDate | None:
    """Read a date as EDTF, or as people type it: ``4 March 2021``, ``March 2021``, ``2021/03/04``. Raises DateError."""
    from datetime import date

    from bot.facts.typed_dates import typed_date

    text = " ".join(text.split())
    text = text if text.endswith("..") else text.rstrip(".")
    if not text:
        return None
    slashed = re.fullmatch(r"(\d{4})/(\d{1,2})(?:/(\d{1,2}))?/?", text)
    if slashed:
        text = "-".join(part.zfill(2) for part in slashed.groups() if part)
    try:
        return parse_date(text)
    except DateError as error:
        if not re.search(r"\d{3}", text):  # without a year, a reading would be a guess
            raise
        try:
            return typed_date(text, date.max).date
        except DateError:
            raise error from None


def _parts(end: DateParts | None) -> list[int] | None:
    """Return the numbers of one end of a date, None where they do not say it."""
    if end is None or end.time or any("X" in part for part in (end.year, end.month or "", end.day or "")):
        return None
    numbers = [int(end.year.lstrip("Y"))]
    if end.month and not end.season:
        numbers += [int(end.month), *([int(end.day)] if end.day else [])]
    return numbers


def _from_parts(parts: Any, content: Mapping[str, Any]) -> StoryDate:
    if not isinstance(parts, Sequence) or isinstance(parts, str) or not all(isinstance(each, Sequence) for each in parts):
        raise DateError(f"The date-parts are not lists of numbers. {FORM}")
    if len(parts) > 2:
        raise DateError("The date has more than two ends. Write its first and its last day.")
    season, circa = content.get("season"), "~" if content.get("circa") not in (None, False, 0, "", "0", "false") else ""
    return parse_date("/".join(f"{_end(each, season)}{circa}" for each in parts))


def _end(numbers: Sequence[Any], season: Any) -> str:
    try:
        year, *rest = [int(number) for number in numbers if number not in (None, "")]
        number = int(season) if season not in (None, "") and not rest else 0
    except (TypeError, ValueError):
        raise DateError(f"The date-parts hold something else than numbers. {FORM}") from None
    if number:
        rest = [number if number > _FIRST_SEASON else number + _FIRST_SEASON]
    front = f"{'-' if year < 0 else ''}{abs(year):04}" if abs(year) < 10000 else f"Y{year}"
    return "-".join([front, *(f"{each:02}" for each in rest)])
