"""A story's facts as matched against questions: their words, how common these are, and where each stands."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import cached_property

from bot.answers.finding.documents import Document
from bot.answers.models import Answer
from bot.answers.question.names import NameTable
from bot.english.search_words import STOP_WORDS, words_of
from bot.facts.models import Actor


class StoryIndex:
    """The documents of one story or of several, the words they have, and how common these are."""

    def __init__(
        self,
        documents: Sequence[Document],
        actors: Mapping[str, Actor],
        *,
        rarity: Callable[[str], float] | None = None,
    ) -> None:
        """Index documents; ``actors`` by their keys. ``rarity`` of a stem is counted in the documents where it is not given."""
        self.actors = actors
        self.names = NameTable(actors)
        self.documents = tuple(documents)
        self.place_of = {document.number: place for place, document in enumerate(self.documents)}
        self.postings: dict[str, list[int]] = {}
        for place, document in enumerate(self.documents):
            for stem in document.weights:
                self.postings.setdefault(stem, []).append(place)
        self.rarity = rarity or self._counted_rarity
        self.answers: dict[Hashable, Answer] = {}  # what was asked of these facts before

    @cached_property
    def vocabulary(self) -> tuple[str, ...]:
        """All words of the story, lower case, for mending the spelling of questions."""
        texts: set[str] = set()
        for document in self.documents:
            fact, record = document.record.fact, document.record
            texts.update(text for text in (fact.text, fact.where, fact.context, *fact.asked_as) if text)
            texts.add(fact.id.replace("-", " "))
            texts.update(actor.role for actor in (*record.speakers, *record.participants, *record.subjects) if actor.role)
        words = set(self.names.words).union(*map(words_of, texts)) - STOP_WORDS
        return tuple(sorted(word for word in words if not word[0].isdigit()))

    @cached_property
    def known_words(self) -> frozenset[str]:
        """The vocabulary, for membership."""
        return frozenset(self.vocabulary)

    def has(self, stem: str) -> bool:
        """Tell whether any fact has the stem."""
        return stem in self.postings

    def _counted_rarity(self, stem: str) -> float:
        """Return how rare a stem is among the facts, from 0 (in all of them) to 1 (in none)."""
        count = len(self.documents) + 1
        return math.log(count / (len(self.postings.get(stem, ())) + 0.5)) / math.log(count / 0.5)
