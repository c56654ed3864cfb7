"""Names in a text, with the titles before them, and what only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.english.name_runs import is_abbreviation, is_outlet, name_runs
from bot.english.sentences import tokens_of

WORDS = ["The", "the", "Mr.", "Senator", "Senators", "Maria", "Lee", "of", "and", "for", "van", "Ministry", "Food", "RT", "U.S.",
         "@lee", ",", "’s", "(", ")", "British", "police", "12", "-"]  # fmt: skip


def names(text: str) -> list[str]:
    """Return the names of a sentence."""
    return [run.text for run in name_runs(tokens_of(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mayor Maria Lee met Jo Kim in Harbour.", ["Maria Lee", "Jo Kim", "Harbour"]),
        ("It was the Ministry of Foreign Affairs.", ["Ministry of Foreign Affairs"]),
        ("It was the Food and Drug Administration.", ["Food and Drug Administration"]),
        ("It was the Department of the Interior.", ["Department of the Interior"]),
        ("Maria Lee and Jo Kim left.", ["Maria Lee", "Jo Kim"]),
        ("It was Ruud van Dalen.", ["Ruud van Dalen"]),
        ("It was the Islanders’ Association.", ["Islanders ’ Association"]),
        ("I think that it’s in January, on Monday.", []),
        ("It was the British government.", []),
        ("It was a Kremlin-linked account.", []),
        ("They quoted @harbour and RT.", ["@harbour", "RT"]),
        ("RT @harbour: no", ["@harbour"]),
    ],
)
def test_names_are_found_whole(text: str, expected: list[str]) -> None:
    actual = [name.replace(" ’", "’") for name in names(text)]
    assert actual == [name.replace(" ’", "’") for name in expected]


@pytest.mark.parametrize(
    ("text", "name", "titles"),
    [
        ("They met Mr. Lee.", "Lee", ("Mr.",)),
        ("They met Senator Maria Lee.", "Maria Lee", ("Senator",)),
        ("They met Prime Minister Maria Lee.", "Maria Lee", ("Prime", "Minister")),
        ("They met former British Minister Maria Lee.", "Maria Lee", ("British", "Minister")),
        ("They met Senators Lee and Kim.", "Lee", ("Senator",)),
        ("They met Maria Lee QC.", "Maria Lee", ()),
    ],
)
def test_titles_are_taken_off(text: str, name: str, titles: tuple[str, ...]) -> None:
    run = next(name_runs(tokens_of(text)))
    assert (run.text, run.titles) == (name, titles)


def test_what_an_organisation_is_called_by_is_no_title() -> None:
    run = next(name_runs(tokens_of("It was the Police Federation.")))
    assert (run.text, run.titles, run.is_body) == ("Police Federation", (), True)


@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join)))
def test_names_are_parts_of_any_text_in_its_order(text: str) -> None:
    tokens = tokens_of(text)
    end = 0
    for run in name_runs(tokens):
        assert end <= run.start < run.end <= len(tokens)
        assert run.words
        end = run.end


def test_capital_letters_make_an_abbreviation() -> None:
    assert [word for word in ("RT", "U.S.", "AT&T", "Rt", "R", "TOOLONGER") if is_abbreviation(word)] == ["RT", "U.S.", "AT&T"]


def test_a_newspaper_is_known_by_its_name() -> None:
    assert is_outlet("Harbour Gazette")
    assert is_outlet("BBC")
    assert not is_outlet("Maria Lee")
