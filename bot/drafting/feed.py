"""A feed, RSS or Atom, read into its newest items, each with its address, headline, outlet and day.

In: what an address gave. It comes from strangers, so it is read in a process with limits.
"""

from __future__ import annotations

import calendar
import hashlib
import io
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from bot.drafting.dates import stated_day
from bot.errors import UsageError
from bot.facts.text import clean, on_one_line, safe_url, shortened
from bot.messages import Message

MAX_ITEMS = 100
"""Items of a feed that are looked at, the first ones; feeds begin with the newest, and rarely give more than fifty."""

MAX_TITLE, MAX_SUMMARY = 300, 2_000
"""Characters of a headline or the name of an outlet, and of a summary, by which it is told what an item is about."""

_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml")
_NO_FEED = Message(
    "The link does not lead to a feed. Give the address of an RSS or Atom feed; many sites name it at the foot of a page."
)


@dataclass(frozen=True, slots=True)
class ReadItem:
    """An item of a feed: ``key`` tells it from the others, ``published`` is its day (EDTF), "" where that is not said."""

    key: str
    url: str
    title: str
    outlet: str
    published: str
    summary: str


@dataclass(frozen=True, slots=True)
class ReadFeed:
    """A feed as it was read. Of a page that is none itself ``link`` is the feed that it names, and there are no items."""

    title: str
    items: tuple[ReadItem, ...]
    link: str = ""


def read_feed(content: bytes, url: str) -> ReadFeed:
    """Read a feed that was found at an address, or find the feed of a page. Raises UsageError for what is neither."""
    import feedparser

    # Given as a file: what looks like an address would be fetched. Nothing of its markup is ever shown.
    read = feedparser.parse(io.BytesIO(content), sanitize_html=False, resolve_relative_uris=False)
    if not read.get("version"):
        link = next(_links(read.get("feed", {}), url), "")
        if not link:
            raise UsageError(_NO_FEED)
        return ReadFeed("", (), link)
    title = _line(read.feed.get("title"))
    items = (_item(entry, title, url) for entry in read.entries[:MAX_ITEMS])
    return ReadFeed(title, tuple({item.key: item for item in items if item is not None}.values()))


def _links(head: Mapping[str, Any], url: str) -> Iterator[str]:
    """Yield the feeds that a page names."""
    for link in head.get("links", ()):
        address = urljoin(url, str(link.get("href") or ""))
        if link.get("type") in _FEED_TYPES and safe_url(address) is not None and address != url:
            yield address


def _item(entry: dict[str, Any], feed: str, url: str) -> ReadItem | None:
    """Return an item; None for one that has no headline, or no address that can be opened."""
    address, title = urljoin(url, str(entry.get("link") or "").strip()), _line(entry.get("title"))
    if not entry.get("link") or safe_url(address) is None or not title:
        return None
    key = hashlib.sha256(str(entry.get("id") or address).encode("utf-8", "replace")).hexdigest()[:32]
    outlet = _line((entry.get("source") or {}).get("title")) or feed
    summary = shortened(_plain(entry.get("summary")), MAX_SUMMARY)
    return ReadItem(key, address, title, outlet, _day(entry), summary)


def _line(text: object) -> str:
    return shortened(_plain(text), MAX_TITLE)


def _plain(text: object) -> str:
    """Return what a reader sees of text that may be HTML, on one line."""
    from lxml import html
    from lxml.etree import LxmlError

    said = str(text or "")[: 10 * MAX_SUMMARY].replace("\x00", "").encode("utf-8", "replace").decode()
    if "<" in said or "&" in said:
        try:
            said = str(html.fromstring(f"<div>{said}</div>").text_content())
        except (LxmlError, ValueError):
            return ""
    return clean(on_one_line(" ".join(said.split())))


def _day(entry: dict[str, Any]) -> str:
    """Return the day on which an item was published (UTC), "" where it does not say it or says one that cannot be."""
    # By `dict.get`: an entry of feedparser's warns where it says one day for the other.
    parsed = dict.get(entry, "published_parsed") or dict.get(entry, "updated_parsed")
    try:
        day = stated_day(time.strftime("%Y-%m-%d", time.gmtime(calendar.timegm(parsed)))) if parsed else None
    except (ValueError, OverflowError, TypeError, OSError):
        return ""
    return "" if day is None else day.edtf
