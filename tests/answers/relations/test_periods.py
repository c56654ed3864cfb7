"""Periods before and after something are read in words and in figures."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.relations.periods import PERIOD, DayRange, read_period


def read(words: str) -> DayRange | None:
    match = re.fullmatch(PERIOD, words)
    assert match is not None
    return read_period({name: text for name, text in match.groupdict().items() if text})


@pytest.mark.parametrize(
    ("words", "period"),
    [
        ("in the week", (0, 7)),
        ("in the two weeks", (0, 14)),
        ("within a month", (0, 31)),
        ("the day", (1, 1)),
        ("two days", (2, 2)),
        ("two weeks", (12, 16)),
        ("in the days", (0, 7)),
        ("a few weeks", (0, 31)),
        ("over the first three days", (0, 3)),
        ("a year", (244, 488)),
    ],
)
def test_periods_are_read_in_words_and_figures(words: str, period: tuple[int, int]) -> None:
    assert read(words) == period


@given(st.integers(1, 999), st.sampled_from(["day", "week", "month", "year", "hour", "fortnight"]), st.booleans())
def test_a_longer_period_never_ends_earlier(count: int, unit: str, within: bool) -> None:
    lead = "within " if within else ""
    one, other = read(f"{lead}{count} {unit}s"), read(f"{lead}{min(999, count + 1)} {unit}s")
    assert one is not None
    assert other is not None
    assert 0 <= one.first <= one.last <= other.last


def test_without_a_period_there_is_none() -> None:
    assert read_period({"topic": "the ban"}) is None
