"""Marking the parameters of a test slow."""

from __future__ import annotations

from collections.abc import Iterable

import pytest


def slow(values: Iterable[object]) -> list[object]:
    """Return the values as parameters of a test, all of them slow."""
    return [pytest.param(each, marks=pytest.mark.slow) for each in values]


def slow_but(quick: object, values: Iterable[object]) -> list[object]:
    """Return the values as parameters of a test, all of them slow but one, which stands for them in a plain run."""
    found = [each if each == quick else pytest.param(each, marks=pytest.mark.slow) for each in values]
    assert quick in found
    return found
