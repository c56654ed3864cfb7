from __future__ import annotations

import pytest

from bot.answers.question.expected_answer import QuestionType, read_expected
from bot.english.search_words import normalise, tokens


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("When was the bridge closed?", QuestionType.WHEN),
        ("what day did it shut", QuestionType.WHEN),
        ("inspection report date", QuestionType.WHEN),
        ("wheres the ferry", QuestionType.WHERE),
        ("which town is it in", QuestionType.WHERE),
        ("How much will the repair cost?", QuestionType.HOW_MUCH),
        ("ferry how long", QuestionType.HOW_MUCH),
        ("why was it closed", QuestionType.WHY),
        ("how come nobody knew", QuestionType.WHY),
        ("who closed the bridge", QuestionType.WHO),
        ("who said it was not safe", QuestionType.WHO_SAID),
        ("what did the mayor say about it", QuestionType.SAID),
        ("Lee quotes", QuestionType.SAID),
        ("is the bridge safe", QuestionType.YES_NO),
        ("bridge closure", QuestionType.TERSE),
    ],
)
def test_the_type_of_question_is_read_off_its_words(text: str, asked: QuestionType) -> None:
    assert read_expected([token.word for token in tokens(normalise(text))], quotes=False).type is asked


def test_the_kind_of_amount_is_read_with_it() -> None:
    assert read_expected("how long did it take".split(), quotes=False).amounts == ("duration",)
    assert read_expected("how much did it cost".split(), quotes=False).amounts == ("money",)


def test_quoted_words_ask_who_said_them() -> None:
    assert read_expected("who not safe".split(), quotes=True).type is QuestionType.WHO_SAID


@pytest.mark.parametrize(
    "text",
    [
        "list all the bids", "bids list", "compensation offers", "any quotes by the mayor", "every time it was tested",
        "name the witnesses", "what were the demands", "which papers wrote about it", "what happened in may",
    ],
)  # fmt: skip
def test_a_list_is_asked_for_in_many_forms(text: str) -> None:
    assert read_expected(text.split(), quotes=False).wants_list


@pytest.mark.parametrize(
    "text",
    [
        "what happened to the boat", "why was she missing from the list", "did he keep all of it", "who closed the bridge",
        "what is this", "how much did the repairs cost", "why did all the boats leave",
    ],
)  # fmt: skip
def test_a_question_for_one_thing_is_not_for_a_list(text: str) -> None:
    assert not read_expected(text.split(), quotes=False).wants_list
