"""The real bot on a simulated Discord, and the real command line."""

from __future__ import annotations

import pytest

from tests.support.bot_on_discord import made_once, service, settings, simcord_bot, world
from tests.support.command_line import home, run
from tests.support.networks import RememberedSession

__all__ = ["home", "made_once", "run", "service", "settings", "simcord_bot", "world"]


@pytest.fixture
def networks_run(monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config) -> None:
    """With --slow, let the networks run each time: what is asked at once races for them as it does for people.

    For tests of how questions get in each other's way. Where a base or a disk fails, what networks make is the same each time.
    """
    if pytestconfig.getoption("slow"):
        monkeypatch.setattr(RememberedSession, "remembers", False)
