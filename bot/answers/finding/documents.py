"""Facts made ready for matching: weighted stems of all fields of each, its words in order, and the line that the reader reads.

In: facts as stored, each with the event that it belongs to. Out: a `Document` of each. The line of a fact, and that of a question
with the earlier ones of its conversation and the names of the actors that it mentions, is made the same way in training and in
answering.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from typing import Literal

from bot.english.amounts import Amount, find_amounts
from bot.english.calendar import MONTHS
from bot.english.compared_words import NEGATIONS
from bot.english.lexicon import Lexicon
from bot.english.numbers import numbers_in
from bot.english.search_words import content_words, words_of
from bot.facts.models import Actor, FactRecord
from bot.facts.stems import main_language, stems
from bot.languages import ENGLISH

_HYPHENATED = re.compile(r"\b[^\W\d_]+-[^\W\d_]+\b")

Field = Literal["text", "date", "where", "context", "actor", "role", "topic", "asked"]
JOINS = " > "  # stands between the questions of a conversation
_SHARED = 4_096  # texts that are cut once
_TEXT_BYTES = 400  # that a text takes with its words
DENIED = 3  # words behind a negation that it denies
_ROUND_NUMBER = re.compile(
    r"\b(?:(?:half )?an? (?:hundred|thousand|million|billion|dozen)|(?:ten|dozen|score|hundred|thousand|million)s)\b"
)
ALIASES = 3  # other names of an actor that are read


@dataclass(frozen=True, slots=True)
class Part:
    """A field of a fact and where it stands in the line: ``start`` and ``end`` count characters."""

    field: Field
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FactText:
    """A fact as one line; ``parts`` are its fields in order, what stands between them only labels them.

    ``before`` is the sentence that stood before it, by which the reader understands "he" and "they", and which it then forgets.
    """

    line: str
    parts: tuple[Part, ...]
    before: str = ""


def fact_text(record: FactRecord, event: FactRecord | None = None) -> FactText:
    """Return a fact as one line: who speaks, its text, then its date, place, people, topic and recorded wordings."""
    line, parts = "", []
    for field, text in _pieces(record, event):
        if field is not None:
            parts.append(Part(field, len(line), len(line) + len(text)))
        line += text
    return FactText(line, tuple(parts), (record.fact.context or "") if record.fact.kind == "passage" else "")


def _pieces(record: FactRecord, event: FactRecord | None) -> Iterator[tuple[Field | None, str]]:
    """Yield the pieces of a line in order, each with its field; None for what only labels one."""
    fact = record.fact
    if fact.kind == "passage":
        yield from _passage_pieces(record)
        return
    yield None, f"{fact.kind}: "
    if fact.kind != "event":
        yield from _actors(record.speakers) if record.speakers else [(None, "the source")]
        yield None, " said: " if fact.kind == "quote" else " claims: "
    yield "text", fact.text
    if fact.date is not None:
        yield from ((None, "; date: "), ("date", fact.date.words()))
    if fact.where:
        yield from ((None, "; place: "), ("where", fact.where))
    if fact.context:
        yield from ((None, "; occasion: "), ("context", fact.context))
    others = (*record.participants, *record.subjects)
    if others:
        yield None, "; people: " if fact.kind == "event" else "; about: "
        yield from _actors(others)
    yield from ((None, "; topic: "), ("topic", fact.id.replace("-", " ")))
    if event is not None:
        yield from ((None, ", "), ("topic", event.fact.id.replace("-", " ")))
    for wording in fact.asked_as:
        yield from ((None, "; asked: "), ("asked", wording))


def _passage_pieces(record: FactRecord) -> Iterator[tuple[Field | None, str]]:
    """Yield the pieces of the line of a passage, which is read like a claim of its source."""
    fact = record.fact
    yield None, "claim: the source claims: "
    yield "text", fact.glossed
    if fact.date is not None:
        yield from ((None, "; date: "), ("date", fact.date.words()))
    if record.involved:
        yield None, "; about: "
        yield from _actors(record.involved)


def _actors(actors: Sequence[Actor]) -> Iterator[tuple[Field | None, str]]:
    for index, actor in enumerate(actors):
        if index:
            yield None, ", "
        yield "actor", actor.name
        details = [text for text in (actor.role, *actor.aliases[:ALIASES]) if text]
        if details:
            yield from ((None, " ("), ("role", ", ".join(details)), (None, ")"))


def question_text(question: str, *, names: Sequence[str] = (), after: Sequence[str] = ()) -> str:
    """Return a question as one line: the earlier questions of its conversation, itself, the actors that it mentions."""
    earlier = "".join(f"{text}{JOINS}" for text in after)
    mentioned = [name for name in dict.fromkeys(names) if name.lower() not in question.lower()]
    return earlier + question + (f" [{', '.join(mentioned)}]" if mentioned else "")


@dataclass(frozen=True, eq=False)
class Document:
    """A fact as matched against questions.

    ``weights`` maps each stem to the weight of the best field that has it; ``text`` are the stems of the text itself.
    ``speakers`` and ``actors`` are keys of actors (see `actor_key`). ``belongs_to`` is the event that it belongs to, ``event``
    its number. What only few of the facts of a story are asked for is made when it is.
    """

    record: FactRecord
    number: int
    is_event: bool
    event: int | None
    weights: Mapping[str, float]
    text: frozenset[str]
    speakers: frozenset[str]
    actors: frozenset[str]
    belongs_to: FactRecord | None
    lexicon: Lexicon

    @cached_property
    def sequence(self) -> tuple[str, ...]:
        """The words of its text as stems, in order."""
        return tuple(self.lexicon.stem(word) for word in words_of(self.record.fact.text))

    @cached_property
    def id_stems(self) -> frozenset[str]:
        """The stems of its id."""
        return frozenset(self._stems(self.record.fact.id.replace("-", " ")))

    @cached_property
    def _asked_as(self) -> tuple[tuple[str, ...], ...]:
        return tuple(map(self._stems, self.record.fact.asked_as))

    def asked_as(self, language: str) -> tuple[tuple[str, ...], ...]:
        """Return the stems of each of its recorded wordings, as a language has them."""
        return self._asked_as if language == ENGLISH else tuple(stems(text, language) for text in self.record.fact.asked_as)

    @cached_property
    def speaker_stems(self) -> frozenset[str]:
        """The stems of its speakers' names, aliases and roles."""
        actors = self.record.speakers
        texts = (text for actor in actors for text in (actor.name, *actor.aliases, actor.role or ""))
        return frozenset(stem for text in texts for stem in self._stems(text))

    @cached_property
    def amounts(self) -> tuple[Amount, ...]:
        """The amounts in its text."""
        return find_amounts(self.record.fact.text)

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The numbers in its text, in figures."""
        return frozenset(number for _, number in numbers_in(words_of(self.record.fact.text)))

    @cached_property
    def round_numbers(self) -> frozenset[str]:
        """The words of its text for numbers that nobody counted: hundreds, half a million."""
        return frozenset(_ROUND_NUMBER.findall(self.record.fact.text.lower()))

    @cached_property
    def denied_numbers(self) -> frozenset[str]:
        """The numbers right behind a negation: "four metres, and not two"; "no more than two" denies none."""
        words = words_of(self.record.fact.text)
        return frozenset(number for index, number in numbers_in(words) if index and words[index - 1] in NEGATIONS)

    @cached_property
    def denied(self) -> frozenset[str]:
        """The stems of the words of its text that stand right behind a negation."""
        words = words_of(self.record.fact.text)
        ends = (index + 1 for index, word in enumerate(words) if word in NEGATIONS)
        return frozenset(stem for end in ends for stem in self.sequence[end : end + DENIED])

    @cached_property
    def line(self) -> FactText:
        """What the reader reads."""
        return fact_text(self.record, self.belongs_to)

    @cached_property
    def digest(self) -> bytes:
        """What tells its line, and what stood before it, from every other."""
        read = f"{self.line.before}\n{self.line.line}" if self.line.before else self.line.line
        return hashlib.sha256(read.encode("utf-8", "surrogatepass")).digest()[:16]

    def _stems(self, text: str) -> tuple[str, ...]:
        return tuple(map(self.lexicon.stem, content_words(text)))


class DocumentMaker:
    """Makes documents of facts. Texts that many facts share (names, roles, sources) are cut into words once."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._keys = lru_cache(maxsize=_SHARED)(partial(_keys_of, lexicon))

    @property
    def size(self) -> int:
        """About how many bytes of memory the texts take that it has cut."""
        return _TEXT_BYTES * self._keys.cache_info().currsize

    def make_all(self, records: Sequence[FactRecord], among: Sequence[FactRecord]) -> list[Document]:
        """Make documents of facts; ``among`` holds the events that they belong to."""
        events = {(record.story.id, record.fact.id): record for record in among if record.fact.kind == "event"}
        made = []
        for record in records:
            event = events.get((record.story.id, record.fact.event or ""))
            language = main_language(record.story.language)
            weights: dict[str, float] = {}
            for weight, text in _weighted(record, event):
                for key in self._keys(text, language):
                    weights[key] = max(weight, weights.get(key, 0.0))
            document = Document(
                record=record,
                number=record.number,
                is_event=record.fact.kind == "event",
                event=event.number if event is not None else None,
                weights=weights,
                text=frozenset(self._keys(record.fact.text, language)),
                speakers=frozenset(actor_key(record.story.id, actor.id) for actor in record.speakers),
                actors=frozenset(actor_key(record.story.id, actor.id) for actor in record.involved),
                belongs_to=event,
                lexicon=self._lexicon,
            )
            made.append(document)
        return made


