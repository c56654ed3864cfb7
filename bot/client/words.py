"""Every word that Footnote says on Discord, in one place."""

from __future__ import annotations

from collections.abc import Sequence

from bot.facts.models import Citation

PREVIOUS = "Previous"
NEXT = "Next"
WHY = "Why this answer?"
WHY_NOT = "Why no answer?"
SOURCES = "Sources"
DELETE = "Delete"
SHOW = "Show"
READ_ALL = "Read all"
SEE_ALSO = "See also"
QUESTION = "Question"

NO_ANSWER = "I can't answer that from the facts I have."
NEAREST = "The nearest facts I have:"
HOW_TO_ASK = "Ask when, who, where, how much or what somebody said, or look around with `/timeline`, `/who` and `/sources`."
RETRACTED = "This fact was withdrawn."
NO_DATE = "Date not known"
NO_SOURCES = "No source is cited any more."
NO_STORY = "There is no story here yet."
TOO_OLD = "This reply is too old for its buttons; ask again for a fresh one."

HAPPENED = "What happened"
SAID = "Said and claimed"
SAID_ABOUT = "Said by others"
NOT_QUOTED = "Not quoted word for word in the facts I have; these are claims."

ONLY_ASKER = "Only the person who asked, or a moderator who may manage messages, can delete this reply."
CANNOT_READ = "I can read a reply only when it pings me: switch the @ on beside your reply, or mention me."
NOTHING_TO_READ = "That message has no text that I can read; pick one that asks a question in words."
COMMAND_CHANGED = (
    "This command has changed since your Discord loaded it; reload Discord (Ctrl+R, or close and reopen the app) and try again."
)
DISCORD_FAILED = "Discord did not take that; please try again in a moment."

WHY_TITLE = "Why this answer"
WHY_NOT_TITLE = "Why no answer"
ASKED_FOR = "You asked **{}**, and the first fact has that."
ASKED_FOR_MISSING = "You asked **{}**, and no fact that I have says that."
MATCHED = "Words of your question that the best fact has: {}."
MISSING = "Words that it does not have: {}."
NAMES = "Names that I recognised: {}."
UNKNOWN_NAMES = "Names that I do not know: {}."
READ_AS = "I read {} as {}."
CONFIDENCE = "How well the best fact fits: {} of 100."
PUBLISHERS_ONE = "One publisher is cited for it."
PUBLISHERS = "{} publishers are cited for it."
NOW = "-# Read again just now, from the facts as they stand."
ALL_SOURCES = "Sources"

SHORT_HELP = """Ask me something about the story, for example:
-# {mention} when was it announced?
`/help` shows all that I can do."""

HELP = """### Ask me about the story
I answer from facts that people have checked, and cite where each one comes from. When the facts do not answer, I say so.

**Ask** by mentioning {mention}, by a direct message, by replying to one of my answers, or with `/ask`.
-# {mention} when was it announced?

**Look around**
`/quote` what somebody said, word for word
`/who` everything about a person or an organisation
`/timeline` what happened, day by day
`/sources` what all of this rests on
**Answer this** in a message's menu (press and hold it, then Apps) answers what somebody else asked.

**Sources** under an answer shows the full references, **Why this answer?** how I read your question; **Delete** is for you."""

LOCATORS = {"paragraph": "¶", "page": "p. ", "section": "§ ", "timestamp": "at "}

SOURCE_TYPES = {
    "article": "article",
    "article-journal": "journal article",
    "article-magazine": "magazine article",
    "article-newspaper": "newspaper article",
    "bill": "bill",
    "book": "book",
    "broadcast": "broadcast",
    "entry-encyclopedia": "encyclopedia entry",
    "hearing": "hearing",
    "interview": "interview",
    "legal_case": "court case",
    "legislation": "law",
    "personal_communication": "message",
    "post": "social media post",
    "post-weblog": "blog post",
    "press-release": "press release",
    "report": "report",
    "speech": "speech",
    "webpage": "web page",
}


def unexpected(reference: str) -> str:
    """Say that something failed, with the reference under which the log has it."""
    return f"Something went wrong on my side, and it is in my log as {reference}. Please try again."


def place(citation: Citation) -> str:
    """Say where in a source: ``¶4``, ``p. 12``; nothing for the whole source."""
    if not citation.locator:
        return ""
    return LOCATORS.get(citation.label or "", f"{citation.label or 'at'} ") + citation.locator


def source_type(name: str) -> str:
    """Say what kind of source it is."""
    return SOURCE_TYPES.get(name, name.replace("-", " ").replace("_", " "))


def count(number: int, one: str, many: str) -> str:
    """Say how many: ``1 fact``, ``3 facts``."""
    return f"{number} {one if number == 1 else many}"


def page_number(page: int, pages: int) -> str:
    """Say which page this is."""
    return f"Page {page + 1} of {pages}"


def page_of(page: int, pages: int, total: int) -> str:
    """Say which page this is, and of how many facts."""
    return f"{page_number(page, pages)}, {count(total, 'fact', 'facts')}"


def more_sources(number: int) -> str:
    """Say that more sources than are listed stand behind the button."""
    return f"and {number} more: press {SOURCES}"


def listed(items: Sequence[str]) -> str:
    """Join names as a sentence does: ``A``, ``A and B``, ``A, B and C``."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def according_to(names: str) -> str:
    """Attribute a claim to those who make it."""
    return f"According to {names}:"


def stories_known(titles: Sequence[str]) -> str:
    """Say what there is to ask about."""
    return f"I know about {listed(titles)}." if titles else NO_STORY


def quotes_title(speaker: str | None, about: str | None) -> str:
    """Head a list of quotes."""
    return "Quotes" + (f" by {speaker}" if speaker else "") + (f" about {about}" if about else "")


def timeline_title(actor: str | None, start: str | None, end: str | None) -> str:
    """Head a timeline."""
    return "Timeline" + (f" of {actor}" if actor else "") + (f" from {start}" if start else "") + (f" to {end}" if end else "")


def nothing_found(title: str) -> str:
    """Say that a list is empty and what else to try."""
    return f"{title}: nothing in the facts I have. Leave a field empty to see more."


def cited_by(number: int) -> str:
    """Say how many facts cite a source."""
    return f"cited by {count(number, 'fact', 'facts')}"


def also_called(names: Sequence[str]) -> str:
    """Say by which other names somebody goes."""
    return f"Also called {listed(names)}"
