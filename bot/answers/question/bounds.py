"""Bounds: an amount that a question asks about ("more than 70 votes", "inside a week"), held against the amounts of a fact.

They are compared in one unit: twenty-two minutes are less than half an hour. Where a fact has no amount of the kind, or several
of which some meet the bound and others do not, nothing is decided.

In: the words of a question and of a fact. Out: whether the bound is met, None where the fact does not decide it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Literal, NamedTuple

from bot.english.amounts import AmountKind, unit_of
from bot.english.calendar import MONTH_NUMBERS
from bot.english.compared_words import NEGATIONS
from bot.english.numbers import SCALES, number_at
from bot.english.search_words import STOP_WORDS, stem

Relation = Literal["more", "at least", "less", "at most"]
_RELATIONS: dict[Relation, str] = {
    "more": "more than|longer than|older than|higher than|over|above|past|beyond|upwards of|exceeding",
    "at least": "at least|not less than|no less than|no fewer than|as many as",
    "less": "less than|fewer than|shorter than|younger than|under|below|inside|within",
    "at most": "at most|up to|no more than|not more than|a maximum of",
}
_PHRASES: list[tuple[tuple[str, ...], Relation]] = sorted(
    ((tuple(phrase.split()), relation) for relation, phrases in _RELATIONS.items() for phrase in phrases.split("|")),
    key=lambda pair: -len(pair[0]),
)
_MAX_PHRASE = max(len(phrase) for phrase, _ in _PHRASES)
_DENIED: dict[Relation, Relation] = {"more": "at most", "less": "at least", "at least": "less", "at most": "more"}
PARTS = {
    name: Decimal(part)
    for name, part in zip("half third quarter fifth tenth".split(), "0.5 0.333 0.25 0.2 0.1".split(), strict=True)
}
"""The parts of a whole by their names."""
_SEVERAL = {f"{name}s": part for name, part in PARTS.items() if name != "half"}
_ARTICLES = frozenset({"a", "an", "one"})
_COUNTS = {"dozen": Decimal(12), "couple": Decimal(2)}
_SCALES = {name: Decimal(size) for name, size in {"hundred": 100, **SCALES}.items()}
_REACH = 3  # words behind a number that may say what is counted
_NEAR = Decimal("0.05")  # share by which "about" may miss
_ABOUT = frozenset("about around roughly nearly almost approximately some".split())
THEM = (("of", "them"), ("of", "which"), ("of", "whom"))
"""What stands behind the number of a part whose whole was told before."""


class Quantity(NamedTuple):
    """An amount where it stands among words, in the first unit of its kind.

    ``least`` and ``most`` are what it is between, None for no bound. ``nouns`` are the stems of the words behind the number.
    ``share``: it is a part of a whole.
    """

    least: Decimal | None
    most: Decimal | None
    kind: AmountKind | None
    nouns: frozenset[str]
    start: int
    end: int
    share: bool = False


class Bound(NamedTuple):
    """What a question asks an amount to be: how it stands to a value. ``of_them``: it is that of a part of what is spoken of."""

    relation: Relation
    value: Decimal
    amount: Quantity
    of_them: bool


@lru_cache(maxsize=256)
def asked_bound(words: tuple[str, ...]) -> Bound | None:
    """Return the first bound of a question, None where it has none."""
    for index in range(len(words)):
        relation, end = _relation_at(words, index)
        amount = _amount_at(words, end) if relation is not None else None
        if relation is not None and amount is not None and amount.least is not None:
            return Bound(relation, amount.least, amount, words[amount.end : amount.end + 2] in THEM)
    return None


def meets(bound: Bound, fact: tuple[str, ...]) -> bool | None:
    """Return whether the amounts of a fact that may be meant meet a bound, None where there are none or they do not agree."""
    amounts = [amount for amount in amounts_of(fact) if amount.kind == bound.amount.kind]
    if bound.amount.kind is None:
        same = [
            amount
            for amount in amounts
            if bound.amount.nouns & amount.nouns or (bound.of_them and fact[amount.end :][:2] in THEM)
        ]
        parts = [amount for amount in amounts if not _is_whole(fact, amount)]
        opposite = [amount for amount in amounts if fact[amount.start - 1 : amount.start] == ("to",)]  # "29 points to 28"
        amounts = [*same, *opposite] if same else parts if len(parts) == 1 else []
    verdicts = {is_within(bound, amount.least, amount.most) for amount in amounts}
    return verdicts.pop() if len(verdicts) == 1 else None


def is_within(bound: Bound, least: Decimal | None, most: Decimal | None) -> bool | None:
    """Return whether whatever lies between two values meets a bound, False where nothing does, None where only some does."""
    value = bound.value
    match bound.relation:
        case "more":
            sure, never = least is not None and least > value, most is not None and most <= value
        case "at least":
            sure, never = least is not None and least >= value, most is not None and most < value
        case "less":
            sure, never = most is not None and most < value, least is not None and least >= value
        case _:
            sure, never = most is not None and most <= value, least is not None and least > value
    return True if sure else False if never else None


@lru_cache(maxsize=1_024)
def amounts_of(words: tuple[str, ...]) -> tuple[Quantity, ...]:
    """Return the amounts of a text in order, without dates and shares."""
    return tuple(_amounts(words))


def relation_before(words: Sequence[str], index: int) -> Relation | None:
    """Return how the amount that begins at a word is bounded; what is never more than twelve is at most twelve."""
    for start in range(max(0, index - _MAX_PHRASE), index):
        relation, end = _relation_at(words, start)
        if relation is not None and end == index:
            denied = not NEGATIONS.isdisjoint(words[max(0, start - _REACH) : start])
            return _DENIED[relation] if denied else relation
    return None


def _relation_at(words: Sequence[str], index: int) -> tuple[Relation | None, int]:
    """Return the relation that the words from a place on say, and the place behind them."""
    for phrase, relation in _PHRASES:
        if tuple(words[index : index + len(phrase)]) == phrase:
            return relation, index + len(phrase)
    return None, index


def _amounts(words: tuple[str, ...]) -> Iterator[Quantity]:
    index = 0
    while index < len(words):
        amount = _amount_at(words, index) if words[index] != "the" else None
        if amount is None or amount.share:
            index += 1
            continue
        if not _is_date(words, amount) and amount.least is not None:
            value, relation = amount.least, relation_before(words, index)
            least = None if relation in ("less", "at most") else value
            most = None if relation in ("more", "at least") else value
            if index and words[index - 1] in _ABOUT and relation is None:
                least, most = value * (1 - _NEAR), value * (1 + _NEAR)
            yield amount._replace(least=least, most=most)
        index = max(amount.end, index + 1)


def _is_date(words: Sequence[str], amount: Quantity) -> bool:
    beside = (*words[max(0, amount.start - 1) : amount.start], *words[amount.end : amount.end + 1])
    year = amount.kind is None and not amount.nouns and words[amount.start].isdigit() and 1400 <= (amount.least or 0) <= 2100
    return year or not MONTH_NUMBERS.keys().isdisjoint(beside)


def _amount_at(words: Sequence[str], index: int) -> Quantity | None:
    """Return the amount that begins at a word, as one value; None where none begins."""
    index += words[index : index + 1] in (["the"], ("the",))
    rest = list(words[index:])
    if rest[:1] and rest[0] in _ARTICLES and rest[1:2] and (rest[1] in PARTS or rest[1] in _COUNTS):
        index, rest = index + 1, rest[1:]
    if not rest:
        return None
    if rest[0] in PARTS and (rest[0] == "half" or (index and words[index - 1] in _ARTICLES)):
        unit = _measure(rest[2]) if rest[1:2] in (["of"], ["a"], ["an"]) and len(rest) > 2 else None
        behind = 2
        if unit is None and rest[1:3] in (["of", "a"], ["of", "an"]) and len(rest) > 3:
            unit, behind = _measure(rest[3]), 3
        part = PARTS[rest[0]]
        if unit is None:
            return Quantity(part, part, None, frozenset(), index, index + 1, share=True)
        return Quantity(part * unit[1], part * unit[1], unit[0], frozenset(), index, index + behind + 1)
    value, length = _value_at(rest)
    if value is None:
        return None
    if rest[length : length + 1] and rest[length] in _SEVERAL:
        part = value * _SEVERAL[rest[length]]
        return Quantity(part, part, None, frozenset(), index, index + length + 1, share=True)
    unit, nouns = _counted(rest[length : length + _REACH])
    value = value * unit[1] if unit is not None else value
    kind = unit[0] if unit is not None else None
    return Quantity(value, value, kind, nouns, index, index + length, share=kind == "percent")


def _value_at(words: list[str]) -> tuple[Decimal | None, int]:
    """Return the number that some words begin with, and how many of them it takes; "a" counts before a unit."""
    if words[0] in _COUNTS:
        return _COUNTS[words[0]], 1
    if words[0] in _ARTICLES and len(words) > 1 and _measure(words[1]) is not None:
        return Decimal(1), 1
    if words[0] in _ARTICLES and len(words) > 1 and words[1] in _SCALES:
        return _SCALES[words[1]], 2
    figures, length = number_at(words, 0) or ("", 0)
    return (Decimal(figures), length) if re.fullmatch(r"\d+(?:\.\d+)?", figures) else (None, 0)


def _measure(word: str) -> tuple[AmountKind, Decimal] | None:
    """Return what a unit measures and its size, None for a word that is no unit, or one that cannot be compared with others."""
    unit = unit_of(word)
    return (unit.kind, unit.size) if unit is not None and unit.size is not None else None


def _counted(words: Sequence[str]) -> tuple[tuple[AmountKind, Decimal] | None, frozenset[str]]:
    """Return the unit that the words behind a number name, and the stems of what is counted."""
    behind = [word for word in words if word not in ("of", "the")]
    unit = _measure(behind[0]) if behind else None
    if behind[:2] == ["per", "cent"]:
        unit = _measure("percent")
    nouns: set[str] = set()
    for word in behind:
        if word in STOP_WORDS:
            break
        nouns.add(stem(word))
    return unit, frozenset(nouns)


def _is_whole(fact: tuple[str, ...], amount: Quantity) -> bool:
    """Return whether an amount is that of which another is a part: the eleven in "nine of the eleven"."""
    before = fact[max(0, amount.start - 2) : amount.start]
    return before[-1:] == ("of",) or before == ("of", "the")
