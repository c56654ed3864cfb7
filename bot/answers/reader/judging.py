"""Judging: a question held against facts by late interaction, then the nearest few read together with it.

In: the question's vectors, the facts' vectors, the features of each pair. Out: for each fact that was judged a `Judged`:
its score, the log odds that it answers, where the short answer stands, yes or no; and the score of "none of the facts".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.answers.reader.encoder import (
    JUDGE,
    FactVectors,
    Floats,
    QuestionVectors,
    SecondOpinion,
    Weights,
    directions_of,
    open_session,
)
from bot.answers.reader.features import PairFeatures

# Both chosen on the validation stories: of more facts the judge ranks no better, and takes as much longer as they are more.
JUDGED = 5  # nearest facts that are read together with the question
NEARNESS = 1.5  # further weight of how much nearer a fact is than "none", in its score
# Fitted on the validation stories: facts that are rightly shown beside the best one rise from 0.37 to 0.54 where half are right.
SECOND_ALSO = 0.2  # what the second network's opinion counts in the log odds that a fact answers
_STARTS = 10  # likeliest starts of a short answer of which the best end is looked for
MAX_SHORT = 30  # tokens of a short answer
_SPANS = 3  # pieces of a fact that may be the short answer; the first may turn out to repeat the question
_MIN_LIKELY = 4.0  # log odds by which the others may be less likely than the first


@dataclass(frozen=True, slots=True)
class Judged:
    """A fact as judged. ``position`` is its place among those that were held against the question.

    ``near`` is the score of late interaction, ``second`` by how much the second network finds it nearer than "none of the
    facts", ``score`` the final one, of all three, since the judge by itself ranks facts no better than nearness does. ``also``,
    ``short`` and ``yes`` are log odds: that it answers, by judge and second network, that it has a short answer, that a yes/no
    question is answered with yes.
    ``spans`` are the first and last token of what may be the short answer, the likeliest first; ``met`` is for each token of
    the question the nearest token of the fact and its cosine.
    """

    position: int
    near: float
    second: float
    score: float
    also: float
    short: float
    yes: float
    spans: tuple[tuple[int, int], ...]
    met: tuple[tuple[int, float], ...]


class Nearness(NamedTuple):
    """How near facts are to a question (facts): by the first network, by the second above "none of the facts", and by both."""

    first: Floats
    second: Floats
    both: Floats


@dataclass(frozen=True, slots=True)
class Judgement:
    """The facts that were judged, best first, the score of "none of them", and the nearness of all facts."""

    facts: tuple[Judged, ...]
    none: float
    near: Nearness


class Held(NamedTuple):
    """A question held against facts by late interaction: their nearness, the score of "none of them", and of each fact the
    directions of its tokens and their cosines with the question's.
    """

    near: Nearness
    none: float
    rows: Sequence[Floats]
    cosines: Sequence[Floats]


class Judge:
    """Holds questions against facts. Safe to use from several threads."""

    def __init__(self, weights: Weights, name: str = JUDGE) -> None:
        self._weights, self._name = weights, name

    def judge(
        self,
        question: QuestionVectors,
        facts: Sequence[FactVectors],
        features: Callable[[int], PairFeatures],
        wanted: Sequence[int],
        preference: Floats,
    ) -> Judgement:
        """Judge the nearest facts, and those that are ``wanted`` whatever their nearness; ``features`` takes a fact's place.

        ``preference`` is what is added to the nearness of each fact where the nearest are chosen.
        """
        if not facts:
            return nothing_judged(question)
        held = self.hold(question, facts)
        return self.read(question, held, chosen_of(held.near.both + preference, wanted), features)

    def hold(self, question: QuestionVectors, facts: Sequence[FactVectors]) -> Held:
        """Hold a question against facts by late interaction."""
        first, rows, cosines = self.near(question, facts)
        second = self.second(question, facts)
        near = Nearness(first, second, first + np.float32(self._weights.second.weight) * second)
        top = np.sort(first)[::-1][:2]
        w = self._weights.none_near
        none = question.none + (w[0] * question.none + w[1] * top[0] + w[2] * top[-1]) / 10 + w[3]
        return Held(near, none, rows, cosines)

    def read(
        self, question: QuestionVectors, held: Held, chosen: Sequence[int], features: Callable[[int], PairFeatures]
    ) -> Judgement:
        """Read facts that were chosen together with the question."""
        judged, shifts = [], []
        for start in range(0, len(chosen), JUDGED):  # more are too many side by side
            some = chosen[start : start + JUDGED]
            lot, shift = self._read(question, some, held, [features(index) for index in some])
            judged += lot
            shifts.append(shift)
        return Judgement(_in_order(judged), float(held.none + shifts[0]), held.near)

    def near(self, question: QuestionVectors, facts: Sequence[FactVectors]) -> tuple[Floats, list[Floats], list[Floats]]:
        """Return the nearness of each fact, and for each its tokens' directions and their cosines with the question's tokens."""
        ends = np.cumsum([len(fact.rows) for fact in facts])
        rows = directions_of(np.concatenate([fact.rows for fact in facts]))
        near, cosines = late_interaction(question, rows, np.array([0, *ends[:-1]]), self._weights)
        tokens, met = ([part[1:] for part in np.split(values, ends[:-1])] for values in (rows, cosines))
        return near, tokens, met

    def second(self, question: QuestionVectors, facts: Sequence[FactVectors]) -> Floats:
        """Return by how much the second network finds each fact nearer to a question than "none of the facts"."""
        if question.second is None:
            return np.zeros(len(facts), dtype=np.float32)
        ends = np.cumsum([len(fact.second) for fact in facts])
        rows = directions_of(np.concatenate([fact.second for fact in facts]))
        near, _ = late_interaction(question.second, rows, np.array([0, *ends[:-1]]), self._weights.second)
        return near - np.float32(question.second.none)

    def _read(
        self,
        question: QuestionVectors,
        chosen: Sequence[int],
        held: Held,
        features: Sequence[PairFeatures],
    ) -> tuple[list[Judged], float]:
        """Read facts side by side, and return what is added to the score of "none of them" with them."""
        near, none, rows, cosines = held
        pairs, size = len(chosen), len(question.tokens)
        longest = max(len(rows[index]) for index in chosen)
        fact = np.zeros((pairs, longest, rows[0].shape[1]), dtype=np.float32)
        mask = np.zeros((pairs, longest), dtype=np.int64)
        for row, index in enumerate(chosen):
            length = len(rows[index])
            fact[row, :length], mask[row, :length] = rows[index], 1
        values = {
            "read": np.repeat(question.read[None], pairs, 0),
            "tokens": np.repeat(question.tokens[None], pairs, 0),
            "mask": np.ones((pairs, size), dtype=np.int64),
            "weights": np.repeat(question.weights[None], pairs, 0),
            "fact": fact,
            "fact_mask": mask,
            "features": np.array(features, dtype=np.float32),
            "near": near.first[list(chosen)],
            "none": np.full(pairs, none, dtype=np.float32),
        }
        score, also, short, yes, shift, start, end = self._session.run(None, values)
        return [
            Judged(
                position=index,
                near=float(near.first[index]),
                second=float(near.second[index]),
                score=float(near.both[index] + score[row] + NEARNESS * (near.first[index] - none)),
                also=float(also[row] + SECOND_ALSO * near.second[index]),
                short=float(short[row]),
                yes=float(yes[row, 1] - yes[row, 0]),
                spans=_best_spans(start[row], end[row]),
                met=tuple((int(at), float(cosines[index][at, token])) for token, at in enumerate(cosines[index].argmax(0))),
            )
            for row, index in enumerate(chosen)
        ], float(shift[0])

    @cached_property
    def _session(self) -> Any:
        return open_session(self._weights, self._name)


class JointJudge:
    """Both networks' judges, of a question in another language about facts in English. Safe to use from several threads.

    The second network's reads the question as it is, the first network's as the adapter has it. What each makes of a fact is
    averaged; the first's counts ``weight`` as much.
    """

    def __init__(self, second: Judge, first: Judge, weight: float) -> None:
        self._second, self._first = second, first
        self._shares = 1 / (1 + weight), weight / (1 + weight)

    def judge(
        self,
        question: QuestionVectors,
        facts: Sequence[FactVectors],
        features: Callable[[int], PairFeatures],
        wanted: Sequence[int],
        preference: Floats,
    ) -> Judgement:
        """Judge the nearest facts; see `Judge.judge`. The place of a short answer, and which words are met, are the first's."""
        if not facts or question.second is None:
            return nothing_judged(question)
        adapted, asked = replace(question, second=None), question.second
        held, held_second = self._first.hold(adapted, facts), self._second.hold(asked, [fact.alone for fact in facts])
        both = np.float32(self._shares[0]) * held_second.near.first + np.float32(self._shares[1]) * held.near.first
        chosen = chosen_of(both + preference, wanted)
        first = self._first.read(adapted, held, chosen, features)
        second = self._second.read(asked, held_second, chosen, features)
        by_place = {fact.position: fact for fact in second.facts}
        joint = [self._joint(by_place[fact.position], fact, first.none) for fact in first.facts]
        none = self._mean(second.none, first.none)
        return Judgement(_in_order(joint), none, Nearness(both, held.near.first - np.float32(held.none), both))

    def _mean(self, second: float, first: float) -> float:
        return self._shares[0] * second + self._shares[1] * first

    def _joint(self, second: Judged, first: Judged, none: float) -> Judged:
        return replace(
            first,
            near=self._mean(second.near, first.near),
            second=first.score - none,
            score=self._mean(second.score, first.score),
            also=self._mean(second.also, first.also),
            short=self._mean(second.short, first.short),
            yes=self._mean(second.yes, first.yes),
        )


