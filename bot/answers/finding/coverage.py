"""Which facts have words of a question, or words that stand for them, and how well: what a topic is called by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.answers.finding.documents import Document
from bot.answers.finding.index import StoryIndex
from bot.answers.question.parsing import Question, Term
from bot.english.lexicon import Lexicon

COVERED = 0.3  # strength from which a word of the question counts as covered


@dataclass(slots=True)
class Coverage:
    """How a fact covers the terms of a question, each from 0 to 1: ``strengths`` by any field, ``in_text`` by its own text."""

    document: Document
    strengths: list[float]
    in_text: list[float]


def cover(question: Question, index: StoryIndex, lexicon: Lexicon) -> dict[int, Coverage]:
    """Return the facts that have a word of the question or one that stands for it, by their place in the index."""
    found: dict[int, Coverage] = {}
    size = len(question.terms)
    for number, term in enumerate(question.terms):
        for stem, strength in _stand_ins(term, lexicon):
            for place in index.postings.get(stem, ()):
                coverage = found.setdefault(place, Coverage(index.documents[place], [0.0] * size, [0.0] * size))
                value = strength * coverage.document.weights[stem]
                coverage.strengths[number] = max(coverage.strengths[number], value)
                if stem in coverage.document.text:
                    coverage.in_text[number] = max(coverage.in_text[number], strength)
    return found


def _stand_ins(term: Term, lexicon: Lexicon) -> Iterator[tuple[str, float]]:
    """Yield the stems that stand for a term, each with how well it does: itself and its relations."""
    yield term.stem, 1.0
    if term.name or term.word[0].isdigit():
        return
    for related in lexicon.related(term.word):
        yield related.stem, related.strength
