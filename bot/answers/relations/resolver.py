"""Answers about time and sides: the facts that a request finds in a story, with the short answer and a note.

In: the question and the index of a whole story. Out: a `RelationAnswer`, None where the question is not one about time or sides,
or the facts do not answer it as one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal, NamedTuple

from bot.answers.finding.documents import Document
from bot.answers.models import MAX_FACTS, SURE
from bot.answers.question.parsing import Question
from bot.answers.reader.reading import ReadFact
from bot.answers.relations.chronology import NOT_APART, Reckoning, RelationAnswer, Start, dated, extreme
from bot.answers.relations.disputes import DisputeRequest, read_disputes
from bot.answers.relations.requests import read_requests
from bot.answers.relations.roles import answer_by_role, asks_role
from bot.answers.relations.sides import Sides, Voices, by_side, opinions, speakers_of, spokespeople_for, spokespeople_of
from bot.answers.relations.stances import Stance
from bot.answers.relations.topics import Topic, Topics
from bot.english.search_words import words_of
from bot.messages import Message, joined

UNSURE = 0.5  # confidence in what others say where nothing shows on which side they are
OTHERS_SAY = "The facts do not say who is on that side. This is what others say about it."
FOR_THEM = "These are the words of people whose role may let them speak for {actor}."
NOTHING_THEN = "No fact records what happened then."
ONLY_WORDS = "No fact records an event then. This is what was said."
AFTER_WHAT = "Before or after what? Name an event, or reply to the answer that you mean."
_MAX_SHORT = 200  # characters of names


def asks_relation(words: tuple[str, ...]) -> bool:
    """Return whether the words of a question have the form of one about time, sides or roles."""
    return asks_role(words) or any(next(read(words), None) is not None for read in (read_disputes, read_requests))


def asks_both_sides(words: tuple[str, ...]) -> bool:
    """Return whether the words of a question ask whether a thing is disputed."""
    return any(dispute.both for dispute in read_disputes(words))


def may_answer(question: Question, topics: Topics) -> bool:
    """Return whether a story is worth reading whole for a question, by the facts that have most to do with it.

    What somebody said about something is answered where an event or an actor is called that, and they are among these facts.
    """
    known = (
        request.wish != "about" or topics.anything(request.topic or "") is not None for request in read_requests(question.words)
    )
    return asks_role(question.words) or next(read_disputes(question.words), None) is not None or any(known)


def answer_by_relations(
    question: Question, topics: Topics, *, best: ReadFact | None, before: Sequence[int], earlier: str
) -> RelationAnswer | None:
    """Answer a question about time, sides or roles; None where it is not one, or the facts do not answer it as one.

    ``best`` is the fact that the reader takes for the answer, where it is sure of one. ``before`` are the facts (by number) that
    the question follows up: "what happened next"; ``earlier`` is the question that they answered.
    """
    by_role = answer_by_role(question.words, topics.index, best=best.document if best is not None else None)
    if by_role is not None:
        return by_role
    for dispute in read_disputes(question.words):
        disputed = _disputed(dispute, question, topics, before)
        if disputed is not None:
            return disputed
    for request in read_requests(question.words):
        reckoning = Reckoning(request, topics, before)
        answer = _Resolver(reckoning, best.document if best is not None else None, words_of(earlier)).resolve()
        if answer is not None and (answer.documents or answer.known):
            return answer
    return None


def _disputed(request: DisputeRequest, question: Question, topics: Topics, before: Sequence[int]) -> RelationAnswer | None:
    """Answer who takes a side in a dispute; None where nobody in the story has spoken of it, or it names nobody there."""
    if request.subject is None:
        return _other_side(topics, before)
    speakers: frozenset[str] = frozenset()
    if request.actor is not None:
        named = topics.anyone(request.actor)
        if named is None:
            return None
        speakers = named.actors
    elif not request.clause and topics.anything(request.subject) is not None:
        return None  # for or against somebody, or an event
    spoken_alone = request.both or request.by is not None
    asked = request.subject if spoken_alone else " ".join(question.words)
    voices = opinions(topics, asked, request.stance, speakers, request.subject, spoken_alone=spoken_alone)
    if voices is None:
        return None
    if request.by is not None:
        return _said_to_it(request.by, topics, voices)
    return _both_sides(voices) if request.both else _on_a_side(voices)


def _said_to_it(by: str, topics: Topics, voices: Voices) -> RelationAnswer | None:
    """Return what one actor says to a statement; None where the words for them name nobody in the story."""
    named = topics.anyone(by)
    if named is None or voices.stated is None:
        return None
    words = [document for document in voices.documents if not named.actors.isdisjoint(document.speakers)]
    if not words:
        called = topics.index.actors[min(named.actors)].name
        return RelationAnswer((), known=Message("No fact records what {actor} said to that.", actor=called), final=True)
    return RelationAnswer(tuple(words), confidence=SURE) if voices.sure else RelationAnswer(tuple(words[:1]), confidence=UNSURE)


def _both_sides(voices: Voices) -> RelationAnswer | None:
    """Return a statement with what others say to it; None where nobody says anything."""
    if not voices.documents or voices.stated is None:
        return None
    if not voices.sure:  # to name them would be to say that they disagree
        return RelationAnswer((voices.stated, voices.documents[0]), note=Message(OTHERS_SAY), confidence=UNSURE)
    shown = (voices.stated, *voices.documents)
    return RelationAnswer(shown, names_of_speakers(shown))


def _other_side(topics: Topics, before: Sequence[int]) -> RelationAnswer | None:
    """Return what others say to the fact that the answer before began with; None where nobody has spoken of it."""
    position = topics.index.position_of.get(before[0]) if before else None
    if position is None:
        return None
    stated = topics.index.documents[position]
    text = stated.record.fact.text
    voices = opinions(topics, text, "opposes", stated.speakers, text, spoken_alone=True)
    if voices is None or not voices.documents or not (voices.sure or stated.speakers):
        return None  # what nobody says and nobody contradicts has no other side: "the other one" is another bridge
    return _on_a_side(voices._replace(documents=voices.documents if voices.sure else voices.documents[:1]))


def _on_a_side(voices: Voices, *, final: bool = True) -> RelationAnswer:
    """Return those who take a side, or where nobody surely does what others say."""
    if not voices.documents:
        return RelationAnswer((), known=Message("I find no words for or against that in the facts."), final=final)
    if not voices.sure:
        return RelationAnswer(voices.documents, note=Message(OTHERS_SAY), confidence=UNSURE)
    return RelationAnswer(voices.documents, names_of_speakers(voices.documents))


class _Speaker(NamedTuple):
    """The actors whose words are asked for, the people who may speak for them, and the name for them."""

    actors: frozenset[str]
    people: frozenset[str]
    name: str


class _Resolver:
    """Answers one request. Where it finds neither facts nor a sentence, the request names nobody and nothing in the story."""

    def __init__(self, reckoning: Reckoning, best: Document | None, earlier: tuple[str, ...]) -> None:
        self._reckoning = reckoning
        self._request = reckoning.request
        self._topics = reckoning.topics
        self._index = reckoning.topics.index
        self._best = best
        self._earlier = earlier
        self._sides = Sides(self._index)

    def resolve(self) -> RelationAnswer | None:
        match self._request.wish:
            case "happened":
                return self._events()
            case "compared":
                return self._compared()
            case "said":
                return self._extreme_words()
            case "then":
                return self._words_beside()
            case "about":
                return self._words_about()
            case "spoke" | "supports" | "opposes" as wish:
                return self._speakers_about(wish)

    def _events(self) -> RelationAnswer | None:
        request = self._request
        if request.relation in ("first", "last"):
            return extreme(request.relation, dated(self._index, lambda document: document.is_event))
        if request.topic is None and not self._reckoning.before:
            return RelationAnswer((), known=Message(AFTER_WHAT), final=True)
        start = self._reckoning.start(request.topic)
        actor = self._topics.anyone(request.actor) if request.actor is not None else None
        if start is None or (start.event is None and request.period is None and request.actor is None):
            return None  # events of mere dates are found by the dates of facts, see `selection`
        if request.actor is not None and actor is None:
            return None
        events = dated(self._index, lambda document: document.is_event and start.is_beside(document))
        among = [event for event in events if actor is None or actor.actors & event.document.actors]
        course = self._reckoning.course(start, among)
        if course is None or (self._reckoning.guessed and self._best in (start.event, *course.documents)):
            return None
        return course if course.documents else self._no_events(start)

    def _no_events(self, start: Start) -> RelationAnswer | None:
        """Return what was said at a time that no event is known of; that no fact tells of it is claimed only where none may."""
        if start.moment is None:
            return None if self._reckoning.guessed else RelationAnswer((), known=Message("The facts do not say when that was."))
        if self._request.actor is not None or self._reckoning.guessed:
            return None
        words = self._reckoning.course(
            start, dated(self._index, lambda document: not document.is_event and start.is_beside(document))
        )
        if words is not None and words.documents:
            return replace(words, note=joined([Message(ONLY_WORDS), words.note]), confidence=UNSURE)
        undated = any(document.record.fact.date is None and start.is_beside(document) for document in self._index.documents)
        return RelationAnswer((), known=Message("No fact with a date records what happened then." if undated else NOTHING_THEN))

    def _compared(self) -> RelationAnswer | None:
        """Return two events in order, the one asked for first; with a note where their dates do not tell them apart."""
        named = [self._topics.event(words or "") for words in (self._request.topic, self._request.until)]
        events = [topic.event for topic in named if topic is not None and topic.event is not None]
        if len(events) < len(named) or self._request.relation is None:
            return None
        both = dated(self._index, lambda document: document in events)
        if len(both) < len(events):
            return RelationAnswer(tuple(events), note=Message(NOT_APART))  # one of them has no date
        asked = extreme(self._request.relation, both)
        others = tuple(fact.document for fact in both if fact.document not in asked.documents)
        return replace(asked, documents=(*asked.documents, *others))

    def _extreme_words(self) -> RelationAnswer | None:
        """Return the first or last words of an actor, or about a topic."""
        request = self._request
        speaker = self._speaker(request.actor)
        documents: Sequence[Document] = self._index.documents
        if request.topic is not None:
            topic = self._topics.anything(request.topic)
            about = self._sides.about(topic) if topic is not None else []
            covering = self._topics.covering(request.topic) if speaker is not None else []
            documents = list({document.number: document for document in (*about, *covering)}.values())
        if (speaker is None) is not (request.actor is None) or not documents or request.relation is None:
            return None
        words, note = self._voices(speaker, documents)[0]
        course = extreme(request.relation, dated(self._index, set(words).__contains__))
        short = None if speaker is not None else names_of_speakers(course.documents)
        return replace(course, short=short, note=joined([note, course.note]))

    def _words_beside(self) -> RelationAnswer | None:
        """Return what was said before or after an event, by an actor or about a subject where the request names one."""
        request = self._request
        start = self._reckoning.start(request.topic)
        speaker = self._speaker(request.actor)
        subject = self._topics.anything(request.subject) if request.subject is not None else None
        if (speaker is None and request.actor) or (subject is None and request.subject):
            return None
        if start is None:
            strange = speaker is not None and self._topics.is_strange(request.topic or "")
            return RelationAnswer((), known=Message("The facts know of no such event."), final=True) if strange else None
        documents = self._sides.about(subject) if subject is not None else self._index.documents
        for words, note in self._voices(speaker, [document for document in documents if start.is_beside(document)]):
            course = self._reckoning.course(start, dated(self._index, set(words).__contains__))
            if course is None:
                return None
            if course.documents:
                short = None if speaker else names_of_speakers(course.documents)
                return replace(course, short=short, note=joined([note, course.note]))
        return RelationAnswer((), known=Message("No fact records what was said then."), final=True)

    def _words_about(self) -> RelationAnswer | None:
        speaker = self._speaker(self._request.actor)
        topic = self._topics.anything(self._request.topic or "")
        if speaker is None or topic is None:
            return None
        words, note = self._voices(speaker, self._sides.about(topic))[0]
        if not words and not self._voices(speaker, self._index.documents)[0][0]:
            return RelationAnswer((), known=Message("No fact records what {actor} said.", actor=speaker.name))
        return RelationAnswer(by_side(words, MAX_FACTS), note=note)

    def _voices(self, speaker: _Speaker | None, documents: Sequence[Document]) -> list[tuple[list[Document], str | None]]:
        """Return the words among some facts that a speaker says, then those that their spokespeople say, each with its note.

        Of words by nobody the other ones come first. Without a speaker, all words are one.
        """
        spoken = [document for document in documents if document.speakers and not document.is_event]
        if speaker is None:
            return [(spoken, None)]
        own = [document for document in spoken if not speaker.actors.isdisjoint(document.speakers)]
        others = [document for document in spoken if not speaker.people.isdisjoint(document.speakers)]
        return sorted([(own, None), (others, Message(FOR_THEM, actor=speaker.name))], key=lambda voice: not voice[0])

    def _speaker(self, words: str | None) -> _Speaker | None:
        """Return the speaker that words name, None where the story has neither them nor anybody who speaks for them."""
        if words is None:
            return None
        named = self._topics.anyone(words)
        if named is not None:
            actors = named.actors
            return _Speaker(actors, spokespeople_of(self._index, actors), self._index.actors[min(actors)].name)
        people = spokespeople_for(self._index, words)
        return _Speaker(frozenset(), people, words) if people else None

    def _speakers_about(self, wish: Literal["spoke"] | Stance) -> RelationAnswer | None:
        """Return those who spoke about a topic, or those who took a side on it."""
        topic = self._topic()
        if topic is None:
            return None
        if wish == "spoke":
            documents = by_side(self._sides.about(topic), MAX_FACTS)
            return RelationAnswer(documents, names_of_speakers(documents))
        voices = self._sides.taking(wish, topic)
        return _on_a_side(voices._replace(documents=by_side(voices.documents, MAX_FACTS)), final=False)

    def _topic(self) -> Topic | None:
        """Return what the request is about; of "it" the event that the question follows up, called by the words of its id.

        After a question about sides that is what they were taken on, not what somebody did to take one.
        """
        if self._request.topic is not None:
            return self._topics.anything(self._request.topic)
        events = [event for event in self._reckoning.followed_up() if event.is_event]
        earlier = next(read_requests(self._earlier), None)
        if earlier is not None and earlier.wish in ("supports", "opposes", "spoke"):
            events.sort(key=self._sides.is_taking_side)
        if not events:
            return None
        event = events[0]
        names = {self._index.lexicon.stem(word) for actor in event.record.involved for word in words_of(actor.name)}
        return Topic(event, stems=event.id_stems - names)


def names_of_speakers(documents: Sequence[Document]) -> str | None:
    """Return the names of the speakers, None where they are too long for a short answer."""
    short = ", ".join(speakers_of(documents))
    return short if 0 < len(short) <= _MAX_SHORT else None
