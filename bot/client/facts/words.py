"""What Footnote says to moderators who add, change and take back facts, in English, from which it is translated."""

from __future__ import annotations

from collections.abc import Mapping

from bot.facts.models import FactKind
from bot.languages import say, say_number

KINDS: Mapping[FactKind, str] = {"event": "Event", "quote": "Quote", "claim": "Claim"}
SENTENCE = "Sentence of an article"
NEW = {"event": "New event", "quote": "New quote", "claim": "New claim"}

SAVE = "Save"
EDIT = "Edit"
CANCEL = "Cancel"
UNDO = "Undo"
BACK_TO_FORM = "Back to the form"
DESCRIBE = "Describe the source"
ADD_ACTOR = "Add somebody new"
ON_TOP = "Edit on top of it"
GIVE_UP = "Discard my change"
RETRACT = "Retract it…"
ADD_REVIEW = "Record a review"
HISTORY = "History"
TAKE_BACK = "Take it back"
GO_BACK = "Go back to @{revision}"

TEXT: Mapping[FactKind, tuple[str, str, str]] = {
    "event": (
        "What happened",
        "One event in one sentence, in your own words. It is shown as you write it.",
        "The city closed the Harbour Bridge to all traffic.",
    ),
    "quote": (
        "The words",
        "Word for word, without quotation marks around them.",
        "Safety comes first, and the bridge is not safe.",
    ),
    "claim": (
        "The claim",
        "What is claimed, in your own words. Who claims it is shown before it.",
        "Repairs will cost 4.2 million dollars.",
    ),
}
_DATE_HELP = "As precise as it is known: 26 Oct 2017, October 2017, about 2017, 2014 - 2017. Or leave it empty."
DATE: Mapping[FactKind, tuple[str, str]] = {
    "event": ("When it happened", _DATE_HELP),
    "quote": ("When it was said", _DATE_HELP),
    "claim": ("When it was claimed", _DATE_HELP),
}
DATE_EXAMPLE = "26 October 2017"
WHERE = ("Where it happened", "A place, if it matters. Or leave it empty.", "Harbour")
CONTEXT = ("Where or how it was said", "For example the occasion. Or leave it empty.", "press conference")
SOURCE = ("Source", "Required. If it is not in the list, leave this empty and paste its link below.")
SOURCE_CHOICE = "Choose a source"
LOCATOR = (
    "Place in it, or the link of a new source",
    "The place in the chosen source, or a link; each further source on its own line.",
    "#4, page 12, or https://example.org/article #4",
)
SOURCES = (
    "Sources, one per line",
    "Required: a source's name or link, then the place in it, if known.",
    "gazette #4, gazette page 12, or https://example.org/article",
)
REASON_OF_EDIT = ("Why you change it", "Kept in its history. Or leave it empty.", "typo, wrong date, better source …")
REASON_OF_RETRACTION = (
    "Why you take it back",
    "Kept in its history, and shown in the replies that I correct.",
    "The source has corrected it.",
)

RATING = (
    "The rating",
    "In the words of whoever rated the claim, with its scale if it has one.",
    "Mostly false (2 of 5)",
)
RATED_BY = ("Who rated it", "The fact-checker: an organisation or a person.", "Harbour Checks")
RATED_AT = ("Link of the review", "Where the rating can be read.", "https://example.org/check")
REVIEW_TITLE = ("Title of the review", "As it stands above the text. Or leave it empty.", "Will repairs cost 4.2 million?")

LINK = ("Link", "Its address on the web; leave it empty for what is not on the web.", "https://example.org/article")
TITLE = ("Title", "As it stands above the text.", "Bridge shut after inspection")
PUBLISHER = ("Publisher", "The newspaper, site, station or office. Or leave it empty.", "Harbour Gazette")
PUBLISHED = ("Published", "When it was published. Or leave it empty.", "4 March 2021")
TYPE = ("Kind of source", "What it is.")
ARCHIVE = ("Archived copy", "A link to a permanent copy. Or leave it empty.", "https://web.archive.org/…")
NAME = ("Name", "As readers should see it.", "Maria Lee")
ACTOR_KIND = ("What it is", "Choose what fits best.")
ALIASES = (
    "Other names, one per line",
    "What readers may call it: nicknames, short forms, other spellings. Or leave it empty.",
    "Mayor Lee\nthe mayor",
)
WIKIDATA = ("Wikidata", "The number of its item there, if you know it. Or leave it empty.", "Q918")
ROLE = ("Role", "What it is known as; shown behind the name. Or leave it empty.", "Mayor of Harbour")

