"""`/story`: story files in and out on Discord, the stories that there are, and whether their questions are answered right."""

from __future__ import annotations

import asyncio
import io
import json
import re
from collections.abc import Sequence

import aiohttp
import discord
from discord import ui

from bot.answers.evaluation import Outcome, cases_of, evaluate
from bot.client.answering.card import MOST_TEXT
from bot.client.bot import Interaction
from bot.client.facts.drafts import drop_draft, load_text, store_text
from bot.client.facts.words import CANCELLED, NO_STORY, UNDO
from bot.client.faults import say_fault
from bot.client.interactions import RouteButton, RouteInput, route, run_to_end
from bot.client.log.aftermath import ChangeResult, make_change
from bot.client.panels import show
from bot.client.permissions import Permission, note_of
from bot.client.sending import defer, server_of
from bot.client.stories import words
from bot.client.stories.views import checked_panel, faults_message, import_panel, sentence_panel
from bot.client.story_scope import channel_of, story_for
from bot.client.text import fitting, inline, split
from bot.client.words import IMPORT_OF
from bot.errors import StaleError, StoryFileError, UsageError
from bot.facts.models import Story
from bot.formats.export import FORMATS, Format
from bot.formats.exported import ExportedStory
from bot.presentation.languages import say
from bot.service.session import Session
from bot.stories.load import read_story

MOST_BYTES = 1_000_000  # of an upload: more takes too long to read while others wait for answers
MOST_SENT = 9_000_000  # of a file that the bot sends; Discord takes 10 MB
_FETCHING_SECONDS = 15.0
_NAME = 100


async def import_story(interaction: Interaction, file: discord.Attachment) -> None:
    """Show what importing a story file would change. Raises UsageError where it is too large."""
    if file.size > MOST_BYTES:  # before a byte of it is fetched
        raise UsageError(_too_large(file.size))
    await defer(interaction)
    view, files = await _imported(interaction, file)
    await interaction.edit_original_response(view=view, attachments=list(files))


async def export_story(interaction: Interaction, named: str | None, form: str) -> None:
    """Send a story in a format. Raises UsageError where it is too large, or it is not clear which."""
    await defer(interaction)
    view, files = await _exported(interaction, named, form)
    await interaction.edit_original_response(view=view, attachments=list(files))


@route("story-apply", Permission.MODERATOR)
async def _apply(interaction: Interaction, given: RouteInput) -> None:
    """Import what was previewed; where the facts were changed since, show what it would change now."""
    state, _, key = given.argument.partition(":")
    await make_change(interaction, _applied(interaction, int(state), key))


@route("story-cancel", Permission.MODERATOR)
async def _cancel(interaction: Interaction, given: RouteInput) -> None:
    """Forget an uploaded file."""
    await drop_draft(interaction, given.argument)
    await show(interaction, sentence_panel(say(CANCELLED)))


async def _imported(interaction: Interaction, file: discord.Attachment) -> tuple[ui.LayoutView, Sequence[discord.File]]:
    content = await fetched(file)
    try:
        story = await _read(interaction, content, file.filename)
    except StoryFileError as error:
        return faults_message(file.filename, error.faults)
    if not story.facts:
        raise UsageError(say(words.NO_FACTS).format(title=fitting(story.info.title, 150)))
    found = await run_to_end(interaction, lambda session: session.files.preview(story))
    if not found.changes:
        return sentence_panel(say(words.NOTHING_NEW)), []
    kept = json.dumps({"import": content.decode("utf-8-sig"), "name": file.filename[:_NAME]}, ensure_ascii=False)
    key = await store_text(interaction, kept)
    return import_panel(key, found), []


async def _applied(interaction: Interaction, state: int, key: str) -> ChangeResult:
    kept = json.loads(await load_text(interaction, key))
    story = await _read(interaction, kept["import"].encode(), kept["name"])
    note = note_of(interaction, IMPORT_OF.format(name=kept["name"]))
    manages = interaction.permissions.manage_guild
    try:
        applied = await run_to_end(
            interaction, lambda session: session.files.import_once(story, note, seen=state, key=key, manages=manages)
        )
    except StaleError:
        found = await run_to_end(interaction, lambda session: session.files.preview(story))
        return ChangeResult(import_panel(key, found, again=True) if found.changes else sentence_panel(say(words.NOTHING_NEW)))
    except (UsageError, StoryFileError) as error:  # any other can be tried again, with the button that stays
        return ChangeResult(sentence_panel(fitting(say_fault(str(error)), 1500)))
    undo = [RouteButton("take-back", applied.change, say(UNDO))] if applied.change is not None else []
    counts = ((applied.added, "added"), (applied.revised, "changed"), (applied.retracted, "retracted"))
    lines = [f"- {words.section(len(facts), what)}" for facts, what in counts if facts]
    title = words.imported(inline(story.info.title, 150))
    view = sentence_panel("\n".join([title, *lines, say(words.UNDO_HINT)]), good=True, buttons=undo)
    return ChangeResult(view, applied)


