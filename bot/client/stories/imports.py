"""Story files and packs that moderators import: what importing one would change, and doing it.

Nothing is changed before the moderator has seen a preview.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

import discord
from discord import ButtonStyle, ui

from bot.client.bot import Interaction
from bot.client.completing import Look, in_two_steps
from bot.client.facts.views import differences, trial_lines
from bot.client.facts.words import CANCEL, CANCELLED, UNDO
from bot.client.feeds.words import NO_LOG_CHANNEL
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
from bot.client.panels import AMBER, BLUE, GREEN, MAX_CHOICES, panel, show
from bot.client.permissions import Permission, signature_of
from bot.client.sending import server_of
from bot.client.settings.pages import CHANNELS
from bot.client.stories.sent_files import (
    MAX_NAME,
    MAX_UPLOAD_BYTES,
    TOO_LARGE,
    check_size,
    faults_panel,
    fetched,
    fetched_from_web,
    read_apart,
)
from bot.client.text import first_lines, fitting, inline
from bot.client.words import more_questions
from bot.errors import StaleError, StoryFileError, UsageError
from bot.facts.logbook import IMPORT_OF
from bot.facts.models import Story
from bot.facts.revisions import Applied
from bot.facts.state.followed_packs import MAX_PACKS
from bot.facts.state.taken_packs import PackSignature
from bot.facts.text import MAX_LINK
from bot.languages import say, say_message, say_number
from bot.phrases import in_marks, labelled, separated
from bot.service.facts import Names
from bot.service.session import Session
from bot.service.story_files import ImportPreview
from bot.stories.load import read_story
from bot.stories.packs import Pack, is_pack, read_pack

MAX_TITLE = 150  # characters

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
PACK_HOME = "-# Newer packs are looked for once an hour at {address}, and offered in the log channel. `/feed remove` ends that."
TOO_MANY_PACKS = "⚠ Newer packs of this story are not looked for: {most} stories have that here, as many as there may be."
FILE_OR_LINK = "Give a file or a link, one of them."
NO_FACTS = (
    "The story “{title}” has no facts in this file, so there is nothing to answer from. Add an event, a quote or a claim to it. "
    "To take facts away, use /fact retract, or undo the import."
)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it is stored until its story is imported: its text, its name, and the signature of the pack that it came in.

    ``newer`` says that it is its editor's next pack, which is merged with what was changed here.
    """

    text: str
    name: str
    pack: PackSignature | None = None
    newer: bool = False

    def encode(self) -> str:
        """Return it as JSON text."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def decode(cls, text: str) -> Upload:
        """Read what `encode` wrote."""
        content = json.loads(text)
        return cls(**{**content, "pack": PackSignature(*content["pack"]) if content["pack"] else None})

    @property
    def signed_name(self) -> str:
        """Its name, and the key with which it is signed."""
        return f"{self.name} ({self.pack.key})" if self.pack else self.name


async def import_story(interaction: Interaction, file: discord.Attachment | None, address: str) -> ui.LayoutView:
    """Return what importing a story file or a pack would change: one that is attached, or at an address on the web.

    Raises UsageError if it cannot be had, is too large, or a pack that is not as it was signed.
    """
    if file is not None and not address:
        content, name = await fetched(file, MAX_UPLOAD_BYTES, say(TOO_LARGE)), file.filename
    elif file is None and address:
        content, name = await fetched_from_web(interaction, address)
    else:
        raise UsageError(say(FILE_OR_LINK))
    signature = None
    try:
        if is_pack(content):
            pack = await read_apart(interaction, read_pack, content, name)
            story, content, signature = pack.story, pack.text.encode(), pack.signature
            # A pack that does not say where the next one will be may be followed by the one in its place.
            signature = signature if signature.home else signature._replace(home=address)
            check_size(len(content), MAX_UPLOAD_BYTES, say(TOO_LARGE))  # it has more than its pack
        else:
            story = await read_apart(interaction, read_story, content, name)
    except StoryFileError as error:
        return faults_panel(name, error.faults)
    if not story.facts:
        raise UsageError(say(NO_FACTS, title=fitting(story.info.title, MAX_TITLE)))
    return await _stored_preview(interaction, story, Upload(content.decode("utf-8-sig"), name[:MAX_NAME], signature))


async def preview_pack(interaction: Interaction, pack: Pack, name: str) -> ui.LayoutView:
    """Return what taking its editor's next pack of a story would change; ``name`` is what it is called."""
    return await _stored_preview(interaction, pack.story, Upload(pack.text, name, pack.signature, newer=True))


async def _stored_preview(interaction: Interaction, story: Story, upload: Upload) -> ui.LayoutView:
    """Store a file, and return what importing it would change."""
    return await _import_preview(interaction, await store_text(interaction, upload.encode()), story, upload)


async def _import_preview(
    interaction: Interaction, key: str, story: Story, upload: Upload, *, again: bool = False
) -> ui.LayoutView:
    """Return what importing a story would change, whose file is stored under a key."""

    def look(session: Session) -> Look:
        preview = session.files.preview(story, merge=upload.newer)
        anything = preview.changes or preview.kept or preview.others
        view = import_panel(key, preview, upload.pack, again=again) if anything else panel(say(NOTHING_NEW))
        return Look(view, preview.trial)

    return await in_two_steps(interaction, look)


