"""Dates on a scale: how exactly they are known, how far apart, and the labels that a scale gets."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.facts.dates import parse_date
from bot.pictures.scale import Precision, Scale, days, gap, precision, scale_of, ticks
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


def scale(*dates: str) -> Scale:
    drawn = scale_of([replace(EVENT, fact=replace(EVENT.fact, date=parse_date(edtf))) for edtf in dates])
    assert drawn is not None
    return drawn


def test_a_scale_is_even_where_dates_are_spread_and_stretched_where_most_lie_together() -> None:
    assert scale("2011-05-01", "2013-02-01", "2014-09-01", "2015-12-01", "2017-10-28").is_even
    october = [f"2017-10-{day:02}" for day in range(20, 29)]
    stretched = scale("1939", "2011", *october)
    assert not stretched.is_even
    positions = [stretched.position(days(parse_date(edtf).earliest or 0)) for edtf in ("1939", "2011", *october)]
    assert positions == sorted(positions)
    assert (positions[0], positions[-1]) == (0, 1)
    assert positions[-1] - positions[2] > 0.15
    assert [tick.label for tick in stretched.ticks()][:3] == ["1939", "December 1939", "2011"]


@pytest.mark.parametrize(
    ("first", "busy", "last", "labels"),
    [
        ("-0299", "-0044-03", "-0043", ["300 BC", "45 BC", "44 BC"]),
        ("Y10100", "Y12000", "Y12001", ["10100", "12000", "12001"]),
    ],
)
def test_a_stretched_scale_outside_of_the_calendar_is_named_by_its_years(
    first: str, busy: str, last: str, labels: list[str]
) -> None:
    days_of_it = [busy] if busy.startswith("Y") else [f"{busy}-{day:02}" for day in range(15, 24)]
    stretched = scale(first, *days_of_it, last)
    assert not stretched.is_even
    assert list(dict.fromkeys(tick.label for tick in stretched.ticks())) == labels


@given(st.lists(st.dates(), min_size=2, max_size=30))
def test_any_scale_keeps_the_order_of_days(dates: list[date]) -> None:
    records = [replace(EVENT, fact=replace(EVENT.fact, date=parse_date(day.isoformat()))) for day in dates]
    drawn = scale_of(records)
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


def test_a_scale_is_made_in_as_many_steps_as_it_has_days(monkeypatch: pytest.MonkeyPatch) -> None:
    added = 0

    class Width(float):
        def __add__(self, other: float) -> Width:
            nonlocal added
            added += 1
            return Width(float(self) + float(other))

        __radd__ = __add__

    logarithm = math.log1p
    monkeypatch.setattr("math.log1p", lambda days: Width(logarithm(days)))
    dates = ["1021-01-01", *(f"2021-{1 + day // 28:02}-{1 + day % 28:02}" for day in range(300))]
    drawn = scale_of([replace(EVENT, fact=replace(EVENT.fact, date=parse_date(edtf))) for edtf in dates])
    assert drawn is not None
    assert not drawn.is_even
    assert list(drawn.positions) == sorted(drawn.positions)
    assert added <= 3 * len(drawn.knots)
