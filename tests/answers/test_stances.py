from __future__ import annotations

import pytest

from bot.answers.relations.stances import Stances
from bot.english.lexicon import Lexicon


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("It is a positive step.", "supports"),
        ("a highly regrettable decision", "opposes"),
        ("We stand against it.", "opposes"),
        ("I do not support it.", None),
        ("It is not wrong.", None),
        ("He turned right at the corner and went back to the ship.", None),
        ("I welcome the aim but I reject the means.", None),
        ("It silences those who criticise the government.", None),
        ("I condemn it.", "opposes"),
        ("They met on Monday.", None),
        ("It is the right decision.", "supports"),
        ("It lies on the right side.", None),
        ("They will have earned that back by Easter.", None),
        ("We back the plan.", "supports"),
    ],
)
def test_a_stance_is_taken_only_from_words_that_show_one(text: str, stance: str | None, lexicon: Lexicon) -> None:
    assert Stances(lexicon).of(text, own=True) == stance


def test_what_others_tell_shows_who_did_it(lexicon: Lexicon) -> None:
    assert Stances(lexicon).of("Officials applauded the ban.", own=False) == "supports"
    assert Stances(lexicon).of("She criticised the ban in a statement.", own=False) == "opposes"
    assert Stances(lexicon).of("Officials applauded the ban.", own=True) is None
