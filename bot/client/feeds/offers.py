"""What a feed offers: shown in the log channel with why it fits, and read or ignored by a button, or read at once."""

from __future__ import annotations

import logging
from collections.abc import Awaitable
from contextlib import suppress

from discord import ButtonStyle, ui

from bot.client.bot import FootnoteBot, Interaction
from bot.client.feeds import words
from bot.client.interactions import RouteButton, read_for, route, write_for
from bot.client.logbook.aftermath import ChangeResult, follow_change, make_change
from bot.client.panels import BLUE, GREEN, panel
from bot.client.permissions import Permission, shown_signer, signature_of, signer
from bot.client.posting import post_in_channel
from bot.client.sending import SentView, replace_message, server_of
from bot.client.text import inline, link, shorten
from bot.drafting.intake import Taken
from bot.errors import BusyError, DecidedError, FootnoteError, NotKnownError, UsageError
from bot.facts.logbook import FROM_A_FEED, sign
from bot.facts.state.feeds import FeedItem
from bot.languages import say, say_message, say_number
from bot.messages import Message
from bot.presentation.wording import published
from bot.service.rereading import BY_ITSELF
from bot.service.session import Session
from bot.service.web_reading import read_link

MAX_ITEMS = 5
"""Items of one server that are offered, or read, in one visit."""

BROKEN: str = Message("Reading it failed, and my log says why.")

_TITLE, _STORY, _PROBLEM = 250, 80, 500

log = logging.getLogger(__name__)


async def items_to_hand_out(bot: FootnoteBot, server: int) -> tuple[FeedItem, ...]:
    """Return the items of a server that wait to be offered or read, as many as are handed out in one visit."""
    service = bot.service
    async with service.background_access(server):
        settings = await service.read(server, Session.settings)
        if settings.log_channel is None and not settings.read_feeds:
            return ()
        sees = settings.log_channel is not None  # else items that could not be read wait until somebody can be offered them
        return await service.read(server, lambda session: session.feeds.waiting(MAX_ITEMS, failed=sees))


async def hand_out(bot: FootnoteBot, server: int, item: FeedItem) -> bool:
    """Offer an item, or read it if the server says so; return whether others can be handed out."""
    async with bot.service.background_access(server):
        settings = await bot.service.read(server, Session.settings)
    problem = item.problem
    if settings.read_feeds and not problem:
        problem = await _read_at_once(bot, server, item)
        if not problem:
            return True
    if settings.log_channel is None:
        await _note_unread(bot, server, item, problem)
        return True
    return await _offer(bot, server, item, settings.log_channel, problem)


async def _offer(bot: FootnoteBot, server: int, item: FeedItem, channel: int, problem: str) -> bool:
    """Offer an item in the log channel, with the ``problem`` because of which it was not read at once, if there was one.

    Return False if the offer could not be sent; the item then still waits. It is marked before it is sent, so that none is
    offered twice if the bot is stopped in between.
    """
    try:
        async with bot.service.background_access(server):
            await bot.service.write(server, lambda session: session.feeds.mark(item.number, "offered"))
            view = await bot.service.read(server, offer_panel, item, problem)
    except (DecidedError, NotKnownError):
        return True
    if await post_in_channel(bot, server, channel, view) is not None:
        return True
    with suppress(DecidedError, NotKnownError):
        async with bot.service.background_access(server):
            await bot.service.write(server, lambda session: session.feeds.mark(item.number, "waiting"))
    return False


async def _note_unread(bot: FootnoteBot, server: int, item: FeedItem, problem: str) -> None:
    """Note why an item could not be read, for ``/feed list``; it still waits."""
    async with bot.service.background_access(server):
        await bot.service.write(server, lambda session: session.feeds.note_unread(item.number, problem))


