"""Which words approve of something or object to it, and whom they are meant for.

Not everybody who is named beside approval or objection is meant by it. It is the one named right after the word ("criticised
Twitter"), or before it as its subject ("Twitter's ban on RT is wrong", which is not about RT). Where the words name nobody ("a
regrettable step"), it is whoever did what they speak of: the event that they call, or that the editor linked them to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import Literal, NamedTuple

from bot.answers.finding.documents import Document, actor_key
from bot.answers.finding.index import StoryIndex
from bot.english.compared_words import NEGATIONS
from bot.english.lexicon import Lexicon
from bot.english.search_words import STOP_WORDS, tokens

Stance = Literal["supports", "opposes"]

_SUPPORTING = """agree applaud appreciate approve back commend congratulate correct deserve endorse favour favor glad grateful
    justified overdue positive praise proud right side support thank welcome""".split()
_OPPOSING = """absurd accusation aggressive alarming attack betray blame chilling condemn contradict crackdown criticise
    criticism dangerous denied denounce deplorable disagree disapprove disgrace dispute false harmful lie mistake nonsense
    object oppose outrage protest regrettable reject ridiculous scandalous shame unacceptable unfair unjust unjustified
    unlawful wrong""".split()
# Deeds done by words. A report shows who does them ("senators praised the ban"); in somebody's own words they are another's
# deed ("they attacked us") unless "I" or "we" stands before them.
_DEEDS = """accuse applaud attack blame commend condemn congratulate contradict criticise criticize defend denied denounce
    deplore dispute endorse praise protest reject""".split()
_OWN = frozenset({"i", "we"})
_REACH = 3  # words before a word of approval that may turn it round
_OTHERWISE = re.compile(  # words of the same form that are no verdict: "the right side", "back to", "an object"
    r"\b(?:the|a|an|his|her|its|their) (?:(?:back|side|object|lie)s?|rights|right(?= (?:side|hand|arm|leg|foot|wing)\b|$))\b|"
    r"(?<!\bi )(?<!\bwe )(?<!\bto )(?<!\bwill )(?<!\bfully )\bback\b|"
    r"\b(?:back|right)s? (?:to|of|in|on|at|up|out|side|away)\b",
    re.IGNORECASE,
)
_BREAK = re.compile(r"[;:.!?](?=\s|$)|—| – |, |\b(?:but|although|though|while|whereas|because|since|however)\b", re.IGNORECASE)
_OTHERS = re.compile(r"\b(?:on|against|of|to|for|in|with|from|about|at|over|towards?|like|by) (?:the )?$", re.IGNORECASE)
_DOER = re.compile(r"\b(?:of|by) (?:the )?$", re.IGNORECASE)
_AT_ONCE = re.compile(r"^\w+ (?:on|against|of|with|at|from|by) (?:the )?$", re.IGNORECASE)  # "attack on", "accusation against"
_SUPPORT_FOR = re.compile(r"^\w+ (?:for|to) (?:the )?$", re.IGNORECASE)
_BY = re.compile(r"\bby (?:the )?$", re.IGNORECASE)
_PASSIVE = re.compile(r"\b(?:is|are|was|were|been|being|be) (?:\w+ly )?$", re.IGNORECASE)
_BEGINS_VERB = re.compile(r"\b(?:to|will|would|can|must|should|i|we|they) $", re.IGNORECASE)
_NEXT = 3  # words between the word of a stance and what it is about


class Stances:
    """Finds the stance of a text. ``stems`` are those of all words that may show one."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._supporting = frozenset(lexicon.stem(word) for word in _SUPPORTING)
        self._opposing = frozenset(lexicon.stem(word) for word in _OPPOSING) | {"against"}
        self._deeds = frozenset(lexicon.stem(word) for word in _DEEDS)
        self.stems = self._supporting | self._opposing

    def offsets(self, text: str, *, own: bool) -> dict[Stance, list[int]]:
        """Return the offsets of words of approval and of objection in a text, without those that are denied.

        ``own``: the text is the words of the one who takes the stance; else it reports them.
        """
        offsets: dict[Stance, list[int]] = {"supports": [], "opposes": []}
        plain = _OTHERWISE.sub(lambda match: " " * len(match.group()), text)
        read = tokens(plain)
        for number, token in enumerate(read):
            stem = self._lexicon.stem(token.word)
            stance: Stance | None = "supports" if stem in self._supporting else "opposes" if stem in self._opposing else None
            before = {earlier.word for earlier in read[max(0, number - _REACH) : number]}
            by_another = own and stem in self._deeds and before.isdisjoint(_OWN)
            if stance is not None and before.isdisjoint(NEGATIONS) and not by_another:
                offsets[stance].append(token.start)
        return offsets

    def of(self, text: str, *, own: bool) -> Stance | None:
        """Return the stance of a text, towards whatever; None where it has none or both. ``own`` as for `offsets`."""
        stances = [stance for stance, offsets in self.offsets(text, own=own).items() if offsets]
        return stances[0] if len(stances) == 1 else None


