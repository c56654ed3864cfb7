"""What stands beside the best fact of an answer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.answers.answerer import Answerer
from bot.english.lexicon import Lexicon
from bot.facts.base import FactBase
from bot.resources import stories_folder
from bot.stories.load import load_story


@pytest.fixture
def base() -> Iterator[FactBase]:
    with FactBase.memory() as base:
        base.apply(load_story(stories_folder() / "twitter-rt-sputnik.yaml"), by="test")
        yield base


def test_an_answer_holds_few_facts_beside_the_one_that_answers(base: FactBase, lexicon: Lexicon) -> None:
    ask = Answerer(base, lexicon).ask
    answers = [ask(each.ask) for each in base.questions("twitter-rt-sputnik") if len(each.expect) == 1]
    shown = [len(answer.facts) for answer in answers if answer.facts]
    assert sum(shown) / len(shown) < 2.5
