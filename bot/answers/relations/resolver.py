"""Answers about time and sides: what a request finds in a story, with the short answer and what has to be said beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot.answers.finding.documents import Document
from bot.answers.finding.index import StoryIndex
from bot.answers.question.parsing import Question
from bot.answers.relations.course import MOST, Dated, Reckoning, Start, dated, extreme
from bot.answers.relations.requests import Request, read_requests
from bot.answers.relations.sides import Sides, by_side, speakers_of, spokespeople_for, spokespeople_of
from bot.answers.relations.stances import Stance
from bot.answers.relations.topics import Topics
from bot.english.lexicon import Lexicon
from bot.presentation.languages import say

SURE = 0.95
UNSURE = 0.5  # confidence in what others say, where nothing shows on which side they are
OTHERS_SAY = "The facts do not tell who is on that side. This is what others say about it."
FOR_THEM = "These are words of those who, by their role, may speak for {actor}."
NO_WORDS = "No fact tells what {actor} said."
NO_SIDES = "No fact tells who is for or against that."
NOTHING_THEN = "No fact tells what happened then."
NOTHING_SAID_THEN = "No fact tells what was said then."
NO_EVENT = "The facts know of no such event."
AFTER_WHAT = "Before or after what? Name an event, or reply to the answer that you mean."
_LONGEST_SHORT = 200


@dataclass(frozen=True, slots=True)
class Told:
    """The facts that answer, in the order in which they are to be shown, the short answer, a note, and how sure it is.

    There are none where the event is known from which to count, and nothing that came before it or after it; nor where nobody
    has said from which to count, which ``known`` asks. ``final``: there is no doubt that none answers.
    """

    documents: tuple[Document, ...]
    short: str | None = None
    note: str | None = None
    confidence: float = SURE
    known: str | None = None
    final: bool = False


def tell(question: Question, index: StoryIndex, lexicon: Lexicon, before: Sequence[int] = ()) -> Told | None:
    """Answer a question about time or sides; None where it is not one, or the facts do not answer it as one.

    ``before`` are the facts (by number) that the question follows up: "what happened next".
    """
    for request in read_requests(question.words):
        told = _Teller(request, index, lexicon, before).tell()
        if told is not None:
            return told
    return None


class _Speaker(NamedTuple):
    """Who is asked to have spoken, those who may speak for them, and what they are called."""

    actors: frozenset[str]
    people: frozenset[str]
    name: str


class _Teller:
    def __init__(self, request: Request, index: StoryIndex, lexicon: Lexicon, before: Sequence[int]) -> None:
        self._request = request
        self._index = index
        self._topics = Topics(index, lexicon)
        self._lexicon = lexicon
        self._before = before
        self._reckoning = Reckoning(request, index, self._topics, before)

    def tell(self) -> Told | None:
        """Answer the request; None where it names nobody and nothing that the story has."""
        if self._request.wish == "happened":
            return self._happened()
        told = self._of_voices()
        return told if told is not None and (told.documents or told.known) else None

    def _of_voices(self) -> Told | None:
        match self._request.wish:
            case "said":
                return self._said()
            case "then":
                return self._said_then()
            case "about":
                return self._said_about()
            case "spoke":
                return self._spoke()
            case "supports" | "opposes" as stance:
                return self._taking(stance)
            case _:
                return None

    def _happened(self) -> Told | None:
        request = self._request
        if request.relation in ("first", "last"):
            course = extreme(request.relation, dated(self._index, _is_event))
            return Told(course.documents, note=course.note) if course.documents else None
        if request.topic is None and not self._before:
            return Told((), known=say(AFTER_WHAT), final=True)
        start = self._reckoning.start()
        if start is None or (start.event is None and request.period is None and request.actor is None):
            return None  # what happened in mere dates is told by the dates of facts
        among = self._events_beside(start)
        found = self._reckoning.course(start, among) if among is not None else None
        return None if found is None else Told(found.documents, note=found.note)

    def _events_beside(self, start: Start) -> list[Dated] | None:
        """Return the events of the story of what is counted from, those of an actor alone where the request names one."""
        events = dated(self._index, lambda each: _is_event(each) and start.is_beside(each))
        if self._request.actor is None:
            return events
        actor = self._topics.anyone(self._request.actor)
        return None if actor is None else [each for each in events if not actor.actors.isdisjoint(each.document.actors)]

    def _said(self) -> Told | None:
        """Return the first or last words of somebody, or about something."""
        request = self._request
        speaker = self._speaker(request.actor)
        topic = self._topics.anything(request.topic) if request.topic is not None else None
        if (
            (speaker is None) is not (request.actor is None)
            or (topic is None) is not (request.topic is None)
            or request.relation is None
        ):
            return None
        found = Sides(self._index, self._lexicon).about(topic) if topic is not None else self._index.documents
        spoken = [each for each in found if not _is_event(each) and each.speakers]
        words, note = self._by(speaker, spoken) if speaker is not None else (spoken, None)
        course = extreme(request.relation, self._dated(words))
        short = None if request.actor is not None else _speakers(course.documents)
        return Told(course.documents, short, _notes(note, course.note))

    def _said_then(self) -> Told | None:
        """Return what was said before or after an event, by somebody or of something where the request names it."""
        request = self._request
        start = self._reckoning.start()
        speaker = self._speaker(request.actor)
        subject = self._topics.anything(request.subject) if request.subject is not None else None
        if (speaker is None and request.actor) or (subject is None and request.subject):
            return None
        if start is None:
            return (
                Told((), known=say(NO_EVENT), final=True)
                if speaker is not None and self._topics.is_strange(request.topic or "")
                else None
            )
        documents = Sides(self._index, self._lexicon).about(subject) if subject is not None else self._index.documents
        spoken = [each for each in documents if each.speakers and start.is_beside(each)]
        voices = self._voices(speaker, spoken) if speaker is not None else ((spoken, None),)
        for words, note in voices:
            course = self._reckoning.course(start, self._dated(words))
            if course is None:
                return None
            if course.documents:
                return Told(course.documents, None if speaker else _speakers(course.documents), _notes(note, course.note))
        return Told((), known=say(NOTHING_SAID_THEN), final=True)

    def _said_about(self) -> Told | None:
        speaker = self._speaker(self._request.actor)
        topic = self._topics.anything(self._request.topic or "")
        if speaker is None or topic is None or not topic.is_called_plainly:
            return None
        sides = Sides(self._index, self._lexicon)
        found, note = self._by(speaker, sides.about(topic))
        if not found and not self._by(speaker, self._index.documents)[0] and not sides.is_told_to_speak(speaker.actors):
            return Told((), known=say(NO_WORDS).format(actor=speaker.name))
        return Told(by_side(found, MOST), note=note)

    def _dated(self, words: Sequence[Document]) -> list[Dated]:
        numbers = {each.number for each in words if not _is_event(each)}
        return dated(self._index, lambda each: each.number in numbers)

    def _by(self, speaker: _Speaker, documents: Sequence[Document]) -> tuple[list[Document], str | None]:
        """Return those of some facts that somebody says, where there are none those of who may speak for them, with a note."""
        own, others = self._voices(speaker, documents)
        return own if own[0] or not others[0] else others

    def _voices(self, speaker: _Speaker, documents: Sequence[Document]) -> tuple[tuple[list[Document], str | None], ...]:
        """Return those of some facts that somebody says, then those of who may speak for them, with what is to be noted."""
        spoken = [each for each in documents if not _is_event(each)]
        own = [each for each in spoken if not speaker.actors.isdisjoint(each.speakers)]
        others = [each for each in spoken if not speaker.people.isdisjoint(each.speakers)]
        return (own, None), (others, say(FOR_THEM).format(actor=speaker.name))

    def _speaker(self, words: str | None) -> _Speaker | None:
        """Return who is asked to have spoken, None where the story has neither them nor anybody who speaks for them."""
        if words is None:
            return None
        named = self._topics.anyone(words)
        if named is not None:
            actors = named.actors
            return _Speaker(actors, spokespeople_of(self._index, actors), self._index.actors[min(actors)].name)
        people = spokespeople_for(self._index, words)
        return _Speaker(frozenset(), people, words) if people else None

    def _spoke(self) -> Told | None:
        topic = self._topics.anything(self._request.topic or "")
        if topic is None:
            return None
        found = by_side(Sides(self._index, self._lexicon).about(topic), MOST)
        return Told(found, _speakers(found))

    def _taking(self, stance: Stance) -> Told | None:
        topic = self._topics.anything(self._request.topic or "")
        if topic is None:
            return None
        sides = Sides(self._index, self._lexicon)
        voices = sides.taking(stance, topic)
        found = by_side(voices.documents, MOST)
        if not found:
            return None if sides.tell_of(self._request.verb or "", topic) else Told((), known=say(NO_SIDES))
        if not voices.sure:
            return Told(found, note=say(OTHERS_SAY), confidence=UNSURE)
        return Told(found, _speakers(found))


def _notes(*notes: str | None) -> str | None:
    return " ".join(filter(None, notes)) or None


def _is_event(document: Document) -> bool:
    return document.record.fact.kind == "event"


def _speakers(documents: Sequence[Document]) -> str | None:
    """Return who speaks, where that is short enough to stand above the facts."""
    short = ", ".join(speakers_of(documents))
    return short if 0 < len(short) <= _LONGEST_SHORT else None
