"""Answers as of a day: which facts a source had published by then, and what became known later.

In: facts, an index, an answer of today or the sides of an event, and a day (yyyymmdd). Out: the same as of that day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.answers.changed_figures import THEN
from bot.answers.finding.index import StoryIndex
from bot.answers.models import SUGGESTIONS, Answer, ScoredFact
from bot.answers.retellings import with_retellings
from bot.answers.yes_or_no import BETWEEN
from bot.cache_budget import BUDGET
from bot.errors import UsageError
from bot.facts.models import FactRecord
from bot.facts.speakers import EventSides
from bot.facts.typed_dates import EXAMPLE, typed_date
from bot.messages import Message

NOT_YET = "No source had reported that by then."
ANSWERED_LATER = "The facts that answer this today came later. The nearest facts from that time are below."
REPORTED_LATER = "It had happened by then, but every source cited for it appeared later."
_FAR = 0.1  # confidence in the facts of a day up to which none of them is near
_FIRST = 10101  # the first day that is written in four digits


def read_day(text: str, today: date) -> int:
    """Read the day as of which a question is asked, the last one of a month, year or span. Raises DateError or UsageError."""
    day = typed_date(text, today).last
    if day is None or day < _FIRST:
        raise UsageError(Message("An answer can be as of a day, a month or a year. {example}", example=EXAMPLE))
    return day


def known_since(record: FactRecord) -> int | None:
    """Return the day (yyyymmdd) since which a fact is known; None where no date says.

    That is when the first of its sources was published. A source that appeared over a time (a newspaper's reports of a year, a
    log) published the fact no earlier in that time than the fact's own date. Without any date of publication it is that date.
    """
    date = record.fact.date
    days = [day for day in _sources_known_since(record) if day is not None]
    return min(days, default=date.earliest if date is not None else None)


def _sources_known_since(record: FactRecord) -> list[int | None]:
    """Return for each source of a fact since which day it has the fact; None where it has no date of publication."""
    own = record.fact.date.earliest if record.fact.date is not None else None
    since: list[int | None] = []
    for published in (source.published for source in record.sources):
        if published is None:
            since.append(None)
            continue
        start, end = published.earliest, published.latest
        within = own is not None and (start is None or own > start) and (end is None or own <= end)
        since.append(own if within else start)
    return since


def index_as_of(index: StoryIndex, day: int) -> StoryIndex:
    """Return an index of the facts that were known by a day, with the actors in them."""
    known = (document for document in index.documents if is_known(document.record, day))
    return index.narrowed([replace(document, record=record_as_of(document.record, day)) for document in known])


def index_of_day(index: StoryIndex, day: int) -> StoryIndex:
    """Return an index of the facts that were known by a day, as it was made before if it is held still."""
    known = index.as_of.get(day) or index_as_of(index, day)
    index.as_of[day] = known
    BUDGET.keep(known, known.size)
    return known


def is_known(record: FactRecord, day: int) -> bool:
    """Return whether a fact was known by a day; one without any date counts as not known."""
    since = known_since(record)
    return since is not None and since <= day


def record_as_of(record: FactRecord, day: int) -> FactRecord:
    """Return a fact with only the sources that had it by a day; a fact that was not known by then is returned unchanged.

    A source without a date is left out where another has one, since it may have appeared later.
    """
    published = [position for position, from_ in enumerate(_sources_known_since(record)) if from_ is not None and from_ <= day]
    if not published or len(published) == len(record.sources):
        return record
    citations = tuple(record.fact.citations[position] for position in published)
    return replace(
        record,
        fact=replace(record.fact, citations=citations),
        sources=tuple(record.sources[position] for position in published),
        sentences=tuple(record.sentences[position] for position in published) if record.sentences else (),
    )


def is_certain(record: FactRecord, day: int) -> bool:
    """Return whether a fact was surely published by a day: a source of that month or year may have appeared after it."""
    published = [source.published for source in record.sources if source.published]
    dates = published or ([record.fact.date] if record.fact.date else [])
    return any(date.latest is not None and date.latest <= day for date in dates)


def answer_as_of(today: Answer, then: Answer, day: int) -> Answer:
    """Return the answer as of a day, from the answer of today and the one that the facts known by then give.

    Where the right fact is not there yet, another looks like the best: so only facts that answer today too are shown. Answers by
    relations are excepted, for the last event by then need not be the last today.
    """
    came_later = tuple(fact.record for fact in today.facts if (known_since(fact.record) or day) > day)
    then = _shown_then(today, replace(then, as_of=day, came_later=came_later), day)
    return replace(then, perhaps=sum(not is_certain(fact.record, day) for fact in then.facts))


def _shown_then(today: Answer, then: Answer, day: int) -> Answer:
    if then.by_relation:
        return then
    known = tuple(entry for fact in today.facts if (entry := _entry_as_of(fact, day)) is not None)
    numbers = {record.number for fact in known for record in (fact.record, *fact.retellings)}
    near = [fact for fact in (*then.facts, *then.suggestions) if fact.record.number not in numbers]
    return _answered_then(today, then, known, near) if known else _unanswered_then(today, then, near, day)


def _answered_then(today: Answer, then: Answer, known: tuple[ScoredFact, ...], near: Sequence[ScoredFact]) -> Answer:
    """Return the answer of those facts of today's that were known then."""
    # A short answer of several sides, or of articles of several days, is cut again where one of them had not spoken yet; that
    # of then holds, too, where another of several passages that tell the same is shown.
    between = BETWEEN if today.facts[0].record.fact.reviewed else THEN
    fewer = today.short and between in today.short and len(known) < len(today.facts)
    other = known[0].record.number not in {fact.record.number for fact in today.facts}
    source = then if fewer or other else today
    short = source.short if source.facts[:1] and known[0].record.number == source.facts[0].record.number else None
    return replace(
        then,
        status="answered",
        facts=known,
        short=short,
        known=None,
        suggestions=tuple(near[:SUGGESTIONS]),
        perhaps_answers=False,
    )


