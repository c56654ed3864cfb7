"""What a question about time is counted from: an event that its words call, a date, or what was talked of before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from textwrap import shorten
from typing import NamedTuple

from bot.answers.finding.documents import Document
from bot.answers.finding.index import StoryIndex
from bot.answers.relations.course import Anchor, Course, Dated, beside, between, dated
from bot.answers.relations.order import Moment
from bot.answers.relations.requests import Request
from bot.answers.relations.topics import Topics
from bot.presentation.languages import language, say

FROM = "Counted from: {event}"
_FAR = 10**12  # beyond every place in a story
_OF_THE_ACTOR = re.compile(r"^(?:his|her|their|its|he|she|they|it) ")
_LONGEST_EVENT = 100


class Start(NamedTuple):
    """An event or a date to count from, and when it was, as far as anybody knows."""

    event: Document | None
    anchor: Anchor | None

    def is_beside(self, document: Document) -> bool:
        """Tell whether a fact is of the same story; a date is that of every story."""
        return self.event is None or self.event.record.story.id == document.record.story.id


class Reckoning:
    """Counts from what a request names."""

    def __init__(self, request: Request, index: StoryIndex, topics: Topics, before: Sequence[int]) -> None:
        self._request = request
        self._index = index
        self._topics = topics
        self._before = before

    def start(self) -> Start | None:
        """Return what the request counts from, None where its words call nothing."""
        return self._start(self._request.topic)

    def course(self, start: Start, among: Sequence[Dated]) -> Course | None:
        """Return those of some facts that lie to a start as the request wants it; None where its other end is not known."""
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
        comes_last = self._request.relation not in ("before", "day before") and words != self._request.until
        return Start(None, Anchor(Moment(*span, None, _FAR if comes_last else -1)))

    def _event(self, words: str | None) -> Document | None:
        """Return the event that words call, or for "that" the event of the fact that was talked of."""
        if words is not None:
            if self._request.actor is not None:
                words = _OF_THE_ACTOR.sub(f"{self._request.actor} ", words)
            topic = self._topics.event(words)
            return None if topic is None else topic.event
        place = next((self._index.place_of[number] for number in self._before if number in self._index.place_of), None)
        if place is None:
            return None
        fact = self._index.documents[place]
        linked = self._index.place_of.get(fact.event) if fact.event is not None else None
        return self._index.documents[linked] if linked is not None else fact


def _event_words(document: Document) -> str:
    """Return an event in a line: its text and its date."""
    fact = document.record.fact
    text = shorten(fact.text, _LONGEST_EVENT, placeholder=" …")
    return f"{text} ({fact.date.words(language())})" if fact.date is not None else text
