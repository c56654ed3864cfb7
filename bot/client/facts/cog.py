"""`/fact`: add, edit, retract and undo facts, and see what they were; and the message command "Add as fact"."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import completion
from bot.client.bot import FootnoteBot, Interaction
from bot.client.facts import completing, history, retracting, starting, words
from bot.client.facts.choosing import Options
from bot.client.messages import text_in
from bot.client.panels import show
from bot.client.permissions import Who, only
from bot.errors import UsageError

_STORY = "The story; left out: this channel's"
_SOURCE = "Where it comes from; another can be pasted as a link into the form"


class FactCommands(commands.GroupCog, group_name="fact", group_description="Add, correct and take back facts"):
    """Keeps the facts of a server."""

    add = app_commands.Group(name="add", description="Add a fact")

    def __init__(self, bot: FootnoteBot) -> None:
        self.bot = bot
        self._menu = app_commands.ContextMenu(name="Add as fact", callback=self.add_as_fact)

    async def cog_load(self) -> None:
        """Add the message command, which discord.py cannot declare inside a cog."""
        self.bot.tree.add_command(self._menu)

    async def cog_unload(self) -> None:
        """Take the message command away again."""
        self.bot.tree.remove_command(self._menu.name, type=self._menu.type)

    @add.command(name="event")
    @app_commands.describe(who="Who takes part", who2="Who else", who3="Who else", source=_SOURCE, story=_STORY)
    @app_commands.autocomplete(
        who=completion.actors, who2=completion.actors, who3=completion.actors, source=completing.sources, story=completion.stories
    )
    @only(Who.MODERATOR)
    async def add_event(
        self,
        interaction: Interaction,
        who: str | None = None,
        who2: str | None = None,
        who3: str | None = None,
        source: str | None = None,
        story: str | None = None,
    ) -> None:
        """Add something that happened."""
        await starting.start(interaction, "event", Options(story, (who, who2, who3), source=source))

    @add.command(name="quote")
    @app_commands.describe(
        speaker="Who said it",
        about="Whom or what it is about",
        event="The event it belongs to",
        source=_SOURCE,
        speaker2="Who said it together with the first",
        story=_STORY,
    )
    @app_commands.autocomplete(
        speaker=completion.actors,
        about=completion.actors,
        event=completing.events,
        source=completing.sources,
        speaker2=completion.actors,
        story=completion.stories,
    )
    @only(Who.MODERATOR)
    async def add_quote(
        self,
        interaction: Interaction,
        speaker: str,
        about: str | None = None,
        event: str | None = None,
        source: str | None = None,
        speaker2: str | None = None,
        story: str | None = None,
    ) -> None:
        """Add what somebody said, word for word."""
        await starting.start(interaction, "quote", Options(story, (speaker, speaker2), (about,), event, source))

    @add.command(name="claim")
    @app_commands.describe(
        by="Who claims it; left out: what the source itself states",
        about="Whom or what it is about",
        event="The event it belongs to",
        source=_SOURCE,
        by2="Who claims it together with the first",
        story=_STORY,
    )
    @app_commands.autocomplete(
        by=completion.actors,
        about=completion.actors,
        event=completing.events,
        source=completing.sources,
        by2=completion.actors,
        story=completion.stories,
    )
    @only(Who.MODERATOR)
    async def add_claim(
        self,
        interaction: Interaction,
        by: str | None = None,
        about: str | None = None,
        event: str | None = None,
        source: str | None = None,
        by2: str | None = None,
        story: str | None = None,
    ) -> None:
        """Add what somebody asserts, in your own words."""
        await starting.start(interaction, "claim", Options(story, (by, by2), (about,), event, source))

    @app_commands.command()
    @app_commands.describe(
        fact="Its number, id or words",
        speaker="Who said it or took part, in the place of those named now",
        about="Whom it is about, in the place of those named now",
        event="The event it belongs to, in the place of the one named now",
    )
    @app_commands.autocomplete(
        fact=completing.live_facts, speaker=completion.actors, about=completion.actors, event=completing.events
    )
    @only(Who.MODERATOR)
    async def edit(
        self,
        interaction: Interaction,
        fact: str,
        speaker: str | None = None,
        about: str | None = None,
        event: str | None = None,
    ) -> None:
        """Correct a fact."""
        await starting.edit(interaction, fact, Options(by=(speaker,), about=(about,), event=event))

    @app_commands.command()
    @app_commands.describe(fact="Its number, id or words")
    @app_commands.autocomplete(fact=completing.live_facts)
    @only(Who.MODERATOR)
    async def retract(self, interaction: Interaction, fact: str) -> None:
        """Take a fact back, with a reason."""
        await show(interaction, retracting.retraction(interaction, fact))

    @app_commands.command(name="history")
    @app_commands.describe(fact="Its number, id or words")
    @app_commands.autocomplete(fact=completing.all_facts)
    @only(Who.MODERATOR)
    async def history_(self, interaction: Interaction, fact: str) -> None:
        """See who changed a fact, when and why, and go back to what it was."""
        await show(interaction, history.of_fact(interaction, fact))

    @app_commands.command()
    @app_commands.describe(fact="Its number, id or words; left out: your own last change")
    @app_commands.autocomplete(fact=completing.all_facts)
    @only(Who.MODERATOR)
    async def undo(self, interaction: Interaction, fact: str | None = None) -> None:
        """Take the last change back."""
        await show(interaction, history.undoing(interaction, fact))

    @app_commands.command(name="show")
    @app_commands.describe(fact="Its number, id or words; F12@3 is how F12 was at first, second, third …")
    @app_commands.autocomplete(fact=completing.all_facts)
    @only(Who.MODERATOR)
    async def show_(self, interaction: Interaction, fact: str) -> None:
        """See a fact as it is, or as it was."""
        await show(interaction, history.shown(interaction, fact))

    @only(Who.MODERATOR)
    async def add_as_fact(self, interaction: Interaction, message: discord.Message) -> None:
        """Start a fact from a message."""
        said = text_in(message, self.bot.own_id)
        if not said:
            raise UsageError(words.NO_TEXT)
        await show(interaction, starting.from_message(interaction, said, message.jump_url))
