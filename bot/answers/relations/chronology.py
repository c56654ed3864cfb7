"""The course of events: what happened before, after or between events, next, first and last, and what that is counted from.

Dates order facts as far as they tell; facts of the same date come as they do in the story.

In: a request, the index of a whole story and its topics. Out: a `RelationAnswer`, the facts in order with a note.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from textwrap import shorten
from typing import NamedTuple

from bot.answers.finding.documents import Document
from bot.answers.finding.index import StoryIndex
from bot.answers.models import MAX_FACTS, SURE
from bot.answers.relations.periods import DayRange
from bot.answers.relations.requests import Relation, Request
from bot.answers.relations.topics import Topics
from bot.facts.dates import day_of
from bot.messages import Message, joined

STORY_ORDER = "Where dates are the same, the order is that of the story."
NOT_APART = "The dates do not tell these apart."
PART = "These are {number} of {all}; /timeline shows them all."
_MAX_EVENT = 100
_FAR = 10**12  # beyond every date, and every place in a story
_SHORT = 10  # days of a date that is exact enough for every period


class Moment(NamedTuple):
    """When a fact was: its first and last possible day as yyyymmdd, and its place in the story, which is written in order.

    Moments are sorted as they stand: of the same first day by the last, and of the same date by the story's order.
    """

    first: int
    last: int
    position: int


class Dated(NamedTuple):
    """A fact and when it was."""

    document: Document
    moment: Moment


class Start(NamedTuple):
    """What is counted from: an event, whose moment is None where it has no date, or a mere date."""

    moment: Moment | None
    event: Document | None = None

    def is_beside(self, document: Document) -> bool:
        """Return whether a fact is of the same story; a mere date is of every story."""
        return self.event is None or self.event.record.story.id == document.record.story.id


@dataclass(frozen=True, slots=True)
class RelationAnswer:
    """The facts that answer, in the order in which they are to be shown, the short answer, a note, and the confidence.

    Without facts, ``known`` is the sentence for that, such as the question from which event to count; without one, nothing is
    known to have come before or after the event. ``final``: there is no doubt that no fact answers.
    """

    documents: tuple[Document, ...]
    short: str | None = None
    note: str | None = None
    confidence: float = SURE
    known: str | None = None
    final: bool = False


def dated(index: StoryIndex, wanted: Callable[[Document], bool]) -> list[Dated]:
    """Return the facts that are wanted and have a date."""
    facts, size = [], len(index.documents) + 1
    for position, document in enumerate(index.documents):
        moment = _moment(document, position * size) if wanted(document) else None
        if moment is None:
            continue
        event = None if document.is_event else index.event_of(document)
        of_event = _moment(event, index.position_of[event.number] * size) if event is not None else None
        if of_event is not None and same_date(of_event, moment):  # words about an event on its day come right after it
            moment = moment._replace(position=of_event.position + position + 1)
        facts.append(Dated(document, moment))
    return facts


def beside(start: Start, relation: Relation, among: Sequence[Dated], *, near: bool, period: DayRange | None) -> RelationAnswer:
    """Return what came before or after a start, in a period if one is given; ``near``: only the nearest of it."""
    anchor = start.moment
    if anchor is None:
        return RelationAnswer(())
    others = [fact for fact in among if fact.document is not start.event]
    if relation in ("around", "during", "same day"):
        last = period.last if period is not None else 0
        return _listed([fact for fact in others if in_period(fact.moment, anchor, -last, last)])
    before = relation == "before"
    facts = [fact for fact in others if (follows(anchor, fact.moment) if before else follows(fact.moment, anchor))]
    if period is not None:
        first, last = (-period.last, -period.first) if before else period
        facts = [fact for fact in facts if in_period(fact.moment, anchor, first, last)]
    course = _listed(facts, keep_last=before)
    if near or relation == "next":
        course = RelationAnswer(course.documents[-1:] if before else course.documents[:1])
    if start.event is None:
        return course
    # It may be the story's order alone that puts a fact that is shown before or after the start, or one that is not shown.
    shown = {document.number for document in course.documents}
    moments = [anchor, *(fact.moment for fact in facts if fact.document.number not in shown)]
    guessed = any(same_date(fact.moment, other) for fact in facts if fact.document.number in shown for other in moments)
    return replace(course, note=joined([course.note, Message(STORY_ORDER)])) if guessed else course


def between(one: Start, other: Start, among: Sequence[Dated]) -> RelationAnswer:
    """Return what came after one start and before the other, whichever is the earlier."""
    if one.moment is None or other.moment is None:
        return RelationAnswer(())
    start, end = (one.moment, other.moment) if follows(other.moment, one.moment) else (other.moment, one.moment)
    others = (fact for fact in among if fact.document is not one.event and fact.document is not other.event)
    return _listed([fact for fact in others if follows(fact.moment, start) and follows(end, fact.moment)])


def extreme(relation: Relation, among: Sequence[Dated]) -> RelationAnswer:
    """Return the first or the last of some facts, several where the dates do not tell them apart."""
    moments = latest([fact.moment for fact in among], first=relation == "first")
    course = _listed([fact for fact in among if fact.moment in moments])
    return replace(course, note=Message(NOT_APART)) if len(course.documents) > 1 else course


def _listed(facts: Sequence[Dated], *, keep_last: bool = False) -> RelationAnswer:
    ordered = sorted(facts, key=lambda fact: fact.moment)
    shown = ordered[-MAX_FACTS:] if keep_last else ordered[:MAX_FACTS]
    part = Message(PART, number=len(shown), all=len(ordered)) if len(ordered) > MAX_FACTS else None
    return RelationAnswer(tuple(fact.document for fact in shown), note=part)


def _moment(document: Document, position: int) -> Moment | None:
    day = document.record.fact.date
    if day is None:
        return None
    return Moment(-_FAR if day.earliest is None else day.earliest, _FAR if day.latest is None else day.latest, position)


def came_after(one: Moment, other: Moment) -> bool:
    """Return whether the dates show that one came after the other: it cannot have begun before, and began or ended later."""
    return not same_date(one, other) and one.first >= other.first and one.last >= other.last


def follows(one: Moment, other: Moment) -> bool:
    """Return whether one came after the other, on one date by the story's order."""
    return one.position > other.position if same_date(one, other) else came_after(one, other)


