"""Make a change, and do everything that follows from one.

Whoever made it is shown it first; then earlier replies are corrected, the log channel is told, and so are readers whose question
it answers. None of that can undo the change or fail it. What changed on the command line, or before a crash, is followed up once
a minute as if it had been done on Discord.
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
    """Start in the background what follows a change, none of which can undo the change or fail it.

    The log channel is told of any change; replies are corrected and followers told where facts were changed: ``applied``.
    """
    bot.background.start(update_log_channel(bot, server))
    if applied is not None and applied.change is not None and not applied.repeated:
        bot.background.start(correct_replies(bot, server))
        bot.background.start(notify_followers(bot, server))


@dataclass(frozen=True, slots=True)
class ChangeResult:
    """What somebody is shown after a change, and the change itself: None where no fact was changed.

    A view that has to be read from the base is given as the function that makes it: the change is made by then, and what follows
    is started even where the view cannot be made.
    """

    view: ui.LayoutView | Callable[[], Awaitable[ui.LayoutView]]
    applied: Applied | None = None


async def make_change(interaction: Interaction, work: Awaitable[ChangeResult], send: SendView = show) -> None:
    """Make a change, show what it did, then start what follows it; none of that can undo it."""

    async def made() -> ChangeResult:
        await speak_when_known(interaction)
        return await work

    async def view() -> ui.LayoutView:
        # Shielded: what was begun is carried out also where Discord cannot be told of it any more.
        shown = (await asyncio.shield(doing)).view
        return shown if isinstance(shown, ui.LayoutView) else await shown()

    doing = asyncio.ensure_future(made())
    try:
        await send(interaction, view())
    finally:  # whether or not there was something to show and Discord could be told
        await asyncio.wait({doing})
        if not doing.cancelled() and doing.exception() is None:
            await speak_when_known(interaction)
            follow_change(interaction.client, server_of(interaction), doing.result().applied)


_JOB, _FETCHING = "Catching up", "Fetching"  # as the log and the metrics name it


class CatchingUp(commands.Cog):
    """Looks once a minute at the servers whose facts may be new: the base is open, or was changed since it was closed.

    When the bot starts it has closed none yet, and so looks after all that have a base.
    """

    def __init__(self, bot: FootnoteBot) -> None:
        self.bot = bot
        self._notified: WeakKeyDictionary[Session, int] = WeakKeyDictionary()

    async def cog_load(self) -> None:
        """Begin."""
        self.bot.supervisor.start(_JOB, self.minutely, every=timedelta(minutes=1), prepare=self.ready)

    async def minutely(self) -> None:
        """Look after the servers with new facts in which the bot is, one after the other, so that answers come first.

        So are those in which something is to be tried again.
        """
        self.bot.put_off.pass_minute()
        for server in dict.fromkeys((*await self.bot.service.changed(), *self.bot.put_off.due_in())):
            guild = self.bot.get_guild(server or 0)
            if guild is None or guild.unavailable:
                continue  # it has nobody to speak to there, or nobody knows yet what is where
            with confine_to_server(self.bot.metrics, _JOB, server):
                async with self.bot.service.background_access(server):
                    await self._catch_up(server)

    async def ready(self) -> None:
        """Wait until it is known in which servers the bot is, and bring here what another process served before."""
        await self.bot.wait_until_ready()
        for guild in tuple(self.bot.guilds):
            with confine_to_server(self.bot.metrics, _FETCHING, guild.id):  # it is tried again when somebody asks there
                await self.bot.service.fetch(guild.id)

    async def _catch_up(self, server: int | None) -> None:
        log_about(server=server, shard=self.bot.shard_of(server))
        await self.bot.speak_language_of(server)
        await update_log_channel(self.bot, server)
        await correct_replies(self.bot, server)
        # A session that was closed and opened again counts as another.
        session, version = await self.bot.service.read(server, lambda session: (session, session.version()))
        # A question that waits is asked again only when the facts are others, or where somebody could not be told.
        if self._notified.get(session) != version or waits_for_notice(self.bot, server):
            await notify_followers(self.bot, server)
            self._notified[session] = version
        await tell_authors(self.bot, server)
