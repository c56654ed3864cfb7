"""`/audit`: the logbook of a server in pages: who did what, when and why; and taking a change back.

A change is taken back only once, wherever the button is pressed, and after a preview if it touches more than one fact.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from itertools import compress
from typing import Any, TypeAlias

import discord
from discord import ButtonStyle, app_commands, ui
from discord.app_commands import Range
from discord.ext import commands

from bot.client.bot import Interaction
from bot.client.fact_text import summary
from bot.client.facts.views import differences
from bot.client.interactions import NUMBER, RouteButton, RouteInput, read_for, route, sends, write_for
from bot.client.logbook.aftermath import ChangeResult, make_change
from bot.client.logbook.lines import (
    TAKEN_BACK,
    action_of,
    author_of,
    change_view,
    changes_in,
    changes_view,
    log_line,
    more,
    subject_of,
)
from bot.client.options import MAX_TYPED, FactName
from bot.client.panels import AMBER, panel, section, show
from bot.client.permissions import Permission, for_moderators, requires, signature_of
from bot.client.posting import edit_message
from bot.client.sending import SendView, replace_message, respond_privately, server_of
from bot.client.text import inline, timestamp
from bot.client.words import reason
from bot.facts.logbook import LogEntry, LoggedItem, times_of
from bot.facts.revisions import Applied
from bot.facts.typed_dates import ALL_TIME, Period, typed_period
from bot.languages import say, say_message, say_number
from bot.service.changes import UndoScope
from bot.service.session import Session

_PAGE = 8  # lines; with their buttons and separators within the 40 components of a message
_WHY, _FACT, _TITLE = 150, 90, 120
_REF = re.compile(r"\bF(\d+)@(\d+)\b")
_FACTS = 2  # the most that a change may touch for their words to be shown
_FILTER = rf"(-?{NUMBER})?(;(-?{NUMBER})?){{0,4}}"  # a filter as `AuditFilter.encode` writes it
_MAX_NAMED, _UNDONE, _CHANGED = 6, 160, 300  # facts taken back that are named, and characters of each and of what differs

UNDONE = {
    "add": "“{name}” is there again.",
    "restore": "“{name}” is there again.",
    "revise": "“{name}” is as it was before.",
    "retract": "“{name}” is gone again.",
}
"""What taking a change back does to a source, an actor or a story."""

GONE = "{ref} is retracted, and readers are no longer shown it: ~~{text}~~"
THERE_AGAIN = "{ref} is there again: {text}"
IS_EMPTY = "-# “{title}” has no fact left: readers are no longer told of it, and its history stays."
WOULD_EMPTY = "- “{title}” would have no fact left, and readers would no longer be told of it"
SURE = "### Take change {change} back?\nIt touched more than one fact. Nothing is changed yet."

NOTHING_FITS = "Nothing in the log fits that. Leave a field empty to see more."
TAKE_CHANGE_BACK = "Take back change {change}"
OLDER = "Older"
NEWEST = "Newest"
CHANGE_TAKEN_BACK = "-# Taken back. It is a change of its own, which can be taken back too."

TAKE_ALL_BACK = "Take back {number} facts"
LEAVE = "Leave it"

ViewOfUndo: TypeAlias = Callable[[Applied, list[str]], Awaitable[ui.LayoutView]]
"""Makes the message about a change that was taken back, given what that did, as a record and in words."""


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which lines are shown: by whom (a Discord id), about which fact, from and to which day (as keys), before which line."""

    user: int | None = None
    fact: int | None = None
    first: int | None = None
    last: int | None = None
    before: int | None = None

    def encode(self) -> str:
        """Write it short enough for a custom id; fields that are not given are left empty."""
        return ";".join(
            "" if value is None else str(value) for value in (self.user, self.fact, self.first, self.last, self.before)
        )

    @classmethod
    def decode(cls, text: str) -> AuditFilter:
        """Read what `encode` wrote."""
        return cls(*(int(part) if part else None for part in text.split(";")))


class Auditing(commands.Cog):
    """Shows who changed what."""

    @app_commands.command()
    @for_moderators
    @app_commands.rename(start="from", end="to")
    @app_commands.describe(
        person="Only what this person did",
        fact="Only changes to this fact",
        start="From this day on, for example: October 2025",
        end="Up to this day, for example: yesterday",
    )
    @requires(Permission.MODERATOR)
    @sends(respond_privately)
    async def audit(
        self,
        interaction: Interaction,
        person: discord.User | None = None,
        fact: FactName | None = None,
        start: Range[str, 0, MAX_TYPED] | None = None,
        end: Range[str, 0, MAX_TYPED] | None = None,
    ) -> ui.LayoutView:
        """See who changed what, when and why, and take changes back."""
        period = typed_period(start, end, interaction.created_at.date(), past=True) if start or end else ALL_TIME
        number = None
        if fact:
            number, _ = await read_for(interaction, lambda session: session.facts.find(fact))
        shown = AuditFilter(person.id if person else None, number, period.first, period.last)
        return await read_for(interaction, _page, shown)


