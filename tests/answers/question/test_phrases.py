from __future__ import annotations

import pytest

from bot.answers.question.lexicon import Lexicon
from bot.answers.question.phrases import find_phrases


def phrases(text: str, lexicon: Lexicon) -> list[str]:
    return [phrase.key for phrase in find_phrases([lexicon.stem(word) for word in text.split()], lexicon)]


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("the mayor stepped down", "step_down"),
        ("they turned the offer down", "turn_down"),
        ("when did she pass away", "pass_away"),
        ("at a press conference", "press_confer"),
    ],
)
def test_phrases_are_found_inflected_and_parted(text: str, phrase: str, lexicon: Lexicon) -> None:
    assert phrase in phrases(text, lexicon)


def test_words_that_only_stand_near_are_no_phrase(lexicon: Lexicon) -> None:
    assert "turn_down" not in phrases("they turned and walked all the way down", lexicon)


def test_a_phrase_stands_for_the_word_that_means_it(lexicon: Lexicon) -> None:
    assert lexicon.stem("resign") in {related.stem for related in lexicon.related("step_down")}
