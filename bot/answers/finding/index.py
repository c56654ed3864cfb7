"""The facts that a question is held against: all of a small story, else those that its words find in the search index.

In: a fact base and a question as typed. Out: a `StoryIndex`, which knows how common the words of its facts are.
"""

from __future__ import annotations

import math
import threading
import weakref
from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import cached_property

from bot.answers.finding.candidates import choose_facts
from bot.answers.finding.directory import TitleTable
from bot.answers.finding.documents import Document, DocumentMaker, actor_key
from bot.answers.finding.mentions import NameTable
from bot.answers.models import Answer
from bot.cache_budget import BUDGET
from bot.english.lexicon import Lexicon
from bot.english.search_words import STOP_WORDS, words_of
from bot.facts.base import FactBase
from bot.facts.models import Actor, FactRecord
from bot.facts.searching import StoryRuns
from bot.languages import ENGLISH

WHOLE = 1_500  # facts up to which an index of all of them is held in memory
CANDIDATES = 32  # facts at most that a question is held against where there are more
_INDEX_BYTES, _DOCUMENT_BYTES, _ANSWER_BYTES = 40_000, 6_000, 2_000  # of memory that each takes, for the budget
_CHARACTER_BYTES = 10  # that a document takes for each character of its fact


class StoryIndex:
    """The documents of one story or of several, the words they have, and how common these are."""

    def __init__(
        self,
        documents: Sequence[Document],
        actors: Mapping[str, Actor],
        lexicon: Lexicon,
        rarity: Callable[[str], float] | None = None,
    ) -> None:
        """Index documents; ``actors`` by their keys. ``rarity`` of a stem is counted in the documents where it is not given.

        Nothing in an index refers to it, so that it is gone from memory at once when nobody holds it any more.
        """
        self.actors = actors
        self.lexicon = lexicon
        self.names = NameTable(actors)
        self.documents = tuple(documents)
        self.position_of = {document.number: position for position, document in enumerate(self.documents)}
        self._having = Counter(stem for document in self.documents for stem in document.weights)
        self._given_rarity = rarity
        self.held_reviewed: Callable[[], StoryIndex | None] = lambda: None  # what `only_reviewed` made, while the budget keeps it
        self._held_by_language: dict[bool, weakref.ref[StoryIndex]] = {}  # the same of `of_language`
        self.answers: dict[Hashable, Answer] = {}  # answers from these facts by all that they depend on, see `Answerer`
        self.as_of: weakref.WeakValueDictionary[int, StoryIndex] = weakref.WeakValueDictionary()
        """Indexes of those of its facts that were known by a day (yyyymmdd), as long as the budget keeps them alive."""

    @property
    def size(self) -> int:
        """About how many bytes of memory it takes with the answers that are remembered."""
        return self._size + len(self.answers) * _ANSWER_BYTES

    @cached_property
    def _size(self) -> int:
        return _INDEX_BYTES + sum(map(document_size, self.documents))

    @cached_property
    def vocabulary(self) -> tuple[str, ...]:
        """All words of the story, lower case, sorted, for correcting the spelling of questions."""
        texts: set[str | None] = set()
        for document in self.documents:
            fact = document.record.fact
            texts.update((fact.text, fact.where, fact.context, fact.id.replace("-", " "), *fact.asked_as))
            texts.update(actor.role for actor in document.record.involved)
        words = self.names.words.union(*(words_of(text) for text in texts if text)) - STOP_WORDS
        return tuple(sorted(word for word in words if not word[0].isdigit()))

    @cached_property
    def known_words(self) -> frozenset[str]:
        """The words of the vocabulary as a set."""
        return frozenset(self.vocabulary)

    @cached_property
    def passages(self) -> tuple[Document, ...]:
        """Its facts that are sentences of articles."""
        return tuple(document for document in self.documents if document.record.fact.kind == "passage")

    @cached_property
    def reviewed(self) -> tuple[Document, ...]:
        """Its facts that somebody wrote or kept."""
        return tuple(document for document in self.documents if document.record.fact.reviewed)

    def narrowed(self, documents: Sequence[Document]) -> StoryIndex:
        """Return an index of some of these facts, with the actors in them. What says how rare words are stays the same."""
        return StoryIndex(documents, actors_of(documents), self.lexicon, self._given_rarity)

    @cached_property
    def is_english(self) -> bool:
        """Whether all of its facts are in English."""
        return all(document.record.story.is_english for document in self.documents)

    def of_language(self, *, english: bool) -> StoryIndex:
        """Return an index of its facts in English, or of the others; itself where it has no other."""
        chosen = [document for document in self.documents if document.record.story.is_english == english]
        if len(chosen) == len(self.documents):
            return self
        held = self._held_by_language.get(english)
        made = (held and held()) or self.narrowed(chosen)
        self._held_by_language[english] = weakref.ref(made)
        BUDGET.keep(made, made.size)
        return made

    def only_reviewed(self) -> StoryIndex:
        """Return an index of its reviewed facts alone: itself where all are, else as it was made before if it is held still."""
        if len(self.reviewed) == len(self.documents):
            return self
        made = self.held_reviewed() or self.narrowed(self.reviewed)
        self.held_reviewed = weakref.ref(made)
        BUDGET.keep(made, made.size)
        return made

    def event_of(self, document: Document) -> Document | None:
        """Return the event that a fact belongs to."""
        position = self.position_of.get(document.event) if document.event is not None else None
        return self.documents[position] if position is not None else None

    def has(self, stem: str) -> bool:
        """Return whether any fact has the stem."""
        return stem in self._having

    def rarity(self, stem: str) -> float:
        """Return how rare a stem is: as it was given, else among the facts, from 0 (in all of them) to 1 (in none)."""
        if self._given_rarity is not None:
            return self._given_rarity(stem)
        count = len(self.documents) + 1
        return math.log(count / (self._having[stem] + 0.5)) / math.log(count / 0.5)


