"""A small story in a real file, and the desk that works on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.answers.question.lexicon import Lexicon
from bot.desk import Desk
from bot.facts.base import FactBase
from bot.shipped import lexicon_file
from bot.stories.load import load_story
from tests.answers.conftest import HARBOUR


@pytest.fixture(scope="session")
def lexicon() -> Iterator[Lexicon]:
    lexicon = Lexicon(lexicon_file())
    yield lexicon
    lexicon.close()


@pytest.fixture
def desk(tmp_path: Path, lexicon: Lexicon) -> Iterator[Desk]:
    base = FactBase.open(tmp_path / "base.db")
    base.apply(load_story(HARBOUR), by="test")
    desk = Desk(base, lexicon, reply_days=30)
    yield desk
    desk.close()
