"""A small story in a real file, and the session that works on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.english.lexicon import Lexicon
from bot.facts.base import FactBase
from bot.service.session import Session
from bot.stories.load import load_story
from tests.support.paths import HARBOUR


@pytest.fixture
def session(tmp_path: Path, lexicon: Lexicon) -> Iterator[Session]:
    base = FactBase.open(tmp_path / "base.db")
    base.apply(load_story(HARBOUR), by="test")
    session = Session(base, lexicon, reply_days=30)
    yield session
    session.close()
