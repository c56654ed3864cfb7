"""The stories that texts are checked against, and what checks them."""

from __future__ import annotations

from collections.abc import Callable

from bot.checking.checker import CheckedText
from bot.english.search_words import stem
from bot.resources import stories_folder
from tests.support.paths import MEASURED


class Spelling:
    """What knows no other spelling of a word, and its regular forms alone."""

    def is_same(self, typed: str, recorded: str, /) -> bool:
        """Return that no word is another."""
        return False

    def is_inflected(self, typed: str, recorded: str, /) -> bool:
        """Return whether both have the same stem."""
        return stem(typed) == stem(recorded)


Check = Callable[..., CheckedText]
STORIES = (stories_folder() / "twitter-rt-sputnik.yaml", *MEASURED)
