"""Amounts in English text: money, durations, distances, weights, temperatures, percentages, rates and plain counts."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from itertools import takewhile
from typing import Literal, NamedTuple

from bot.english.calendar import MONTHS
from bot.english.numbers import SCALES, SMALL_NUMBERS, TENS
from bot.english.search_words import STOP_WORDS, stem

AmountKind = Literal[
    "money", "duration", "distance", "weight", "temperature", "percent", "area", "volume", "speed", "age", "count"
]

# Amounts are told apart by kind so that "how long" is not answered with a price. bot.english.numbers has the units by which two
# texts are compared, where a second and a minute must differ. The number behind a unit is its size in the first of its kind;
# those without one are not compared with others.
_UNITS: dict[AmountKind, str] = {
    "money": "dollar euro pound sterling cent penny pence franc yen rouble ruble rupee krona crown peso yuan usd eur gbp quid",
    "duration": "second 1 minute 60 hour 3600 day 86400 night 86400 week 604800 fortnight 1209600 month 2629800 year 31557600"
    " decade 315576000 century 3155760000 season",
    "distance": "metre 1 meter 1 kilometre 1000 kilometer 1000 km 1000 centimetre 0.01 centimeter 0.01 cm 0.01 millimetre 0.001"
    " millimeter 0.001 mm 0.001 mile 1609.344 yard 0.9144 foot 0.3048 feet 0.3048 inch 0.0254",
    "weight": "gram 1 kilo 1000 kilogram 1000 kg 1000 tonne 1000000 ton 1000000 ounce 28.35 stone",
    "temperature": "degree",
    "percent": "percent 0.01 per_cent %",
    "area": "acre hectare",
    "volume": "litre liter gallon pint barrel",
    "speed": "mph kph knot",
    "age": "",
    "count": "",
}


class Unit(NamedTuple):
    """A unit: what it measures, and its size in the first unit of its kind, None for one that is not compared with others."""

    kind: AmountKind
    size: Decimal | None


_NAMED_UNITS: dict[str, Unit] = {
    stem(name): Unit(kind, Decimal(size) if size else None)
    for kind, units in _UNITS.items()
    for name, size in re.findall(r"([^\d\s]+)(?: ([\d.]+))?", units)
}

_NUMBER_WORDS = (*(word for word in SMALL_NUMBERS if word != "zero"), *TENS, "hundred", *SCALES, "dozen", "half")
_MAGNITUDES = "hundred|thousand|million|billion|trillion|dozen|bn|m(?![a-z])"
_NUMBER_WORD = "|".join(_NUMBER_WORDS)
_VAGUE = r"(?:tens|dozens|scores|hundreds|thousands|millions)(?: of (?:thousands|millions|billions))?(?= of [a-z])"
_NUMBER = rf"(?:{_VAGUE}|\d+(?:,\d+)*(?:\.\d+)?|(?:{_NUMBER_WORD})(?:[- ](?:{_NUMBER_WORD}))*(?![a-z]))"
_AMOUNT = re.compile(
    rf"(?P<currency>[$€£¥])?(?<![\w.:])(?P<number>{_NUMBER})(?:[ -](?P<magnitude>(?:{_MAGNITUDES})s?(?: (?:{_MAGNITUDES}))*))?"
    r"(?!:?\d)(?P<percent> ?%| per ?cent\b)?"
    r"(?=(?P<unit>(?:(?: of the| of its| of his| of her| of)?[ -][a-z]+(?:-[a-z]+)?){0,3}))",
    re.IGNORECASE,
)
_AGED = re.compile(r"\b(?:aged|age|age of|then) $")
_MONTHS = frozenset(month.lower() for month in MONTHS)


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount where it stands in a text. ``noun`` is the stem of what is counted or of the unit, None where nothing follows."""

    start: int
    end: int
    kind: AmountKind
    noun: str | None


def kind_of_unit(word: str) -> AmountKind | None:
    """Return what a unit measures ("litres": volume), None for a word that is not a unit."""
    unit = unit_of(word)
    return unit.kind if unit is not None else None


def unit_of(word: str) -> Unit | None:
    """Return the unit that a word names, None for a word that is not a unit."""
    return _NAMED_UNITS.get(stem(word))


def fits(amount: Amount, wanted: Collection[AmountKind]) -> bool:
    """Return whether an amount is of a kind that is wanted; pounds are money and weight alike."""
    return not wanted or amount.kind in wanted or (amount.noun == "pound" and "weight" in wanted)


def find_amounts(text: str) -> tuple[Amount, ...]:
    """Return the amounts in a text, in order. Years and days of a month are dates, not amounts."""
    return tuple(filter(None, (_amount(match, text) for match in _AMOUNT.finditer(text))))


def _amount(match: re.Match[str], text: str) -> Amount | None:
    """Return the amount that a number makes with what stands around it; None for a date or a year."""
    number, magnitude = match["number"], match["magnitude"]
    start, end, unit = match.start(), match.end("number"), match.start("unit")
    before = text[max(0, start - 12) : start]
    if start and (text[start - 1].isalnum() or ["", *before.lower().split()][-1].strip(",.") in _MONTHS):
        return None
    if match["currency"]:
        return Amount(start, unit, "money", None)
    if match["percent"]:
        return Amount(start, unit, "percent", None)
    # Somebody's age: "aged 34", "Ann Lee, 34, said".
    beside = _AGED.search(before) or (before.endswith(", ") and text[end : end + 1] == ",")
    if beside and not magnitude and number.isdigit() and len(number) <= 2:
        return Amount(start, unit, "age", None)
    words = [(word.group(), word.end()) for word in re.finditer(r"[A-Za-z]+(?:-[A-Za-z]+)?", match["unit"])]
    if words and words[0][0].lower() in _MONTHS:
        return None
    kind, length, noun = _unit(words) or _counted(words)
    bare = noun is None or number.lower() in ("one", "half")
    may_be_year = not number[0].isdigit() or (len(number) == 4 and number[:2] in ("18", "19", "20"))
    if kind == "count" and bare and may_be_year and not magnitude:
        return None
    return Amount(start, unit + length, kind, noun)


def _unit(words: list[tuple[str, int]]) -> tuple[AmountKind, int, str] | None:
    """Return the kind of the unit that the words after a number name, how much of them belong to it, and its stem.

    Each of ``words`` has where it ends. None where they name no unit.
    """
    for index, (word, end) in enumerate(words):
        first = word.lower().split("-")[0]
        unit = stem(first)
        if unit in _NAMED_UNITS:
            following, behind = words[index + 1] if index + 1 < len(words) else ("", 0)
            if unit == "degre" and following.lower() in ("fahrenheit", "celsius", "centigrade"):
                return "temperature", behind, unit
            if unit == "year" and following.lower() == "old":
                return "age", behind, unit
            return _NAMED_UNITS[unit].kind, end - (len(word) - len(first)), unit
        if word.lower() in STOP_WORDS and word.lower() != "of":
            break
    return None


def _counted(words: list[tuple[str, int]]) -> tuple[AmountKind, int, str | None]:
    """Return that a number counts what the words after it name, how much of them belong to it, and the noun's stem."""
    named = list(takewhile(lambda pair: pair[0].lower() not in STOP_WORDS, words))
    if not named:
        return "count", 0, None
    # The second word may be what is counted: "40 gold bars".
    compound = len(named) > 1 and not named[0][0].endswith("s") and named[1][0].endswith("s")
    word, end = named[1] if compound else named[0]
    return "count", end, stem(word.lower().split("-")[-1])