def nothing_judged(question: QuestionVectors) -> Judgement:
    """Return the judgement of a question that there is no fact for."""
    nothing = np.zeros(0, dtype=np.float32)
    return Judgement((), question.none, Nearness(nothing, nothing, nothing))


def chosen_of(near: Floats, wanted: Sequence[int]) -> list[int]:
    """Return the places of the facts that are read: the nearest, then those that are wanted."""
    return list(dict.fromkeys([*np.argsort(-near, kind="stable")[:JUDGED].tolist(), *wanted]))


def _in_order(judged: Sequence[Judged]) -> tuple[Judged, ...]:
    return tuple(sorted(judged, key=lambda fact: (-fact.score, fact.position)))


def late_interaction(
    question: QuestionVectors, rows: Floats, starts: NDArray[np.intp], weights: Weights | SecondOpinion
) -> tuple[Floats, Floats]:
    """Return the nearness of facts to a question, and the cosines of all rows with the question's tokens.

    All are one network's, whose late interaction has these ``weights``. ``rows`` are the facts' directions one after the other,
    the row of the whole fact first; ``starts`` is where each fact begins.
    """
    cosines: Floats = rows @ question.tokens.T
    cosines[starts] = -1.0  # the row of the whole fact is no token
    best = np.maximum.reduceat(cosines, starts)
    near: Floats = weights.scale * (best @ question.weights) + weights.whole * (rows[starts] @ question.whole)
    return near.astype(np.float32), cosines


def _best_spans(start: Floats, end: Floats) -> tuple[tuple[int, int], ...]:
    """Return the spans with the best sums of start and end that do not overlap: none before its start, none too long."""
    candidates = []
    for at in np.argsort(-start)[:_STARTS]:
        last = at + int(end[at : at + MAX_SHORT].argmax())
        candidates.append((float(start[at] + end[last]), int(at), int(last)))
    candidates.sort(key=lambda candidate: -candidate[0])
    spans: list[tuple[int, int]] = []
    for likely, first, last in candidates:
        apart = all(last < other[0] or first > other[1] for other in spans)
        if apart and likely >= candidates[0][0] - _MIN_LIKELY and len(spans) < _SPANS:
            spans.append((first, last))
    return tuple(spans)
