"""Permissions: the one place that decides who may do what, for commands, buttons and forms alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import Enum
from typing import TypeVar

import discord
from discord import app_commands

from bot.client.bot import FootnoteBot, Interaction
from bot.client.errors import CheckFailed
from bot.client.sending import server_of
from bot.client.text import inline
from bot.errors import FootnoteError, UsageError
from bot.facts.logbook import Signature, sign
from bot.languages import say
from bot.service.session import Session

T = TypeVar("T")

SERVERS_ONLY = "This works in a server where I am a member, not in direct messages."
MODERATORS_ONLY = "Only moderators of this server can do that. Ask one of them, or suggest a fact with /suggest."
MANAGERS_ONLY = "Only members who may manage the server can do that."

_NAME = 60  # characters of the name of a signer who is no member


class Permission(Enum):
    """What it takes to use a command, a button or a form."""

    ANYONE = "anyone"
    MEMBER = "member"  # in a server where the bot is
    MODERATOR = "moderator"  # who may manage messages, or has one of the roles that the server chose
    MANAGER = "manager"  # who may manage the server


class NotAllowedError(UsageError):
    """Whoever asked may not do that."""


async def check_permission(interaction: Interaction, who: Permission) -> None:
    """Raise NotAllowedError if whoever started the interaction does not have the permission ``who``."""
    if who is Permission.ANYONE:
        return
    if server_of(interaction) is None:
        raise NotAllowedError(say(SERVERS_ONLY))
    if who is Permission.MANAGER and not interaction.permissions.manage_guild:
        raise NotAllowedError(say(MANAGERS_ONLY))
    if who is Permission.MODERATOR and not await is_moderator(interaction):
        raise NotAllowedError(say(MODERATORS_ONLY))


async def is_moderator(interaction: Interaction) -> bool:
    """Return whether somebody is a moderator: by the roles that the server chose, else by managing messages, or a manager."""
    server = server_of(interaction)
    return server is not None and await _moderates(interaction.client, server, interaction.user, interaction.permissions)


async def current_moderators(interaction: Interaction, signers: Iterable[str]) -> frozenset[str]:
    """Return those signers who are members and moderators now, according to Discord.

    Raises discord.HTTPException if Discord does not say: then nothing may be taken for granted.
    """
    bot = interaction.client
    guild = bot.get_guild(interaction.guild_id or 0)
    moderators = set()
    for signer in signers:
        user = signer_id(signer)
        if user is None or user == interaction.user.id:
            moderators.add(signer)
        elif guild is not None:
            try:
                member = await guild.fetch_member(user)
            except discord.NotFound:
                continue
            if await _moderates(bot, guild.id, member, member.guild_permissions, interaction.channel):
                moderators.add(signer)
    return frozenset(moderators)


async def _moderates(
    bot: FootnoteBot, server: int, user: discord.abc.User, may: discord.Permissions, channel: object = None
) -> bool:
    """Return whether somebody is a moderator, by their permissions in the server, ``may``, and in the ``channel`` if given."""
    if may.manage_guild:
        return True
    chosen = (await bot.service.run_briefly(server, Session.settings)).moderator_roles
    member = user if isinstance(user, discord.Member) else None
    if chosen:
        # Whether the server still has the roles is not looked up: until Discord has described it, or if its description is
        # faulty, it would seem to have none. A member's roles come with each interaction: one taken away counts at once.
        return member is not None and any(member._roles.has(role) for role in chosen)
    if member is not None and isinstance(channel, discord.abc.GuildChannel | discord.Thread) and not may.manage_messages:
        return channel.permissions_for(member).manage_messages
    return may.manage_messages


def requires(who: Permission) -> Callable[[T], T]:
    """Return the decorator of a command that only some may use; it stands next to the function."""

    async def allowed(interaction: Interaction) -> bool:
        try:
            await check_permission(interaction, who)
        except FootnoteError as error:
            raise CheckFailed(error) from None
        return True

    return app_commands.check(allowed)


def everywhere(command: T) -> T:
    """Offer a command in servers, in direct messages and, to whoever installed the bot for themselves, wherever they are."""
    return _offered(command, elsewhere=True)


def in_servers(command: T) -> T:
    """Offer a command only in servers that added the bot: it is about the facts of that server.

    discord.py's ``guild_only`` is not enough: whoever installed the bot for themselves would be offered it in any server.
    """
    return _offered(command, elsewhere=False)


def for_moderators(command: T) -> T:
    """Offer a command, or a group of them, in servers alone, and there to members who may manage messages.

    Discord lets a server offer it to others, such as a role of moderators that it chose; `requires` decides who may use it.
    """
    return app_commands.default_permissions(manage_messages=True)(in_servers(command))


def _offered(command: T, *, elsewhere: bool) -> T:
    command = app_commands.allowed_contexts(guilds=True, dms=elsewhere, private_channels=elsewhere)(command)
    return app_commands.allowed_installs(guilds=True, users=elsewhere)(command)


def signer(user: discord.abc.User) -> str:
    """Return the name by which a member signs: their id, since names change and need not be stored."""
    return f"discord:{user.id}"


def signer_id(signer: str) -> int | None:
    """Return the Discord id of a signer; None if they did not sign as a member."""
    number = signer.removeprefix("discord:")
    return int(number) if signer.startswith("discord:") and number.isdecimal() else None


def shown_signer(signer: str) -> str:
    """Return a signer as text that is safe to show: a member as a mention, which pings nobody, anybody else by name, escaped."""
    member = signer_id(signer)
    return inline(signer, _NAME) if member is None else f"<@{member}>"


def signature_of(interaction: Interaction, reason: str | None = None) -> Signature:
    """Return the signature of what somebody does now, with the reason if there is one; managers need no second moderator."""
    return sign(signer(interaction.user), reason or None, alone=interaction.permissions.manage_guild)
