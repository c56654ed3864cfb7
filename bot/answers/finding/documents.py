"""A fact made ready for matching: weighted stems of all its fields, its words in order, and the line that the reader reads.

In: facts as stored, each with the event that it belongs to. Out: a `Document` of each.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from bot.answers.finding.reader_lines import FactText, fact_text
from bot.english.amounts import Amount, find_amounts
from bot.english.calendar import MONTHS
from bot.english.lexicon import Lexicon
from bot.english.search_words import content_words, words_of
from bot.facts.models import FactRecord

_HYPHENATED = re.compile(r"\b[^\W\d_]+-[^\W\d_]+\b")


@dataclass(frozen=True, eq=False)
class Document:
    """A fact as matched against questions.

    ``weights`` maps each stem to the weight of the best field that has it; ``text`` are the stems of the text itself.
    ``speakers`` and ``actors`` are keys of actors (see `actor_key`). ``belongs_to`` is the event that it belongs to. What only
    few of the facts of a story are asked for is made when it is.
    """

    record: FactRecord
    weights: Mapping[str, float]
    text: frozenset[str]
    speakers: frozenset[str]
    actors: frozenset[str]
    belongs_to: FactRecord | None
    lexicon: Lexicon

    @property
    def number(self) -> int:
        """The fact's number."""
        return self.record.number

    @property
    def is_event(self) -> bool:
        """Whether the fact is an event, and not words."""
        return self.record.fact.kind == "event"

    @property
    def event(self) -> int | None:
        """The number of the event that it belongs to."""
        return self.belongs_to.number if self.belongs_to is not None else None

    @cached_property
    def sequence(self) -> tuple[str, ...]:
        """The words of its text as stems, in order."""
        return tuple(self.lexicon.stem(word) for word in words_of(self.record.fact.text))

    @cached_property
    def id_stems(self) -> frozenset[str]:
        """The stems of its id."""
        return frozenset(self._stems(self.record.fact.id.replace("-", " ")))

    @cached_property
    def asked_as(self) -> tuple[tuple[str, ...], ...]:
        """The stems of each of its recorded wordings."""
        return tuple(map(self._stems, self.record.fact.asked_as))

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
    def line(self) -> FactText:
        """What the reader reads."""
        return fact_text(self.record, self.belongs_to)

    @cached_property
    def digest(self) -> bytes:
        """What tells its line from every other."""
        return hashlib.sha256(self.line.line.encode("utf-8", "surrogatepass")).digest()[:16]

    def _stems(self, text: str) -> tuple[str, ...]:
        return tuple(map(self.lexicon.stem, content_words(text)))


class DocumentMaker:
    """Makes documents of facts. Texts that many facts share (names, roles, sources) are cut into words once."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._keys = lru_cache(maxsize=4_096)(self._read_keys)

    def make_all(self, pairs: Sequence[tuple[FactRecord, FactRecord | None]]) -> list[Document]:
        """Make documents of facts, each with the event that it belongs to."""
        return [self._make(record, event) for record, event in pairs]

    def _make(self, record: FactRecord, event: FactRecord | None) -> Document:
        weights: dict[str, float] = {}
        for weight, text in _weighted(record, event):
            for key in self._keys(text):
                weights[key] = max(weight, weights.get(key, 0.0))
        return Document(
            record=record,
            weights=weights,
            text=frozenset(self._keys(record.fact.text)),
            speakers=frozenset(actor_key(record.story.id, actor.id) for actor in record.speakers),
            actors=frozenset(actor_key(record.story.id, actor.id) for actor in record.involved),
            belongs_to=event,
            lexicon=self._lexicon,
        )

    def _read_keys(self, text: str) -> tuple[str, ...]:
        """Return the stems of a text's content words, and its hyphenated words written as one."""
        joined = (word.replace("-", "").lower() for word in _HYPHENATED.findall(text))
        return tuple(map(self._lexicon.stem, (*content_words(text), *joined)))


def _weighted(record: FactRecord, event: FactRecord | None) -> Iterator[tuple[float, str]]:
    """Yield the texts of a fact, each with how much a word counts in it.

    The fact itself counts most, then what the editor set beside it; sources least: their titles are often about the whole story.
    """
    fact = record.fact
    yield from ((1.0, text) for text in (fact.text, fact.id.replace("-", " "), *fact.asked_as))
    yield from ((0.9, text) for text in (fact.context or "", fact.where or ""))
    yield 0.8, _date_words(record)
    for actor in record.involved:
        yield from ((0.9, actor.name), (0.8, " ".join(actor.aliases)), (0.55, actor.role or ""))
    if event is not None:
        yield 0.5, f"{event.fact.text} {event.fact.where or ''} {event.fact.id.replace('-', ' ')}"
    yield from ((0.3, f"{source.title} {source.publisher or ''}") for source in record.sources)


def actor_key(story: str, actor: str) -> str:
    """Return the key of an actor among those of all stories."""
    return f"{story}/{actor}"


def _date_words(record: FactRecord) -> str:
    date = record.fact.date
    if date is None or date.earliest is None:
        return ""
    words = [str(date.earliest // 10000)]
    if date.latest is not None and date.latest // 100 == date.earliest // 100:
        words.append(MONTHS[date.earliest // 100 % 100 - 1])
    return " ".join(words)
