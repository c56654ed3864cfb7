"""Help: how to ask, and what else there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands, ui
from discord.ext import commands

from bot import wording
from bot.client import words
from bot.client.panels import text_panel
from bot.client.sending import respond, server_of
from bot.client.text import inline

if TYPE_CHECKING:
    from bot.client.app import FootnoteBot

_TITLE = 150


class Helping(commands.Cog):
    """Explains the bot."""

    def __init__(self, bot: FootnoteBot) -> None:
        self.bot = bot

    @app_commands.command()
    async def help(self, interaction: discord.Interaction[FootnoteBot]) -> None:
        """See how to ask and what else there is."""
        await respond(interaction, _help(interaction), private=True)


async def _help(interaction: discord.Interaction[FootnoteBot]) -> ui.LayoutView:
    bot = interaction.client
    titles = [inline(story.title, _TITLE) for story in await bot.service.stories(server_of(interaction))]
    return text_panel(f"{words.HELP.format(mention=f'<@{bot.own_id}>')}\n-# {wording.known_stories(titles)}")
