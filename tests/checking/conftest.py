"""One base with all stories, and the checker on it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from bot.answers.finding.directory import ActorDirectory
from bot.checking.checker import CheckedText, CheckRequest, TextChecker
from bot.english.lexicon import Lexicon
from bot.facts.base import FactBase
from bot.stories.load import load_story
from tests.checking.stories import STORIES, Check


@pytest.fixture(scope="session")
def all_stories() -> Iterator[FactBase]:
    with FactBase.memory() as base:
        for path in STORIES:
            base.apply(load_story(path), by="test")
        yield base


@pytest.fixture(scope="session")
def check(all_stories: FactBase, lexicon: Lexicon) -> Check:
    checker = TextChecker(all_stories, lexicon)
    directory = ActorDirectory(all_stories.actors())

    def check(text: str, speaker: str | None = None, source: str | None = None, date_: str | None = None) -> CheckedText:
        return checker.check(CheckRequest(text, speaker, source, date_), today=date(2017, 10, 28), find=directory.find)

    return check
