"""Files that moderators send: fetching one, what is at fault in it, and what importing its story would change.

Nothing is changed before the moderator has seen a preview.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Sequence
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
    route,
    write_for,
)
from bot.client.logbook.aftermath import ChangeResult, make_change
from bot.client.logbook.lines import fact_count, fact_counts, more
from bot.client.panels import AMBER, BLUE, GREEN, MAX_CHOICES, attach, panel, show
from bot.client.permissions import Permission, signature_of
from bot.client.sending import SentView, server_of
from bot.client.settings.pages import CHANNELS
from bot.client.text import first_lines, fitting, inline
from bot.client.words import more_questions
from bot.errors import Fault, StaleError, StoryFileError, UsageError
from bot.facts.logbook import IMPORT_OF
from bot.facts.models import Story
from bot.facts.revisions import Applied
from bot.facts.state.taken_packs import PackSignature
from bot.languages import in_figures, say, say_message, say_number
from bot.phrases import in_marks, labelled, separated
from bot.service.facts import Names
from bot.service.session import Session
from bot.service.story_files import ImportPreview
from bot.stories.load import read_story
from bot.stories.packs import is_pack, read_pack

T = TypeVar("T")

MAX_UPLOAD_BYTES = 1_000_000  # of an upload: more takes too long to read while others wait for answers
_FETCHING_SECONDS = 15.0
MAX_NAME, MAX_TITLE = 100, 150  # characters

_FAULTS, _MAX_FAULTS = 3000, 10  # characters of all faults that a message names, and how many they are
_LINE, _DIFFERENCE = 90, 200  # characters of a fact or a question in a preview, and of what differs
_MAX_SHOWN = 4  # facts or questions of one sort that a preview names

APPLY = "Apply"
APPLY_ANYWAY = "Apply anyway"
NOTHING_YET = "-# Nothing is changed yet."
NOTHING_NEW = "Nothing would change: the file says what the facts already say."
LOOK_AGAIN = "**The facts were changed since you looked.** This is what the file would change now:"
WORSE_HINT = "-# Worse means that it is answered correctly today, and would no longer be."
WHICH_CHANNEL = "**Which channel speaks of it?** That channel then answers from this story alone."
SIGNED_FIRST = "-# Signed with the key `{key}`. Compare it with the one that the editor of the story has published."
SIGNED_AS_BEFORE = "-# Signed with the key `{key}`, as before."
SIGNED_BY_ANOTHER = (
    "**⚠️ Signed with another key than before**, `{key}` in place of `{known}`. "
    "Apply it only if the editor of the story has told you of the new key."
)
SIGNED_EARLIER = (
    "**⚠️ Signed before the pack that was imported last**, with the same key `{key}`. "
    "It would take back what was corrected since. Get the newest from the editor of the story."
)
ALL_FAULTS = "-# All of them are in the attached file."
TOO_LARGE = "The file is too large: {size}. A story file can have {most} here; a larger one is imported on the bot's machine."
NO_FACTS = (
    "The story “{title}” has no facts in this file, so there is nothing to answer from. Add an event, a quote or a claim to it. "
    "To take facts away, use /fact retract, or undo the import."
)


async def fetched(file: discord.Attachment, most: int, too_large: str, unit: Literal["kB", "MB"] = "MB") -> bytes:
    """Fetch a file that came with a command.

    Raises UsageError if Discord does not deliver it, or it has more than ``most`` bytes, which ``too_large`` says in a unit.
    """

    _check_size(file.size, most, too_large, unit)  # before a byte of it is fetched
    try:
        async with asyncio.timeout(_FETCHING_SECONDS):
            content = await file.read()
    except (TimeoutError, discord.HTTPException, aiohttp.ClientError):
        raise UsageError(say("The file could not be fetched from Discord. Send it again.")) from None
    _check_size(len(content), most, too_large, unit)
    return content


def _check_size(size: int, most: int, too_large: str, unit: Literal["kB", "MB"] = "MB") -> None:
    """Raise UsageError where there are more than ``most`` bytes, which ``too_large`` says in a unit."""
    if size > most:
        digits, unit_bytes = (0, 1000) if unit == "kB" else (1, 1_000_000)
        actual, allowed = in_figures(size / unit_bytes, digits), in_figures(most / unit_bytes)
        raise UsageError(too_large.format(size=f"{actual} {unit}", most=f"{allowed} {unit}"))


async def read_apart(interaction: Interaction, read: Callable[[bytes, str], T], content: bytes, name: str) -> T:
    """Read a file in a process of its own. Raises what ``read`` raises."""
    return await interaction.client.upload_reading.call(server_of(interaction), read, content, name)


def faults_panel(name: str, faults: Sequence[Fault]) -> SentView:
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
    return view if complete else attach(view, fault_file(faults))


def fault_file(faults: Sequence[Fault]) -> tuple[str, bytes]:
    """Return the name and content of a file with faults that do not fit into a message."""
    return "faults.txt", "\n".join(say_message(fault.message) for fault in faults).encode("utf-8", "replace")


async def import_story(interaction: Interaction, file: discord.Attachment) -> ui.LayoutView:
    """Return what importing a story file or a pack would change.

    Raises UsageError if it is too large, or a pack that is not as it was signed.
    """
    content, name = await fetched(file, MAX_UPLOAD_BYTES, say(TOO_LARGE)), file.filename
    pack = None
    try:
        if is_pack(content):
            pack = await read_apart(interaction, read_pack, content, name)
            story, content = pack.story, pack.text.encode()
            _check_size(len(content), MAX_UPLOAD_BYTES, say(TOO_LARGE))  # it has more than its pack
        else:
            story = await read_apart(interaction, read_story, content, name)
    except StoryFileError as error:
        return faults_panel(name, error.faults)
    if not story.facts:
        raise UsageError(say(NO_FACTS, title=fitting(story.info.title, MAX_TITLE)))
    upload = {"import": content.decode("utf-8-sig"), "name": name[:MAX_NAME], "pack": pack.signature if pack else None}
    key = await store_text(interaction, json.dumps(upload, ensure_ascii=False))
    return await _import_preview(interaction, key, story, pack.signature if pack else None)


async def _import_preview(
    interaction: Interaction, key: str, story: Story, signature: PackSignature | None, *, again: bool = False
) -> ui.LayoutView:
    """Return what importing a story, which is stored under a key, would change; ``signature`` is that of its pack."""

    def look(session: Session) -> Look:
        preview = session.files.preview(story)
        view = import_panel(key, preview, signature, again=again) if preview.changes else panel(say(NOTHING_NEW))
        return Look(view, preview.trial)

    return await in_two_steps(interaction, look)


@route("story-apply", Permission.MODERATOR, rf"-?{NUMBER}:.*", send=make_change)
async def _apply_story(interaction: Interaction, given: RouteInput) -> ChangeResult:
    """Import what was previewed; if the facts were changed since, show what it would change now."""
    state, _, key = given.argument.partition(":")
    upload = json.loads(await load_text(interaction, key))
    story = await read_apart(interaction, read_story, upload["import"].encode(), upload["name"])
    pack = PackSignature(*upload["pack"]) if upload["pack"] else None
    name = f"{upload['name']} ({pack.key})" if pack else upload["name"]
    signature = signature_of(interaction, IMPORT_OF.format(name=name))

    def work(session: Session) -> Applied:
        return session.files.import_once(story, signature, seen=int(state), key=key, pack=pack)

    try:
        applied = await write_for(interaction, work)
    except StaleError:
        return ChangeResult(await _import_preview(interaction, key, story, pack, again=True))
    except UsageError as error:  # after any other error the button stays, so that it can be tried again
        return ChangeResult(panel(fitting(say_message(error.message), 1500)))
    undo = [RouteButton("take-back", applied.change, say(UNDO))] if applied.change is not None else []
    channels = await read_for(interaction, _channel_choice, story.info.id)
    lines = [f"- **{count}**" for count in fact_counts(applied)]
    title = say("### Imported: {title}", title=inline(story.info.title, MAX_TITLE))
    lines += [say("-# Undo takes all of it back."), *([say(WHICH_CHANNEL)] if channels else [])]
    return ChangeResult(panel("\n".join([title, *lines]), channels, undo, colour=GREEN), applied)


def _channel_choice(session: Session, story: str) -> list[ChannelChoice]:
    """Return the list that says which channels speak of a story, where there are others and it has none yet."""
    ids = [info.id for info in session.stories()]
    if len(ids) < 2 or story not in ids or story in session.settings().channels.values():
        return []
    argument, placeholder = ids.index(story), say("Channels that speak of it alone")
    options = {"placeholder": placeholder, "max_values": MAX_CHOICES, "channel_types": CHANNELS}
    return [ChannelChoice("settings-story-channels", argument, **options)]


def _signed(signature: PackSignature, last: PackSignature | None) -> tuple[str, bool]:
    """Say with which key a pack is signed, beside the story's ``last`` one, and return whether that is a reason to doubt."""
    key = signature.key
    if last is None:
        return say(SIGNED_FIRST, key=key), False
    if last.key != key:
        return say(SIGNED_BY_ANOTHER, key=key, known=last.key), True
    older = signature.is_older_than(last)
    return say(SIGNED_EARLIER if older else SIGNED_AS_BEFORE, key=key), older


def import_panel(
    key: str, preview: ImportPreview, signature: PackSignature | None = None, *, again: bool = False
) -> ui.LayoutView:
    """Return what importing a story would change, with the way to do it; ``signature`` is that of its pack."""
    changes = preview.changes
    signed, doubtful = _signed(signature, preview.signed) if signature is not None else ("", False)
    worse = bool(preview.trial.worse) or doubtful
    title = inline(preview.story.info.title, MAX_TITLE)
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
        "\n".join(filter(None, (head, signed, say(LOOK_AGAIN if again else NOTHING_YET)))),
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


@route("story-cancel", Permission.MODERATOR, send=show)
async def _cancel(interaction: Interaction, given: RouteInput) -> ui.LayoutView:
    """Delete an uploaded file."""
    await drop_text(interaction, given.argument)
    return panel(say(CANCELLED))
