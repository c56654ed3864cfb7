"""Serve the state of a running bot: `/metrics` for Prometheus, `/healthz` (it lives) and `/readyz` (it may be asked)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from ipaddress import ip_address
from typing import NamedTuple, Protocol

from aiohttp import web

from bot.errors import SetupError, reason_of
from bot.measures.metrics import Metrics

_CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_SECONDS_BETWEEN_SAMPLES = 0.5


class Monitored(Protocol):
    """A bot whose state is served."""

    metrics: Metrics

    def measure(self) -> None:
        """Update the metrics that are gauges."""
        ...

    def not_ready(self) -> str | None:
        """Return a sentence that says why nothing can be asked at the moment, None where it can."""
        ...


class Address(NamedTuple):
    """The address at which the metrics are served."""

    host: str
    port: int

    @classmethod
    def read(cls, text: str) -> Address:
        """Read ``HOST:PORT`` with an IP address, or a port of 127.0.0.1 alone. Raises SetupError."""
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
async def serve_metrics(address: str, monitored: Monitored) -> AsyncIterator[int | None]:
    """Serve the metrics while the block runs and yield the port; with an empty address, serve nothing and yield None.

    Raises SetupError where the text is no address, or the address is not free.
    """
    if not address:
        yield None
        return
    host, port = Address.read(address)
    runner = web.AppRunner(_application(monitored), access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    sampling = asyncio.create_task(_sample_loop_lag(monitored.metrics))
    try:
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as error:
            raise SetupError(f"The metrics cannot be served at {address} ({reason_of(error)}): choose another address.") from None
        yield int(runner.addresses[0][1])
    finally:
        sampling.cancel()
        await runner.cleanup()


def _application(monitored: Monitored) -> web.Application:
    async def metrics(request: web.Request) -> web.Response:
        monitored.measure()
        return web.Response(body=monitored.metrics.exposition(), headers={"Content-Type": _CONTENT_TYPE})

    async def alive(request: web.Request) -> web.Response:
        return web.Response(text="alive\n")

    async def ready(request: web.Request) -> web.Response:
        reason = monitored.not_ready()
        return web.Response(text="ready\n") if reason is None else web.Response(status=503, text=f"{reason}\n")

    application = web.Application()
    application.add_routes([web.get("/metrics", metrics), web.get("/healthz", alive), web.get("/readyz", ready)])
    return application


async def _sample_loop_lag(metrics: Metrics) -> None:
    loop = asyncio.get_running_loop()
    while True:
        due = loop.time() + _SECONDS_BETWEEN_SAMPLES
        await asyncio.sleep(_SECONDS_BETWEEN_SAMPLES)
        metrics.loop_lag.observe(max(loop.time() - due, 0.0))
