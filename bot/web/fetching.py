"""Fetching an article or a feed from the public internet, within limits of time and size, where robots.txt allows it.

A feed is requested with the marks that the site gave last time, so that an unchanged feed need not be sent again.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import unquote, urlsplit

import aiohttp
from protego import Protego

from bot.errors import UsageError
from bot.messages import Message
from bot.web.guard import MAX_REDIRECTS, PrivateError, is_web, next_address, opened_address, public_session

TIMEOUT = 10.0
"""Seconds that fetching an article may take in all, including redirects and robots.txt."""

MAX_BYTES = 5_000_000
"""Bytes of a page, or of a file that a link leads to."""

MAX_ROBOTS_BYTES = 500_000
"""Bytes of a robots.txt that are read; RFC 9309 asks for about as many."""

AGENT = "Footnote"
"""The name by which a robots.txt can address Footnote."""

MAX_MARK = 500
"""Characters of a site's mark of a feed's state; a longer one is not sent back."""

T = TypeVar("T")

_ENDINGS = {
    "text/html": ".html",
    "application/xhtml+xml": ".xhtml",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}
_REFUSED = (401, 402, 403, 451)
_GONE = (404, 410)
_BUSY = (429, 503)
_NOT_MODIFIED = 304
_SAVE = "Open it in a browser, save the page, and give the file."


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address led to: ``url`` is the final address, ``name`` what a file of it would be called."""

    url: str
    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class FeedState:
    """The marks by which a site recognises the state of a feed that was fetched last; "" where it gave none."""

    etag: str = ""
    modified: str = ""


@dataclass(frozen=True, slots=True)
class FetchedFeed:
    """The content of a feed, with its final address and the site's marks of its state."""

    url: str
    content: bytes
    state: FeedState


def fetch_article(address: str, *, seconds: float = TIMEOUT) -> Fetched:
    """Fetch a page or a file. Raises UsageError with what stands in the way, and what to do."""
    return asyncio.run(_in_time("reads an article that somebody asked it to read", seconds, lambda get: _article(get, address)))


def fetch_feed(address: str, known: FeedState = FeedState(), *, seconds: float = TIMEOUT) -> FetchedFeed | None:
    """Fetch a feed; None where it has not changed since the state ``known``. Raises UsageError as `fetch_article` does."""
    return asyncio.run(_in_time("follows a feed for its readers", seconds, lambda get: _feed(get, address, known)))


async def _in_time(purpose: str, seconds: float, work: Callable[[aiohttp.ClientSession], Awaitable[T]]) -> T:
    try:
        async with asyncio.timeout(seconds), public_session(purpose) as session:
            return await work(session)
    except (OSError, aiohttp.ClientError, ValueError, PrivateError) as error:
        raise UsageError(_problem(error)) from None


async def _article(session: aiohttp.ClientSession, address: str) -> Fetched:
    async with _opened(session, address) as (opened, answer):
        _require_good(answer.status)
        ending = _ending(answer)
        return Fetched(opened_address(opened), _name(opened, ending), await _content(answer, MAX_BYTES))


async def _feed(session: aiohttp.ClientSession, address: str, known: FeedState) -> FetchedFeed | None:
    marks = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
    async with _opened(session, address, {name: mark for name, mark in marks.items() if mark}) as (opened, answer):
        if answer.status == _NOT_MODIFIED and (known.etag or known.modified):
            return None
        _require_good(answer.status)
        state = FeedState(*(_mark(answer.headers.get(name, "")) for name in ("ETag", "Last-Modified")))
        return FetchedFeed(opened_address(opened), await _content(answer, MAX_BYTES), state)


def _mark(said: str) -> str:
    return said if len(said) <= MAX_MARK and said.isprintable() else ""


@asynccontextmanager
async def _opened(
    session: aiohttp.ClientSession, address: str, headers: Mapping[str, str] | None = None
) -> AsyncIterator[tuple[str, aiohttp.ClientResponse]]:
    """Open an address and its redirects, each if robots.txt allows it; give the final address and the answer."""
    allowed: dict[str, Protego | None] = {}
    opened: str | None = address
    for _ in range(MAX_REDIRECTS):
        if opened is None or not is_web(opened):
            break
        await _require_allowed(session, opened, allowed)
        async with session.get(opened_address(opened), headers=headers, allow_redirects=False) as answer:
            following = next_address(opened, answer)
            if following is None:
                yield opened, answer
                return
        opened = following
    raise UsageError(Message("The link goes round in a circle, or away from the web. {save}", save=Message(_SAVE)))


