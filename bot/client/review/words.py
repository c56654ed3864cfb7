"""What Footnote says about suggestions: to the members who make them and to the moderators who decide them."""

from __future__ import annotations

from collections.abc import Mapping

from bot.facts.models import FactKind
from bot.presentation.languages import say

APPROVE = "Approve"
EDIT = "Edit"
REJECT = "Reject…"
SEND = "Send to the moderators"
CANCEL = "Cancel"
BACK_TO_FORM = "Back to the form"

YOUR_SUGGESTION = "### Your suggestion\n-# This is how it would look. Nothing is sent yet."
NEAR = "**Is it one of these already?** Then there is no need to send it."
NEAR_FOR_REVIEW = "**Is it one of these already?**"
SAME_FACT = "Same fact: add the source"
NOT_SENT = "### Not sent yet"
NOTHING_LOST = "-# Nothing that you wrote is lost: the form opens as you left it."
SENT = (
    "### Sent, thank you\nA moderator looks at it. I will tell you in a direct message what comes of it; "
    "`/privacy` shows it too, and takes it back."
)
CANCELLED = "Nothing was sent, and what you wrote is forgotten."
WHO_SAID = "### Who said it?"
CHOOSE_WHO = "Choose who said it"
WHO_ELSE = "-# Not in this list? Type the name at `/suggest speaker`; who is not known yet can be named in a claim."
NO_SPEAKER = "That person is not known here yet. Suggest it as a claim and name them in it, or ask a moderator to add them."
WHICH_STORY = "### Which story does it belong to?"
CHOOSE_STORY = "Choose a story"

NONE_OPEN = "No suggestion waits for a decision."
OPEN = "### Suggestions that wait\nChoose one to decide it; the oldest come first."
CHOOSE_SUGGESTION = "Choose a suggestion"
WHY_REJECT = "Why"
WHY_REJECT_HELP = "Whoever suggested it is shown this."
WHY_REJECT_EXAMPLE = "The source does not say so; it names another date."
NO_REASON = "Say why you reject it; whoever suggested it is shown the reason."
EDITED_MEANWHILE = "This suggestion was changed since you looked at it. Here it is as it stands now: look again, then decide."
FORM_CHANGED = (
    "### Somebody changed this suggestion while you were writing\n"
    "Nothing of theirs was overwritten, and nothing of yours is lost. It says now:"
)
WITHDRAWN = "Withdrawn by whoever suggested it."
UNFIT = "**It cannot be taken as it is:**"

DECIDED = {"agree": "agreed to", "reject": "rejected"}
"""Decisions that change no fact, by how the logbook calls them."""

FORM_TITLES: Mapping[FactKind, str] = {"event": "Suggest an event", "quote": "Suggest a quote", "claim": "Suggest a claim"}

STATES = {
    "open": "waits for a decision",
    "approved": "was accepted",
    "rejected": "was not accepted",
    "withdrawn": "was withdrawn",
}


def title(number: int, kind: FactKind, fact: int | None) -> str:
    """Head a suggestion in review."""
    what = f"a change of F{fact}" if fact is not None else f"a new {kind}"
    return f"### Suggestion {number}: {what}"


def changed_since(fact: int | None, revision: int) -> str:
    """Say that the fact that is to be changed was changed by somebody else."""
    return f"F{fact} was changed meanwhile, and is F{fact}@{revision} now. Edit this to put it on top of that, then approve it."


def suggested(who: str, when: str) -> str:
    """Say who suggested it and when."""
    return f"-# by {who} · {when}"


def agreed(names: str, number: int, needed: int) -> str:
    """Say how many of the moderators that are needed have agreed."""
    return f"**{number} of {needed} moderators agree**" + (f" ({names})" if names else "") + ": it names a person."


def approved(who: str, when: str, ref: str) -> str:
    """Say who approved it."""
    return f"**Approved** by {who} {when}" + (f": it is {ref} now." if ref else ".")


def rejected(who: str, when: str, reason: str) -> str:
    """Say who rejected it and why."""
    return f"**Rejected** by {who} {when}: {reason}"


def more_wait(number: int) -> str:
    """Say that more suggestions wait than are listed."""
    return f"-# and {number} more: they come up as these are decided."


def reject_title(number: int) -> str:
    """Head the form in which the reason is written."""
    return f"Reject suggestion {number}"


def form_title(kind: FactKind) -> str:
    """Head the form of a suggestion."""
    return say(FORM_TITLES[kind])


def taken(server: str, ref: str) -> str:
    """Tell a member that a suggestion became a fact."""
    said = say("### Your suggestion was accepted\n-# In {server} it is {ref} now. Thank you.")
    return said.format(server=server, ref=ref)


def not_taken(server: str, text: str, reason: str) -> str:
    """Tell a member that a suggestion was rejected, and why."""
    said = say("### Your suggestion was not accepted\n-# In {server}\n**Why:** {reason}\n> {text}")
    return said.format(server=server, reason=reason, text=text)


def earlier(text: str, state: str, reason: str) -> str:
    """Say in a line what became of an earlier suggestion."""
    return f"“{text}” {say(STATES.get(state, state))}" + (f": {reason}" if reason else ".")


def logged(who: str, did: str, number: int, reason: str = "") -> str:
    """Tell the log channel of a decision that changed no fact."""
    return f"{who} **{did}** suggestion {number}" + (f"\n-# Why: {reason}" if reason else "")
