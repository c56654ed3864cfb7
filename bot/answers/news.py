"""Questions for what is new since a day: “what's new since yesterday?”, “Was gibt es seit Montag Neues?”, and their answer.

In: a question as typed. Out: the facts that came or were corrected since then, what was retracted, or that nothing is new.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.answers.models import MAX_FACTS, SURE, Answer, ScoredFact
from bot.errors import DateError, UsageError
from bot.facts.base import FactBase
from bot.facts.dates import StoryDate, day_of, iso_of, key_of, parse_date
from bot.facts.news import NewsItem
from bot.facts.typed_dates import typed_period
from bot.messages import Message, joined
from bot.multilingual.news_questions import news_asked_for

NEWS_SINCE = "New since {day}, the latest first."
PART = "These are {number} of {all}."
CORRECTED = "Corrected: {refs}."
RETRACTED = "Retracted: {refs}."
NOTHING_NEW = "Nothing is new since {day}: no fact has come, been corrected or been retracted."
NO_HISTORY = "A story file does not tell when its facts came."
LATEST_EVENTS = "The latest events that I know of:"
DAY_TO_COME = "{day} is still to come. Name a day that is past, and I list what is new since then."

_LATEST = 3  # events that are shown where nothing is new
_MAX_REFS = 12
_ASKED = re.compile(
    r"\W*(?:(?:so|and|ok|hi|hello|hey)\W+)?"
    r"(?:(?P<new>what(?:['’]?s|\s+is|\s+was|\s+has)\s+new|(?:is\s+there\s+)?any(?:thing)?\s+new"
    r"|(?:(?:is|are|were)\s+there\s+)?(?:any\s+|the\s+)?(?:news|updates|(?:corrections|retractions)(?=\s+since\b)))"
    r"|(?:what(?:['’]?s|\s+is|\s+was|\s+has)?|(?:did|has)\s+anything)\s+changed?"
    r"|(?:what|(?:was|has)\s+anything)(?:\s+(?:is|was|has))?(?:\s+been)?\s+(?:corrected|retracted|withdrawn))"
    r"(?:\s+since\s+(?P<since>[^?!]+?)|\s+(?P<near>today|yesterday|lately|recently"
    r"|(?:(?:in|over|during)\s+)?(?:this|(?:the\s+)?(?:last|past))\s+[^?!]+?))?\W*",
    re.IGNORECASE,
)
"""A question for what is new, since a day if it names one, whole: one that asks for more is answered as any other."""

_NO_DAY = ("lately", "recently")
_EARLIEST = 1970_01_02  # before any base: a button carries the day as seconds, which are not negative


class DayToComeError(UsageError):
    """A day since which nothing can be new yet."""


def day_asked_for(question: str) -> str | None:
    """Return the day since which a question asks what is new, "" where it names none; None for any other question."""
    match = _ASKED.fullmatch(question)
    if match is None or not (match["new"] or match["since"] or match["near"]):
        return news_asked_for(question)
    near = " ".join((match["near"] or "").lower().split())
    return match["since"] or ("" if near in _NO_DAY else near)


def beginning(since: str | None, zone: ZoneInfo) -> str:
    """Return when a typed day begins by a clock, as a base stores times; yesterday if none was typed.

    Raises DateError, UsageError and, for a day that is to come, DayToComeError.
    """
    today = datetime.now(zone).date()
    if since is None:
        return begins(key_of(today - timedelta(days=1)), zone)
    first = _first_day(since, today)
    if first > key_of(today):
        raise DayToComeError(Message(DAY_TO_COME, day=parse_date(iso_of(first))))
    return begins(max(first, _EARLIEST), zone)


def begins(day: int, zone: ZoneInfo) -> str:
    """Return when a day (yyyymmdd) begins by a clock, as a base stores times."""
    start = datetime.combine(day_of(day), time(), zone)
    return start.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _first_day(since: str, today: date) -> int:
    """Return the first day that is meant, as a key; the word that says "since" may stand with it, in any language."""
    try:
        return typed_period(since, None, today, past=True).first or 0
    except DateError:
        with suppress(DateError):
            return typed_period(since, None, today, past=True, since=True).first or 0
        raise


def news_answer(base: FactBase, question: str, story: str | None) -> Answer | None:
    """Answer a question for what is new since a day; None for any other, or where its day cannot be read."""
    since = day_asked_for(question)
    if since is None:
        return None
    if base.is_in_memory:  # it was just made of a file, and so everything in it would be new
        return _latest(base, question, story, Message(NO_HISTORY)) if since else None
    zone = ZoneInfo(base.settings.read().timezone)
    try:
        start = beginning(since or None, zone)
    except DayToComeError as error:
        return Answer(question, "unknown", known=error.message, is_question=False)
    except (DateError, UsageError):
        return None
    day = parse_date(datetime.fromisoformat(start).astimezone(zone).date().isoformat())
    items = base.news.since(base.news.change_before(start), story, latest_first=True)
    return _listed(base, question, items, day) if items else _latest(base, question, story, Message(NOTHING_NEW, day=day))


def _listed(base: FactBase, question: str, items: tuple[NewsItem, ...], day: StoryDate) -> Answer:
    """Return the facts that came or were corrected, the latest first, and by their revisions what was corrected or retracted."""
    there = [item.fact for item in items if item.kind != "retracted"]
    shown = base.facts(there[:MAX_FACTS])
    part = Message(PART, number=len(shown), all=len(there)) if len(there) > len(shown) else None
    corrected, retracted = (_refs(item for item in items if item.kind == kind) for kind in ("corrected", "retracted"))
    sentences = [
        Message(NEWS_SINCE, day=day),
        part,
        Message(CORRECTED, refs=corrected) if corrected else None,
        Message(RETRACTED, refs=retracted) if retracted else None,
    ]
    note = joined(sentences)
    if not shown:
        return Answer(question, "unknown", known=note, is_question=False)
    facts = tuple(ScoredFact(record, SURE) for record in shown)
    return Answer(question, "answered", facts=facts, note=note, by_relation=True, page="news")


def _refs(items: Iterable[NewsItem]) -> str:
    refs = [f"F{item.fact}@{item.now}" for item in items]
    return ", ".join(refs if len(refs) <= _MAX_REFS else [*refs[:_MAX_REFS], "…"])


def _latest(base: FactBase, question: str, story: str | None, known: str) -> Answer:
    """Return the events of the latest days, as no answer, behind what is ``known``."""
    events = base.facts(base.news.latest_events(_LATEST, story))
    near = tuple(ScoredFact(record, SURE) for record in events)
    known = joined([known, Message(LATEST_EVENTS) if near else None]) or known
    return Answer(question, "suggestions" if near else "unknown", suggestions=near, known=known, is_question=False)
