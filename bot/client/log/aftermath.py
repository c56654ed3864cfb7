"""Make a change, and do everything that follows from one.

Whoever made it is shown it first; then earlier replies are corrected, the log channel is told, and so are readers whose question
it answers. None of that can undo the change or fail it. What changed on the command line, or before a crash, is followed up once
a minute as if it had been done on Discord.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import timedelta
from weakref import WeakKeyDictionary

from discord import ui
from discord.ext import commands

from bot.client.answering.corrections import correct_replies
from bot.client.answering.feedback import notify_followers
from bot.client.bot import FootnoteBot, Interaction
from bot.client.jobs import confine_to_server
from bot.client.log.lines import update_log_channel
from bot.client.panels import show
from bot.client.sending import server_of
from bot.facts.editor import Applied
from bot.log import log_about
from bot.service.session import Session


async def follow_change(bot: FootnoteBot, server: int | None, applied: Applied | None) -> None:
    """Start in the background what follows a change of facts, unless nothing was changed or it was before.

    None of it can undo the change or fail it.
    """
    if applied is not None and applied.change is not None and not applied.repeated:
        bot.background.start(update_log_channel(bot, server))
        bot.background.start(correct_replies(bot, server))
        bot.background.start(notify_followers(bot, server))


async def follow_log_entry(bot: FootnoteBot, server: int | None) -> None:
    """Start in the background what follows a line of the log that changed no fact."""
    bot.background.start(update_log_channel(bot, server))


@dataclass(frozen=True, slots=True)
class ChangeResult:
    """What somebody is shown after a change, and the change itself: None where nothing was changed."""

    view: ui.LayoutView
    applied: Applied | None = None


async def make_change(interaction: Interaction, work: Awaitable[ChangeResult]) -> None:
    """Make a change, show what it did, then start what follows it; none of that can undo it."""
    doing = asyncio.ensure_future(work)
    try:
        await show(interaction, _view(doing))
    finally:  # whether or not Discord could be told
        await asyncio.wait({doing})
        if not doing.cancelled() and doing.exception() is None:
            await follow_change(interaction.client, server_of(interaction), doing.result().applied)


async def _view(doing: asyncio.Future[ChangeResult]) -> ui.LayoutView:
    # Shielded: what was begun is carried out also where Discord cannot be told of it any more.
    return (await asyncio.shield(doing)).view


_JOB, _FETCHING = "Catching up", "Fetching"  # as the log and the metrics name it


class CatchingUp(commands.Cog):
    """Looks once a minute at the servers whose facts may be new: the base is open, or was changed since it was closed.

    When the bot starts it has closed none yet, and so looks after all that have a base.
    """

    def __init__(self, bot: FootnoteBot) -> None:
        self.bot = bot
        self._told: WeakKeyDictionary[Session, int] = WeakKeyDictionary()

    async def cog_load(self) -> None:
        """Begin."""
        self.bot.supervisor.start(_JOB, self.minutely, every=timedelta(minutes=1), prepare=self.ready)

    async def minutely(self) -> None:
        """Look after the servers with new facts in which the bot is, one after the other, so that answers come first."""
        for server in await self.bot.service.changed():
            if self.bot.get_guild(server) is None:
                continue  # it has nobody to speak to there
            with confine_to_server(self.bot.metrics, _JOB, server):
                async with self.bot.service.background_access(server):
                    await self._catch_up(server)

    async def ready(self) -> None:
        """Wait until it is known in which servers the bot is, and bring here what another process served before."""
        await self.bot.wait_until_ready()
        for guild in tuple(self.bot.guilds):
            with confine_to_server(self.bot.metrics, _FETCHING, guild.id):  # it is tried again when somebody asks there
                await self.bot.service.fetch(guild.id)

    async def _catch_up(self, server: int) -> None:
        log_about(server=server, shard=self.bot.shard_of(server))
        await self.bot.speak_language_of(server)
        await update_log_channel(self.bot, server)
        await correct_replies(self.bot, server)
        session, version = await self.bot.service.run_to_end(server, _facts_of)
        if self._told.get(session) != version:  # a question that waits is asked again only when the facts are others
            await notify_followers(self.bot, server)
            self._told[session] = version


def _facts_of(session: Session) -> tuple[Session, int]:
    """Return a session with the version of its facts; a session that was closed and opened again counts as another."""
    return session, session.version()
