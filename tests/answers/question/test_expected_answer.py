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


@pytest.mark.parametrize(
    "text",
    [
        "did everyone who was let go get their job back", "was the car unplugged when it went up in flames",
        "the second recall, was that under 20,000 cars", "going by the senator was it under 300 million",
        "when they cut it open were the separators creased", "if you believe the smith, did he drink any",
        "so pak made it out alive?", "he made it out alive, right?", "the server open for more than half a year?",
        "can someone tell me if the money was returned",
        "do you know whether she was fined",
    ],
)  # fmt: skip
def test_yes_or_no_is_asked_for_in_many_forms(text: str) -> None:
    assert read_expected([token.word for token in tokens(normalise(text))], quotes=False).type is QuestionType.YES_NO


@pytest.mark.parametrize(
    "text",
    [
        "can someone tell me what happened to the money", "can anyone explain the ban", "does anyone know who did it",
        "does anybody know a good tutor", "did they say when it starts", "did anyone die, who was it",
        "was it cooking? who says what", "the hearing, when was it", "did she say sorry, and how",
        "what did they do when it broke", "how was she armed", "was it dear or what was the price",
    ],
)  # fmt: skip
def test_a_question_that_asks_for_more_or_only_its_readers_is_not_for_yes_or_no(text: str) -> None:
    assert read_expected([token.word for token in tokens(normalise(text))], quotes=False).type is not QuestionType.YES_NO


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
