"""Sides: who has spoken about an event or about somebody, who supports it, who is against it, and who says the contrary of what
somebody says; each in their own words.

Words are about an event where the editor linked them to it, or to another event that is itself something said about it; and
about somebody where the editor says so. A stance is taken from words of approval or objection in them, or in the event in which
they were said. Where no words show the stance that is asked for, those that show none are given instead, with a note.

Whoever says a thing does not count among those who dispute it. The reader finds what others say about it; they are counted as
another side only where their words are contrary to it: another number of the same kind, a denial, a word of opposite meaning, an
objection.

In: a `Topic`, or what is disputed, and the index of its story. Out: facts of those who speak about it, and the people who may
speak for an actor.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from itertools import chain, zip_longest
from typing import NamedTuple

from bot.answers.finding.documents import Document, actor_key
from bot.answers.finding.index import StoryIndex
from bot.answers.question.expected_answer import SAY_VERBS, SPEECH_ACTS, SPEECH_NOUNS
from bot.answers.question.parsing import Question
from bot.answers.reader.features import ABOUT, cover
from bot.answers.reader.reading import ReadFact
from bot.answers.relations.stances import Stance, Stances, Targets
from bot.answers.relations.topics import Topic, Topics
from bot.english.compared_words import NEGATIONS
from bot.english.numbers import numbers_in
from bot.english.search_words import words_of

# Verbs that questions use for somebody's words, but that in an event do not show that anybody spoke.
_NOT_SPEAKING = frozenset(
    "find found determine determined discover discovered put add added rule ruled want wanted answer answered".split()
)
# Words of a role that set somebody apart from the body it mentions.
_APART = re.compile(r"\b(?:former|formerly|ex|critics?|opponents?|rivals?|against|victim|accuser)\b", re.IGNORECASE)
_OFFICE = (
    r"(?:spokes\w+|spokesperson|head|chief|chair\w*|president|director|editor|executive|CEO|minister|secretary|manager|captain|coach|"
    r"owner|(?:co-?)?founder|leader|officer|boss|governor|commissioner|principal|partner|lawyer|counsel|solicitor|barrister|"
    r"attorney|ambassador|candidate|commander|chancellor|organi[sz]er|trustee|treasurer|superintendent|curator|dean|rector)"
)
_OF = rf"\b{_OFFICE}\b(?:[ -][\w-]+){{{{0,4}}}}? (?:of|for|at|to|with) (?:the )?{{name}}(?!['’])"
_BEFORE = rf"{{name}}(?:['’]s?)?(?: [\w-]+){{{{0,2}}}}? {_OFFICE}\b"
_MAX_FACTS = 4  # facts of an answer about what is disputed
_WEIGHTS = 1.0, 0.5, 0.5  # of the question, of its subject and of what is disputed, where others' words are ranked
ALSO = -1.0  # log odds from which the reader takes a fact for one that answers
_SHARED = 2  # content words in common from which a denial speaks of the same


class Voices(NamedTuple):
    """Facts that answer; unless ``sure``, they are words of others, whose side nothing shows.

    ``stated`` is the fact with which they agree or disagree, where there is one.
    """

    documents: tuple[Document, ...]
    sure: bool = True
    stated: Document | None = None


class Sides:
    """Finds who speaks about what in a story."""

    def __init__(self, index: StoryIndex) -> None:
        self._index = index
        self._spoken = [document for document in index.documents if not document.is_event and document.speakers]
        self._stances = Stances(index.lexicon)
        self._targets = Targets(index, self._stances)
        self._speech = frozenset(index.lexicon.stem(word) for word in (SAY_VERBS | SPEECH_ACTS | SPEECH_NOUNS) - _NOT_SPEAKING)

    def about(self, topic: Topic) -> list[Document]:
        """Return the quotes and claims about a topic, in the story's order; about actors only those of others."""
        return [document for document in self._spoken if self._is_about(document, topic)]

    def taking(self, stance: Stance, topic: Topic) -> Voices:
        """Return the facts that show who supports or opposes a topic; without any, the words of others, which is not sure.

        Words that belong to another event, but name the topic, count where none of its own show the side.
        """
        about = self.about(topic)
        voices = self._taking(stance, topic, about)
        mentioning = [document for document in self._spoken if self._mentions(document, topic) and document not in about]
        return voices if voices.sure or not mentioning else self._taking(stance, topic, [*about, *mentioning])

    def _taking(self, stance: Stance, topic: Topic, others: list[Document]) -> Voices:
        if stance == "opposes":
            own = topic.actors | people_of(self._index, topic.actors)
            others = [other for other in others if not other.speakers <= own]
        stances: dict[int, Stance | None] = {}
        for other in others:
            event = self._index.event_of(other)
            if event is None or event is topic.event or self.is_taking_side(other):
                stances[other.number] = self._shown(other, topic)
            else:  # words that show no stance have that of the event in which they were said
                stances[other.number] = self._shown(event, topic) if other.speakers & event.actors else None
        shown = [other for other in others if stances[other.number] == stance]
        # Events in which others support the topic or oppose it: "officials applauded the ban".
        events = [
            document
            for document in self._index.documents
            if document.is_event and not document.actors <= topic.actors
            if topic.event is None or self._mentions(document, topic)
            if self._shown(document, topic) == stance
        ]
        if events or shown:
            return Voices((*events, *shown))
        doers = topic.event.actors if topic.event is not None else frozenset()
        undecided = (other for other in others if stances[other.number] is None and not other.speakers <= doers)
        return Voices(tuple(undecided), sure=False)

    def _is_about(self, document: Document, topic: Topic) -> bool:
        event = self._index.event_of(document)
        if topic.event is not None:
            if document.event == topic.event.number:
                return True
            return event is not None and self._mentions(event, topic) and not self._speech.isdisjoint(event.sequence)
        if not topic.actors.isdisjoint(document.speakers):
            return False
        # Words are about the editor's subjects, and about the objects of the event in which they were said.
        subjects = {actor_key(document.record.story.id, actor.id) for actor in document.record.subjects}
        if event is not None and not document.speakers.isdisjoint(event.actors):
            subjects.update(self._targets.objects(event))
        return not topic.actors.isdisjoint(subjects)

    def _mentions(self, document: Document, topic: Topic) -> bool:
        """Return whether a fact other than the topic has the words for the topic in its text, and is of the same story."""
        event = topic.event
        if event is None or event.number == document.number or event.record.story.id != document.record.story.id:
            return False
        return bool(topic.stems) and topic.stems <= document.text

    def is_taking_side(self, document: Document) -> bool:
        """Return whether a fact's own text shows a stance, towards whatever."""
        return self._stances.of(document.record.fact.text, own=not document.is_event) is not None

    def _shown(self, document: Document, topic: Topic) -> Stance | None:
        """Return the stance of a fact's text towards a topic, None where it shows none or both."""
        if self._stances.stems.isdisjoint(document.sequence):
            return None
        people = topic.actors | people_of(self._index, topic.actors) if topic.event is None else None
        by_stance = self._stances.offsets(document.record.fact.text, own=not document.is_event)

        def is_towards_it(offset: int) -> bool:
            of_it = not self._targets.is_of_something_else(document, offset)
            return of_it and (people is None or self._targets.is_meant(document, offset, people))

        meant = {stance for stance, offsets in by_stance.items() if any(map(is_towards_it, offsets))}
        return meant.pop() if len(meant) == 1 else None


