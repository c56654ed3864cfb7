"""Short answers to how much: which of the amounts in a fact the question asks for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from bot.answers.amounts import Amount, fits
from bot.answers.anchors import Span
from bot.answers.question_words import PAYING, SUMS
from bot.answers.reading import Reading
from bot.answers.words import stem

_TOTAL_ASKED = frozenset(stem(word) for word in ("total", "altogether", "together", "overall", "combined"))
_TOTAL_TOLD = re.compile(r",? (?:\w+ )?(?:in all|in total|altogether|between them|together|combined|overall)\b")
_LEAD_ASKED = frozenset(stem(word) for word in ("lead", "margin", "majority", "ahead", "difference"))
_LEAD_TOLD = re.compile(r"\b(?:(?:lead|margin|majority|difference|gap) of|by) $")
_BOUND = re.compile(
    r"\b(?:(?:no )?(?:more|less|fewer|better) than|as (?:many|much|few|little) as|at (?:least|most)|up to|close to|"
    r"(?:just |well )?(?:over|under|above|below)|an estimated|about|around|approximately|roughly|some|nearly|almost|only|"
    r"not quite) $",
    re.IGNORECASE,
)
_MONEY = frozenset(stem(word) for word in PAYING | SUMS)


def amount(reading: Reading) -> str | None:
    """Return the amount that is asked for."""
    return _nearest(reading, _fitting(reading))


def sum_of_money(reading: Reading) -> str | None:
    """Return the sum of money where a question for a thing is after one: "what was the first offer"."""
    if _MONEY.isdisjoint(reading.question.sequence):
        return None
    return _nearest(reading, [each for each in reading.document.amounts if each.kind == "money"])


def count(reading: Reading) -> str | None:
    """Return how many there are of what mere keywords name: "goals last season"."""
    asked = {term.stem for term in reading.question.terms if not term.name}
    return _nearest(reading, [each for each in reading.document.amounts if _noun(reading, each) in asked])


def _nearest(reading: Reading, amounts: Sequence[Amount]) -> str | None:
    chosen = _as_told(reading, amounts) or _counted(reading, amounts) or amounts
    spans = [(each.start, each.end) for each in chosen]
    return reading.cut(_with_bound(reading.text, reading.anchors.best(spans))) if spans else None


def _with_bound(text: str, span: Span) -> Span:
    """Return where an amount stands with the words before it by which it is no exact one: "more than 5,000"."""
    bound = _BOUND.search(text, 0, span[0])
    return (bound.start(), span[1]) if bound else span


def _fitting(reading: Reading) -> list[Amount]:
    """Return the amounts of the kind asked for; "how long" may be a distance, and "how much" anything that is measured."""
    wanted = reading.question.asking.amounts
    amounts = reading.document.amounts
    found = [each for each in amounts if fits(each, wanted)]
    if found:
        return found
    if wanted == ("duration",):
        return [each for each in amounts if each.kind == "distance"] if "long" in reading.question.sequence else []
    if wanted == ("money",) and "much" in reading.question.sequence:
        return [each for each in amounts if each.kind not in ("money", "count", "duration", "age")]
    return []


def _as_told(reading: Reading, amounts: Sequence[Amount]) -> list[Amount]:
    """Return the total where it is asked what something comes to, and the lead where it is asked by how much."""
    words = reading.question.sequence
    if not _TOTAL_ASKED.isdisjoint(words):
        return [each for each in amounts if _TOTAL_TOLD.match(reading.text, each.end)]
    if not _LEAD_ASKED.isdisjoint(words) or ("by", "how") in pairwise(words):
        return [each for each in amounts if _LEAD_TOLD.search(reading.text[: each.start])]
    return []


def _counted(reading: Reading, amounts: Sequence[Amount]) -> list[Amount]:
    """Return the amounts of what the question names, its most telling word first, or in a count of what stands for it."""
    nouns = {each: _noun(reading, each) for each in amounts}
    asked = {term.stem: term.weight for term in reading.question.terms}
    most = max((asked[noun] for noun in nouns.values() if noun in asked), default=None)
    if most is not None or "count" not in reading.question.asking.amounts:
        return [each for each in amounts if asked.get(nouns[each] or "") == most] if most is not None else []
    related = {other.stem for term in reading.question.terms for other in reading.lexicon.related(term.word)}
    return [each for each in amounts if nouns[each] in related]


def _noun(reading: Reading, each: Amount) -> str | None:
    """Return the stem of what is counted or measured, as the question's words are stemmed."""
    if each.noun is None:
        return None
    words = re.findall(r"[a-z]+", reading.text[each.start : each.end].lower())
    return next((reading.lexicon.stem(word) for word in words if stem(word) == each.noun), each.noun)