@route("story-apply", Permission.MODERATOR, rf"-?{NUMBER}:.*", send=make_change)
async def _apply_story(interaction: Interaction, given: RouteInput) -> ChangeResult:
    """Import what was previewed; if the facts were changed since, show what it would change now."""
    state, _, key = given.argument.partition(":")
    upload = Upload.decode(await load_text(interaction, key))
    story, pack = await read_apart(interaction, read_story, upload.text.encode(), upload.name), upload.pack
    signature = signature_of(interaction, IMPORT_OF.format(name=upload.signed_name))

    def work(session: Session) -> Applied:
        if upload.newer and pack is not None:
            return session.packs.take(Pack(story, upload.text, pack), signature, seen=int(state))
        return session.files.import_once(story, signature, seen=int(state), key=key, pack=pack)

    try:
        applied = await write_for(interaction, work)
    except StaleError:
        return ChangeResult(await _import_preview(interaction, key, story, upload, again=True))
    except UsageError as error:  # after any other error the button stays, so that it can be tried again
        return ChangeResult(panel(fitting(say_message(error.message), 1500)))
    undo = [RouteButton("take-back", applied.change, say(UNDO))] if applied.change is not None else []
    channels = await read_for(interaction, _channel_choice, story.info.id)
    followed = await _follow(interaction, story) if pack is not None and pack.home else ""
    lines = [f"- **{count}**" for count in fact_counts(applied)]
    title = say("### Imported: {title}", title=inline(story.info.title, MAX_TITLE))
    lines += [say("-# Undo takes all of it back."), *filter(None, [followed]), *([say(WHICH_CHANNEL)] if channels else [])]
    return ChangeResult(panel("\n".join([title, *lines]), channels, undo, colour=GREEN), applied)


async def _follow(interaction: Interaction, story: Story) -> str:
    """Begin to look for the next pack of a story; return what hinders that its corrections are offered, "" for nothing."""

    def hindrance(session: Session) -> str:
        if session.packs.followed(story.info.id) is None:
            return say(TOO_MANY_PACKS, most=MAX_PACKS)
        return say(NO_LOG_CHANNEL) if session.settings().log_channel is None else ""

    interaction.client.dispatch("feeds_changed", server_of(interaction))
    return await read_for(interaction, hindrance)


def _channel_choice(session: Session, story: str) -> list[ChannelChoice]:
    """Return the list that says which channels speak of a story, where there are others and it has none yet."""
    ids = [info.id for info in session.stories()]
    if len(ids) < 2 or story not in ids or story in session.settings().channels.values():
        return []
    argument, placeholder = ids.index(story), say("Channels that speak of it alone")
    options = {"placeholder": placeholder, "max_values": MAX_CHOICES, "channel_types": CHANNELS}
    return [ChannelChoice("settings-story-channels", argument, **options)]


def signed_line(signature: PackSignature, last: PackSignature | None) -> tuple[str, bool]:
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
    signed, doubtful = signed_line(signature, preview.signed) if signature is not None else ("", False)
    home = say(PACK_HOME, address=inline(signature.home, MAX_LINK)) if signature is not None and signature.home else ""
    worse = bool(preview.trial.worse) or doubtful
    title = inline(preview.story.info.title, MAX_TITLE)
    head = say("### New story: {title}" if changes.new else "### Change the story: {title}", title=title)
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
        "\n".join(filter(None, (head, signed, home, say(LOOK_AGAIN if again else NOTHING_YET)))),
        *changed_blocks(preview),
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


def changed_blocks(preview: ImportPreview) -> list[str]:
    """Return blocks of text that say what an import changes, and what stays as it was changed here."""
    changes, also = preview.changes, list[str]()
    if changes.actors:
        also.append(say_number(len(changes.actors), "- {number} actor changed or added", "- {number} actors changed or added"))
    if changes.sources:
        also.append(say_number(len(changes.sources), "- {number} source changed or added", "- {number} sources changed or added"))
    if changes.other:
        also.append(say("- its title, summary, language, order or recorded questions"))
    return [*_changed_facts(preview), "\n".join([say("**Also**"), *also]) if also else "", _kept(preview)]


def _kept(preview: ImportPreview) -> str:
    """Name what stays as it was changed here, though the pack says otherwise; "" for nothing."""
    ours = {fact.id: inline(fact.text, _LINE) for fact in preview.before.facts} if preview.before else {}
    names = [*(f"- {labelled(f'**{inline(name, 60)}**', ours.get(name, ''))}" for name in preview.kept)]
    names += [f"- {inline(name, _LINE)}" for name in preview.others]
    if not names:
        return ""
    head = say_number(
        len(names),
        "**{number} thing stays as it was changed here**, though the pack says otherwise",
        "**{number} things stay as they were changed here**, though the pack says otherwise",
    )
    return "\n".join([head, *first_lines(names, _MAX_SHOWN, str, more)])


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
