"""What stands beside the best fact of an answer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.answers.answerer import Answerer
from bot.answers.indexes import Indexes
from bot.answers.lexicon import Lexicon
from bot.answers.matching import match_all
from bot.answers.question import read_question
from bot.answers.ranking import shipped_model
from bot.answers.siblings import kinships
from bot.facts.base import FactBase
from bot.shipped import stories_folder
from bot.stories.load import load_story


@pytest.fixture
def base() -> Iterator[FactBase]:
    with FactBase.memory() as base:
        base.apply(load_story(stories_folder() / "twitter-rt-sputnik.yaml"), by="test")
        yield base


def test_all_that_speaks_for_a_sibling_is_a_share(base: FactBase, lexicon: Lexicon) -> None:
    index = Indexes(base, lexicon).of("", None)
    question = read_question("When did Twitter ban RT and Sputnik?", index, lexicon)
    ranked = shipped_model().rank(question, match_all(question, index, lexicon))
    found = kinships(question, ranked, None)
    assert found
    assert all(-1.001 <= value <= 1.001 for kin in found for value in kin)


def test_an_answer_holds_few_facts_beside_the_one_that_answers(base: FactBase, lexicon: Lexicon) -> None:
    ask = Answerer(base, lexicon).ask
    answers = [ask(each.ask) for each in base.questions("twitter-rt-sputnik") if len(each.expect) == 1]
    shown = [len(answer.facts) for answer in answers if answer.facts]
    assert sum(shown) / len(shown) < 1.6
