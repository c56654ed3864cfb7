"""Numbers and units: what is the same number is read as the same, however it is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.english import numbers
from bot.english.compared_words import words_of
from bot.english.numbers import SCALES, SMALL_NUMBERS, TENS

UNITS = list(SMALL_NUMBERS)
TENS_WORDS = list(TENS)


def in_words(number: int) -> list[str]:
    """Return a number as it is written out, one word an item."""
    for scale, size in sorted(SCALES.items(), key=lambda pair: -pair[1]):
        if number >= size:
            rest = in_words(number % size) if number % size else []
            return [*in_words(number // size), scale, *(["and"] if 0 < number % size < 100 else []), *rest]
    if number >= 100:
        rest = ["and", *in_words(number % 100)] if number % 100 else []
        return [UNITS[number // 100], "hundred", *rest]
    if number >= 20:
        return [TENS_WORDS[number // 10 - 2], *([UNITS[number % 10]] if number % 10 else [])]
    return [UNITS[number]]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("42", "42"),
        ("42,000,000", "42000000"),
        ("£3m", "£3000000"),
        ("3m", "3m"),  # may be metres
        ("3mn", "3mn"),
        ("3bn", "3000000000"),
        ("$1.9BN", "$1900000000"),
        ("5 k", "5000"),
        ("5€", "€5"),
        ("−5", "-5"),
        ("–5", "-5"),
        ("½", "half"),
        ("10½%", "10.5%"),
        ("⅓", "third"),
        ("1/2", "half"),
        ("0.5", "half"),
        ("2½", "2.5"),
        ("¾", "3/4"),
        ("$½", "$0.5"),
        ("10%", "10%"),
        ("1,2", "1,2"),
        ("4:15", "4:15"),
        ("covid-19", "covid-19"),
    ],
)
def test_a_figure_is_compared_without_how_it_is_written(written: str, expected: str) -> None:
    assert numbers.figure(written) == expected


@pytest.mark.parametrize("written", ["5%", "5 percent", "5 per cent", "five percent", "five per cent"])
def test_a_share_is_the_same_in_words_and_signs(written: str) -> None:
    assert [word.key for word in words_of(written)] == ["5%"]


@given(st.text(max_size=30))
def test_any_text_is_taken_for_a_figure(text: str) -> None:
    assert not any(map(str.isspace, numbers.figure(text)))


@given(st.integers(0, 10**15 - 1))
def test_a_number_in_words_is_that_number(number: int) -> None:
    words = in_words(number)
    assert numbers.number_at([*words, "people"], 0) == (str(number), len(words))


@given(st.integers(1, 999), st.sampled_from(sorted(SCALES)))
def test_a_figure_before_a_scale_is_multiplied(number: int, scale: str) -> None:
    assert numbers.number_at([str(number), scale], 0) == (str(number * SCALES[scale]), 2)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hundred", ("100", 1)),
        ("nineteen hundred", ("1900", 2)),
        ("two and a half million", ("2500000", 5)),
        ("two and a quarter", ("2.25", 4)),
        ("two and a bit", ("2", 1)),
        ("1.5 million", ("1500000", 2)),
        ("$3 billion", ("$3000000000", 2)),
        ("-4 degrees", ("-4", 1)),
        ("five million thousand", ("5000000", 2)),
        ("one and two", ("1", 1)),
        ("a million", None),
        ("nobody", None),
    ],
)
def test_a_number_ends_where_its_words_do(text: str, expected: tuple[str, int] | None) -> None:
    assert numbers.number_at(text.split(), 0) == expected


@given(
    st.lists(st.sampled_from([*UNITS, *TENS_WORDS, *SCALES, "hundred", "and", "a", "half", "7", "$8", "-9.5", "x"]), min_size=1)
)
def test_a_number_takes_words_that_are_there(words: list[str]) -> None:
    for index in range(len(words)):
        number = numbers.number_at(words, index)
        assert number is None or 1 <= number[1] <= len(words) - index
        numbers.fraction_at(words, index)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("two thirds", "2/3"), ("three quarters", "3/4"), ("nine tenths", "9/10"), ("four thirds", None), ("two", None)],
)
def test_a_fraction_is_less_than_a_whole(text: str, expected: str | None) -> None:
    assert numbers.fraction_at(text.split(), 0) == expected


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2m", "2000000", True),
        ("2000000", "2m", True),
        ("2.5m", "2500000", True),
        ("2mn", "2000000", False),
        ("2m", "2000", False),
        ("2m", "2m", False),
    ],
)
def test_an_m_may_be_a_million(one: str, other: str, same: bool) -> None:
    assert numbers.same_abbreviated(one, other) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("km", "kilometres", True),
        ("kilometers", "km", True),
        ("kilometre", "kilometres", False),  # neither is abbreviated
        ("km", "miles", False),
        ("min", "minutes", True),
        ("x", "x", False),
    ],
)
def test_a_unit_may_be_abbreviated(one: str, other: str, same: bool) -> None:
    assert numbers.same_abbreviated(one, other) is same


def test_a_unit_is_one_in_singular_and_plural_and_as_an_owner() -> None:
    assert numbers.unit_of("day") == numbers.unit_of("days") == numbers.unit_of("day's") == numbers.unit_of("days'")
    assert numbers.unit_of("day") != numbers.unit_of("week")
    assert numbers.unit_of("bridge") is None


def test_a_currency_that_is_named_has_its_sign() -> None:
    signs = numbers.CURRENCY_SIGNS
    assert [signs.get(word, "") for word in ("dollars", "euro", "pounds", "crowns", "bridge")] == ["$", "€", "£", "", ""]
