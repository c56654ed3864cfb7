"""Check whether links still work: on request alone, a few at a time, over http and https only."""

from __future__ import annotations

import http.client
import socket
import ssl
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, HTTPSHandler, OpenerDirector, Request, build_opener

from bot import __version__
from bot.editing.report import Lack

TIMEOUT = 10.0
"""Seconds to wait for a site."""

_MOST_AT_ONCE = 6  # connections; the links of one story often lead to the same few sites
_GONE = (404, 410)
_NO_HEAD = (400, 403, 405, 501)  # what sites answer that do not take HEAD: GET is tried then
_WEB = ("http", "https")


class _WebRedirects(HTTPRedirectHandler):
    """Follows redirects to http and https only, for a page must not lead this machine to a file or another service."""

    def redirect_request(self, req: Request, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Request | None:
        if urlsplit(newurl).scheme.lower() not in _WEB:
            return None
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def check_links(addresses: Iterable[str], *, seconds: float = TIMEOUT) -> dict[str, tuple[Lack, str]]:
    """Open web addresses and return those that are dead or could not be checked, each with the reason in a few words."""
    opener = _opener()

    def check(address: str) -> tuple[str, tuple[Lack, str] | None]:
        return address, _checked(address, lambda request: _status(opener, request, seconds))

    with ThreadPoolExecutor(_MOST_AT_ONCE) as pool:
        return {address: found for address, found in pool.map(check, addresses) if found is not None}


def _opener() -> OpenerDirector:
    opener = build_opener(_WebRedirects, HTTPSHandler(context=ssl.create_default_context()))
    opener.addheaders = [("User-Agent", f"Footnote/{__version__} (link check)"), ("Accept", "*/*")]
    return opener


def _checked(address: str, status: Callable[[Request], int]) -> tuple[Lack, str] | None:
    if urlsplit(address).scheme.lower() not in _WEB:
        return Lack.UNCHECKED, "it is no web address"
    try:
        code = status(Request(address, method="HEAD"))
        if code in _NO_HEAD:
            code = status(Request(address))
    except (URLError, OSError, http.client.HTTPException, ValueError) as error:
        return _failed(error)
    if code in _GONE:
        return Lack.DEAD, f"the site says {code}, not found" if code == 404 else f"the site says {code}, gone for good"
    if 300 <= code < 400:
        return Lack.UNCHECKED, "it leads round in a circle, or away from the web"
    return (Lack.UNCHECKED, f"the site says {code}") if code >= 400 else None


def _status(opener: OpenerDirector, request: Request, seconds: float) -> int:
    try:
        with opener.open(request, timeout=seconds) as answer:
            return int(answer.status)
    except HTTPError as error:
        error.close()
        return error.code


def _failed(error: Exception) -> tuple[Lack, str]:
    reason = error.reason if isinstance(error, URLError) else error
    if isinstance(reason, socket.gaierror):
        return Lack.DEAD, "there is no such site"
    if isinstance(reason, ConnectionRefusedError):
        return Lack.DEAD, "the site takes no connection"
    if isinstance(reason, TimeoutError):
        return Lack.UNCHECKED, "the site did not answer in time"
    if isinstance(reason, ssl.SSLError):
        return Lack.UNCHECKED, "its certificate is not in order"
    return Lack.UNCHECKED, str(reason)[:100] or "it could not be opened"
