"""`/story`: story files in and out on Discord, the stories that there are, and whether their questions are answered right."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Mapping, Sequence
from typing import Literal

import aiohttp
import discord
from discord import ui

from bot.answers.evaluation import Outcome, cases_of, evaluate
from bot.client.answering.card import MOST_TEXT
from bot.client.bot import Interaction
from bot.client.facts.forms import load_text, store_text
from bot.client.facts.words import UNDO
from bot.client.interactions import NUMBER, RouteButton, RouteInput, route, run_to_end
from bot.client.log.aftermath import ChangeResult, make_change
from bot.client.log.words import fact_counts
from bot.client.panels import GREEN, attach, panel
from bot.client.permissions import Permission, note_of
from bot.client.sending import server_of
from bot.client.stories import words
from bot.client.stories.views import checked_panel, faults_panel, import_panel
from bot.client.story_scope import named_story
from bot.client.text import fitting, inline, split
from bot.client.words import IMPORT_OF, NO_STORY
from bot.errors import StaleError, StoryFileError, UsageError
from bot.facts.models import FactRecord, Story
from bot.formats.export import FORMATS, Format
from bot.formats.exported import ExportedStory
from bot.presentation.languages import in_figures, say, say_message
from bot.service.session import Session
from bot.stories.load import read_story

MOST_BYTES = 1_000_000  # of an upload: more takes too long to read while others wait for answers
MOST_SENT = 9_000_000  # of a file that the bot sends; Discord takes 10 MB
_FETCHING_SECONDS = 15.0
_NAME = 100


async def import_story(interaction: Interaction, file: discord.Attachment) -> ui.LayoutView:
    """Return what importing a story file would change. Raises UsageError where it is too large."""
    content, name = await fetched(file, MOST_BYTES, say(words.TOO_LARGE)), file.filename
    try:
        story = await _read(interaction, content, name)
    except StoryFileError as error:
        return faults_panel(name, error.faults)
    if not story.facts:
        raise UsageError(say(words.NO_FACTS, title=fitting(story.info.title, 150)))
    found = await run_to_end(interaction, lambda session: session.files.preview(story))
    if not found.changes:
        return panel(say(words.NOTHING_NEW))
    upload = json.dumps({"import": content.decode("utf-8-sig"), "name": name[:_NAME]}, ensure_ascii=False)
    return import_panel(await store_text(interaction, upload), found)


@route("story-apply", Permission.MODERATOR, rf"-?{NUMBER}:.*", send=make_change)
async def _apply(interaction: Interaction, given: RouteInput) -> ChangeResult:
    """Import what was previewed; where the facts were changed since, show what it would change now."""
    state, _, key = given.argument.partition(":")
    upload = json.loads(await load_text(interaction, key))
    story = await _read(interaction, upload["import"].encode(), upload["name"])
    note = note_of(interaction, IMPORT_OF.format(name=upload["name"]))
    try:
        applied = await run_to_end(interaction, lambda session: session.files.import_once(story, note, seen=int(state), key=key))
    except StaleError:
        found = await run_to_end(interaction, lambda session: session.files.preview(story))
        return ChangeResult(import_panel(key, found, again=True) if found.changes else panel(say(words.NOTHING_NEW)))
    except UsageError as error:  # any other can be tried again, with the button that stays
        return ChangeResult(panel(fitting(say_message(error.message), 1500)))
    undo = [RouteButton("take-back", applied.change, say(UNDO))] if applied.change is not None else []
    lines = [f"- **{each}**" for each in fact_counts(applied)]
    title = say(words.IMPORTED, title=inline(story.info.title, 150))
    return ChangeResult(panel("\n".join([title, *lines, say(words.UNDO_HINT)]), undo, colour=GREEN), applied)


async def fetched(file: discord.Attachment, most: int, too_large: str, unit: Literal["kB", "MB"] = "MB") -> bytes:
    """Fetch a file that came with a command.

    Raises UsageError where Discord does not give it, or it has more than ``most`` bytes, which ``too_large`` says in a unit.
    """
    if file.size > most:  # before a byte of it is fetched
        raise UsageError(_too_large(too_large, file.size, most, unit))
    try:
        async with asyncio.timeout(_FETCHING_SECONDS):
            content = await file.read()
    except (TimeoutError, discord.HTTPException, aiohttp.ClientError):
        raise UsageError(say(words.NOT_LOADED)) from None
    if len(content) > most:
        raise UsageError(_too_large(too_large, len(content), most, unit))
    return content


def _too_large(sentence: str, size: int, most: int, unit: Literal["kB", "MB"]) -> str:
    digits, each = (0, 1000) if unit == "kB" else (1, 1_000_000)
    return sentence.format(size=f"{in_figures(size / each, digits)} {unit}", most=f"{in_figures(most / each)} {unit}")


async def _read(interaction: Interaction, content: bytes, name: str) -> Story:
    return await interaction.client.upload_reading.call(server_of(interaction), read_story, content, name)


async def export_story(interaction: Interaction, named: str | None, form: str) -> ui.LayoutView:
    """Return a story in a format. Raises UsageError where it is too large, or it is not clear which."""
    story, wanted = await named_story(interaction, named), FORMATS[form]
    whole, content = await run_to_end(interaction, _written, story, wanted)
    if len(content) > MOST_SENT:
        raise UsageError(say(words.TOO_LARGE_TO_SEND))
    name = f"{re.sub('[^A-Za-z0-9_-]', '-', story)[:_NAME]}.{wanted.ending}"
    left_out = whole.undated if form in ("timelinejs", "ical") else 0  # which have no place for a fact without a date
    text = words.exported(inline(whole.story.info.title, 150), form, wanted.name, left_out)
    return attach(panel(text), (name, content))


def _written(session: Session, story: str, form: Format) -> tuple[ExportedStory, bytes]:
    """Return a story and the file of it; written off the event loop, as a long story takes a while."""
    whole = session.files.to_export(story)
    return whole, form.write(whole)


async def story_list(interaction: Interaction) -> ui.LayoutView:
    """Return the stories of a server, with how many facts each has and which channels speak of it."""
    lines = await run_to_end(interaction, _story_lines)
    if not lines:
        return panel(say(NO_STORY))
    shown, *rest = split("\n".join(lines), MOST_TEXT - 100)
    return panel("\n".join([shown, *([say(words.MORE_STORIES)] if rest else [])]))


def _story_lines(session: Session) -> list[str]:
    channels = session.settings().channels
    lines = []
    for info in session.stories():
        speaking = " ".join(f"<#{channel}>" for channel, story in channels.items() if story == info.id)
        lines.append(words.story_line(inline(info.title, 150), inline(info.id, 80), session.count_facts(info.id), speaking[:300]))
    return lines


async def story_check(interaction: Interaction, named: str | None) -> ui.LayoutView:
    """Ask a story its recorded questions, and return which are not answered as expected."""
    return checked_panel(*await run_to_end(interaction, _asked, await named_story(interaction, named)))


def _asked(session: Session, story: str) -> tuple[str, Sequence[Outcome], Mapping[str, FactRecord]]:
    title = next(info.title for info in session.stories() if info.id == story)
    session.encode()
    cases = cases_of(session.recorded_questions(story))
    outcomes = evaluate(lambda ask, rank=0: session.ask(ask, story=story, rank=rank), cases)
    return title, outcomes, {record.fact.id: record for record in session.facts.all(story)}
