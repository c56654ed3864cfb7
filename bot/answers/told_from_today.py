"""Times that a question tells from the day on which it is asked: "yesterday", "last week", "since Monday".

In: an answer. Out: the same answer, or one that is not sure, where none of its facts can be of that time. "Today" and "this year"
are left alone: as often they mean the present.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache

from bot.answers.as_of import is_certain
from bot.answers.models import SUGGESTIONS, Answer
from bot.answers.question.asked_dates import find_dates
from bot.answers.question.language import ENGLISH
from bot.english.search_words import normalise, words_of
from bot.errors import DateError, UsageError
from bot.facts.dates import day_of, key_of
from bot.facts.models import FactRecord
from bot.facts.relative_words import RELATIVE_WORDS
from bot.facts.typed_dates import Period, typed_period
from bot.multilingual.compared_words import is_unspaced

_TOLD = re.compile(
    r"\bsince\s+(?P<since>[^?!.,;:]{1,60})\W*$"
    r"|\b(?P<then>(?:the\s+day\s+before\s+)?yesterday(?!['’]s)|last\s+(?:night|week|month|year)(?=\W*$))",
    re.IGNORECASE,
)
_HERE = {"de": "hier"}  # what is yesterday in French
_IN_ENGLISH = {
    word: english for english in ("yesterday", "the day before yesterday") for word in RELATIVE_WORDS[english].split("|")
}


def sure_only_of_its_time(answer: Answer, language: str) -> Answer:
    """Return an answer that is not sure where the question tells a time from today of which none of its facts can be.

    In another ``language`` than English it is only yesterday or the day before.

    A fact without a date is of no time after its sources. One that has the word itself ("yesterday's vote") may be meant by it.
    """
    match = _TOLD.search(answer.question if language == ENGLISH else _told_in_english(answer.question, language))
    period = _period(match) if match and answer.facts and answer.page is None else None
    if match is None or period is None:
        return answer
    words = set(words_of(match["since"] or match["then"]))
    if any(_may_be_of(fact.record, period) or words <= set(words_of(fact.record.fact.text)) for fact in answer.facts):
        return answer
    return replace(
        answer,
        status="suggestions",
        facts=(),
        suggestions=answer.facts[:SUGGESTIONS],
        short=None,
        note=None,
        perhaps_answers=True,
    )


def _told_in_english(question: str, language: str) -> str:
    """Return in English the first time in a question that is told from today, "" where there is none."""
    match = _otherwise().search(question)
    return "" if match is None or match[0].lower() == _HERE.get(language) else _IN_ENGLISH[match[0].lower()]


@cache
def _otherwise() -> re.Pattern[str]:
    """Return the pattern of times that are told from today in other languages, the longest first."""
    words = sorted(_IN_ENGLISH, key=len, reverse=True)
    apart = (rf"(?<!\w){re.escape(word)}(?!\w)" for word in words if not is_unspaced(word))
    return re.compile("|".join([*apart, *filter(is_unspaced, words)]), re.IGNORECASE)


def _period(match: re.Match[str]) -> Period | None:
    """Return the time that is meant; None for a date of the calendar, which is read with the words, and for anything else."""
    since, then = match["since"], match["then"]
    if find_dates(words_of(normalise(since or then))):
        return None
    with suppress(DateError, UsageError):
        return typed_period(since or then, None if since else then, datetime.now().astimezone().date(), past=True)
    return None


def _may_be_of(record: FactRecord, period: Period) -> bool:
    when = record.fact.date
    if when is None:
        return period.first is None or not is_certain(record, key_of(day_of(period.first) - timedelta(days=1)))
    begins = when.latest is None or period.first is None or when.latest >= period.first
    return begins and (when.earliest is None or period.last is None or when.earliest <= period.last)
