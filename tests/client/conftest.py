"""The real service on real files, and the real bot on a simulated Discord."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from discord.http import Route

from bot.client.commands import CommandSync
from bot.editing import previews
from bot.storage import bases
from tests.support.bases import filled_once
from tests.support.bot_on_discord import service, settings, simcord_bot, world
from tests.support.translations import translated_once

__all__ = ["service", "settings", "simcord_bot", "world"]

TRIED = 4  # recorded questions, in a plain run
_fill_once, _translate_once = filled_once(bases._fill), translated_once(CommandSync._payload)


@pytest.fixture(autouse=True)
def made_once(monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config) -> None:
    """In a plain run, let what each new bot begins with be made once: its translated commands, and its servers' bases."""
    if not pytestconfig.getoption("slow"):
        monkeypatch.setattr(bases, "_fill", _fill_once)
        monkeypatch.setattr(CommandSync, "_payload", _translate_once)


@pytest.fixture(autouse=True)
def few_are_tried(monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config) -> None:
    """Let the preview of an edit ask the few recorded questions that are nearest to it, for asking takes nearly all its time.

    With --slow it asks as many as it does for people; tests/editing tests trials themselves.
    """
    if not pytestconfig.getoption("slow"):
        monkeypatch.setattr(previews, "MOST_QUESTIONS", TRIED)
        monkeypatch.setattr(previews, "FEW_QUESTIONS", TRIED)


@pytest.fixture
async def discord_says(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[dict[str, int]]:
    """A server in the place of Discord's that answers every request with one status."""
    says = {"status": 401}

    async def respond(request: web.Request) -> web.Response:
        return web.json_response({"message": "no", "code": 0}, status=says["status"])

    application = web.Application()
    application.router.add_route("*", "/{path:.*}", respond)
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    monkeypatch.setattr(Route, "BASE", f"http://127.0.0.1:{runner.addresses[0][1]}")
    yield says
    await runner.cleanup()
