"""Monitoring of the running bot: metrics for Prometheus, served at `/metrics` beside `/healthz` and `/readyz`.

No label names a server, a person or a question, which would give away what people do.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from ipaddress import ip_address
from types import SimpleNamespace
from typing import NamedTuple, Protocol

import aiohttp
from aiohttp import web
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Info
from prometheus_client.exposition import generate_latest
from prometheus_client.process_collector import ProcessCollector

from bot import __version__
from bot.errors import SetupError, reason_of

# Seconds. A question is given up after two and a half at most, by the setting answer_deadline.
_ANSWER_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
_LAG_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0)
_CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_SECONDS_BETWEEN_SAMPLES = 0.5


class Metrics:
    """Counts since the process began. Every count is cheap and in memory."""

    def __init__(self) -> None:
        registry = self._registry = CollectorRegistry()
        Info("footnote_build", "The version that runs", registry=registry).info({"version": __version__})
        self.questions = Counter("footnote_questions", "Questions by outcome", ("outcome",), registry=registry)
        self.answer_seconds = Histogram(
            "footnote_answer_seconds",
            "Seconds from a question until its reply can be sent",
            buckets=_ANSWER_BUCKETS,
            registry=registry,
        )
        self.errors = Counter("footnote_errors", "Errors by kind, as people or the log were told", ("kind",), registry=registry)
        self.base_failures = Counter(
            "footnote_base_failures", "Servers in which a recurring job failed; the log names them", ("job",), registry=registry
        )
        self.job_up = Gauge(
            "footnote_job_up", "Whether a recurring job runs; 0 from its death to its next good run", ("job",), registry=registry
        )
        self.job_deaths = Counter("footnote_job_deaths", "How often a recurring job died", ("job",), registry=registry)
        self.open_bases = Gauge("footnote_open_bases", "Fact bases that are open", registry=registry)
        self.under_way = Gauge("footnote_work_under_way", "Answers and changes that are being made", registry=registry)
        self.shards = Gauge("footnote_shards", "Shards that this process has to connect", registry=registry)
        self.shard_up = Gauge("footnote_shard_up", "Whether a shard is connected", ("shard",), registry=registry)
        self.shard_latency = Gauge(
            "footnote_shard_latency_seconds", "Seconds between a heartbeat and its answer", ("shard",), registry=registry
        )
        self.discord_responses = Counter(
            "footnote_discord_responses", "Discord's responses by status; failed: none came", ("status",), registry=registry
        )
        self.malformed = Counter(
            "footnote_malformed_events",
            "Events from Discord that could not be read, by name; frame: no event",
            ("event",),
            registry=registry,
        )
        self.loop_lag = Histogram(
            "footnote_event_loop_lag_seconds",
            "Seconds by which the event loop was late",
            buckets=_LAG_BUCKETS,
            registry=registry,
        )
        ProcessCollector(registry=registry)

    def exposition(self) -> bytes:
        """Return all metrics in the text format of Prometheus."""
        return generate_latest(self._registry)

    def http_trace(self) -> aiohttp.TraceConfig:
        """Return a trace configuration that counts the responses of its HTTP client."""
        trace = aiohttp.TraceConfig()

        async def ended(session: aiohttp.ClientSession, context: SimpleNamespace, end: aiohttp.TraceRequestEndParams) -> None:
            self.discord_responses.labels(str(end.response.status)).inc()

        async def failed(
            session: aiohttp.ClientSession, context: SimpleNamespace, failure: aiohttp.TraceRequestExceptionParams
        ) -> None:
            self.discord_responses.labels("failed").inc()

        trace.on_request_end.append(ended)
        trace.on_request_exception.append(failed)
        return trace


class Monitored(Protocol):
    """A bot whose state is served."""

    metrics: Metrics

    def measure(self) -> None:
        """Update the metrics that are gauges."""
        ...

    def not_ready(self) -> str | None:
        """Return a sentence that says why nothing can be asked at the moment; None if questions can be asked."""
        ...


class Address(NamedTuple):
    """The address at which the metrics are served."""

    host: str
    port: int

    @classmethod
    def read(cls, text: str) -> Address:
        """Read ``HOST:PORT``, the host being an IP address, or a port alone, of 127.0.0.1. Raises SetupError."""
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
