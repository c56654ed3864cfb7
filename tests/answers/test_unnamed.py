"""An answer as it may be stored: what is said where nothing answers repeats no name that the question is stored without."""

from __future__ import annotations

import pytest

from bot.answers.answerer import Answerer
from bot.answers.unnamed import without_names

INSTEAD = "@somebody"


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("Zebedee", "None of the 8 facts that I know mentions “@somebody”."),
        ("Zebedee Quill's cat", "None of the 8 facts that I know mentions “@somebody”."),
        ("Maria Lee", "I know 4 facts about @somebody, but none tells that."),
        ("Daniel Okorro", "I know 2 facts about @somebody, but none tells that."),  # as he is read
    ],
)
def test_what_is_known_names_nobody_whom_only_the_question_names(name: str, known: str, answerer: Answerer) -> None:
    answerer.encode()
    answer = answerer.ask(f"Which cheese does {name} eat?")
    assert without_names(answer, "Which cheese does @somebody eat?", INSTEAD).known == known


def test_what_is_said_of_a_question_that_is_stored_as_it_was_asked_stays(answerer: Answerer) -> None:
    answerer.encode()
    answer = answerer.ask("Which cheese does Maria Lee eat?")
    assert answer.known == "I know 4 facts about Maria Lee (Mayor of Harbour), but none tells that."
    assert without_names(answer, answer.question, INSTEAD) == answer
