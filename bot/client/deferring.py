"""Deferring an interaction in time while what its response needs is still being checked and prepared."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import aiohttp
import discord

log = logging.getLogger(__name__)

_DEFERRAL = "deferral"  # the name under which an interaction remembers it


def defer_in_time(interaction: discord.Interaction[Any], latest: float) -> None:
    """Have an interaction deferred at a time of the event loop's clock unless a response is begun before."""
    interaction.extras[_DEFERRAL] = _Deferral(interaction, latest)


async def may_respond(interaction: discord.Interaction[Any]) -> bool:
    """Begin to respond; return False where the interaction is deferred already, so that only edits and further messages work."""
    deferral: _Deferral | None = interaction.extras.get(_DEFERRAL)
    if deferral is not None:
        await deferral.end()
    return not interaction.response.is_done()


class _Deferral:
    """Defers an interaction, for its user alone, unless a response is begun in time.

    Before that, permissions are checked and drafts are read, which waits for the base to open; brought from a replica, that takes
    longer than the three seconds that Discord gives.
    """

    def __init__(self, interaction: discord.Interaction[Any], latest: float) -> None:
        self._interaction = interaction
        self._sending: asyncio.Task[None] | None = None
        self._timer = asyncio.get_running_loop().call_at(latest, self._start)

    async def end(self) -> None:
        """Defer no more; where that is being sent, wait until it is."""
        self._timer.cancel()
        if self._sending is not None:
            await asyncio.wait({self._sending})

    def _start(self) -> None:
        self._sending = asyncio.create_task(self._send())

    async def _send(self) -> None:
        try:
            if not self._interaction.response.is_done():
                await self._interaction.response.defer(ephemeral=True, thinking=True)
        except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
            log.info("An interaction was not deferred: %s", error)
