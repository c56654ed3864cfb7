"""A story is named by every word of its title, or of what stands before a subtitle."""

from __future__ import annotations

import pytest

from bot.answers.finding.titles import TitleTable
from bot.facts.models import StoryInfo

TITLES = TitleTable(
    [
        StoryInfo("works", "The closure of the Orrin Works"),
        StoryInfo("brine", "Brinecell, the salt battery that was not"),
        StoryInfo("fire", "The fire"),
        StoryInfo("station", "The fire at Halvard Station"),
        StoryInfo("one", "The vote"),
        StoryInfo("two", "A vote"),
        StoryInfo("none", "Who is it?"),
    ]
)


@pytest.mark.parametrize(
    ("question", "story"),
    [
        ("who resigned after the closure of the Orrin Works?", "works"),
        ("works orrin closure: who resigned", "works"),
        ("who resigned at the Orrin Works", None),
        ("who resigned (Brinecell)", "brine"),
        ("when did the fire start", "fire"),
        ("when did the fire at halvard station start", "station"),
        ("how did the vote go", None),
        ("who is it", None),
        ("", None),
    ],
)
def test_a_story_is_named_by_all_words_of_its_title(question: str, story: str | None) -> None:
    assert TITLES.named(question) == story
