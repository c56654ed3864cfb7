"""Dates in running text, from the day on which it was published."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.drafting.dates import dates_in
from bot.facts.dates import parse_date

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
        ("It closed on Thursday, Oct. 19.", "2017-10-19"),
        ("It closed Monday, Oct. 1, 2018, in fog.", "2018-10-01"),
        ("It closed on Friday, 2 November 2018.", "2018-11-02"),
        ("It closed late on Monday (Oct. 23) in fog.", "2017-10-23"),
        ("It closed on Saturday night, Oct 21.", "2017-10-21"),
        ("It closed on Friday the 13th of October.", "2017-10-13"),
        ("It closed on Wednesday, 12th October, 2016.", "2016-10-12"),
        ("It closed on Oct. 23-25.", "2017-10-23/2017-10-25"),
        ("It closed on Sunday, Oct. 30.", "2016-10-30"),
        ("A vote is set for Wednesday, Nov. 8.", "2017-11-08"),
        ("The mayor, who will resign, said on Friday that", "2017-10-27"),
        ("It will open this December.", "2017-12"),
    ],
)
def test_a_date_is_resolved_from_the_day_of_publication(text: str, edtf: str) -> None:
    (dated,) = dates_in(text, SATURDAY)
    assert dated.date is not None
    assert dated.date.edtf == edtf


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
        "every Thursday",
        "on a Thursday",
        "It banned Russia Today from advertising.",
    ],
)
def test_what_is_no_day_of_an_event_is_left_out(text: str) -> None:
    assert [dated for dated in dates_in(text, SATURDAY) if not dated.limits and "2019" not in text] == []


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("It closed this morning.", "2017-10-28"),
        ("It closed last night.", "2017-10-27"),
        ("It closed a fortnight ago.", "2017-10-14~"),
        ("It closed thirteen years ago.", "2004~"),
        ("A hundred years ago today it closed.", "1917-10-28"),
        ("It closed in mid-August.", "2017-08"),
        ("It closed in the last days of September.", "2017-09"),
        ("It closed at the end of May 2016.", "2016-05"),
        ("It closed last spring.", None),
        ("It closed this spring.", "2017-21"),
        ("It closed in the spring of 2012.", "2012-21"),
        ("It closed last May.", "2017-05"),
        ("It closed last September.", None),
        ("It closed in February of last year.", "2016-02"),
        ("It closed on 30 April last year.", "2016-04-30"),
        ("It closed on the first of October.", "2017-10-01"),
        ("It closed on Tuesday of last week.", "2017-10-17"),
        ("It closed on the second Sunday in August.", "2017-08-13"),
        ("It closed one Saturday in June.", "2017-06"),
        ("It closed on Monday the 16th.", "2017-10-16"),
        ("It closed on New Year’s Eve.", "2016-12-31"),
        ("It closed shortly before Christmas.", "-"),
        ("It closed on Good Friday.", "-"),
        ("It closed in July '99.", "1999-07"),
        ("It was idle from 6 April to 29 May.", "2017-04-06/2017-05-29"),
        ("It was idle from March to the end of May.", "2017-03/2017-05"),
        ("On the first Sunday of the month it closed.", "-"),
        ("Next stop: Lea, on 10 November.", None),
        ("On Thursday the court will hear it.", "2017-11-02"),
        ("She is to go to prison, the court ruled on Thursday.", "2017-10-26"),
        ("It closed last November.", "2016-11"),
        ("It closed last October.", "2016-10"),
        ("It closed last Friday.", "2017-10-20"),
        ("It closed the day before yesterday.", "2017-10-26"),
        ("It closed last weekend.", "2017-10-21/2017-10-22"),
        ("It closed over the weekend.", "2017-10-28/2017-10-29"),
        ("It closed in the last week of July.", "2017-07-25/2017-07-31"),
        ("It closed between 3 and 5 October.", "2017-10-03/2017-10-05"),
        ("The gate blew open on Thursday.", "2017-10-26"),
        ("Voting is on the 30th.", "2017-10-30"),
        ("On the 24th lamp oil cost six times as much.", "2017-10-24"),
        ("On the 24th floor it was dark.", "-"),
        ("In early 2014 it closed.", "2014"),
        ("Since Monday it has been closed.", "2017-10-23"),
        ("It closed at the end of 2014.", "2014"),
    ],
)
def test_a_date_is_told_from_the_publication_in_many_ways(text: str, edtf: str | None) -> None:
    dates = [dated.date and dated.date.edtf for dated in dates_in(text, SATURDAY)]
    assert dates == ([] if edtf == "-" else [edtf])


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("The next day it rained.", "1987-05-05"),
        ("The day before, it had rained.", "1987-05-03"),
        ("Two weeks later it rained.", "1987-05-18~"),
        ("It rained on the Saturday.", "1987-05-09"),
        ("It rained on the Monday after.", "1987-05-11"),
        ("It rained on the 19th.", "1987-05-19"),
        ("It rained that December.", "1987-12"),
        ("It had rained the December before.", "1986-12"),
        ("It rained the following April.", "1988-04"),
        ("It rained in the April after.", "1988-04"),
        ("It rained on the following Monday.", "1987-05-11"),
        ("It rained two days later over the town.", "1987-05-06"),
        ("Found two days after, it was wet.", "1987-05-06"),
        ("It rained three days on.", "1987-05-07"),
        ("It rained that same evening.", "1987-05-04"),
        ("Half a year later it rained.", "-"),
        ("It rained the next week.", "-"),
        ("It rained that day.", "1987-05-04"),
        ("It rained on Thursday.", None),
        ("It had rained, she said on Thursday.", "2017-10-26"),
        ("It rained on 6 March.", None),
        ("It rained on 6 March 1990.", "1990-03-06"),
        ("It rained the day before the vote of the council.", "-"),
    ],
)
def test_a_date_is_told_from_the_one_before(text: str, edtf: str | None) -> None:
    previous = parse_date("1987-05-04")
    dates = [dated.date and dated.date.edtf for dated in dates_in(text, SATURDAY, previous, previous)]
    assert dates == ([] if edtf == "-" else [edtf])


@pytest.mark.parametrize(
    ("text", "before", "edtf"),
    [
        ("It closed in February.", "2016-08", "2017-02"),
        ("It closed on 20 September.", "2016-11-03", "2017-09-20"),
        ("It closed on 20 September.", "2014-08", None),
        ("It closed on 20 September.", "2012", "2017-09-20"),
        ("It closed on 20 September.", "1957", None),
        ("It closed on the 12th.", "2017-10-20", "2017-10-12"),
        ("It closed on the 12th.", "2011", "2017-10-12"),
        ("It closed on the 12th.", "2017-08-20", None),
    ],
)
def test_a_day_is_of_the_year_or_month_to_which_what_was_told_goes_on(text: str, before: str, edtf: str | None) -> None:
    assert [dated.date and dated.date.edtf for dated in dates_in(text, SATURDAY, parse_date(before))] == [edtf]


@pytest.mark.parametrize(
    ("text", "near", "edtf"),
    [
        ("It closed on Thursday.", "2016-11", "2017-10-26"),
        ("It closed a year later.", "2012-22", "2013~"),
        ("It closed six years after.", "1902", "1908~"),
        ("It closed four months earlier.", "1939-03", "1938-11~"),
        ("It closed two days later.", "1939-03", None),
        ("It closed the following April.", "1987", "1988-04"),
        ("It closed the April before.", "1987", None),
        ("It closed on the 30th.", "2017-10", None),
    ],
)
def test_a_date_is_told_from_a_month_or_a_year(text: str, near: str, edtf: str | None) -> None:
    previous = parse_date(near)
    assert [dated.date and dated.date.edtf for dated in dates_in(text, SATURDAY, previous, previous)] == [edtf]


def test_a_year_that_only_limits_a_time_is_not_gone_on_from() -> None:
    first, second = dates_in("Shut since 1957, it opened on 3 May.", SATURDAY)
    assert (first.limits, second.date and second.date.edtf) == (True, "2017-05-03")


@pytest.mark.parametrize("text", ["The next day it rained.", "It rained on the Saturday.", "It rained that December."])
def test_what_is_told_from_a_date_needs_one(text: str) -> None:
    assert [dated.date for dated in dates_in(text, SATURDAY)] == [None]


def test_a_relative_date_needs_the_day_of_publication() -> None:
    assert [dated.date for dated in dates_in("It closed on Thursday.", None)] == [None]
    assert [dated.date for dated in dates_in("It closed on 31 February 2017.", SATURDAY)] == [None]


def test_days_that_end_before_they_begin_are_no_date() -> None:
    (dated,) = dates_in("They met on Oct. 23-9.", SATURDAY)
    assert (dated.words, dated.date) == ("Oct. 23-9", None)


def test_a_weekday_that_the_calendar_does_not_have_is_seen() -> None:
    (dated,) = dates_in("It closed on Monday, Oct. 2, 2018.", SATURDAY)
    assert (dated.words, dated.weekday) == ("on Monday, Oct. 2, 2018", "Tuesday")


@given(st.text("onThursdyin lagMrc2017135 ,.()-thOct", max_size=60))
def test_no_text_fails(text: str) -> None:
    for dated in dates_in(text, SATURDAY):
        assert text[dated.start : dated.end] == dated.words
