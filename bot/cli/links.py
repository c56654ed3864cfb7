"""Check whether links still work: only on request, a few at a time, over http and https, in the public internet alone."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import quote, urljoin, urlsplit

from bot import __version__
from bot.editing.report import Lack

TIMEOUT = 10.0
"""Seconds that a link may take in all: for every address of its site, every redirect, and a second try with GET."""

PRIVATE = "it leads into a private network, which is not looked into"

_LEAST = 0.01  # seconds between two looks whether a connection can be ended, and that the last of slow redirects has
_MOST_AT_ONCE = 6  # connections; the links of one story often lead to the same few sites
_MOST_REDIRECTS = 10  # as browsers and urllib have it, about
_GONE = (404, 410)
_MOVED = (301, 302, 303, 307, 308)
_NO_HEAD = (400, 403, 405, 501)  # what sites answer that do not take HEAD: GET is tried then
_WEB = ("http", "https")
_HEADERS = {"User-Agent": f"Footnote/{__version__} (link check)", "Accept": "*/*", "Connection": "close"}
_GLOBAL_UNICAST = IPv6Network("2000::/3")  # all that the internet's registries give out of IPv6
_NAT64 = IPv6Network("64:ff9b::/96")  # IPv4 addresses as networks without IPv4 see them


class _PrivateError(Exception):
    """A link leads to an address that is not of the public internet."""


class _Http(http.client.HTTPConnection):
    def connect(self) -> None:
        self.sock = _connected(self.host, self.port, self.timeout or TIMEOUT)


class _Https(http.client.HTTPSConnection):
    def __init__(self, host: str, port: int | None, *, timeout: float) -> None:
        self._tls = ssl.create_default_context()
        super().__init__(host, port, timeout=timeout, context=self._tls)

    def connect(self) -> None:
        self.sock = _connected(self.host, self.port, self.timeout or TIMEOUT)
        # Wrapping leaves the plain socket empty, so the handshake waits until there is one by which it can be ended.
        self.sock = self._tls.wrap_socket(self.sock, server_hostname=self.host, do_handshake_on_connect=False)
        self.sock.do_handshake()


def check_links(addresses: Iterable[str], *, seconds: float = TIMEOUT) -> dict[str, tuple[Lack, str]]:
    """Open web addresses and return those that are dead or could not be checked, each with the reason in a few words.

    Nothing of this machine or of a private network is opened, whatever a name or a redirect leads to: a story may come from
    anybody. For the same reason no proxy is used, which would look names up by itself.
    """
    with ThreadPoolExecutor(_MOST_AT_ONCE) as pool:
        results = pool.map(lambda address: (address, _checked(address, seconds)), addresses)
        return {address: lack for address, lack in results if lack is not None}


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


def _checked(address: str, seconds: float) -> tuple[Lack, str] | None:
    """Return what is wrong with a link, which may take so many seconds."""
    ends = time.monotonic() + seconds
    try:
        if urlsplit(address).scheme.lower() not in _WEB:
            return Lack.UNCHECKED, "it is no web address"
        code = _status(address, "HEAD", ends)
        if code in _NO_HEAD:
            code = _status(address, "GET", ends)
    except (OSError, http.client.HTTPException, ValueError, _PrivateError) as error:
        return _failed(error)
    if code in _GONE:
        return Lack.DEAD, f"the site says {code}, not found" if code == 404 else f"the site says {code}, gone for good"
    if 300 <= code < 400:
        return Lack.UNCHECKED, "it leads round in a circle, or away from the web"
    return (Lack.UNCHECKED, f"the site says {code}") if code >= 400 else None


def _status(address: str, method: str, ends: float) -> int:
    """Open an address and return the code of the answer, after redirects; that of a redirect which leads away from the web.

    Raises TimeoutError where it takes longer than until ``ends``, by the monotonic clock.
    """
    for _ in range(_MOST_REDIRECTS):
        code, target = _answer(address, method, max(ends - time.monotonic(), _LEAST))
        if code not in _MOVED or target is None:
            return code
        address = urljoin(address, target)
        if urlsplit(address).scheme.lower() not in _WEB:
            return code
    return code


def _answer(address: str, method: str, seconds: float) -> tuple[int, str | None]:
    """Return the code of a site's answer, and where that redirects to."""
    url = urlsplit(address)
    kind = _Https if url.scheme.lower() == "https" else _Http
    connection = kind(url.hostname or "", url.port, timeout=seconds)
    try:
        path = url._replace(scheme="", netloc="", fragment="", path=url.path or "/").geturl()
        with _ended_after(seconds, connection):
            connection.request(method, quote(path, safe="%/:=&?~+!$,;'@()*[]"), headers=_HEADERS)
            answer = connection.getresponse()
        return answer.status, answer.headers["Location"]
    finally:
        connection.close()


@contextmanager
def _ended_after(seconds: float, connection: http.client.HTTPConnection) -> Iterator[None]:
    """End a connection after so many seconds and raise TimeoutError: a socket's own limit starts anew with every byte."""
    done, late = threading.Event(), threading.Event()

    def end() -> None:
        while not done.wait(_LEAST if late.is_set() else seconds):
            late.set()
            with suppress(OSError, TypeError):  # it is not open yet, so again, or no more
                # Not by the method of TLS, which first takes the encryption off: a request would go out in plain text.
                socket.socket.shutdown(connection.sock, socket.SHUT_RDWR)

    threading.Thread(target=end, daemon=True).start()
    try:
        yield
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise (TimeoutError() if late.is_set() else error) from None
    finally:
        done.set()
    if late.is_set():
        raise TimeoutError


def _connected(host: str, port: int, seconds: float) -> socket.socket:
    """Connect to a host at an address that was checked, so that a second look-up of its name cannot lead elsewhere.

    Its addresses have ``seconds`` together.
    """
    ends = time.monotonic() + seconds
    places = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    if not all(is_public(ip_address(str(place[0]).partition("%")[0])) for *_, place in places):
        raise _PrivateError
    failed: OSError = socket.gaierror(f"{host} has no address")
    for family, kind, protocol, _, place in places:
        left = ends - time.monotonic()
        if left <= 0:
            raise TimeoutError
        opened = socket.socket(family, kind, protocol)
        opened.settimeout(left)
        try:
            opened.connect(place)
        except OSError as error:
            opened.close()
            failed = error
        else:
            return opened
    raise failed


def _failed(error: Exception) -> tuple[Lack, str]:
    if isinstance(error, _PrivateError):
        return Lack.UNCHECKED, PRIVATE
    if isinstance(error, socket.gaierror):
        return Lack.DEAD, "there is no such site"
    if isinstance(error, ConnectionRefusedError):
        return Lack.DEAD, "the site takes no connection"
    if isinstance(error, TimeoutError):
        return Lack.UNCHECKED, "the site did not answer in time"
    if isinstance(error, ssl.SSLError):
        return Lack.UNCHECKED, "its certificate is not in order"
    return Lack.UNCHECKED, str(error)[:100] or "it could not be opened"
