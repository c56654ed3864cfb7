"""Check whether links still work: only on request, a few at a time, over http and https, in the public internet alone."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import aiohttp

from bot.editing.report import Lack
from bot.web.guard import MAX_REDIRECTS, PrivateError, is_web, next_address, opened_address, public_session

TIMEOUT = 10.0
"""Seconds that a link may take in all: for every address of its site, every redirect, and a second try with GET."""

PRIVATE = "it leads into a private network, which is off limits"

_MAX_AT_ONCE = 6  # connections; the links of one story often lead to the same few sites
_GONE = (404, 410)
_NO_HEAD = (400, 403, 405, 501)  # the answers of sites that do not accept HEAD: GET is tried then


def check_links(addresses: Sequence[str], *, seconds: float = TIMEOUT) -> dict[str, tuple[Lack, str]]:
    """Open web addresses and return those that are dead or could not be checked, each with the reason in a few words.

    Nothing of this machine or of a private network is opened, whatever a name or a redirect leads to: a story may come from
    anybody. For the same reason no proxy is used, which would look names up by itself.
    """
    return asyncio.run(_check_links(addresses, seconds))


async def _check_links(addresses: Sequence[str], seconds: float) -> dict[str, tuple[Lack, str]]:
    # Looking up a name cannot be cancelled: with a thread for each, a slow one delays no other.
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(len(addresses) + 1))
    turns = asyncio.Semaphore(_MAX_AT_ONCE)
    async with public_session("link check") as session:

        async def check(address: str) -> tuple[Lack, str] | None:
            async with turns:  # outside the timeout: waiting for a turn does not count
                return await _checked(session, address, seconds)

        lacks = await asyncio.gather(*map(check, addresses))
    return {address: lack for address, lack in zip(addresses, lacks, strict=True) if lack is not None}


async def _checked(session: aiohttp.ClientSession, address: str, seconds: float) -> tuple[Lack, str] | None:
    """Return what is wrong with a link, which may take so many seconds."""
    try:
        if not is_web(address):
            return Lack.UNCHECKED, "it is no web address"
        async with asyncio.timeout(seconds):
            try:
                code = await _status(session, address, "HEAD")
            except aiohttp.ClientResponseError:  # such as a site that sends the page nevertheless
                code = None
            if code is None or code in _NO_HEAD:
                code = await _status(session, address, "GET")
    except (OSError, aiohttp.ClientError, ValueError, PrivateError) as error:
        return _failed(error)
    if code in _GONE:
        return Lack.DEAD, f"the site says {code}, not found" if code == 404 else f"the site says {code}, gone for good"
    if 300 <= code < 400:
        return Lack.UNCHECKED, "it goes round in a circle, or away from the web"
    return (Lack.UNCHECKED, f"the site says {code}") if code >= 400 else None


async def _status(session: aiohttp.ClientSession, address: str, method: str) -> int:
    """Open an address and return the code of the answer, after redirects; that of a redirect which leads away from the web."""
    code = 0
    opened: str | None = address
    for _ in range(MAX_REDIRECTS):
        if opened is None or not is_web(opened):
            break
        async with session.request(method, opened_address(opened), allow_redirects=False) as answer:
            code, opened = answer.status, next_address(opened, answer)
    return code


def _failed(error: Exception) -> tuple[Lack, str]:
    cause = error.os_error if isinstance(error, aiohttp.ClientConnectorError) else error
    if isinstance(cause, PrivateError):
        return Lack.UNCHECKED, PRIVATE
    if isinstance(cause, socket.gaierror):
        return Lack.DEAD, "there is no such site"
    if isinstance(cause, ConnectionRefusedError):
        return Lack.DEAD, "the site accepts no connection"
    if isinstance(cause, TimeoutError):
        return Lack.UNCHECKED, "the site did not answer in time"
    if isinstance(error, aiohttp.ClientSSLError):
        return Lack.UNCHECKED, "its certificate is not valid"
    if isinstance(error, ValueError):
        return Lack.UNCHECKED, "it is no web address"
    if isinstance(error, aiohttp.ServerDisconnectedError):
        return Lack.UNCHECKED, "the site ends the connection without an answer"
    if isinstance(error, aiohttp.ClientResponseError):
        return Lack.UNCHECKED, "the site's answer is not one of the web, or too long"
    return Lack.UNCHECKED, str(cause)[:100] or "it could not be opened"