def same_date(one: Moment, other: Moment) -> bool:
    """Return whether two have the same date."""
    return one[:2] == other[:2]


def latest(moments: Sequence[Moment], *, first: bool = False) -> list[Moment]:
    """Return the last moments, or the first: several where the dates do not show which was last.

    One that takes in the whole of another, such as a year beside a day of it, is too vague to be called the last.
    """
    exact = [moment for moment in moments if not any(_takes_in(moment, other) for other in moments)]
    return [
        moment
        for moment in exact
        if not any(came_after(moment, other) if first else came_after(other, moment) for other in exact)
    ]


def _takes_in(one: Moment, other: Moment) -> bool:
    return not same_date(one, other) and one.first <= other.first and one.last >= other.last


def in_period(moment: Moment, anchor: Moment, first: int, last: int) -> bool:
    """Return whether a moment may lie from ``first`` to ``last`` days after the end of an anchor (before its start, if negative).

    One that is more than half as long again as the period is too vague to lie in it.
    """
    days, of_anchor = (_ordinal(one.last) - _ordinal(one.first) for one in (moment, anchor))
    start = _ordinal(anchor.last if first > 0 else anchor.first) + first
    end = _ordinal(anchor.first if last < 0 else anchor.last) + last
    overlaps = _ordinal(moment.first) <= end and _ordinal(moment.last) >= start
    return overlaps and math.isfinite(of_anchor) and days <= max(_SHORT, (last - first + of_anchor) * 3 // 2)


def _ordinal(key: int) -> float:
    """Return the number of a day (yyyymmdd), one beyond every other for one that no calendar has."""
    try:
        return day_of(key).toordinal()
    except ValueError:
        return math.copysign(math.inf, key)


class Reckoning:
    """Counts from what a request names; ``before`` are the facts (by number) of the answer that it follows up.

    ``guessed`` tells afterwards whether it counted from an event that only the reader takes the request's words for.
    """

    def __init__(self, request: Request, topics: Topics, before: Sequence[int]) -> None:
        self.request = request
        self.topics = topics
        self.before = before
        self.guessed = False

    def start(self, words: str | None) -> Start | None:
        """Return what is counted from by some words of the request, None where they stand for no event and no date."""
        event: Document | None = None
        if words is None:
            event = next(self.followed_up(), None)
        elif self.request.relation != "during":  # what lies in a time is asked by its date
            topic = self.topics.event(words)
            event = topic.event if topic is not None else None
            self.guessed |= topic is not None and topic.guessed
        if event is not None:
            moments = dated(self.topics.index, lambda document: document is event)
            return Start(moments[0].moment if moments else None, event)
        span = self.topics.dates(words) if words is not None else None
        if span is None:
            return None
        comes_last = self.request.relation != "before" and words != self.request.until
        return Start(Moment(*span, _FAR if comes_last else -1))

    def course(self, start: Start, among: Sequence[Dated]) -> RelationAnswer | None:
        """Return the facts that lie to a start as the request wants it; None where the other end of "between" is not known."""
        request = self.request
        if request.relation == "between":
            until = self.start(request.until)
            return between(start, until, among) if until is not None else None
        if request.relation is None:
            return None
        course = beside(start, request.relation, among, near=request.near, period=request.period)
        if start.event is None:
            return course
        fact = start.event.record.fact
        event = shorten(fact.text, _MAX_EVENT, placeholder=" …")
        if fact.date is not None:
            event = Message("{text} ({date})", text=event, date=fact.date)
        note = Message("Counted from: {event}", event=event)
        return replace(course, note=joined([note, course.note]))

    def followed_up(self) -> Iterator[Document]:
        """Yield what the facts of the answer before belong to, in their order: their events, or else the facts themselves."""
        positions = (self.topics.index.position_of[number] for number in self.before if number in self.topics.index.position_of)
        yield from (self.topics.index.event_of(fact) or fact for fact in map(self.topics.index.documents.__getitem__, positions))
