"""A small Discord on this machine, over real HTTP and a real WebSocket: what the gateway says, a test decides.

simcord calls the parsers directly, so that it cannot show a broken frame, a connection that closes or a rate limit that lasts;
this can.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import discord
import pytest
import yarl
from aiohttp import WSCloseCode, web
from discord.backoff import ExponentialBackoff
from discord.gateway import DiscordWebSocket
from discord.http import Route

BOT = 1000
"""The id of the bot's user and of its application."""

TOKEN = "a.good.token"
_USER = {"id": str(BOT), "username": "footnote", "discriminator": "0", "avatar": None, "bot": True}
_APPLICATION = {
    "id": str(BOT),
    "name": "Footnote",
    "description": "",
    "icon": None,
    "bot_public": True,
    "flags": 0,
    "bot_require_code_grant": False,
    "owner": _USER,
    "verify_key": "",
}


class LoopbackDiscord:
    """What a bot has sent, and the means to answer it."""

    def __init__(self) -> None:
        self.handshakes: list[str] = []
        """IDENTIFY or RESUME, one for each connection that got so far."""
        self.commands_told: list[Any] = []
        """The payload of each request that lists the bot's commands, whether it was taken or not."""
        self.command_answers: list[web.Response] = []
        """Answers to the next of these requests; with none left, they are taken."""
        self.closes_unheard = 0
        """How many of the next connections are closed before Discord says anything."""
        self.ready: list[dict[str, Any]] = []
        """Data of the next READY events that replaces what is right."""
        self.port = 0
        self._socket: web.WebSocketResponse | None = None
        self._sequence = 0

    def application(self) -> web.Application:
        application = web.Application()
        application.router.add_get("/api/users/@me", partial(_say, _USER))
        application.router.add_get("/api/oauth2/applications/@me", partial(_say, _APPLICATION))
        application.router.add_put(f"/api/applications/{BOT}/commands", self._take_commands)
        application.router.add_get("/gateway/", self._serve_gateway)
        return application

    async def send(self, event: str, data: Any) -> None:
        """Send an event."""
        self._sequence += 1
        await self.send_frame(json.dumps({"op": 0, "t": event, "s": self._sequence, "d": data}))

    async def send_frame(self, frame: str | bytes) -> None:
        """Send a frame as it is."""
        assert self._socket is not None
        await (self._socket.send_str(frame) if isinstance(frame, str) else self._socket.send_bytes(frame))

    async def close(self, code: int) -> None:
        """Close the connection."""
        assert self._socket is not None
        await self._socket.close(code=code)

    async def _take_commands(self, request: web.Request) -> web.Response:
        commands = await request.json()
        self.commands_told.append(commands)
        if self.command_answers:
            return self.command_answers.pop(0)
        taken = {"application_id": str(BOT), "version": "1", "dm_permission": True}
        return answer([{"description": "", **each, **taken, "id": str(number)} for number, each in enumerate(commands, 1)])

    async def _serve_gateway(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        if self.closes_unheard:
            self.closes_unheard -= 1
            await socket.close(code=WSCloseCode.GOING_AWAY)
            return socket
        self._socket = socket
        await socket.send_json({"op": 10, "d": {"heartbeat_interval": 60_000}})
        async for message in socket:
            await self._answer(message.json())
        return socket

    async def _answer(self, sent: dict[str, Any]) -> None:
        if sent["op"] == DiscordWebSocket.HEARTBEAT:
            await self.send_frame(json.dumps({"op": 11}))
        elif sent["op"] == DiscordWebSocket.IDENTIFY:
            self.handshakes.append("IDENTIFY")
            address = f"ws://127.0.0.1:{self.port}/gateway/"
            right = {"session_id": "s", "resume_gateway_url": address, "user": _USER, "guilds": [], "shard": sent["d"]["shard"]}
            await self.send("READY", {**right, **(self.ready.pop(0) if self.ready else {})})
        elif sent["op"] == DiscordWebSocket.RESUME:
            self.handshakes.append("RESUME")
            await self.send("RESUMED", {})


def answer(content: object, status: int = 200, **headers: str) -> web.Response:
    """Return a response as Discord's are: discord.py reads no JSON from one that names a charset."""
    return web.Response(body=json.dumps(content), status=status, headers={"Content-Type": "application/json", **headers})


async def _say(content: object, _: web.Request) -> web.Response:
    return answer(content)


async def _do_not_wait(*_: object, **__: object) -> None:
    pass


@asynccontextmanager
async def loopback_discord(patch: pytest.MonkeyPatch) -> AsyncIterator[LoopbackDiscord]:
    """Serve a Discord, and have discord.py turn to it, and wait for nothing between two tries."""
    served = LoopbackDiscord()
    runner = web.AppRunner(served.application(), shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    served.port = runner.addresses[0][1]
    patch.setattr(Route, "BASE", f"http://127.0.0.1:{served.port}/api")
    patch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(f"ws://127.0.0.1:{served.port}/gateway/"))
    patch.setattr(ExponentialBackoff, "delay", lambda _: 0.0)
    patch.setattr(discord.Client, "before_identify_hook", _do_not_wait)
    try:
        yield served
    finally:
        await runner.cleanup()


@asynccontextmanager
async def connected(bot: discord.Client) -> AsyncIterator[asyncio.Task[None]]:
    """Run a bot until it is ready, then the block; give the task in which it runs."""
    bot._connection.guild_ready_timeout = 0.0  # no server is on its way
    async with bot:
        running = asyncio.create_task(bot.start(TOKEN))
        try:
            await until(lambda: running.done() or bot.is_ready())
            if running.done():
                await running
            yield running
        finally:
            await bot.close()
            await asyncio.gather(running, return_exceptions=True)


async def until(so: Callable[[], object]) -> None:
    """Wait until something is so."""
    async with asyncio.timeout(20):
        while not so():
            await asyncio.sleep(0.005)
