"""The metrics of a process. No label names a server, a person or a question, which would give away what people do."""

from __future__ import annotations

from types import SimpleNamespace

import aiohttp
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Info
from prometheus_client.exposition import generate_latest
from prometheus_client.process_collector import ProcessCollector

from bot import __version__

# Seconds. A question is given up after two and a half at most, by the setting answer_deadline.
_ANSWER_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
_LAG_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0)


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
