"""Repeat requests that fail at Discord for a moment; discord.py itself repeats only those that fail with 500, 502, 504 or 524.

Discord answers with 503, or Cloudflare for it with 520 to 530, while parts of it are restarted.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from typing import Any

import discord
from discord.http import HTTPClient, Route

log = logging.getLogger(__name__)

_REPEATED = frozenset((500, 502, 504, 524))  # by discord.py itself, five times

PAUSES = (1.0, 3.0, 5.0, 7.0)
"""Seconds between the tries, as discord.py waits."""


def retry_failures(http: HTTPClient) -> None:
    """Have a client repeat requests that fail on Discord's side, whichever way they fail."""
    request = http.request

    async def patient_request(route: Route, *, files: Sequence[discord.File] | None = None, **options: Any) -> Any:
        for pause in PAUSES:
            try:
                return await request(route, files=files, **options)
            except discord.DiscordServerError as error:
                if error.status in _REPEATED:
                    raise
                log.info("Discord failed with %d at %s %s, it is asked again", error.status, route.method, route.path)
            await asyncio.sleep(pause)
            for file in files or ():
                file.reset()
        return await request(route, files=files, **options)

    http.request = patient_request  # type: ignore[method-assign]
