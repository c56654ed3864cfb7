"""How a line of the logbook reads, and the log channel, to which each is sent once, whoever made the change and wherever.

Facts are named by their revisions, everything else by its title or name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import discord
from discord import ui

from bot.client.bot import FootnoteBot
from bot.client.fact_text import summary
from bot.client.interactions import RouteButton
from bot.client.panels import GREY, RED, panel, section
from bot.client.permissions import shown_signer, signer_id
from bot.client.posting import edit_message, post_in_channel
from bot.client.settings import words as settings_words
from bot.client.text import inline, timestamp
from bot.client.words import reason
from bot.errors import NotKnownError
from bot.facts.logbook import READ_AGAIN, LogEntry, LoggedItem
from bot.facts.revisions import Applied
from bot.facts.state.server_settings import logged_settings
from bot.languages import say, say_filled, say_number
from bot.phrases import in_marks, labelled, listed, separated
from bot.service.changes import LoggedChange
from bot.service.rereading import BY_ITSELF
from bot.service.session import Session

_MAX_FACTS = 5
_MAX_LINES = 20  # sent at a time; the rest waits a minute
_TITLE, _FACT, _REASON, _WHAT, _NAME, _QUESTION = 60, 300, 500, 300, 80, 250
_MAX_NAMED = 5
_NUMBERED = re.compile(r"(suggestion|question) (\d+)")

_UNDO_ID = re.compile(r"do:log-undo:(\d+)")
_MAX_LOOKED_THROUGH = 200  # lines searched for those that took back a change that a message shows

UNDO = "Undo"
TAKEN_BACK = "-# Taken back by {who}."

HEADS = {
    "add": "{who} **added** · {when}",
    "edit": "{who} **changed** · {when}",
    "retract": "{who} **retracted** · {when}",
    "undo": "{who} **took back a change of** · {when}",
    "add source": "{who} **gave a source to** · {when}",
    "keep fact": "{who} **kept** · {when}",
    "drop fact": "{who} **dropped** · {when}",
    "answer": "{who} **answered a reader's question with** · {when}",
    "dismiss": "{who} **dismissed a reader's question in** · {when}",
    "import": "{who} **imported** · {when}",
    "read": "{who} **read an article** · {when}",
    "approve": "{who} **approved a suggestion and added** · {when}",
}
"""The heads of lines in the log channel, by the logbook's name for what was done."""

DECIDED = {"agree": "{who} **agreed to** suggestion {number}", "reject": "{who} **rejected** suggestion {number}"}
"""Decisions that change no fact, by the logbook's name for them."""

LINES = {
    "add": "{who} added {what}",
    "edit": "{who} changed {what}",
    "retract": "{who} retracted {what}",
    "undo": "{who} took back {what}",
    "import": "{who} imported {what}",
    "read": "{who} read {what}",
    "add source": "{who} gave a source to {what}",
    "answer": "{who} answered a reader's question with {what}",
    "dismiss": "{who} dismissed {what}",
    "solve": "{who} solved {what}",
    "agree": "{who} agreed to {what}",
    "approve": "{who} approved {what}",
    "reject": "{who} rejected {what}",
    "edit suggestion": "{who} edited {what}",
    "settings": "{who} set {what}",
    "delete": "{who} planned to delete everything on {what}",
    "keep": "{who} kept everything",
    "keep fact": "{who} kept {what}",
    "drop fact": "{who} dropped {what}",
    "add feed": "{who} followed the feed {what}",
    "remove feed": "{who} removed the feed {what}",
    "follow": "{who} had a channel follow {what}",
    "unfollow": "{who} had a channel unfollow {what}",
}
"""The lines of `/audit`, by the logbook's name for what was done."""

ITEMS = {"source": "the source “{name}”", "actor": "the actor “{name}”", "story": "the story “{name}”"}
"""What a change may be about, apart from facts."""

AND_MORE = "{names} and {number} more"
"""How the logbook ends a list of what was changed."""


async def update_log_channel(bot: FootnoteBot, server: int | None) -> None:
    """Send the lines of the logbook that the log channel does not have yet, oldest first; without a channel, mark them as sent.

    A line is marked before it is sent: one that cannot be sent is found in `/audit` alone, and none is sent twice.
    """
    listens = bot.service.settings.listening
    async with bot.background.alone("log", server):
        for channel, entry, view in await bot.service.write(server, _unannounced, listens=listens):
            if await bot.service.write(server, _mark_announced, entry.number) and view is not None:
                await _send(bot, server, channel, entry, view)


async def _send(bot: FootnoteBot, server: int | None, channel: int, entry: LogEntry, view: ui.LayoutView) -> None:
    """Send a line, in a message of its own or in that of what the same person kept or dropped just before."""
    together = bot.gathering.open_for(server, channel, entry)
    if together is not None:
        lines = await bot.service.read(server, changes_view, together.changes)
        if await edit_message(bot, server, channel, together.message, lines):
            bot.gathering.note(server, together)
            return
    message = await post_in_channel(bot, server, channel, view)
    bot.gathering.begin(server, channel, message.id if message else None, entry)


