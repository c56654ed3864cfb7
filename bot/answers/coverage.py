"""Which facts have words of a question, or words that stand for them, and how well."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from operator import mul

from bot.answers.documents import Document
from bot.answers.index import StoryIndex
from bot.answers.lexicon import Lexicon
from bot.answers.question import LEAST_WEIGHT, Question, Term

SHORTLIST = 28  # facts that are looked at closely; the right one is practically always among them
ALIKE = 0.25  # likeness from which a fact without a word of the question is held against it


@dataclass(slots=True)
class Coverage:
    """How a fact covers the terms of a question, each from 0 to 1.

    ``strengths`` is by any field of the fact, ``in_text`` by its own text, ``near`` counts words near in meaning too.
    ``place`` is the fact's place in the index, ``likeness`` and ``gist`` how alike its meaning and its gist are to the whole
    question's.
    """

    document: Document
    place: int
    strengths: list[float]
    in_text: list[float]
    likeness: float = 0.0
    gist: float = 0.0
    near: list[float] = field(default_factory=list)


def weighted(weights: Sequence[float], strengths: Sequence[float]) -> float:
    """Return the share of the weights that the strengths cover, 0 to 1."""
    total: float = sum(map(mul, weights, strengths))
    return total / max(sum(weights), LEAST_WEIGHT)


def cover(question: Question, index: StoryIndex, lexicon: Lexicon) -> dict[int, Coverage]:
    """Return the facts that have a word of the question, a word that stands for one or its meaning, by their place."""
    found = _by_words(question, index, lexicon)
    pairs = zip(index.likenesses(question.vector), index.gists(question.gist), strict=True)
    for place, (likeness, gist) in enumerate(pairs):
        coverage = found.get(place)
        if coverage is None:
            if likeness < ALIKE and not _is_called_for(question, index.documents[place]):
                continue
            coverage = found[place] = _empty(question, index, place)
        coverage.likeness = likeness
        coverage.gist = gist
    return found


def shortlist(question: Question, found: dict[int, Coverage], index: StoryIndex) -> list[Coverage]:
    """Return the facts worth a closer look, in the index's order, with the words near in meaning counted."""
    chosen = list(found.values())
    if len(chosen) > SHORTLIST:
        called = [each for each in chosen if _is_called_for(question, each.document)]
        best = sorted(chosen, key=lambda each: -_promise(question, each))[:SHORTLIST]
        chosen = list({each.place: each for each in (*best, *called)}.values())
    chosen.sort(key=lambda each: each.place)
    _count_near(question, {each.place: each for each in chosen}, index)
    return chosen


def _promise(question: Question, coverage: Coverage) -> float:
    return (
        weighted(question.weights.every, coverage.strengths)
        + weighted(question.weights.every, coverage.in_text) / 2
        + coverage.likeness
    )


def _is_called_for(question: Question, document: Document) -> bool:
    """Tell whether a fact is by the speaker or of the date that is asked for."""
    if question.speakers & document.speakers:
        return True
    date = document.record.fact.date
    return (
        bool(question.dates)
        and date is not None
        and any((asked.agrees(date) and asked.same_size(date)) or asked.touches(date) for asked in question.dates)
    )


def _by_words(question: Question, index: StoryIndex, lexicon: Lexicon) -> dict[int, Coverage]:
    found: dict[int, Coverage] = {}
    for number, term in enumerate(question.terms):
        for stem, strength in stand_ins(term, lexicon):
            for place in index.postings.get(stem, ()):
                coverage = found.get(place)
                if coverage is None:
                    coverage = found[place] = _empty(question, index, place)
                value = strength * coverage.document.weights[stem]
                if value > coverage.strengths[number]:
                    coverage.strengths[number] = value
                if strength > coverage.in_text[number] and stem in coverage.document.text:
                    coverage.in_text[number] = strength
    return found


def _empty(question: Question, index: StoryIndex, place: int) -> Coverage:
    size = len(question.terms)
    return Coverage(index.documents[place], place, [0.0] * size, [0.0] * size)


def _count_near(question: Question, chosen: dict[int, Coverage], index: StoryIndex) -> None:
    for coverage in chosen.values():
        coverage.near = list(coverage.strengths)
    for number, term in enumerate(question.terms):
        if term.name:
            continue
        for stem, cosine in index.near(term.word):
            for place in index.postings.get(stem, ()):
                coverage_here = chosen.get(place)
                if coverage_here is not None:
                    value = cosine * coverage_here.document.weights[stem]
                    coverage_here.near[number] = max(coverage_here.near[number], value)


def stand_ins(term: Term, lexicon: Lexicon) -> Iterator[tuple[str, float]]:
    """Yield the stems that stand for a term, each with how well it does: itself, its relations, the phrase that it is in."""
    yield term.stem, 1.0
    if term.name or term.word[0].isdigit():
        return
    for related in lexicon.related(term.word):
        yield related.stem, related.strength
    if term.phrase is not None:
        yield term.phrase, 1.0
        for related in lexicon.related(term.phrase):
            yield related.stem, related.strength
