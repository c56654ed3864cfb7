"""How what comes from the web is read for a server: in a process with limits, in turns with the files that people send."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ParamSpec, TypeVar

from bot.client.bot import FootnoteBot
from bot.service.web_reading import ReadApart

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _ReadApart:
    """Fetches and reads for a server, in turns with what people of it, and of others, have fetched and read."""

    bot: FootnoteBot
    server: int | None

    async def fetch(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        return await self.bot.upload_reading.fetch(self.server, function, *args, **kwargs)

    async def read(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        return await self.bot.upload_reading.call(self.server, function, *args, **kwargs)


def read_apart(bot: FootnoteBot, server: int | None) -> ReadApart:
    """Return what fetches and reads for a server."""
    return _ReadApart(bot, server)
