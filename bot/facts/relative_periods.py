"""Times that are told from today in several words, put into the English words that the one grammar of dates reads.

In: what somebody typed, and nothing else: ``seit letztem Montag``, ``il y a trois jours``, ``先週の月曜日``.
Out: ``since last Monday``, ``3 days ago``, ``Monday of last week``. The order of the words is not looked at, since it tells
nothing apart.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from bot.english.calendar import MONTHS, WEEKDAYS
from bot.facts.relative_words import PARTS, RELATIVE_WORDS

_NEAR = ("today", "yesterday", "the day before yesterday")
_UNITS = ("hour", "day", "week", "month", "year")
_HOURS_OF_DAY = 24
_FEW = 3
_MAX_WORDS = 4  # of one part, as in "il y a"
_MAX_PARTS = 12
_MAX_CHARACTERS = 8  # of one part where there are no blanks
_WORD = re.compile(r"\d+|[^\W\d_]+(?:-[^\W\d_]+)*'?|\S")
_DIGITS = re.compile(r"\d+")
_FOLDED = re.compile("[\u0300-\u036f\u0653-\u0655]")  # accents and hamzas, which are often left out
_LETTERS = str.maketrans({"ı": "i", "ł": "l", "’": "'"})
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_ARABIC_ARTICLE = "ال"


@dataclass(frozen=True, slots=True)
class _Parts:
    """The parts of a time, in the words of `PARTS`: ``named`` is a weekday, a month or a near day, ``how`` what else is said."""

    how: frozenset[str]
    number: int | None
    unit: str | None
    named: str | None


def period_in_english(text: str, names: Mapping[str, str], *, since: bool = False) -> str | None:
    """Return in English words a time that is told from today; None for anything else.

    The text is `plain`, and so are the ``names`` of weekdays and months, by which these have their English ones. With
    ``since``, somebody asks what was since then: "three days" by itself is three days ago.
    """
    parts = _parts_of(text, names)
    if parts is None:
        return None
    opened = "since" in parts.how
    time = _named(parts) if parts.named is not None else _counted(parts, since=since or opened)
    return f"since {time}" if opened and time is not None else time


def _named(parts: _Parts) -> str | None:
    """Return a day, a weekday or a month: yesterday, last Monday, Monday of last week, last May."""
    is_last = "last" in parts.how
    if parts.number is not None or parts.how & {"begin", "ago", "weekend"} or parts.unit not in ("week", None):
        return None
    if parts.named in MONTHS or parts.named in _NEAR:
        is_whole = parts.unit is None and is_last == (parts.named in MONTHS)
        return f"{'last ' * is_last}{parts.named}" if is_whole else None
    if parts.unit == "week":
        return f"{parts.named} of last week" if is_last else None
    return f"last {parts.named}" if is_last else parts.named


def _counted(parts: _Parts, *, since: bool) -> str | None:
    """Return a weekend, a week, a month or a year, or so many of them ago."""
    number, unit, how = parts.number, parts.unit, parts.how
    which = next((word for word in ("last", "this") if word in how), None)
    if number is None and which is not None and "many" in how:
        number = _FEW
    if "weekend" in how:
        return None if number or unit or "ago" in how else "last weekend" if which == "last" else "over the weekend"
    if unit == "hour":
        number, unit = max(1, -(-(number or 1) // _HOURS_OF_DAY)), "day"
    if unit is None:
        return None
    if "begin" in how:
        return None if number else f"{which or 'this'} {unit}"
    if number is None and which is not None:
        one = f"{which} {unit}"
        return None if "ago" in how else {"last day": "yesterday", "this day": "today"}.get(one, one)
    counted = f"{number or 1} {unit}{'s' if number != 1 else ''}"
    if which is not None and unit != "year":
        return f"in the last {counted}"
    return f"{counted} ago" if which is not None or "ago" in how or since else None


def _parts_of(text: str, names: Mapping[str, str]) -> _Parts | None:
    """Return the parts of a text; None if any of its words is none of a time, or if two of its parts say the same."""
    parts: list[str] = []
    words = _characters(text, names) if _UNSPACED.search(text) else _words(text, names)
    for meant in words:
        if meant is None or len(parts) > _MAX_PARTS:
            return None
        parts += [meant] if meant in _NEAR else meant.split()
    numbers = [_FEW] if "few" in parts else [int(part) for part in parts if part.isdecimal()]
    named = [part for part in parts if part in WEEKDAYS or part in MONTHS or part in _NEAR]
    units = [part for part in parts if part in _UNITS and not (named and part == "day")]
    if max(len(numbers), len(named), len(units)) > 1 or (numbers and not 0 < numbers[0] < 1000):
        return None
    how = frozenset(parts) - {*named, *_UNITS} - {part for part in parts if part.isdecimal()}
    return _Parts(how, next(iter(numbers), None), next(iter(units), None), next(iter(named), None))


def _words(text: str, names: Mapping[str, str]) -> Iterator[str | None]:
    """Yield what the words of a text stand for, of several words together before single ones; None for one that is unknown."""
    words = _WORD.findall(text)
    while words:
        length = next((n for n in range(min(_MAX_WORDS, len(words)), 1, -1) if " ".join(words[:n]) in _known()), 1)
        joined = " ".join(words[:length])
        meant = _meant(joined, names)
        yield meant if meant is not None else _meant(joined.removeprefix(_ARABIC_ARTICLE), names)
        del words[:length]


def _characters(text: str, names: Mapping[str, str]) -> Iterator[str | None]:
    """Yield the same for a text without blanks between its words: of the parts that may stand next the longest."""
    rest = "".join(text.split())
    while rest:
        digits = _DIGITS.match(rest)
        lengths = [digits.end()] if digits else range(_MAX_CHARACTERS, 0, -1)
        part = next((rest[:length] for length in lengths if _meant(rest[:length], names) is not None), None)
        yield None if part is None else _meant(part, names)
        rest = rest[len(part or rest) :]


def _meant(word: str, names: Mapping[str, str]) -> str | None:
    return word if word.isdecimal() else names.get(word, _known().get(word))


@cache
def _known() -> dict[str, str]:
    near = {day: RELATIVE_WORDS[day] for day in _NEAR}
    return {plain(word): part for part, words in (PARTS | near).items() for word in words.split("|")}


@cache
def since_words() -> frozenset[str]:
    """Return the words that say "since", in all languages."""
    return frozenset(map(plain, PARTS["since"].split("|")))


def plain(text: str) -> str:
    """Return a text in lower case, without accents, its figures the European ones, as dates and their words are compared."""
    figures = (str(unicodedata.digit(sign, sign)) for sign in unicodedata.normalize("NFKC", text))
    folded = _FOLDED.sub("", unicodedata.normalize("NFD", "".join(figures).lower()))
    return unicodedata.normalize("NFC", folded).translate(_LETTERS)
