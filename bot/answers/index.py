"""A story's facts made ready for matching: each a bag of weighted stems drawn from its fields, with how common each stem is."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from bot.answers.amounts import Amount, find_amounts
from bot.answers.lexicon import Lexicon
from bot.answers.meaning import Vector, add_up
from bot.answers.names import NameTable
from bot.answers.packed import PackedVectors
from bot.answers.phrases import find_phrases
from bot.answers.when import MONTHS
from bot.answers.words import STOP_WORDS, normalise, tokens
from bot.facts.models import ActorRecord, FactRecord

# How much a word counts by the field that it stands in; the text itself counts most, then what the editor set beside it.
_TEXT = 1.0
_ID = 1.0
_ASKED_AS = 1.0
_CONTEXT = 0.9
_PLACE = 0.9
_NAME = 0.9
_ALIAS = 0.8
_DATE = 0.8
_ROLE = 0.55
_EVENT = 0.5
_SOURCE = 0.3
_EVENT_MEANING = 0.4  # of the words of the event in the meaning of what belongs to it

_NEAR = 0.35  # cosine from which a word of the story is near another in meaning
_HYPHENATED = re.compile(r"\b[^\W\d_]+-[^\W\d_]+\b")
_PROPER = re.compile(r"(?<!^)(?<![.!?] )\b[A-Z][^\W\d_]+")
_MONTH_NAMES = {number: name for name, number in reversed(list(MONTHS.items())) if len(name) > 3 or name == "may"}


@dataclass(frozen=True, slots=True)
class Document:
    """A fact as matched against questions.

    ``weights`` maps each stem to the weight of the best field that has it. ``speakers`` and ``actors`` are keys of actors (see
    `actor_key`). ``event`` is the number of the event that it belongs to.
    """

    record: FactRecord
    weights: Mapping[str, float]
    text: frozenset[str]
    sequence: tuple[str, ...]
    id_stems: frozenset[str]
    asked_as: tuple[tuple[str, ...], ...]
    speakers: frozenset[str]
    actors: frozenset[str]
    speaker_stems: frozenset[str]
    name_stems: tuple[str, ...]
    amounts: tuple[Amount, ...]
    event: int | None
    vector: Vector | None

    @property
    def number(self) -> int:
        """The fact's number."""
        return self.record.number


