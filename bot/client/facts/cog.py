"""`/fact`, `/source` and `/actor`, and the message command "Add as fact"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import discord
from discord import app_commands
from discord.ext import commands

from bot.client.bot import Interaction
from bot.client.completion import ActorName, ClaimName, EventName, FactName, LiveFactName, SourceName, StoryName
from bot.client.facts import adding, entries, history, words
from bot.client.facts.choosing import Options, actor_of, source_of
from bot.client.facts.entry_forms import EntryForm, of_actor, of_source
from bot.client.facts.naming import with_fact
from bot.client.interactions import run_to_end
from bot.client.messages import text_in
from bot.client.panels import show
from bot.client.permissions import Permission, in_servers, requires
from bot.client.sending import respond_privately
from bot.client.stories.imports import import_sources
from bot.client.story_scope import channel_and_parent, story_for
from bot.errors import UsageError
from bot.presentation.languages import say
from bot.service.session import Session

_STORY = "The story; left out: this channel's"
_SOURCE = "Where it comes from; another can be pasted as a link into the form"


@in_servers
class FactCommands(commands.GroupCog, group_name="fact", group_description="Add, correct and take back facts"):
    """Keeps the facts of a server."""

    add = app_commands.Group(name="add", description="Add a fact")

    @add.command(name="event")
    @app_commands.describe(who="Who takes part", who2="Who else", who3="Who else", source=_SOURCE, story=_STORY)
    @requires(Permission.MODERATOR)
    async def add_event(
        self,
        interaction: Interaction,
        who: ActorName | None = None,
        who2: ActorName | None = None,
        who3: ActorName | None = None,
        source: SourceName | None = None,
        story: StoryName | None = None,
    ) -> None:
        """Add something that happened."""
        await adding.start(interaction, "event", Options(story, (who, who2, who3), source=source))

    @add.command(name="quote")
    @app_commands.describe(
        speaker="Who said it",
        about="Whom or what it is about",
        event="The event it belongs to",
        source=_SOURCE,
        speaker2="Who said it together with the first",
        story=_STORY,
    )
    @requires(Permission.MODERATOR)
    async def add_quote(
        self,
        interaction: Interaction,
        speaker: ActorName,
        about: ActorName | None = None,
        event: EventName | None = None,
        source: SourceName | None = None,
        speaker2: ActorName | None = None,
        story: StoryName | None = None,
    ) -> None:
        """Add what somebody said, word for word."""
        await adding.start(interaction, "quote", Options(story, (speaker, speaker2), (about,), event, source))

    @add.command(name="claim")
    @app_commands.describe(
        by="Who claims it; left out: what the source itself states",
        about="Whom or what it is about",
        event="The event it belongs to",
        source=_SOURCE,
        by2="Who claims it together with the first",
        story=_STORY,
    )
    @requires(Permission.MODERATOR)
    async def add_claim(
        self,
        interaction: Interaction,
        by: ActorName | None = None,
        about: ActorName | None = None,
        event: EventName | None = None,
        source: SourceName | None = None,
        by2: ActorName | None = None,
        story: StoryName | None = None,
    ) -> None:
        """Add what somebody asserts, in your own words."""
        await adding.start(interaction, "claim", Options(story, (by, by2), (about,), event, source))

    @app_commands.command()
    @app_commands.describe(
        fact="Its number, id or words",
        speaker="Who said it or took part, instead of those named now",
        about="Whom it is about, instead of those named now",
        event="The event it belongs to, instead of the one named now",
    )
    @requires(Permission.MODERATOR)
    async def edit(
        self,
        interaction: Interaction,
        fact: LiveFactName,
        speaker: ActorName | None = None,
        about: ActorName | None = None,
        event: EventName | None = None,
    ) -> None:
        """Correct a fact."""
        options = Options(by=(speaker,), about=(about,), event=event) if speaker or about or event else None
        await with_fact(interaction, "edit", fact, options)

    @app_commands.command()
    @app_commands.describe(fact="Its number, id or words")
    @requires(Permission.MODERATOR)
    async def retract(self, interaction: Interaction, fact: LiveFactName) -> None:
        """Take a fact back, with a reason."""
        await with_fact(interaction, "retract", fact)

    @app_commands.command()
    @app_commands.describe(fact="The claim: its number, id or words")
    @requires(Permission.MODERATOR)
    async def rating(self, interaction: Interaction, fact: ClaimName) -> None:
        """Record how a fact-checker rated a claim."""
        await with_fact(interaction, "rating", fact)

    @app_commands.command(name="history")
    @app_commands.describe(fact="Its number, id or words")
    @requires(Permission.MODERATOR)
    async def history_(self, interaction: Interaction, fact: FactName) -> None:
        """See who changed a fact, when and why, and go back to what it was."""
        await with_fact(interaction, "history", fact)

    @app_commands.command()
    @app_commands.describe(fact="Its number, id or words; left out: your own last change")
    @requires(Permission.MODERATOR)
    async def undo(self, interaction: Interaction, fact: FactName | None = None) -> None:
        """Take the last change back."""
        if fact is None:
            await show(interaction, history.undoing_own(interaction))
        else:
            await with_fact(interaction, "undo", fact)

    @app_commands.command(name="show")
    @app_commands.describe(fact="Its number, id or words; F12@3 is how F12 was at first, second, third …")
    @requires(Permission.MODERATOR)
    async def show_(self, interaction: Interaction, fact: FactName) -> None:
        """See a fact as it is, or as it was."""
        await with_fact(interaction, "show", fact)


@app_commands.context_menu(name="Add as fact")
@in_servers
@requires(Permission.MODERATOR)
async def add_as_fact(interaction: Interaction, message: discord.Message) -> None:
    """Start a fact from a message."""
    text = text_in(message, interaction.client.own_id).stored
    if not text:
        raise UsageError(say(words.NO_TEXT))
    await show(interaction, adding.from_message(interaction, text, message.jump_url))


@in_servers
class SourceCommands(commands.GroupCog, group_name="source", group_description="Add and change sources"):
    """Keeps the sources of a server."""

    @app_commands.command()
    @app_commands.describe(story=_STORY)
    @requires(Permission.MODERATOR)
    async def add(self, interaction: Interaction, story: StoryName | None = None) -> None:
        """Add a source that facts can cite."""
        await _start_new(interaction, "source", story)

    @app_commands.command()
    @app_commands.describe(source="Its title, publisher, link or id")
    @requires(Permission.MODERATOR)
    async def edit(self, interaction: Interaction, source: SourceName) -> None:
        """Change the title, publisher, date, link or kind of a source."""
        entry = await run_to_end(interaction, _source_entry, source, channel_and_parent(interaction.channel))
        await entries.start(interaction, entry)

    @app_commands.command(name="import")
    @app_commands.describe(file="CSL JSON, BibTeX or RIS, as Zotero exports them (up to 1 MB)", story=_STORY)
    @requires(Permission.MODERATOR)
    async def import_(self, interaction: Interaction, file: discord.Attachment, story: StoryName | None = None) -> None:
        """Take in a list of sources from Zotero or another reference manager, after you have seen it."""
        await respond_privately(interaction, import_sources(interaction, file, story))


@in_servers
class ActorCommands(commands.GroupCog, group_name="actor", group_description="Add and change people, organisations and places"):
    """Keeps those whom the facts of a server speak of."""

    @app_commands.command()
    @app_commands.describe(story=_STORY)
    @requires(Permission.MODERATOR)
    async def add(self, interaction: Interaction, story: StoryName | None = None) -> None:
        """Add a person, an organisation or a place."""
        await _start_new(interaction, "actor", story)

    @app_commands.command()
    @app_commands.describe(actor="A person, an organisation or a place")
    @requires(Permission.MODERATOR)
    async def edit(self, interaction: Interaction, actor: ActorName) -> None:
        """Change the name, the other names or the role of somebody."""
        entry = await run_to_end(interaction, _actor_entry, actor, channel_and_parent(interaction.channel))
        await entries.start(interaction, entry)


async def _start_new(interaction: Interaction, what: Literal["source", "actor"], named: str | None) -> None:
    story = await run_to_end(interaction, story_for, named, channel_and_parent(interaction.channel))
    await entries.start(interaction, EntryForm(what, story or ""))


def _actor_entry(session: Session, typed: str, channels: Sequence[int]) -> EntryForm:
    record = actor_of(session, typed, None, session.settings().story_of(*channels))
    return of_actor(record.actor, record.story.id)


def _source_entry(session: Session, typed: str, channels: Sequence[int]) -> EntryForm:
    story, name = source_of(session, typed, None, session.settings().story_of(*channels))
    found = next((use.source for use in session.sources(story=story or None) if use.source.id == name), None)
    if found is None:  # a link that no source has
        return EntryForm("source", story_for(session, None, channels) or "", fields={"link": name})
    return of_source(found, story)
