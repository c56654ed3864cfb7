"""The real service on real files, and the real bot on a simulated Discord."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from discord.http import Route

from bot.editing import previews
from tests.client.world import World, offer_to_all
from tests.support.bot_on_discord import made_once, service, settings, simcord_bot, world

__all__ = ["made_once", "service", "settings", "simcord_bot", "world"]

TRIED = 4  # recorded questions; people have more tried, of which three are waited for


@pytest.fixture(autouse=True)
def few_are_tried(monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config) -> None:
    """Let the preview of an edit ask the few recorded questions that are nearest to it, for asking takes nearly all its time.

    With --slow it shows the nearest first and asks the others behind all else, as it does for people; tests/editing tests trials
    themselves.
    """
    monkeypatch.setattr(previews, "MAX_QUESTIONS", TRIED)
    if not pytestconfig.getoption("slow"):
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


@pytest.fixture
def offered_to_all(world: World) -> None:
    """Let the server offer every command to everybody, so that whoever may not use one is told so."""
    offer_to_all(world)
