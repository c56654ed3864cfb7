"""Survive what Discord sends malformed: events, and frames that cannot be read.

discord.py ends the client, with all its shards, at any exception in the parser of an event or in a frame. So one event that lacks
a field would silence every server of the process. `GatewayGuard` stands between the two:

- An event whose parser fails is skipped. The session goes on; whatever the parser had changed until then stays changed.
- A server whose description is malformed is read as far as possible: the library would not know the server, and the bot would
  answer nobody there from the facts of the server.
- A frame that cannot be read at all (no JSON, no object, a broken compression, a handshake without its data) closes the
  connection of its shard. The session is resumed once; if it breaks at the same event again, it is given up for a new one, after
  the library's own back-off, for Discord would send the same frame for ever.

Each kind is logged once and counted each time.

Requests that fail for a moment are repeated by `bot.client.retrying`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

import aiohttp
import discord
from discord.gateway import DiscordWebSocket, ReconnectWebSocket

from bot.metrics import Metrics

log = logging.getLogger(__name__)

FAILURES = (discord.HTTPException, aiohttp.ClientError, OSError)
"""What a request to Discord may raise through no fault of the bot."""

_HANDSHAKE = {"READY", "RESUMED"}
"""Events without which there is no session: skipping one would leave a shard connected and deaf, so they count as frames."""

_FRAME = "frame"

_SERVER = "GUILD_CREATE"
_PARTS = (("name", "owner_id", "unavailable", "system_channel_id", "roles", "channels"), ("name", "owner_id", "roles"), ())
"""Fields of a server's description to parse in turn, beside its id: all that the bot uses, then less, then none."""

# What discord.py itself raises and handles: a connection that ended, or that it is asked to make again.
_HANDLED = (ReconnectWebSocket, discord.ConnectionClosed, OSError, aiohttp.ClientError, TimeoutError)


class GatewayGuard:
    """Keeps what cannot be read from ending the client."""

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics
        self._logged: set[str] = set()
        self._broken_at: dict[int | None, int | None] = {}  # the sequence number at which each shard met its last bad frame

    def install(self, state: Any) -> None:
        """Guard the parsers of a client's connection state, and each connection that the client will make."""
        for event, parse in state.parsers.items():
            if event not in _HANDSHAKE:
                state.parsers[event] = partial(self._parse, event, parse)
        update_references = state._update_references

        # discord.py calls this with each new connection, before it reads anything from it.
        def watch(ws: DiscordWebSocket) -> None:
            update_references(ws)
            self._guard_connection(ws)

        state._update_references = watch

    def _parse(self, event: str, parse: Callable[[Any], None], data: Any) -> None:
        try:
            parse(data)
            return
        except Exception as error:  # noqa: BLE001 - whatever is wrong with one event stays with it
            self._report(event, error)
        if event == _SERVER and isinstance(data, dict):
            # Of a server's description as much as can be read; nothing where not even its id can be.
            for names in _PARTS:
                with suppress(Exception):
                    parse({name: data[name] for name in ("id", *names) if name in data})
                    return

    def _guard_connection(self, ws: DiscordWebSocket) -> None:
        read = ws.poll_event
        greeted = False
        session = None  # the id of the session when the last frame was read

        async def poll_event() -> None:
            nonlocal greeted, session
            try:
                await read()
            except ReconnectWebSocket as error:
                if greeted:
                    raise
                # While it reconnects, discord.py takes this for the end of the client instead of trying again.
                raise aiohttp.ClientConnectionError("Discord closed the connection before its greeting") from error
            except _HANDLED:
                raise
            except Exception as error:
                self._report(_FRAME, error)
                await ws.close()
                # A session whose beginning could not be read would be resumed, but never ready.
                if greeted and ws.session_id == session and self._may_resume(ws):
                    raise ReconnectWebSocket(ws.shard_id) from error
                raise aiohttp.ClientConnectionError("Discord sent what cannot be read") from error
            greeted, session = True, ws.session_id

        # Only this connection's method is replaced; a subclass would have to be put into two modules of the library.
        ws.poll_event = poll_event  # type: ignore[method-assign]

    def _may_resume(self, ws: DiscordWebSocket) -> bool:
        """Return whether a session can be resumed, and did not break at the same event before."""
        before = self._broken_at.get(ws.shard_id)
        self._broken_at[ws.shard_id] = ws.sequence
        return ws.session_id is not None and ws.sequence is not None and ws.sequence != before

    def _report(self, kind: str, error: Exception) -> None:
        self._metrics.malformed.labels(kind).inc()
        if kind not in self._logged:
            self._logged.add(kind)
            log.error("Discord sent what cannot be read, here and perhaps again: %s", kind, exc_info=error)
