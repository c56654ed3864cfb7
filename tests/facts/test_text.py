"""Text as it is kept."""

from __future__ import annotations

import pytest

from bot.facts.text import clean


@pytest.mark.parametrize("text", ["", " ", "\u200b", "\u200d\u2060\ufeff", "\u2800", "\u3164\u115f", "\u00ad\ufe0f"])
def test_what_nobody_can_see_is_empty(text: str) -> None:
    assert clean(text) == ""


@pytest.mark.parametrize("text", ["a", "1", "–", "\U0001f6a2", "\u200bא", "e\u0301"])
def test_what_can_be_seen_stays_as_it_is(text: str) -> None:
    assert clean(text) == text
