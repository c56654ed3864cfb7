"""Feeds and articles about the shipped story, and the visits of the job that looks at them."""

from __future__ import annotations

from typing import Any

from bot.client.feeds.following import Following
from tests.client.world import World, bot_of, finish_background
from tests.support.feeds import FeedEntry, rss
from tests.support.web_site import serve

STORY = "twitter-rt-sputnik"
BAN = "Twitter bans RT and Sputnik from buying advertising"
SUMMARY = "Twitter said that Russian media companies RT and Sputnik may no longer advertise, after the election of 2016."
STRANGE = "Village fair draws record crowd to the strawberry fields"
SENTENCES = (
    "Twitter said on Thursday that RT and Sputnik may no longer buy advertising on its service.",
    "The company gave RT's spending on advertising in 2016 as a reason for the ban.",
    "Margarita Simonyan, who edits RT, called the decision highly regrettable on Friday.",
    "A spokesman of the company said that it would give the money to research on elections.",
)


def article(headline: str = BAN, sentences: tuple[str, ...] = SENTENCES) -> bytes:
    """Return a page with an article, each of its sentences a paragraph."""
    text = "".join(f"<p>{sentence}</p>" for sentence in sentences)
    names = {"article:published_time": "2017-10-27T10:00:00Z", "og:site_name": "Coast Wire"}
    tags = "".join(f'<meta property="{name}" content="{value}">' for name, value in names.items())
    body = f"<article><h1>{headline}</h1>{text}</article>"
    return f"<!doctype html><html><head><title>{headline}</title>{tags}</head><body>{body}</body></html>".encode()


def serve_article(path: str, content: bytes | None = None) -> None:
    serve(path, content or article(), Content_Type="text/html")


def serve_feed(site: str, *entries: FeedEntry, path: str = "/feed.xml", etag: str = "") -> str:
    """Serve a feed and return its address."""
    serve(path, rss(entries), Content_Type="application/rss+xml", ETag=etag)
    return f"{site}{path}"


def entry(site: str, number: int, headline: str = BAN, summary: str = SUMMARY) -> FeedEntry:
    return f"{site}/news/{number}", headline, summary


async def visit(world: World) -> None:
    """Let the bot look at what is due in the server, then do what follows from it."""
    cog: Any = bot_of(world).get_cog(Following.__name__)
    await cog.on_feeds_changed(world.guild.id)
    await cog.minutely()
    await finish_background(bot_of(world))
