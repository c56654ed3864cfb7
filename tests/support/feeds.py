"""Feeds as sites write them: RSS 2.0 and Atom, with as many items as a test wants."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

FeedEntry = tuple[str, str, str]
"""The address, the headline and the summary of an item."""


def rss(entries: Iterable[FeedEntry], *, title: str = "Coast Wire", day: str = "Thu, 06 May 2021 08:00:00 GMT") -> bytes:
    items = "".join(
        f"<item><title>{escape(headline)}</title><link>{escape(link)}</link><guid>{escape(link)}</guid>"
        f"<pubDate>{day}</pubDate><description>{escape(summary)}</description></item>"
        for link, headline, summary in entries
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title>{items}</channel></rss>'.encode()


def atom(entries: Iterable[FeedEntry], *, title: str = "Coast Wire") -> bytes:
    items = "".join(
        f'<entry><id>{escape(link)}</id><title>{escape(headline)}</title><link href="{escape(link)}"/>'
        f"<updated>2021-05-06T23:30:00-05:00</updated><summary>{escape(summary)}</summary>"
        "<source><title>Harbour Herald</title></source></entry>"
        for link, headline, summary in entries
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>{title}</title>{items}</feed>'.encode()
