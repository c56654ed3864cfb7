from __future__ import annotations

import pytest

from bot.answers.asking import read_asking
from bot.answers.question_words import Asked
from bot.answers.words import normalise, tokens


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("When was the bridge closed?", Asked.WHEN),
        ("what day did it shut", Asked.WHEN),
        ("inspection report date", Asked.WHEN),
        ("wheres the ferry", Asked.WHERE),
        ("which town is it in", Asked.WHERE),
        ("How much will the repair cost?", Asked.HOW_MUCH),
        ("ferry how long", Asked.HOW_MUCH),
        ("why was it closed", Asked.WHY),
        ("how come nobody knew", Asked.WHY),
        ("who closed the bridge", Asked.WHO),
        ("who said it was not safe", Asked.WHO_SAID),
        ("what did the mayor say about it", Asked.SAID),
        ("Lee quotes", Asked.SAID),
        ("is the bridge safe", Asked.YES_NO),
        ("bridge closure", Asked.TERSE),
    ],
)
def test_the_type_of_question_is_read_off_its_words(text: str, asked: Asked) -> None:
    assert read_asking([token.word for token in tokens(normalise(text))], quotes=False).type is asked


def test_the_kind_of_amount_is_read_with_it() -> None:
    assert read_asking("how long did it take".split(), quotes=False).amounts == ("duration",)
    assert read_asking("how much did it cost".split(), quotes=False).amounts == ("money",)


def test_quoted_words_ask_who_said_them() -> None:
    assert read_asking("who not safe".split(), quotes=True).type is Asked.WHO_SAID
