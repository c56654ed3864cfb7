"""Another program holds a base: questions are answered meanwhile, and a change waits, then says so and is not lost."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.answers.models import Answer
from bot.client import words
from bot.client.facts import words as fact_words
from bot.errors import LockedError
from bot.service.replies import Reply
from bot.settings import Settings
from tests.client.forms import LINK, count, send
from tests.client.world import TWITTER_BAN, World, answer, buttons, text

ASKED = 8  # twice as many as there are threads
ANSWER = "### 26 October 2017"
HOLD = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.readline()
"""


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Have another process hold a base alone."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        try:
            yield
        finally:
            process.stdin.close()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path)


async def ask_once(world: World) -> Answer:
    """Ask the service as a reader's message does, and try to keep the reply."""
    answer = await world.service.ask(world.guild.id, TWITTER_BAN)
    with pytest.raises(LockedError):
        await world.service.store_reply(world.guild.id, Reply(TWITTER_BAN, None, None, (), ()))
    return answer


@pytest.mark.slow
async def test_questions_are_answered_and_a_save_waits_then_says_so(world: World) -> None:
    world.env.settle_timeout = 30  # the save waits for some seconds
    assert text(await world.ask(TWITTER_BAN)).startswith(ANSWER)
    before = await count(world)
    form = await world.moderator.slash(world.channel, "fact add claim")
    panel = answer(await send(world.moderator, form, text="It was said under lock and key.", cite=LINK))
    with held(world.service.settings.base_path(world.guild.id)):
        began = time.monotonic()
        crowd = [ask_once(world) for _ in range(ASKED)]
        assert all(answer.facts for answer in await asyncio.gather(*crowd))
        assert text(await world.ask(TWITTER_BAN)).startswith(ANSWER)
        print(f"{ASKED + 1} questions to a held base answered in {time.monotonic() - began:.2f} s")
        await world.moderator.click(panel, label=fact_words.SAVE)
        assert words.LOCKED in text(panel)
        assert buttons(panel) == [fact_words.BACK_TO_FORM, fact_words.CANCEL]
    form = await world.moderator.click(panel, label=fact_words.BACK_TO_FORM)
    panel = answer(await send(world.moderator, form))
    await world.moderator.click(panel, label=fact_words.SAVE)
    assert text(panel).startswith(f"### Saved as F{before + 1}@1")
