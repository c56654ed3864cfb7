"""Measuring: what came of each question, counted for the process and for its server, and how the bot's connections are."""

from __future__ import annotations

import logging
import math
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

from discord.ext import commands, tasks

from bot.errors import FootnoteError
from bot.facts.state.usage import UsageKey, usage_key
from bot.log import without_words

if TYPE_CHECKING:
    from bot.client.app import FootnoteBot
    from bot.service.session import Session

log = logging.getLogger(__name__)

ANSWERED = "answered"
FAILED = "failed"
SILENT = "silent"


class Measuring(commands.Cog):
    """Counts in memory; what a server keeps of it is written each minute, and when the bot stops."""

    def __init__(self, bot: FootnoteBot) -> None:
        self.bot = bot
        self.metrics = bot.metrics
        self._counts: dict[int, Counter[UsageKey]] = {}

    async def cog_load(self) -> None:
        """Begin."""
        self.minutely.start()

    async def cog_unload(self) -> None:
        """End."""
        self.minutely.cancel()

    def count(self, server: int | None, outcome: str, seconds: float) -> None:
        """Count a question that was asked: what came of it, and after how many seconds."""
        self.metrics.questions.labels(outcome).inc()
        self.metrics.answer_seconds.observe(seconds)
        if server is not None:
            self._counts.setdefault(server, Counter())[usage_key(outcome == ANSWERED, seconds)] += 1
        fields = {"outcome": outcome, "milliseconds": round(seconds * 1000)}
        log.info("A question was dealt with", extra={"fields": fields})

    def count_silence(self) -> None:
        """Count a question that nobody asked the bot and that it did not answer: for its server it is none."""
        self.metrics.questions.labels(SILENT).inc()

    @tasks.loop(minutes=1)
    async def minutely(self) -> None:
        """Write what was counted."""
        await self.keep()

    async def keep(self, only: int | None = None) -> None:
        """Write what was counted into the bases of the servers, or of one server; what cannot be written is kept for later."""
        for server in (*self._counts,) if only is None else (only,):
            counts = self._counts.pop(server, None)
            try:
                # A base that is gone is not made anew for this.
                if counts and self.bot.service.settings.base_path(server).exists():
                    await self.bot.service.run_to_end(server, partial(_add, counts))
            except FootnoteError as error:
                self._counts[server] = counts + self._counts.get(server, Counter()) if counts else Counter()
                log.warning("What was counted could not be kept: %s", without_words(error))

    def measure(self) -> None:
        """Bring the metrics up to now that are no counts."""
        self.metrics.open_bases.set(len(self.bot.service.opened()))
        self.metrics.under_way.set(self.bot.background.under_way())
        self.metrics.shards.set(len(self.bot.shard_ids or range(self.bot.shard_count or 0)))
        for number, shard in self.bot.shards.items():
            self.metrics.shard_up.labels(str(number)).set(not shard.is_closed())
            if math.isfinite(shard.latency):
                self.metrics.shard_latency.labels(str(number)).set(shard.latency)

    def not_ready(self) -> str | None:
        """Say why nothing can be asked at the moment; None where it can."""
        if self.bot.stopping:
            return "Footnote is stopping."
        if not self.bot.is_ready():
            return "Footnote is not logged in to Discord yet."
        closed = sorted(number for number, shard in self.bot.shards.items() if shard.is_closed())
        return f"Not connected: shard {', '.join(map(str, closed))}." if closed else None


def _add(counts: Counter[UsageKey], session: Session) -> None:
    session.base.usage.add(counts)