class StoryIndex:
    """The documents of one story or of several, the words they have, and how common these are."""

    def __init__(self, records: Sequence[FactRecord], actors: Iterable[ActorRecord], lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        events = {(record.story.id, record.fact.id): record for record in records if record.fact.kind == "event"}
        self.actors = {actor_key(record.story.id, record.actor.id): record.actor for record in actors}
        self.names = NameTable(self.actors)
        self.documents = tuple(self._document(record, events) for record in records)
        count = len(self.documents)
        frequency = Counter(stem for document in self.documents for stem in document.weights)
        self._rarity = {
            stem: math.log((count + 1) / (number + 0.5)) / math.log((count + 1) / 0.5) for stem, number in frequency.items()
        }
        self.postings: dict[str, list[int]] = {}
        for number, document in enumerate(self.documents):
            for stem in document.weights:
                self.postings.setdefault(stem, []).append(number)
        self.near = lru_cache(maxsize=4_096)(self._near)

    @cached_property
    def vocabulary(self) -> tuple[str, ...]:
        """All words of the story, lower case, for mending the spelling of questions."""
        words: set[str] = set(self.names.words)
        for document in self.documents:
            fact = document.record.fact
            for text in (fact.text, fact.where, fact.context, *fact.asked_as, fact.id.replace("-", " ")):
                words.update(token.word for token in tokens(normalise(text or "")) if not token.is_number)
            for actor in (*document.record.speakers, *document.record.participants, *document.record.subjects):
                words.update(token.word for token in tokens(normalise(actor.role or "")))
        return tuple(sorted(word for word in words if word not in STOP_WORDS))

    @cached_property
    def known_words(self) -> frozenset[str]:
        """The vocabulary, for membership."""
        return frozenset(self.vocabulary)

    def has(self, stem: str) -> bool:
        """Tell whether any fact has the stem."""
        return stem in self._rarity

    def rarity(self, stem: str) -> float:
        """Return how rare a stem is among the facts, from 0 (in all of them) to 1 (in none)."""
        return self._rarity.get(stem, 1.0)

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
        found = [0.0] * len(self.documents)
        if vector is not None:
            numbers, vectors = self._packed_documents
            for place, cosine in vectors.cosines(vector, -1.0):
                found[numbers[place]] = cosine
        return found

    def _near(self, word: str) -> tuple[tuple[str, float], ...]:
        """Return the stems of the story's words, names left out, that are near a word in meaning, each with its cosine."""
        vector = self._lexicon.vector(word)
        if vector is None:
            return ()
        stems, vectors = self._packed_words
        found: dict[str, float] = {}
        for place, cosine in vectors.cosines(vector, _NEAR):
            if cosine > found.get(stems[place], 0.0):
                found[stems[place]] = cosine
        return tuple(found.items())

    @cached_property
    def _packed_words(self) -> tuple[list[str], PackedVectors]:
        words = [word for word in self.vocabulary if word not in self.names.words]
        pairs = [(self._lexicon.stem(word), vector) for word in words if (vector := self._lexicon.vector(word)) is not None]
        return [stem for stem, _ in pairs], PackedVectors([vector for _, vector in pairs])

    @cached_property
    def _packed_documents(self) -> tuple[list[int], PackedVectors]:
        pairs = [(number, each.vector) for number, each in enumerate(self.documents) if each.vector is not None]
        return [number for number, _ in pairs], PackedVectors([vector for _, vector in pairs])

    def _stems(self, text: str) -> list[str]:
        return [self._lexicon.stem(token.word) for token in tokens(normalise(text)) if token.word not in STOP_WORDS]

    def _keys(self, text: str) -> list[str]:
        """Return the stems of a text's content words, and its phrases."""
        words = [token.word for token in tokens(normalise(text))]
        stems = [self._lexicon.stem(word) for word in words]
        content = [stem for word, stem in zip(words, stems, strict=True) if word not in STOP_WORDS]
        return [*content, *(phrase.key for phrase in find_phrases(stems, self._lexicon))]

    def _document(self, record: FactRecord, events: Mapping[tuple[str, str], FactRecord]) -> Document:
        fact = record.fact
        weights: dict[str, float] = {}
        involved = (*record.speakers, *record.participants, *record.subjects)
        event = events.get((record.story.id, fact.event)) if fact.event else None
        for source in record.sources:
            self._fill(weights, f"{source.title} {source.publisher or ''}", _SOURCE)
        if event is not None:
            self._fill(weights, f"{event.fact.text} {event.fact.where or ''} {event.fact.id.replace('-', ' ')}", _EVENT)
        for actor in involved:
            self._fill(weights, actor.role or "", _ROLE)
            self._fill(weights, " ".join(actor.aliases), _ALIAS)
            self._fill(weights, actor.name, _NAME)
        self._fill(weights, _date_words(record), _DATE)
        self._fill(weights, fact.where or "", _PLACE)
        self._fill(weights, fact.context or "", _CONTEXT)
        for phrasing in fact.asked_as:
            self._fill(weights, phrasing, _ASKED_AS)
        self._fill(weights, fact.id.replace("-", " "), _ID)
        self._fill(weights, fact.text, _TEXT)
        sequence = tuple(self._lexicon.stem(token.word) for token in tokens(normalise(fact.text)))
        speaker_text = " ".join(f"{actor.name} {' '.join(actor.aliases)} {actor.role or ''}" for actor in record.speakers)
        return Document(
            record=record,
            weights=weights,
            text=frozenset(self._keys(fact.text)),
            sequence=sequence,
            id_stems=frozenset(self._stems(fact.id.replace("-", " "))),
            asked_as=tuple(tuple(self._stems(phrasing)) for phrasing in fact.asked_as),
            speakers=frozenset(actor_key(record.story.id, actor.id) for actor in record.speakers),
            actors=frozenset(actor_key(record.story.id, actor.id) for actor in involved),
            speaker_stems=frozenset(self._stems(speaker_text)),
            name_stems=tuple(self._lexicon.stem(name.lower()) for name in _PROPER.findall(fact.text)),
            amounts=find_amounts(fact.text),
            event=event.number if event is not None else None,
            vector=self._vector(record, event),
        )

    def _vector(self, record: FactRecord, event: FactRecord | None) -> Vector | None:
        fact = record.fact
        text = f"{fact.text} {fact.where or ''} {fact.context or ''} {fact.id.replace('-', ' ')}"
        text = " ".join((text, *(actor.role or "" for actor in record.speakers)))
        around = event.fact.text if event is not None else ""
        return add_up((*self._weighted(text, 1.0), *self._weighted(around, _EVENT_MEANING)), self._lexicon)

    def _weighted(self, text: str, weight: float) -> list[tuple[str, float]]:
        words = [token.word for token in tokens(normalise(text)) if token.word not in STOP_WORDS]
        return [(word, weight * self._lexicon.unusual(word)) for word in words]

    def _fill(self, weights: dict[str, float], text: str, weight: float) -> None:
        if not text:
            return
        for key in self._keys(text):
            if weights.get(key, 0.0) < weight:
                weights[key] = weight
        for joined in _HYPHENATED.findall(text):
            weights.setdefault(self._lexicon.stem(joined.replace("-", "").lower()), weight)


def actor_key(story: str, actor: str) -> str:
    """Return what tells an actor from those of other stories."""
    return f"{story}/{actor}"


def _story_of(key: str) -> str:
    return key.partition("/")[0]


def _date_words(record: FactRecord) -> str:
    date = record.fact.date
    if date is None or date.earliest is None:
        return ""
    words = [str(date.earliest // 10000)]
    if date.latest is not None and date.latest // 100 == date.earliest // 100:
        words.append(_MONTH_NAMES.get(date.earliest // 100 % 100, ""))
    return " ".join(words)
