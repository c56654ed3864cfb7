"""The days that one end of a date may mean: those of the calendar, and every text is a date or refused with its mend."""

from __future__ import annotations

import calendar
import datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.errors import DateError
from bot.facts import edtf
from bot.facts.edtf import date_parts, day_bounds, days_in

QUALIFIERS = st.sampled_from(["", "?", "~", "%"])


def key(day: datetime.date) -> int:
    return day.year * 10000 + day.month * 100 + day.day


@given(st.dates(), QUALIFIERS)
def test_a_day_is_itself(day: datetime.date, qualifier: str) -> None:
    text = f"{day.isoformat()}{qualifier}"
    assert day_bounds(text, text) == (key(day), key(day))


@given(st.integers(1, 9999), st.integers(1, 12), QUALIFIERS)
def test_a_month_is_all_of_its_days(year: int, month: int, qualifier: str) -> None:
    last = calendar.monthrange(year, month)[1]
    assert days_in(year, month) == last
    expected = (year * 10000 + month * 100 + 1, year * 10000 + month * 100 + last)
    for text in (f"{year:04}-{month:02}{qualifier}", f"{year:04}-{month:02}-XX{qualifier}"):
        assert day_bounds(text, text) == expected


@given(st.integers(1, 9999), QUALIFIERS)
def test_a_year_is_all_of_its_months(year: int, qualifier: str) -> None:
    for text in (f"{year:04}{qualifier}", f"{year:04}-XX{qualifier}", f"{year:04}-XX-XX{qualifier}"):
        assert day_bounds(text, text) == (year * 10000 + 101, year * 10000 + 1231)


@pytest.mark.parametrize("text", ["2021~", "2021-03?", "2021-03-04%"])
def test_a_date_that_is_about_so_or_uncertain_is_read_without_loading_the_library(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(edtf, "_library_bounds", None)
    assert day_bounds(text, text) == day_bounds(text[:-1], text)


@given(st.integers(1, 9998), st.integers(21, 24))
def test_a_season_is_three_months_and_winter_ends_in_the_next_year(year: int, season: int) -> None:
    first, last = day_bounds(f"{year:04}-{season}", "")
    month = 3 * (season - 20)
    ends_in, ends = (year, month + 2) if month < 12 else (year + 1, 2)
    assert first == year * 10000 + month * 100 + 1
    assert last == ends_in * 10000 + ends * 100 + days_in(ends_in, ends)


@given(st.integers(1, 9999), st.integers(1, 12), st.integers(0, 3))
def test_a_day_with_one_digit_unknown_is_those_that_the_month_has(year: int, month: int, tens: int) -> None:
    days = [day for day in range(1, days_in(year, month) + 1) if day // 10 == tens]
    text = f"{year:04}-{month:02}-{tens}X"
    if days:
        begins = year * 10000 + month * 100
        assert day_bounds(text, text) == (begins + days[0], begins + days[-1])
    else:
        with pytest.raises(DateError, match="not in the calendar"):
            day_bounds(text, text)


@given(st.integers(1, 999), st.sampled_from([("X", 10), ("XX", 100)]))
def test_a_year_with_digits_unknown_is_all_that_it_may_be(begins: int, unknown: tuple[str, int]) -> None:
    digits, size = unknown
    text = f"{begins * 10 // size:0{4 - len(digits)}}{digits}"
    if text[0] == "0" and not text.strip("0X"):
        return
    first = int(text.replace("X", "0"))
    assert day_bounds(text, text) == (first * 10000 + 101, (first + size - 1) * 10000 + 1231)


@example("-0000")
@example("0000-00-00")
@example("2021-03-04T24:00:00")
@example("Y-1")
@given(st.one_of(st.text(max_size=12), st.text("0123456789-XYTZ:?~%/.ES[]{}+", max_size=14)))
def test_any_text_is_a_date_or_refused_in_a_sentence(text: str) -> None:
    try:
        first, last = day_bounds(text, text)
    except DateError as error:
        fault = str(error)
    else:
        fault = "."
        assert first <= last
        assert date_parts(text)
    assert fault.endswith(".")


def test_the_parts_of_a_date_are_taken_as_they_are_written() -> None:
    assert date_parts("2021-03-04T10:00Z~") == ("2021", "03", "04", "T10:00Z", "~")
    assert date_parts("Y-17000").year == "Y-17000"
    assert (date_parts("2021-24").season, date_parts("2021-12").season) == (24, None)
    with pytest.raises(DateError, match='"yesterday" is not a date'):
        date_parts("yesterday")
