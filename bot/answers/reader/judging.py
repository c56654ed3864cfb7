"""Judging: a question held against facts by late interaction, then the nearest few read together with it.

In: the question's vectors, the facts' vectors, the features of each pair. Out: for each fact that was judged a `Judged`:
its score, the log odds that it answers, where the short answer stands, yes or no; and the score of "none of the facts".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from bot.answers.reader.encoder import FactVectors, Floats, QuestionVectors, open_session
from bot.answers.reader.features import PairFeatures
from bot.answers.reader.weights import JUDGE, Weights

JUDGED = 10  # nearest facts that are read together with the question, the step whose cost grows with their number
_STARTS = 10  # likeliest starts of a short answer of which the best end is looked for
LONGEST_SHORT = 30  # tokens of a short answer


@dataclass(frozen=True, slots=True)
class Judged:
    """A fact as judged. ``place`` is its place among those that were held against the question.

    ``near`` is the score of late interaction, ``score`` the final one; ``also``, ``short`` and ``yes`` are log odds: that it
    answers, that it has a short answer, that a yes/no question is answered with yes. ``span`` are the first and last token of
    the short answer, ``met`` is for each token of the question the nearest token of the fact and its cosine.
    """

    place: int
    near: float
    score: float
    also: float
    short: float
    yes: float
    span: tuple[int, int]
    met: tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """The facts that were judged, best first, the score of "none of them", and the nearness of all facts."""

    facts: tuple[Judged, ...]
    none: float
    near: Floats


class Judge:
    """Holds questions against facts. Safe to use from several threads."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights

    def judge(
        self,
        question: QuestionVectors,
        facts: Sequence[FactVectors],
        features: Callable[[int], PairFeatures],
        wanted: Sequence[int] = (),
    ) -> Judgement:
        """Judge the nearest facts, and those that are ``wanted`` whatever their nearness; ``features`` takes a fact's place."""
        if not facts:
            return Judgement((), question.none, np.zeros(0, dtype=np.float32))
        rows = [fact.directions for fact in facts]
        near, cosines = self._near(question, rows)
        order = [int(place) for place in np.argsort(-near, kind="stable")]
        chosen = list(dict.fromkeys([*order[:JUDGED], *wanted]))
        top = [near[place] for place in order[:2]]
        judged = self._read(question, chosen, rows, cosines, near, [features(place) for place in chosen])
        w = self._weights.none_near
        none = question.none + (w[0] * question.none + w[1] * top[0] + w[2] * top[-1]) / 10 + w[3]
        return Judgement(tuple(sorted(judged, key=lambda each: (-each.score, each.place))), float(none), near)

    def _near(self, question: QuestionVectors, rows: Sequence[Floats]) -> tuple[Floats, list[Floats]]:
        """Return the nearness of each fact, and the cosines of each fact's tokens with the question's."""
        cosines = [each[1:] @ question.tokens.T for each in rows]
        best = np.stack([each.max(axis=0) for each in cosines])
        wholes = np.stack([each[0] for each in rows])
        near = self._weights.scale * (best @ question.weights) + self._weights.whole * (wholes @ question.whole)
        return near.astype(np.float32), cosines

    def _read(
        self,
        question: QuestionVectors,
        chosen: Sequence[int],
        rows: Sequence[Floats],
        cosines: Sequence[Floats],
        near: Floats,
        features: Sequence[PairFeatures],
    ) -> list[Judged]:
        pairs, size = len(chosen), len(question.tokens)
        longest = max(len(rows[place]) - 1 for place in chosen)
        fact = np.zeros((pairs, longest, rows[0].shape[1]), dtype=np.float32)
        mask = np.zeros((pairs, longest), dtype=np.int64)
        cosine = np.zeros((pairs, size, longest), dtype=np.float32)
        for row, place in enumerate(chosen):
            length = len(rows[place]) - 1
            fact[row, :length], mask[row, :length], cosine[row, :, :length] = rows[place][1:], 1, cosines[place].T
        values = {
            "question": np.repeat(question.read[None], pairs, 0),
            "question_mask": np.ones((pairs, size), dtype=np.int64),
            "weights": np.repeat(question.weights[None], pairs, 0),
            "fact": fact,
            "fact_mask": mask,
            "cosines": cosine,
            "known": np.array(features, dtype=np.float32),  # the name of this input in the shipped network
        }
        score, also, start, end, short, yes = self._session.run(None, values)
        return [
            Judged(
                place=place,
                near=float(near[place]),
                score=float(near[place] + score[row]),
                also=float(also[row]),
                short=float(short[row]),
                yes=float(yes[row, 1] - yes[row, 0]),
                span=_best_span(start[row], end[row]),
                met=tuple((int(at), float(cosines[place][at, token])) for token, at in enumerate(cosines[place].argmax(0))),
            )
            for row, place in enumerate(chosen)
        ]

    @cached_property
    def _session(self) -> Any:
        return open_session(self._weights, JUDGE)


def _best_span(start: Floats, end: Floats) -> tuple[int, int]:
    """Return the span with the best sum of start and end: not before its start, and not too long."""
    best = max((float(start[at] + end[at : at + LONGEST_SHORT].max()), at) for at in np.argsort(-start)[:_STARTS])[1]
    return int(best), int(best + end[best : best + LONGEST_SHORT].argmax())
