"""Send what nobody asked for just now: direct messages, and messages in channels, and edit these in place."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

import discord
from discord import ui

from bot.client.bot import FootnoteBot
from bot.client.discord_failures import FAILURES
from bot.client.sending import files_of
from bot.client.text import inline

_NAME = 100  # characters of a server's name
_REFUSED = (400, 403)
_NO_MEMBER = (10007, 10013)  # the codes of Discord's API for an unknown member and an unknown user
_TAKES_NONE = (50007, 50278, 10013)  # for who takes no direct message, who shares no server, and an unknown user

log = logging.getLogger(__name__)


async def send_direct_message(bot: FootnoteBot, user: int, view: ui.LayoutView) -> bool:
    """Send somebody a direct message; return whether they got it, for they may accept none."""
    try:
        channel = await bot.create_dm(discord.Object(user))
        await channel.send(view=view, files=files_of(view))
    except FAILURES as error:
        log.info("A direct message could not be sent: %s", error)
        return False
    return True


async def deliver(bot: FootnoteBot, user: int, view: ui.LayoutView, *, nonce: str) -> None:
    """Send somebody a direct message. Raises what a request raises; `is_refusal` says whether trying again is of no use.

    Of messages with the same ``nonce`` (25 characters at most) that are sent within minutes, Discord takes one.
    """
    channel = await bot.create_dm(discord.Object(user))
    await channel.send(view=view, nonce=nonce)


def is_refusal(error: BaseException) -> bool:
    """Return whether Discord refused a direct message because its receiver takes none, or is gone."""
    return isinstance(error, discord.HTTPException) and error.code in _TAKES_NONE


async def is_member(bot: FootnoteBot, server: int, user: int) -> bool:
    """Return whether somebody is a member of a server now: whoever left it, or was banned, is no longer told what is in it.

    Raises what a request raises if Discord does not say: then nothing may be taken for granted.
    """
    try:
        await bot.http.get_member(server, user)
    except discord.NotFound as error:
        if error.code in _NO_MEMBER:
            return False
        raise
    return True


def server_name(bot: FootnoteBot, server: int | None) -> str:
    """Return the name of a server as text that is safe to show; "" if the bot is not in it."""
    guild = bot.get_guild(server or 0)
    return inline(guild.name, _NAME) if guild else ""


async def reachable_channel(bot: FootnoteBot, server: int | None, channel: int | None) -> discord.PartialMessageable | None:
    """Return a channel or thread of a server to send to; None if it is not the server's, for example another server's.

    Discord is asked about one that is not known here, such as an archived thread or any channel of a server that Discord has not
    described yet. Raises NotFound if the channel is gone for good, else what a request raises.
    """
    guild = bot.get_guild(server or 0)
    if guild is None or channel is None:
        return None
    if guild.get_channel_or_thread(channel) is None:
        payload: Mapping[str, Any] = await bot.http.get_channel(channel)
        if str(payload.get("guild_id")) != str(guild.id):
            return None
    return bot.get_partial_messageable(channel, guild_id=guild.id)


async def post_in_channel(
    bot: FootnoteBot, server: int | None, channel: int | None, view: ui.LayoutView, *, under: int | None = None
) -> discord.Message | None:
    """Send a message into a channel of a server, as a reply to the message ``under`` if given; return None if that failed."""
    try:
        target = await reachable_channel(bot, server, channel)
        if target is None:
            log.warning("Channel %s of server %s is not there", channel, server)
            return None
        if under is None:
            return await target.send(view=view)
        above = discord.MessageReference(message_id=under, channel_id=target.id, guild_id=server, fail_if_not_exists=False)
        return await target.send(view=view, reference=above, mention_author=False)
    except FAILURES as error:
        # Replying needs one more permission than sending does. After a broken connection the reply may have arrived.
        if under is not None and isinstance(error, discord.HTTPException) and error.status in _REFUSED:
            return await post_in_channel(bot, server, channel, view)
        log.warning("Nothing could be sent into channel %s: %s", channel, error)
        return None


async def edit_message(
    bot: FootnoteBot, server: int | None, channel: int | None, message: int | None, view: ui.LayoutView
) -> bool:
    """Change one of the bot's messages in a server; return whether that was done, for it may be gone or out of reach."""
    try:
        target = await reachable_channel(bot, server, channel)
        if target is None or message is None:
            return False
        await target.get_partial_message(message).edit(view=view)
    except FAILURES as error:
        log.info("Message %s could not be changed: %s", message, error)
        return False
    return True
