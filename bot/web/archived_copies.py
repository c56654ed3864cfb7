"""Which copies the Internet Archive has of pages, by the Wayback Machine's interface for what is available.

In: the addresses of pages with their days. Out: the address of the copy of each that is nearest to its day, as documented at
archive.org/help/wayback_api.php.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

import aiohttp

from bot.web.guard import PrivateError, public_session

LOOKUP = "https://archive.org/wayback/available"
"""The address that says which copy of a page is nearest to a day."""

TIMEOUT = 30.0
"""Seconds that the archive may take for one page; it is often slow."""

_MAX_AT_ONCE = 3  # requests; the archive turns away who asks faster
_MAX_BYTES = 100_000  # of an answer
_WAYBACK = "web.archive.org"


class _UnansweredError(Exception):
    """The archive did not say whether it has a copy."""


def find_copies(pages: Mapping[str, int | None]) -> tuple[dict[str, str], list[str]]:
    """Return the addresses of archived copies by those of pages, and the pages for which the archive gave no answer.

    ``pages`` are addresses with the day (yyyymmdd) near which a copy is wanted, None for any.
    """
    return asyncio.run(_find_copies(pages))


async def _find_copies(pages: Mapping[str, int | None]) -> tuple[dict[str, str], list[str]]:
    turns = asyncio.Semaphore(_MAX_AT_ONCE)
    copies: dict[str, str] = {}
    unanswered: list[str] = []
    async with public_session("archived copies") as session:

        async def find(address: str, day: int | None) -> None:
            async with turns:
                try:
                    copy = await _copy_of(session, address, day)
                except (OSError, aiohttp.ClientError, ValueError, PrivateError, _UnansweredError):
                    unanswered.append(address)
                else:
                    copies.update({address: copy} if copy is not None else {})

        await asyncio.gather(*(find(address, day) for address, day in pages.items()))
    return copies, unanswered


async def _copy_of(session: aiohttp.ClientSession, address: str, day: int | None) -> str | None:
    query = {"url": address} | ({"timestamp": f"{day:08}"} if day is not None and day > 0 else {})
    async with asyncio.timeout(TIMEOUT), session.get(f"{LOOKUP}?{urlencode(query)}") as answer:
        if answer.status != 200:
            raise _UnansweredError
        return _closest(json.loads(await answer.content.read(_MAX_BYTES)))


def _closest(answer: Any) -> str | None:
    """Return the address of the copy in an answer of the archive. Raises an error for an answer of another shape."""
    if not isinstance(answer, dict) or not isinstance(answer.get("archived_snapshots"), dict):
        raise _UnansweredError
    closest = answer["archived_snapshots"].get("closest")
    if not isinstance(closest, dict) or not closest.get("available") or str(closest.get("status", "200")) != "200":
        return None
    address = str(closest.get("url", ""))
    if urlsplit(address).hostname != _WAYBACK:
        raise _UnansweredError
    return f"https://{address.partition('://')[2]}"
