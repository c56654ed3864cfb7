"""Which questions ask for several facts."""

from __future__ import annotations

import pytest

from bot.answers.question.asked_lists import without_request
from bot.answers.question.expected_answer import QuestionType, read_expected
from bot.english.search_words import normalise, tokens


def words(text: str) -> list[str]:
    return [token.word for token in tokens(normalise(text))]


@pytest.mark.parametrize(
    "text",
    [
        "who all spoke at the hearing", "can someone list the votes", "could you please name everyone who was fined",
        "which people were sent home", "name those who left", "everything they found in the cellar", "what are the options",
        "list every time the pump failed", "what did the divers bring up, the lot", "what is said about the mayor",
        "what has she said herself, all of it", "how did they lose the boats, each one", "everyone who was at the table",
    ],
)  # fmt: skip
def test_a_list_is_asked_for(text: str) -> None:
    expected = read_expected(words(text), quotes=False)
    assert expected.wants_list
    assert not expected.sides


@pytest.mark.parametrize(
    "text",
    [
        "how many died, both counts", "did he know, both versions", "why did it stop, everyone's explanation",
        "how big was the crowd, depends who you ask", "what do the mayor and the union say about the roof",
        "mayor vs union: who paid", "who says what about the fire", "what does each side claim about the bill",
        "how high was the water by either side's count", "what are the rival estimates of the damage",
    ],
)  # fmt: skip
def test_what_each_side_says_is_asked_for_whatever_the_question(text: str) -> None:
    expected = read_expected(words(text), quotes=False)
    assert expected.wants_list
    assert expected.sides


@pytest.mark.parametrize(
    "text",
    [
        "who closed the bridge", "did all four counts stand", "how long did both sides negotiate", "was everyone on board paid",
        "what happened after the gale", "what were they waiting for", "why did the screen not come down all the way",
        "what did the researchers find out", "how much did it cost each family", "what did they give as grounds for it",
        "in what words did he thank them", "what does the other side say",
    ],
)  # fmt: skip
def test_one_thing_is_asked_for(text: str) -> None:
    assert not read_expected(words(text), quotes=False).wants_list


def test_a_request_to_list_is_no_question_for_yes_or_no() -> None:
    assert without_request("can someone list who died") == "list who died"
    assert without_request("can someone swim there") == "can someone swim there"
    assert read_expected(words("can someone please list who died"), quotes=False).type is not QuestionType.YES_NO
