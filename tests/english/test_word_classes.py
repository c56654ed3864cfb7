"""Verbs of saying, in their forms."""

from __future__ import annotations

import pytest

from bot.english.word_classes import ALSO_NOUNS, BESIDE_QUOTES, CALLING, DENYING, JUDGING, SAYING, STATING, UTTERING


@pytest.mark.parametrize("form", ["denys", "telled", "saies", "stresss"])
def test_no_form_is_listed_that_is_no_word(form: str) -> None:
    assert form not in UTTERING


@pytest.mark.parametrize("group", [ALSO_NOUNS, CALLING, DENYING, JUDGING, STATING])
def test_groups_have_forms_of_the_one_list_alone(group: frozenset[str]) -> None:
    assert group <= SAYING | BESIDE_QUOTES
