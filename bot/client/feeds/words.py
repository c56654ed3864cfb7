"""What Footnote says of feeds, of the articles that they offer, and of articles that were read again."""

from __future__ import annotations

from collections.abc import Sequence

from bot.facts.dates import parse_date
from bot.facts.state.feeds import Feed
from bot.languages import language, say, say_number
from bot.phrases import labelled, listed

READ = "Read"
IGNORE = "Ignore"
REMOVE = "Remove"
TAKE_PACK = "Take it"
LOOK_AT_PACK = "Look at it"
LEAVE_PACK_OUT = "Leave it out"

FEEDS = "### Feeds that are followed"
NO_FEEDS = "No feed is followed here yet. `/feed add` takes the address of one, or of a page that names one."
FEEDS_HELP = (
    "-# Each is looked at about once an hour. What fits its story is offered in the log channel, or read at once where"
    " `/settings` says so."
)
NO_LOG_CHANNEL = (
    "⚠ No log channel is chosen, so nobody is offered what fits. Choose one in `/settings`; what fits waits until then."
)
OFFERED = "### Does this article belong to the story “{story}”?"
NOT_READ_AT_ONCE = "-# It could not be read at once: {problem}"
TAKEN = "### The article was read into the story “{story}”"
TAKEN_BEFORE = "The story already had it, and nothing in it has changed."
IGNORED = "{who} **ignored an article**"
NO_DATE = "-# Its day is missing: “on Thursday” cannot be read without it. Give it with `/source edit`."
WHICH_STORY = "### Which story is this feed for?\n{address}"
LAST_PROBLEM = "-# {problem} ({when})"
UNREAD = "-# ⚠ “{title}” could not be read at once: {problem} ({when})"
FAILING = (
    "### A feed cannot be read\n**{title}** has not answered as a feed since {since}. It is still tried once a day;"
    " `/feed remove` ends that.\n-# {problem}"
)
REMOVED = "**{title}** is no longer followed. What was read from it stays."

PACK_OFFERED = "### The editor of “{title}” has published a newer pack"
PACK_IS_NEWER = "**It is another one than you looked at, or facts were changed since.** This is what it would change now:"
PACK_LEFT_OUT = "{who} **left a newer pack of “{title}” out**. The next one is offered again."
PACK_REFUSED = (
    "### A newer pack of “{title}” is refused\n{problem}\n-# {address} · Nothing was changed. `/feed remove` ends looking there."
)

CHANGED = "### An article has changed on its page"
OTHER = (
    "### A page is no longer the article that was read\n{title}\nHardly a sentence is the same, so nothing in the story was "
    "changed, and the page is no longer read again automatically. Look at it, and at the facts that cite it."
)
STALE = "**These facts cite a paragraph that has changed; look at them:**"
MOVED = "paragraph {paragraph}; its sentences are in paragraph {now} now"
GONE = "paragraph {paragraph}; a sentence of it is gone or different"


def added(title: str, story: str, items: int, fitting: int, offered: int) -> str:
    """Say that a feed was added, and how many of its items fit."""
    head = say("### The feed is followed now\n**{title}**, for the story “{story}”", title=title, story=story)
    held = say_number(items, "It has {number} item", "It has {number} items")
    fits = say_number(fitting, "{number} of them fits the story", "{number} of them fit the story")
    first = say_number(offered, "the newest {number} is offered", "the newest {number} are offered") if fitting > offered else ""
    return f"{head}\n{', '.join(filter(None, (held, fits, first)))}."


def state(feed: Feed, story: str, since: str) -> str:
    """Say on one line how a feed stands; ``since`` is when it began to fail, "" if it answers."""
    failing = say("⚠ cannot be read since {since}", since=since) if since else ""
    if feed.kind == "pack":
        story = say("{story}: the next pack by its editor", story=story)
        waiting = say("a newer pack waits") if feed.waiting else ""
        return f"-# {' · '.join(filter(None, (story, waiting, failing)))}"
    waiting = say_number(feed.waiting, "{number} article waits", "{number} articles wait") if feed.waiting else ""
    return f"-# {' · '.join(filter(None, (story, waiting, failing)))}"


def why(names: Sequence[str], words: Sequence[str]) -> str:
    """Say why an article fits a story: which of its names and of its words it has."""
    named = labelled(say("It names"), listed(list(names))) if names else ""
    shared = labelled(say("Words of the story"), ", ".join(words)) if words else ""
    return " · ".join(filter(None, (named, shared)))


def day(published: str) -> str:
    """Return the day of an item in words; "" if it has none."""
    return parse_date(published).words(language()) if published else ""


def sentences_changed(added: int, changed: int, gone: int) -> list[str]:
    """Say how many sentences of an article are new, different and gone, leaving out the kinds of which there are none."""
    said = (
        say_number(added, "{number} sentence is new", "{number} sentences are new") if added else "",
        say_number(changed, "{number} sentence is different", "{number} sentences are different") if changed else "",
        say_number(gone, "{number} sentence is gone", "{number} sentences are gone") if gone else "",
    )
    return [part for part in said if part]
