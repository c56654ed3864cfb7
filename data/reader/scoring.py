"""How well a judge in training does on stories: what it ranks first, and what it answers at the best threshold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch

from bot.answers.reader.encoder import Weights
from data.reader.judge import Judge
from data.reader.pairs import scoring_batch
from data.reader.vectors import AskedVectors, StoryVectors

AT_ONCE = 32  # questions
LONGEST = 30  # tokens of a short answer


@dataclass(frozen=True, slots=True)
class Scored:
    """A question as judged. ``facts`` are the positions of the facts, best first; ``sure`` the share of the softmax that they
    have against "none"; ``also`` those that answer by themselves; ``short`` whether the short answer of the first is cut just as
    it was labelled (None: no label, or another fact), ``yes`` whether yes or no is right.
    """

    asked: AskedVectors
    facts: tuple[int, ...]
    sure: float
    also: frozenset[int]
    short: bool | None
    yes: bool | None

    @property
    def right(self) -> bool:
        """Whether the first fact answers."""
        return self.facts[0] in self.asked.right


@torch.inference_mode()
def score_story(judge: Judge, story: StoryVectors, weights: Weights) -> Iterator[Scored]:
    """Ask a story all its questions."""
    judge.eval()
    for start in range(0, len(story.asked), AT_ONCE):
        some = story.asked[start : start + AT_ONCE]
        batch = scoring_batch([(story, question) for question in some], weights)
        verdict = judge(batch.pairs)
        for row, question in enumerate(some):
            positions = batch.positions[row]
            final = (batch.near[row] + verdict.score[row])[: len(positions)]
            order = final.argsort(descending=True).tolist()
            none = (batch.none[row] + verdict.none[row])[None]
            first, labelled = order[0], question.span is not None and positions[order[0]] == question.right[0]
            yield Scored(
                question,
                tuple(positions[column] for column in order),
                1 - float(torch.cat([final, none]).softmax(0)[-1]),
                frozenset(positions[column] for column in order if verdict.also[row, column] > 0),
                _span(verdict.start[row, first], verdict.end[row, first]) == question.span if labelled else None,
                bool(verdict.yes[row, first].argmax()) == bool(question.yes) if question.yes >= 0 else None,
            )


def _span(start: torch.Tensor, end: torch.Tensor) -> tuple[int, int]:
    """Return the span with the best sum of start and end, not before its start nor too long."""
    size = len(start)
    allowed = torch.ones(size, size, dtype=torch.bool).triu().tril(LONGEST)
    best = int((start[:, None] + end[None, :]).masked_fill(~allowed, -1e9).argmax())
    return best // size, best % size


def figures(scored: Sequence[Scored]) -> dict[str, float]:
    """Return the figures of questions as scored; F1 and what goes with it at the best threshold for all of them."""
    right = np.array([question.right for question in scored])
    sure = np.array([question.sure for question in scored])
    none = np.array([not question.asked.right for question in scored])
    asked = int((~none).sum())
    f1, threshold = max((2 * right[sure >= t].sum() / ((sure >= t).sum() + asked), t) for t in np.linspace(0.02, 0.98, 97))
    answered = sure >= threshold
    answerable = [question for question in scored if question.asked.right]
    several = [question for question in answerable if question.asked.row["type"] == "list"]
    values = {
        "near": np.mean([question.asked.near[0] in question.asked.right for question in answerable]),
        "first": right.sum() / asked,
        "three": np.mean([bool(set(question.facts[:3]) & set(question.asked.right)) for question in answerable]),
        "f1": f1,
        "threshold": threshold,
        "answered right": (right & answered).sum() / asked,
        "left alone": (~answered & none).sum() / max(1, none.sum()),
        "short": np.mean([question.short for question in scored if question.short is not None]),
        "yes": np.mean([question.yes for question in scored if question.yes is not None and question.right]),
        "several": np.mean([len(question.also & set(question.asked.right)) / len(question.asked.right) for question in several]),
    }
    for kind in sorted({str(question.asked.row["hard"]) for question in answerable}):
        values[kind] = np.mean([question.right for question in answerable if str(question.asked.row["hard"]) == kind])
    return {name: round(float(value), 3) for name, value in values.items()}
