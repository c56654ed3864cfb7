"""Forgetting: once a day, what was kept for a time is dropped in every base, whether anybody asks it or not."""

from __future__ import annotations

import logging
from contextlib import suppress

from discord.ext import commands, tasks

from bot.client.bot import FootnoteBot
from bot.errors import FootnoteError, NoFactBaseError
from bot.log import without_words
from bot.service.session import Session

log = logging.getLogger(__name__)


class Forgetting(commands.Cog):
    """Drops old questions and forms; what is written into a base drops them too, so that a day without a run does no harm."""

    def __init__(self, bot: FootnoteBot) -> None:
        self.bot = bot

    async def cog_load(self) -> None:
        """Begin."""
        self.daily.start()

    async def cog_unload(self) -> None:
        """End."""
        self.daily.cancel()

    @tasks.loop(hours=24)
    async def daily(self) -> None:
        """Forget in every base, one after the other."""
        service = self.bot.service
        for server in (None, *filter(self.bot.serves, service.servers())):
            try:
                with suppress(NoFactBaseError):  # it was deleted meanwhile
                    async with service.background_access(server):
                        await service.run_to_end(server, forget)
            except FootnoteError as error:
                log.warning("Nothing could be forgotten in the base of %s: %s", server or "the library", without_words(error))

    @daily.before_loop
    async def ready(self) -> None:
        """Wait until it is known which servers are this process's."""
        await self.bot.wait_until_ready()


def forget(session: Session) -> None:
    """Drop the questions, forms and replies of a base that are older than they are kept."""
    session.forget()
