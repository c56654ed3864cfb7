"""What Footnote says about deleting all that a server has, and when it has left one."""

from __future__ import annotations

from bot.presentation.languages import with_commands
from bot.storage.deletion_marks import Deletion

WORD = "DELETE"
"""What is typed to confirm."""

DELETE = "Delete everything"
UNDO = "Keep everything"
FORM_TITLE = "Delete everything of this server"
FIELD = f"Type {WORD} to confirm"
FIELD_HELP = "You get all stories as files first."
NOT_TYPED = f"Nothing was deleted, for you did not type {WORD}."
HELP = (
    "Everything that I keep of this server can be deleted: stories with their facts and history, suggestions, readers' questions"
    " and settings. You get the stories as files first. Until the day comes I work as before, and you can change your mind."
)
MANAGERS = "-# Only members who may manage the server can delete everything."
FILE = "**The stories of this server.** Save this file: `/story import` takes each story in it."
KEPT = "-# Nothing is deleted: everything is kept."
CHANNEL_DELETED = (
    "Everything that I kept of this server was deleted today, as it was planned. I start anew with the default story."
)


def planned(deletion: Deletion) -> str:
    """Say that everything is going to be deleted, and when."""
    return f"⚠ **Everything of this server is deleted on {day(deletion)}.** Until then I work as before."


def done(deletion: Deletion) -> str:
    """Say to whoever asked for it that it is planned."""
    return with_commands(f"{planned(deletion)}\nTo take it back, press {UNDO} here, or in `/settings` later.")


def logged(who: str, when: str, deletion: str) -> str:
    """Say in the log channel who planned a deletion; ``deletion`` is its day."""
    undo = with_commands("`/settings` takes it back until then.")
    return f"{who} planned to **delete everything** of this server on {deletion} · {when}\n-# {undo}"


def logged_keep(who: str, when: str) -> str:
    """Say in the log channel who took a deletion back."""
    return f"{who} **kept everything**: nothing is deleted · {when}"


def left(server: str, deletion: Deletion, *, files: bool) -> str:
    """Tell the owner of a server that the bot was removed from it, and what becomes of its data."""
    named = f"**{server}**" if server else "your server"
    rest = "Its stories are attached." if files else "Its stories are too large to be sent: ask whoever runs me for them."
    return (
        f"I am no longer in {named}. What I keep of it is deleted on {day(deletion)}. {rest}\n"
        "Add me again before that day, and everything is as it was."
    )


def back(deletion: Deletion) -> str:
    """Say in a server that the bot is back and has kept everything."""
    return f"I am back. Everything is as it was: nothing is deleted on {day(deletion)} any more."


def day(deletion: Deletion) -> str:
    """Return the day of a deletion in words."""
    return f"{deletion.due.day} {deletion.due:%B %Y}"