class Indexes:
    """The indexes of one fact base, made anew when it has changed, and held for as long as the budget of all bases lets them."""

    def __init__(self, base: FactBase, lexicon: Lexicon) -> None:
        self._base = base
        self._lexicon = lexicon
        self._lock = threading.Lock()
        self._version = -1
        self._indexes: weakref.WeakValueDictionary[str | None, StoryIndex] = weakref.WeakValueDictionary()
        self._reviewed: weakref.WeakValueDictionary[str | None, StoryIndex] = weakref.WeakValueDictionary()
        self._documents: weakref.WeakValueDictionary[int, Document] = weakref.WeakValueDictionary()
        self._held_maker: Callable[[], DocumentMaker | None] = lambda: None

    def _refresh(self) -> None:
        """Forget what was made of the base as it stood before it changed."""
        version = self._base.version()
        if version == self._version:
            return
        self._version = version
        indexes = tuple(self._indexes.values())
        as_of = (narrower for index in indexes for narrower in index.as_of.values())
        reviewed = (narrower for narrower in (index.held_reviewed() for index in indexes) if narrower is not None)
        for held in (*indexes, *as_of, *self._reviewed.values(), *reviewed, *self._documents.values()):
            BUDGET.release(held)
        self._indexes.clear()
        self._reviewed.clear()
        self._documents.clear()
        self._big: dict[str | None, bool] = {}
        self._reviewed_counts: dict[str | None, int] = {}
        self._runs: StoryRuns | None = None
        self._titles: TitleTable | None = None

    def is_big(self, story: str | None) -> bool:
        """Return whether a story, or the base, is too big to be held whole."""
        with self._lock:
            self._refresh()
            return self._is_big(story)

    def whole(self, story: str | None = None) -> StoryIndex:
        """Return the index of all facts of a story, or of all stories. Raises NotKnownError for an unknown story."""
        with self._lock:
            self._refresh()
            index = self._indexes.get(story) or self._read_whole(story)
            self._indexes[story] = index
            BUDGET.keep(index, index.size)
            return index

    def reviewed(self, story: str | None) -> StoryIndex | None:
        """Return the index of all reviewed facts of a big story, or base; None where these are too many themselves.

        Among the few that are found of thousands of sentences there may be none of them.
        """
        with self._lock:
            self._refresh()
            if story not in self._reviewed_counts:
                self._reviewed_counts[story] = self._base.count_reviewed(story)
            if self._reviewed_counts[story] > WHOLE:
                return None
            index = self._reviewed.get(story)
            if index is None:
                documents = self._make(records := self._base.reviewed_facts(story), records)
                index = StoryIndex(documents, actors_of(documents), self._lexicon)
            self._reviewed[story] = index
            BUDGET.keep(index, index.size)
            return index

    def by_words(self, text: str, story: str | None, language: str = ENGLISH) -> list[int]:
        """Return facts of a big story, or base (by number), that have words of a text in a language, the most promising first."""
        with self._lock:
            self._refresh()
            if self._runs is None:
                self._runs = self._base.search.story_runs()
            return choose_facts(text, self._base, self._runs, self._lexicon, story=story, most=CANDIDATES, language=language)

    def of_some(self, numbers: Sequence[int]) -> StoryIndex:
        """Return an index of some facts of a big base, but those that are gone. How rare words are is not for them to say."""
        with self._lock:
            self._refresh()
            held = {number: document for number in numbers if (document := self._documents.get(number)) is not None}
            held |= {
                document.number: document for document in self.documents([number for number in numbers if number not in held])
            }
            documents = [held[number] for number in numbers if number in held]
            self._documents.update(held)
            for document in documents:
                BUDGET.keep(document, document_size(document))
        return StoryIndex(documents, actors_of(documents), self._lexicon, self._lexicon.unusual)

    def documents(self, numbers: Sequence[int]) -> list[Document]:
        """Make documents of facts without holding them in memory."""
        records = self._base.facts(numbers)
        return self._make(records, self._base.linked_events(records))

    def titles(self) -> TitleTable:
        """Return the titles of all stories."""
        with self._lock:
            self._refresh()
            if self._titles is None:
                self._titles = TitleTable(self._base.stories())
            return self._titles

    def _make(self, records: Sequence[FactRecord], among: Sequence[FactRecord]) -> list[Document]:
        """Make documents by what knows the texts that many of these facts share, until the budget lets go of it."""
        maker = self._held_maker() or DocumentMaker(self._lexicon)
        documents = maker.make_all(records, among)
        self._held_maker = weakref.ref(maker)
        BUDGET.keep(maker, maker.size)
        return documents

    def _is_big(self, story: str | None) -> bool:
        if story not in self._big:
            self._big[story] = self._base.has_more_than(WHOLE, story)
        return self._big[story]

    def _read_whole(self, story: str | None) -> StoryIndex:
        """Return an index of all facts, shared by the small bases with the same facts: most servers begin with the same stories.

        What is shared is found by a hash of all facts, which takes as long as to read them; no two big bases are alike.
        """
        actors, records = self._base.actors(story), self._base.all_facts(story)
        shared = not self._is_big(None)
        index = self._lexicon.derived.get((records, actors)) if shared else None
        if not isinstance(index, StoryIndex):
            by_key = {actor_key(record.story.id, record.actor.id): record.actor for record in actors}
            index = StoryIndex(self._make(records, records), by_key, self._lexicon)
            if shared:
                self._lexicon.derived[records, actors] = index
        return index


def document_size(document: Document) -> int:
    """Return about how many bytes of memory a document takes with its fact."""
    fact = document.record.fact
    texts = (fact.text, fact.context or "", fact.where or "", *fact.asked_as)
    return _DOCUMENT_BYTES + _CHARACTER_BYTES * sum(map(len, texts))


def actors_of(documents: Sequence[Document]) -> dict[str, Actor]:
    """Return the actors in some facts by their keys."""
    records = (document.record for document in documents)
    return {actor_key(record.story.id, actor.id): actor for record in records for actor in record.involved}
