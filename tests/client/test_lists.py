"""What stands in a list before something is chosen: a phone shows it on one line, and cuts the rest off."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

import bot.client
from bot.client.settings.words import LISTED_SETTINGS, options
from bot.languages import LANGUAGES, say, speaking

FOLDER = Path(bot.client.__file__).parent
WIDEST = 33  # characters that a list has room for in a message on a phone that is 390 pixels wide
WHAT = r"say\((\"[^\"]+\"|[\w.]+)\)"  # a sentence, or what the code calls it
SAID = re.compile(rf"placeholder ?= ?{WHAT}|\(\"\w+_channel\", {WHAT}\)|_channel_list\([^\n]*{WHAT}")


def placeholders() -> list[str]:
    """Return what the lists of all views say, as the code has it."""
    texts: dict[str, None] = dict.fromkeys(LISTED_SETTINGS.values())
    for path in sorted(FOLDER.rglob("*.py")):
        names = ["".join(match) for match in SAID.findall(path.read_text(encoding="utf-8"))]
        module = import_module(".".join(["bot.client", *path.relative_to(FOLDER).with_suffix("").parts])) if names else None
        for name in names:
            value: object = module
            for part in () if name.startswith('"') else name.split("."):
                value = getattr(value, part)
            texts[name.strip('"') if value is module else str(value)] = None
    return list(texts)


def test_all_lists_are_found() -> None:
    assert {"Review channel", "Log channel", "Language", "Choose a source", "Dismiss several of these at once"} <= {
        *placeholders()
    }
    assert len(placeholders()) >= 20


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_phone_shows_the_whole_of_what_a_list_says(language: str) -> None:
    with speaking(language):
        chosen = [called for name in LISTED_SETTINGS for _, called, _ in options(name)]
        assert not [called for called in chosen if len(called) > WIDEST]  # the chosen one stands in the place of these words
        assert not [say(placeholder) for placeholder in placeholders() if len(say(placeholder)) > WIDEST]
