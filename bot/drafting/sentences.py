"""Sentences as items to find speakers in: words, marks, quotations, and names as the entities that they mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.drafting.article import Article, Paragraph
from bot.drafting.entities import Entity, EntityIndex, in_brackets
from bot.drafting.names import name_runs
from bot.english.grammar import ADVERBS, AUXILIARIES, DETERMINERS, PASSIVE, PREPOSITIONS
from bot.english.speech import ALSO_NOUNS, BESIDE_QUOTES, PHRASES, SAYING
from bot.english.tokens import TextToken, sentences

SentenceItemKind = Literal["word", "mark", "quote", "name"]
_PHRASES = frozenset(PHRASES)
_BESIDE_QUOTES = SAYING | BESIDE_QUOTES
_POSSESSIVES = ("'s", "’s", "'", "’")


@dataclass(frozen=True, slots=True)
class SentenceItem:
    """A word, a mark, a quotation or a name; ``start`` and ``end`` are its place in the paragraph."""

    kind: SentenceItemKind
    text: str
    start: int
    end: int
    entity: Entity | None = None
    quote: int | None = None

    @property
    def lower(self) -> str:
        """The text in lower case; "" of what is no word."""
        return self.text.lower() if self.kind == "word" else ""

    @property
    def possessive(self) -> bool:
        """Whether it makes what is before it an owner."""
        return self.kind == "mark" and self.text in _POSSESSIVES

    @property
    def stops(self) -> bool:
        """Whether it is a mark that parts a sentence, or a quotation."""
        return self.kind == "quote" or (self.kind == "mark" and not self.possessive)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a paragraph."""

    items: tuple[SentenceItem, ...]
    paragraph: Paragraph

    def text(self, first: int = 0, last: int | None = None) -> str:
        """Return the words from one item to before another, as they stand."""
        chosen = self.items[first:last]
        return self.paragraph.text[chosen[0].start : chosen[-1].end] if chosen else ""

    def entities(self, first: int = 0, last: int | None = None) -> tuple[Entity, ...]:
        """Return whom it names, each once, outside quotations."""
        return tuple(dict.fromkeys(item.entity for item in self.items[first:last] if item.entity is not None))


def sentences_of(article: Article, index: EntityIndex) -> Iterator[Sentence]:
    """Return the sentences of an article."""
    for paragraph in article.paragraphs:
        for tokens in sentences(paragraph.tokens()):
            yield Sentence(tuple(_items(tokens, index)), paragraph)


def _items(tokens: Sequence[TextToken], index: EntityIndex) -> Iterator[SentenceItem]:
    runs = {run.start: run for run in name_runs(tokens)}
    quotes = any(token.kind == "quote" for token in tokens)
    place = 0
    while place < len(tokens):
        run = runs.get(place)
        entity = index.entity_of(run) if run is not None else None
        if run is None or entity is None:
            last = place + 1 if quotes and _is_phrase(tokens, place) else place
            token = tokens[place]
            text = f"{token.text} {tokens[last].text}" if last > place else token.text
            yield SentenceItem(token.kind, text, token.start, tokens[last].end, None, token.quote)
            place = last + 1
            continue
        end = run.end + (3 if in_brackets(tokens, run.end) else 0)
        text = " ".join(token.text for token in tokens[run.start : end])
        yield SentenceItem("name", text, tokens[run.start].start, tokens[end - 1].end, entity)
        place = end


def _is_phrase(tokens: Sequence[TextToken], place: int) -> bool:
    """Return whether two words are one verb of saying: shot back."""
    return tokens[place].kind == "word" and " ".join(token.lower for token in tokens[place : place + 2]) in _PHRASES


def verbs(items: Sequence[SentenceItem], end: int | None = None) -> Iterator[int]:
    """Return where a sentence says, before its item ``end``, that somebody says something.

    Not of nouns, and not of those to whom it is said.
    """
    known = _BESIDE_QUOTES if any(item.kind == "quote" for item in items) else SAYING
    for place, item in enumerate(items[:end]):
        if item.lower in known and not _is_noun(items, place) and not is_passive(items, place):
            yield place


def before_verb(items: Sequence[SentenceItem], verb: int) -> int:
    """Return the item before a verb and its auxiliaries and adverbs; -1 where there is none."""
    place = verb - 1
    while place >= 0:
        item = items[place]
        if item.lower in AUXILIARIES or item.lower in ADVERBS or (item.lower.endswith("ly") and len(item.lower) > 4):
            place -= 1
        elif item.lower.endswith("day") and place and items[place - 1].lower in ("on", "last", "late", "early"):
            place -= 2
        else:
            break
    return place


def is_passive(items: Sequence[SentenceItem], verb: int) -> bool:
    """Return whether the verb says what is said to or of its subject."""
    between = [item.lower for item in items[before_verb(items, verb) + 1 : verb]]
    return not items[verb].lower.endswith("ing") and any(word in PASSIVE for word in between)


def _is_noun(items: Sequence[SentenceItem], place: int) -> bool:
    before = items[place - 1] if place else None
    if before is None:
        return False
    if before.lower == "to" or (before.lower in ("did", "does", "do") and place > 1 and items[place - 2].lower == "not"):
        return True
    if items[place].lower not in ALSO_NOUNS:
        return before.lower in ("a", "the") or before.possessive
    if before.possessive or before.lower in DETERMINERS - {"that", "this"}:
        return True
    return before.lower in PREPOSITIONS and items[place].lower not in ("saying", "writing", "warning")
