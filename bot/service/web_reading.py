"""Articles, feeds and packs from the web: fetched where programs are allowed to, within limits, and read in another process."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import ParamSpec, Protocol, TypeVar

from bot.drafting.feed import ReadFeed, read_feed
from bot.drafting.read_article import ReadArticle, read_upload
from bot.errors import UsageError
from bot.messages import Message
from bot.stories.packs import Pack, read_newer_pack
from bot.web.fetching import FeedState, fetch_article, fetch_feed

P = ParamSpec("P")
T = TypeVar("T")


class ReadApart(Protocol):
    """Calls functions for a server, each when the server's turn comes, so that no server blocks the others."""

    def fetch(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Awaitable[T]:
        """Call a function that waits for a site, in a thread. Raises BusyError and what the function raises."""

    def read(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Awaitable[T]:
        """Call a function of a module in a process with limits. Raises what `call_limited` does, and BusyError."""


@dataclass(frozen=True, slots=True)
class OpenedFeed:
    """A feed as it was read, the address that leads to it, and its site's marks of its state."""

    url: str
    feed: ReadFeed
    state: FeedState


@dataclass(frozen=True, slots=True)
class OpenedPack:
    """A pack as it was read from the web, and its site's marks of its state."""

    pack: Pack
    state: FeedState


async def read_link(address: str, apart: ReadApart) -> ReadArticle:
    """Read the article that a link leads to. Raises UsageError with what stands in the way."""
    page = await apart.fetch(fetch_article, address)
    return await apart.read(read_upload, page.content, page.name, page.url)


async def open_feed(address: str, apart: ReadApart, known: FeedState) -> OpenedFeed | None:
    """Read a feed, or the one that a page names; None where it has not changed since the state ``known``.

    Raises UsageError with what stands in the way.
    """
    fetched = await apart.fetch(fetch_feed, address, known)
    if fetched is None:
        return None
    feed = await apart.read(read_feed, fetched.content, fetched.url)
    if not feed.link:
        return OpenedFeed(address, feed, fetched.state)
    named = await apart.fetch(fetch_feed, feed.link)
    named_feed = await apart.read(read_feed, named.content, named.url) if named is not None else feed
    if named is None or named_feed.link:
        raise UsageError(Message("The feed that this page names is not a feed. Give the address of an RSS or Atom feed."))
    return OpenedFeed(feed.link, named_feed, named.state)


async def open_file(address: str, apart: ReadApart) -> bytes:
    """Fetch a file. Raises UsageError with what stands in the way."""
    fetched = await apart.fetch(fetch_feed, address)
    assert fetched is not None  # None would mean unchanged, and nothing was known of it
    return fetched.content


async def open_pack(address: str, apart: ReadApart, known: FeedState) -> OpenedPack | None:
    """Read a signed pack; None where it has not changed since the state ``known``.

    Raises RefusedPackError for one that is not whole and signed, UsageError with what else stands in the way.
    """
    fetched = await apart.fetch(fetch_feed, address, known)
    if fetched is None:
        return None
    return OpenedPack(await apart.read(read_newer_pack, fetched.content, fetched.url), fetched.state)
