"""`/source` and `/actor`: sources and actors added and changed, also on the way to a fact."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

import discord
from discord import app_commands, ui
from discord.ext import commands

from bot.client.bot import Interaction
from bot.client.facts import words
from bot.client.facts.adding import preview_view, story_asked
from bot.client.facts.drafts import actor_of, change_draft, idempotency_key, load_draft, source_of
from bot.client.facts.source_and_actor_forms import (
    FIELDS,
    EntryForm,
    conflict_view,
    form_of,
    fresh,
    read_actor,
    read_source,
    type_options,
)
from bot.client.forms.fields import ChoiceField, TextField
from bot.client.forms.panels import trouble_panel, way_back
from bot.client.forms.records import load_text, store_text
from bot.client.interactions import Form, RouteButton, RouteInput, route, run_to_end, sends
from bot.client.logbook.aftermath import ChangeResult, make_change
from bot.client.options import STORY, ActorName, SourceName, StoryName
from bot.client.panels import GREEN, panel, show
from bot.client.permissions import Permission, in_servers, note_of, requires
from bot.client.sending import respond_privately, send_form
from bot.client.stories.imports import import_sources
from bot.client.story_scope import channel_and_parent, story_for
from bot.client.text import inline, link
from bot.client.words import source_type
from bot.editing.draft import NewSource
from bot.errors import ConflictError, DraftError
from bot.facts.editor import Applied
from bot.facts.logbook import Note
from bot.facts.models import Actor, Source
from bot.presentation.languages import language, say
from bot.service.session import Session


@in_servers
class SourceCommands(commands.GroupCog, group_name="source", group_description="Add and change sources"):
    """Keeps the sources of a server."""

    @app_commands.command()
    @app_commands.describe(story=STORY)
    @requires(Permission.MODERATOR)
    async def add(self, interaction: Interaction, story: StoryName | None = None) -> None:
        """Add a source that facts can cite."""
        await _start_new(interaction, "source", story)

    @app_commands.command()
    @app_commands.describe(source="Its title, publisher, link or id")
    @requires(Permission.MODERATOR)
    async def edit(self, interaction: Interaction, source: SourceName) -> None:
        """Change the title, publisher, date, link or kind of a source."""
        channels = channel_and_parent(interaction.channel)
        story, name = await run_to_end(
            interaction, lambda session: source_of(session, source, None, session.settings().story_of(*channels))
        )
        sources = await run_to_end(interaction, lambda session: session.sources(story=story or None))
        if any(use.source.id == name for use in sources):
            await _start(interaction, EntryForm("source", story, name))
        else:  # a link that no source has
            await _start_new(interaction, "source", None, {"link": name})

    @app_commands.command(name="import")
    @app_commands.describe(file="CSL JSON, BibTeX or RIS, as Zotero exports them (up to 1 MB)", story=STORY)
    @requires(Permission.MODERATOR)
    @sends(respond_privately)
    async def import_(self, interaction: Interaction, file: discord.Attachment, story: StoryName | None = None) -> ui.LayoutView:
        """Take in a list of sources from Zotero or another reference manager, after you have seen it."""
        return await import_sources(interaction, file, story)


@in_servers
class ActorCommands(commands.GroupCog, group_name="actor", group_description="Add and change people, organisations and places"):
    """Keeps those whom the facts of a server speak of."""

    @app_commands.command()
    @app_commands.describe(story=STORY)
    @requires(Permission.MODERATOR)
    async def add(self, interaction: Interaction, story: StoryName | None = None) -> None:
        """Add a person, an organisation or a place."""
        await _start_new(interaction, "actor", story)

    @app_commands.command()
    @app_commands.describe(actor="A person, an organisation or a place")
    @requires(Permission.MODERATOR)
    async def edit(self, interaction: Interaction, actor: ActorName) -> None:
        """Change the name, the other names or the role of somebody."""
        channels = channel_and_parent(interaction.channel)
        found = await run_to_end(
            interaction, lambda session: actor_of(session, actor, None, session.settings().story_of(*channels))
        )
        await _start(interaction, EntryForm("actor", found.story.id, found.actor.id))


async def _start_new(
    interaction: Interaction, what: Literal["source", "actor"], named: str | None, fields: Mapping[str, str] | None = None
) -> None:
    story = await run_to_end(interaction, story_for, named, channel_and_parent(interaction.channel))
    await _start(interaction, EntryForm(what, story or "", fields=fields or {}))


async def _start(interaction: Interaction, entry: EntryForm) -> None:
    """Open the form of a source or an actor; where its story is not known, ask for that first."""
    if entry.id:
        entry = await run_to_end(interaction, fresh, entry)
    if entry.story:
        await _store_and_open(interaction, entry)
    else:
        await show(interaction, story_asked(interaction, "entry-story", await store_text(interaction, entry.encode())))


async def _store_and_open(interaction: Interaction, entry: EntryForm, key: str | None = None) -> None:
    await send_form(interaction, form_of(await store_text(interaction, entry.encode(), key), entry))


@route("entry-story", Permission.MODERATOR, least=1)
async def _story_chosen(interaction: Interaction, given: RouteInput) -> None:
    """Note the story of a new source or actor and open its form."""
    entry = replace(EntryForm.decode(await load_text(interaction, given.argument)), story=given.values[0])
    await _store_and_open(interaction, entry, given.argument)


@route("entry-open", Permission.MODERATOR)
async def _open(interaction: Interaction, given: RouteInput) -> None:
    """Open the form of a source or an actor again, as it was left."""
    await send_form(interaction, form_of(given.argument, EntryForm.decode(await load_text(interaction, given.argument))))


@route("entry-on-top", Permission.MODERATOR)
async def _on_top(interaction: Interaction, given: RouteInput) -> None:
    """Open the form again, on top of what somebody else changed meanwhile."""
    key = given.argument.partition(":")[2]
    mine = EntryForm.decode(await load_text(interaction, key))
    theirs = await run_to_end(interaction, fresh, mine)
    # What I left as it was is as they made it.
    kept = {name: typed for name, typed in mine.fields.items() if typed != mine.was.get(name)}
    entry = replace(mine, fields={**theirs.fields, **kept}, seen=theirs.seen, was=theirs.fields)
    await _store_and_open(interaction, entry, key)


@route("fact-new-actor", Permission.MODERATOR)
async def _new_actor(interaction: Interaction, given: RouteInput) -> None:
    """Open the form of a new actor, who becomes the speaker of the draft that waits."""
    waiting = await load_draft(interaction, given.argument)
    await _store_and_open(interaction, EntryForm("actor", waiting.draft.story, draft=given.argument))


@route("fact-describe", Permission.MODERATOR)
async def _describe(interaction: Interaction, given: RouteInput) -> None:
    """Open the form that says more about the new source of a draft."""
    waiting = await load_draft(interaction, given.argument)
    now = waiting.draft.new_source
    if now is None:
        look = await run_to_end(interaction, lambda session: session.editorial.preview(waiting.draft, trial=False))
        source = look.edit.sources[0] if look.edit.sources else Source("", "webpage", "")
        now = NewSource(title=source.title, publisher=source.publisher or "")
    fields = [
        TextField("title", words.TITLE, required=True).shown(now.title),
        TextField("publisher", words.PUBLISHER).shown(now.publisher),
        TextField("published", words.PUBLISHED).shown(now.published),
        ChoiceField("type", words.TYPE, required=True, options=type_options).shown(now.type),
        TextField("archive", words.ARCHIVE, max_length=2000).shown(now.archive),
    ]
    await send_form(interaction, Form("fact-described", waiting.key, say(words.DESCRIBE), fields))


@route("fact-described", Permission.MODERATOR)
async def _described(interaction: Interaction, given: RouteInput) -> None:
    """Note what was said about the new source of a draft and show the preview again."""
    values = {name: given.text(name) for name in ("title", "publisher", "published", "type", "archive")}
    now = await change_draft(interaction, given.argument, lambda draft: replace(draft, new_source=NewSource(**values)))
    await show(interaction, preview_view(interaction, now))


@route("entry-form", Permission.MODERATOR, send=make_change)
async def _sent(interaction: Interaction, given: RouteInput) -> ChangeResult:
    """Keep what was typed, then add or change the source or the actor."""
    key, entry = given.argument, EntryForm.decode(await load_text(interaction, given.argument))
    entry = replace(entry, fields={name: given.text(name) for name in FIELDS[entry.what]})
    await store_text(interaction, entry.encode(), key)
    note, once = note_of(interaction), idempotency_key("entry", key, entry.encode())
    try:
        item, applied = await run_to_end(interaction, _write, entry, note, once)
    except DraftError as error:
        return ChangeResult(trouble_panel(error, way_back("entry-open", key, "fact-close")))
    except ConflictError:
        return ChangeResult(conflict_view(key, entry, await run_to_end(interaction, fresh, entry)))

    async def shown() -> ui.LayoutView:
        stored = await run_to_end(interaction, fresh, replace(entry, id=item.id))
        await store_text(interaction, replace(stored, draft=entry.draft).encode(), key)
        if entry.draft and isinstance(item, Actor):
            name = item.id
            now = await change_draft(
                interaction, entry.draft, lambda draft: replace(draft, by=tuple(dict.fromkeys((*draft.by, name))))
            )
            return await preview_view(interaction, now)
        undo = [] if applied is None or applied.change is None else [RouteButton("take-back", applied.change, say(words.UNDO))]
        title = _entry_text(item, new=not entry.id) if undo else say(words.NO_CHANGE)
        return panel(title, [*undo, RouteButton("entry-open", key, say(words.EDIT))], colour=GREEN)

    return ChangeResult(shown, applied)


def _write(session: Session, entry: EntryForm, note: Note, key: str) -> tuple[Source | Actor, Applied | None]:
    before = session.changes.result_for_key(key)
    stored: Source | Actor
    if entry.what == "source":
        source = read_source(session, entry)
        stored = session.editorial.put_source(entry.story, source, note, seen=entry.seen, key=key)
    else:
        actor = read_actor(session, entry)
        stored = session.editorial.put_actor(entry.story, actor, note, seen=entry.seen, key=key)
    applied = session.changes.result_for_key(key)
    return stored, applied and replace(applied, repeated=before is not None)


def _entry_text(item: Source | Actor, *, new: bool) -> str:
    if isinstance(item, Source):
        done = say("### Source added" if new else "### Source changed")
        hint = say("-# In a form it is called {name}", name=inline(item.id, 100))
        published = item.published.words(language()) if item.published else ""
        about = ", ".join(inline(each, 100) for each in (item.publisher or "", published, source_type(item.type)) if each)
        return f"{done}\n**{link(item.title, item.url, 200)}**\n{about}\n{hint}"
    also = f"\n{say('-# Also called')} {inline(', '.join(item.aliases), 300)}" if item.aliases else ""
    role = f", {inline(item.role, 200)}" if item.role else ""
    return f"{say('### Added' if new else '### Changed')}\n**{inline(item.name, 200)}**{role}{also}"