ACTOR_KINDS = {
    "person": "A person",
    "organization": "An organisation",
    "outlet": "A newspaper, station or site",
    "platform": "An online platform",
    "government": "A government or an authority",
    "place": "A place",
    "group": "A group of people",
    "other": "Something else",
}

KIND_HELP = (
    "-# **Event**: what happened, in your words. **Quote**: what somebody said, word for word. "
    "**Claim**: what somebody asserts, in your words."
)
WHICH_STORY = "### Which story does it belong to?"
WHICH_FACT = "### Which fact do you mean?\n-# These contain words that you typed; those with the most come first."
CHOOSE_SPEAKER = "Choose who said it"
NOT_SAVED = "### Not saved yet"
WHO_IS_IT = "### Who said it?\n-# Nothing is saved yet."
NOTHING_LOST = "-# Nothing that you wrote is lost: the form opens as you left it."
CANCELLED = "Nothing was changed."
LOOKS_LIKE = "-# This is how readers will see it. Nothing is saved yet."
READ_AS = "-# “{typed}” is read as {date}."
NEAR = "**Is it already one of these?**"
NEW_SOURCE = "New source"
NO_CHANGE = "Nothing was changed: it already says that."
SAVE_ALL_THE_SAME = "Nothing was saved yet: you can still save the fact."
ALREADY_SAVED = "This was already saved; it is stored only once."
PROPOSED = (
    "### Waiting for a second moderator\nThis fact names a person, and on this server two moderators must agree on such facts. "
    "You have agreed by sending it; it is saved when another moderator approves it."
)
TOO_LONG_FOR_FORM = (
    "{name} is longer than a Discord form can hold, so it cannot be edited here. Get the story with /story export, change it "
    "in the file, and bring it back with /story import."
)
CHANGED_SINCE = "It was changed since you looked at it. Here it is as it stands now."
RETRACTED = "Retracted: readers are not shown it."
IN_SEVERAL = "“{name}” is in several stories: {stories}. Choose from the list, or say which story."
REVIEW_OF = "Review of the claim F{number}"
TAKEN_BACK = "### Taken back\n{what}"
HISTORY_TITLE = "### History of F{number}"
CHANGED_MEANWHILE = (
    "### F{number} was changed while you were writing\n"
    "You were looking at F{number}@{seen}; it is F{number}@{current} now. "
    "Nothing was overwritten, and nothing you wrote is lost."
)
ENTRY_CHANGED = (
    "### {name} was changed while you were writing\nNothing was overwritten, and nothing you wrote is lost. This was changed:"
)
ACTIONS = {"add": "added", "revise": "changed", "retract": "retracted", "restore": "brought back"}
BEFORE_LAST = "### Take back the last change of F{number}"
SAVE_ANYWAY = "Save anyway"
SEND_TO_SECOND = "Send to a second moderator"
EVENT_GONE = "F{number} is retracted. Choose another event, or bring it back with /fact undo."
NO_SUCH_SOURCE = "There is no such source. Choose one from the list, or leave it out and paste its link into the form."
SAME_NAME = "“{name}” already exists. Change it with /actor edit, or give this one another name."


def kind_name(kind: FactKind) -> str:
    """Say what kind of fact it is."""
    return say(KINDS[kind]) if kind in KINDS else say(SENTENCE)


def effects_title(number: int, worse: int) -> str:
    """Return the heading of the recorded questions that a change would have answered otherwise, ``worse`` of them worse."""
    if 0 < worse < number:
        return say_number(
            worse,
            "**⚠️ {all} recorded questions would get another answer, {number} of them a worse one**",
            "**⚠️ {all} recorded questions would get another answer, {number} of them worse ones**",
            all=number,
        )
    if worse:
        return say_number(
            worse,
            "**⚠️ {number} recorded question would get a worse answer**",
            "**⚠️ {number} recorded questions would get a worse answer**",
        )
    return say_number(
        number,
        "**{number} recorded question would get another answer**",
        "**{number} recorded questions would get another answer**",
    )


def new_source(shown: str) -> str:
    """Name a source that a typed fact adds."""
    return say("**{name}:** {text}", name=say(NEW_SOURCE), text=shown)


def did(action: str, when: str, who: str) -> str:
    """Say what was done to a fact, when and by whom."""
    return say("{did} {when} by {who}", did=say(ACTIONS[action]), when=when, who=who)
