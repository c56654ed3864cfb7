"""The one probability that decides."""

from __future__ import annotations

import numpy as np
import pytest

from bot.answers.answerer import Answerer
from bot.answers.reader.features import FEATURES, PairFeatures
from bot.answers.reader.judging import Judged, Judgement
from bot.answers.reader.probability import Evidence, probability, weigh
from bot.answers.reader.reader import shipped_reader

NO_FEATURES = PairFeatures(*(0.0 for _ in FEATURES))


def judgement(*scores: float, none: float = 0.0) -> Judgement:
    facts = tuple(
        Judged(place, score, score, score, 0.0, 0.0, ((0, 0),), ((0, 0.8), (1, 0.4))) for place, score in enumerate(scores)
    )
    return Judgement(facts, none, np.array(scores, dtype=np.float32))


def chance(found: Judgement) -> float:
    weights = shipped_reader().weights
    evidence = weigh(found, NO_FEATURES, (0.7, 0.3), named=False, follow_up=False)
    return probability(evidence, weights.decide, weights.bias)


def test_it_is_surer_the_further_the_best_fact_is_above_none_and_above_the_second() -> None:
    near, clear, alone = chance(judgement(2, 1, none=1)), chance(judgement(8, 1, none=1)), chance(judgement(8, -9, none=1))
    assert 0 < near < clear <= alone < 1


@pytest.mark.parametrize("score", [1e9, -1e9, 0.0])
def test_no_score_is_beyond_it(score: float) -> None:
    assert 0 <= chance(judgement(score, none=-score)) <= 1


def test_one_fact_alone_can_be_weighed() -> None:
    evidence = weigh(judgement(3.0), NO_FEATURES, (0.5, 0.5), named=True, follow_up=True)
    assert all(np.isfinite(evidence))
    assert evidence.names_left == 1.0
    assert set(shipped_reader().weights.decide) <= set(Evidence._fields)


def test_an_answer_is_as_sure_as_it_says(answerer: Answerer) -> None:
    answer = answerer.ask("when was the bridge closed")
    assert answer.facts[0].score == answer.explanation.confidence >= shipped_reader().weights.threshold


def test_between_sure_and_silent_the_fact_is_shown_as_one_that_may_answer(answerer: Answerer) -> None:
    sure = answerer.ask("when was the bridge closed")
    unsure = answerer.ask("when was the bridge closed", caution=1.0)
    assert sure.status == "answered"
    assert not sure.perhaps_answers
    assert unsure.status == "suggestions"
    assert unsure.perhaps_answers
    assert unsure.known is None
    assert unsure.suggestions[0].record == sure.facts[0].record
