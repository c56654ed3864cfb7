from __future__ import annotations

import pytest

from bot.answers.answerer import Answerer
from bot.english.lexicon import Lexicon
from bot.facts.base import FactBase
from bot.stories.load import read_story
from bot.terminal.pages import answer_page
from tests.support.towns import ORRIN, WEXLEY


@pytest.mark.parametrize("caution", [0.0, 1.0])  # answered, and shown as what may answer
def test_an_answer_says_about_which_story_it_is_where_several_may_be_meant(caution: float, lexicon: Lexicon) -> None:
    with FactBase.memory() as base:
        for story in (WEXLEY, ORRIN):
            base.apply(read_story(story, "town.yaml"), by="test")
        answerer = Answerer(base, lexicon)
        answerer.encode()
        answer = answerer.ask("when did the mayor resign?", caution=caution)
    assert (answer.status, answer.perhaps_answers) == (("answered", False) if caution == 0 else ("suggestions", True))
    shown = "\n".join(block.text.plain for block in answer_page(answer))
    assert "You may also mean The" in shown
    assert {town for town in ("Wexley", "Orrin") if f"News from {town}" in shown} == {"Wexley", "Orrin"}