def _keys_of(lexicon: Lexicon, text: str, language: str) -> tuple[str, ...]:
    """Return the stems of a text's content words, and its hyphenated words written as one.

    Of a text in another ``language`` than English those that it has in that language are among them: questions come in either.
    """
    joined = (word.replace("-", "").lower() for word in _HYPHENATED.findall(text))
    own = () if language == ENGLISH else stems(text, language)
    return (*map(lexicon.stem, (*content_words(text), *joined)), *own)


def _weighted(record: FactRecord, event: FactRecord | None) -> Iterator[tuple[float, str]]:
    """Yield the texts of a fact, each with how much a word counts in it.

    The fact itself counts most, then what the editor set beside it; sources least: their titles are often about the whole story.
    """
    fact = record.fact
    yield from ((1.0, text) for text in (fact.text, fact.id.replace("-", " "), *fact.asked_as))
    yield from ((0.9, text) for text in (fact.context or "", fact.where or ""))
    date = fact.date
    if date is not None and date.earliest is not None:
        yield 0.8, str(date.earliest // 10000)
        if date.latest is not None and date.latest // 100 == date.earliest // 100:
            yield 0.8, MONTHS[date.earliest // 100 % 100 - 1]
    for actor in record.involved:
        yield from ((0.9, actor.name), (0.8, " ".join(actor.aliases)), (0.55, actor.role or ""))
    if event is not None:
        yield 0.5, f"{event.fact.text} {event.fact.where or ''} {event.fact.id.replace('-', ' ')}"
    yield from ((0.3, f"{source.title} {source.publisher or ''}") for source in record.sources)


def actor_key(story: str, actor: str) -> str:
    """Return the key of an actor among those of all stories."""
    return f"{story}/{actor}"
