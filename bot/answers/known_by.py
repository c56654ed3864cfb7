"""What was known by a day: which facts the sources had told by then."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from bot.answers.documents import actor_key
from bot.answers.index import StoryIndex
from bot.answers.lexicon import Lexicon
from bot.answers.models import Answer
from bot.errors import UsageError
from bot.facts.models import Actor, FactRecord
from bot.facts.typed_dates import EXAMPLE
from bot.facts.typed_spans import typed_range
from bot.language import say

NOT_YET = "No source had told that by then."

_SUGGESTIONS = 3
_FIRST = 10101  # the first day that is written in four digits


def read_day(text: str, today: date) -> int:
    """Read the day as of which a question is asked, of a month, year or span the last. Raises DateError, UsageError."""
    day = typed_range(text, today).last
    if day is None or day < _FIRST:
        raise UsageError(f"An answer can be as of a day, a month or a year. {EXAMPLE}")
    return day


def known_from(record: FactRecord) -> int | None:
    """Return the day (yyyymmdd) from which a fact was known; None where nobody can tell.

    That is when the first of its sources was published. One that appeared over a time (the reports of a newspaper in a year, a
    log) told the fact no earlier in that time than the fact's own date. Without a date of publication it is the fact's own date.
    """
    date = record.fact.date
    own = date.earliest if date is not None else None
    published = [
        _told_from(source.published.earliest, source.published.latest, own) for source in record.sources if source.published
    ]
    days = [day for day in published if day is not None]
    return min(days, default=own)


def _told_from(start: int | None, end: int | None, own: int | None) -> int | None:
    if own is None:
        return start
    if start is None or own > start:
        return own if end is None or own <= end else start
    return start


def known_by(index: StoryIndex, day: int, lexicon: Lexicon) -> StoryIndex:
    """Return an index of those facts of an index that were known by a day, and of whom these speak."""
    documents = [each for each in index.documents if is_known(each.record, day)]
    return StoryIndex(documents, _actors(each.record for each in documents), lexicon)


def is_known(record: FactRecord, day: int) -> bool:
    """Tell whether a fact was known by a day; one of which nobody knows since when it was counts as not known."""
    known = known_from(record)
    return known is not None and known <= day


def as_known(today: Answer, then: Answer, day: int) -> Answer:
    """Return the answer as of a day, from the answer of today and that of the facts known by then.

    Where the right fact is not there yet, another looks like the best: so only facts that answer today too are shown. What came
    before, after, first or last, and who takes a side, is another matter: the last by then need not be the last today.
    """
    then = replace(then, as_of=day, later=came_later((fact.record for fact in today.facts), day))
    if then.by_relation:
        return then
    known = tuple(fact for fact in today.facts if is_known(fact.record, day))
    numbers = {fact.record.number for fact in known}
    near = [fact for fact in (*then.facts, *then.suggestions) if fact.record.number not in numbers]
    if known:
        short = today.short if known[0] is today.facts[0] else None
        return replace(then, status="answered", facts=known, short=short, known=None, suggestions=tuple(near[:_SUGGESTIONS]))
    return replace(
        then,
        status="suggestions" if near else "unknown",
        facts=(),
        short=None,
        known=say(NOT_YET) if today.facts else then.known or today.known,
        suggestions=tuple(near[:_SUGGESTIONS]),
    )


def came_later(records: Iterable[FactRecord], day: int) -> int:
    """Count the facts that became known after a day."""
    days = (known_from(record) for record in records)
    return sum(known is not None and known > day for known in days)


def _actors(records: Iterable[FactRecord]) -> dict[str, Actor]:
    return {
        actor_key(record.story.id, actor.id): actor
        for record in records
        for actor in (*record.speakers, *record.participants, *record.subjects)
    }
