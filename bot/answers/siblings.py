"""Facts that answer as well as the best one does: what tells them from those that merely share its words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING, NamedTuple

from bot.answers.documents import Document
from bot.answers.packed import cosine
from bot.answers.question import TYPE_WEIGHT, Question

if TYPE_CHECKING:
    from bot.answers.ranking import Ranked

FAR = 6.0  # below the best score, from where nothing answers as well
_GAPS = 9  # of the best scores, in which the widest gap is looked for


class Kinship(NamedTuple):
    """What speaks for a fact answering too, beside the best, each between -1 and 1."""

    shared: float  # share of what the best covers of the question that it covers as well
    listed: float  # several are asked for, and it is of the best's kind
    above_gap: float  # it scores above the widest gap between scores
    likeness: float  # to the best, in meaning
    wording: float  # share of the words of the shorter of both that the other has
    same_answer: float  # it has the best's short answer in it
    same_amount: float
    same_date: float
    slot_filled: float
    cover: float  # of the question, beyond what the best has of it
    cover_text: float  # of the question, by the text itself
    speaker: float  # the one asked for speaks


def kinships(question: Question, ranked: Sequence[Ranked], short: str | None) -> list[Kinship]:
    """Return how each of the ranked facts after the best stands to it, down to those far off; ``short``: its short answer."""
    best = ranked[0]
    others = takewhile(lambda other: best.score - other.score < FAR, ranked[1:])
    cut = _widest_gap(ranked)
    return [_kinship(question, best, other, short, above_gap=place < cut) for place, other in enumerate(others)]


def _kinship(question: Question, best: Ranked, other: Ranked, short: str | None, *, above_gap: bool) -> Kinship:
    one, another = best.match.document, other.match.document
    fact, features = another.record.fact, other.match.features
    return Kinship(
        shared=_shared(question, best, other),
        listed=float(question.asking.wants_list and one.record.fact.kind == fact.kind),
        above_gap=float(above_gap),
        likeness=cosine(one.vector, another.vector) if one.vector and another.vector else 0.0,
        wording=len(one.text & another.text) / max(1, min(len(one.text), len(another.text))),
        same_answer=float(short is not None and _has(another, short)),
        same_amount=float(not _amounts(one).isdisjoint(_amounts(another))),
        same_date=float(one.record.fact.date is not None and one.record.fact.date == fact.date),
        slot_filled=float(other.match.slot_filled),
        cover=features.cover - best.match.features.cover,
        cover_text=features.cover_text,
        speaker=features.speaker,
    )


def _widest_gap(ranked: Sequence[Ranked]) -> int:
    """Return how many facts after the best stand above the widest gap between the best scores."""
    gaps = [upper.score - lower.score for upper, lower in pairwise(ranked[: _GAPS + 1])]
    return max(range(len(gaps)), key=gaps.__getitem__, default=0)


def _shared(question: Question, best: Ranked, other: Ranked) -> float:
    total = both = 0.0
    for term, has, too in zip(question.terms, best.match.strengths, other.match.strengths, strict=True):
        weight = term.weight * (TYPE_WEIGHT if term.typing else 1.0)
        total += weight * has
        both += weight * min(has, too)
    return both / total if total else 0.0


def _has(document: Document, short: str) -> bool:
    return short in document.record.fact.text or any(short == actor.name for actor in document.record.speakers)


def _amounts(document: Document) -> set[str]:
    return {document.record.fact.text[amount.start : amount.end] for amount in document.amounts}
