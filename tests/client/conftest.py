"""The real service on real files, and the real bot on a simulated Discord."""

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


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path)


@pytest.fixture
async def service(settings: Settings) -> AsyncIterator[Service]:
    async with Service(settings) as service:
        yield service


@pytest.fixture
def simcord_bot(service: Service) -> FootnoteBot:
    return make_bot(service, shard_count=1)


@pytest.fixture
def world(simcord_env: Env, service: Service) -> World:
    return make_world(simcord_env, service)
