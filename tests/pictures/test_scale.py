"""Dates on a scale: how exactly they are known, how far apart, and the labels that a scale gets."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.facts.dates import parse_date
from bot.languages import speaking
from bot.pictures.scale import Precision, Scale, Stretch, days, gap, precision, scale_of, skipped, ticks
from tests.client.records import EVENT


@pytest.mark.parametrize(
    ("edtf", "expected"),
    [
        ("2021-03-04", Precision.DAY),
        ("2021-03-04T10:00:00Z", Precision.DAY),
        ("2021-03-04/2021-03-06", Precision.SPAN),
        ("2021-03", Precision.SPAN),
        ("2021", Precision.SPAN),
        ("2021-22", Precision.SPAN),
        ("2021-03-04~", Precision.UNSURE),
        ("2011~/2017", Precision.UNSURE),
        ("2021-03-1X", Precision.UNSURE),
        ("202X", Precision.UNSURE),
        ("../2021", Precision.UNSURE),
        ("2021-03-04/..", Precision.UNSURE),
        ("../..", Precision.UNKNOWN),
        (None, Precision.UNKNOWN),
    ],
)
def test_days_longer_times_and_uncertain_dates_are_told_apart(edtf: str | None, expected: Precision) -> None:
    assert precision(parse_date(edtf) if edtf else None) is expected


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("2021-03-04", "2021-03-20", ""),
        ("2021-03-04", "2021-06-04", "3 months later"),
        ("2021", "2021-06", ""),
        ("2017-10", "2024-10", "7 years later"),
        ("2016", "2017-04", "at least 3 months later"),
        ("2021-03", "2021-06", "about 3 months later"),
        ("1939/1945", "2011", "at least 65 years later"),
        ("1939/1945", "2011~/2017", ""),
        ("1945~", "2017-04-03", "about 72 years later"),
        ("2021-03-04?", "2021-06-04", "about 3 months later"),
        ("2017-10/..", "2024-10", ""),
        ("2017", "../2024", ""),
        ("-0044-03-15", "1945", "about 1989 years later"),
    ],
)
def test_it_is_said_how_much_later_something_was(before: str, after: str, expected: str) -> None:
    assert gap(parse_date(before), parse_date(after)) == expected


@pytest.mark.parametrize(
    ("first", "last", "labels"),
    [
        ("2017-10-26", "2017-10-28", ["26 October 2017", "27 October 2017", "28 October 2017"]),
        ("2024-02-27", "2024-03-01", ["27 February 2024", "29 February 2024"]),
        ("2017-09-20", "2017-12-02", ["October 2017", "November 2017", "December 2017"]),
        ("2011-05-01", "2017-10-28", ["2012", "2014", "2016"]),
        ("-0044-03-15", "2017-01-01", ["1 BC", "AD 500", "1000", "1500", "2000"]),
    ],
)
def test_a_scale_is_labelled_with_days_months_or_years(first: str, last: str, labels: list[str]) -> None:
    ends = [days(parse_date(edtf).earliest or 0) for edtf in (first, last)]
    assert [tick.label for tick in ticks(*ends)] == labels


def scale(*dates: str, most: int = 3) -> Scale:
    drawn = scale_of([replace(EVENT, fact=replace(EVENT.fact, date=parse_date(edtf))) for edtf in dates], most, 0.1)
    assert drawn is not None
    return drawn


def day(edtf: str) -> float:
    return days(parse_date(edtf).earliest or 0)


def test_a_scale_is_broken_only_where_most_dates_lie_together() -> None:
    assert not scale("2011-05-01", "2013-02-01", "2014-09-01", "2015-12-01", "2017-10-28").breaks()
    october = [f"2017-10-{number:02}" for number in range(20, 29)]
    broken = scale("1939", "2011", *october)
    assert [(part.first, part.last) for part in broken.breaks()] == [
        (day("1939"), day("2011")),
        (day("2011"), day("2017-10-20")),
    ]
    positions = [broken.position(day(edtf)) for edtf in ("1939", "2011", *october)]
    assert positions == sorted(positions)
    assert (positions[0], positions[-1]) == (0, 1)
    assert [tick.label for tick in broken.ticks()][:2] == ["1939", "October 2017"]
    assert "2011" in [tick.label for tick in broken.ticks()]


def test_a_day_takes_as_much_room_on_each_side_of_a_break() -> None:
    march, october = ([f"2017-{month}-{number:02}" for number in range(1, count)] for month, count in (("03", 6), ("10", 28)))
    broken = scale("1917-01-01", *march, *october)
    first, second = (part for part in broken.stretches if part.last > part.first)
    assert (first.right - first.left) / (first.last - first.first) == pytest.approx(
        (second.right - second.left) / (second.last - second.first)
    )
    assert all(part.right - part.left == pytest.approx(0.1) for part in broken.breaks())


def test_the_longest_times_are_broken_out_and_no_more_than_there_is_room_for() -> None:
    dates = ["1900-01-01", "1930-01-01", "1980-01-01", "2000-01-01", *(f"2017-10-{number:02}" for number in range(1, 29))]
    assert len(scale(*dates, most=3).breaks()) == 3
    (only,) = scale(*dates, most=1).breaks()
    assert (only.first, only.last) == (day("1930-01-01"), day("1980-01-01"))


@pytest.mark.parametrize(
    ("first", "last", "language", "words"),
    [
        ("1945-12-31", "2011-01-01", "en", "65 years"),
        ("2016-01-01", "2017-10-01", "en", "21 months"),
        ("2017-10-01", "2017-11-10", "de", "6 Wochen"),
        ("1945-12-31", "2011-01-01", "ru", "65 лет"),
        ("1945-12-31", "2011-01-01", "ar", "65 سنة"),
        ("1945-12-31", "2011-01-01", "ja", "65 年"),
        ("-0299", "1999", "en", "2298 years"),
    ],
)
def test_how_long_a_break_is_is_told_in_the_language_that_is_spoken(first: str, last: str, language: str, words: str) -> None:
    with speaking(language):
        assert skipped(Stretch(day(first), day(last), 0, 0)) == words


@pytest.mark.parametrize(
    ("first", "busy", "last", "labels"),
    [
        ("-0299", "-0044-03", "-0043", {"300 BC", "45 BC", "44 BC"}),
        ("Y10100", "Y12000", "Y12001", {"10100", "12000", "12001"}),
    ],
)
def test_a_scale_outside_of_the_calendar_is_named_by_its_years(first: str, busy: str, last: str, labels: set[str]) -> None:
    days_of_it = [busy] if busy.startswith("Y") else [f"{busy}-{number:02}" for number in range(15, 24)]
    drawn = scale(first, *days_of_it, last)
    assert drawn.breaks()
    assert {tick.label for tick in drawn.ticks()} >= labels


@given(st.lists(st.dates(), min_size=2, max_size=30))
def test_any_scale_keeps_the_order_of_days(dates: list[date]) -> None:
    records = [replace(EVENT, fact=replace(EVENT.fact, date=parse_date(day.isoformat()))) for day in dates]
    drawn = scale_of(records, 3, 0.1)
    if drawn is not None:
        positions = [drawn.position(day.toordinal()) for day in sorted(dates)]
        assert positions == sorted(positions)
        assert 0 <= positions[0] <= positions[-1] <= 1
        assert all(drawn.first <= tick.at <= drawn.last for tick in drawn.ticks())


@given(st.dates(), st.dates())
def test_any_scale_has_a_few_labels_in_order_within_it(one: date, other: date) -> None:
    first, last = sorted((one.toordinal(), other.toordinal()))
    shown = ticks(first, last)
    assert len(shown) <= 8
    assert [tick.at for tick in shown] == sorted(tick.at for tick in shown)
    assert all(first <= tick.at <= last for tick in shown)
