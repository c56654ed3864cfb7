"""A small story in a real fact base, and what answers from it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.answers.answerer import Answerer
from bot.answers.finding.index import Indexes, StoryIndex
from bot.english.lexicon import Lexicon
from bot.facts.base import FactBase
from bot.stories.load import load_story
from tests.support.paths import HARBOUR


@pytest.fixture
def base() -> Iterator[FactBase]:
    with FactBase.memory() as base:
        base.apply(load_story(HARBOUR), by="test")
        yield base


@pytest.fixture
def answerer(base: FactBase, lexicon: Lexicon) -> Answerer:
    return Answerer(base, lexicon)


@pytest.fixture
def index(base: FactBase, lexicon: Lexicon) -> StoryIndex:
    return Indexes(base, lexicon).whole()
