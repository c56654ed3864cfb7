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
WAITS_AGAIN = "**Taken back:** it waits for a review again."
KEPT_BY = "**Nothing was changed:** {who} kept it {when}."
EDITED_BY = "**Nothing was changed:** {who} edited it {when}."
DROPPED_BY = "**Nothing was changed:** {who} took it back {when}."
CHANGED_BY = "**Nothing was changed yet:** {who} changed it {when}. This is what it says now."
PROPOSED = "**Waiting for a second moderator:** it names a person. It is kept when another one approves it in `/review`."
AGAIN = "-# You have been through all of them; these you skipped."

NOTHING_WAITS = "No sentence of an article waits for a review."
ALL_REVIEWED = "### All reviewed\nNo sentence of an article waits for a review any more."
OTHERS_HAVE_THEM = "The sentences that still wait are before other moderators. Look again in some minutes."
OTHER_HAS_IT = "Another moderator has this sentence before them. Take another one, or look again in some minutes."
LIST_TITLE = "### Not reviewed, most asked first"
WHICH_TO_KEEP = "### Which of these do you want to keep?\n-# The answer rests on several sentences that nobody has reviewed."
REVIEWED_ALREADY = "Nothing in this answer waits for a review any more: somebody has kept or edited it, or taken it back."

KIND = ("What it is", "A claim is what the source states, or whoever speaks.")
TEXT = ("What it says", "Of a quote the very words, without quotation marks; else in your own words.", "The harbour is closed.")
DATE = ("When it was", "As precise as it is known. Or leave it empty.", "26 October 2017")
BY = ("Who says it, or takes part", "Of a quote, who said it; of an event, who takes part.")
ABOUT = ("Whom or what it is about", "Who is spoken of.")
CHOOSE = "Choose from the story"


def asked(number: int) -> str:
    """Say how many replies were answered with a sentence; "" for none."""
    return say_number(number, "answered {number} question", "answered {number} questions") if number else ""


def waiting(number: int) -> str:
    """Say how many sentences wait."""
    return say_number(number, "{number} sentence waits", "{number} sentences wait")


def position(number: int, total: int) -> str:
    """Say which card it is, of how many."""
    return say(POSITION, place=number, total=total)
