"""Sides: who has spoken about an event or about somebody, who supports it and who is against it; each in their own words.

Words are about an event where the editor linked them to it, or to another event that is itself something said about it; and
about somebody where the editor says so. A stance is taken from words of approval or objection in them, or in the event in which
they were said. Where no words show the stance that is asked for, those that show none are given instead, with a note.

In: a `Topic` and the index of its story. Out: facts of those who speak about it, and the people who may speak for an actor.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import chain, zip_longest
from typing import NamedTuple

from bot.answers.finding.documents import Document, actor_key
from bot.answers.finding.index import StoryIndex
from bot.answers.question.expected_answer import SAY_VERBS, SPEECH_ACTS, SPEECH_NOUNS
from bot.answers.relations.stances import Stance, Stances, Targets
from bot.answers.relations.topics import Topic
from bot.english.lexicon import Lexicon

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


class Voices(NamedTuple):
    """Facts that answer; unless ``sure``, they are words of others, whose side nothing shows."""

    documents: tuple[Document, ...]
    sure: bool = True


class Sides:
    """Finds who speaks about what in a story."""

    def __init__(self, index: StoryIndex, lexicon: Lexicon) -> None:
        self._index = index
        self._stances = Stances(lexicon)
        self._targets = Targets(index, lexicon, self._stances)
        self._speech = frozenset(lexicon.stem(word) for word in (SAY_VERBS | SPEECH_ACTS | SPEECH_NOUNS) - _NOT_SPEAKING)

    def about(self, topic: Topic) -> list[Document]:
        """Return the quotes and claims about a topic, in the story's order; about actors only those of others."""
        return [each for each in self._spoken() if self._is_about(each, topic)]

    def _spoken(self) -> list[Document]:
        return [each for each in self._index.documents if not each.is_event and each.speakers]

    def taking(self, stance: Stance, topic: Topic) -> Voices:
        """Return the facts that show who supports or opposes a topic; without any, the words of others, which is not sure.

        Words that belong to another event, but name the topic, count where none of its own show the side.
        """
        about = self.about(topic)
        found = self._taking(stance, topic, about)
        mentioning = [each for each in self._spoken() if self._mentions(each, topic) and each not in about]
        return found if found.sure or not mentioning else self._taking(stance, topic, [*about, *mentioning])

    def _taking(self, stance: Stance, topic: Topic, others: list[Document]) -> Voices:
        if stance == "opposes":
            own = topic.actors | people_of(self._index, topic.actors)
            others = [each for each in others if not each.speakers <= own]
        stances = {each.number: self._stance(each, topic) for each in others}
        shown = [each for each in others if stances[each.number] == stance]
        events = [each for each in self._index.documents if self._is_event_of(stance, each, topic)]
        if events or shown:
            return Voices((*events, *shown))
        doers = topic.event.actors if topic.event is not None else frozenset()
        undecided = (each for each in others if stances[each.number] is None and not each.speakers <= doers)
        return Voices(tuple(undecided), sure=False)

    def _is_about(self, document: Document, topic: Topic) -> bool:
        if topic.event is None:
            return topic.actors.isdisjoint(document.speakers) and not topic.actors.isdisjoint(self._subjects(document))
        if document.event == topic.event.number:
            return True
        event = self._index.event_of(document)
        if event is None:
            return False
        return self._mentions(event, topic) and not self._speech.isdisjoint(event.sequence)

    def _subjects(self, document: Document) -> frozenset[str]:
        """Return the actors that words are about: the editor's subjects, and the objects of the event in which they were said."""
        subjects = frozenset(actor_key(document.record.story.id, actor.id) for actor in document.record.subjects)
        event = self._index.event_of(document)
        if event is None or document.speakers.isdisjoint(event.actors):
            return subjects
        return subjects.union(self._targets.objects(event))

    def _mentions(self, document: Document, topic: Topic) -> bool:
        """Return whether a fact other than the topic has the words for the topic in its text, and is of the same story."""
        event = topic.event
        if event is None or event.number == document.number or event.record.story.id != document.record.story.id:
            return False
        return bool(topic.stems) and topic.stems <= document.text

    def _stance(self, document: Document, topic: Topic) -> Stance | None:
        """Return the stance of words towards a topic, or where they show none that of the event in which they were said."""
        event = self._index.event_of(document)
        if self.is_taking_side(document) or event is None or (topic.event is not None and event.number == topic.event.number):
            return self._shown(document, topic)
        return self._shown(event, topic) if document.speakers & event.actors else None

    def is_taking_side(self, document: Document) -> bool:
        """Return whether a fact's own text shows a stance, towards whatever."""
        return self._stances.of_fact(document) is not None

    def _shown(self, document: Document, topic: Topic) -> Stance | None:
        """Return the stance of a fact's text towards a topic, None where it shows none or both."""
        if self._stances.stems.isdisjoint(document.sequence):
            return None
        fact = document.record.fact
        found = self._stances.places(fact.text, own=not document.is_event)
        meant = {stance for stance, places in found.items() if any(self._is_meant(document, each, topic) for each in places)}
        return meant.pop() if len(meant) == 1 else None

    def _is_meant(self, document: Document, place: int, topic: Topic) -> bool:
        """Return whether the word of a stance is meant for a topic, or for people who belong to it."""
        if self._targets.is_of_something_else(document, place):
            return False
        return topic.event is not None or self._targets.is_meant(
            document, place, topic.actors | people_of(self._index, topic.actors)
        )

    def _is_event_of(self, stance: Stance, document: Document, topic: Topic) -> bool:
        """Return whether in an event others support the topic or oppose it: "officials applauded the ban"."""
        if not document.is_event or document.actors <= topic.actors:
            return False
        return (topic.event is None or self._mentions(document, topic)) and self._shown(document, topic) == stance


