"""Names within a sentence: an article before a common noun begins small there, one that belongs to a proper name does not."""

from __future__ import annotations

import pytest

from bot.facts.speakers import within_sentence


@pytest.mark.parametrize(
    ("names", "written"),
    [
        ("The finance ministry", "the finance ministry"),
        ("**The finance ministry** and **The mayor's office**", "**the finance ministry** and **the mayor's office**"),
        ("The Guardian, The Hague", "The Guardian, The Hague"),
        ("A spokesman", "a spokesman"),
        ("Theo Lee", "Theo Lee"),
    ],
)
def test_only_an_article_before_a_common_noun_begins_small(names: str, written: str) -> None:
    assert within_sentence(names) == written
