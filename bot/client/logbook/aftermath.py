"""Make a change, and do everything that follows from one.

It is shown to whoever made it first; then earlier replies are corrected, and the log channel and the readers whose question it
answers are told. None of that can undo the change or make it fail. What changed on the command line, or before a crash, is
followed up once a minute as if it had been done on Discord.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from weakref import WeakKeyDictionary

from discord import ui
from discord.ext import commands

from bot.client.bot import FootnoteBot, Interaction
from bot.client.jobs import confine_to_server
from bot.client.logbook.corrections import correct_replies
from bot.client.logbook.lines import update_log_channel
from bot.client.logbook.notices import notify_followers, tell_authors, waits_for_notice
from bot.client.panels import show
from bot.client.sending import SendView, server_of, speak_when_known
from bot.facts.revisions import Applied
from bot.log import log_about
from bot.service.session import Session

log = logging.getLogger(__name__)


def follow_change(bot: FootnoteBot, server: int | None, applied: Applied | None = None) -> None:
    """Start in the background what follows a change, none of which can undo the change or make it fail.

    The log channel is told of any change. Only ``applied``, a change of facts, has replies corrected and followers told.
    """
    bot.background.start(update_log_channel(bot, server))
    if applied is not None and applied.change is not None and not applied.repeated:
        bot.background.start(correct_replies(bot, server))
        bot.background.start(notify_followers(bot, server))


@dataclass(frozen=True, slots=True)
class ChangeResult:
    """What somebody is shown after a change, and the change itself: None if no fact was changed.

    A view that has to be read from the base is given as the function that makes it: the change is made by then, and what follows
    it is started even if the view cannot be made.
    """

    view: ui.LayoutView | Callable[[], Awaitable[ui.LayoutView]]
    applied: Applied | None = None


async def make_change(interaction: Interaction, work: Awaitable[ChangeResult], send: SendView = show) -> None:
    """Make a change, show what it did, then start what follows it; none of that can undo it."""

    async def made() -> ChangeResult:
        await speak_when_known(interaction)
        return await work

    async def view() -> ui.LayoutView:
        # Shielded: a change that was begun is carried out even if Discord can no longer be told of it.
        shown = (await asyncio.shield(doing)).view
        return shown if isinstance(shown, ui.LayoutView) else await shown()

    doing = asyncio.ensure_future(made())
    try:
        await send(interaction, view())
    finally:  # whether or not the view could be made and sent
        await asyncio.wait({doing})
        if not doing.cancelled() and doing.exception() is None:
            await speak_when_known(interaction)
            follow_change(interaction.client, server_of(interaction), doing.result().applied)


_JOB, _FETCHING = "Catching up", "Fetching"  # as the log and the metrics name it


class CatchingUp(commands.Cog):
    """Looks once a minute at the servers whose facts may be new: those whose base is open, or was changed since the last look.

    When the bot starts it has closed none yet, and so looks at all servers that have a base.
    """

    def __init__(self, bot: FootnoteBot) -> None:
        self.bot = bot
        self._seen: dict[int, int] = {}
        self._notified: WeakKeyDictionary[Session, int] = WeakKeyDictionary()

    async def cog_load(self) -> None:
        """Begin."""
        self.bot.supervisor.start(_JOB, self.minutely, every=timedelta(minutes=1), prepare=self.ready)

    async def minutely(self) -> None:
        """Look at the servers with new facts that the bot is in, one after the other, so that answers come first.

        It also looks at those in which something is to be tried again.
        """
        self.bot.put_off.pass_minute()
        for server in dict.fromkeys((*await self.bot.service.changed(self._seen), *self.bot.put_off.due_in())):
            guild = self.bot.get_guild(server or 0)
            if guild is None or guild.unavailable:
                continue  # the bot is not there, or Discord has not described the server yet
            with confine_to_server(self.bot.metrics, _JOB, server):
                async with self.bot.service.background_access(server):
                    await self._catch_up(server)

    async def ready(self) -> None:
        """Wait until it is known which servers the bot is in, and fetch the bases that another process served before."""
        await self.bot.wait_until_ready()
        for guild in tuple(self.bot.guilds):
            with confine_to_server(self.bot.metrics, _FETCHING, guild.id):  # else it is fetched when somebody asks there
                await self.bot.service.fetch(guild.id)

    async def _catch_up(self, server: int | None) -> None:
        log_about(server=server, shard=self.bot.shard_of(server))
        await self.bot.speak_language_of(server)
        await update_log_channel(self.bot, server)
        await correct_replies(self.bot, server)
        # The key is the session: one that was closed and opened again counts as new.
        session, version = await self.bot.service.read(server, lambda session: (session, session.version()))
        # Questions that wait are asked again only if the facts have changed, or somebody could not be told.
        if self._notified.get(session) != version or waits_for_notice(self.bot, server):
            await notify_followers(self.bot, server)
            self._notified[session] = version
        await tell_authors(self.bot, server)
