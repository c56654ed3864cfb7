"""What Footnote says about suggestions, to members and to moderators, and about questions that were asked in vain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.facts.models import FactKind
from bot.presentation.languages import say
from bot.presentation.wording import counted, listed

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


GAPS_TITLE = "### What readers asked in vain"
NO_GAPS = "Readers have asked nothing in vain that nobody has looked at yet."
OPEN_GAP = "Open"
BACK_TO_GAPS = "Back to the list"
ANSWERED_BY = "These facts answer it"
DISMISS_SEVERAL = "Dismiss several of these at once"
ADD_FACT = "Add the fact"
DISMISS = "Dismiss"
NEVER = "Must stay unanswered"
NO_FACTS = "There are no facts yet that could answer it."
CHOOSE_ANSWER = (
    "-# Choose the fact that answers it, or several: from then on they are asked for in these words too. **Dismiss** puts it "
    "aside, and it is forgotten in time; **Must stay unanswered** keeps the question for good, and `/story check` sees to it."
)
WHICH_KIND_ANSWERS = "### Add the fact that answers it\n**{question}**\nWhat is it? When it is saved, the question is solved."
DISMISSED = "### Left as it is\n**{question}**"
STAYS_UNANSWERED = "`/story check` sees to it from now on that it stays without an answer."


def gap_asked(times: int, last: str, unanswered: int, unhelpful: int, followers: int) -> str:
    """Say how often a question was asked, when last, what came of it and how many wait to be told."""
    often = {1: "once", 2: "twice"}.get(times, f"{times} times")
    parts = [f"asked {often}, last {last}"]
    if unhelpful and unanswered:
        parts.append(f"{unanswered} without an answer, {unhelpful} with one that did not help")
    elif unhelpful:
        parts.append("the answer did not help")
    if followers:
        parts.append("1 reader waits to be told" if followers == 1 else f"{followers} readers wait to be told")
    return f"-# {' · '.join(parts)}"


def waiting(suggestions: int) -> str:
    """Say that suggestions wait for a decision."""
    return f"-# {counted(suggestions, 'suggestion', 'suggestions')} of members wait in `/review`."


def gaps_page(number: int, pages: int, gaps: int) -> str:
    """Say which page this is, and of how many questions."""
    return f"-# Page {number + 1} of {pages}, {counted(gaps, 'question', 'questions')}"


def also_asked_as(wordings: str) -> str:
    """Give the other wordings of a question."""
    return f"**Also asked as**\n{wordings}"


def answered(question: str, refs: Sequence[str]) -> str:
    """Say that facts answer a question from now on."""
    are = "is" if len(refs) == 1 else "are"
    return f"### Solved\n**{question}**\n{listed(refs)} {are} asked for in these words too from now on."


def now_first(ref: str | None, wanted: Sequence[str]) -> str:
    """Say what asking again gives."""
    if ref in wanted:
        return f"-# Asked again just now, it is answered with {ref}."
    if ref is None:
        return f"-# Asked again just now, it is still left without an answer: look at what {wanted[0]} says with `/fact show`."
    return f"-# Asked again just now, {ref} still comes first: look at both with `/fact show`."


def dismissed(number: int) -> str:
    """Say how many questions were dismissed at once."""
    return f"**{counted(number, 'question', 'questions')} dismissed.** They are forgotten in time, and no longer listed here."


def logged_dismissal(who: str, question: str) -> str:
    """Tell the log channel that a question was dismissed."""
    return f"{who} **dismissed a reader's question**\n> {question}"
