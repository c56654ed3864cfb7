"""What Footnote says before and after a change of many facts is taken back."""

from __future__ import annotations

from bot.presentation.wording import counted

ALREADY = "That change was taken back already."
TAKE_ALL_BACK = "Take back {} facts"
LEAVE = "Leave it"
GONE, CHANGED, BACK = "would be retracted", "would be as they were before", "would be brought back"


def sure(change: int) -> str:
    """Ask once more."""
    return f"### Take change {change} back?\nIt touched more than one fact. Nothing is changed yet."


def would(number: int, what: str) -> str:
    """Say what would happen to how many facts."""
    return f"- {counted(number, 'fact', 'facts')} {what}"


def would_empty(title: str) -> str:
    """Say that a story would have no fact left."""
    return f"- “{title}” would have no fact left, and readers would no longer be told of it"


def is_empty(title: str) -> str:
    """Say that a story has no fact left."""
    return f"-# “{title}” has no fact left: readers are no longer told of it, and its history stays."
