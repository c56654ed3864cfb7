"""The outcomes of questions, counted for the metrics of the process and for the usage of each server.

They are counted in memory, and stored for each server every minute and when the bot stops.
"""

from __future__ import annotations

import logging
from collections import Counter

from bot.client.jobs import confine_to_server
from bot.facts.state.usage import UsageKey, usage_key
from bot.metrics import Metrics
from bot.service.service import Service
from bot.service.session import Session

log = logging.getLogger(__name__)

ANSWERED, FAILED = "answered", "failed"
SILENT = "silent"  # an outcome in a listening channel, which the usage of the server leaves out
COUNTING = "Counting"
"""The job that stores the outcomes, as the log and the metrics name it."""


class QuestionCounts:
    """Counts questions for the metrics of the process and for the usage of each server."""

    def __init__(self, service: Service, metrics: Metrics) -> None:
        self._service = service
        self._metrics = metrics
        self._counts: dict[int, Counter[UsageKey]] = {}

    def count(self, server: int | None, outcome: str, seconds: float) -> None:
        """Count a question that was asked: its outcome, and after how many seconds."""
        self._metrics.questions.labels(outcome).inc()
        self._metrics.answer_seconds.observe(seconds)
        if server is not None:
            self._counts.setdefault(server, Counter())[usage_key(outcome == ANSWERED, seconds)] += 1
        fields = {"outcome": outcome, "milliseconds": round(seconds * 1000)}
        log.info("A question was dealt with", extra={"fields": fields})

    async def store(self, only: int | None = None) -> None:
        """Write the counts into the bases of all servers, or of one; what cannot be written stays counted for later."""
        for server in (*self._counts,) if only is None else (only,):
            counts = self._counts.pop(server, None)
            if not counts or not self._service.settings.base_path(server).exists():
                continue  # a base that is gone is not made again for this
            stored = False
            try:
                with confine_to_server(self._metrics, COUNTING, server):
                    await self._service.write(server, _add_usage, counts)
                    stored = True
            finally:
                if not stored:
                    self._counts[server] = counts + self._counts.get(server, Counter())


def _add_usage(session: Session, counts: Counter[UsageKey]) -> None:
    session.usage.add(counts)
