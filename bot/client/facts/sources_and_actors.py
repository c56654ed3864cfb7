"""`/source` and `/actor`: sources and actors added and changed, also on the way to a fact."""

from __future__ import annotations

import discord
from discord import app_commands, ui
from discord.ext import commands

from bot.client.bot import Interaction
from bot.client.facts.adding import FACT
from bot.client.facts.chosen_options import actor_of, source_of
from bot.client.facts.source_and_actor_forms import ACTOR, SOURCE
from bot.client.forms.records import TypedFields
from bot.client.interactions import RouteInput, read_for, route, sends
from bot.client.options import STORY, ActorName, SourceName, StoryName
from bot.client.permissions import Permission, for_moderators, requires
from bot.client.sending import respond_privately
from bot.client.stories.source_imports import import_sources
from bot.client.story_scope import channel_and_parent, story_for


@for_moderators
class SourceCommands(commands.GroupCog, group_name="source", group_description="Add and change sources"):
    """Keeps the sources of a server."""

    @app_commands.command()
    @app_commands.describe(story=STORY)
    @requires(Permission.MODERATOR)
    async def add(self, interaction: Interaction, story: StoryName | None = None) -> None:
        """Add a source that facts can cite."""
        await SOURCE.begin(interaction, TypedFields(await _story_of(interaction, story)))

    @app_commands.command()
    @app_commands.describe(source="Its title, publisher, link or id")
    @requires(Permission.MODERATOR)
    async def edit(self, interaction: Interaction, source: SourceName) -> None:
        """Change the title, publisher, date, link or kind of a source."""
        channels = channel_and_parent(interaction.channel)
        story, name = await read_for(
            interaction, lambda session: source_of(session, source, None, session.settings().story_of(*channels))
        )
        sources = await read_for(interaction, lambda session: session.sources(story=story or None))
        if any(use.source.id == name for use in sources):
            await SOURCE.edit(interaction, story, name)
        else:  # a link that no source has
            await SOURCE.begin(interaction, TypedFields(await _story_of(interaction, None), fields={"link": name}))

    @app_commands.command(name="import")
    @app_commands.describe(file="CSL JSON, BibTeX or RIS, as Zotero exports them (up to 1 MB)", story=STORY)
    @requires(Permission.MODERATOR)
    @sends(respond_privately)
    async def import_(self, interaction: Interaction, file: discord.Attachment, story: StoryName | None = None) -> ui.LayoutView:
        """Import a list of sources from Zotero or another reference manager, after you have seen it."""
        return await import_sources(interaction, file, story)


@for_moderators
class ActorCommands(commands.GroupCog, group_name="actor", group_description="Add and change people, organisations and places"):
    """Keeps those whom the facts of a server speak of."""

    @app_commands.command()
    @app_commands.describe(story=STORY)
    @requires(Permission.MODERATOR)
    async def add(self, interaction: Interaction, story: StoryName | None = None) -> None:
        """Add a person, an organisation or a place."""
        await ACTOR.begin(interaction, TypedFields(await _story_of(interaction, story)))

    @app_commands.command()
    @app_commands.describe(actor="A person, an organisation or a place")
    @requires(Permission.MODERATOR)
    async def edit(self, interaction: Interaction, actor: ActorName) -> None:
        """Change the name, the other names or the role of somebody."""
        channels = channel_and_parent(interaction.channel)
        record = await read_for(
            interaction, lambda session: actor_of(session, actor, None, session.settings().story_of(*channels))
        )
        await ACTOR.edit(interaction, record.story.id, record.actor.id)


async def _story_of(interaction: Interaction, named: str | None) -> str:
    """Return the story that is meant; "" if that has to be asked."""
    return await read_for(interaction, story_for, named, channel_and_parent(interaction.channel)) or ""


@route("fact-new-actor", Permission.MODERATOR)
async def _new_actor(interaction: Interaction, given: RouteInput) -> None:
    """Open the form of a new actor, who becomes the speaker of the fact that waits."""
    waiting = await FACT.load(interaction, given.argument)
    await ACTOR.begin(interaction, TypedFields(waiting.content.story, waiting=waiting.key))
