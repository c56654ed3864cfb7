"""The pictures of the guide show what the bot says today; no browser is needed to know."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from data.guide.pages import GUIDES, prose, read
from data.guide.scenes import FOLDER, SCENES, WORDS, open_stage, words_of

MAKE = "make the pictures again with `python -m data.guide.pictures`"
MOST_BYTES = 60_000


async def test_the_pictures_say_what_the_bot_says_today(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        now = {name: words_of((await play(stage)).message) for name, play in SCENES.items()}
    shown = json.loads(WORDS.read_text(encoding="utf-8"))
    assert [name for name in SCENES if now[name] != shown.get(name)] == [], MAKE
    assert now == shown, MAKE


@pytest.mark.parametrize("name", SCENES)
def test_every_picture_is_small_and_stands_on_a_page_with_its_words(name: str) -> None:
    assert 0 < (FOLDER / f"{name}.png").stat().st_size <= MOST_BYTES, MAKE
    shown = [page for page in GUIDES if re.search(rf"!\[\w[^\]]+\]\((?:docs/)?pictures/{name}\.png\)", prose(read(page)))]
    assert shown


def test_no_picture_is_left_over() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {WORDS.name, *(f"{name}.png" for name in SCENES)}, MAKE
