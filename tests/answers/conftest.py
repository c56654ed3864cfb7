"""A small story in a real fact base, and what answers from it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.answers.answerer import Answerer
from bot.answers.finding.index import Indexes, StoryIndex
from bot.english.lexicon import Lexicon
from bot.facts.base import FactBase
from bot.resources import lexicon_file
from bot.stories.load import load_story

HARBOUR = Path(__file__).parent.parent / "harbour.yaml"


@pytest.fixture(scope="session")
def lexicon() -> Iterator[Lexicon]:
    lexicon = Lexicon(lexicon_file())
    yield lexicon
    lexicon.close()


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
    return Indexes(base, lexicon).of("", None)