async def fetched(file: discord.Attachment) -> bytes:
    """Fetch an uploaded file. Raises UsageError where Discord does not give it, or it is too large."""
    try:
        async with asyncio.timeout(_FETCHING_SECONDS):
            content = await file.read()
    except (TimeoutError, discord.HTTPException, aiohttp.ClientError):
        raise UsageError(say(words.NOT_LOADED)) from None
    if len(content) > MOST_BYTES:
        raise UsageError(_too_large(len(content)))
    return content


async def _read(interaction: Interaction, content: bytes, name: str) -> Story:
    return await interaction.client.upload_reading.call(server_of(interaction), read_story, content, name)


async def _exported(interaction: Interaction, named: str | None, form: str) -> tuple[ui.LayoutView, Sequence[discord.File]]:
    story, wanted = await _story(interaction, named), FORMATS[form]
    whole, content = await run_to_end(interaction, _written, story, wanted)
    if len(content) > MOST_SENT:
        raise UsageError(say(words.TOO_LARGE_TO_SEND))
    name = f"{re.sub('[^A-Za-z0-9_-]', '-', story)[:_NAME]}.{wanted.ending}"
    view = sentence_panel(words.exported(inline(whole.story.info.title, 150), form, wanted.name, _left_out(whole, form)))
    view.add_item(ui.File(f"attachment://{name}"))
    return view, [discord.File(io.BytesIO(content), name)]


def _left_out(whole: ExportedStory, form: str) -> int:
    """Return how many facts a format has no place for."""
    return whole.undated if form in ("timelinejs", "ical") else 0


def _written(session: Session, story: str, form: Format) -> tuple[ExportedStory, bytes]:
    """Return a story and the file of it; written off the event loop, as a long story takes a while."""
    whole = session.files.to_export(story)
    return whole, form.write(whole)


async def story_list(interaction: Interaction) -> ui.LayoutView:
    """Return the stories of a server, with how many facts each has and which channels speak of it."""
    lines = await run_to_end(interaction, _story_lines)
    return sentence_panel(_within("\n".join(lines)) or say(NO_STORY))


def _story_lines(session: Session) -> list[str]:
    channels = session.settings().channels
    lines = []
    for info in session.stories():
        speaking = " ".join(f"<#{channel}>" for channel, story in channels.items() if story == info.id)
        lines.append(words.story_line(inline(info.title, 150), inline(info.id, 80), session.count_facts(info.id), speaking[:300]))
    return lines


def _within(text: str) -> str:
    parts = split(text, MOST_TEXT - 100)
    return "\n".join([parts[0], *([say(words.MORE_STORIES)] if len(parts) > 1 else [])])


async def story_check(interaction: Interaction, named: str | None) -> ui.LayoutView:
    """Ask a story its recorded questions, and return which are not answered as expected."""
    return checked_panel(*await run_to_end(interaction, _asked, await _story(interaction, named)))


def _asked(session: Session, story: str) -> tuple[str, Sequence[Outcome]]:
    title = next(info.title for info in session.stories() if info.id == story)
    session.encode()
    cases = cases_of(session.recorded_questions(story))
    return title, evaluate(lambda ask, rank=0: session.ask(ask, story=story, rank=rank), cases)


async def _story(interaction: Interaction, named: str | None) -> str:
    channel = channel_of(interaction)
    found = await run_to_end(interaction, story_for, named, (), channel)
    if found is None:
        raise UsageError(say(words.WHICH))
    return found


def _too_large(size: int) -> str:
    return say(words.TOO_LARGE).format(size=f"{size / 1_000_000:.1f} MB", most=f"{MOST_BYTES // 1_000_000} MB")
