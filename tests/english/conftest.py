"""The lexicon that ships."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.english.lexicon import Lexicon
from bot.resources import lexicon_file


@pytest.fixture(scope="session")
def lexicon() -> Iterator[Lexicon]:
    lexicon = Lexicon(lexicon_file())
    yield lexicon
    lexicon.close()
