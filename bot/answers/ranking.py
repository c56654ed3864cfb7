"""Ranking facts, deciding whether the best one answers and which others do: linear models, fitted and shipped as data.

Ranking is a softmax over a question's facts (ListNet, Cao et al. 2007), fitted with a pull towards hand-set weights. Deciding is
a logistic regression over what speaks for the best fact and against it, fitted on answerable and unanswerable questions and on
answerable ones whose right facts were hidden; telling what else answers is one over each fact after the best.
``data/model/fit.py`` fits them.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import mul
from typing import Any

from bot.answers.evidence import Evidence, weigh
from bot.answers.features import Features
from bot.answers.matching import Match
from bot.answers.question import Question
from bot.answers.question_words import Asked
from bot.answers.siblings import Kinship
from bot.shipped import model_file


@dataclass(frozen=True, slots=True)
class Ranked:
    """A match with its score and its share of the softmax."""

    match: Match
    score: float
    chance: float


class Model:
    """The fitted weights."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._rank = tuple(float(values["rank"].get(name, 0.0)) for name in Features._fields)
        self._kinds = {Asked(kind): dict(each) for kind, each in values["kinds"].items()}
        self._slots = {Asked(kind): float(each) for kind, each in values["slots"].items()}
        self._decide = tuple(float(values["decide"].get(name, 0.0)) for name in Evidence._fields)
        self._types = {Asked(kind): float(each) for kind, each in values["types"].items()}
        self._bias = float(values["bias"])
        self.threshold = float(values["threshold"])
        self._also = tuple(float(values["also"].get(name, 0.0)) for name in Kinship._fields)
        self._also_bias = float(values["also_bias"])

    def rank(self, question: Question, matches: Sequence[Match]) -> list[Ranked]:
        """Return the matches, best first; ties break by the order of the facts."""
        kinds = self._kinds.get(question.asking.type, {})
        slot = self._slots.get(question.asking.type, 0.0)
        scores = [
            sum(map(mul, self._rank, match.features))
            + kinds.get(match.document.record.fact.kind, 0.0)
            + (0.0 if match.slot_filled else slot)
            for match in matches
        ]
        top = max(scores, default=0.0)
        odds = [math.exp(score - top) for score in scores]
        total = sum(odds) or 1.0
        ranked = [Ranked(match, score, odd / total) for match, score, odd in zip(matches, scores, odds, strict=True)]
        return sorted(ranked, key=lambda each: -each.score)

    def confidence(self, question: Question, ranked: Sequence[Ranked], nearest: Sequence[float]) -> float:
        """Return how likely it is, from 0 to 1, that the best fact answers; ``nearest`` is what `weigh` takes."""
        if not ranked:
            return 0.0
        evidence = weigh(question, [each.match for each in ranked], [each.chance for each in ranked], nearest)
        total = self._bias + self._types.get(question.asking.type, 0.0)
        total += sum(weight * value for weight, value in zip(self._decide, evidence, strict=True))
        return _logistic(total)

    def also_answers(self, kinship: Kinship) -> float:
        """Return how likely it is, from 0 to 1, that a fact answers too, given that the best does."""
        return _logistic(self._also_bias + sum(weight * value for weight, value in zip(self._also, kinship, strict=True)))


def _logistic(total: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


@lru_cache(maxsize=1)
def shipped_model() -> Model:
    """Return the model that ships with Footnote."""
    return Model(json.loads(model_file().read_text(encoding="utf-8")))
