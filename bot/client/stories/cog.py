"""`/story`: stories in and out, whether their questions are answered right, drafts from articles, and what a story lacks."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.app_commands import Choice, Range
from discord.ext import commands

from bot.client.bot import Interaction
from bot.client.completion import StoryName
from bot.client.permissions import Permission, in_servers, requires
from bot.client.sending import respond_privately
from bot.client.stories.drafting import draft_story, story_report
from bot.client.stories.files import export_story, import_story, story_check, story_list
from bot.drafting.draft import ArticleDetails
from bot.formats.export import FORMATS


@in_servers
class StoryCommands(commands.GroupCog, group_name="story", group_description="Bring stories in and out, and check them"):
    """Takes stories in, gives them out and looks after them."""

    @app_commands.command(name="import")
    @app_commands.describe(file="A story file (YAML, up to 1 MB)")
    @requires(Permission.MODERATOR)
    async def import_(self, interaction: Interaction, file: discord.Attachment) -> None:
        """Take a story file in, after you have seen what it changes."""
        await respond_privately(interaction, import_story(interaction, file))

    @app_commands.command()
    @app_commands.describe(story="The story; left out: this channel's", form="The format; left out: a story file")
    @app_commands.rename(form="format")
    @app_commands.choices(form=[Choice(name=each.name, value=name) for name, each in FORMATS.items()])
    @requires(Permission.MODERATOR)
    async def export(self, interaction: Interaction, story: StoryName | None = None, form: str = "story") -> None:
        """Get a story as a story file, or in the format of another program."""
        await respond_privately(interaction, export_story(interaction, story, form))

    @app_commands.command(name="list")
    @requires(Permission.MODERATOR)
    async def list_(self, interaction: Interaction) -> None:
        """See which stories there are."""
        await respond_privately(interaction, story_list(interaction))

    @app_commands.command()
    @app_commands.describe(story="The story; left out: this channel's")
    @requires(Permission.MODERATOR)
    async def check(self, interaction: Interaction, story: StoryName | None = None) -> None:
        """Ask a story its recorded questions, and see which are answered wrong."""
        await respond_privately(interaction, story_check(interaction, story))

    @app_commands.command(description="Get a story file proposed from an article, to review")
    @app_commands.describe(
        article="The article as plain text, a blank line between paragraphs",
        source="Its title, its web address, or both: Title | https://…",
        publisher="Who published it",
        published="When: “on Thursday” is read from that day",
        author="Who wrote it",
    )
    @requires(Permission.MODERATOR)
    async def draft(
        self,
        interaction: Interaction,
        article: discord.Attachment,
        source: Range[str, 0, 500] = "",
        publisher: Range[str, 0, 200] = "",
        published: Range[str, 0, 60] = "",
        author: Range[str, 0, 200] = "",
    ) -> None:
        """Send a story file that is proposed from an article."""
        details = ArticleDetails(source, publisher, published, (author,))
        await respond_privately(interaction, draft_story(interaction, article, details))

    @app_commands.command(description="See what a story lacks, and what to do about it")
    @app_commands.describe(story="The story; left out: this channel's")
    @requires(Permission.MODERATOR)
    async def report(self, interaction: Interaction, story: StoryName | None = None) -> None:
        """Show what a story lacks."""
        await respond_privately(interaction, story_report(interaction, story))
