"""Correcting what the bot has said: its replies that show a fact which was changed or retracted are edited where they stand."""

from __future__ import annotations

import logging

import discord

from bot.client.answering.answers import sides_of
from bot.client.answering.card import Card, card_view
from bot.client.bot import FootnoteBot
from bot.client.custom_ids import REPLY_BUTTON, Press, ReplyAction
from bot.client.discord_failures import FAILURES
from bot.client.messages import custom_ids
from bot.client.sending import reachable_channel
from bot.errors import FootnoteError
from bot.facts.state.replies import SentReply
from bot.service.replies import Reply

log = logging.getLogger(__name__)


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
        await _edit(bot, server, sent, now.reply)
    except (discord.NotFound, discord.Forbidden) as error:
        log.info("Reply %s in channel %s cannot be corrected: %s", sent.message, sent.channel, error)
    await bot.service.run_to_end(server, lambda session: session.replies.mark_corrected(sent.key, now.revisions))


async def _edit(bot: FootnoteBot, server: int | None, sent: SentReply, reply: Reply | None) -> None:
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
    page = max(max(turns, default=1) - 1, 0)
    size = bot.service.settings.page_size
    sides = await sides_of(bot.service, server, first.kind, reply)
    card = Card(reply, first.kind, sent.key, first.asker, page, size, can_follow=server is not None, sides=sides)
    await message.edit(view=card_view(card))