@route("audit", Permission.MODERATOR, _FILTER, send=replace_message)
async def _turn(interaction: Interaction, given: RouteInput) -> ui.LayoutView:
    """Show another page."""
    return await read_for(interaction, _page, AuditFilter.decode(given.argument))


@route("audit-undo", Permission.MODERATOR, rf"{NUMBER};{_FILTER}")
async def _undo_listed(interaction: Interaction, given: RouteInput) -> None:
    """Take back a change, after asking again if it is a big one."""
    change, _, text = given.argument.partition(";")
    shown = replace(AuditFilter.decode(text), before=None)

    def view(_: Applied, lines: Sequence[str]) -> Awaitable[ui.LayoutView]:
        notice = "\n".join([say(CHANGE_TAKEN_BACK), *lines])
        return read_for(interaction, _page, shown, notice)

    await take_back(interaction, int(change), view)


def _page(session: Session, shown: AuditFilter, notice: str = "") -> ui.LayoutView:
    """Return a page of the log; a change that can be taken back has the button for it."""
    start, end = times_of(Period(shown.first, shown.last, ""))
    by = None if shown.user is None else f"discord:{shown.user}"
    entries = session.logbook.entries(by=by, fact=shown.fact, start=start, end=end, before=shown.before, limit=_PAGE + 1)
    undone = session.logbook.undone_changes()
    blocks: list[list[str | ui.Item[Any]]] = [[say("### Changes")]]
    blocks += [[_item(session, entry, shown, undone=entry.change in undone)] for entry in entries[:_PAGE]]
    blocks[-1] += ["" if entries else say(NOTHING_FITS), notice]
    turning = []
    if shown.before is not None:
        turning.append(RouteButton("audit", replace(shown, before=None).encode(), say(NEWEST)))
    if len(entries) > _PAGE:
        older = replace(shown, before=entries[_PAGE - 1].number)
        turning.append(RouteButton("audit", older.encode(), say(OLDER), style=ButtonStyle.primary))
    return panel(blocks, turning)


def _item(session: Session, entry: LogEntry, shown: AuditFilter, *, undone: bool) -> ui.Item[Any]:
    """Show one line of the logbook: number and time, who did what, the words of the facts if they are few, and why."""
    head, subject = timestamp(entry.at, "f"), subject_of(session, entry)
    subject = say("change {change}: {what}", change=entry.undoes, what=subject) if entry.undoes is not None else subject
    what = log_line(author_of(entry), action_of(session, entry), subject)
    if entry.change is not None:
        head = f"**{entry.change}** · {head}"
        refs = _REF.findall(entry.what)
        facts = [session.facts.show(*map(int, ref)) for ref in refs] if len(refs) <= _FACTS else []
        what = "\n".join([what, *(summary(fact, _FACT, also_retracted=True) for fact in facts)])
    why = f"\n-# {inline(reason(entry.reason), _WHY)}" if entry.reason else ""
    line = f"{head}\n{f'~~{what}~~' if undone else what}{why}"
    if entry.change is None or undone:
        return section(line)
    text = say(TAKE_CHANGE_BACK, change=entry.change)
    return section(line, RouteButton("audit-undo", f"{entry.change};{shown.encode()}", text))


async def take_back(interaction: Interaction, change: int, view: ViewOfUndo, *, line_id: str = "", send: SendView = show) -> None:
    """Take a change back; if it touches more than one fact, ask first, in a message of its own.

    ``line_id`` names the line of the log channel (``channel:message``) that is to say so. Raises DecidedError if it was taken
    back before, ConflictError if what it touched was changed again since, TwoNeededError if it is about people and one moderator
    alone may not do it.
    """
    reach = await read_for(interaction, lambda session: session.changes.undo_scope(change))
    if reach.facts < 2:
        await make_change(interaction, _taken_back(interaction, change, view), send)
    else:
        await respond_privately(interaction, confirmation(change, reach, line_id))


async def _taken_back(interaction: Interaction, change: int, view: ViewOfUndo) -> ChangeResult:
    signature = signature_of(interaction)
    applied = await write_for(interaction, lambda session: session.changes.undo_once(change, signature))

    async def shown() -> ui.LayoutView:
        return await view(applied, await read_for(interaction, outcome, change, applied))

    return ChangeResult(shown, applied)


