"""Check whether links still work: only on request, a few at a time, over http and https, in the public internet alone."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any
from urllib.parse import urljoin, urlsplit

import aiohttp
from aiohttp.abc import ResolveResult

from bot import __version__
from bot.editing.report import Lack

TIMEOUT = 10.0
"""Seconds that a link may take in all: for every address of its site, every redirect, and a second try with GET."""

PRIVATE = "it leads into a private network, which is not looked into"

_MOST_AT_ONCE = 6  # connections; the links of one story often lead to the same few sites
_MOST_REDIRECTS = 10  # as browsers and urllib have it, about
_GONE = (404, 410)
_MOVED = (301, 302, 303, 307, 308)
_NO_HEAD = (400, 403, 405, 501)  # what sites answer that do not take HEAD: GET is tried then
_WEB = ("http", "https")
_LONGEST_LINE = 65_536  # of an answer's head; policies and cookies of big sites are longer than aiohttp's own limit
_HEADERS = {"User-Agent": f"Footnote/{__version__} (link check)"}
_GLOBAL_UNICAST = IPv6Network("2000::/3")  # all that the internet's registries give out of IPv6
_NAT64 = IPv6Network("64:ff9b::/96")  # IPv4 addresses as networks without IPv4 see them


class _PrivateError(Exception):
    """A link leads to an address that is not of the public internet."""


class _PublicResolver(aiohttp.ThreadedResolver):
    async def resolve(self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC) -> list[ResolveResult]:
        """Look a name up, once: where it leads into a private network too, no address of it is tried."""
        found = await super().resolve(host, port, family)
        for each in found:
            _require_public(each["host"])
        return found


def check_links(addresses: Sequence[str], *, seconds: float = TIMEOUT) -> dict[str, tuple[Lack, str]]:
    """Open web addresses and return those that are dead or could not be checked, each with the reason in a few words.

    Nothing of this machine or of a private network is opened, whatever a name or a redirect leads to: a story may come from
    anybody. For the same reason no proxy is used, which would look names up by itself.
    """
    return asyncio.run(_check_links(addresses, seconds))


async def _check_links(addresses: Sequence[str], seconds: float) -> dict[str, tuple[Lack, str]]:
    # A look-up cannot be ended: with a thread for each, one that takes long delays no other.
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(len(addresses) + 1))
    turns = asyncio.Semaphore(_MOST_AT_ONCE)
    async with aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(resolver=_PublicResolver(), socket_factory=_public_socket, force_close=True),
        headers=_HEADERS,
        cookie_jar=aiohttp.DummyCookieJar(),
        max_line_size=_LONGEST_LINE,
        max_field_size=_LONGEST_LINE,
    ) as session:

        async def check(address: str) -> tuple[Lack, str] | None:
            async with turns:  # to wait for which takes nothing of its time
                return await _checked(session, address, seconds)

        lacks = await asyncio.gather(*map(check, addresses))
    return {address: lack for address, lack in zip(addresses, lacks, strict=True) if lack is not None}


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Return whether an address is of the public internet: no loopback, private, link-local, multicast or reserved one.

    An IPv6 address that stands for an IPv4 address is judged by that.
    """
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if inner is None and address in _NAT64:
            inner = IPv4Address(int(address) & 0xFFFF_FFFF)
        if inner is not None:
            return is_public(inner)
        if address not in _GLOBAL_UNICAST:
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def _require_public(address: str) -> None:
    if not is_public(ip_address(address.partition("%")[0])):
        raise _PrivateError


def _public_socket(place: tuple[Any, ...]) -> socket.socket:
    """Make the socket of a connection; no address is connected to that was not looked at here, however it was written."""
    family, kind, protocol, _, (address, *_) = place
    _require_public(address)
    return socket.socket(family, kind, protocol)


async def _checked(session: aiohttp.ClientSession, address: str, seconds: float) -> tuple[Lack, str] | None:
    """Return what is wrong with a link, which may take so many seconds."""
    try:
        if urlsplit(address).scheme.lower() not in _WEB:
            return Lack.UNCHECKED, "it is no web address"
        async with asyncio.timeout(seconds):
            try:
                code = await _status(session, address, "HEAD")
            except aiohttp.ClientResponseError:  # such as a site that sends the page after all
                code = None
            if code is None or code in _NO_HEAD:
                code = await _status(session, address, "GET")
    except (OSError, aiohttp.ClientError, ValueError, _PrivateError) as error:
        return _failed(error)
    if code in _GONE:
        return Lack.DEAD, f"the site says {code}, not found" if code == 404 else f"the site says {code}, gone for good"
    if 300 <= code < 400:
        return Lack.UNCHECKED, "it leads round in a circle, or away from the web"
    return (Lack.UNCHECKED, f"the site says {code}") if code >= 400 else None


async def _status(session: aiohttp.ClientSession, address: str, method: str) -> int:
    """Open an address and return the code of the answer, after redirects; that of a redirect which leads away from the web."""
    code = 0
    for _ in range(_MOST_REDIRECTS):
        parts = urlsplit(address)
        if parts.scheme.lower() not in _WEB:
            break
        # A name and a password in it are not sent: a redirect would have this machine log in where somebody likes.
        opened = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
        async with session.request(method, opened, allow_redirects=False) as answer:
            code, target = answer.status, answer.headers.get("Location")
        if code not in _MOVED or target is None:
            break
        address = urljoin(address, target)
    return code


def _failed(error: Exception) -> tuple[Lack, str]:
    cause = error.os_error if isinstance(error, aiohttp.ClientConnectorError) else error
    if isinstance(cause, _PrivateError):
        return Lack.UNCHECKED, PRIVATE
    if isinstance(cause, socket.gaierror):
        return Lack.DEAD, "there is no such site"
    if isinstance(cause, ConnectionRefusedError):
        return Lack.DEAD, "the site takes no connection"
    if isinstance(cause, TimeoutError):
        return Lack.UNCHECKED, "the site did not answer in time"
    if isinstance(error, aiohttp.ClientSSLError):
        return Lack.UNCHECKED, "its certificate is not in order"
    if isinstance(error, ValueError):
        return Lack.UNCHECKED, "it is no web address"
    if isinstance(error, aiohttp.ServerDisconnectedError):
        return Lack.UNCHECKED, "the site ends the connection without an answer"
    if isinstance(error, aiohttp.ClientResponseError):
        return Lack.UNCHECKED, "the site's answer is not one of the web, or too long"
    return Lack.UNCHECKED, str(cause)[:100] or "it could not be opened"
