"""A replica, and the homes that share it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cluster.homes import Home, Homes, quick_config
from tests.support.bot_on_discord import service, simcord_bot, world

__all__ = ["homes", "replica", "service", "simcord_bot", "world"]


@pytest.fixture
def replica(tmp_path: Path) -> Path:
    folder = tmp_path / "replica"
    folder.mkdir()
    return folder


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """Return Litestream's configuration for the homes; a test whose subject is how long something takes has the shipped one."""
    return quick_config(tmp_path)


@pytest.fixture
def homes(tmp_path: Path, replica: Path, config: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Homes]:
    """Make a home of a name, or return it."""
    made: dict[str, Home] = {}
    monkeypatch.setenv("FOOTNOTE_REPLICA", f"file://{replica}")

    def home(name: str) -> Home:
        if name not in made:
            made[name] = Home(tmp_path / name, replica, config)
        return made[name]

    yield home
    for made_home in made.values():
        made_home.stop()
