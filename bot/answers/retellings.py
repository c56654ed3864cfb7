"""The same thing told by several articles: passages that say the same are one entry of an answer, with the sources of all.

Two passages say the same where they share enough of their words, the rarer ones counting more, are near in meaning and have a
number in common, and where no number, day or denial sets them apart. A passage that says the same as a reviewed fact stands
behind that fact as one more source.

In: an answer, all facts that it may be from, and their vectors. Out: the answer with nothing told twice.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace

import numpy as np

from bot.answers.finding.documents import Document
from bot.answers.finding.index import StoryIndex
from bot.answers.models import Answer, ScoredFact
from bot.answers.reader.encoder import directions_of
from bot.answers.reader.reader import VectorStock
from bot.facts.models import FactRecord
from bot.facts.sourcing import cited_together, independent

# Chosen on the validation stories, by the labels of their articles.
ALIKE = 0.45  # likeness from which a passage tells the same as a fact: of such pairs 94 in 100 do, and 3 in 10 that do are such
ALIKE_ANSWERS = 0.35  # the same where both answer one question: 93 in 100
_NEARNESS, _NUMBER = 0.3, 0.1  # what nearness in meaning and a number in common count, beside the share of common words
_MIN_NEAR = 0.3  # nearness in meaning without which words are not compared, to save time
_MIN_SHARED = 2  # stems that both have


def merge_retellings(answer: Answer, index: StoryIndex, reviewed: StoryIndex, stock: VectorStock) -> Answer:
    """Return an answer in which what several passages tell is shown once, cited to them all.

    The passages are those of the ``index``; the facts of the answer are of it, or of the ``reviewed`` ones.
    """
    if not index.passages or not (answer.facts or answer.suggestions):
        return answer
    passages = Passages(index, stock)

    def document_of(number: int) -> Document | None:
        held = next((story_index for story_index in (index, reviewed) if number in story_index.position_of), None)
        return held.documents[held.position_of[number]] if held is not None else None

    facts = _merged(answer.facts, document_of, passages, {fact.record.number for fact in answer.facts})
    shown = {record.number for fact in facts for record in (fact.record, *fact.retellings)}
    suggestions = _merged([fact for fact in answer.suggestions if fact.record.number not in shown], document_of, passages)
    explanation = answer.explanation
    if facts:
        explanation = replace(explanation, sources=independent(facts[0].record.sources))
    unread = max(answer.unread, passages.unread)  # those may tell the same
    return replace(answer, facts=tuple(facts), suggestions=tuple(suggestions), explanation=explanation, unread=unread)


def _merged(
    facts: Iterable[ScoredFact],
    document_of: Callable[[int], Document | None],
    passages: Passages,
    answering: Collection[int] = (),
) -> list[ScoredFact]:
    """Return facts, each once, with the passages that tell the same behind it; ``answering`` are those that answer, by number."""
    merged: list[ScoredFact] = []
    taken: set[int] = set()
    for fact in facts:
        document = document_of(fact.record.number)
        if fact.record.number in taken:
            continue
        same = passages.telling_same(document, answering) if document is not None else []
        behind = [other.record for other in same if other.number not in taken]
        taken.update((fact.record.number, *(record.number for record in behind)))
        merged.append(with_retellings(fact, behind))
    return merged


def with_retellings(fact: ScoredFact, others: Sequence[FactRecord]) -> ScoredFact:
    """Return a fact with the citations of other records behind its own; without any it is returned as it is."""
    if not others:
        return fact
    retellings = (fact.record, *others)
    return replace(fact, record=cited_together(retellings), retellings=retellings)


def retellings_in(facts: Iterable[ScoredFact]) -> dict[int, tuple[int, ...]]:
    """Return the numbers of the passages that tell the same as a fact, by its number, for the facts that have any."""
    retellings = {fact.record.number: fact.retellings[1:] for fact in facts if fact.retellings}
    return {number: tuple(record.number for record in others) for number, others in retellings.items()}


class Passages:
    """The passages of an index with their vectors; ``unread`` counts those without any."""

    def __init__(self, index: StoryIndex, stock: VectorStock) -> None:
        self._index, self._stock = index, stock
        pairs = zip(index.passages, stock.of(index.passages), strict=True)
        encoded = [(document, vectors.rows[0]) for document, vectors in pairs if vectors is not None]
        self.unread = len(index.passages) - len(encoded)
        self._documents = [document for document, _ in encoded]
        self._wholes = directions_of(np.array([whole for _, whole in encoded])) if encoded else None

    def telling_same(self, document: Document, answering: Collection[int] = ()) -> list[Document]:
        """Return the other passages of its story that tell the same as a fact; ``answering`` are those that answer as well."""
        (vectors,) = self._stock.of([document])
        if vectors is None or self._wholes is None:
            return []
        nearness = self._wholes @ vectors.directions[0]
        same = []
        for position in np.flatnonzero(nearness >= _MIN_NEAR):
            other = self._documents[position]
            least = ALIKE_ANSWERS if other.number in answering else ALIKE
            if other.number != document.number and likeness(document, other, float(nearness[position]), self._index) >= least:
                same.append(other)
        return same


def likeness(one: Document, other: Document, nearness: float, index: StoryIndex) -> float:
    """Return how alike another fact is to one in what it tells; 0 where something is against its telling the same."""
    shared = one.text & other.text
    if len(shared) < _MIN_SHARED or not _may_tell_same(one, other, shared):
        return 0.0
    return shared_words(one, other, index) + _NEARNESS * nearness + (_NUMBER if one.numbers & other.numbers else 0.0)


def shared_words(one: Document, other: Document, index: StoryIndex) -> float:
    """Return the share of the words of two facts that both have, the rarer ones counting more."""
    return sum(map(index.rarity, one.text & other.text)) / (sum(map(index.rarity, one.text | other.text)) or 1.0)


def _may_tell_same(one: Document, other: Document, shared: frozenset[str]) -> bool:
    """Return whether another fact is of the same story, has every number of one, and no day or denial sets the two apart."""
    if one.record.story.id != other.record.story.id or one.denied & shared != other.denied & shared:
        return False
    if not one.numbers <= other.numbers or one.denied_numbers != other.denied_numbers:
        return False
    if one.round_numbers - other.round_numbers and other.numbers - one.numbers:
        return False  # "hundreds" may have become 1,300 by then
    first, second = one.record.fact.date, other.record.fact.date
    return first is None or second is None or first.meets(second.earliest, second.latest)
