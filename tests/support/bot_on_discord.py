"""The real service on real files, and the real bot on a simulated Discord; folders whose tests use it import the fixtures."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from simcord import Env

from bot.client.bot import FootnoteBot
from bot.client.start import make_bot
from bot.service.service import Service
from bot.settings import Settings
from tests.client.world import World, make_world

__all__ = ["service", "settings", "simcord_bot", "world"]


PATIENT = 60.0
"""Seconds to answer in on a busy machine: what a test says is no matter of time."""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Return the settings of the service; a test may have its own."""
    return Settings(tmp_path, answer_deadline=PATIENT)


@pytest.fixture
async def service(settings: Settings) -> AsyncIterator[Service]:
    """Start the service, with time to answer whatever a test's own settings say."""
    async with Service(replace(settings, answer_deadline=PATIENT)) as service:
        yield service


@pytest.fixture
def simcord_bot(service: Service) -> Iterator[FootnoteBot]:
    """Make the bot, which simcord logs in and does not close."""
    bot = make_bot(service, shard_count=1)
    yield bot
    bot.upload_reading.close()


@pytest.fixture
def world(simcord_env: Env, service: Service) -> World:
    """Make a server with the bot in it."""
    return make_world(simcord_env, service)
