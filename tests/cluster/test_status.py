"""What moderators are told of the replica, with a real Litestream beside the bot and without one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.settings import Settings
from tests.client.world import TWITTER_BAN, World, status_text
from tests.cluster.homes import Home


@pytest.fixture
def home(tmp_path: Path, replica: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    home = Home(tmp_path / "one", replica)
    for name, value in home.environment.items():
        monkeypatch.setenv(name, value)
    return home


@pytest.fixture
def settings(home: Home) -> Settings:
    return home.settings


@pytest.mark.slow
async def test_a_moderator_sees_how_far_the_replica_is_behind(world: World, home: Home) -> None:
    await world.ask(TWITTER_BAN)
    assert "**Copy elsewhere**\nNothing says how far behind it is." in await status_text(world)
    home.replicate()
    try:
        for _ in range(200):
            match = re.search(r"\*\*Copy elsewhere\*\*\nAt most (\d+) s behind", await status_text(world))
            if match:
                break
    finally:
        home.stop()
    assert match is not None
