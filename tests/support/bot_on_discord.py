"""The real service on real files, and the real bot on a simulated Discord; folders whose tests use it import the fixtures."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from simcord import Env

from bot.client.bot import FootnoteBot
from bot.client.start import make_bot
from bot.service.service import Service
from bot.settings import Settings
from tests.client.world import World, make_world

__all__ = ["service", "settings", "simcord_bot", "world"]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Return settings for a busy machine: what a test says is no matter of time."""
    return Settings(tmp_path, answer_deadline=60.0)


@pytest.fixture
async def service(settings: Settings) -> AsyncIterator[Service]:
    """Start the service."""
    async with Service(settings) as service:
        yield service


@pytest.fixture
def simcord_bot(service: Service) -> FootnoteBot:
    """Make the bot, which simcord logs in."""
    return make_bot(service, shard_count=1)


@pytest.fixture
def world(simcord_env: Env, service: Service) -> World:
    """Make a server with the bot in it."""
    return make_world(simcord_env, service)
