from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.english.amounts import find_amounts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Repairs will cost 4.2 million dollars.", [("4.2 million dollars", "money")]),
        ("It earned $1.9 million over six years.", [("$1.9 million", "money"), ("six years", "duration")]),
        ("a 34-second burn", [("34-second", "duration")]),
        ("It dropped to 38 degrees Fahrenheit.", [("38 degrees Fahrenheit", "temperature")]),
        ("20 percent off", [("20 percent", "percent")]),
        ("The pier is 90 years old.", [("90 years old", "age")]),
        ("Thirteen countries offered ships.", [("Thirteen countries", "count")]),
        ("on 14 April 1970, in 1975", []),
        ("at 1:13 p.m.", []),
        ("a tenor sang", []),
    ],
)
def test_amounts_are_found_with_their_units_and_dates_are_none(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(text[amount.start : amount.end], amount.kind) for amount in find_amounts(text)] == expected


@given(st.text(max_size=200))
def test_an_amount_is_a_part_of_any_text(text: str) -> None:
    for amount in find_amounts(text):
        assert 0 <= amount.start < amount.end <= len(text)
