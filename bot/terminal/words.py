"""Every sentence that Footnote says in a terminal, beside those of its errors."""

from __future__ import annotations

from collections.abc import Sequence

from bot.facts.models import Citation

NO_ANSWER = "I can't answer that from the facts I have."
NEAREST = "The nearest facts:"
SEE_ALSO = "See also"
SOURCES = "Sources"
RANKING = "Nearest facts, whatever the answer"
NO_DATE = "Date not known"
NOTHING_FOUND = "The facts that I have hold nothing like that."
HAPPENED = "What happened"
SAID = "Said and claimed"
SAID_ABOUT = "Said by others"

WHY = "Why this answer"
WHY_NOT = "Why no answer"
ASKED_FOR = "You asked {}, and the best fact has that."
ASKED_FOR_MISSING = "You asked {}, and the best fact does not have that."
MATCHED = "Words of yours that the best fact has: {}."
MISSING = "Words that it lacks: {}."
NAMES = "Names that I recognised: {}."
UNKNOWN = "Words that no fact has: {}."
READ_AS = "I read “{}” as “{}”."
FITS = "How well the best fact fits: {} of 100."
NO_FACT = "No fact shares a word with your question."

WELCOME = "I know about {}. Ask a question, or type /help; /quit ends."
NOTHING_ASKED = "Nothing has been asked yet."
UNKNOWN_COMMAND = "There is no command /{}. Type /help to see those that there are."
HELP = """Ask a question in your own words, for example: when was it announced?

/ask QUESTION                          ask, as without a command
/quote [SPEAKER] [about TOPIC]         what was said, word for word
/who ACTOR                             all that is known of a person or an organisation
/timeline [ACTOR] [from DATE] [to DATE]  what happened, day by day
/sources                               what all facts rest on
/why                                   how the last question was read
/help                                  this
/quit                                  end

`story: ID` at the end of a question or a command keeps to one story."""

_ASKED = {
    "keywords": "with keywords alone",
    "what": "what something is",
    "yes or no": "whether something is so",
}


def asked(slot: str) -> str:
    """Say what a question asks for: ``when``, ``with keywords alone``."""
    return _ASKED.get(slot, slot)


def publishers(count: int) -> str:
    """Say how many publishers stand behind a fact."""
    return "One publisher stands behind it." if count == 1 else f"{count} publishers stand behind it, each on its own."


def counted(number: int, one: str, many: str) -> str:
    """Say how many: ``1 fact``, ``3 facts``."""
    return f"{number} {one if number == 1 else many}"


def listed(items: Sequence[str]) -> str:
    """Join names as a sentence does: ``A``, ``A and B``, ``A, B and C``."""
    return "".join(items) if len(items) < 2 else f"{', '.join(items[:-1])} and {items[-1]}"


def place(citation: Citation) -> str | None:
    """Return the place in a source in words, such as ``paragraph 4``; None for the whole source."""
    return " ".join(part for part in (citation.label, citation.locator) if part) or None
