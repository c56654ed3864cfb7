"""The facts of an answer in order, each with its score.

In: what the reader made of a question, and the facts that answer it. Out: facts with scores, best first.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from bot.answers.finding.documents import Document
from bot.answers.models import ScoredFact
from bot.answers.reader.reading import Reading


def of_their_stories(near: Sequence[ScoredFact], answering: Sequence[Document]) -> list[ScoredFact]:
    """Return the near facts of the stories that answer, or all where none does; those of other stories are beside the point."""
    stories = {document.record.story.id for document in answering}
    return [fact for fact in near if not stories or fact.record.story.id in stories]


def rank_facts(reading: Reading, first: Sequence[Document]) -> list[Document]:
    """Return all facts: some first, then as the reader ranks them."""
    ranked = (*first, *(each.document for each in reading.facts), *reading.others)
    return list({each.number: each for each in ranked}.values())


def score_facts(ordered: Sequence[Document], reading: Reading, confidence: float, sure: int) -> list[ScoredFact]:
    """Return the facts with scores: the first, and all that are sure, have the confidence, the others their odds against it."""
    best = reading.facts[0].judged.score if reading.facts else 0.0
    odds = {each.document.number: math.exp(min(0.0, each.judged.score - best)) for each in reading.facts}
    found = [ScoredFact(each.record, round(confidence * odds.get(each.number, 0.0), 4)) for each in ordered]
    return [replace(each, score=round(confidence, 4)) if place < max(sure, 1) else each for place, each in enumerate(found)]


def fact_of(scored: Sequence[ScoredFact], document: Document) -> ScoredFact:
    """Return a fact with its score."""
    return next(fact for fact in scored if fact.record.number == document.number)
