"""Which facts of a big base are looked at: of the story whose subject the words are, with its rarest words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.answers.finding.candidates import choose_facts, search_words
from bot.english.lexicon import Lexicon
from bot.facts.base import FactBase
from bot.facts.models import Citation, Fact, Source, Story, StoryInfo


def story(name: str, *texts: str) -> Story:
    log = Source(id="log", type="report", title="Log")
    facts = tuple(
        Fact(id=f"{name}-{number}", kind="claim", text=text, citations=(Citation("log"),)) for number, text in enumerate(texts)
    )
    return Story(StoryInfo(name, name.title()), (log,), (), facts)


@pytest.fixture
def base() -> Iterator[FactBase]:
    with FactBase.memory() as base:
        base.apply(story("ferry", *["The ferry left late."] * 5, "The ferry sank at noon."), by="test")
        for number in range(6):
            others = ["A vote was held.", "The ferry sank at noon." if number == 3 else "A car sank.", "Rain fell.", "Snow fell."]
            base.apply(story(f"other-{number}", *others), by="test")
        yield base


def chosen(base: FactBase, lexicon: Lexicon, text: str, most: int = 3, among: str | None = None) -> list[str]:
    numbers = choose_facts(text, base, base.search.story_runs(), lexicon, story=among, most=most)
    return [record.fact.id for record in base.facts(numbers)]


def test_of_equal_facts_that_of_the_story_about_it_comes_first(base: FactBase, lexicon: Lexicon) -> None:
    assert chosen(base, lexicon, "When did the ferry sink?", most=1) == ["ferry-5"]
    assert "other-3-1" in chosen(base, lexicon, "When did the ferry sink?", most=12)


def test_a_named_story_is_kept_to(base: FactBase, lexicon: Lexicon) -> None:
    assert chosen(base, lexicon, "When did the ferry sink?", among="other-3") == ["other-3-1"]
    assert chosen(base, lexicon, "When did the ferry sink?", among="other-4") == ["other-4-1"]


def test_no_word_no_facts(base: FactBase, lexicon: Lexicon) -> None:
    assert chosen(base, lexicon, "who was it") == []
    assert chosen(base, lexicon, "zxqwv") == []


def test_common_words_are_looked_for_only_where_there_is_little_else(lexicon: Lexicon) -> None:
    def words(text: str) -> list[str]:
        return [forms[0] for forms in search_words(text, lexicon)]

    assert words("Which people read the affidavit about the ferry?") == ["affidavit", "ferry"]
    assert sorted(words("people and time")) == ["people", "time"]
    assert len(words("alpha bravo charlie delta echo foxtrot golf hotel india")) == 6
