"""Connections only to the public internet: nothing on this machine or in a private network is opened, whatever leads there.

No proxy is used, since it would look names up itself.
"""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any
from urllib.parse import urljoin, urlsplit

import aiohttp
from aiohttp.abc import ResolveResult

from bot import __version__

MAX_REDIRECTS = 10
"""About as many as browsers and urllib follow."""

MOVED = (301, 302, 303, 307, 308)
"""Status codes of redirects."""

WEB = ("http", "https")
"""The schemes that are opened."""

# What ends the names of networks of one's own: by RFC 6761, 6762 and 8375, by ICANN, and by custom.
_OWN_NETWORKS = (".local", ".localhost", ".home.arpa", ".internal", ".intranet", ".lan", ".corp", ".home")
_MAX_LINE = 65_536  # bytes of a header; policies and cookies of big sites exceed aiohttp's default
_GLOBAL_UNICAST = IPv6Network("2000::/3")  # the only part of IPv6 from which the internet's registries assign
_NAT64 = IPv6Network("64:ff9b::/96")  # IPv4 addresses as networks without IPv4 see them


class PrivateError(Exception):
    """A link leads to an address outside the public internet."""


class _PublicResolver(aiohttp.ThreadedResolver):
    async def resolve(self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC) -> list[ResolveResult]:
        """Look a name up; if any of its addresses is private, none of them is tried."""
        results = await super().resolve(host, port, family)
        for result in results:
            _require_public(result["host"])
        return results


@asynccontextmanager
async def public_session(purpose: str) -> AsyncIterator[aiohttp.ClientSession]:
    """Begin a session that connects only to the public internet, without cookies; sites see its ``purpose``.

    Connecting to anything else raises PrivateError, sometimes inside a ClientConnectorError.
    """
    async with aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(resolver=_PublicResolver(), socket_factory=_public_socket, force_close=True),
        headers={"User-Agent": f"Footnote/{__version__} ({purpose})"},
        cookie_jar=aiohttp.DummyCookieJar(),
        max_line_size=_MAX_LINE,
        max_field_size=_MAX_LINE,
    ) as session:
        yield session


def opened_address(address: str) -> str:
    """Return an address as it is opened, without a user name and password in it.

    Otherwise a redirect could make this machine log in anywhere.
    """
    parts = urlsplit(address)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


def next_address(address: str, answer: aiohttp.ClientResponse) -> str | None:
    """Return where an answer redirects to, None where it does not."""
    target = answer.headers.get("Location")
    return urljoin(address, target) if answer.status in MOVED and target is not None else None


def is_web(address: str) -> bool:
    """Return whether an address is http or https. Raises ValueError for what is not an address."""
    return urlsplit(address).scheme.lower() in WEB


def is_of_public_web(address: str) -> bool:
    """Return whether an address is one of the public web, as far as itself says: the web is asked of no other.

    A name without a dot, or of a network of one's own, is none. Raises ValueError for what is not an address.
    """
    if not is_web(address):
        return False
    host = (urlsplit(address).hostname or "").rstrip(".")
    try:
        return is_public(ip_address(host.partition("%")[0]))
    except ValueError:
        return "." in host and not host.endswith(_OWN_NETWORKS)


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Return whether an address is in the public internet: not loopback, private, link-local, multicast or reserved.

    An IPv6 address that stands for an IPv4 address is judged by the latter.
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
        raise PrivateError


def _public_socket(address_info: tuple[Any, ...]) -> socket.socket:
    """Make the socket of a connection, after checking the address to connect to, however the link spelt it."""
    family, kind, protocol, _, (address, *_) = address_info
    _require_public(address)
    return socket.socket(family, kind, protocol)