def by_side(documents: Iterable[Document], most: int) -> tuple[Document, ...]:
    """Return at most ``most`` facts, one of each side before any has two, in the order in which they were given."""
    given = {each.number: each for each in documents}
    sides: dict[frozenset[str] | int, list[Document]] = {}
    for each in given.values():
        sides.setdefault(each.speakers or each.number, []).append(each)
    quotes_first = (sorted(side, key=lambda each: each.record.fact.kind != "quote") for side in sides.values())
    turns = chain.from_iterable(zip_longest(*quotes_first))
    chosen = [each.number for each in turns if each is not None][:most]
    return tuple(each for number, each in given.items() if number in chosen)


def speakers_of(documents: Sequence[Document]) -> tuple[str, ...]:
    """Return the names of the speakers of facts, or of the first actor of an event, in the facts' order."""
    names = (actor.name for each in documents for actor in each.record.speakers or each.record.participants[:1])
    return tuple(dict.fromkeys(names))


def people_of(index: StoryIndex, actors: Iterable[str]) -> frozenset[str]:
    """Return the actors whose role mentions any of these (all by keys), but no former ones and no opponents."""
    return _with_role(index, _named(index, actors))


def spokespeople_of(index: StoryIndex, actors: Iterable[str]) -> frozenset[str]:
    """Return the people who hold an office at any of these actors, and so may speak for it: "editor-in-chief of RT"."""
    name = _named(index, (key for key in actors if index.actors[key].kind != "person"))
    return _persons(index, f"{_OF}|{_BEFORE}".format(name=name))


def spokespeople_for(index: StoryIndex, words: str) -> frozenset[str]:
    """Return the people whose role speaks for a body without an entry in the story: "spokesman of the families"."""
    called = re.escape(words.removeprefix("the "))
    return _persons(index, _OF.format(name=rf"(?:[\w-]+['’]? ){{0,2}}{called}\b"))


def _named(index: StoryIndex, actors: Iterable[str]) -> str:
    names = (re.escape(name) for key in actors for name in (index.actors[key].name, *index.actors[key].aliases))
    return rf"(?<!\w)(?-i:{'|'.join(names) or '(?!)'})(?!\w)"


def _with_role(index: StoryIndex, pattern: str) -> frozenset[str]:
    roles = ((key, actor.role or "") for key, actor in index.actors.items())
    return frozenset(key for key, role in roles if re.search(pattern, role) and not _APART.search(role))


def _persons(index: StoryIndex, pattern: str) -> frozenset[str]:
    return frozenset(key for key in _with_role(index, f"(?i:{pattern})") if index.actors[key].kind == "person")
