"""The facts of an answer in order, each with its score.

In: what the reader made of a question, and the facts that answer it. Out: facts with scores, best first.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from bot.answers.finding.documents import Document
from bot.answers.models import ScoredFact
from bot.answers.reader.reading import Reading


def score_facts(reading: Reading, confidence: float, sure: Sequence[Document] = ()) -> list[ScoredFact]:
    """Return all facts with scores: the sure ones, or else the best, have the confidence, the others their odds against it."""
    best = reading.facts[0].judged.score if reading.facts else 0.0
    odds = {each.document.number: math.exp(min(0.0, each.judged.score - best)) for each in reading.facts}
    ranked = {each.number: each for each in (*sure, *(each.document for each in reading.facts), *reading.others)}
    first = list(ranked)[: max(len(sure), 1)]
    shares = {number: 1.0 if number in first else odds.get(number, 0.0) for number in ranked}
    return [ScoredFact(each.record, round(confidence * shares[number], 4)) for number, each in ranked.items()]


def nearest_others(scored: Sequence[ScoredFact], answering: Sequence[Document]) -> list[ScoredFact]:
    """Return the facts beside those that answer, of the same stories; of all where none answers."""
    taken = {document.number for document in answering}
    stories = {document.record.story.id for document in answering}
    return [fact for fact in scored if fact.record.number not in taken and (not stories or fact.record.story.id in stories)]