def opinions(
    topics: Topics, question: str, stance: Stance, speakers: frozenset[str], subject: str, *, spoken_alone: bool = False
) -> Voices | None:
    """Return what others say about a subject, those first who take the stance; None where nobody has stated it.

    ``speakers`` are those with whom the others are to agree or disagree; where there are none, whoever states the subject.
    ``spoken_alone``: what happened is no answer, such as where somebody is asked what they say to it.
    """
    asked, index = topics.read(subject), topics.index
    pool = [document.number for document in index.documents if not speakers or not speakers.isdisjoint(document.speakers)]
    stating = [fact.document for fact in topics.read_among(subject, pool).facts if _speaks_of(asked, fact)]
    if not stating:
        return None
    stated = next((document for document in stating if is_denied(document.record.fact.text) == is_denied(subject)), stating[0])
    own = speakers or stated.speakers
    own |= people_of(index, own)
    numbers = numbers_of(subject)
    others = [
        document.number
        for document in index.documents
        if document.number != stated.number
        and not (document.speakers and document.speakers <= own)
        and not (numbers and numbers <= numbers_of(document.record.fact.text))
    ]

    def is_near(read: ReadFact) -> bool:  # by its words, by its event, or by what it has amounts of
        linked = read.document.event is not None and read.document.event == stated.event
        counted = bool(numbers) and not _amounts(read.document).isdisjoint(_amounts(stated))
        return _speaks_of(asked, read) or linked or counted

    near = [fact.document for fact in _ranked(topics, (question, subject, stated.record.fact.text), others) if is_near(fact)]
    documents = [document for position, document in enumerate(near) if not (document.is_event and (position or spoken_alone))]
    stances = Stances(index.lexicon)
    sides = []
    for document in documents:
        shown = stances.of(document.record.fact.text, own=not document.is_event)
        if stance == ("opposes" if _contradicts(document, stated) else shown):
            sides.append(document)
    spoken = [document for document in documents if document.speakers]  # an event that takes no side says nothing about it
    return Voices(tuple((sides or spoken or documents)[:_MAX_FACTS]), sure=bool(sides), stated=stated)


