"""Counts of questions: by day, in numbers alone, and forgotten after a time."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bot.facts.base import FactBase
from bot.facts.state.usage import USAGE_DAYS, Usage, UsageKey, usage_key


def day(ago: int) -> str:
    return (datetime.now(UTC).date() - timedelta(days=ago)).isoformat()


def test_what_was_asked_is_counted_by_day_and_forgotten_in_time(tmp_path: Path) -> None:
    with FactBase.open(tmp_path / "base.db") as base:
        assert base.usage.of_last(7) == Usage(0, 0, None, None)
        before = base.version()
        base.usage.add({UsageKey(day(USAGE_DAYS), True, 5): 1, UsageKey(day(20), False, 900): 1})
        base.usage.add({UsageKey(day(6), True, 10): 97, UsageKey(day(0), False, 20): 1})
        base.usage.add({UsageKey(day(0), False, 20): 1})
        assert base.usage.of_last(7) == Usage(99, 97, 10, 20)
        assert base.usage.of_last(30) == Usage(100, 97, 10, 20)
        assert base.version() == before
        base.usage.add({UsageKey(day(USAGE_DAYS + 1), True, 5): 1})
        base.usage.add({})
        assert base.usage.of_last(1000).asked == 101


@given(st.floats(0, 100), st.booleans())
def test_a_time_is_kept_to_two_digits(seconds: float, answered: bool) -> None:
    asked = usage_key(answered, seconds)
    assert abs(asked.milliseconds - max(seconds * 1000, 1)) <= max(0.5, 0.05 * seconds * 1000) + 0.001
    assert len(str(asked.milliseconds).rstrip("0")) <= 2
    assert asked.answered == answered


@given(st.lists(st.integers(1, 99), min_size=1))
def test_half_and_nearly_all_are_as_fast_as_is_said(times: list[int]) -> None:
    with FactBase.memory() as base:
        base.usage.add(Counter(UsageKey(day(0), True, time) for time in times))
        usage = base.usage.of_last(1)
    for said, share in ((usage.median, 0.5), (usage.p99, 0.99)):
        assert said in times
        assert sum(time <= said for time in times) >= share * len(times) > sum(time < said for time in times)


def test_nothing_but_numbers_is_kept(tmp_path: Path) -> None:
    with FactBase.open(tmp_path / "base.db"):
        pass
    with closing(sqlite3.connect(tmp_path / "base.db")) as raw:
        columns = {row[1] for row in raw.execute("PRAGMA table_info(usage)")}
    assert columns == {"day", "answered", "milliseconds", "questions"}
