"""Files that moderators send: fetching one, what is at fault in it, and what importing its story or sources would change.

Nothing is changed before the moderator has seen a preview.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Sequence
from functools import partial
from typing import Literal, TypeVar

import aiohttp
import discord
from discord import ButtonStyle, ui

from bot.client.bot import Interaction
from bot.client.completing import Look, in_two_steps
from bot.client.facts.views import differences, trial_lines
from bot.client.facts.words import CANCEL, CANCELLED, UNDO
from bot.client.forms.records import drop_text, load_text, store_text
from bot.client.interactions import (
    NUMBER,
    ChannelChoice,
    RouteButton,
    RouteInput,
    read_for,
    read_until_cancelled,
    route,
    write_for,
)
from bot.client.logbook.aftermath import ChangeResult, make_change
from bot.client.logbook.lines import fact_count, fact_counts, more
from bot.client.panels import AMBER, BLUE, GREEN, MAX_CHOICES, attach, panel, show
from bot.client.permissions import Permission, signature_of
from bot.client.sending import SentView, server_of
from bot.client.settings.cog import CHANNELS
from bot.client.story_scope import ask_story, of_story
from bot.client.text import first_lines, fitting, inline
from bot.client.words import IMPORT_OF, more_questions, more_sources
from bot.errors import Fault, StaleError, StoryFileError, UsageError
from bot.facts.models import Source, Story, StoryInfo
from bot.formats.source_import import SortedSources, read_sources
from bot.languages import in_figures, say, say_message, say_number
from bot.phrases import in_marks, labelled, separated
from bot.presentation.wording import published
from bot.service.facts import Names
from bot.service.session import Session
from bot.service.story_files import ImportPreview
from bot.stories.load import read_story

T = TypeVar("T")

MAX_UPLOAD_BYTES = 1_000_000  # of an upload: more takes too long to read while others wait for answers
_FETCHING_SECONDS = 15.0
_NAME, _TITLE = 100, 150  # characters

_FAULTS, _MAX_FAULTS = 3000, 10  # characters of all faults that a message names, and how many they are
_LINE, _DIFFERENCE = 90, 200  # characters of a fact or a question in a preview, and of what differs
_MAX_SHOWN = 4  # facts or questions of one sort that a preview names
_MAX_SOURCES = 10

APPLY = "Apply"
APPLY_ANYWAY = "Apply anyway"
NOTHING_YET = "-# Nothing is changed yet."
NOTHING_NEW = "Nothing would change: the file says what the facts already say."
NO_NEW_SOURCES = "Nothing would change: all of these sources are already known."
LOOK_AGAIN = "**The facts were changed since you looked.** This is what the file would change now:"
WORSE_HINT = "-# Worse means that it is answered correctly today, and would no longer be."
ALL_FAULTS = "-# All of them are in the attached file."
KNOWN_SOURCES = "**Already known**"
LEFT_OUT = "**Left out, because they cannot be read**"
TOO_LARGE = "The file is too large: {size}. A story file can have {most} here; a larger one is imported on the bot's machine."
SOURCES_TOO_LARGE = "The file is too large: {size}. A list of sources can have {most} here; split it."
NO_FACTS = (
    "The story “{title}” has no facts in this file, so there is nothing to answer from. Add an event, a quote or a claim to it. "
    "To take facts away, use /fact retract, or undo the import."
)
UNDO_SOURCES = "-# Undo takes all of them back. Cite them in /fact add, or choose one there in the option “source”."
SAME_SOURCE = {
    "DOI": "- {title}: the same DOI as **{known}**",
    "address": "- {title}: the same address as **{known}**",
    "title and publisher": "- {title}: the same title and publisher as **{known}**",
}


async def fetched(file: discord.Attachment, most: int, too_large: str, unit: Literal["kB", "MB"] = "MB") -> bytes:
    """Fetch a file that came with a command.

    Raises UsageError if Discord does not deliver it, or it has more than ``most`` bytes, which ``too_large`` says in a unit.
    """

    def check(size: int) -> None:
        if size > most:
            digits, unit_bytes = (0, 1000) if unit == "kB" else (1, 1_000_000)
            actual, allowed = in_figures(size / unit_bytes, digits), in_figures(most / unit_bytes)
            raise UsageError(too_large.format(size=f"{actual} {unit}", most=f"{allowed} {unit}"))

    check(file.size)  # before a byte of it is fetched
    try:
        async with asyncio.timeout(_FETCHING_SECONDS):
            content = await file.read()
    except (TimeoutError, discord.HTTPException, aiohttp.ClientError):
        raise UsageError(say("The file could not be fetched from Discord. Send it again.")) from None
    check(len(content))
    return content


async def _read(interaction: Interaction, read: Callable[[bytes, str], T], content: bytes, name: str) -> T:
    """Read a file in a process of its own. Raises what ``read`` raises."""
    return await interaction.client.upload_reading.call(server_of(interaction), read, content, name)


def _faults_panel(name: str, faults: Sequence[Fault]) -> SentView:
    """Return the faults of a file; if they are too many for a message, with a file that has all of them."""
    shown = [say_number(len(faults), "### {name} has {number} fault", "### {name} has {number} faults", name=inline(name, 80))]
    room = _FAULTS
    for fault in faults[:_MAX_FAULTS]:
        line = f"- {fitting(say_message(fault.message), 500)}"
        room -= len(line) + 1
        if room < 0:
            break
        shown.append(line)
    complete = len(shown) == len(faults) + 1
    foot = [] if complete else [say(ALL_FAULTS)]
    view = panel("\n".join([*shown, *foot, say("-# Nothing was stored. Fix the file and send it again.")]), colour=AMBER)
    return view if complete else attach(view, _fault_file(faults))


def _fault_file(faults: Sequence[Fault]) -> tuple[str, bytes]:
    """Return the name and content of a file with faults that do not fit into a message."""
    return "faults.txt", "\n".join(say_message(fault.message) for fault in faults).encode("utf-8", "replace")


async def import_story(interaction: Interaction, file: discord.Attachment) -> ui.LayoutView:
    """Return what importing a story file would change. Raises UsageError if it is too large."""
    content, name = await fetched(file, MAX_UPLOAD_BYTES, say(TOO_LARGE)), file.filename
    try:
        story = await _read(interaction, read_story, content, name)
    except StoryFileError as error:
        return _faults_panel(name, error.faults)
    if not story.facts:
        raise UsageError(say(NO_FACTS, title=fitting(story.info.title, _TITLE)))
    upload = json.dumps({"import": content.decode("utf-8-sig"), "name": name[:_NAME]}, ensure_ascii=False)
    return await _import_preview(interaction, await store_text(interaction, upload), story)


async def _import_preview(interaction: Interaction, key: str, story: Story, *, again: bool = False) -> ui.LayoutView:
    """Return what importing a story, which is stored under a key, would change."""

    def look(session: Session) -> Look:
        preview = session.files.preview(story)
        view = import_panel(key, preview, again=again) if preview.changes else panel(say(NOTHING_NEW))
        return Look(view, preview.trial)

    return await in_two_steps(interaction, look)


@route("story-apply", Permission.MODERATOR, rf"-?{NUMBER}:.*", send=make_change)
async def _apply_story(interaction: Interaction, given: RouteInput) -> ChangeResult:
    """Import what was previewed; if the facts were changed since, show what it would change now."""
    state, _, key = given.argument.partition(":")
    upload = json.loads(await load_text(interaction, key))
    story = await _read(interaction, read_story, upload["import"].encode(), upload["name"])
    signature = signature_of(interaction, IMPORT_OF.format(name=upload["name"]))
    try:
        applied = await write_for(
            interaction, lambda session: session.files.import_once(story, signature, seen=int(state), key=key)
        )
    except StaleError:
        return ChangeResult(await _import_preview(interaction, key, story, again=True))
    except UsageError as error:  # after any other error the button stays, so that it can be tried again
        return ChangeResult(panel(fitting(say_message(error.message), 1500)))
    undo = [RouteButton("take-back", applied.change, say(UNDO))] if applied.change is not None else []
    channels = await read_for(interaction, _channel_choice, story.info.id)
    lines = [f"- **{count}**" for count in fact_counts(applied)]
    title = say("### Imported: {title}", title=inline(story.info.title, _TITLE))
    return ChangeResult(
        panel("\n".join([title, *lines, say("-# Undo takes all of it back.")]), channels, undo, colour=GREEN), applied
    )


def _channel_choice(session: Session, story: str) -> list[ChannelChoice]:
    """Return the list that says which channels speak of a story, where there are others and it has none yet."""
    ids = [info.id for info in session.stories()]
    if len(ids) < 2 or story not in ids or story in session.settings().channels.values():
        return []
    argument, placeholder = ids.index(story), say("Channels that speak of it alone")
    options = {"placeholder": placeholder, "max_values": MAX_CHOICES, "channel_types": CHANNELS}
    return [ChannelChoice("settings-story-channels", argument, **options)]


def import_panel(key: str, preview: ImportPreview, *, again: bool = False) -> ui.LayoutView:
    """Return what importing a story would change, with the way to do it."""
    changes, worse = preview.changes, preview.trial.worse
    title = inline(preview.story.info.title, _TITLE)
    head = say("### New story: {title}" if changes.new else "### Change the story: {title}", title=title)
    also = []
    if changes.actors:
        also.append(say_number(len(changes.actors), "- {number} actor changed or added", "- {number} actors changed or added"))
    if changes.sources:
        also.append(say_number(len(changes.sources), "- {number} source changed or added", "- {number} sources changed or added"))
    if changes.other:
        also.append(say("- its title, summary, language, order or recorded questions"))
    lost = first_lines(
        preview.trial.lost, _MAX_SHOWN, lambda question: f"- {in_marks(inline(question.ask, _LINE))}", more_questions
    )
    if lost:
        title_of_lost = say_number(
            len(preview.trial.lost),
            "**⚠️ The file lacks a recorded question**, which would be lost",
            "**⚠️ The file lacks {number} recorded questions**, which would be lost",
        )
        lost.insert(0, title_of_lost)
    blocks = (
        f"{head}\n{say(LOOK_AGAIN if again else NOTHING_YET)}",
        *_changed_facts(preview),
        "\n".join([say("**Also**"), *also]) if also else "",
        "\n".join(lost),
        trial_lines(preview.trial, _LINE) + (f"\n{say(WORSE_HINT)}" if preview.trial.effects else ""),
    )
    text = say(APPLY_ANYWAY if worse else APPLY)
    style = ButtonStyle.danger if worse else ButtonStyle.success
    buttons = (
        RouteButton("story-apply", f"{preview.state}:{key}", text, style=style),
        RouteButton("story-cancel", key, say(CANCEL)),
    )
    return panel(blocks, buttons, colour=AMBER if worse or again else BLUE)


def _changed_facts(preview: ImportPreview) -> list[str]:
    """Name the facts that a file adds, changes and retracts, each with a line about it; "" for each kind of which it has none."""
    facts = {fact.id: fact for fact in preview.story.facts}
    before = {fact.id: fact for fact in preview.before.facts} if preview.before else {}
    names = Names(
        {actor.id: actor.name for actor in preview.story.actors},
        {fact.id: fact.text for fact in preview.story.facts if fact.kind == "event"},
    )

    def revised(name: str) -> str:
        lines = differences(before[name], facts[name], names, room=_DIFFERENCE) if name in before else []
        return separated(lines) or inline(facts[name].text, _LINE)

    def listed(ids: Sequence[str], did: str, line: Callable[[str], str]) -> str:
        lines = first_lines(ids, _MAX_SHOWN, lambda name: f"- {labelled(f'**{inline(name, 60)}**', line(name))}", more)
        return "\n".join([f"**{fact_count(len(ids), did)}**", *lines]) if ids else ""

    return [
        listed(preview.changes.added, "added", lambda name: inline(facts[name].text, _LINE)),
        listed(preview.changes.revised, "changed", revised),
        listed(preview.changes.retracted, "retracted", lambda name: inline(before[name].text, _LINE) if name in before else ""),
    ]


async def import_sources(interaction: Interaction, file: discord.Attachment, named: str | None) -> ui.LayoutView:
    """Return what a list of sources would add; if it is unclear to which story, ask. Raises UsageError if it is too large."""
    content, name = await fetched(file, MAX_UPLOAD_BYTES, say(SOURCES_TOO_LARGE)), file.filename

    async def ask(stories: Sequence[StoryInfo]) -> ui.LayoutView:
        # Bytes that are no text are kept, so that reading the list later reports them as it would now.
        upload = {"sources": content.decode(errors="surrogateescape"), "name": name[-_NAME:]}
        return await ask_story("sources-story", await store_text(interaction, json.dumps(upload)), stories)

    return await of_story(interaction, named, partial(_sources_preview, interaction, content, name), ask)


@route("sources-story", Permission.MODERATOR, least=1, send=show)
async def _story_chosen(interaction: Interaction, given: RouteInput) -> ui.LayoutView:
    """Return what a list of sources would add to the story that was chosen."""
    upload = json.loads(await load_text(interaction, given.argument))
    return await _sources_preview(
        interaction, upload["sources"].encode(errors="surrogateescape"), upload["name"], given.values[0]
    )


async def _sources_preview(interaction: Interaction, content: bytes, name: str, story: str) -> ui.LayoutView:
    try:
        source_list = await _read(interaction, read_sources, content, name)
    except StoryFileError as error:
        return _faults_panel(name, error.faults)
    compared = await read_until_cancelled(interaction, lambda session: session.files.compare_sources(story, source_list.sources))
    known = first_lines(
        compared.known,
        _MAX_SOURCES,
        lambda match: say(SAME_SOURCE[match.by], title=inline(match.source.title, 90), known=inline(match.same_as.title, 90)),
        more_sources,
    )
    faults = first_lines(
        source_list.faults, _MAX_SOURCES, lambda fault: f"- {fitting(say_message(fault.message), 150)}", lambda _: say(ALL_FAULTS)
    )
    left_out = [say(LEFT_OUT), *faults] if faults else []
    files = [_fault_file(source_list.faults)] if len(source_list.faults) > _MAX_SOURCES else []
    if not compared.new:
        return attach(panel("\n".join([say(NO_NEW_SOURCES), *known, *left_out])), *files)
    upload = json.dumps({"sources": content.decode("utf-8-sig"), "name": name[-_NAME:], "story": story})
    key, number = await store_text(interaction, upload), len(compared.new)
    title = await read_for(interaction, _title, story)
    head = say_number(number, "### Add {number} source to {story}", "### Add {number} sources to {story}", story=title)
    blocks = (
        "\n".join([head, say(NOTHING_YET), *_new_sources(compared)]),
        "\n".join([say(KNOWN_SOURCES), *known]) if known else "",
        "\n".join(left_out),
    )
    buttons = (
        RouteButton("sources-apply", key, say(APPLY), style=ButtonStyle.success),
        RouteButton("story-cancel", key, say(CANCEL)),
    )
    return attach(panel(blocks, buttons, colour=BLUE), *files)


@route("story-cancel", Permission.MODERATOR, send=show)
async def _cancel(interaction: Interaction, given: RouteInput) -> ui.LayoutView:
    """Delete an uploaded file."""
    await drop_text(interaction, given.argument)
    return panel(say(CANCELLED))


@route("sources-apply", Permission.MODERATOR, send=make_change)
async def _apply_sources(interaction: Interaction, given: RouteInput) -> ChangeResult:
    """Add the sources that were previewed."""
    key, upload = given.argument, json.loads(await load_text(interaction, given.argument))
    source_list, story = await _read(interaction, read_sources, upload["sources"].encode(), upload["name"]), upload["story"]
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


def _new_sources(compared: SortedSources) -> list[str]:
    def line(source: Source) -> str:
        about = ", ".join(inline(part, 60) for part in published(source))
        return f"- **{inline(source.title, 110)}**{f', {about}' if about else ''}"

    return first_lines(compared.new, _MAX_SOURCES, line, more_sources)


def _title(session: Session, story: str) -> str:
    """Return the title of a story as text that is safe to show; its id if it was emptied meanwhile."""
    return inline(next((info.title for info in session.stories() if info.id == story), story), _TITLE)
