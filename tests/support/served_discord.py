"""simcord's Discord behind real HTTP and a real WebSocket, for a bot in a process of its own.

What stands in Discord's place takes nothing of the bot's processor time then, and is held up by nothing that holds up the bot.
simcord has the servers, members, commands, messages and interactions, and says what Discord would answer; here is the wire.
"""

from __future__ import annotations

import asyncio
import io
import json
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from types import SimpleNamespace
from typing import Any

import discord
from aiohttp import web
from discord.gateway import DiscordWebSocket
from simcord import Env
from simcord._clock import Clock
from simcord.backend.cdn import CDN_BASE
from simcord.backend.errors import BackendError
from simcord.gateway import ShardRouter
from simcord.http.router import RouteNotImplemented, UnsupportedField, dispatch

from tests.support.loopback import answer, sent_with

HEARTBEAT = 5.0
"""Seconds between the heartbeats that a bot is told to send; Discord says 41, which would show less."""

_INVALID_SESSION = 9  # the code of what Discord says to a connection that cannot be resumed


class WallClock(Clock):
    """The time as it is."""

    def now(self) -> datetime:
        """Return the time."""
        return datetime.now(UTC)


class ServedDiscord(Env):
    """simcord's Discord, of which the bot knows by the wire alone: what its people do returns at once, answered or not."""

    def __init__(self) -> None:
        super().__init__(discord.Client(intents=discord.Intents.default()))
        self._message_states.add(self.bot._connection)
        self.backend.clock = WallClock()
        self.faults: list[str] = []
        """What simcord could not answer: a route or a field that it does not know."""
        self.heartbeats: list[float] = []
        """The monotonic times at which heartbeats came."""
        self.connections = 0
        self.replies: dict[int, int] = {}
        """The message with which the bot answered another, by the id of that."""
        self.port = 0
        self._sequence = 0
        self._outgoing: asyncio.Queue[str] = asyncio.Queue()
        intents = discord.Intents(guilds=True, guild_messages=True, dm_messages=True, message_content=True)
        state = SimpleNamespace(intents=intents, parsers=_Parsers(self._send), guilds=[])
        self._router = ShardRouter(self.backend, state, lambda *_: None, 1, (0,))
        self.backend.subscribers += [self._router.feed, self._note_reply]

    def application(self) -> web.Application:
        application = web.Application(client_max_size=64 * 2**20)
        application.router.add_get("/api/gateway/bot", self._advise)
        application.router.add_get("/gateway/", self._serve_gateway)
        application.router.add_get("/cdn/{path:.*}", self._serve_file)
        application.router.add_route("*", "/api/{path:.*}", self._serve)
        return application

    def _begin_operation(self, label: str) -> None:
        """Let people act at the same time, as they do."""

    def _end_operation(self) -> None:
        """Let people act at the same time, as they do."""

    async def _settle_internal(self, **_: Any) -> None:
        """Wait for nothing: the bot is elsewhere."""

    def _note_reply(self, event: str, data: Any) -> None:
        answered = (data.get("message_reference") or {}).get("message_id")
        if event == "MESSAGE_CREATE" and answered and int(data["author"]["id"]) == self.backend.bot_user.id:
            self.replies[int(answered)] = int(data["id"])

    @property
    def _gateway(self) -> str:
        return f"ws://127.0.0.1:{self.port}/gateway/"

    def _send(self, event: str, data: Any) -> None:
        self._sequence += 1
        if event == "READY":
            data["resume_gateway_url"] = self._gateway
        frame = json.dumps({"op": 0, "t": event, "s": self._sequence, "d": data})
        self._outgoing.put_nowait(frame.replace(CDN_BASE, f"http://127.0.0.1:{self.port}/cdn"))

    async def _serve(self, request: web.Request) -> web.Response:
        body, files = await sent_with(request)
        uploads = [discord.File(io.BytesIO(content), name) for name, content in files.items()]
        path = request.path.removeprefix("/api")
        try:
            said = dispatch(self.backend, request.method, path, json=body, params=dict(request.query), files=uploads)
        except (RouteNotImplemented, UnsupportedField) as error:
            self.faults.append(str(error))
            return answer({"message": str(error), "code": 0}, status=501)
        except BackendError as error:
            return answer(error.to_json(), status=error.status)
        finally:
            self.backend.http_requests.clear()  # of which a long run has too many to be kept
            self.backend.transcript.clear()
        return web.Response(status=204) if said is None else answer(said)

    async def _serve_file(self, request: web.Request) -> web.Response:
        content = self.backend.cdn.get(f"{CDN_BASE}/{request.match_info['path']}")
        return web.Response(status=404) if content is None else web.Response(body=content)

    async def _advise(self, _: web.Request) -> web.Response:
        limit = {"total": 1000, "remaining": 1000, "reset_after": 1000, "max_concurrency": 1}
        return answer({"url": self._gateway, "shards": 1, "session_start_limit": limit})

    async def _serve_gateway(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(max_msg_size=0)
        await socket.prepare(request)
        self.connections += 1
        await socket.send_json({"op": DiscordWebSocket.HELLO, "d": {"heartbeat_interval": HEARTBEAT * 1000}})
        sending = asyncio.create_task(self._send_all(socket))
        try:
            async for message in socket:
                sent = message.json()
                if sent["op"] == DiscordWebSocket.HEARTBEAT:
                    self.heartbeats.append(time.monotonic())
                    await socket.send_json({"op": DiscordWebSocket.HEARTBEAT_ACK})
                elif sent["op"] == DiscordWebSocket.IDENTIFY:
                    self._router.identify(0, replay_guilds=True)
                elif sent["op"] == DiscordWebSocket.RESUME:
                    await socket.send_json({"op": _INVALID_SESSION, "d": False})
        finally:
            sending.cancel()
        return socket

    async def _send_all(self, socket: web.WebSocketResponse) -> None:
        while True:
            await socket.send_str(await self._outgoing.get())


class _Parsers(dict[str, Callable[[Any], None]]):
    """What simcord takes for discord.py's parsers of events: each sends its event."""

    def __init__(self, send: Callable[[str, Any], None]) -> None:
        super().__init__()
        self._to = send

    def __missing__(self, event: str) -> Callable[[Any], None]:
        return partial(self._to, event)


@asynccontextmanager
async def served_discord() -> AsyncIterator[ServedDiscord]:
    """Serve a Discord on a port of this machine; a process finds it by `tests.support.loopback.turn_to`."""
    served = ServedDiscord()
    runner = web.AppRunner(served.application(), shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    served.port = runner.addresses[0][1]
    try:
        yield served
    finally:
        await runner.cleanup()
