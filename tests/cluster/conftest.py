"""A replica, and the homes that share it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cluster.homes import Home, Homes
from tests.support.bot_on_discord import service, simcord_bot, world

__all__ = ["homes", "replica", "service", "simcord_bot", "world"]


@pytest.fixture
def replica(tmp_path: Path) -> Path:
    folder = tmp_path / "replica"
    folder.mkdir()
    return folder


@pytest.fixture
def homes(tmp_path: Path, replica: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Homes]:
    """Make a home of a name, or return it."""
    made: dict[str, Home] = {}
    monkeypatch.setenv("FOOTNOTE_REPLICA", f"file://{replica}")

    def home(name: str) -> Home:
        if name not in made:
            made[name] = Home(tmp_path / name, replica)
        return made[name]

    yield home
    for each in made.values():
        each.stop()
