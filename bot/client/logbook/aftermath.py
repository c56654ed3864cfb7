"""Make a change, and do everything that follows from one.

Whoever made it is shown it first; then earlier replies are corrected, the log channel is told, and so are readers whose question
it answers. None of that can undo the change or fail it. What changed on the command line, or before a crash, is followed up once
a minute as if it had been done on Discord.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from weakref import WeakKeyDictionary

import discord
from discord import ui
from discord.ext import commands

from bot.client import words
from bot.client.answering.answers import reply_view
from bot.client.answering.card import Card, card_view
from bot.client.bot import FootnoteBot, Interaction
from bot.client.custom_ids import REPLY_BUTTON, Press, ReplyAction, ReplyKind, custom_ids
from bot.client.discord_failures import FAILURES
from bot.client.jobs import confine_to_server
from bot.client.logbook.lines import update_log_channel
from bot.client.panels import show
from bot.client.sending import (
    SendView,
    post_in_channel,
    reachable_channel,
    send_direct_message,
    server_name,
    server_of,
    speak_when_known,
)
from bot.errors import FootnoteError
from bot.facts.editor import Applied
from bot.facts.state.replies import SentReply
from bot.log import log_about
from bot.presentation.languages import say
from bot.service.replies import Reply
from bot.service.session import Session

log = logging.getLogger(__name__)


def follow_change(bot: FootnoteBot, server: int | None, applied: Applied | None = None) -> None:
    """Start in the background what follows a change, none of which can undo the change or fail it.

    The log channel is told of any change; replies are corrected and followers told where facts were changed: ``applied``.
    """
    bot.background.start(update_log_channel(bot, server))
    if applied is not None and applied.change is not None and not applied.repeated:
        bot.background.start(correct_replies(bot, server))
        bot.background.start(notify_followers(bot, server))


@dataclass(frozen=True, slots=True)
class ChangeResult:
    """What somebody is shown after a change, and the change itself: None where no fact was changed.

    A view that has to be read from the base is given as the function that makes it: the change is made by then, and what follows
    is started even where the view cannot be made.
    """

    view: ui.LayoutView | Callable[[], Awaitable[ui.LayoutView]]
    applied: Applied | None = None


async def make_change(interaction: Interaction, work: Awaitable[ChangeResult], send: SendView = show) -> None:
    """Make a change, show what it did, then start what follows it; none of that can undo it."""

    async def made() -> ChangeResult:
        await speak_when_known(interaction)
        return await work

    async def view() -> ui.LayoutView:
        # Shielded: what was begun is carried out also where Discord cannot be told of it any more.
        found = (await asyncio.shield(doing)).view
        return found if isinstance(found, ui.LayoutView) else await found()

    doing = asyncio.ensure_future(made())
    try:
        await send(interaction, view())
    finally:  # whether or not there was something to show and Discord could be told
        await asyncio.wait({doing})
        if not doing.cancelled() and doing.exception() is None:
            await speak_when_known(interaction)
            follow_change(interaction.client, server_of(interaction), doing.result().applied)


async def correct_replies(bot: FootnoteBot, server: int | None) -> None:
    """Edit the recent replies of a server that show a fact otherwise than it is now, the newest first.

    Replies are edited one after the other, so that Discord's limits hold; one that is gone or out of reach never stops the rest,
    and is not tried again. Where Discord fails, it is.
    """
    # Two changes of one fact must not overtake each other: the later one reads the base only when the earlier one has written.
    async with bot.background.alone("correct", server):
        for sent in await bot.service.run_to_end(server, lambda session: session.replies.stale()):
            try:
                await _correct(bot, server, sent)
            except (*FAILURES, FootnoteError) as error:
                log.info("Reply %s in channel %s could not be corrected: %s", sent.message, sent.channel, error)


async def _correct(bot: FootnoteBot, server: int | None, sent: SentReply) -> None:
    now = await bot.service.run_to_end(server, lambda session: session.replies.corrected(sent.key))
    try:
        await _edit_reply(bot, server, sent, now.reply)
    except (discord.NotFound, discord.Forbidden) as error:
        log.info("Reply %s in channel %s cannot be corrected: %s", sent.message, sent.channel, error)
    await bot.service.run_to_end(server, lambda session: session.replies.mark_corrected(sent.key, now))


async def _edit_reply(bot: FootnoteBot, server: int | None, sent: SentReply, reply: Reply | None) -> None:
    channel = reachable_channel(bot, server, sent.channel)
    if channel is None or reply is None:
        return
    message = await channel.fetch_message(sent.message)
    # What its buttons and its menu remember: whose it is, how it is laid out and which page it shows.
    presses = [Press.decode(each) for each in custom_ids(message.components) if REPLY_BUTTON.fullmatch(each)]
    if not presses:
        return
    first = presses[0]
    turns = [press.page for press in presses if press.action is ReplyAction.TURN and press.kind is first.kind]
    shown = replace(first, key=sent.key, page=max(max(turns, default=1) - 1, 0))
    await message.edit(view=await reply_view(bot.service, server, reply, shown))


async def notify_followers(bot: FootnoteBot, server: int | None) -> None:
    """Notify the followers of solved questions, by direct message, or else where the question was asked."""
    for number in await bot.service.run_to_end(server, lambda session: session.gaps.awaiting_notice()):
        await _tell_followers(bot, server, number)


async def _tell_followers(bot: FootnoteBot, server: int | None, number: int) -> None:
    gap = await bot.service.run_to_end(server, lambda session: session.gaps.get(number))
    answer = await bot.service.ask(server, gap.question, story=gap.story)
    if not answer.facts:
        return  # what solved it was taken back already: they are told when there is an answer
    reply = Reply(gap.question, answer.short, None, tuple(each.record for each in answer.facts), (), gap.story)
    name = server_name(bot, server)
    # Forgotten first: whatever happens now, nobody is told twice.
    followers = await bot.service.run_to_end(server, lambda session: session.gaps.pop_followers(number))
    reached = [
        await send_direct_message(bot, user, _answer_in_person(reply, say(words.SOLVED, server=name), name))
        for user in followers.users
    ]
    if not all(reached) and followers.place is not None:
        channel, message = followers.place
        await post_in_channel(bot, server, channel, _answer_in_person(reply, say(words.SOLVED_IN_CHANNEL)), under=message)


def _answer_in_person(reply: Reply, head: str, server: str = "") -> ui.LayoutView:
    """Return an answer without buttons: in a direct message they would ask other facts than the server's."""
    view = ui.LayoutView(timeout=None).add_item(ui.TextDisplay(head))
    for item in card_view(Card(reply, ReplyKind.ANSWER, None, 0)).children:
        view.add_item(item)
    return view.add_item(ui.TextDisplay(say("-# Ask again in {server} for the buttons.", server=server))) if server else view


