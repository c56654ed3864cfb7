from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.english.search_words import normalise, stem, tokens, words_of


def words(text: str) -> list[str]:
    return [token.word for token in tokens(normalise(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("What’s up?", ["what", "is", "up"]),
        ("Kranz's crew didn't", ["kranz", "crew", "did", "not"]),
        ("$1.9 million, 31,000 cars", ["1.9", "million", "31000", "cars"]),
        ("the U.S. and CO2 on 3rd", ["the", "us", "and", "co2", "on", "3rd"]),
        ("re-entry", ["re", "entry"]),
        ("abt was ur “end”", ["about", "was", "your", "end"]),
        ("?!… 🙂", []),
    ],
)
def test_text_is_cut_into_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@given(st.text(max_size=300))
def test_any_text_is_cut_and_every_word_is_plain(text: str) -> None:
    for token in tokens(normalise(text)):
        assert token.word
        assert not any(char.isspace() for char in token.word)


@given(st.text(max_size=300))
def test_words_alone_are_those_of_the_tokens(text: str) -> None:
    assert list(words_of(text)) == words(text)


def test_inflections_share_a_stem_and_numbers_stay_whole() -> None:
    assert stem("advertising") == stem("advertised")
    assert stem("1970") == "1970"
