"""Lists of sources that moderators send: what importing one would add to a story, and adding it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import partial

import discord
from discord import ButtonStyle, ui

from bot.client.bot import Interaction
from bot.client.facts.words import CANCEL, UNDO
from bot.client.forms.records import load_text, store_text
from bot.client.interactions import RouteButton, RouteInput, read_for, read_until_cancelled, route, write_for
from bot.client.logbook.aftermath import ChangeResult, make_change
from bot.client.panels import BLUE, GREEN, attach, panel, show
from bot.client.permissions import Permission, signature_of
from bot.client.stories.imports import APPLY, MAX_TITLE, NOTHING_YET
from bot.client.stories.sent_files import ALL_FAULTS, MAX_NAME, MAX_UPLOAD_BYTES, fault_file, faults_panel, fetched, read_apart
from bot.client.story_scope import ask_story, of_story
from bot.client.text import first_lines, fitting, inline
from bot.client.words import more_sources
from bot.errors import Fault, StoryFileError
from bot.facts.logbook import IMPORT_OF
from bot.facts.models import Source, StoryInfo
from bot.formats.source_import import SortedSources, read_sources
from bot.languages import say, say_message, say_number
from bot.presentation.wording import published
from bot.service.session import Session

NO_NEW_SOURCES = "Nothing would change: all of these sources are already known."
KNOWN_SOURCES = "**Already known**"
TAKEN_WITHOUT = "**Taken in without what cannot be read**"
LEFT_OUT = "**Left out, because they cannot be read**"
SOURCES_TOO_LARGE = "The file is too large: {size}. A list of sources can have {most} here; split it."
UNDO_SOURCES = "-# Undo takes all of them back. Cite them in /fact add, or choose one there in the option “source”."
_MAX_SOURCES, _MAX_FAULTS = 10, 6
SAME_SOURCE = {
    "DOI": "- {title}: the same DOI as **{known}**",
    "address": "- {title}: the same address as **{known}**",
    "title and publisher": "- {title}: the same title and publisher as **{known}**",
}


async def import_sources(interaction: Interaction, file: discord.Attachment, named: str | None) -> ui.LayoutView:
    """Return what a list of sources would add; if it is unclear to which story, ask. Raises UsageError if it is too large."""
    content, name = await fetched(file, MAX_UPLOAD_BYTES, say(SOURCES_TOO_LARGE)), file.filename

    async def ask(stories: Sequence[StoryInfo]) -> ui.LayoutView:
        return await ask_story("sources-story", await store_text(interaction, _stored(content, name)), stories)

    return await of_story(interaction, named, partial(_sources_preview, interaction, content, name), ask)


@route("sources-story", Permission.MODERATOR, least=1, send=show)
async def _story_chosen(interaction: Interaction, given: RouteInput) -> ui.LayoutView:
    """Return what a list of sources would add to the story that was chosen."""
    upload = json.loads(await load_text(interaction, given.argument))
    return await _sources_preview(interaction, _content(upload), upload["name"], given.values[0])


def _stored(content: bytes, name: str, story: str | None = None) -> str:
    """Return a list of sources as it is stored until it is added, bytes that are no UTF-8 among them."""
    return json.dumps({"sources": content.decode(errors="surrogateescape"), "name": name[-MAX_NAME:], "story": story})


def _content(upload: Mapping[str, str]) -> bytes:
    return upload["sources"].encode(errors="surrogateescape")


async def _sources_preview(interaction: Interaction, content: bytes, name: str, story: str) -> ui.LayoutView:
    try:
        source_list = await read_apart(interaction, read_sources, content, name)
    except StoryFileError as error:
        return faults_panel(name, error.faults)
    compared = await read_until_cancelled(interaction, lambda session: session.files.compare_sources(story, source_list.sources))
    known = first_lines(
        compared.known,
        _MAX_SOURCES,
        lambda match: say(SAME_SOURCE[match.by], title=inline(match.source.title, 90), known=inline(match.same_as.title, 90)),
        more_sources,
    )
    unread = [
        *_named(say(LEFT_OUT), source_list.left_out, source_list.faults),
        *_named(say(TAKEN_WITHOUT), source_list.lessened, source_list.remarks),
    ]
    most = max(len(source_list.faults), len(source_list.remarks))
    files = [fault_file((*source_list.faults, *source_list.remarks))] if most > _MAX_FAULTS else []
    if not compared.new:
        return attach(panel("\n".join([say(NO_NEW_SOURCES), *known, *unread])), *files)
    key, number = await store_text(interaction, _stored(content, name, story)), len(compared.new)
    title = await read_for(interaction, _title, story)
    head = say_number(number, "### Add {number} source to {story}", "### Add {number} sources to {story}", story=title)
    blocks = (
        "\n".join([head, say(NOTHING_YET), *_new_sources(compared)]),
        "\n".join([say(KNOWN_SOURCES), *known]) if known else "",
        "\n".join(unread),
    )
    buttons = (
        RouteButton("sources-apply", key, say(APPLY), style=ButtonStyle.success),
        RouteButton("story-cancel", key, say(CANCEL)),
    )
    return attach(panel(blocks, buttons, colour=BLUE), *files)


@route("sources-apply", Permission.MODERATOR, send=make_change)
async def _apply_sources(interaction: Interaction, given: RouteInput) -> ChangeResult:
    """Add the sources that were previewed."""
    key, upload = given.argument, json.loads(await load_text(interaction, given.argument))
    source_list, story = await read_apart(interaction, read_sources, _content(upload), upload["name"]), upload["story"]
    signature, title = (
        signature_of(interaction, IMPORT_OF.format(name=upload["name"])),
        await read_for(interaction, _title, story),
    )
    compared, applied = await write_for(
        interaction, lambda session: session.files.import_sources(story, source_list.sources, signature, key=f"sources {key}")
    )
    if applied.change is None:
        return ChangeResult(panel(say(NO_NEW_SOURCES)))
    number = len(compared.new)
    added = say_number(number, "### Added {number} source to {story}", "### Added {number} sources to {story}", story=title)
    lines = [added, *_new_sources(compared), say(UNDO_SOURCES)]
    text = say(NO_NEW_SOURCES) if applied.repeated else "\n".join(lines)
    return ChangeResult(panel(text, [RouteButton("take-back", applied.change, say(UNDO))], colour=GREEN), applied)


def _named(head: str, number: int, faults: Sequence[Fault]) -> list[str]:
    """Return a heading with the number of entries, and the first faults of a file behind it; nothing where there are none."""
    lines = first_lines(
        faults, _MAX_FAULTS, lambda fault: f"- {fitting(say_message(fault.message), 150)}", lambda _: say(ALL_FAULTS)
    )
    return [f"{head} ({number})" if number else head, *lines] if lines else []


def _new_sources(compared: SortedSources) -> list[str]:
    def line(source: Source) -> str:
        about = ", ".join(inline(part, 60) for part in published(source))
        return f"- **{inline(source.title, 110)}**{f', {about}' if about else ''}"

    return first_lines(compared.new, _MAX_SOURCES, line, more_sources)


def _title(session: Session, story: str) -> str:
    """Return the title of a story as text that is safe to show; its id if it was emptied meanwhile."""
    return inline(next((info.title for info in session.stories() if info.id == story), story), MAX_TITLE)
