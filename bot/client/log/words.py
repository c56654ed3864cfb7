"""What Footnote says in a server's log channel and in `/audit`, and about taking changes back."""

from __future__ import annotations

from bot.facts.editor import Applied
from bot.facts.logbook import LoggedItem
from bot.presentation.languages import say, say_number

UNDO = "Undo"

HEADS = {
    "add": "{who} **added** · {when}",
    "edit": "{who} **changed** · {when}",
    "retract": "{who} **retracted** · {when}",
    "undo": "{who} **took back a change of** · {when}",
    "add source": "{who} **gave a source to** · {when}",
    "answer": "{who} **answered a reader's question with** · {when}",
    "dismiss": "{who} **dismissed a reader's question in** · {when}",
    "import": "{who} **imported** · {when}",
    "approve": "{who} **approved a suggestion and added** · {when}",
}
"""The heads of lines in the log channel, by how the logbook calls what was done."""

DECIDED = {"agree": "{who} **agreed to** suggestion {number}", "reject": "{who} **rejected** suggestion {number}"}
"""Decisions that change no fact, by how the logbook calls them."""

LINES = {
    "add": "{who} added {what}",
    "edit": "{who} changed {what}",
    "retract": "{who} retracted {what}",
    "undo": "{who} took back {what}",
    "import": "{who} imported {what}",
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
}
"""The lines of `/audit`, by how the logbook calls what was done."""

ITEMS = {"source": "the source “{name}”", "actor": "the actor “{name}”", "story": "the story “{name}”"}
"""What a change may be of, beside facts."""

UNDONE = {
    "add": "“{name}” is there again.",
    "restore": "“{name}” is there again.",
    "revise": "“{name}” is as it was before.",
    "retract": "“{name}” is gone again.",
}
"""What taking a change back does to a source, an actor or a story."""

AND_MORE = "{names} and {number} more"
"""How the logbook ends a list of what was changed."""

GONE = "{ref} is retracted, and readers are no longer shown it: ~~{text}~~"
THERE_AGAIN = "{ref} is there again: {text}"
TAKEN_BACK = "-# Taken back by {who}."
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


def decided(who: str, action: str, number: int, reason: str = "") -> str:
    """Tell the log channel of a decision that changed no fact."""
    decision = say(DECIDED[action], who=who, number=number)
    return f"{decision}\n{say('-# Why: {reason}', reason=reason)}" if reason else decision


def did(who: str, action: str, when: str) -> str:
    """Head a line: who did what, and when."""
    return say(HEADS[action], who=who, when=when) if action in HEADS else f"{who} **{action}** · {when}"


def line(who: str, action: str, what: str) -> str:
    """Say who did what."""
    return say(LINES[action], who=who, what=what) if action in LINES else f"{who} {action} {what}"


def fact_counts(applied: Applied) -> list[str]:
    """Say how many facts a change added, changed and retracted, nothing of what it did to none."""
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


def is_undone(item: LoggedItem, name: str, action: str) -> str:
    """Say what taking a change back did to a source, an actor or a story; ``action`` is what the change had been."""
    if item.kind == "story" and action == "dismiss":
        return say("The question that was dismissed in “{name}” waits for a decision again, in `/gaps`.", name=name)
    if item.kind == "story" and item.action == "revise":
        return say("“{name}” has the title, the summary, the order and the recorded questions that it had before.", name=name)
    return say(UNDONE[item.action], name=name)
