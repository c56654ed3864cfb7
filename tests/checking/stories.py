"""The stories that texts are checked against, and what checks them."""

from __future__ import annotations

from collections.abc import Callable

from bot.checking.checker import CheckedText
from bot.resources import stories_folder
from tests.support.paths import MEASURED

Check = Callable[..., CheckedText]
STORIES = (stories_folder() / "twitter-rt-sputnik.yaml", *MEASURED)
