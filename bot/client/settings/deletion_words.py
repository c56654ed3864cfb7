"""What Footnote says about deleting all that a server has, and when it has left one."""

from __future__ import annotations

from bot.errors import DateError
from bot.facts.dates import parse_date
from bot.presentation.languages import language, say
from bot.storage.deletion_marks import Deletion

WORD = "DELETE"
"""What is typed to confirm."""

DELETE = "Delete everything"
UNDO = "Keep everything"
FORM_TITLE = "Delete everything of this server"
FIELD = "Type DELETE to confirm"
FIELD_HELP = "You get all stories as files first."
NOT_TYPED = "Nothing was deleted, for you did not type DELETE."
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

LOGGED = "{who} planned to **delete everything** of this server on {day} · {when}\n-# `/settings` takes it back until then."
LOGGED_KEPT = "{who} **kept everything**: nothing is deleted · {when}"
FILES_ATTACHED = "Its stories are attached."
FILES_TOO_LARGE = "Its stories are too large to be sent: ask whoever runs me for them."


def planned(deletion: Deletion) -> str:
    """Say that everything is going to be deleted, and when."""
    return say("⚠ **Everything of this server is deleted on {day}.** Until then I work as before.", day=day(deletion))


def done(deletion: Deletion) -> str:
    """Say to whoever asked for it that it is planned."""
    undo = say("To take it back, press {button} here, or in `/settings` later.", button=say(UNDO))
    return f"{planned(deletion)}\n{undo}"


def left(server: str, deletion: Deletion, *, files: bool) -> str:
    """Tell the owner of a server that the bot was removed from it, and what becomes of its data."""
    named = f"**{server}**" if server else say("your server")
    return "\n".join(
        (
            say("I am no longer in {server}. What I keep of it is deleted on {day}.", server=named, day=day(deletion)),
            say(FILES_ATTACHED if files else FILES_TOO_LARGE),
            say("Add me again before that day, and everything is as it was."),
        )
    )


def back(deletion: Deletion) -> str:
    """Say in a server that the bot is back and has kept everything."""
    return say("I am back. Everything is as it was: nothing is deleted on {day} any more.", day=day(deletion))


def day(deletion: Deletion) -> str:
    """Return the day of a deletion in words."""
    return logged_day(deletion.due.isoformat())


def logged_day(what: str) -> str:
    """Return a day in words as the logbook has it; what is no date in EDTF, as it is."""
    try:
        return parse_date(what).words(language())
    except DateError:
        return what
