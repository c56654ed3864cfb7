"""Taking a change back: once, from wherever it is pressed, after a second look where it touches more than one fact."""

from __future__ import annotations

from dataclasses import dataclass

from discord import ButtonStyle, ui

from bot.client.bot import Interaction
from bot.client.interactions import RouteButton, RouteInput, route, run_to_end
from bot.client.log import words
from bot.client.log.aftermath import follow_change
from bot.client.log.lines import change_view, container
from bot.client.panels import AMBER, panel
from bot.client.permissions import Permission, shown_signature, signature
from bot.client.sending import edit_message, replace_message, respond, server_of
from bot.client.story_scope import stories_with_facts
from bot.client.text import inline
from bot.errors import DecidedError
from bot.facts.editor import Applied
from bot.facts.writing import Note, note
from bot.service.session import Session

_TITLE = 120


@dataclass(frozen=True, slots=True)
class UndoScope:
    """What taking a change back would do: how many facts go, change and come back, and which stories have none left then."""

    gone: int
    changed: int
    back: int
    emptied: tuple[str, ...]

    @property
    def facts(self) -> int:
        """How many facts it touches."""
        return self.gone + self.changed + self.back


async def confirm_first(interaction: Interaction, change: int, place: str = "") -> bool:
    """Ask once more, in a message of its own, where taking a change back touches more than one fact; return whether it was asked.

    ``place`` names the line of the log channel (``channel:message``) that is to tell of it.
    """
    reach = await run_to_end(interaction, lambda session: undo_scope(session, change))
    if reach.facts < 2:
        return False
    await respond(interaction, confirmation(change, reach, place), private=True)
    return True


def confirmation(change: int, reach: UndoScope, place: str = "") -> ui.LayoutView:
    """Return what taking a change back would do, with the button that does it."""
    counts = ((reach.gone, words.GONE), (reach.changed, words.CHANGED), (reach.back, words.BACK))
    lines = [words.sure(change), *(words.would(number, what) for number, what in counts if number)]
    lines += [words.would_empty(title) for title in reach.emptied]
    text = words.TAKE_ALL_BACK.format(reach.facts)
    button = RouteButton("undo-sure", f"{change}:{place}", text, style=ButtonStyle.danger)
    return panel("\n".join(lines), [button, RouteButton("fact-close", "", words.LEAVE)], colour=AMBER)


def undo_scope(session: Session, change: int) -> UndoScope:
    """Return what taking a change back would do. Raises DecidedError where it was taken back already."""
    check_not_taken_back(session, change)
    did = session.base.editor.result_of(change)
    emptied = []
    for story in stories_with_facts(session) if did.added and not did.retracted else ():
        gone = sum(record.story.id == story.id and not record.retracted for record in session.base.facts(did.added))
        if gone == session.base.count(story.id):
            emptied.append(inline(story.title, _TITLE))
    return UndoScope(len(did.added), len(did.revised), len(did.retracted), tuple(emptied))


async def take_back(interaction: Interaction, change: int, signed: Note) -> Applied:
    """Take a change back.

    Raises DecidedError where it was, ConflictError where what it touched was changed again since, TwoNeededError where it is
    about people and one moderator alone may not do it.
    """
    manages = interaction.permissions.manage_guild

    def work(session: Session) -> Applied:
        with session.base.transaction():
            check_not_taken_back(session, change)
            return session.editorial.undo(change, signed, manages=manages)

    return await run_to_end(interaction, work)


def check_not_taken_back(session: Session, change: int) -> None:
    """Raise DecidedError where a change was taken back."""
    if change in session.base.logbook.undone_changes():
        raise DecidedError(words.ALREADY_TAKEN_BACK)


def not_restored(applied: Applied) -> list[str]:
    """Say what taking something back could not bring back."""
    return [f"-# {inline(each, _TITLE * 2)}" for each in applied.left_out]


def emptied_stories(session: Session, applied: Applied) -> list[str]:
    """Say which stories a change left without a fact to show."""
    told = {story.id for story in stories_with_facts(session)}
    stories = {record.story.id: record.story for record in session.base.facts(applied.retracted)}
    return [words.is_empty(inline(story.title, _TITLE)) for name, story in stories.items() if name not in told]


@route("log-undo", Permission.MODERATOR)
async def _undo(interaction: Interaction, given: RouteInput) -> None:
    """Take back the change of a line, after a second look where it is a big one. Raises ConflictError, DecidedError."""
    change, signed = int(given.argument), note(signature(interaction.user), None)
    line = interaction.message
    if await confirm_first(interaction, change, f"{line.channel.id}:{line.id}" if line is not None else ""):
        return
    applied = await take_back(interaction, change, signed)
    await replace_message(interaction, _undone(interaction, change))
    await follow_change(interaction.client, server_of(interaction), applied)


@route("undo-sure", Permission.MODERATOR)
async def _undo_all(interaction: Interaction, given: RouteInput) -> None:
    """Take back a change of many facts, which was asked about; the line of the log channel that it came from tells so."""
    number, _, place = given.argument.partition(":")
    change, signed = int(number), note(signature(interaction.user), None)
    bot, server = interaction.client, server_of(interaction)
    applied = await take_back(interaction, change, signed)
    left = await bot.service.run_to_end(server, lambda session: emptied_stories(session, applied))
    said = "\n".join([words.all_taken_back(change, len(applied.facts)), *not_restored(applied), *left])
    await replace_message(interaction, container(ui.TextDisplay(said)))
    await follow_change(bot, server, applied)
    if place:
        channel, _, message = place.partition(":")
        await edit_message(bot, server, int(channel), int(message), await _undone(interaction, change))


async def _undone(interaction: Interaction, change: int) -> ui.LayoutView:
    said = words.taken_back(shown_signature(signature(interaction.user)))

    def line(session: Session) -> ui.LayoutView:
        return change_view(session, session.base.logbook.entry_of_change(change), said)

    return await interaction.client.service.run_to_end(server_of(interaction), line)
