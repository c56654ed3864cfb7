"""Titles with capitals, and quotation marks inside others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.formats.typography import APOSTROPHE, KEPT, PROTECTED, capitalize_first, curl_quotes, keep_stops, nest_quotes, title_case

DOUBLE, SINGLE = ("“", "”"), ("‘", "’")


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("the keepers of the lamps", "The Keepers of the Lamps"),
        ("‘the bridge will hold’: engineers on trial", "‘The Bridge Will Hold’: Engineers on Trial"),
        ("after the storm: (re)building a port", "After the Storm: (Re)Building a Port"),
        ("a follow-up to well-known facts", "A Follow-up to Well-Known Facts"),
        ("what we’re waiting for", "What We’re Waiting For"),
        ("how eBay sellers saved NASA", "How eBay Sellers Saved NASA"),
        (f"on {PROTECTED[0]}bell hooks{PROTECTED[1]} and others", f"On {PROTECTED[0]}bell hooks{PROTECTED[1]} and Others"),
        ("shut? the bridge", "Shut? The Bridge"),
        ("", ""),
    ],
)
def test_titles_get_their_capitals(title: str, expected: str) -> None:
    assert title_case(title) == expected


@given(st.text())
def test_only_the_case_of_letters_changes(title: str) -> None:
    assert title_case(title).casefold() == title.casefold()
    assert title_case(title_case(title)) == title_case(title)


def test_the_first_letter_is_a_capital_behind_an_opening_mark_too() -> None:
    assert [capitalize_first(text) for text in ("‘held’ up", "(new)", "", "two")] == ["‘Held’ up", "(New)", "", "Two"]


def test_quotations_stand_in_marks_of_the_other_kind_as_deep_as_they_go() -> None:
    assert nest_quotes("The “big ‘bridge’” of", SINGLE, DOUBLE) == "The ‘big “bridge”’ of"
    assert nest_quotes("the workers’ ‘day’", DOUBLE, SINGLE) == "the workers’ “day”"


def test_straight_marks_become_those_of_the_language() -> None:
    curled = curl_quotes('The "big" bridge\'s workers’ day, \'so "it" was\' said', DOUBLE, SINGLE)
    assert curled == f"The “big” bridge{APOSTROPHE}s workers{APOSTROPHE} day, “so ‘it’ was” said"
    assert curl_quotes("“we said 'never' twice”", SINGLE, DOUBLE) == "“we said ‘never’ twice”"


def test_the_stops_of_a_title_are_told_from_those_of_a_style() -> None:
    assert keep_stops("“No”, he said. “Yes” : both") == f"“No”{KEPT}, he said. “Yes” {KEPT}: both"


@given(st.text(st.sampled_from("ab “”‘’'\"s.")))
def test_marks_change_and_nothing_else(text: str) -> None:
    marks = "“”‘’'\"" + APOSTROPHE
    for changed in (nest_quotes(text, SINGLE, DOUBLE), curl_quotes(text, DOUBLE, SINGLE)):
        assert [sign for sign in changed if sign not in marks] == [sign for sign in text if sign not in marks]
