"""How likely it is that the best fact answers the question, from 0 to 1.

In: the question and the reader's judgement of its facts. Out: one calibrated probability, by a logistic regression that
``data/reader/decide.py`` fits on the validation stories. From the threshold the question is answered; from a lower one the best
fact is shown as one that may answer; below that nothing is.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

from bot.answers.reader.features import PairFeatures
from bot.answers.reader.judging import Judgement

_FAR = 20.0  # log odds beyond which a score is no surer


class Evidence(NamedTuple):
    """What speaks for the best fact answering. Scores are log odds of the reader's, squeezed to one scale."""

    over_none: float  # the best fact's score above that of "none of them"
    all_over_none: float  # all facts' scores together above it
    over_second: float  # the best fact's score above the second's
    near_over_none: float  # the nearest fact's score above that of "none", before the judge
    also: float  # log odds that the best fact answers, by itself
    unmet: float  # how far the least met of the question's telling words is from any word of the fact
    cover_names: float
    names_left: float  # share of the actors named that the fact does not have
    slot_missing: float
    follow_up: float  # it was asked after other questions


def weigh(judgement: Judgement, features: PairFeatures, weights: tuple[float, ...], *, named: bool, follow_up: bool) -> Evidence:
    """Return the evidence for the best fact; ``weights`` are those of the question's tokens, ``features`` the fact's."""
    best = judgement.facts[0]
    scores = [each.score for each in judgement.facts]
    second = scores[1] if len(scores) > 1 else best.score - _FAR
    together = best.score + math.log(sum(math.exp(score - best.score) for score in scores))
    telling = max(weights)
    cosines = [cosine for _, cosine in best.met]
    return Evidence(
        over_none=_squeezed(best.score - judgement.none),
        all_over_none=_squeezed(together - judgement.none),
        over_second=_squeezed(best.score - second),
        near_over_none=_squeezed(float(judgement.near.max()) - judgement.none),
        also=_squeezed(best.also),
        unmet=max(weight / telling * (1 - cosine) for weight, cosine in zip(weights, cosines, strict=True)),
        cover_names=features.cover_names,
        names_left=1 - features.actor if named else 0.0,
        slot_missing=features.slot_missing,
        follow_up=float(follow_up),
    )


def probability(evidence: Evidence, weights: Mapping[str, float], bias: float) -> float:
    """Return how likely it is that the best fact answers."""
    total = bias + sum(weights.get(name, 0.0) * value for name, value in evidence._asdict().items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total)))) if math.isfinite(total) else 0.0


def _squeezed(score: float) -> float:
    # A quarter brings scores to about the size of the shares between 0 and 1, so that the regression pulls on all of them alike.
    return max(-_FAR, min(_FAR, score)) / 4 if math.isfinite(score) else 0.0
