"""Spans of dates as people type them."""

from __future__ import annotations

from datetime import date

import pytest

from bot.errors import DateError
from bot.facts.typed_dates import typed_date, typed_period

TODAY = date(2021, 12, 1)


@pytest.mark.parametrize(
    ("typed", "edtf"),
    [
        ("26 October 2017", "2017-10-26"),
        ("2021-03-04/2021-03-06", "2021-03-04/2021-03-06"),
        ("4–6 March 2021", "2021-03-04/2021-03-06"),
        ("4-6 March 2021", "2021-03-04/2021-03-06"),
        ("March 4-6, 2021", "2021-03-04/2021-03-06"),
        ("March 4 to March 6, 2021", "2021-03-04/2021-03-06"),
        ("26 October to 3 November 2017", "2017-10-26/2017-11-03"),
        ("from 26 October 2017 until 3 November 2018", "2017-10-26/2018-11-03"),
        ("between 2014 and 2017", "2014/2017"),
        ("2014 - 2017", "2014/2017"),
        ("2014-2017", "2014/2017"),
        ("2014–2017", "2014/2017"),
        ("about 2014 to 2017", "2014~/2017"),
        ("October to December 2017", "2017-10/2017-12"),
        ("30.3.2021 - 2.4.2021", "2021-03-30/2021-04-02"),
        ("2014-12", "2014-12"),
    ],
)
def test_it_is_read(typed: str, edtf: str) -> None:
    assert typed_date(typed, TODAY).date.edtf == edtf


@pytest.mark.parametrize("typed", ["soon", "to", "between and", "from 2017 to 2014", "1 to 2 to 3", "-", "x" * 5000, "2014 to"])
def test_what_is_no_date_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(DateError, match="26 October 2017"):
        typed_date(typed, TODAY)


@pytest.mark.parametrize("typed", ["26 October", "October", "yesterday", "about May", "26.10.17", "the 1940s", "44 BC", "2017?"])
@pytest.mark.parametrize("opener", ["", "before ", "until ", "from ", "after "])
def test_what_lasts_of_a_date_is_read_alike_ten_years_later(opener: str, typed: str) -> None:
    read = typed_date(opener + typed, TODAY)
    later = typed_date(read.lasting, date(2031, 1, 1))
    assert (later.first, later.last, later.words("en"), later.words("de")) == (
        *(read.first, read.last, read.words("en"), read.words("de")),
    )


@pytest.mark.parametrize(
    ("start", "end", "first", "last"),
    [
        ("April", None, 20170401, None),
        ("March", "October", 20170301, 20171031),
        ("December", "26 October", 20161201, 20171026),
        ("30 October", None, 20161030, None),
        ("1 November 2017", "March", 20171101, 20180331),
        ("29 October 2017", "2018", 20171029, 20181231),
    ],
)
def test_a_period_begins_before_the_last_day_of_a_story_unless_its_year_is_said(
    start: str, end: str | None, first: int, last: int | None
) -> None:
    period = typed_period(start, end, date(2017, 10, 28))
    assert (period.first, period.last) == (first, last)