async def _read_at_once(bot: FootnoteBot, server: int, item: FeedItem) -> str:
    """Read the article of an item; return what stood in the way, "" if nothing more is to be done with it now."""
    service = bot.service
    try:
        article = await read_link(item.item.url, bot.upload_reading.for_server(server))
        signature = sign(BY_ITSELF, FROM_A_FEED)
        async with service.background_access(server):
            result = await service.write(
                server, lambda session: session.following.take(item.number, session.articles, article, signature)
            )
    except (DecidedError, NotKnownError):
        return ""  # somebody else decided it, or its feed is gone
    except BusyError:
        return ""  # it still waits, and is tried at the next visit
    except UsageError as error:
        return shorten(say_message(error.message), _PROBLEM)
    except FootnoteError:
        raise  # an error of the base concerns all items
    except Exception:
        log.exception("The article of a feed could not be read in server %s", server)
        return say_message(BROKEN)
    follow_change(bot, server, result.taken.applied)
    return ""


def offer_panel(session: Session, item: FeedItem, problem: str = "") -> SentView:
    """Return the panel in which an item is offered; ``problem`` is why it could not be read at once."""
    seen = item.item
    about = " · ".join(filter(None, (inline(seen.outlet, _STORY), words.day(seen.published))))
    lines = [f"**{link(seen.title, seen.url, _TITLE)}**", about, inline_why(item)]
    failed = say(words.NOT_READ_AT_ONCE, problem=inline(problem, _PROBLEM)) if problem else ""
    buttons = [
        RouteButton("feed-read", item.number, say(words.READ), style=ButtonStyle.primary),
        RouteButton("feed-ignore", item.number, say(words.IGNORE)),
    ]
    head = say(words.OFFERED, story=inline(_story_title(session, item.story), _STORY))
    return panel(["\n".join(filter(None, (head, *lines, failed)))], buttons, colour=BLUE)


def inline_why(item: FeedItem) -> str:
    """Say why an item fits its story, in text that is safe to show."""
    why = words.why(item.item.names, item.item.words)
    return f"-# {inline(why, _PROBLEM)}" if why else ""


async def _change_message(interaction: Interaction, work: Awaitable[ChangeResult]) -> None:
    await make_change(interaction, work, replace_message)


@route("feed-read", Permission.MODERATOR, numbers=1, send=_change_message)
async def _read(interaction: Interaction, number: int) -> ChangeResult:
    """Read the article of an item into its story. Raises DecidedError, NotKnownError, and UsageError if it cannot be read."""
    item = await read_for(interaction, lambda session: session.feeds.open_item(number))
    article = await read_link(item.item.url, interaction.client.upload_reading.for_server(server_of(interaction)))
    signature = signature_of(interaction, FROM_A_FEED)

    def take(session: Session) -> tuple[Taken, ui.LayoutView]:
        result = session.following.take(number, session.articles, article, signature)
        return result.taken, taken_panel(result.taken, result.info.title, signature.by)

    taken, view = await write_for(interaction, take)
    return ChangeResult(view, taken.applied)


def taken_panel(taken: Taken, story: str, by: str) -> SentView:
    """Return the panel of an article that was read into a story: how much of it, and by whom."""
    source, sentences = taken.source, len(taken.passages)
    counted = say_number(sentences, "{number} sentence", "{number} sentences")
    about = " · ".join(filter(None, (*(inline(part, _STORY) for part in published(source)), counted, shown_signer(by))))
    before = say(words.TAKEN_BEFORE) if taken.known and taken.applied.change is None else ""
    undated = say(words.NO_DATE) if source.published is None else ""
    head = say(words.TAKEN, story=inline(story, _STORY))
    lines = (head, f"**{link(source.title, source.url, _TITLE)}**", about, before, undated)
    return panel("\n".join(filter(None, lines)), colour=GREEN)


@route("feed-ignore", Permission.MODERATOR, numbers=1, send=_change_message)
async def _ignore(interaction: Interaction, number: int) -> ChangeResult:
    """Ignore an item, which is not offered again."""
    who = shown_signer(signer(interaction.user))

    def ignore(session: Session) -> ui.LayoutView:
        item = session.feeds.mark(number, "ignored").item
        return panel(f"{say(words.IGNORED, who=who)}\n{link(item.title, item.url, _TITLE)}")

    return ChangeResult(await write_for(interaction, ignore))


def _story_title(session: Session, story: str) -> str:
    return next((info.title for info in session.stories() if info.id == story), story)
