"""The real service on real files, and the real bot on a simulated Discord; folders whose tests use it import the fixtures."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from simcord import Env

from bot.client.bot import FootnoteBot
from bot.client.commands import CommandSync
from bot.client.start import make_bot
from bot.service.service import Service
from bot.settings import Settings
from bot.storage import bases
from tests.client.world import World, make_world
from tests.support.bases import filled_once
from tests.support.translations import translated_once

__all__ = ["made_once", "service", "settings", "simcord_bot", "world"]


PATIENT = 60.0
"""Seconds to answer in on a busy machine: what a test says is no matter of time."""


_fill_once, _translate_once = filled_once(bases._fill), translated_once(CommandSync._payload)


@pytest.fixture(autouse=True)
def made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what each new bot begins with be made once in a process: its translated commands, and its servers' bases."""
    monkeypatch.setattr(bases, "_fill", _fill_once)
    monkeypatch.setattr(CommandSync, "_payload", _translate_once)


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
