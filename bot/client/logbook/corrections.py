"""Correct, in place, the replies that show a fact otherwise than it is now.

A reply is done with once it is edited or gone for good. One that cannot be edited for now, because its thread is archived, the
bot may not read there or Discord fails, is tried again by `CatchingUp`, and at once when its thread is opened again or its
channel is changed.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field, replace

import discord
from discord.ext import commands

from bot.client.answering.answers import reply_view
from bot.client.bot import FootnoteBot
from bot.client.custom_ids import REPLY_BUTTON, Press, ReplyAction, custom_ids
from bot.client.discord_failures import FAILURES
from bot.client.jobs import confine_to_server
from bot.client.posting import reachable_channel
from bot.errors import FootnoteError
from bot.facts.state.replies import SentReply
from bot.log import log_about
from bot.service.replies import Reply

log = logging.getLogger(__name__)

_CORRECTING = "Correcting replies"  # as the log and the metrics name it

_OF_ANOTHER_AUTHOR = 50005  # the code of Discord's API, for instance if the bot ran as another application before
_ENOUGH = 2  # failed replies after which no more are tried in a channel in which none could be edited


async def correct_replies(bot: FootnoteBot, server: int | None) -> None:
    """Edit the recent replies of a server that show a fact otherwise than it is now, the newest first.

    Replies are edited one after the other, so that Discord's limits hold; one that cannot be edited never stops those of other
    channels.
    """
    if bot.get_guild(server or 0) is None:
        return
    # Corrections after two changes of one fact must not overtake each other: the later one reads only what the earlier wrote.
    async with bot.background.alone("correct", server):
        waiting, tries = bot.put_off.not_due(_CORRECTING, server), _Tries()
        for sent in await bot.service.read(server, lambda session: session.replies.stale(waiting)):
            if tries.may_try(sent):
                try:
                    await _correct(bot, server, sent)
                    tries.edited.add(sent.channel)
                except (*FAILURES, FootnoteError) as error:
                    log.info("Reply %s in channel %s could not be corrected yet: %s", sent.message, sent.channel, error)
                    tries.failed.append((sent, not isinstance(error, FootnoteError)))
        bot.put_off.settle(_CORRECTING, server, waiting, tries.put_off())


@dataclass(slots=True)
class _Tries:
    """The channels in which a reply was ``edited``, and the replies that ``failed``, each with whether it failed on Discord."""

    edited: set[int] = field(default_factory=set)
    failed: list[tuple[SentReply, bool]] = field(default_factory=list)

    def may_try(self, sent: SentReply) -> bool:
        """Return whether a reply is worth trying: not if Discord refused enough of its channel, and took none."""
        refused = sum(on_discord and other.channel == sent.channel for other, on_discord in self.failed)
        return refused < _ENOUGH or sent.channel in self.edited

    def put_off(self) -> frozenset[int | str]:
        """Return what is to be tried later: the channels in which nothing could be edited, and the keys of other replies."""
        return frozenset(
            sent.channel if on_discord and sent.channel not in self.edited else sent.key for sent, on_discord in self.failed
        )


async def _correct(bot: FootnoteBot, server: int | None, sent: SentReply) -> None:
    now = await bot.service.read(server, lambda session: session.replies.corrected(sent.key))
    try:
        if now.reply is not None:
            await _edit_reply(bot, server, sent, now.reply)
    except (discord.NotFound, discord.Forbidden) as error:
        if isinstance(error, discord.Forbidden) and error.code != _OF_ANOTHER_AUTHOR:
            raise
        log.info("Reply %s in channel %s can never be corrected: %s", sent.message, sent.channel, error)
    await bot.service.write(server, lambda session: session.replies.mark_corrected(sent.key, now))


async def _edit_reply(bot: FootnoteBot, server: int | None, sent: SentReply, reply: Reply) -> None:
    channel = await reachable_channel(bot, server, sent.channel)
    if channel is None:
        return
    message = await channel.fetch_message(sent.message)
    # Its buttons and its menu say whose it is, how it is laid out and which page it shows.
    presses = [Press.decode(id_) for id_ in custom_ids(message.components) if REPLY_BUTTON.fullmatch(id_)]
    if not presses:
        return
    first = presses[0]
    turns = [press.page for press in presses if press.action is ReplyAction.TURN and press.kind is first.kind]
    shown = replace(first, key=sent.key, page=max(max(turns, default=1) - 1, 0))
    await message.edit(view=await reply_view(bot.service, server, reply, shown))


class Reopening(commands.Cog):
    """Corrects what waits in a thread or channel once it is opened again, or the bot's permissions there may have changed."""

    def __init__(self, bot: FootnoteBot) -> None:
        self.bot = bot

    @commands.Cog.listener()
    async def on_raw_thread_update(self, event: discord.RawThreadUpdateEvent) -> None:
        """Correct what waits in a thread that is open."""
        if not event.data["thread_metadata"]["archived"]:
            await self._correct(event.guild_id, event.thread_id)

    @commands.Cog.listener()
    async def on_guild_channel_update(self, before: discord.abc.GuildChannel, after: discord.abc.GuildChannel) -> None:
        """Correct what waits in a channel."""
        await self._correct(after.guild.id, after.id)

    async def _correct(self, server: int, channel: int) -> None:
        if not self.bot.put_off.make_due(_CORRECTING, server, channel):
            return
        log_about(server=server, shard=self.bot.shard_of(server))
        with confine_to_server(self.bot.metrics, _CORRECTING, server):
            async with self.bot.service.background_access(server):
                await self.bot.speak_language_of(server)
                await correct_replies(self.bot, server)
