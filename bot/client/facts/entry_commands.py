"""`/source` and `/actor`: add and change what facts cite and whom they speak of."""

from __future__ import annotations

from typing import Literal

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import completion
from bot.client.bot import Interaction
from bot.client.facts import completing, entries
from bot.client.facts.choosing import actor_of, source_of
from bot.client.facts.entry_forms import Entry, of_actor, of_source
from bot.client.interactions import run_to_end
from bot.client.permissions import Who, only
from bot.client.stories import source_files
from bot.client.story_scope import channel_of, story_for
from bot.service.session import Session

_STORY = "The story; left out: this channel's"


class SourceCommands(commands.GroupCog, group_name="source", group_description="Add and change sources"):
    """Keeps the sources of a server."""

    @app_commands.command()
    @app_commands.describe(story=_STORY)
    @app_commands.autocomplete(story=completion.stories)
    @only(Who.MODERATOR)
    async def add(self, interaction: Interaction, story: str | None = None) -> None:
        """Add a source that facts can cite."""
        await _start_new(interaction, "source", story)

    @app_commands.command()
    @app_commands.describe(source="Its title, publisher, link or id")
    @app_commands.autocomplete(source=completing.sources)
    @only(Who.MODERATOR)
    async def edit(self, interaction: Interaction, source: str) -> None:
        """Change the title, publisher, date, link or kind of a source."""
        await entries.start(interaction, await run_to_end(interaction, lambda session: _source_entry(session, source)))

    @app_commands.command(name="import")
    @app_commands.describe(file="CSL JSON, BibTeX or RIS, as Zotero exports them (up to 1 MB)", story=_STORY)
    @app_commands.autocomplete(story=completion.stories)
    @only(Who.MODERATOR)
    async def import_(self, interaction: Interaction, file: discord.Attachment, story: str | None = None) -> None:
        """Take in a list of sources from Zotero or another reference manager, after you have seen it."""
        await source_files.import_file(interaction, file, story)


class ActorCommands(commands.GroupCog, group_name="actor", group_description="Add and change people, organisations and places"):
    """Keeps those whom the facts of a server speak of."""

    @app_commands.command()
    @app_commands.describe(story=_STORY)
    @app_commands.autocomplete(story=completion.stories)
    @only(Who.MODERATOR)
    async def add(self, interaction: Interaction, story: str | None = None) -> None:
        """Add a person, an organisation or a place."""
        await _start_new(interaction, "actor", story)

    @app_commands.command()
    @app_commands.describe(actor="A person, an organisation or a place")
    @app_commands.autocomplete(actor=completion.actors)
    @only(Who.MODERATOR)
    async def edit(self, interaction: Interaction, actor: str) -> None:
        """Change the name, the other names or the role of somebody."""
        channel = channel_of(interaction)
        record = await run_to_end(
            interaction, lambda session: actor_of(session, actor, None, session.base.settings.read().story_of(channel))
        )
        await entries.start(interaction, of_actor(record.actor, record.story.id))


async def _start_new(interaction: Interaction, what: Literal["source", "actor"], named: str | None) -> None:
    channel = channel_of(interaction)
    story = await run_to_end(interaction, lambda session: story_for(session, named, (), channel))
    await entries.start(interaction, Entry(what, story or ""))


def _source_entry(session: Session, typed: str) -> Entry:
    story, name = source_of(session, typed, None)
    found = next((source for _, source, _ in session.base.sources(story or None) if source.id == name), None)
    if found is None:  # a link that no source has
        return Entry("source", story_for(session, None, (), None) or "", fields={"link": name})
    return of_source(found, story)
