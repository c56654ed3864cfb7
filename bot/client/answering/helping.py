"""Help: how to ask, and what else there is."""

from __future__ import annotations

from discord import app_commands, ui
from discord.ext import commands

from bot.client import words
from bot.client.answering.views import text_panel
from bot.client.bot import FootnoteBot, Interaction
from bot.client.permissions import is_moderator
from bot.client.sending import respond, server_of
from bot.client.story_scope import told_stories
from bot.client.text import inline
from bot.presentation import wording
from bot.presentation.languages import say
from bot.service.service import Service

_TITLE = 150


class Helping(commands.Cog):
    """Explains the bot."""

    def __init__(self, bot: FootnoteBot) -> None:
        self.bot = bot

    @app_commands.command()
    async def help(self, interaction: Interaction) -> None:
        """See how to ask and what else there is."""
        await respond(interaction, _help(interaction), private=True)


async def _help(interaction: Interaction) -> ui.LayoutView:
    bot, server = interaction.client, server_of(interaction)
    titles = [inline(story.title, _TITLE) for story in await bot.service.run_to_end(server, told_stories)]
    said = say(words.HELP).format(mention=f"<@{bot.own_id}>", question=await example_question(bot.service, server))
    more = f"\n\n{words.HELP_MODERATORS}" if await is_moderator(interaction) else ""
    return text_panel(f"{said}{more}\n-# {wording.known_stories(titles)}")


async def short_help(bot: FootnoteBot, server: int | None) -> ui.LayoutView:
    """Return how to ask, in two lines."""
    question = await example_question(bot.service, server)
    return text_panel(say(words.SHORT_HELP).format(mention=f"<@{bot.own_id}>", question=question))


async def example_question(service: Service, server: int | None) -> str:
    """Return a question that a server's facts answer, fit to be shown."""
    return inline(wording.example(await service.complete_actors(server, "", speakers=True, limit=1)), _TITLE)
