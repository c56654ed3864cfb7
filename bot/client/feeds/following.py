"""Looks at the feeds of all servers about once an hour, and at the pages of articles that are read again.

A server is visited when the first of its feeds or pages is due. When that is is kept in memory alone, so that no base is opened
for nothing. After a start the visits are spread over an hour. A visit is made in steps that fetch one thing each at most; between
two of them other servers have their turn, so that the slow sites of one keep no other waiting for longer than one step. A fault
in one visit stays with its server, and a fault in one feed stays with that feed.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

from discord.ext import commands

from bot.client.bot import FootnoteBot
from bot.client.feeds import words
from bot.client.feeds.offers import BROKEN, MAX_ITEMS, hand_out, items_to_hand_out
from bot.client.feeds.packs import look_at_pack, refused_panel
from bot.client.feeds.rereading import read_page_again
from bot.client.jobs import confine_to_server
from bot.client.panels import AMBER, panel
from bot.client.posting import post_in_channel
from bot.client.text import inline, shorten, timestamp
from bot.errors import BusyError, FactBaseError, FootnoteError, RefusedPackError
from bot.facts.state.feeds import Feed
from bot.facts.state.watched_pages import WatchedPage
from bot.languages import say, say_message
from bot.log import log_about
from bot.service.session import Session
from bot.service.web_reading import open_feed
from bot.web.fetching import FeedState

MAX_AT_ONCE = 2
"""Servers that take a step at the same time: what they fetch is read in turns with the files that people send."""

MAX_VISITS = 60
"""Servers that are visited in one run of the job; the others come in the next, longest wait first."""

MAX_FEEDS, MAX_PAGES = 4, 2
"""Feeds and pages of one server that are looked at in one visit; the others that are due come in the next run."""

BUSY_MINUTES = 10
"""Minutes after which a feed is tried again that could not be read because no turn came."""

_JOB = "Following feeds"  # as the log and the metrics name it
_FIRST_HOUR = 3600  # seconds over which the visits after a start are spread
_MAX_BETWEEN = timedelta(hours=6)  # between two visits: other programs may have written to the base meanwhile
_SOON = timedelta(minutes=1)
_TITLE, _PROBLEM = 150, 500

log = logging.getLogger(__name__)


class Following(commands.Cog):
    """Visits the servers whose feeds or pages are due."""

    def __init__(self, bot: FootnoteBot) -> None:
        self.bot = bot
        self._due: dict[int, datetime] = {}
        self._turns = asyncio.Semaphore(MAX_AT_ONCE)

    async def cog_load(self) -> None:
        """Begin."""
        self.bot.supervisor.start(_JOB, self.minutely, every=timedelta(minutes=1), prepare=self.bot.wait_until_ready)

    @commands.Cog.listener()
    async def on_feeds_changed(self, server: int) -> None:
        """Visit a server in the next run."""
        self._due[server] = _now()

    async def minutely(self) -> None:
        """Visit the servers that are due, in turns."""
        now = _now()
        for server in await self.bot.service.run_in_thread(self.bot.service.servers):
            # Spread by the servers' ids, so that not all are visited at once after a start.
            self._due.setdefault(server, now + timedelta(seconds=server % _FIRST_HOUR))
        due = sorted((when, server) for server, when in self._due.items() if when <= now)
        await asyncio.gather(*(self._visit(server) for _, server in due[:MAX_VISITS]))

    async def _visit(self, server: int) -> None:
        self._due[server] = _now() + timedelta(hours=1)  # in case the visit fails, or the server is unavailable
        guild = self.bot.get_guild(server)
        if guild is None or guild.unavailable:
            return
        with confine_to_server(self.bot.metrics, _JOB, server):
            steps = self._look_after(server)
            while True:
                async with self._turns:
                    if not await anext(steps, False):
                        return

    async def _look_after(self, server: int) -> AsyncIterator[bool]:
        """Look at the feeds and pages of a server that are due, hand out what fits, and note when the next is due.

        Yields true before each further step.
        """
        service = self.bot.service
        log_about(server=server, shard=self.bot.shard_of(server))
        async with service.background_access(server):
            await self.bot.speak_language_of(server)
            feeds, pages = await service.read(server, _due)
        for feed in feeds:
            yield True
            await self._look(server, feed)
        for page in pages:
            yield True
            await read_page_again(self.bot, server, page)
        items = await items_to_hand_out(self.bot, server)
        more = len(items) == MAX_ITEMS
        for item in items:
            yield True
            if not await hand_out(self.bot, server, item):
                more = False  # else it would be tried every minute
                break
        async with service.background_access(server):
            next_at = await service.read(server, _next_at)
        soon = _now() + _SOON
        due = soon if more else max(next_at, soon) if next_at is not None else _now() + _MAX_BETWEEN
        self._due[server] = min(due, _now() + _MAX_BETWEEN)

    async def _look(self, server: int, feed: Feed) -> None:
        """Look at one feed, whatever its address holds by now; only errors of the base are raised."""
        service, problem, refused = self.bot.service, BROKEN, False
        try:
            if feed.kind == "pack":
                await look_at_pack(self.bot, server, feed)
                return
            opened = await open_feed(feed.url, self.bot.upload_reading.for_server(server), FeedState(feed.etag, feed.modified))
            async with service.background_access(server):
                if opened is None:
                    await service.write(server, lambda session: session.feeds.note_unchanged(feed.number))
                else:
                    await service.write(server, lambda session: session.following.note_answer(feed, opened.feed, opened.state))
            return
        except BusyError:
            async with service.background_access(server):
                await service.write(server, lambda session: session.feeds.put_off(feed.number, BUSY_MINUTES))
            return
        except FactBaseError:
            raise
        except FootnoteError as error:
            problem, refused = error.message, isinstance(error, RefusedPackError)
        except Exception:
            log.exception("Feed %d of server %s could not be read", feed.number, server)
        async with service.background_access(server):
            said = shorten(say_message(problem), _PROBLEM)
            tell = await service.write(server, lambda session: session.feeds.note_failure(feed.number, said, refused=refused))
            channel = (await service.read(server, Session.settings)).log_channel
        if tell and channel is not None and refused:
            await post_in_channel(self.bot, server, channel, refused_panel(feed, inline(say_message(problem), _PROBLEM)))
        elif tell and channel is not None:
            since = timestamp(feed.failing_since, "D") if feed.failing_since else ""
            said = say(
                words.FAILING,
                title=inline(feed.title, _TITLE),
                since=since,
                problem=inline(say_message(problem), _PROBLEM),
            )
            await post_in_channel(self.bot, server, channel, panel(said, colour=AMBER))


def _now() -> datetime:
    return datetime.now(UTC)


def _due(session: Session) -> tuple[tuple[Feed, ...], tuple[WatchedPage, ...]]:
    pages = session.watched_pages.due(MAX_PAGES) if session.settings().reread_articles else ()
    return session.feeds.due(MAX_FEEDS), pages


def _next_at(session: Session) -> datetime | None:
    pages = session.watched_pages.next_at() if session.settings().reread_articles else None
    times = [datetime.fromisoformat(at) for at in (session.feeds.next_at(), pages) if at is not None]
    return min(times, default=None)
