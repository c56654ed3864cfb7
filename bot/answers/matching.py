"""Facts held against a question: how each covers it, with the features that ranking and deciding weigh."""

from __future__ import annotations

from dataclasses import dataclass

from bot.answers.coverage import cover, shortlist, weighted
from bot.answers.documents import Document
from bot.answers.features import Features, features_of, slot_filled
from bot.answers.index import StoryIndex
from bot.answers.lexicon import Lexicon
from bot.answers.question import Question, Term

COVERED = 0.3  # strength from which a word of the question counts as covered


@dataclass(frozen=True, slots=True)
class Match:
    """A fact held against a question.

    ``strengths`` tell for each term of the question how well the fact has it, 0 to 1, ``near`` counts words near in meaning too.
    """

    document: Document
    strengths: tuple[float, ...]
    near: tuple[float, ...]
    features: Features
    slot_filled: bool


def match_all(question: Question, index: StoryIndex, lexicon: Lexicon) -> list[Match]:
    """Hold a question against the facts that share a word, a meaning, a speaker or a date with it, in the index's order."""
    found = cover(question, index, lexicon)
    matches = []
    for coverage in shortlist(question, found, index):
        event = index.place_of.get(coverage.document.event) if coverage.document.event is not None else None
        event_cover = weighted(question.weights.every, found[event].strengths) if event in found else 0.0
        filled = slot_filled(question, coverage.document)
        features = features_of(question, coverage, event_cover, filled, index)
        matches.append(Match(coverage.document, tuple(coverage.strengths), tuple(coverage.near), features, filled))
    return matches


def nearest_words(question: Question, index: StoryIndex) -> list[float]:
    """Return for each term of a question how near any word of the story comes to it: 1 where a fact has it, else a cosine."""
    return [_nearest_word(term, index) for term in question.terms]


def _nearest_word(term: Term, index: StoryIndex) -> float:
    if index.has(term.stem):
        return 1.0
    return 0.0 if term.name else max((cosine for _, cosine in index.near(term.word)), default=0.0)


def covered(question: Question, match: Match) -> tuple[tuple[Term, ...], tuple[Term, ...]]:
    """Return the terms of the question that the fact has, and those that it lacks."""
    pairs = list(zip(question.terms, match.strengths, strict=True))
    return (
        tuple(term for term, strength in pairs if strength >= COVERED),
        tuple(term for term, strength in pairs if strength < COVERED),
    )
