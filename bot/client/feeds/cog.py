"""`/feed`: feeds added, listed and removed by moderators."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import partial
from typing import TypeAlias

from discord import app_commands, ui
from discord.app_commands import Range, Transform
from discord.ext import commands

from bot.client.articles.reading import count_file
from bot.client.bot import Interaction
from bot.client.feeds import words
from bot.client.forms.panels import story_panel
from bot.client.forms.records import load_text, store_text
from bot.client.interactions import RouteButton, RouteInput, read_for, read_while_typing, route, sends, write_for
from bot.client.logbook.aftermath import ChangeResult, make_change
from bot.client.options import STORY, Completed, StoryName
from bot.client.panels import BLUE, GREEN, MAX_CHOICES, page_buttons, page_of, panel, section, show
from bot.client.permissions import Permission, for_moderators, is_moderator, requires, signature_of
from bot.client.sending import respond_privately, server_of
from bot.client.story_scope import of_story
from bot.client.text import inline, link, timestamp
from bot.client.words import page_foot
from bot.errors import NotKnownError, UsageError
from bot.facts.models import StoryInfo
from bot.facts.state.feeds import Feed
from bot.facts.text import link_fault
from bot.languages import say, say_message
from bot.service.session import Session
from bot.service.web_reading import open_feed
from bot.web.fetching import FeedState

_PAGE = 4
_TITLE, _STORY, _ITEM, _PROBLEM = 100, 60, 40, 85  # characters: a page of the longest still fits into a message
_MAX_LINK = 400


async def _complete(interaction: Interaction, typed: str) -> list[tuple[str, str]]:
    """Find the feeds that are followed, for moderators."""
    if not await is_moderator(interaction):
        return []
    feeds = await read_while_typing(interaction, lambda session: session.feeds.all())
    asked = typed.casefold()
    fitting = [feed for feed in feeds if asked in feed.title.casefold() or asked in feed.url.casefold()]
    return [(feed.title, str(feed.number)) for feed in fitting[:MAX_CHOICES]]


FeedName: TypeAlias = Transform[str, Completed(_complete, _MAX_LINK)]


@for_moderators
class FeedCommands(commands.GroupCog, group_name="feed", group_description="Follow feeds whose articles may belong to a story"):
    """Follows feeds."""

    @app_commands.command()
    @app_commands.describe(link="The address of an RSS or Atom feed, or of a page that names one", story=STORY)
    @requires(Permission.MODERATOR)
    async def add(self, interaction: Interaction, link: Range[str, 1, 400], story: StoryName | None = None) -> None:
        """Follow a feed: new articles that fit the story are offered in the log channel."""
        await make_change(interaction, _added_or_asked(interaction, link.strip(), story), respond_privately)

    @app_commands.command(name="list")
    @requires(Permission.MODERATOR)
    @sends(respond_privately)
    async def list_(self, interaction: Interaction) -> ui.LayoutView:
        """See which feeds are followed, and how they stand."""
        return await _list(interaction, 0)

    @app_commands.command()
    @app_commands.describe(feed="The feed")
    @requires(Permission.MODERATOR)
    async def remove(self, interaction: Interaction, feed: FeedName) -> None:
        """Stop following a feed; what was read from it stays."""
        await make_change(interaction, _remove_named(interaction, feed), respond_privately)


async def _added_or_asked(interaction: Interaction, address: str, named: str | None) -> ChangeResult:
    """Follow a feed for the story that is named, the channel's or the only one; if that is not clear, ask."""
    fault = link_fault(address)
    if fault is not None:
        raise UsageError(say_message(fault))

    async def ask(stories: Sequence[StoryInfo]) -> ChangeResult:
        key = await store_text(interaction, json.dumps(address))
        asked = say(words.WHICH_STORY, address=inline(address, _MAX_LINK))
        return ChangeResult(story_panel("feed-story", key, stories, asked=asked))

    return await of_story(interaction, named, partial(_added, interaction, address), ask)


@route("feed-story", Permission.MODERATOR, least=1, send=make_change)
async def _story_chosen(interaction: Interaction, given: RouteInput) -> ChangeResult:
    """Follow a feed for the story that was chosen. Raises NotKnownError if its address is no longer stored."""
    address = json.loads(await load_text(interaction, given.argument))
    return await _added(interaction, address, given.values[0])


