"""`/message-menu`: what Discord has in the menu of a message, under Apps, and the page of the preview has not."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, cast

import discord
from discord import app_commands, ui
from discord.app_commands import Choice
from discord.ext import commands
from discord.utils import maybe_coroutine

from bot.client.bot import FootnoteBot, Interaction
from bot.client.text import label
from bot.errors import NotKnownError, UsageError

_MOST = 25  # messages to choose from, the newest first; Discord takes no more
_LABEL = 100

NO_MESSAGE = "There is no such message here. Choose one from the list, or leave it empty for the newest."
NOT_HERE = "That is in the menus of messages in a server alone."


class MessageMenus(commands.Cog):
    """Offers the message commands of the bot as a slash command."""

    def __init__(self, bot: FootnoteBot) -> None:
        self._bot = bot

    @app_commands.command(name="message-menu")
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.describe(
        entry="What to pick: in Discord it is in the menu of the message, under Apps",
        message="Of which message; left out: the newest one",
    )
    async def pick(self, interaction: Interaction, entry: str, message: str | None = None) -> None:
        """Preview only: pick something from the menu of a message."""
        menu = next((each for each in self._menus() if each.name == entry), None)
        if menu is None:
            raise UsageError(f"There is no such entry. Choose one of {', '.join(each.name for each in self._menus())}.")
        if interaction.guild is None and menu.allowed_contexts is not None and not menu.allowed_contexts.dm_channel:
            raise UsageError(NOT_HERE)
        for check in menu.checks:
            await maybe_coroutine(check, interaction)
        callback = cast("Callable[[Interaction, discord.Message], Awaitable[Any]]", menu.callback)
        await callback(interaction, await _message(interaction, message))

    @pick.autocomplete("entry")
    async def _entries(self, interaction: Interaction, typed: str) -> list[Choice[str]]:
        return [Choice(name=each.name, value=each.name) for each in self._menus() if typed.casefold() in each.name.casefold()]

    @pick.autocomplete("message")
    async def _messages(self, interaction: Interaction, typed: str) -> list[Choice[str]]:
        named = [(each, f"{each.author.display_name}: {_said(each)}") async for each in _newest(interaction)]
        found = [(each, name) for each, name in named if typed.casefold() in name.casefold()]
        return [Choice(name=label(name, _LABEL), value=str(each.id)) for each, name in found[:_MOST]]

    def _menus(self) -> list[app_commands.ContextMenu]:
        return self._bot.tree.get_commands(type=discord.AppCommandType.message)


async def _message(interaction: Interaction, chosen: str | None) -> discord.Message:
    async for each in _newest(interaction):
        if chosen in (None, str(each.id)):
            return each
    raise NotKnownError(NO_MESSAGE)


async def _newest(interaction: Interaction) -> AsyncIterator[discord.Message]:
    channel = interaction.channel
    if isinstance(channel, discord.abc.Messageable):
        async for each in channel.history(limit=_MOST):
            yield each


def _said(message: discord.Message) -> str:
    """Return what a message says, of a reply the text on its card."""
    view = ui.LayoutView.from_message(message)
    texts = (item.content for item in view.walk_children() if isinstance(item, ui.TextDisplay))
    return message.content or " ".join(texts)
