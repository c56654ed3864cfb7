"""What the words "the ban" or "Twitter" in a question stand for: one event of the story, or somebody in it.

In: some words of a question, and the index of its story. Out: a `Topic`, or None where the words stand for nothing there.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass
from operator import itemgetter

from bot.answers.finding.documents import Document
from bot.answers.finding.index import StoryIndex
from bot.answers.question.asked_dates import year_meant
from bot.answers.question.parsing import Question, Term, read_question
from bot.answers.reader.features import ABOUT, cover, date_fit
from bot.answers.reader.reading import Reading

ReadAmong = Callable[[str, Collection[int]], Reading]
"""Reads a question against the facts of some numbers alone."""

_DERIVED = 0.7  # strength from which a related word is the same in another form
READ_EVENT = 0.5  # confidence from which the reader's event is the one that words stand for
_END = frozenset("end ending close conclusion finish stop".split())
# Words by which an event tells of the end of something, which need not have "end" among them: "the referee broke the final off".
_ENDING = re.compile(
    r"\b(?:ended|ends|finished|stopped|concluded|closed|ceased|halted|abandoned|expired|dissolved|disbanded|lifted|"
    r"(?:broke|called|cut|wound|gave)(?=(?: \w+){0,4} (?:off|short|up)\b))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Topic:
    """What some words stand for: an event, or else actors (several where a name is ambiguous), by their keys.

    ``stems`` are those of the words that tell it. ``guessed``: it is an event that only the reader takes the words for.
    """

    event: Document | None = None
    actors: frozenset[str] = frozenset()
    stems: frozenset[str] = frozenset()
    guessed: bool = False


class Topics:
    """Finds what words stand for in a story."""

    def __init__(self, index: StoryIndex, read_among: ReadAmong) -> None:
        self.index = index
        self.read_among = read_among
        self._belonging = Counter(document.event for document in index.documents if document.event is not None)

    def anyone(self, words: str) -> Topic | None:
        """Return the actors that words name, None where they name none or say more than a name.

        A noun with an article, "the authority", names the only organisation whose name ends so.
        """
        named = self._actors(self.read(words))
        article, _, noun = words.partition(" ")
        if named is not None or article != "the":
            return named
        organisations = ((key, actor) for key, actor in self.index.actors.items() if actor.kind not in ("person", "place"))
        called = [key for key, actor in organisations if " " in actor.name and actor.name.lower().split()[-1] == noun]
        return Topic(actors=frozenset(called)) if len(called) == 1 else None

    def anything(self, words: str) -> Topic | None:
        """Return what words stand for: the actors that they name, else an event; None where that is not clear."""
        question = self.read(words)
        return self._actors(question) or self._event(question)

    def event(self, words: str) -> Topic | None:
        """Return the event that words stand for; None where there is none, or a mere date is meant."""
        question = self.read(words)
        return self._event(question) or self._read_event(words, question)

    def covering(self, words: str) -> list[Document]:
        """Return the facts that have a good part of some words, in any of their fields."""
        question = self.read(words)
        return [document for document in self.index.documents if question.terms and cover(question.terms, document) >= ABOUT]

    def dates(self, words: str) -> tuple[int, int] | None:
        """Return the first and last day (yyyymmdd) of a date in words, without a year the story's latest; None for no date."""
        question = self.read(words)
        if question.terms or len(question.dates) != 1:
            return None
        asked = question.dates[0]
        dates = (document.record.fact.date for document in self.index.documents)
        return asked.span(year_meant(asked, dates))

    def is_strange(self, words: str) -> bool:
        """Return whether no fact has any of the words, so that nothing can be known about what they stand for."""
        question = self.read(words)
        telling = [term for term in question.terms if not term.name]
        return bool(telling) and not question.dates and not any(self.index.has(term.stem) for term in telling)

    def read(self, words: str) -> Question:
        """Read words as a question is read."""
        return read_question(words, self.index)

    def _actors(self, question: Question) -> Topic | None:
        if len(question.mentions) != 1 or question.dates or not all(term.name for term in question.terms):
            return None
        return Topic(actors=question.actors, stems=_stems(question))

    def _read_event(self, words: str, question: Question) -> Topic | None:
        """Return the event that the reader takes words for, which may call it by none of its own; None where it is not sure."""
        if not any(self.index.has(term.stem) for term in question.terms if not term.name):
            return None
        events = [document.number for document in self.index.documents if document.is_event]
        reading = self.read_among(words, events)
        if not reading.facts or reading.confidence < READ_EVENT:
            return None
        return Topic(reading.facts[0].document, stems=_stems(question), guessed=True)

    def _event(self, question: Question) -> Topic | None:
        """Return the event that has all the words and the date, the one that has them most clearly in its id and its text."""
        events = (
            document
            for document in self.index.documents
            if question.terms and document.is_event and date_fit(question, document) >= 0
        )
        called = [(call, event) for event in events if (call := self._call(question, event))]
        return Topic(max(called, key=itemgetter(0))[1], stems=_stems(question)) if called else None

    def _call(self, question: Question, document: Document) -> float:
        """Return how clearly words call an event: by its id, which names it, by its text, and by how many facts belong to it.

        That is 0 where it lacks one of them, or has in its own text and id none of them but names.
        """
        stems = [next(filter(document.weights.__contains__, self._forms(term, document)), "") for term in question.terms]
        in_id = document.id_stems.intersection(stems)
        telling = [stem for term, stem in zip(question.terms, stems, strict=True) if not term.name]
        own = any(stem in in_id or stem in document.text for stem in telling) if telling else in_id.issuperset(stems)
        if "" in stems or not own:
            return 0.0
        in_text = sum(stem in document.text for stem in stems) / len(stems)
        in_any = sum(document.weights[stem] for stem in stems) / len(stems)
        of_id = len(in_id) / max(1, len(document.id_stems))
        belonging = 0.3 * math.log1p(self._belonging[document.number])
        return 2 * sum(stem in in_id for stem in stems) / len(stems) + of_id + in_text + in_any + belonging

    def _forms(self, term: Term, document: Document) -> tuple[str, ...]:
        """Return the stems by which a fact may have a word: its own, and those derived from it ("suspended" for "suspension").

        The end of something is also had by a fact that tells of one in other words.
        """
        made = () if term.name else self.index.lexicon.related(term.word)
        ending = _ENDING.search(document.record.fact.text) if term.word in _END else None
        others = [self.index.lexicon.stem(ending.group().lower())] if ending else []
        return (term.stem, *(related.stem for related in made if related.strength >= _DERIVED), *others)


def _stems(question: Question) -> frozenset[str]:
    return frozenset(term.stem for term in question.terms)
