"""Names by which several may be meant are said to be so, whatever the answer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.answers.answerer import Answerer
from bot.answers.namesakes import may_be
from bot.english.lexicon import Lexicon
from bot.facts.base import FactBase
from bot.presentation.wording import beside
from bot.stories.load import read_story
from tests.support.namesakes import PRYCES

BOTH = ("Maria Pryce", "Tom Pryce")


@pytest.fixture(scope="module")
def wexley(lexicon: Lexicon) -> Iterator[Answerer]:
    with FactBase.memory() as base:
        base.apply(read_story(PRYCES, "wexley.yaml"), by="test")
        answerer = Answerer(base, lexicon)
        answerer.encode()
        yield answerer


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("what did Pryce say?", "Pryce"),
        ("what did pryce say about the culvert?", "Pryce"),
        ("what did mo say about the cracks?", "Mo"),
        ("When did Pryce inspect the culvert?", "Pryce"),
        ("What did Pryce say after the collapse?", "Pryce"),
    ],
)
def test_an_answer_says_who_else_may_be_meant(question: str, name: str, wexley: Answerer) -> None:
    answer = wexley.ask(question)
    assert answer.status == "answered"
    assert answer.explanation.namesakes == ((name, BOTH),)
    assert (beside(answer) or "").startswith(may_be(name, BOTH))


def test_a_name_of_several_in_another_script_is_shown_as_it_was_written(wexley: Answerer) -> None:
    assert wexley.ask("о чём говорил Прайс?").explanation.namesakes == (("Прайс", BOTH),)


def test_who_somebody_is_of_whom_there_are_several_is_asked_back(wexley: Answerer) -> None:
    answer = wexley.ask("Who is Pryce?")
    assert answer.known == "“Pryce” may be Maria Pryce, Tom Pryce. Ask with the whole name to have one of them."


@pytest.mark.parametrize(
    "question", ["what did Tom Pryce say?", "what did the mayor say?", "what did Lund say?", "who warned the town?"]
)
def test_whoever_is_named_so_that_one_alone_is_meant_is_not(question: str, wexley: Answerer) -> None:
    answer = wexley.ask(question)
    assert answer.explanation.namesakes == ()
    assert "may be" not in f"{answer.note} {answer.known}"


def test_a_name_in_two_stories_is_one(lexicon: Lexicon) -> None:
    with FactBase.memory() as base:
        for story in (PRYCES, PRYCES.replace("id: wexley", "id: other")):
            base.apply(read_story(story, "wexley.yaml"), by="test")
        assert Answerer(base, lexicon).ask("what did Lund say?").explanation.namesakes == ()
