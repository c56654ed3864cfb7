"""What was known by a day: which facts the sources had told by then."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from bot.answers.finding.documents import actor_key
from bot.answers.finding.index import StoryIndex
from bot.answers.models import Answer
from bot.answers.short import BETWEEN
from bot.errors import UsageError
from bot.facts.models import Actor, FactRecord
from bot.facts.speakers import EventSides
from bot.facts.typed_dates import EXAMPLE, typed_range
from bot.presentation.languages import say

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
    days = [day for day in _told(record) if day is not None]
    return min(days, default=date.earliest if date is not None else None)


def _told(record: FactRecord) -> list[int | None]:
    """Return from which day each source of a fact told it; None where its date does not say."""
    own = record.fact.date.earliest if record.fact.date is not None else None
    published = (source.published for source in record.sources)
    return [_told_from(each.earliest, each.latest, own) if each else None for each in published]


def _told_from(start: int | None, end: int | None, own: int | None) -> int | None:
    if own is None:
        return start
    if start is None or own > start:
        return own if end is None or own <= end else start
    return start


def known_by(index: StoryIndex, day: int) -> StoryIndex:
    """Return an index of those facts of an index that were known by a day, and of whom these speak."""
    documents = [replace(each, record=as_told(each.record, day)) for each in index.documents if is_known(each.record, day)]
    return StoryIndex(documents, _actors(each.record for each in documents))


def is_known(record: FactRecord, day: int) -> bool:
    """Tell whether a fact was known by a day; one of which nobody knows since when it was counts as not known."""
    known = known_from(record)
    return known is not None and known <= day


def as_told(record: FactRecord, day: int) -> FactRecord:
    """Return a fact with those of its sources alone that had told it by a day; one that was not known by then as it is.

    A source without a date goes where others have one, for nobody can tell that it was there by then.
    """
    told = [place for place, from_ in enumerate(_told(record)) if from_ is not None and from_ <= day]
    if not told or len(told) == len(record.sources):
        return record
    citations = tuple(record.fact.citations[place] for place in told)
    return replace(record, fact=replace(record.fact, citations=citations), sources=tuple(record.sources[place] for place in told))


def is_certain(record: FactRecord, day: int) -> bool:
    """Tell whether a fact was told by a day for sure: not where a source of that month or year may have appeared after it."""
    published = [source.published for source in record.sources if source.published]
    dates = published or ([record.fact.date] if record.fact.date else [])
    return any(date.latest is not None and date.latest <= day for date in dates)


def as_known(today: Answer, then: Answer, day: int) -> Answer:
    """Return the answer as of a day, from the answer of today and that of the facts known by then.

    Where the right fact is not there yet, another looks like the best: so only facts that answer today too are shown. What came
    before, after, first or last, and who takes a side, is another matter: the last by then need not be the last today.
    """
    came_later = tuple(fact.record for fact in today.facts if is_later(fact.record, day))
    then = _chosen(today, replace(then, as_of=day, came_later=came_later), day)
    return replace(then, perhaps=sum(not is_certain(fact.record, day) for fact in then.facts))


def _chosen(today: Answer, then: Answer, day: int) -> Answer:
    if then.by_relation:
        return then
    known = tuple(replace(fact, record=as_told(fact.record, day)) for fact in today.facts if is_known(fact.record, day))
    numbers = {fact.record.number for fact in known}
    near = [fact for fact in (*then.facts, *then.suggestions) if fact.record.number not in numbers]
    if known:
        told = then if today.short and BETWEEN in today.short and len(known) < len(today.facts) else today
        short = told.short if told.facts[:1] and known[0].record.number == told.facts[0].record.number else None
        return replace(
            then,
            status="answered",
            facts=known,
            short=short,
            known=None,
            suggestions=tuple(near[:_SUGGESTIONS]),
            perhaps_answers=False,
        )
    return replace(
        then,
        status="suggestions" if near else "unknown",
        facts=(),
        short=None,
        known=say(NOT_YET) if today.facts else then.known or today.known,
        perhaps_answers=then.perhaps_answers and not today.facts,
        suggestions=tuple(near[:_SUGGESTIONS]),
    )


def is_later(record: FactRecord, day: int) -> bool:
    """Tell whether a fact became known after a day."""
    known = known_from(record)
    return known is not None and known > day


def sides_by(sides: EventSides, day: int) -> EventSides:
    """Return what each side had said of an event by a day, without those that had said nothing yet."""
    then = (replace(side, facts=tuple(as_told(each, day) for each in side.facts if is_known(each, day))) for side in sides.sides)
    return EventSides(as_told(sides.event, day), tuple(side for side in then if side.facts))


def _actors(records: Iterable[FactRecord]) -> dict[str, Actor]:
    return {
        actor_key(record.story.id, actor.id): actor
        for record in records
        for actor in (*record.speakers, *record.participants, *record.subjects)
    }