def _speaks_of(asked: Question, read: ReadFact) -> bool:
    """Return whether a fact is about a subject as asked for, by its words or as the reader has it."""
    return cover(asked.terms, read.document) >= ABOUT or read.judged.also >= ALSO


def _ranked(topics: Topics, texts: Sequence[str], among: Collection[int]) -> list[ReadFact]:
    """Return some facts, nearest first to the question, to its subject, and to the words that are disputed."""
    readings = [topics.read_among(text, among) for text in texts]
    scores: Counter[int] = Counter()
    for reading, weight in zip(readings, _WEIGHTS, strict=True):
        score_of = {fact.document.number: fact.judged.score for fact in reading.facts}
        least = min(score_of.values(), default=0.0)
        scores.update({fact.document.number: weight * score_of.get(fact.document.number, least) for fact in readings[0].facts})
    return sorted(readings[0].facts, key=lambda fact: -scores[fact.document.number])


def _contradicts(one: Document, other: Document) -> bool:
    """Return whether two facts about the same contradict each other by a number or a denial."""
    texts = one.record.fact.text, other.record.fact.text
    numbers = [numbers_of(text) for text in texts]
    if all(numbers) and numbers[0].isdisjoint(numbers[1]) and not _amounts(one).isdisjoint(_amounts(other)):
        return True
    return is_denied(texts[0]) != is_denied(texts[1]) and len(one.text & other.text) >= _SHARED


def _amounts(document: Document) -> frozenset[tuple[str, str | None]]:
    """Return what a fact's text has amounts of: their kinds, and what is counted or their units."""
    return frozenset((amount.kind, amount.noun) for amount in document.amounts)


def is_denied(text: str) -> bool:
    """Return whether a text has an odd number of words of denial."""
    return sum(word in NEGATIONS for word in words_of(text)) % 2 == 1


def numbers_of(text: str) -> frozenset[str]:
    """Return the numbers of a text, in figures, whether written so or in words."""
    return frozenset(number for _, number in numbers_in(words_of(text)))


def by_side(documents: Iterable[Document], most: int) -> tuple[Document, ...]:
    """Return at most ``most`` facts, one of each side before any has two, in the order in which they were given."""
    given = {document.number: document for document in documents}
    sides: dict[frozenset[str] | int, list[Document]] = {}
    for document in given.values():
        sides.setdefault(document.speakers or document.number, []).append(document)
    quotes_first = (sorted(side, key=lambda document: document.record.fact.kind != "quote") for side in sides.values())
    turns = chain.from_iterable(zip_longest(*quotes_first))
    chosen = [turn.number for turn in turns if turn is not None][:most]
    return tuple(document for number, document in given.items() if number in chosen)


def speakers_of(documents: Sequence[Document]) -> tuple[str, ...]:
    """Return the names of the speakers of facts, or of the first actor of an event, in the facts' order."""
    names = (actor.name for document in documents for actor in document.record.speakers or document.record.participants[:1])
    return tuple(dict.fromkeys(names))


def people_of(index: StoryIndex, actors: Iterable[str]) -> frozenset[str]:
    """Return the actors whose role mentions any of these (all by keys), but no former ones and no opponents."""
    return _with_role(index, _named(index, actors))


def spokespeople_of(index: StoryIndex, actors: Iterable[str]) -> frozenset[str]:
    """Return the people who hold an office at any of these actors, and so may speak for it: "editor-in-chief of RT"."""
    name = _named(index, (key for key in actors if index.actors[key].kind != "person"))
    return _with_role(index, f"(?i:{_OF}|{_BEFORE})".format(name=name), persons=True)


def spokespeople_for(index: StoryIndex, words: str) -> frozenset[str]:
    """Return the people whose role speaks for a body without an entry in the story: "spokesman of the families"."""
    called = re.escape(words.removeprefix("the "))
    return _with_role(index, f"(?i:{_OF})".format(name=rf"(?:[\w-]+['’]? ){{0,2}}{called}\b"), persons=True)


def _named(index: StoryIndex, actors: Iterable[str]) -> str:
    names = (re.escape(name) for key in actors for name in (index.actors[key].name, *index.actors[key].aliases))
    return rf"(?<!\w)(?-i:{'|'.join(names) or '(?!)'})(?!\w)"


def _with_role(index: StoryIndex, pattern: str, *, persons: bool = False) -> frozenset[str]:
    actors = ((key, actor.role or "") for key, actor in index.actors.items() if actor.kind == "person" or not persons)
    return frozenset(key for key, role in actors if re.search(pattern, role) and not _APART.search(role))
