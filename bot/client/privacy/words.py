"""What Footnote says to readers about what it stores about them."""

from __future__ import annotations

from bot.presentation.languages import say_number

DELETE = "Delete what is kept of me…"
CONFIRM = "Yes, delete it"
KEEP = "Keep it"
TAKE_BACK = "-# Deleting takes suggestions back that nobody has decided; decided ones stay without your name."

TITLE = "### What I keep of you"

KEPT_OF_ALL = """\
**When you ask**, I keep which facts my reply showed, with your question, for {reply_days}, so that its buttons work. A question \
that I could not answer, or not well, is kept for {question_days} for those who keep the facts; where they say what answers it, \
or that nothing must, its words stay with the facts. Your name stands beside none of this.

**When you have a text checked**, I keep it for {reply_days}, so that the buttons of my reply work.

**When you want to be told** of an answer, I keep your Discord id until you were told, and no longer than the question.

**What you write into a form** is kept for {draft_days}, so that nothing is lost; **what you suggest** is kept with your id, \
and for a day, without it, that somebody did.

**What a moderator changes** stays signed with their id: that is the history of the facts.

I keep no other message, and give nothing of this to anybody else. This is about this place alone: every server has its own."""

NOTHING = "**Of you** I keep nothing here."
OF_YOU = "**Of you** I keep here:"
SURE = (
    "### Delete what is kept of you?\nForms that are not sent, suggestions that nobody has decided, and your waiting for answers \
will be gone. Suggestions that were decided stay, without your name."
)
DELETED = "### Deleted\nNothing is kept of you here any more. What you changed as a moderator stays in the history of the facts."


def days(number: int) -> str:
    """Say how many days."""
    return say_number(number, "{number} day", "{number} days")


def suggestions(number: int) -> str:
    """Say how many suggestions are kept."""
    return say_number(number, "- {number} suggestion, the latest:", "- {number} suggestions, the latest:")


def waiting(number: int) -> str:
    """Say how many answers somebody waits for."""
    return say_number(number, "- that you wait for {number} answer:", "- that you wait for {number} answers:")