async def _added(interaction: Interaction, address: str, story: str) -> ChangeResult:
    """Look at a feed, and follow it. Raises UsageError with what stands in the way."""
    bot, server, signature = interaction.client, server_of(interaction), signature_of(interaction)
    count_file(interaction)
    opened = await open_feed(address, bot.upload_reading.for_server(server), FeedState())
    assert opened is not None  # None would mean unchanged, and nothing was known of this feed

    def add(session: Session) -> ui.LayoutView:
        made = session.following.add(story, opened.url, opened.feed, opened.state, signature)
        title, story_title = inline(made.feed.title, _TITLE), inline(_title(session, story), _STORY)
        message = words.added(title, story_title, made.items, made.fitting, made.offered)
        settings = session.settings()
        quiet = settings.log_channel is None and not settings.read_feeds
        return panel([message, say(words.NO_LOG_CHANNEL) if quiet else ""], colour=GREEN)

    view = await write_for(interaction, add)
    bot.dispatch("feeds_changed", server)
    return ChangeResult(view)


async def _remove_named(interaction: Interaction, named: str) -> ChangeResult:
    """Remove the feed that was chosen, or typed by its title or address. Raises NotKnownError."""
    feeds = await read_for(interaction, lambda session: session.feeds.all())
    typed = named.strip().casefold()
    number = next(
        (feed.number for feed in feeds if typed in (str(feed.number), feed.title.casefold(), feed.url.casefold())), None
    )
    if number is None:
        raise NotKnownError(say("No such feed is followed. Choose one from the list."))
    removed = await write_for(interaction, _removed, number, interaction)
    return ChangeResult(panel(say(words.REMOVED, title=inline(removed.title, _TITLE))))


@route("feed-remove", Permission.MODERATOR, numbers=1, send=make_change)
async def _remove(interaction: Interaction, number: int) -> ChangeResult:
    """Remove a feed, and show those that are left."""
    await write_for(interaction, _removed, number, interaction)
    return ChangeResult(lambda: _list(interaction, 0))


def _removed(session: Session, number: int, interaction: Interaction) -> Feed:
    return session.feeds.remove(number, signature_of(interaction))


@route("feeds", Permission.MODERATOR, numbers=1, send=show)
async def _list(interaction: Interaction, page: int) -> ui.LayoutView:
    """Return a page of the feeds that are followed."""
    return await read_for(interaction, _list_panel, page)


def _list_panel(session: Session, page: int) -> ui.LayoutView:
    feeds, settings = session.feeds.all(), session.settings()
    if not feeds:
        return panel(say(words.NO_FEEDS))
    shown, page, pages = page_of(feeds, page, _PAGE)
    blocks = [section(_feed_text(session, feed), RouteButton("feed-remove", feed.number, say(words.REMOVE))) for feed in shown]
    waits = not settings.read_feeds or any(feed.waiting or feed.kind == "pack" for feed in feeds)
    quiet = say(words.NO_LOG_CHANNEL) if settings.log_channel is None and waits else ""
    foot = "\n".join(filter(None, (page_foot(page, pages) if pages > 1 else "", say(words.FEEDS_HELP))))
    return panel([say(words.FEEDS), *blocks, quiet, foot], page_buttons("feeds", page, pages, lambda to: to), colour=BLUE)


def _feed_text(session: Session, feed: Feed) -> str:
    since = timestamp(feed.failing_since, "D") if feed.failing_since else ""
    story = inline(_title(session, feed.story), _STORY)
    lines = [f"**{link(feed.title, feed.url, _TITLE)}**", words.state(feed, story, since)]
    if feed.failing_since and feed.problem and feed.failed_at:
        lines.append(say(words.LAST_PROBLEM, problem=inline(feed.problem, _PROBLEM), when=timestamp(feed.failed_at, "R")))
    unread = session.feeds.unread(feed.number)
    if unread is not None and unread.failed_at:
        title, problem = inline(unread.item.title, _ITEM), inline(unread.problem, _PROBLEM)
        lines.append(say(words.UNREAD, title=title, problem=problem, when=timestamp(unread.failed_at, "R")))
    return "\n".join(lines)


def _title(session: Session, story: str) -> str:
    return next((info.title for info in session.stories() if info.id == story), story)
