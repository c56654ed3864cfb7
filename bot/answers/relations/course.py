"""The course of events: what happened before, after or between events, next, first and last, and what that is counted from.

In: a request, the index of a whole story and its topics. Out: a `Course`, the facts in order with a note.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cmp_to_key
from textwrap import shorten
from typing import NamedTuple

from bot.answers.finding.documents import Document
from bot.answers.finding.index import StoryIndex
from bot.answers.relations.order import Moment, by_clock, compare, follows, in_period, latest, moment_of, same_date
from bot.answers.relations.requests import DayRange, Relation, Request
from bot.answers.relations.topics import Topics
from bot.presentation.languages import language, say

MOST = 12  # facts of one answer
UNSURE_ORDER = "The dates do not tell these apart."
STORY_ORDER = "Where dates are the same, the order is that of the story."
PART = "These are {number} of {all}; /timeline shows them all."

FROM = "Counted from: {event}"
_AFTER_ALL = 10**12  # a place beyond every one in a story
_OF_THE_ACTOR = re.compile(r"^(?:his|her|their|its|he|she|they|it) ")
_LONGEST_EVENT = 100


class Dated(NamedTuple):
    """A fact and when it was."""

    document: Document
    moment: Moment


class Anchor(NamedTuple):
    """The moment to count from, and the fact of that moment, unless it is a mere date."""

    moment: Moment
    document: Document | None = None


class Course(NamedTuple):
    """The facts that answer, in order, and a note on them."""

    documents: tuple[Document, ...]
    note: str | None = None


def dated(index: StoryIndex, wanted: Callable[[Document], bool]) -> list[Dated]:
    """Return the facts that are wanted and have a date."""
    found = ((document, _moment(index, place)) for place, document in enumerate(index.documents) if wanted(document))
    return [Dated(document, moment) for document, moment in found if moment is not None]


def _moment(index: StoryIndex, place: int) -> Moment | None:
    """Return when a fact was. Words about an event on its day come right after it; a time of day in them is not their own."""
    document = index.documents[place]
    size = len(index.documents) + 1
    own = moment_of(document, place * size)
    if own is None or document.record.fact.kind == "event":
        return own
    linked = index.place_of.get(document.event) if document.event is not None else None
    event = moment_of(index.documents[linked], linked * size) if linked is not None else None
    if event is None or (event.first, event.last) != (own.first, own.last):
        return replace(own, minute=None)
    return replace(own, minute=event.minute, place=event.place + place + 1)


def beside(anchor: Anchor, relation: Relation, among: Sequence[Dated], *, near: bool, period: DayRange | None = None) -> Course:
    """Return what came before or after an anchor, in a period if one is given; ``near``: only the nearest of it."""
    others = [each for each in among if each.document is not anchor.document]
    if relation in ("around", "during", "same day"):
        last = period.last if period is not None else 0
        return _listed([each for each in others if in_period(each.moment, anchor.moment, -last, last)])
    if relation == "before":
        earlier = _in(period, anchor, [each for each in others if follows(anchor.moment, each.moment)], before=True)
        found = _in_order(earlier)
        return _noted(_nearest(found[::-1]) if near else _listed(found, keep_last=True), anchor, found)
    later = _in(period, anchor, [each for each in others if follows(each.moment, anchor.moment)], before=False)
    found = _in_order(later)
    return _noted(_nearest(found) if near or relation == "next" else _listed(found), anchor, found)


def _noted(course: Course, anchor: Anchor, found: Sequence[Dated]) -> Course:
    """Add a note where only the story's order puts a fact that is shown before the anchor or after it."""
    shown = {document.number for document in course.documents}
    beside_it = (each.moment for each in found if anchor.document is not None and each.document.number in shown)
    guessed = any(same_date(each, anchor.moment) and not by_clock(each, anchor.moment) for each in beside_it)
    return course._replace(note=" ".join(filter(None, (course.note, say(STORY_ORDER))))) if guessed else course


def _in(period: DayRange | None, anchor: Anchor, found: Sequence[Dated], *, before: bool) -> Sequence[Dated]:
    if period is None:
        return found
    first, last = (-period.last, -period.first) if before else period
    return [each for each in found if in_period(each.moment, anchor.moment, first, last)]


def between(one: Anchor, other: Anchor, among: Sequence[Dated]) -> Course:
    """Return what came after one anchor and before the other, whichever is the earlier."""
    start, end = (one, other) if follows(other.moment, one.moment) else (other, one)
    others = (each for each in among if each.document is not one.document and each.document is not other.document)
    return _listed([each for each in others if follows(each.moment, start.moment) and follows(end.moment, each.moment)])


