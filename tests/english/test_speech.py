"""Verbs of saying, in their forms."""

from __future__ import annotations

import pytest

from bot.english.speech import UTTERING


@pytest.mark.parametrize("form", ["denys", "telled", "saies", "stresss"])
def test_no_form_is_listed_that_is_no_word(form: str) -> None:
    assert form not in UTTERING
