"""Dates in running text, from the day on which it was published."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.drafting.dates import dates_in

SATURDAY = date(2017, 10, 28)


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("It was announced on Thursday that", "2017-10-26"),
        ("They met on Saturday.", "2017-10-28"),
        ("They met last Saturday.", "2017-10-21"),
        ("They will meet on Tuesday.", "2017-10-31"),
        ("They met yesterday.", "2017-10-27"),
        ("Earlier this month it claimed", "2017-10"),
        ("Last month it claimed", "2017-09"),
        ("In April, it altered", "2017-04"),
        ("In December, it altered", "2016-12"),
        ("It will open in December.", "2017-12"),
        ("Forecasters expect rain on Tuesday.", "2017-10-31"),
        ("On 3 March 2016 it", "2016-03-03"),
        ("On March 3rd, 2016, it", "2016-03-03"),
        ("On Oct. 26 it", "2017-10-26"),
        ("in March 2016", "2016-03"),
        ("It closed in 2012.", "2012"),
        ("It closed two weeks ago.", "2017-10-14~"),
        ("It closed three days ago.", "2017-10-25"),
        ("It closed last week.", "2017-10-16/2017-10-22"),
        ("Within the last month both have announced", "2017-09-28/2017-10-28"),
        ("It closed on 2017-03-04.", "2017-03-04"),
    ],
)
def test_a_date_is_resolved_from_the_day_of_publication(text: str, edtf: str) -> None:
    (found,) = dates_in(text, SATURDAY)
    assert found.date is not None
    assert found.date.edtf == edtf


@pytest.mark.parametrize(
    "text",
    [
        "since March 3",
        "until Thursday",
        "until eleven o’clock on Thursday",
        "before 3 March 2016",
        "the 2016 election",
        "today's world",
        "she may go",
        "In 2019 prices",
    ],
)
def test_what_is_no_day_of_an_event_is_left_out(text: str) -> None:
    assert [each for each in dates_in(text, SATURDAY) if "2019" not in text] == []


def test_a_relative_date_needs_the_day_of_publication() -> None:
    assert [each.date for each in dates_in("It closed on Thursday.", None)] == [None]
    assert [each.date for each in dates_in("It closed on 31 February 2017.", SATURDAY)] == [None]


@given(st.text("onThursdyin lagMrc2017135 ,.", max_size=60))
def test_no_text_fails(text: str) -> None:
    for each in dates_in(text, SATURDAY):
        assert text[each.start : each.end] == each.words
