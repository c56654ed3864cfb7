"""Telling somebody who is not there: a direct message to a member, a message in a channel of a server. None of it pings."""

from __future__ import annotations

import logging
from collections.abc import Sequence

import aiohttp
import discord
from discord import ui

from bot.client.bot import FootnoteBot

log = logging.getLogger(__name__)

Failure = (discord.HTTPException, aiohttp.ClientError, OSError)


async def tell(bot: FootnoteBot, user: int, view: ui.LayoutView, *, files: Sequence[discord.File] = ()) -> bool:
    """Send somebody a direct message; return whether they got it, for they may take none."""
    try:
        channel = await bot.create_dm(discord.Object(user))
        await channel.send(view=view, files=list(files))
    except Failure as error:
        log.info("A direct message could not be sent: %s", error)
        return False
    return True


def channel_of(bot: FootnoteBot, server: int | None, channel: int | None) -> discord.PartialMessageable | None:
    """Return a channel or thread of a server to send to, None where the server has it no longer: never one of another server."""
    guild = bot.get_guild(server) if server is not None else None
    if guild is None or channel is None or guild.get_channel_or_thread(channel) is None:
        return None
    return bot.get_partial_messageable(channel, guild_id=guild.id)


async def post_to(
    bot: FootnoteBot, server: int | None, channel: int | None, view: ui.LayoutView, *, under: int | None = None
) -> discord.Message | None:
    """Send a message into a channel of a server, as a reply to the message ``under`` if named; None where that failed."""
    found = channel_of(bot, server, channel)
    if found is None:
        log.warning("Channel %s of server %s is not there", channel, server)
        return None
    try:
        if under is None:
            return await found.send(view=view)
        above = discord.MessageReference(message_id=under, channel_id=found.id, guild_id=server, fail_if_not_exists=False)
        return await found.send(view=view, reference=above, mention_author=False)
    except Failure as error:
        if under is not None:  # replying needs a permission more than sending does
            return await post_to(bot, server, channel, view)
        log.warning("Nothing could be sent into channel %s: %s", channel, error)
        return None


async def change_message(
    bot: FootnoteBot, server: int | None, channel: int | None, message: int | None, view: ui.LayoutView
) -> None:
    """Change one of the bot's messages in a server; where it is gone or out of reach, so be it."""
    found = channel_of(bot, server, channel)
    if found is None or message is None:
        return
    try:
        await found.get_partial_message(message).edit(view=view)
    except Failure as error:
        log.info("Message %s could not be changed: %s", message, error)
