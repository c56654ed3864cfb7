"""The message with which the bot joins a server: what it is, what it keeps, and the way to set it up."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import discord
from discord.ext import commands

from bot.client.bot import FootnoteBot
from bot.client.discord_failures import FAILURES
from bot.client.interactions import RouteButton
from bot.client.jobs import confine_to_server
from bot.client.panels import BLUE, panel
from bot.client.posting import post_in_channel, send_direct_message, server_name
from bot.client.sending import SentView
from bot.client.settings.pages import may_write
from bot.client.setup import words
from bot.languages import ENGLISH, say, speak

log = logging.getLogger(__name__)

_WELCOMING = "Welcoming"  # as the log and the metrics name it
_MAX_TRIED = 5  # channels: the permissions that Discord described may be out of date
_MAX_ENTRIES = 20  # newest entries of the audit log about bots that were added


class Welcoming(commands.Cog):
    """Says hello in a server that is new."""

    def __init__(self, bot: FootnoteBot) -> None:
        self._bot = bot

    @commands.Cog.listener()
    async def on_new_server(self, guild: discord.Guild) -> None:
        """Say hello in a channel of a server, or to whoever added the bot if there is none in which it may write."""
        with confine_to_server(self._bot.metrics, _WELCOMING, guild.id):
            # A base that is there was made by the operator, or before the bot left; saying hello is no reason to make one.
            made = self._bot.service.settings.base_path(guild.id).exists()
            speak(await self._bot.language_of(guild.id) if made else ENGLISH)
            for channel in _channels(guild):
                if await post_in_channel(self._bot, guild.id, channel, welcome(say(words.WELCOME), button=True)):
                    return
            inviter = await _inviter(guild, self._bot.own_id)
            if inviter is None:
                log.info("Nobody in server %s could be told how to set the bot up", guild.id)
                return
            unheard = say(words.ADDED_UNHEARD, server=f"**{server_name(self._bot, guild.id)}**")
            await send_direct_message(self._bot, inviter, welcome(f"{say(words.WELCOME)}\n\n{unheard}", button=False))


def welcome(text: str, *, button: bool) -> SentView:
    """Return the first message of the bot, with the button that opens `/setup` where it can be pressed."""
    if not button:
        return panel(text, colour=BLUE)
    how = say(words.HOW_TO_SET_UP, button=say(words.SET_UP))
    return panel(f"{text}\n{how}", [RouteButton("setup", "", say(words.SET_UP), style=discord.ButtonStyle.primary)], colour=BLUE)


def _channels(guild: discord.Guild) -> Iterator[int]:
    """Yield the channels to say hello in, the likeliest first: the one for system messages, then as Discord lists them."""
    there = dict.fromkeys(channel for channel in (guild.system_channel, *guild.text_channels) if channel is not None)
    writable = (channel.id for channel in there if may_write(guild, channel.id))
    yield from (channel for channel, _ in zip(writable, range(_MAX_TRIED), strict=False))


async def _inviter(guild: discord.Guild, me: int) -> int | None:
    """Return who added the bot; None if the audit log may not be read or does not say."""
    if guild.me is None or not guild.me.guild_permissions.view_audit_log:
        return None
    try:
        async for entry in guild.audit_logs(limit=_MAX_ENTRIES, action=discord.AuditLogAction.bot_add):
            if entry.target is not None and entry.target.id == me:
                return entry.user_id
    except FAILURES as error:
        log.info("The audit log of server %s could not be read: %s", guild.id, error)
    return None
