"""What is said where the facts do not answer."""

from __future__ import annotations

import pytest

from bot.answers.answerer import Answerer
from bot.english.lexicon import Lexicon
from bot.facts.base import FactBase
from bot.resources import stories_folder
from bot.stories.load import load_story


@pytest.mark.parametrize(
    ("question", "mentioned"),
    [("what did Twitter decide to eat?", True), ("what colour did Klobuchar paint her house?", False)],
)
def test_a_word_in_another_form_is_not_called_unmentioned(question: str, mentioned: bool, lexicon: Lexicon) -> None:
    with FactBase.memory() as base:
        base.apply(load_story(stories_folder() / "twitter-rt-sputnik.yaml"), by="test")
        answer = Answerer(base, lexicon).ask(question)
    assert answer.status != "answered"
    assert mentioned or answer.perhaps_answers or "none mentions" in (answer.known or "none mentions")
    assert not mentioned or "none mentions" not in (answer.known or "")
