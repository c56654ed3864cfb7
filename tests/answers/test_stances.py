from __future__ import annotations

import pytest

from bot.answers.lexicon import Lexicon
from bot.answers.stances import Stances


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("It is a positive step.", "supports"),
        ("Officials applauded the ban.", "supports"),
        ("a highly regrettable decision", "opposes"),
        ("We stand against it.", "opposes"),
        ("I do not support it.", None),
        ("It is not wrong.", None),
        ("He turned right at the corner and went back to the ship.", None),
        ("I welcome the aim and reject the means.", None),
        ("They met on Monday.", None),
    ],
)
def test_a_stance_is_taken_only_from_words_that_show_one(text: str, stance: str | None, lexicon: Lexicon) -> None:
    assert Stances(lexicon).of(text) == stance
