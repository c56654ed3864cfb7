"""`/article`: an article read from a link, a file or pasted text, so that its sentences answer questions."""

from __future__ import annotations

from functools import partial

import discord
from discord import app_commands
from discord.app_commands import Range
from discord.ext import commands

from bot.client.articles import words
from bot.client.articles.forms import PASTED
from bot.client.articles.reading import read_and_show, read_file, read_link
from bot.client.bot import Interaction
from bot.client.forms.records import TypedFields
from bot.client.options import StoryName
from bot.client.permissions import Permission, for_moderators, requires
from bot.errors import UsageError
from bot.languages import say

_MAX_LINK = 2000


class Reading(commands.Cog):
    """Reads articles."""

    @app_commands.command()
    @for_moderators
    @app_commands.describe(
        link="The web address of the article; with neither link nor file, a form opens to paste it",
        file="The article as a file: .txt, .md, .html, .pdf or .docx",
        story="The story that it belongs to; if left out, I find it or ask",
    )
    @requires(Permission.MODERATOR)
    async def article(
        self,
        interaction: Interaction,
        link: Range[str, 0, _MAX_LINK] = "",
        file: discord.Attachment | None = None,
        story: StoryName | None = None,
    ) -> None:
        """Read an article, so that its sentences answer questions (for moderators)."""
        if link and file is not None:
            raise UsageError(say(words.GIVE_ONE))
        if file is not None:
            await read_and_show(interaction, partial(read_file, interaction, file, counted=True), file.filename, story)
        elif link:
            await read_and_show(interaction, partial(read_link, interaction, link), link, story)
        else:
            await PASTED.begin(interaction, TypedFields(story or ""))
