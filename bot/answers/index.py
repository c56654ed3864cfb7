"""A story's facts as matched against questions: their words, how common these are, and where each stands."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, lru_cache

from bot.answers.documents import Document
from bot.answers.lexicon import Lexicon
from bot.answers.names import NameTable
from bot.answers.packed import PackedVectors, Vector, scaled_bytes
from bot.answers.placed import PlacedVectors
from bot.answers.words import STOP_WORDS, words_of
from bot.facts.models import Actor

_COMMON = 0.5  # share of what a story's facts have in common that is left out when they are held against a question
_NEAR = 0.35  # cosine from which a word of the story is near another in meaning


class StoryIndex:
    """The documents of one story or of several, the words they have, and how common these are."""

    def __init__(
        self,
        documents: Sequence[Document],
        actors: Mapping[str, Actor],
        lexicon: Lexicon,
        *,
        rarity: Callable[[str], float] | None = None,
    ) -> None:
        """Index documents; ``actors`` by their keys. ``rarity`` of a stem is counted in the documents where it is not given."""
        self._lexicon = lexicon
        self.actors = actors
        self.names = NameTable(actors)
        self.documents = tuple(documents)
        self.place_of = {document.number: place for place, document in enumerate(self.documents)}
        self.postings: dict[str, list[int]] = {}
        for place, document in enumerate(self.documents):
            for stem in document.weights:
                self.postings.setdefault(stem, []).append(place)
        self.rarity = rarity or self._counted_rarity
        self.near = lru_cache(maxsize=4_096)(self._near)

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

    @cached_property
    def text_rarity(self) -> tuple[float, ...]:
        """How rare the stems of each document's text are, added up."""
        return tuple(sum(self.rarity(stem) for stem in sorted(document.text)) for document in self.documents)

    @cached_property
    def prominence(self) -> tuple[float, ...]:
        """How often each document's most frequent person is in the story's facts, beside the person who is in most of them."""
        counts = Counter(key for each in self.documents for key in each.actors if self.actors[key].kind == "person")
        most: dict[str, int] = {}
        for key, count in counts.items():
            most[_story_of(key)] = max(count, most.get(_story_of(key), 0))
        shares = {key: count / most[_story_of(key)] for key, count in counts.items()}
        return tuple(max((shares.get(key, 0.0) for key in each.actors), default=0.0) for each in self.documents)

    def likenesses(self, vector: Vector | None) -> list[float]:
        """Return for each document how alike its meaning is to a text's, 0 where either has no vector."""
        return self._meanings.likenesses(vector)

    def gists(self, vector: Vector | None) -> list[float]:
        """Return for each document how alike its gist is to a text's, 0 where either has none."""
        return self._gists.likenesses(vector)

    def _near(self, word: str) -> tuple[tuple[str, float], ...]:
        """Return the stems of the story's words, names left out, that are near a word in meaning, each with its cosine."""
        vector = self._vector(word)
        if vector is None:
            return ()
        stems, vectors = self._packed_words
        found: dict[str, float] = {}
        for place, cosine in vectors.cosines(vector, _NEAR):
            if cosine > found.get(stems[place], 0.0):
                found[stems[place]] = cosine
        return tuple(found.items())

    def _vector(self, word: str) -> Vector | None:
        signed = self._lexicon.vector(word)
        return scaled_bytes(signed) if signed is not None else None

    @cached_property
    def _packed_words(self) -> tuple[list[str], PackedVectors]:
        words = [word for word in self.vocabulary if word not in self.names.words]
        self._lexicon.fetch(words)
        pairs = [(self._lexicon.stem(word), vector) for word in words if (vector := self._vector(word)) is not None]
        return [stem for stem, _ in pairs], PackedVectors([vector for _, vector in pairs])

    @cached_property
    def _meanings(self) -> PlacedVectors:
        return PlacedVectors([document.vector for document in self.documents], without=_COMMON)

    @cached_property
    def _gists(self) -> PlacedVectors:
        return PlacedVectors([document.gist for document in self.documents])


def _story_of(key: str) -> str:
    return key.partition("/")[0]
