"""The bot itself: what it may see, what everything on Discord shares, and how it stops.

Nothing is imported here that imports the bot: what it is made of (cogs, buttons, the command tree) is put into it by
`bot.client.start`.
"""

from __future__ import annotations

import asyncio
import logging
import math
import sys
from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

import discord
from discord.ext import commands

from bot.client.discord_failures import GatewayGuard
from bot.client.errors import ErrorHandler
from bot.client.incoming_messages import is_for_bot
from bot.client.jobs import Background, Completions, PutOff, Supervisor
from bot.client.limits import GapLimits, Limits
from bot.client.logbook.gathering import Gathering
from bot.client.question_counts import QuestionCounts
from bot.client.retrying import retry_failed_answers, retry_failures
from bot.client.uploads import UploadReading
from bot.errors import FootnoteError
from bot.languages import ENGLISH, speak
from bot.log import log_about
from bot.metrics import Metrics
from bot.service.service import Service
from bot.storage.shards import shard_of

log = logging.getLogger(__name__)

_CLOSING_SECONDS = 0.5  # for a connection: Discord may never answer


class FootnoteBot(commands.AutoShardedBot):
    """Answers in servers, in direct messages and as an app of one person, without a privileged intent.

    ``set_up`` adds the cogs and buttons once the bot is logged in.
    """

    def __init__(self, service: Service, set_up: Callable[[FootnoteBot], Awaitable[None]], **options: Any) -> None:
        # The bot never speaks in voice channels: its operator need not be warned that the libraries for it are missing.
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
        # The text of messages that are not for the bot is asked for only where its operator lets servers listen.
        listening = service.settings.listening
        intents = discord.Intents(guilds=True, guild_messages=True, dm_messages=True, message_content=listening)
        self.metrics = Metrics()
        # Neither members nor messages are cached: what an event or interaction brings is enough, and caches grow with servers.
        super().__init__(
            http_trace=self.metrics.http_trace(),
            command_prefix=(),
            help_command=None,
            intents=intents,
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            **options,
        )
        GatewayGuard(self.metrics).install(self._connection)
        retry_failures(self.http)
        self.service = service
        self.error_handler = ErrorHandler(self.metrics)
        self.background = Background()
        self.put_off = PutOff()
        self.completions = Completions(self.background)
        self.supervisor = Supervisor(self.metrics)
        self.limits = Limits(service.settings)
        self.gap_limits = GapLimits()
        self.question_counts = QuestionCounts(service, self.metrics)
        self.message_filters: list[Callable[[discord.Message], bool]] = []
        """A message that is not for the bot reaches the cogs that listen if any of these lets it through."""
        self.upload_reading = UploadReading()
        self.gathering = Gathering()
        self.stopping = False
        self._set_up = set_up

    @property
    def own_id(self) -> int:
        """The bot's own id; 0 before it is logged in."""
        return self.user.id if self.user else 0

    def serves(self, server: int) -> bool:
        """Return whether this process speaks with a server: with several processes, each has the servers of its own shards."""
        return not self.shards or self.shard_of(server) in self.shards

    def shard_of(self, server: int | None) -> int | None:
        """Return the number of the shard that a server is on; None for direct messages."""
        return None if server is None else shard_of(server, self.shard_count or 1)

    async def begin_request(self, server: int | None) -> None:
        """Begin to serve somebody in a server (None: in direct messages), in its language."""
        self.track_request(server)
        await self.speak_language_of(server)

    def track_request(self, server: int | None) -> None:
        """Have the bot wait for the current task before it stops, and the log name the server."""
        self.background.hold()
        log_about(server=server, shard=self.shard_of(server))

    async def speak_language_of(self, server: int | None) -> None:
        """Speak the language of a server from here on."""
        speak(await self.language_of(server))

    async def language_of(self, server: int | None) -> str:
        """Return the language of a server; English if it cannot be read, which is no reason not to answer."""
        try:
            return await self.service.language(server)
        except FootnoteError:
            return ENGLISH
        except Exception:  # a damaged base can raise anything
            log.exception("The language of a server could not be read")
            return ENGLISH

    async def setup_hook(self) -> None:
        """Load the cogs."""
        retry_failed_answers(self.application_id or 0)
        await self._set_up(self)

    async def close(self) -> None:
        """Take nothing new, finish what is under way and store what was counted, then leave Discord."""
        self.stopping = True
        leaving = [asyncio.ensure_future(shard.disconnect()) for shard in self.shards.values()]
        self.background.start(self.question_counts.store())  # now, for the second time below may be cut off
        await self.background.finish()
        if leaving:
            await asyncio.wait(leaving, timeout=_CLOSING_SECONDS)
        await self.question_counts.store()
        self.supervisor.stop()
        self.upload_reading.close()
        await super().close()

    def dispatch(self, event_name: str, /, *args: Any, **kwargs: Any) -> None:
        """Dispatch a message as a ``question`` if it is for the bot, as ``chatter`` if a filter lets it through, else not at all.

        Most are neither, and each listener would cost a task.
        """
        if event_name == "message":
            (message,) = args
            if is_for_bot(message, self.own_id):
                event_name = "question"
            elif any(passes(message) for passes in self.message_filters):
                event_name = "chatter"
            else:
                return
        super().dispatch(event_name, *args, **kwargs)

    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:
        """Log what failed in an event."""
        error = sys.exc_info()[1]
        if error is not None:
            self.error_handler.record(error, None)

    def measure(self) -> None:
        """Update the metrics that are not counters."""
        self.metrics.open_bases.set(len(self.service.opened()))
        self.supervisor.measure()
        self.metrics.under_way.set(self.background.under_way())
        self.metrics.shards.set(len(self.shard_ids or range(self.shard_count or 0)))
        for number, shard in self.shards.items():
            self.metrics.shard_up.labels(str(number)).set(not shard.is_closed())
            if math.isfinite(shard.latency):
                self.metrics.shard_latency.labels(str(number)).set(shard.latency)

    def not_ready(self) -> str | None:
        """Return a sentence that says why nothing can be asked at the moment; None where it can."""
        if self.stopping:
            return "Footnote is stopping."
        if not self.is_ready():
            return "Footnote is not logged in to Discord yet."
        closed = sorted(number for number, shard in self.shards.items() if shard.is_closed())
        if closed:
            return f"Not connected: shard {', '.join(map(str, closed))}."
        failing = self.supervisor.failing()
        return f"Died, and tried again soon: {', '.join(failing)}." if failing else None


Interaction: TypeAlias = discord.Interaction[FootnoteBot]
"""A command, a press, a choice or a sent form, with the bot as its client."""
