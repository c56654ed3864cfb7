"""Nights, mornings and days are those of the clock of a server, in summer and in winter."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.answers.news import begins
from bot.client.follows.hours import day_in, is_night, next_morning
from bot.facts.state.server_settings import TIMEZONES

BERLIN, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_a_day_begins_by_the_clock_of_the_server() -> None:
    assert begins(20210305, BERLIN) == "2021-03-04T23:00:00.000Z"
    assert begins(20210705, NEW_YORK) == "2021-07-05T04:00:00.000Z"
    assert day_in(at("2021-03-04T23:30"), BERLIN) == "2021-03-05"


def test_the_night_is_that_of_the_server() -> None:
    assert [is_night(at(f"2021-01-05T{time}"), BERLIN) for time in ("20:59", "21:00", "06:59", "07:00")] == [
        False, True, True, False
    ]  # fmt: skip
    assert is_night(at("2021-07-05T06:00"), NEW_YORK)


def test_the_next_morning_is_never_the_one_that_just_began() -> None:
    assert next_morning(at("2021-01-05T06:59"), BERLIN) == at("2021-01-05T07:00")
    assert next_morning(at("2021-01-05T07:00"), BERLIN) == at("2021-01-06T07:00")


def test_a_morning_is_at_eight_also_after_the_clock_was_changed() -> None:
    assert next_morning(at("2021-03-27T12:00"), BERLIN) == at("2021-03-28T06:00")


@pytest.mark.parametrize("zone", TIMEZONES)
def test_every_time_zone_that_can_be_chosen_is_known(zone: str) -> None:
    assert next_morning(at("2021-03-27T12:00"), ZoneInfo(zone)) > at("2021-03-27T12:00")
