"""Catching up: what changed on the command line, or before a crash, is told and corrected as if it had been done on Discord."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from discord.ext import commands, tasks

from bot.client.correcting import correct
from bot.client.log_lines import tell_log
from bot.client.solving import tell_solved
from bot.client.speaking import speak_in
from bot.errors import FootnoteError

if TYPE_CHECKING:
    from bot.client.app import FootnoteBot

log = logging.getLogger(__name__)


class CatchingUp(commands.Cog):
    """Looks after every server of the bot when it starts, and once a minute after those whose fact base is open."""

    def __init__(self, bot: FootnoteBot) -> None:
        self.bot = bot
        self._told: dict[int, int] = {}

    async def cog_load(self) -> None:
        """Begin."""
        self.minutely.start()

    async def cog_unload(self) -> None:
        """End."""
        self.minutely.cancel()

    @tasks.loop(minutes=1)
    async def minutely(self) -> None:
        """Look after the servers, one after the other, so that answers come first."""
        for server in self._servers():
            try:
                await self._catch_up(server)
            except FootnoteError as error:
                log.warning("Server %s could not be looked after: %s", server, error)
            except Exception:
                log.exception("Server %s could not be looked after", server)

    @minutely.before_loop
    async def ready(self) -> None:
        """Wait until it is known in which servers the bot is."""
        await self.bot.wait_until_ready()

    def _servers(self) -> tuple[int, ...]:
        """Return the servers to look after; when it starts, also those that have facts of which nobody has asked yet."""
        service = self.bot.service
        opened = tuple(server for server in service.opened() if server is not None)
        if self.minutely.current_loop:
            return opened
        kept = (guild.id for guild in self.bot.guilds if service.settings.base_path(guild.id).exists())
        return tuple(dict.fromkeys((*opened, *kept)))

    async def _catch_up(self, server: int) -> None:
        await speak_in(self.bot.service, server)
        await tell_log(self.bot, server)
        await correct(self.bot, server)
        version = await self.bot.service.at(server, lambda desk: desk.base.version())
        if self._told.get(server) != version:  # a question that waits is asked again only when the facts are others
            await tell_solved(self.bot, server)
            self._told[server] = version
