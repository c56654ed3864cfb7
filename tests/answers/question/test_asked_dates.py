from __future__ import annotations

import pytest

from bot.answers.question.asked_dates import find_dates, without_as_of
from bot.facts.dates import parse_date


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("what happened in april", (None, 4, None)),
        ("on 26 october 2017", (2017, 10, 26)),
        ("on the 3rd of march", (None, 3, 3)),
        ("april 17th", (None, 4, 17)),
        ("back in 2017", (2017, None, None)),
        ("in may", (None, 5, None)),
    ],
)
def test_dates_are_read_as_far_as_they_go(words: str, expected: tuple[int | None, int | None, int | None]) -> None:
    (date,) = find_dates(words.split())
    assert (date.year, date.month, date.day) == expected


@pytest.mark.parametrize("words", ["where did the march start", "may i ask", "how many of the 40 boxes"])
def test_words_that_only_look_like_dates_are_none(words: str) -> None:
    assert find_dates(words.split()) == ()


@pytest.mark.parametrize(
    ("asked", "date", "agrees"),
    [
        ("3 march", "2021-03-03", True),
        ("3 march", "2021-03", True),
        ("4 march", "2021-03-03", False),
        ("march 2021", "2021-03-03/2021-03-09", True),
        ("2020", "2021-03-03", False),
        ("2020", "../2021", True),
        ("2022", "../2021", False),
        ("before 2021", "2020-12-31", True),
        ("before 2021", "2021-03-03", False),
        ("after 3 march 2021", "2021-03-03", False),
        ("after the 3rd of march", "2021-03-04", True),
        ("since march 2021", "2021-03-03", True),
        ("until 3 march 2021", "2021-03-03", True),
        ("until 3 march 2021", "2021-03-04", False),
        ("between 1 march and 4 march 2021", "2021-03-03", True),
        ("from 1 march 2021 to 2 march 2021", "2021-03-03", False),
    ],
)
def test_a_fact_agrees_where_its_date_may_lie_in_what_was_asked(asked: str, date: str, agrees: bool) -> None:
    (asked_date,) = find_dates(asked.split())
    assert asked_date.agrees(parse_date(date)) is agrees


@pytest.mark.parametrize("year", ["5❷17", "፱017", "201²", "20①7"])
def test_signs_that_are_digits_but_no_figures_are_no_year(year: str) -> None:
    assert find_dates(f"what happened in may {year}".split()) == find_dates("what happened in may x".split())
    assert find_dates(f"what happened in {year}".split()) == ()


@pytest.mark.parametrize(
    ("text", "rest", "day"),
    [
        ("Who is mayor as of 1 December 2023?", "Who is mayor ?", 20231201),
        ("As of March 2020, who owned the dam?", "who owned the dam?", 20200331),
        ("as at the 3rd of may 2019 what was known", "what was known", 20190503),
        ("what had they said as of 2018", "what had they said", 20181231),
    ],
)
def test_as_of_which_day_it_is_asked_is_read_off_the_question(text: str, rest: str, day: int) -> None:
    assert without_as_of(text) == (rest, day)


@pytest.mark.parametrize(
    "text",
    ["what happened in 2018", "who is mayor as of April", "as of 2018", "the price as of late", "a day as of old in May 2018"],
)
def test_without_a_day_it_is_asked_as_of_none(text: str) -> None:
    assert without_as_of(text) is None
