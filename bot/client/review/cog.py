"""`/suggest` for members, `/review` and `/gaps` for moderators."""

from __future__ import annotations

from discord import app_commands
from discord.app_commands import Choice
from discord.ext import commands

from bot.client.bot import Interaction
from bot.client.completion import ActorName, StoryName
from bot.client.permissions import Permission, in_servers, requires
from bot.client.review.gaps import gap_list
from bot.client.review.reviewing import waiting_list
from bot.client.review.suggesting import begin_suggestion
from bot.client.sending import respond_privately


class Reviewing(commands.Cog):
    """Takes what members know, and lists what waits for a decision."""

    @app_commands.command()
    @in_servers
    @app_commands.describe(
        kind="What is it?", speaker="Who said it or claims it", story="Which story it belongs to, where there are several"
    )
    @app_commands.choices(
        kind=[
            Choice(name="an event: what happened, in your own words", value="event"),
            Choice(name="a quote: what somebody said, word for word", value="quote"),
            Choice(name="a claim: what somebody asserts, in your own words", value="claim"),
        ]
    )
    @requires(Permission.MEMBER)
    async def suggest(
        self, interaction: Interaction, kind: Choice[str], speaker: ActorName | None = None, story: StoryName | None = None
    ) -> None:
        """Suggest a fact with its source; a moderator looks at it first."""
        await begin_suggestion(interaction, kind.value, speaker, story)  # type: ignore[arg-type]  # one of the three above

    @app_commands.command()
    @in_servers
    @requires(Permission.MODERATOR)
    async def review(self, interaction: Interaction) -> None:
        """Decide what members have suggested (for moderators)."""
        await respond_privately(interaction, waiting_list(interaction))

    @app_commands.command()
    @in_servers
    @app_commands.describe(text="Only questions with these words")
    @requires(Permission.MODERATOR)
    async def gaps(self, interaction: Interaction, text: app_commands.Range[str, 0, 60] = "") -> None:
        """See which questions were not answered, or not well (for moderators)."""
        await respond_privately(interaction, gap_list(interaction, 0, text))
