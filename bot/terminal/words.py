"""What Footnote says in a terminal alone; what it says on Discord too is in `bot.presentation.wording`."""

from __future__ import annotations

from bot.facts.models import Citation

RANKING = "Nearest facts, whatever the answer"
NOTHING_FOUND = "The facts that I have hold nothing like that."

WELCOME = "I know about {}. Ask a question, or type /help; /quit ends."
NOTHING_ASKED = "Nothing has been asked yet."
UNKNOWN_COMMAND = "There is no command /{}. Type /help to see those that there are."
HELP = """Ask a question in your own words, for example: {}

/ask QUESTION [as_of: DATE]            ask, as without a command; as_of: what the sources had told by a day
/quote [SPEAKER] [about TOPIC]         what was said, word for word
/who ACTOR                             all that is known of a person or an organisation
/timeline [ACTOR] [from DATE] [to DATE]  what happened, day by day; kind: quotes, claims or all
/network [ACTOR]                       who speaks about whom
/sources                               what all facts rest on
/check TEXT [speaker: NAME]            hold a quotation against what was said, word for word; source: and date: too
/why                                   how the last question was read
/help                                  this
/quit                                  end

`story: ID` at the end of a question or a command keeps to one story."""


def place(citation: Citation) -> str | None:
    """Return the place in a source in words, such as ``paragraph 4``; None for the whole source."""
    return " ".join(part for part in (citation.label, citation.locator) if part) or None