def extreme(relation: Relation, among: Sequence[Dated]) -> Course:
    """Return the first or the last of some facts, several where the dates do not tell them apart."""
    moments = latest([each.moment for each in among], first=relation == "first")
    found = _listed([each for each in among if each.moment in moments])
    return found._replace(note=say(UNSURE_ORDER)) if len(found.documents) > 1 else found


def _in_order(found: Sequence[Dated]) -> list[Dated]:
    def by_moment(one: Dated, other: Dated) -> int:
        return compare(one.moment, other.moment)

    return sorted(found, key=cmp_to_key(by_moment))


def _nearest(found: Sequence[Dated]) -> Course:
    """Return the first of some facts in order, with those of the same date that no clock tells from it."""
    if not found:
        return Course(())
    first = found[0].moment
    same = [
        each
        for each in found
        if (each.moment.first, each.moment.last, each.moment.minute) == (first.first, first.last, first.minute)
    ]
    return Course(tuple(each.document for each in _in_order(same)[:MOST]))


def _listed(found: Sequence[Dated], *, keep_last: bool = False) -> Course:
    ordered = _in_order(found)
    shown = ordered[-MOST:] if keep_last else ordered[:MOST]
    part = say(PART).format(number=len(shown), all=len(ordered)) if len(ordered) > MOST else None
    return Course(tuple(each.document for each in shown), part)


class Start(NamedTuple):
    """An event or a date to count from; ``anchor`` is None for an event without a date."""

    event: Document | None
    anchor: Anchor | None

    def is_beside(self, document: Document) -> bool:
        """Return whether a fact is of the same story; a mere date is of every story."""
        return self.event is None or self.event.record.story.id == document.record.story.id


class Reckoning:
    """Counts from what a request names."""

    def __init__(self, request: Request, index: StoryIndex, topics: Topics, before: Sequence[int]) -> None:
        self._request = request
        self._index = index
        self._topics = topics
        self._before = before

    def start(self) -> Start | None:
        """Return what the request counts from, None where its words stand for no event and no date."""
        return self._start(self._request.topic)

    def course(self, start: Start, among: Sequence[Dated]) -> Course | None:
        """Return the facts that lie to a start as the request wants it; None where the other end of "between" is not known."""
        request, anchor = self._request, start.anchor
        if request.relation == "between":
            until = self._start(request.until)
            if until is None:
                return None
            return between(anchor, until.anchor, among) if anchor and until.anchor else Course(())
        if request.relation is None:
            return None
        found = beside(anchor, request.relation, among, near=request.near, period=request.period) if anchor else Course(())
        if start.event is None:
            return found
        note = say(FROM).format(event=_event_words(start.event))
        return found._replace(note=" ".join(filter(None, (note, found.note))))

    def _start(self, words: str | None) -> Start | None:
        event = self._event(words) if self._request.relation != "during" else None
        if event is not None:
            moments = dated(self._index, lambda each: each is event)
            return Start(event, Anchor(moments[0].moment, event) if moments else None)
        span = self._topics.dates(words) if words is not None else None
        if span is None:
            return None
        comes_last = self._request.relation != "before" and words != self._request.until
        return Start(None, Anchor(Moment(*span, None, _AFTER_ALL if comes_last else -1)))

    def _event(self, words: str | None) -> Document | None:
        """Return the event that words stand for; without words, what the question follows up."""
        if words is not None:
            if self._request.actor is not None:
                words = _OF_THE_ACTOR.sub(f"{self._request.actor} ", words)
            topic = self._topics.event(words)
            return None if topic is None else topic.event
        return next(self.followed_up(), None)

    def followed_up(self) -> Iterator[Document]:
        """Yield what the facts of the answer before belong to, in their order: their events, or else the facts themselves."""
        for place in (self._index.place_of[number] for number in self._before if number in self._index.place_of):
            fact = self._index.documents[place]
            linked = self._index.place_of.get(fact.event) if fact.event is not None else None
            yield self._index.documents[linked] if linked is not None else fact


def _event_words(document: Document) -> str:
    """Return an event in a line: its text and its date."""
    fact = document.record.fact
    text = shorten(fact.text, _LONGEST_EVENT, placeholder=" …")
    return f"{text} ({fact.date.words(language())})" if fact.date is not None else text
