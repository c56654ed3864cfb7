"""Where a running bot is seen: `/metrics` for Prometheus, `/healthz` (it lives) and `/readyz` (it may be asked)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from ipaddress import ip_address
from typing import NamedTuple, Protocol

from aiohttp import web

from bot.errors import SetupError
from bot.measures.metrics import Metrics

_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_SECONDS_BETWEEN_LOOKS = 0.5


class Seen(Protocol):
    """What is looked at from outside."""

    metrics: Metrics

    def measure(self) -> None:
        """Bring the metrics up to now that are no counts."""
        ...

    def not_ready(self) -> str | None:
        """Say in a sentence why nothing can be asked at the moment; None where it can."""
        ...


class Address(NamedTuple):
    """Where the metrics are served."""

    host: str
    port: int

    @classmethod
    def read(cls, text: str) -> Address:
        """Read ``HOST:PORT`` with an IP address, or a port alone, which is one of this machine's. Raises SetupError."""
        host, _, port = text.strip().rpartition(":")
        host = host.removeprefix("[").removesuffix("]") or "127.0.0.1"
        try:
            ip_address(host)
            number = int(port)
        except ValueError:
            number = -1
        if not 0 <= number <= 65535:
            raise SetupError(f"metrics = {text[:60]!r} is no address; write 127.0.0.1:9464, or leave it empty.")
        return cls(host, number)


@asynccontextmanager
async def served(address: str, seen: Seen) -> AsyncIterator[int | None]:
    """Serve the metrics while the block runs and give the port; with an empty address, serve nothing.

    Raises SetupError for what is no address, or one that cannot be had.
    """
    if not address:
        yield None
        return
    host, port = Address.read(address)
    runner = web.AppRunner(_application(seen), access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    watching = asyncio.create_task(_watch_loop(seen.metrics))
    try:
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise SetupError(f"The metrics cannot be served at {address} ({reason}): choose another address.") from None
        yield int(runner.addresses[0][1])
    finally:
        watching.cancel()
        await runner.cleanup()


def _application(seen: Seen) -> web.Application:
    async def metrics(request: web.Request) -> web.Response:
        seen.measure()
        return web.Response(body=seen.metrics.exposition(), headers={"Content-Type": _TYPE})

    async def alive(request: web.Request) -> web.Response:
        return web.Response(text="alive\n")

    async def ready(request: web.Request) -> web.Response:
        reason = seen.not_ready()
        return web.Response(text="ready\n") if reason is None else web.Response(status=503, text=f"{reason}\n")

    application = web.Application()
    application.add_routes([web.get("/metrics", metrics), web.get("/healthz", alive), web.get("/readyz", ready)])
    return application


async def _watch_loop(metrics: Metrics) -> None:
    loop = asyncio.get_running_loop()
    while True:
        due = loop.time() + _SECONDS_BETWEEN_LOOKS
        await asyncio.sleep(_SECONDS_BETWEEN_LOOKS)
        metrics.loop_lag.observe(max(loop.time() - due, 0.0))
