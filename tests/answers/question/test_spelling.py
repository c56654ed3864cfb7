from __future__ import annotations

import pytest

from bot.answers.question.lexicon import Lexicon
from bot.answers.question.spelling import correct

STORY = ("bridge", "closed", "engineer", "okoro", "sputnik")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("sputnic", "sputnik"),  # the story's own word, one letter off
        ("enginere", "engineer"),
        ("clsoed", "closed"),
        ("invesitgation", "investigation"),  # English that the story does not have
        ("bridge", "bridge"),
        ("fridge", "fridge"),  # English one letter from the story's word stays
        ("xqzzyplorf", "xqzzyplorf"),  # nothing is near
        ("été", "été"),
        ("an", "an"),
    ],
)
def test_only_what_is_no_word_is_mended(typed: str, read: str, lexicon: Lexicon) -> None:
    assert correct(typed, STORY, frozenset(STORY), lexicon) == read
