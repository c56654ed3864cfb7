"""What is held in memory of all bases together: so many bytes, what was used longest ago gone first, and gone when let go of."""

from __future__ import annotations

import gc
import time
import weakref

import pytest

from bot.cache_budget import CacheBudget


class Value:
    """Something that can be made again."""


def kept(budget: CacheBudget, sizes: dict[str, int]) -> dict[str, weakref.ref[Value]]:
    """Have a budget keep values, of which nobody else holds any."""
    values = {name: Value() for name in sizes}
    for name, size in sizes.items():
        budget.keep(values[name], size)
    return {name: weakref.ref(value) for name, value in values.items()}


def alive(values: dict[str, weakref.ref[Value]]) -> list[str]:
    gc.collect()
    return [name for name, value in values.items() if value() is not None]


def test_values_live_up_to_so_many_bytes_and_the_least_recently_used_goes_first() -> None:
    budget = CacheBudget(100)
    values = kept(budget, {"one": 40, "two": 40})
    one = values["one"]()
    budget.keep(one, 40)
    del one
    values |= kept(budget, {"three": 30})
    assert alive(values) == ["one", "three"]
    assert (budget.size, len(budget)) == (70, 2)


def test_a_value_that_has_grown_is_counted_as_it_is_now_and_once() -> None:
    budget = CacheBudget(100)
    values = kept(budget, {"one": 40, "two": 40})
    two = values["two"]()
    budget.keep(two, 70)
    del two
    assert alive(values) == ["two"]
    assert budget.size == 70


def test_a_value_beyond_all_bounds_is_kept_until_the_next_one() -> None:
    budget = CacheBudget(100)
    values = kept(budget, {"one": 40, "huge": 500})
    assert alive(values) == ["huge"]
    values |= kept(budget, {"two": 40})
    assert alive(values) == ["two"]


def test_what_is_released_is_gone_and_counts_no_more() -> None:
    budget = CacheBudget(100)
    values = kept(budget, {"one": 40, "two": 40})
    budget.release(values["one"]())
    budget.release(Value())
    assert alive(values) == ["two"]
    assert budget.size == 40


def test_what_somebody_still_uses_lives_on_uncounted() -> None:
    budget = CacheBudget(100)
    used = Value()
    budget.keep(used, 60)
    values = {"used": weakref.ref(used), **kept(budget, {"two": 60})}
    assert alive(values) == ["used", "two"]
    assert budget.size == 60


def test_what_was_not_used_for_long_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    budget, now = CacheBudget(100), 1_000.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    values = kept(budget, {"one": 10, "two": 10, "three": 10})
    now += 200
    two = values["two"]()
    budget.keep(two, 10)
    del two
    now += 200
    assert budget.release_idle(300) == 20
    assert alive(values) == ["two"]
    assert (budget.size, len(budget)) == (10, 1)
