"""Sides: who has spoken about an event or about somebody, who supports it and who is against it; each in their own words.

Whoever speaks is taken to speak about an event where the editor linked their words to it, or to another event that is itself
something said about it; and about somebody where the editor says so. A stance is taken from words of approval or objection in
what they said, or in the event that tells of it; where nobody's words show the one that is asked about, what others said is
shown whose words show none, and said to be that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, zip_longest
from typing import NamedTuple

from bot.answers.finding.documents import Document, actor_key
from bot.answers.finding.index import StoryIndex
from bot.answers.question.question_words import SAY_VERBS, SPEECH_ACTS, SPEECH_NOUNS
from bot.answers.relations.stances import Stance, Stances, Targets
from bot.answers.relations.topics import Topic
from bot.english.lexicon import Lexicon

_FINDS = frozenset(
    "find found determine determined discover discovered put add added rule ruled want wanted answer answered".split()
)
_APART = re.compile(r"\b(?:former|formerly|ex|critics?|opponents?|rivals?|against|victim|accuser)\b", re.IGNORECASE)
_OFFICE = (
    r"(?:spokes\w+|spokesperson|head|chief|chair\w*|president|director|editor|executive|CEO|minister|secretary|manager|captain|coach|"
    r"owner|(?:co-?)?founder|leader|officer|boss|governor|commissioner|principal|partner|lawyer|counsel|solicitor|barrister|"
    r"attorney|ambassador|candidate|commander|chancellor|organi[sz]er|trustee|treasurer|superintendent|curator|dean|rector)"
)
_OF = rf"\b{_OFFICE}\b(?:[ -][\w-]+){{{{0,4}}}}? (?:of|for|at|to|with) (?:the )?{{name}}(?!['’])"
_BEFORE = rf"{{name}}(?:['’]s?)?(?: [\w-]+){{{{0,2}}}}? {_OFFICE}\b"


class Voices(NamedTuple):
    """Facts that answer, and whether they are known to: else they are what others say whose side nothing shows."""

    documents: tuple[Document, ...]
    sure: bool = True


class Sides:
    """Finds who speaks about what in a story."""

    def __init__(self, index: StoryIndex, lexicon: Lexicon) -> None:
        self._index = index
        self._lexicon = lexicon
        self._stances = Stances(lexicon)
        self._targets = Targets(index, lexicon, self._stances)
        self._speech = frozenset(lexicon.stem(word) for word in (SAY_VERBS | SPEECH_ACTS | SPEECH_NOUNS) - _FINDS)
        self._by_number: Mapping[int, Document] = {document.number: document for document in index.documents}

    def about(self, topic: Topic) -> list[Document]:
        """Return what somebody said or claims about a topic, in the story's order; about actors only what others say."""
        spoken = (each for each in self._index.documents if each.record.fact.kind != "event" and each.speakers)
        return [each for each in spoken if self._is_about(each, topic)]

    def taking(self, stance: Stance, topic: Topic) -> Voices:
        """Return what shows who supports a topic or opposes it; where nothing shows it, what others say, which is not sure."""
        others = self.about(topic)
        if stance == "opposes":
            own = topic.actors | people_of(self._index, topic.actors)
            others = [each for each in others if not each.speakers <= own]
        stances = {each.number: self._stance(each, topic) for each in others}
        shown = [each for each in others if stances[each.number] == stance]
        told = [each for each in self._index.documents if self._tells(each, stance, topic)]
        if told or shown:
            return Voices((*told, *shown))
        doers = topic.event.actors if topic.event is not None else frozenset()
        undecided = (each for each in others if stances[each.number] is None and not each.speakers <= doers)
        return Voices(tuple(undecided), sure=False)

    def tell_of(self, verb: str, topic: Topic) -> bool:
        """Tell whether a fact about a topic has the verb with which a side is asked for; it may mean something else there."""
        stems = self._stances.stems.intersection(map(self._lexicon.stem, verb.split()))
        about = (each for each in self._index.documents if each is topic.event or not topic.actors.isdisjoint(each.actors))
        return any(not stems.isdisjoint(each.sequence) for each in about)

    def is_told_to_speak(self, actors: frozenset[str]) -> bool:
        """Tell whether an event tells that somebody spoke: "the ministry answered the report"."""
        events = (each for each in self._index.documents if each.record.fact.kind == "event")
        return any(not actors.isdisjoint(each.actors) and not self._speech.isdisjoint(each.sequence) for each in events)

    def _is_about(self, document: Document, topic: Topic) -> bool:
        if topic.event is None:
            return topic.actors.isdisjoint(document.speakers) and not topic.actors.isdisjoint(self._subjects(document))
        if document.event == topic.event.number:
            return True
        event = self._by_number.get(document.event) if document.event is not None else None
        if event is None:
            return False
        return self._mentions(event, topic) and not self._speech.isdisjoint(event.sequence)

    def _subjects(self, document: Document) -> frozenset[str]:
        """Return whom words are about: as the editor says, and whom the event is about in which they are said."""
        said = frozenset(actor_key(document.record.story.id, actor.id) for actor in document.record.subjects)
        event = self._by_number.get(document.event) if document.event is not None else None
        if event is None or document.speakers.isdisjoint(event.actors):
            return said
        return said.union(self._targets.objects(event))

    def _mentions(self, document: Document, topic: Topic) -> bool:
        """Tell whether an event other than the topic has the words for it in its text, and is of the same story."""
        event = topic.event
        if event is None or event.number == document.number or event.record.story.id != document.record.story.id:
            return False
        return bool(topic.stems) and topic.stems <= document.text

    def _stance(self, document: Document, topic: Topic) -> Stance | None:
        """Return the stance of words, else of the event in which their speaker takes it, where it is meant for the topic."""
        event = self._by_number.get(document.event) if document.event is not None else None
        if not self._is_open(document) or event is None or (topic.event is not None and event.number == topic.event.number):
            return self._shown(document, topic)
        return self._shown(event, topic) if document.speakers & event.actors else None

    def _is_open(self, document: Document) -> bool:
        """Tell whether a fact's own text shows no stance, whatever it may be meant for."""
        fact = document.record.fact
        return self._stances.of(fact.text, own=fact.kind != "event") is None

    def _shown(self, document: Document, topic: Topic) -> Stance | None:
        """Return the stance of a fact's text towards a topic; most have no word that shows one."""
        if self._stances.stems.isdisjoint(document.sequence):
            return None
        fact = document.record.fact
        found = self._stances.places(fact.text, own=fact.kind != "event")
        meant = {stance for stance, places in found.items() if any(self._is_meant(document, each, topic) for each in places)}
        return meant.pop() if len(meant) == 1 else None

    def _is_meant(self, document: Document, place: int, topic: Topic) -> bool:
        """Tell whether the word of a stance is meant for a topic, or for those who belong to it."""
        if self._targets.is_of_something_else(document, place):
            return False
        return topic.event is not None or self._targets.is_meant(
            document, place, topic.actors | people_of(self._index, topic.actors)
        )

    def _tells(self, document: Document, stance: Stance, topic: Topic) -> bool:
        """Tell whether an event is that others support the topic or oppose it: "officials applauded the ban"."""
        if document.record.fact.kind != "event" or document.actors <= topic.actors:
            return False
        return (topic.event is None or self._mentions(document, topic)) and self._shown(document, topic) == stance


