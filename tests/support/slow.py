"""Marking the parameters of a test slow."""

from __future__ import annotations

from collections.abc import Iterable

import pytest


def slow(values: Iterable[object]) -> list[object]:
    """Return the values as parameters of a test, all of them slow."""
    return [pytest.param(value, marks=pytest.mark.slow) for value in values]


def slow_but(quick: object, values: Iterable[object]) -> list[object]:
    """Return the values as parameters of a test, all of them slow but one, which stands for them in a plain run."""
    parameters = [value if value == quick else pytest.param(value, marks=pytest.mark.slow) for value in values]
    assert quick in parameters
    return parameters