_JOB, _FETCHING = "Catching up", "Fetching"  # as the log and the metrics name it


class CatchingUp(commands.Cog):
    """Looks once a minute at the servers whose facts may be new: the base is open, or was changed since it was closed.

    When the bot starts it has closed none yet, and so looks after all that have a base.
    """

    def __init__(self, bot: FootnoteBot) -> None:
        self.bot = bot
        self._notified: WeakKeyDictionary[Session, int] = WeakKeyDictionary()

    async def cog_load(self) -> None:
        """Begin."""
        self.bot.supervisor.start(_JOB, self.minutely, every=timedelta(minutes=1), prepare=self.ready)

    async def minutely(self) -> None:
        """Look after the servers with new facts in which the bot is, one after the other, so that answers come first."""
        for server in await self.bot.service.changed():
            if self.bot.get_guild(server) is None:
                continue  # it has nobody to speak to there
            with confine_to_server(self.bot.metrics, _JOB, server):
                async with self.bot.service.background_access(server):
                    await self._catch_up(server)

    async def ready(self) -> None:
        """Wait until it is known in which servers the bot is, and bring here what another process served before."""
        await self.bot.wait_until_ready()
        for guild in tuple(self.bot.guilds):
            with confine_to_server(self.bot.metrics, _FETCHING, guild.id):  # it is tried again when somebody asks there
                await self.bot.service.fetch(guild.id)

    async def _catch_up(self, server: int) -> None:
        log_about(server=server, shard=self.bot.shard_of(server))
        await self.bot.speak_language_of(server)
        await update_log_channel(self.bot, server)
        await correct_replies(self.bot, server)
        # A session that was closed and opened again counts as another.
        session, version = await self.bot.service.run_to_end(server, lambda session: (session, session.version()))
        if self._notified.get(session) != version:  # a question that waits is asked again only when the facts are others
            await notify_followers(self.bot, server)
            self._notified[session] = version