def confirmation(change: int, reach: UndoScope, line_id: str) -> ui.LayoutView:
    """Return what taking a change back would do, with the button that does it."""
    would = (
        say_number(reach.retracted, "- {number} fact would be retracted", "- {number} facts would be retracted"),
        say_number(reach.revised, "- {number} fact would be as it was before", "- {number} facts would be as they were before"),
        say_number(reach.restored, "- {number} fact would be brought back", "- {number} facts would be brought back"),
    )
    lines = [say(SURE, change=change), *compress(would, (reach.retracted, reach.revised, reach.restored))]
    lines += [say(WOULD_EMPTY, title=inline(story.title, _TITLE)) for story in reach.emptied]
    text = say(TAKE_ALL_BACK, number=reach.facts)
    button = RouteButton("undo-sure", f"{change}:{line_id}", text, style=ButtonStyle.danger)
    return panel("\n".join(lines), [button, RouteButton("fact-close", "", say(LEAVE))], colour=AMBER)


def outcome(session: Session, change: int | None, applied: Applied) -> list[str]:
    """Say what taking a change back did to each fact, to anything else, to stories, and what it could not do."""
    lines = []
    for number in applied.facts[:_MAX_NAMED]:
        history = session.facts.history_with_names(number)
        record, text = history.record, summary(history.record, _UNDONE, also_retracted=True)
        if number in applied.revised and len(history.steps) > 1:
            changed = differences(history.steps[-2].fact, record.fact, history.names, room=_CHANGED)
            lines.append("\n".join([say("{ref} is as it was before:", ref=record.ref), *changed]))
        else:
            lines.append(say(GONE if number in applied.retracted else THERE_AGAIN, ref=record.ref, text=text))
    if len(applied.facts) > _MAX_NAMED:
        lines.append(more(len(applied.facts) - _MAX_NAMED))
    if not lines and change is not None and applied.change is not None:
        was, items = session.logbook.entry_of_change(change).action, session.logbook.items(applied.change)
        lines += [_is_undone(item, inline(item.name, _TITLE), was) for item in items[:_MAX_NAMED]]
    lines += [f"-# {inline(say_message(message), _TITLE * 3)}" for message in applied.left_out]
    return lines + [say(IS_EMPTY, title=inline(story.title, _TITLE)) for story in session.changes.emptied_stories(applied)]


def _is_undone(item: LoggedItem, name: str, action: str) -> str:
    """Say what taking a change back did to a source, an actor or a story; ``action`` is what the change had been."""
    if item.kind == "story" and action == "dismiss":
        return say("The question that was dismissed in “{name}” is waiting for a decision again, in `/gaps`.", name=name)
    if item.kind == "story" and item.action == "revise":
        return say("“{name}” has the title, the summary, the order and the recorded questions that it had before.", name=name)
    return say(UNDONE[item.action], name=name)


@route("log-undo", Permission.MODERATOR, numbers=1)
async def _undo(interaction: Interaction, change: int) -> None:
    """Take back the change of a line, after asking again if it is a big one."""
    line = interaction.message
    line_id = f"{line.channel.id}:{line.id}" if line is not None else ""
    await take_back(interaction, change, lambda *_: _undone(interaction, change), line_id=line_id, send=replace_message)


@route("undo-sure", Permission.MODERATOR, rf"{NUMBER}(:({NUMBER}:{NUMBER})?)?")
async def _undo_all(interaction: Interaction, given: RouteInput) -> None:
    """Take back a change of many facts, as was confirmed; the line of the log channel that it was asked from then says so."""
    number, _, line_id = given.argument.partition(":")
    change = int(number)

    async def view(applied: Applied, lines: Sequence[str]) -> ui.LayoutView:
        restored = say_number(len(applied.facts), "{number} fact is as before it.", "{number} facts are as before it.")
        return panel("\n".join([say("### Taken back: change {change}", change=change), restored, *lines]))

    await make_change(interaction, _taken_back(interaction, change, view))
    if line_id:
        channel, message = map(int, line_id.split(":"))
        line = await _undone(interaction, change)
        await edit_message(interaction.client, server_of(interaction), channel, message, line)


async def _undone(interaction: Interaction, change: int) -> ui.LayoutView:
    """Return the line of a change that was taken back, with who did so, and the other lines in the same message."""
    together, sentence = changes_in(interaction.message), say(TAKEN_BACK, who=interaction.user.mention)
    if len(together) > 1:
        return await read_for(interaction, changes_view, together)
    return await read_for(interaction, lambda session: change_view(session, session.logbook.entry_of_change(change), sentence))
