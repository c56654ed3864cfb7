"""How what comes from the web is read for a server: in a process with limits, in turns with the files that people send."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from bot.client.bot import FootnoteBot
from bot.service.web_reading import ReadApart

P = ParamSpec("P")
T = TypeVar("T")


def read_apart(bot: FootnoteBot, server: int | None) -> ReadApart:
    """Return what calls a function in a process with limits once it is the turn of a server."""

    async def read(function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        return await bot.upload_reading.call(server, function, *args, **kwargs)

    return read
