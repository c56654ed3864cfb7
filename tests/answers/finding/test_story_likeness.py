"""Whether a headline with its first lines is about a story: names and words, measured on articles that nothing was chosen on."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest

from bot.answers.finding.story_likeness import MAX_SHARED, StoryLanguage
from bot.english.lexicon import Lexicon
from bot.errors import NotKnownError
from bot.facts.base import FactBase
from bot.resources import lexicon_file
from bot.stories.load import load_story
from data.reader.articles import articles_of
from tests.support.paths import HARBOUR, ROOT

TEST_PART = ROOT / "data" / "reader" / "corpus" / "test"


@pytest.fixture(scope="module")
def lexicon() -> Iterator[Lexicon]:
    lexicon = Lexicon(lexicon_file())
    yield lexicon
    lexicon.close()


@pytest.fixture
def harbour(lexicon: Lexicon) -> Iterator[StoryLanguage]:
    with FactBase.memory() as base:
        base.apply(load_story(HARBOUR), by="test")
        yield StoryLanguage(base, lexicon, base.stories()[0].id)


def test_articles_fit_their_own_story_and_no_other(lexicon: Lexicon) -> None:
    """Of each article the headline and the first paragraph, as feeds give them, held against every story of the part."""
    fitting = {True: 0, False: 0}
    counts = {True: 0, False: 0}
    with FactBase.memory() as base:
        texts = {}
        for path in sorted(TEST_PART.glob("*.yaml")):
            if story_articles := articles_of(path):
                story = load_story(path)
                base.apply(story, by="test")
                texts[story.info.id] = [f"{article.headline}. {article.paragraphs[0].text}" for article in story_articles]
        languages = {story: StoryLanguage(base, lexicon, story) for story in texts}
        for (own, language), other in product(languages.items(), texts):
            for text in texts[other]:
                counts[own == other] += 1
                fitting[own == other] += language.likeness(text).fits
    assert counts[True] >= 70
    assert fitting[True] / counts[True] >= 0.9
    assert fitting[True] / (fitting[True] + fitting[False]) >= 0.98


def test_it_is_said_by_which_names_and_words(harbour: StoryLanguage) -> None:
    likeness = harbour.likeness("Harbour Bridge closed again after cracks, mayor Maria Lee says")
    assert likeness.fits
    assert "Maria Lee" in likeness.names
    assert "cracks" in likeness.words
    assert not {"lee", "bridge"} & set(likeness.words)
    assert max(len(likeness.names), len(likeness.words)) <= MAX_SHARED


@pytest.mark.parametrize("text", ["", "?!", "A", "1 2 3", "the of and", "Stocks fall in Tokyo as yen gains", "\x00\ud800 'NOT ("])
def test_what_speaks_of_something_else_does_not_fit(harbour: StoryLanguage, text: str) -> None:
    likeness = harbour.likeness(text)
    assert not likeness.fits


def test_a_common_word_that_is_also_a_name_is_none(lexicon: Lexicon) -> None:
    with FactBase.memory() as base:
        story = load_story(HARBOUR)
        base.apply(story, by="test")
        language = StoryLanguage(base, lexicon, story.info.id)
        assert language.likeness("People may go to the market again").names == ()


def test_a_story_that_is_not_there_is_said_to_be_missing(lexicon: Lexicon) -> None:
    with FactBase.memory() as base, pytest.raises(NotKnownError):
        StoryLanguage(base, lexicon, "nowhere")
