"""`/source import`: lists of sources from Zotero and other reference managers, shown before anything is stored."""

from __future__ import annotations

import json
from collections.abc import Sequence

import discord
from discord import ButtonStyle, ui

from bot.client.bot import Interaction
from bot.client.facts.forms import load_text, store_text
from bot.client.facts.words import CANCEL, UNDO
from bot.client.interactions import RouteButton, RouteInput, route, run_to_end
from bot.client.log.aftermath import ChangeResult, make_change
from bot.client.panels import BLUE, GREEN, attach, panel
from bot.client.permissions import Permission, note_of
from bot.client.sending import SentView, server_of
from bot.client.stories import words
from bot.client.stories.files import MOST_BYTES, fetched
from bot.client.stories.views import fault_file, faults_panel
from bot.client.story_scope import named_story
from bot.client.text import first_lines, fitting, inline
from bot.client.words import IMPORT_OF, more_sources
from bot.errors import Fault, StoryFileError
from bot.facts.models import Source
from bot.formats.source_import import FoundSources, KnownSource, SortedSources, read_sources
from bot.presentation.languages import say, say_message, say_number
from bot.presentation.wording import published
from bot.service.session import Session

_NAME = 100
_SHOWN = 10  # sources that a preview names
_LINE = 150


async def import_file(interaction: Interaction, file: discord.Attachment, named: str | None) -> ui.LayoutView:
    """Return what a list of sources would add. Raises UsageError where the file or the story cannot be told."""
    content, name = await fetched(file, MOST_BYTES, say(words.SOURCES_TOO_LARGE)), file.filename
    story = await named_story(interaction, named)
    try:
        found = await _read(interaction, content, name)
    except StoryFileError as error:
        return faults_panel(name, error.faults)
    sorted_ = await run_to_end(interaction, lambda session: session.files.compare_sources(story, found.sources))
    title = await run_to_end(interaction, _title, story)
    files = [fault_file(found.faults)] if len(found.faults) > _SHOWN else []
    if not sorted_.new:
        lines = [say(words.NO_NEW_SOURCES), *_known(sorted_), *_left_out(found.faults)]
        return attach(panel("\n".join(lines)), *files)
    upload = json.dumps({"sources": content.decode("utf-8-sig"), "name": name[-_NAME:], "story": story})
    return attach(_panel(await store_text(interaction, upload), title, sorted_, found.faults), *files)


@route("sources-apply", Permission.MODERATOR, send=make_change)
async def _apply(interaction: Interaction, given: RouteInput) -> ChangeResult:
    """Add the sources that were previewed."""
    key, upload = given.argument, json.loads(await load_text(interaction, given.argument))
    found, story = await _read(interaction, upload["sources"].encode(), upload["name"]), upload["story"]
    note = note_of(interaction, IMPORT_OF.format(name=upload["name"]))
    sorted_, applied = await run_to_end(
        interaction, lambda session: session.files.import_sources(story, found.sources, note, key=f"sources {key}")
    )
    if applied.change is None:
        return ChangeResult(panel(say(words.NO_NEW_SOURCES)))
    title, number = inline(await run_to_end(interaction, _title, story), _LINE), len(sorted_.new)
    added = say_number(number, "### Added {number} source to {story}", "### Added {number} sources to {story}", story=title)
    lines = [added, *_new(sorted_), say(words.SOURCES_UNDO_HINT)]
    text = say(words.NO_NEW_SOURCES) if applied.repeated else "\n".join(lines)
    return ChangeResult(panel(text, [RouteButton("take-back", applied.change, say(UNDO))], colour=GREEN), applied)


async def _read(interaction: Interaction, content: bytes, name: str) -> FoundSources:
    return await interaction.client.upload_reading.call(server_of(interaction), read_sources, content, name)


def _panel(key: str, title: str, found: SortedSources, faults: Sequence[Fault]) -> SentView:
    story = inline(title, _LINE)
    head = say_number(len(found.new), "### Add {number} source to {story}", "### Add {number} sources to {story}", story=story)
    blocks = (
        "\n".join([head, say(words.NOTHING_YET), *_new(found)]),
        "\n".join([say(words.KNOWN_SOURCES), *_known(found)]) if found.known else "",
        "\n".join(_left_out(faults)),
    )
    buttons = (
        RouteButton("sources-apply", key, say(words.APPLY), style=ButtonStyle.success),
        RouteButton("story-cancel", key, say(CANCEL)),
    )
    return panel(blocks, buttons, colour=BLUE)


def _new(found: SortedSources) -> list[str]:
    def line(source: Source) -> str:
        about = ", ".join(inline(each, 60) for each in published(source))
        return f"- **{inline(source.title, 110)}**{f', {about}' if about else ''}"

    return first_lines(found.new, _SHOWN, line, more_sources)


def _known(found: SortedSources) -> list[str]:
    def line(known: KnownSource) -> str:
        return say(words.SAME[known.by], title=inline(known.source.title, 90), known=inline(known.same_as.title, 90))

    return first_lines(found.known, _SHOWN, line, more_sources)


def _left_out(faults: Sequence[Fault]) -> list[str]:
    if not faults:
        return []
    lines = first_lines(
        faults, _SHOWN, lambda fault: f"- {fitting(say_message(fault.message), _LINE)}", lambda _: say(words.ALL_FAULTS)
    )
    return [say(words.LEFT_OUT), *lines]


def _title(session: Session, story: str) -> str:
    return next((info.title for info in session.stories() if info.id == story), story)
