"""Short answers to when: the fact's date in words, or a date or a time of day that its text tells."""

from __future__ import annotations

import re

from bot.answers.anchors import Span
from bot.answers.reading import Reading
from bot.answers.when import find_dates
from bot.language import language

_TIME = re.compile(
    r"\b\d{1,2}(?:[:.]\d\d)? ?(?:[ap]\.m\.|[ap]m\b|o['’]clock)|\b(?:[01]?\d|2[0-3]):[0-5]\d\b|\b(?:midnight|noon|midday)\b",
    re.IGNORECASE,
)
_LEADS = frozenset("in since until by from during before after about".split())  # that make a year a date
_ASKS_TIME = re.compile(r"\b(?:what|which) (?:exact )?(?:time|hour)\b|\btime of day\b|\bo clock\b")


def date(reading: Reading) -> str | None:
    """Return when it was: to the hour where that is asked; a claim is dated by its text, for its own date is when it was made."""
    fact = reading.document.record.fact
    if _ASKS_TIME.search(" ".join(reading.question.sequence)):
        times = [match.span() for match in _TIME.finditer(reading.text)]
        if times:
            return reading.cut(reading.anchors.best(times))
    told = _told(reading) if fact.kind == "claim" or fact.date is None else []
    if told:
        return reading.cut(reading.anchors.best(told))
    return None if fact.date is None else fact.date.words(language())


def _told(reading: Reading) -> list[Span]:
    """Return where the text tells a date that the question does not; a bare year may belong to something: "the 2016 election"."""
    read = reading.anchors.tokens
    words = [token.word for token in read]
    dates = [each for each in find_dates(words) if each.month is not None or words[max(0, each.start - 1)] in _LEADS]
    spans = [(read[each.start].start, read[each.end - 1].end) for each in dates]
    return [span for span in spans if not reading.asked_already(reading.cut(span))]