def _unanswered_then(today: Answer, then: Answer, near: Sequence[ScoredFact], day: int) -> Answer:
    """Return that nothing which answers was known then, with the nearest facts."""
    sentence = then.known or today.known
    if today.facts:
        dates = [fact.record.fact.date for fact in today.facts]
        happened = all(date is not None and date.latest is not None and date.latest <= day for date in dates)
        # That nothing was known is said only where no fact of then is near.
        some_near = then.status == "answered" or (then.suggestions and then.explanation.confidence > _FAR)
        sentence = Message(REPORTED_LATER if happened else ANSWERED_LATER if some_near else NOT_YET)
    return replace(
        then,
        status="suggestions" if near else "unknown",
        facts=(),
        short=None,
        known=sentence,
        perhaps_answers=then.perhaps_answers and not today.facts,
        suggestions=tuple(near[:SUGGESTIONS]),
    )


def _entry_as_of(fact: ScoredFact, day: int) -> ScoredFact | None:
    """Return a fact of an answer with the sources that had it by a day, None where none had.

    Of passages that tell the same, those of that time are left, the first of which is shown.
    """
    records = [record_as_of(record, day) for record in fact.retellings or (fact.record,) if is_known(record, day)]
    return with_retellings(replace(fact, record=records[0], retellings=()), records[1:]) if records else None


def sides_as_of(sides: EventSides, day: int) -> EventSides:
    """Return the sides of an event with the facts known by a day, without sides that had none yet."""
    then = (
        replace(side, facts=tuple(record_as_of(fact, day) for fact in side.facts if is_known(fact, day))) for side in sides.sides
    )
    return EventSides(record_as_of(sides.event, day), tuple(side for side in then if side.facts))