def _unannounced(session: Session, *, listens: bool) -> list[tuple[int, LogEntry, ui.LayoutView | None]]:
    """Return the lines that were not sent yet: the channel, the line, and its message.

    The message is None if a neighbouring line says it all.
    """
    lines: list[tuple[int, LogEntry, ui.LayoutView | None]] = []
    for line in session.changes.unannounced(_MAX_LINES):
        entry, before = line.entry, line.before
        view: ui.LayoutView | None = None
        if entry.change is None:
            text = _decision(session, entry, listens=listens)
            view = panel(text) if text else None
        elif entry.action != "dismiss" and not _has_own_message(entry):  # the line of a dismissed question says it all
            # The line before says whether a change comes from a suggestion.
            approved = before is not None and before.action == "approve" and (before.at, before.by) == (entry.at, entry.by)
            view = change_view(session, replace(entry, action="approve") if approved and entry.action == "add" else entry)
        lines.append((line.channel, entry, view))
    return lines


def _has_own_message(entry: LogEntry) -> bool:
    """Return whether a line is about an article that was read again from its page, which has a message of its own."""
    return (entry.by, entry.action, entry.reason) == (BY_ITSELF, "read", READ_AGAIN)


def _mark_announced(session: Session, number: int) -> bool:
    return session.logbook.mark_announced(number)


def change_view(session: Session, entry: LogEntry, note: str = "") -> ui.LayoutView:
    """Return the line of a change of facts, with a button to take it back unless it was; a ``note`` is added below."""
    logged = session.changes.look_up(entry, _MAX_FACTS)
    button = None if logged.undone else _undo_button(entry)
    colour = RED if logged.applied.retracted and not logged.undone else GREY
    return panel([section(_change_text(session, logged, note), button)], colour=colour)


def changes_view(session: Session, changes: Sequence[int]) -> ui.LayoutView:
    """Return the lines of several keeps and drops in one message, with who took which of them back."""
    undoing = {entry.undoes: entry for entry in session.logbook.entries(limit=_MAX_LOOKED_THROUGH) if entry.undoes in changes}
    lines = []
    for change in changes:
        entry = session.logbook.entry_of_change(change)
        logged, undone = session.changes.look_up(entry, _MAX_FACTS), undoing.get(change)
        note = say(TAKEN_BACK, who=author_of(undone)) if undone is not None else ""
        # The button stays after the change was taken back: `changes_in` reads from the buttons which changes a message shows.
        lines.append(section(_change_text(session, logged, note), _undo_button(entry, disabled=logged.undone)))
    return panel(lines)


def changes_in(message: discord.Message | None) -> tuple[int, ...]:
    """Return the changes that a message of the log channel shows."""
    items = ui.LayoutView.from_message(message).walk_children() if message is not None and message.components else ()
    ids = (_UNDO_ID.fullmatch(item.custom_id or "") for item in items if isinstance(item, ui.Button))
    return tuple(int(match[1]) for match in ids if match)


def _undo_button(entry: LogEntry, *, disabled: bool = False) -> RouteButton:
    return RouteButton("log-undo", entry.change or 0, say(UNDO), disabled=disabled)


def _change_text(session: Session, logged: LoggedChange, note: str) -> str:
    entry = logged.entry
    who, action, when = author_of(entry), action_of(session, entry), timestamp(entry.at, "f")
    lines = [say(HEADS[action], who=who, when=when) if action in HEADS else f"{who} **{action}** · {when}"]
    shown = () if entry.action == "read" else logged.facts  # the headline of an article says more than its first sentences
    for record in shown:
        text = summary(record, _FACT, also_retracted=True)
        lines.append(f"{record.ref} {f'~~{text}~~' if record.retracted else text}")
    if not shown:
        lines.append(subject_of(session, entry))
    elif logged.touched > len(shown):
        lines.append(more(logged.touched - len(logged.facts)))
    if entry.reason:
        lines.append(say("-# Why: {reason}", reason=inline(reason(entry.reason), _REASON)))
    return "\n".join(filter(None, [*lines, note]))