class NamedActor(NamedTuple):
    """An actor named in a text, and the span of the name."""

    key: str
    start: int
    end: int


class Targets:
    """Finds whom the stances of a story's facts are meant for."""

    def __init__(self, index: StoryIndex, stances: Stances) -> None:
        self._index = index
        self._stances = stances

    def is_meant(self, document: Document, offset: int, actors: frozenset[str]) -> bool:
        """Return whether the word of a stance at an offset of a fact's text is meant for any of the actors."""
        named = self._named(document, offset)
        if named is not None:
            return named in actors
        event = self._called(document, offset) or self._index.event_of(document)
        if event is None or not event.actors.isdisjoint(document.speakers):
            # Words whose event is only that of saying them react to its object, else to a subject.
            objects = self.objects(event) if event is not None else []
            about = (actor_key(document.record.story.id, actor.id) for actor in document.record.subjects)
            return next((key for key in (*objects, *about) if key not in document.speakers), None) in actors
        doer = self._doer(event)
        if document.is_event and doer == self._doer(document):
            return False  # nobody objects to what they did themselves
        return doer in actors

    def objects(self, event: Document) -> list[str]:
        """Return the keys of the actors that the stances in an event's text are meant for: "she criticised the ban"."""
        keys = []
        for offset in chain(*self._stances.offsets(event.record.fact.text, own=False).values()):
            called = self._called(event, offset)
            keys.append(self._named(event, offset) or (self._doer(called) if called else None))
        return [key for key in keys if key is not None]

    def is_of_something_else(self, document: Document, offset: int) -> bool:
        """Return whether a word of a stance is a verb whose object is nothing in the story.

        "to support external research" approves of nothing that was spoken of before.
        """
        text = document.record.fact.text
        read = tokens(text[offset:])[:2]
        if len(read) < 2 or not _BEGINS_VERB.search(text[:offset]):
            return False
        word = read[1]
        return not (word.capital or word.word in STOP_WORDS or word.word.endswith("ly") or self._called(document, offset))

    def _named(self, document: Document, offset: int) -> str | None:
        """Return the actor that the clause names as what the stance is about, None where it names none."""
        text = document.record.fact.text
        start, end = _clause(text, offset)
        named = [name for name in self._names_in(document, text) if start <= name.start < end]
        after = next((name for name in named if name.start > offset and _is_object(text, offset, name.start)), None)
        if after is not None:
            return after.key
        if document.is_event and not _PASSIVE.search(text[:offset]):
            return None  # in a report, the one before the verb takes the stance
        before = (name for name in named if name.end <= offset and not _OTHERS.search(text[: name.start]))
        return next((name.key for name in before if name.key not in document.speakers), None)

    def _names_in(self, document: Document, text: str) -> Iterator[NamedActor]:
        """Yield the names of the story's actors in a text; no name inside another."""
        read = tokens(text)
        for mention in self._index.names.mentions([token.word for token in read]):
            keys = [key for key in mention.actors if key.startswith(f"{document.record.story.id}/")]
            if mention.by_name and len(keys) == 1:
                yield NamedActor(keys[0], read[mention.start].start, read[mention.end - 1].end)

    def _called(self, document: Document, offset: int) -> Document | None:
        """Return the event that the words after a stance stand for: "criticised the ban"."""
        text = document.record.fact.text
        read = tokens(text[offset : _clause(text, offset)[1]])[1 : _NEXT + 1]
        stems = {self._index.lexicon.stem(token.word) for token in read if token.word not in STOP_WORDS and not token.capital}
        story = document.record.story.id
        events = (event for event in self._index.documents if event.is_event and event.record.story.id == story)
        called = (event for event in events if event.number != document.number and stems & event.id_stems)
        return max(called, key=lambda event: len(stems & event.id_stems) / len(event.id_stems), default=None)

    def _doer(self, event: Document) -> str | None:
        """Return the actor who did an event: the one named after "by", else the first named, else the only one in it."""
        text = event.record.fact.text
        named = [name for name in self._names_in(event, text) if name.key in event.actors]
        by = next((name.key for name in named if _BY.search(text[: name.start])), None)
        if by is not None:
            return by
        first = next((name.key for name in named if not _OTHERS.search(text[: name.start])), None)
        return first or (next(iter(event.actors)) if len(event.actors) == 1 else None)


def _clause(text: str, offset: int) -> tuple[int, int]:
    """Return the span of the clause around an offset of a text."""
    breaks = [match.start() for match in _BREAK.finditer(text)]
    return max((edge for edge in breaks if edge < offset), default=0), min(
        (edge for edge in breaks if edge > offset), default=len(text)
    )


def _is_object(text: str, offset: int, start: int) -> bool:
    """Return whether a name that follows the word of a stance is its object, and not only near it."""
    between = text[offset:start]
    if len(tokens(between)) - 1 > _NEXT:
        return False
    if not _OTHERS.search(between):
        return True
    return bool(_DOER.search(between) or _AT_ONCE.match(between) or _SUPPORT_FOR.match(between))
