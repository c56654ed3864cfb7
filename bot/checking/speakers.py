"""Whose words the quotations of a text are, of those whose names are found in it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from bot.checking.names import Named
from bot.english.attribution import AttributedQuote, quotations_of, with_later_speakers
from bot.english.coreference import DiscourseModel
from bot.english.name_runs import NameRun, is_title
from bot.english.quotation_marks import MASK, Span, masked
from bot.english.sentences import Entity, paragraphs_of, read_sentences
from bot.english.tokens import TextToken

_SENTENCE = 600  # characters on each side of a quotation that are its context; a text without full stops is one sentence


@dataclass(frozen=True, slots=True)
class Attribution:
    """Whose words a quotation is; nobody where its text does not say. ``context`` is its sentence, a MASK for each quotation."""

    speakers: tuple[Named, ...]
    context: str


def attribute(text: str, spans: Sequence[Span], named: Sequence[Named]) -> tuple[Attribution, ...]:
    """Return whose words each quotation of a text is. ``named`` are the names in it, in its order."""
    known = _NamedEntities(named)
    discourse = DiscourseModel(known)
    quotes: list[AttributedQuote] = []
    for paragraph in paragraphs_of(text, spans):
        for sentence in read_sentences(paragraph, partial(known.find, paragraph.start)):
            found = quotations_of(sentence, discourse, quotes[-1] if quotes else None)
            discourse.note_sentence(sentence, [each.speakers for each in found if not each.guessed])
            quotes += found
    blotted = masked(text, spans)
    return tuple(
        Attribution(() if quote.guessed else known.named(quote.speakers), _context(blotted, span, quote))
        for span, quote in zip(spans, with_later_speakers(quotes), strict=True)
    )


def _context(blotted: str, span: Span, quote: AttributedQuote) -> str:
    start, items = quote.sentence.paragraph.start, quote.sentence.items
    first, last = max(start + items[0].start, span.whole[0] - _SENTENCE), min(start + items[-1].end, span.whole[1] + _SENTENCE)
    return re.sub(f"{MASK}+", MASK, blotted[first:last])


class _NamedEntities:
    """The names of a text as the entities that they mean; somebody unknown is one for each name."""

    def __init__(self, named: Sequence[Named]) -> None:
        self._named = named
        self._starts = [each.start for each in named]
        self._entities: dict[frozenset[str] | str, Entity] = {}
        self._first: dict[Entity, Named] = {}
        self._described: dict[str, Entity] = {}

    def find(self, start: int, sentence: Sequence[TextToken]) -> Iterator[tuple[int, int, Entity]]:
        """Yield the names of a sentence, with titles before them; its paragraph begins at ``start``."""
        token_ends = [start + token.end for token in sentence]
        token_starts = [start + token.start for token in sentence]
        first = bisect_left(self._starts, token_starts[0])
        for each in self._named[first : bisect_left(self._starts, token_ends[-1])]:
            begin, end = bisect_left(token_ends, each.start + 1), bisect_left(token_starts, each.end)
            if begin >= end or any(token.kind == "quote" for token in sentence[begin:end]):
                continue
            while begin and is_title(sentence[begin - 1]):
                begin -= 1
            yield begin, end, self._entity(each)

    def entity_of(self, run: NameRun) -> Entity | None:
        """Return the entity that a name means, known or not."""
        return self._entities.get(run.text)

    def people_called(self, noun: str) -> Sequence[Entity]:
        """Return nobody: whom a text calls by a role is found as a name."""
        return ()

    def add(self, entity: Entity) -> Entity:
        """Add somebody whom no name names."""
        return self._described.setdefault(entity.name.casefold(), entity)

    def named(self, speakers: Sequence[Entity]) -> tuple[Named, ...]:
        """Return the names of speakers; whoever is only described has none."""
        return tuple(self._first[each] for each in speakers if each in self._first)

    def _entity(self, named: Named) -> Entity:
        kind = "person" if named.person else "organization" if named.actors or " " in named.name else "unknown"
        entity = self._entities.setdefault(named.actors or named.name, Entity(named.name, kind))
        self._entities.setdefault(named.name, entity)
        self._first.setdefault(entity, named)
        return entity
