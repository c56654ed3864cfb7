"""One base with all stories, and the checker on it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from bot.checking.checker import CheckedText, CheckRequest
from bot.english.lexicon import Lexicon
from bot.facts.base import FactBase
from bot.stories.load import load_story
from tests.checking.stories import STORIES, Check, text_checker


@pytest.fixture(scope="session")
def all_stories() -> Iterator[FactBase]:
    with FactBase.memory() as base:
        for path in STORIES:
            base.apply(load_story(path), by="test")
        yield base


@pytest.fixture(scope="session")
def check(all_stories: FactBase, lexicon: Lexicon) -> Check:
    checker = text_checker(all_stories, lexicon, date(2017, 10, 28))

    def check(text: str, speaker: str | None = None, source: str | None = None, date_: str | None = None) -> CheckedText:
        return checker.check(CheckRequest(text, speaker, source, date_))

    return check