def by_side(documents: Iterable[Document], most: int) -> tuple[Document, ...]:
    """Return at most so many facts, of each side one before any has two, in the order in which they were given."""
    given = {each.number: each for each in documents}
    sides: dict[frozenset[str] | int, list[Document]] = {}
    for each in given.values():
        sides.setdefault(each.speakers or each.number, []).append(each)
    turns = chain.from_iterable(zip_longest(*(_quotes_first(side) for side in sides.values())))
    chosen = [each.number for each in turns if each is not None][:most]
    return tuple(each for number, each in given.items() if number in chosen)


def speakers_of(documents: Sequence[Document]) -> tuple[str, ...]:
    """Return the names of those who speak or act in facts, in their order."""
    names = (actor.name for each in documents for actor in each.record.speakers or each.record.participants[:1])
    return tuple(dict.fromkeys(names))


def _quotes_first(side: Sequence[Document]) -> list[Document]:
    return sorted(side, key=lambda each: each.record.fact.kind != "quote")


def people_of(index: StoryIndex, actors: Iterable[str]) -> frozenset[str]:
    """Return whose role names one of some actors (all by their keys), unless it sets them apart: "former head of RT"."""
    return _with_role(index, re.compile(_named(index, actors)))


def spokespeople_of(index: StoryIndex, actors: Iterable[str]) -> frozenset[str]:
    """Return the persons who hold an office at one of some actors, so that they may speak for it: "editor-in-chief of RT"."""
    organisations = [key for key in actors if index.actors[key].kind != "person"]
    of, before = _OF.format(name=_named(index, organisations)), _BEFORE.format(name=_named(index, organisations))
    return _persons(index, _with_role(index, re.compile(f"{of}|{before}", re.IGNORECASE)))


def spokespeople_for(index: StoryIndex, words: str) -> frozenset[str]:
    """Return the persons who speak for some by their role whom the story has no entry for: "spokesman of the families"."""
    called = re.escape(words.removeprefix("the "))
    return _persons(index, _with_role(index, re.compile(_OF.format(name=rf"(?:[\w-]+['’]? ){{0,2}}{called}\b"), re.IGNORECASE)))


def _named(index: StoryIndex, actors: Iterable[str]) -> str:
    names = (re.escape(name) for key in actors for name in (index.actors[key].name, *index.actors[key].aliases))
    return rf"(?<!\w)(?-i:{'|'.join(names) or '(?!)'})(?!\w)"


def _with_role(index: StoryIndex, pattern: re.Pattern[str]) -> frozenset[str]:
    roles = ((key, actor.role or "") for key, actor in index.actors.items())
    return frozenset(key for key, role in roles if pattern.search(role) and not _APART.search(role))


def _persons(index: StoryIndex, actors: Iterable[str]) -> frozenset[str]:
    return frozenset(key for key in actors if index.actors[key].kind == "person")
