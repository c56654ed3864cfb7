"""A small Discord on this machine, over real HTTP and a real WebSocket: what the gateway says, a test decides.

simcord calls the parsers directly, so that it cannot show a broken frame, a connection that closes or a rate limit that lasts;
this can.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import Any, Literal, TypeAlias

import discord
import pytest
import yarl
from aiohttp import WSCloseCode, web
from discord.backoff import ExponentialBackoff
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.client import retrying
from tests.support.discord_api.recording import request_faults

Handler: TypeAlias = Callable[[web.Request], Awaitable[web.StreamResponse]]

BOT = 1000
"""The id of the bot's user and of its application."""

SERVER, CHANNEL, PERSON = 7, 8, 9
"""The ids of the server, channel and member from which `LoopbackDiscord.mention` and `slash` come."""

TOKEN = "a.good.token"
_USER = {"id": str(BOT), "username": "footnote", "discriminator": "0", "avatar": None, "bot": True}
_PERSON = {"id": str(PERSON), "username": "alice", "discriminator": "0", "avatar": None}
_MEMBER = {"roles": [], "joined_at": "2026-01-01T00:00:00+00:00", "deaf": False, "mute": False, "flags": 0}
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
        self.command_payloads: list[Any] = []
        """The payload of each request that lists the bot's commands, whether it was taken or not."""
        self.command_answers: list[web.Response] = []
        """Answers to the next of these requests; with none left, they are taken."""
        self.messages: list[Any] = []
        """Each message that the bot sent into a channel or in answer to an interaction, as it stood when Discord took it."""
        self.message_answers: list[web.Response | Literal["lost", "unheard"]] = []
        """Answers to the next requests that send a message; with none left, they are taken.

        The connection breaks at "lost" before the request is taken, at "unheard" after that.
        """
        self.faults: list[str] = []
        """What the real Discord would not have taken of all requests."""
        self.uploads: list[bytes] = []
        self._taken: dict[str, dict[str, Any]] = {}  # by nonce, or by the interaction that they answer
        self.closes_unheard = 0
        """How many of the next connections are closed before Discord says anything."""
        self.ready: list[dict[str, Any]] = []
        """Data of the next READY events that replaces what is right."""
        self.port = 0
        self._socket: web.WebSocketResponse | None = None
        self._sequence = 0
        self._ids = 0

    def application(self) -> web.Application:
        application = web.Application(middlewares=[self._check])
        application.router.add_get("/api/users/@me", partial(_say, _USER))
        application.router.add_get("/api/oauth2/applications/@me", partial(_say, _APPLICATION))
        application.router.add_put(f"/api/applications/{BOT}/commands", self._take_commands)
        for method, path in (
            ("POST", "/api/channels/{channel}/messages"),
            ("POST", "/api/interactions/{interaction}/{token}/callback"),
            ("PATCH", "/api/webhooks/{application}/{token}/messages/@original"),
            ("GET", "/api/webhooks/{application}/{token}/messages/@original"),
            ("POST", "/api/webhooks/{application}/{token}"),
        ):
            application.router.add_route(method, path, self._take_message)
        application.router.add_post("/api/channels/{channel}/typing", partial(_say, None))
        application.router.add_get("/api/gateway/bot", self._advise)
        application.router.add_get("/gateway/", self._serve_gateway)
        return application

    @property
    def gateway(self) -> str:
        """The address of the gateway."""
        return f"ws://127.0.0.1:{self.port}/gateway/"

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

    async def create_server(self) -> None:
        """Let the bot be in a server with a text channel."""
        channel = {"id": str(CHANNEL), "type": 0, "name": "ask-the-story", "position": 0, "permission_overwrites": []}
        everyone = {"id": str(SERVER), "name": "@everyone", "permissions": "0", "position": 0, "color": 0}
        server = {"id": str(SERVER), "name": "newsroom", "owner_id": str(PERSON), "roles": [everyone], "channels": [channel]}
        await self.send("GUILD_CREATE", {**server, "members": [], "threads": [], "emojis": [], "stickers": []})

    async def mention(self, words: str) -> None:
        """Let a member mention the bot in the channel."""
        where = {"channel_id": str(CHANNEL), "guild_id": str(SERVER), "author": _PERSON, "member": _MEMBER}
        said = {"content": f"<@{BOT}> {words}", "mentions": [_USER], "timestamp": "2026-01-01T00:00:00+00:00", "type": 0}
        empty: dict[str, Any] = {"attachments": [], "embeds": [], "mention_roles": [], "components": [], "edited_timestamp": None}
        await self.send("MESSAGE_CREATE", {"id": self._new_id(), "pinned": False, "tts": False, **where, **said, **empty})

    async def slash(self, name: str, **options: str) -> None:
        """Let a member use a command in the channel."""
        given = [{"name": option, "type": 3, "value": value} for option, value in options.items()]
        where = {"channel_id": str(CHANNEL), "channel": {"id": str(CHANNEL), "type": 0}, "guild_id": str(SERVER)}
        member = {**_MEMBER, "user": _PERSON, "permissions": "0"}
        used = {
            "type": 2,
            "token": "token",
            "version": 1,
            "application_id": str(BOT),
            "entitlements": [],
            "locale": "en-GB",
            "context": 0,
            "attachment_size_limit": 10_000_000,
            "authorizing_integration_owners": {"0": str(SERVER)},
        }
        data = {"id": "1", "name": name, "type": 1, "options": given}
        await self.send("INTERACTION_CREATE", {"id": self._new_id(), **used, **where, "member": member, "data": data})

    def _new_id(self) -> str:
        """Return an id, which says the time: what is older than a quarter of an hour cannot be answered any more."""
        self._ids += 1
        return str(discord.utils.time_snowflake(discord.utils.utcnow()) + self._ids)

    @web.middleware
    async def _check(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Hold a request against what the real Discord takes."""
        if request.path.startswith("/api/") and request.path != "/api/gateway/bot":
            body, files = await sent_with(request)
            self.faults += request_faults(request.method, request.path.removeprefix("/api"), body, tuple(files))
        return await handler(request)

    async def _take_message(self, request: web.Request) -> web.Response:
        planned = self.message_answers.pop(0) if self.message_answers else None
        if isinstance(planned, web.Response):
            return planned
        if planned != "lost":
            taken = await self._taken_message(request)
        if planned is None:
            return taken
        assert request.transport is not None
        request.transport.close()
        return web.Response()

    async def _taken_message(self, request: web.Request) -> web.Response:
        body, files = await sent_with(request)
        interaction = request.match_info.get("interaction")
        key = interaction or str((body or {}).get("nonce", ""))
        if request.method == "GET":
            return answer([*self._taken.values()][-1])
        if key in self._taken:
            return answer({"code": 40060, "message": "answered"}, 400) if interaction else answer(self._taken[key])
        self.messages.append(body)
        self.uploads += files.values()
        said = {"timestamp": "2026-01-01T00:00:00+00:00", "type": 0, "pinned": False, "tts": False, "edited_timestamp": None}
        empty = {"attachments": [], "embeds": [], "mentions": [], "mention_roles": [], "components": [], "content": ""}
        message = {"id": self._new_id(), "channel_id": str(CHANNEL), "author": _USER, **said, **empty}
        if key:
            self._taken[key] = message
        if not interaction:
            return answer(message)
        answered = {"id": "1", "type": 2, "response_message_id": message["id"], "response_message_loading": False}
        return answer({"interaction": answered, "resource": {"type": 4, "message": message}})

    async def _advise(self, _: web.Request) -> web.Response:
        limit = {"total": 1000, "remaining": 1000, "reset_after": 1000, "max_concurrency": 1}
        return answer({"url": self.gateway, "shards": 1, "session_start_limit": limit})

    async def _take_commands(self, request: web.Request) -> web.Response:
        commands, _ = await sent_with(request)
        self.command_payloads.append(commands)
        if self.command_answers:
            return self.command_answers.pop(0)
        taken = {"application_id": str(BOT), "version": "1", "dm_permission": True}
        return answer([{"description": "", **command, **taken, "id": str(number)} for number, command in enumerate(commands, 1)])

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
            right = {
                "session_id": "s",
                "resume_gateway_url": self.gateway,
                "user": _USER,
                "guilds": [],
                "shard": sent["d"]["shard"],
            }
            await self.send("READY", {**right, **(self.ready.pop(0) if self.ready else {})})
        elif sent["op"] == DiscordWebSocket.RESUME:
            self.handshakes.append("RESUME")
            await self.send("RESUMED", {})


def answer(content: object, status: int = 200, **headers: str) -> web.Response:
    """Return a response as Discord's are: discord.py reads no JSON from one that names a charset."""
    return web.Response(body=json.dumps(content), status=status, headers={"Content-Type": "application/json", **headers})


async def sent_with(request: web.Request) -> tuple[Any, dict[str, bytes]]:
    """Return the body of a request and the files that came with it, by name."""
    if not request.body_exists:
        return None, {}
    if not request.content_type.startswith("multipart/"):
        return await request.json(), {}
    form = await request.post()
    parts = [part for part in form.values() if isinstance(part, web.FileField)]
    for part in parts:
        part.file.seek(0)  # it may have been read before
    files = {part.filename: part.file.read() for part in parts}
    return json.loads(str(form["payload_json"])), files


async def _say(content: object, _: web.Request) -> web.Response:
    return answer(content)


async def _do_not_wait(*_: object, **__: object) -> None:
    pass


@asynccontextmanager
async def served_discord() -> AsyncIterator[LoopbackDiscord]:
    """Serve a Discord; a process finds it by `tests.support.loopback_process`."""
    served = LoopbackDiscord()
    runner = web.AppRunner(served.application(), shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    served.port = runner.addresses[0][1]
    try:
        yield served
    finally:
        await runner.cleanup()
    assert served.faults == []


@asynccontextmanager
async def loopback_discord(patch: pytest.MonkeyPatch) -> AsyncIterator[LoopbackDiscord]:
    """Serve a Discord, and have discord.py turn to it, and wait for nothing between two tries."""
    patch.setattr(ExponentialBackoff, "delay", lambda _: 0.0)
    patch.setattr(discord.Client, "before_identify_hook", _do_not_wait)
    for name in ("PAUSES", "BRIEF_PAUSES"):
        patch.setattr(retrying, name, (0.0,) * len(getattr(retrying, name)))
    async with served_discord() as served:
        turn_to(served.port, patch.setattr)
        yield served


def turn_to(port: int, patch: Callable[[Any, str, Any], None] = setattr) -> None:
    """Have discord.py take the server at a port of this machine for Discord."""
    patch(Route, "BASE", f"http://127.0.0.1:{port}/api")
    patch(DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(f"ws://127.0.0.1:{port}/gateway/"))


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


async def until(so: Callable[[], object], *, seconds: float = 20) -> None:
    """Wait until something is so, for so long at most."""
    async with asyncio.timeout(seconds):
        while not so():
            await asyncio.sleep(0.005)
