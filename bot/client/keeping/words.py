"""What Footnote says to moderators who keep, edit and drop what was read in articles."""

from __future__ import annotations

from bot.languages import say, say_number

KEEP = "Keep"
EDIT = "Edit"
DROP = "Drop"
SKIP = "Skip"
LIST = "Most asked"
OPEN = "Open"
UNDO = "Undo"

POSITION = "{place} of {total}"
SOURCE = "Source"
SPEAKER = "Speaker"
DAY = "Day"
PEOPLE = "Named"

KEPT = "**Kept:** {text}"
DROPPED = "**Dropped:** {text}"
WAITS_AGAIN = "**Taken back:** it is waiting for review again."
KEPT_BY = "**Nothing was changed:** {who} kept it {when}."
EDITED_BY = "**Nothing was changed:** {who} edited it {when}."
DROPPED_BY = "**Nothing was changed:** {who} took it back {when}."
CHANGED_BY = "**Nothing was changed yet:** {who} changed it {when}. This is what it says now."
PROPOSED = "**Waiting for a second moderator:** it names a person. It is kept when another one approves it in `/review`."
AGAIN = "-# You have been through all of them; these you skipped."

NOTHING_WAITS = "No sentence of an article is waiting for review."
ALL_REVIEWED = "### All reviewed\nNo sentence of an article is waiting for review any more."
OTHERS_HAVE_THEM = "Other moderators are looking at the sentences that are left. Look again in a few minutes."
OTHER_HAS_IT = "Another moderator is looking at this sentence. Take another one, or look again in a few minutes."
LIST_TITLE = "### Not reviewed, most asked first"
WHICH_TO_KEEP = "### Which of these do you want to keep?\n-# The answer rests on several sentences that nobody has reviewed."
REVIEWED_ALREADY = "Nothing in this answer is waiting for review any more: somebody has kept or edited it, or taken it back."

KIND = ("What it is", "A claim is what the source or the speaker states.")
TEXT = (
    "What it says",
    "For a quote, the exact words without quotation marks; otherwise your own words.",
    "The harbour is closed.",
)
DATE = ("When it was", "As precise as it is known. Or leave it empty.", "26 October 2017")
BY = ("Who says it, or takes part", "For a quote, who said it; for an event, who took part.")
ABOUT = ("Whom or what it is about", "Who is spoken of.")
CHOOSE = "Choose from the story"


def asked(number: int) -> str:
    """Say how many replies were answered with a sentence; "" for none."""
    return say_number(number, "answered {number} question", "answered {number} questions") if number else ""


def waiting(number: int) -> str:
    """Say how many sentences wait."""
    return say_number(number, "{number} sentence waits", "{number} sentences wait")


def position(number: int, total: int) -> str:
    """Say which card this is, of how many."""
    return say(POSITION, place=number, total=total)
