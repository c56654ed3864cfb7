"""A fact base in a real file, with a small story."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.facts.base import FactBase
from tests.facts.stories import STORY


@pytest.fixture
def base(tmp_path: Path) -> Iterator[FactBase]:
    with FactBase.open(tmp_path / "edited.db") as base:
        base.apply(STORY, by="test")
        yield base