async def _require_allowed(session: aiohttp.ClientSession, address: str, known: dict[str, Protego | None]) -> None:
    """Raise UsageError where the robots.txt of a site does not let programs read an address."""
    parts = urlsplit(opened_address(address))
    site = f"{parts.scheme}://{parts.netloc}"
    if site not in known:
        known[site] = await _rules(session, f"{site}/robots.txt")
    rules = known[site]
    if rules is None or not rules.can_fetch(address, AGENT):
        raise UsageError(Message("The site asks programs not to read this page (robots.txt). {save}", save=Message(_SAVE)))


async def _rules(session: aiohttp.ClientSession, address: str) -> Protego | None:
    """Return the rules of a robots.txt; a missing one allows everything. None if the site fails to give it, which forbids all."""
    opened: str | None = address
    for _ in range(MAX_REDIRECTS):
        if opened is None or not is_web(opened):
            break
        async with session.get(opened_address(opened), allow_redirects=False) as answer:
            following = next_address(opened, answer)
            if following is None:
                if answer.status >= 500:
                    return None
                text = await _beginning(answer, MAX_ROBOTS_BYTES) if answer.status == 200 else b""
                return Protego.parse(text.decode("utf-8", "replace"))
        opened = following
    return Protego.parse("")


def _require_good(code: int) -> None:
    """Raise UsageError for the status code of an answer without an article."""
    if code in _GONE:
        raise UsageError(Message("The site says that there is no such page ({code}). Check the address.", code=str(code)))
    if code in _REFUSED:
        raise UsageError(
            Message("The site does not show this page to everybody ({code}): it may be for subscribers. {save}", **_saying(code))
        )
    if code in _BUSY:
        raise UsageError(Message("The site takes no more requests at the moment ({code}). Try again later.", code=str(code)))
    if code != 200:
        raise UsageError(Message("The site does not hand out the page ({code}). {save}", **_saying(code)))


def _saying(code: int) -> dict[str, str | Message]:
    return {"code": str(code), "save": Message(_SAVE)}


def _ending(answer: aiohttp.ClientResponse) -> str:
    """Return the ending for a file of an answer, by its type, ".html" without one. Raises UsageError for what is no article."""
    if "Content-Type" not in answer.headers:
        return ".html"
    ending = _ENDINGS.get(answer.content_type.lower())
    if ending is None:
        raise UsageError(
            Message("The link leads to {type}, not to a page or a text. Give one to an article.", type=answer.content_type[:60])
        )
    return ending


def _name(address: str, ending: str) -> str:
    last = unquote(urlsplit(address).path.rstrip("/").rpartition("/")[2])[:80]
    return (last if last.lower().endswith(ending) else f"{last or 'page'}{ending}").replace("\x00", "")


async def _content(answer: aiohttp.ClientResponse, most: int) -> bytes:
    """Return the whole of an answer, unpacked. Raises UsageError where it is too large."""
    content = await _beginning(answer, most + 1)
    if len(content) > most:
        raise UsageError(
            Message("The page is too large: it may have {most} MB. {save}", most=str(most // 1_000_000), save=Message(_SAVE))
        )
    return content


async def _beginning(answer: aiohttp.ClientResponse, most: int) -> bytes:
    parts, size = list[bytes](), 0
    async for part in answer.content.iter_chunked(65_536):
        parts.append(part)
        size += len(part)
        if size >= most:
            break
    return b"".join(parts)[:most]


def _problem(error: Exception) -> Message:
    """Say why a connection failed."""
    cause = error.os_error if isinstance(error, aiohttp.ClientConnectorError) else error
    if isinstance(cause, PrivateError):
        return Message("The link leads into a private network, which is off limits.")
    if isinstance(cause, TimeoutError):
        return Message("The site did not answer in time. Try again later, or save the page in a browser and give the file.")
    if isinstance(cause, socket.gaierror):
        return Message("There is no such site. Check the address.")
    if isinstance(error, aiohttp.ClientSSLError):
        return Message("The site's certificate is not valid. {save}", save=Message(_SAVE))
    if isinstance(error, ValueError):
        return Message("This is not a web address. Write it in full, such as https://example.org/article.")
    return Message("The site could not be reached, or did not answer as a web site does. {save}", save=Message(_SAVE))