def _decision(session: Session, entry: LogEntry, *, listens: bool) -> str:
    """Word a line of the logbook that changed no fact; "" if it is left out."""
    who, number = author_of(entry), entry.what.rpartition(" ")[2]
    if entry.action == "settings":
        chosen = _chosen_settings(session, entry, listens=listens)
        return settings_words.changed(who, timestamp(entry.at, "f"), chosen) if chosen else ""
    if entry.action in DECIDED and number.isdecimal():
        reason = inline(entry.reason or "", _REASON) if entry.action == "reject" else ""
        return decided(who, entry.action, int(number), reason)
    if entry.action == "delete":
        day = inline(settings_words.logged_day(entry.what), _WHAT)
        return say(settings_words.LOGGED_DELETION, who=who, day=day, when=timestamp(entry.at, "f"))
    if entry.action in ("add feed", "remove feed", "follow", "unfollow"):
        return log_line(who, entry.action, f"**{inline(entry.what, _WHAT)}**")
    if entry.action == "keep":
        return say("{who} **kept everything**: nothing is deleted · {when}", who=who, when=timestamp(entry.at, "f"))
    if entry.action == "dismiss":
        question = question_of(session, number) or inline(entry.what, _WHAT)
        return say("{who} **dismissed a reader's question**\n> {question}", who=who, question=question)
    return ""


def author_of(entry: LogEntry) -> str:
    """Return the author of a line: a member as a mention, anybody else by the name they signed with, in bold."""
    who = shown_signer(entry.by)
    return who if signer_id(entry.by) is not None else f"**{who}**"


def action_of(session: Session, entry: LogEntry) -> str:
    """Return what was done; for a source or an actor, of which the logbook does not say, whether it was added or changed."""
    if entry.action not in ("source", "actor"):
        return entry.action
    return "edit" if any(item.action == "revise" for item in _items(session, entry)) else "add"


def subject_of(session: Session, entry: LogEntry) -> str:
    """Say what something was done to."""
    if numbered := _NUMBERED.fullmatch(entry.what):
        kind, number = numbered.groups()
        return (
            say("suggestion {number}", number=number)
            if kind == "suggestion"
            else question_of(session, number) or inline(entry.what, _WHAT)
        )
    if entry.action == "settings":
        return separated(_chosen_settings(session, entry, listens=True)) or inline(entry.what, _WHAT)
    if entry.action == "delete":
        return inline(settings_words.logged_day(entry.what), _WHAT)
    items = _items(session, entry)
    change = session.changes.look_up(entry, 0) if entry.change is not None else None
    touched = change is not None and change.touched > 0
    sources = [item.name for item in items if item.kind == "source"]
    if change is not None and touched and (entry.action == "import" or (entry.action == "read" and sources)):
        title = next((story.title for story in session.stories() if story.id == entry.story), entry.story or "")
        kind, name = ("story", title) if entry.action == "import" else ("source", sources[0])
        named = say(ITEMS[kind], name=inline(name, _NAME))
        counted = ", ".join(fact_counts(change.applied))
        return labelled(named, counted) if counted else named
    if touched or not items:
        return say_filled(inline(entry.what, _WHAT), [AND_MORE])
    names = [say(ITEMS[item.kind], name=inline(item.name, _NAME)) for item in items]
    left = len(names) - _MAX_NAMED
    return say(AND_MORE, names=", ".join(names[:_MAX_NAMED]), number=left) if left > 0 else listed(names)


def question_of(session: Session, number: str) -> str:
    """Return a reader's question in quotation marks; "" if it was deleted."""
    try:
        return in_marks(inline(session.gaps.get(int(number)).question, _QUESTION)) if number.isdecimal() else ""
    except NotKnownError:
        return ""


def _items(session: Session, entry: LogEntry) -> tuple[LoggedItem, ...]:
    return session.logbook.items(entry.change) if entry.change is not None else ()


def _chosen_settings(session: Session, entry: LogEntry, *, listens: bool) -> list[str]:
    """Return the settings that a line changed, each as it was chosen."""
    settings, names = logged_settings(entry.what)
    titles = {story.id: inline(story.title, _TITLE) for story in session.stories()}
    return [settings_words.line(name, settings, titles, listens=listens) for name in names]


def log_line(who: str, action: str, what: str) -> str:
    """Say who did what."""
    return say(LINES[action], who=who, what=what) if action in LINES else f"{who} {action} {what}"


def decided(who: str, action: str, number: int, reason: str = "") -> str:
    """Tell the log channel of a decision that changed no fact."""
    decision = say(DECIDED[action], who=who, number=number)
    return f"{decision}\n{say('-# Why: {reason}', reason=reason)}" if reason else decision


def fact_counts(applied: Applied) -> list[str]:
    """Say how many facts a change added, changed and retracted, leaving out what it did to none."""
    done = ((applied.added, "added"), (applied.revised, "changed"), (applied.retracted, "retracted"))
    return [fact_count(len(facts), action) for facts, action in done if facts]


def fact_count(number: int, action: str) -> str:
    """Say how many facts were added, changed or retracted."""
    if action == "added":
        return say_number(number, "{number} fact added", "{number} facts added")
    if action == "changed":
        return say_number(number, "{number} fact changed", "{number} facts changed")
    return say_number(number, "{number} fact retracted", "{number} facts retracted")


def more(number: int) -> str:
    """Say that a change touched more than is listed."""
    return say_number(number, "-# and {number} more fact", "-# and {number} more facts")
