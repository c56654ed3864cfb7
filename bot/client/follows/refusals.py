"""Tells those who look after a server that Discord refuses what is followed in a channel: once, until it takes it again."""

from __future__ import annotations

import discord
from discord.ext import commands

from bot.client.bot import FootnoteBot
from bot.client.follows import words
from bot.client.panels import AMBER, panel
from bot.client.permissions import signer_id
from bot.client.posting import is_member, post_in_channel, send_direct_message, server_name
from bot.facts.state.follows import Follow
from bot.languages import say
from bot.service.session import Session

JOB = "Telling what is new"
"""What `PutOff` and the log call what is sent to those who follow something."""

_ARCHIVED, _LOCKED = 50083, 160005  # the codes of Discord's API for a thread that takes no messages


def is_refused(error: BaseException) -> bool:
    """Return whether Discord lets the bot not write into a channel, until somebody changes that."""
    return isinstance(error, discord.HTTPException) and (error.status == 403 or error.code in (_ARCHIVED, _LOCKED))


async def note_refusal(bot: FootnoteBot, server: int, channel: int, follows: tuple[Follow, ...], *, night: bool) -> None:
    """Note that a message about some follows was refused, and tell somebody if it was often enough.

    That is the log channel, or else, but not at ``night``, whoever had the channel follow that. If nobody could be told, it is
    tried with the next refusal.
    """
    if not await bot.service.write(server, lambda session: session.refusals.note(channel)):
        return
    said = say(words.REFUSED, channel=f"<#{channel}>", names=words.named([follow.title for follow in follows]))
    log_channel = (await bot.service.read(server, lambda session: session.settings())).log_channel
    told = False
    if log_channel is not None and log_channel != channel:
        told = await post_in_channel(bot, server, log_channel, panel(said, colour=AMBER)) is not None
    if not told and not night:
        told = await _tell_setter(bot, server, follows, f"{said}\n-# {server_name(bot, server)}")
    if told:
        await bot.service.write(server, lambda session: session.refusals.mark_told(channel))


async def _tell_setter(bot: FootnoteBot, server: int, follows: tuple[Follow, ...], said: str) -> bool:
    """Tell whoever had the channel follow something, if they are a member; return whether they got it."""
    for follow in follows:
        signer = await bot.service.read(server, _setter, follow.title)
        user = signer_id(signer or "")
        if user is not None and await is_member(bot, server, user):
            return await send_direct_message(bot, user, panel(said, colour=AMBER))
    return False


def _setter(session: Session, title: str) -> str | None:
    return session.refusals.set_by(title)


class Readmission(commands.Cog):
    """Has what waits for a channel sent with the next look, once a thread, a channel or a role is changed."""

    def __init__(self, bot: FootnoteBot) -> None:
        self.bot = bot

    @commands.Cog.listener()
    async def on_raw_thread_update(self, event: discord.RawThreadUpdateEvent) -> None:
        """Try a thread again."""
        self.bot.put_off.make_due(JOB, event.guild_id, event.thread_id)

    @commands.Cog.listener()
    async def on_guild_channel_update(self, before: discord.abc.GuildChannel, after: discord.abc.GuildChannel) -> None:
        """Try a channel again."""
        self.bot.put_off.make_due(JOB, after.guild.id, after.id)

    @commands.Cog.listener()
    async def on_guild_role_update(self, before: discord.Role, after: discord.Role) -> None:
        """Try all channels of a server again whose roles have other permissions now."""
        if before.permissions != after.permissions:
            for channel in self.bot.put_off.not_due(JOB, after.guild.id):
                self.bot.put_off.make_due(JOB, after.guild.id, channel)
