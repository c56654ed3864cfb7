"""What Footnote says about suggestions, to members and to moderators, and about questions that were asked in vain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.client.text import timestamp
from bot.facts.models import FactKind
from bot.facts.state.gaps import Gap
from bot.presentation.languages import say, say_number
from bot.presentation.wording import in_marks, labelled, listed

APPROVE = "Approve"
REJECT = "Reject…"
SEND = "Send to the moderators"

NEAR = "**Is it one of these already?** Then there is no need to send it."
SAME_FACT = "Same fact: add the source"
NOT_SENT = "### Not sent yet"
SENT = (
    "### Sent, thank you\nA moderator looks at it. I will tell you in a direct message what comes of it; "
    "`/privacy` shows it too, and takes it back."
)

CANCELLED = "Nothing was sent, and what you wrote is forgotten."
ASK_SPEAKER = "### Who said it?"
WHO_ELSE = "-# Not in this list? Type the name at `/suggest speaker`; who is not known yet can be named in a claim."

NONE_OPEN = "No suggestion waits for a decision."
OPEN = "### Suggestions that wait\nChoose one to decide it; the oldest come first."
MORE_WAIT = "-# and {number} more: they come up as these are decided."
WHY_REJECT_EXAMPLE = "The source does not say so; it names another date."
NO_REASON = "Say why you reject it; whoever suggested it is shown the reason."
FORM_CHANGED = (
    "### Somebody changed this suggestion while you were writing\n"
    "Nothing of theirs was overwritten, and nothing of yours is lost. It says now:"
)
WITHDRAWN = "Withdrawn by whoever suggested it."

DECIDED = {"agree": "{who} **agreed to** suggestion {number}", "reject": "{who} **rejected** suggestion {number}"}
"""Decisions that change no fact, by how the logbook calls them."""

TITLES: Mapping[FactKind, str] = {
    "event": "### Suggestion {number}: a new event",
    "quote": "### Suggestion {number}: a new quote",
    "claim": "### Suggestion {number}: a new claim",
}
FORM_TITLES: Mapping[FactKind, str] = {"event": "Suggest an event", "quote": "Suggest a quote", "claim": "Suggest a claim"}

CHANGED_SINCE = "F{fact} was changed meanwhile, and is {ref} now. Edit this to put it on top of that, then approve it."
APPROVED = "**Approved** by {who} {when}: it is {ref} now."
AGREED = "**{number} of {needed} moderators agree**{names}: it names a person."
TAKEN = "### Your suggestion was accepted\n-# In {server} it is {ref} now. Thank you."
NOT_TAKEN = "### Your suggestion was not accepted\n-# In {server}\n**Why:** {reason}\n> {text}"

STATES = {
    "open": "waits for a decision",
    "approved": "was accepted",
    "rejected": "was not accepted",
    "withdrawn": "was withdrawn",
}


def title(number: int, kind: FactKind, fact: int | None) -> str:
    """Head a suggestion in review."""
    if fact is not None:
        return say("### Suggestion {number}: a change of F{fact}", number=number, fact=fact)
    return say(TITLES[kind], number=number)


def earlier(text: str, state: str, reason: str) -> str:
    """Say in a line what became of an earlier suggestion."""
    became = f"{in_marks(text)} {say(STATES.get(state, state))}"
    return labelled(became, reason) if reason else f"{became}."


def logged(who: str, action: str, number: int, reason: str = "") -> str:
    """Tell the log channel of a decision that changed no fact."""
    decision = say(DECIDED[action], who=who, number=number)
    return f"{decision}\n{say('-# Why: {reason}', reason=reason)}" if reason else decision


GAPS_TITLE = "### What readers asked in vain"
NO_GAPS = "Readers have asked nothing in vain that nobody has looked at yet."
NO_GAP_WITH = "No question that waits for an answer has these words. Leave the words out to see all of them."
GAPS_WITH = "Only questions with: {words}"
OPEN_GAP = "Open"
BACK_TO_GAPS = "Back to the list"
DISMISS_SEVERAL = "Dismiss several of these at once"
ADD_FACT = "Add the fact"
DISMISS = "Dismiss"
NEVER = "Must stay unanswered"
CHOOSE_ANSWER = (
    "-# Choose the fact that answers it, or several: from then on they are asked for in these words too. **Dismiss** puts it "
    "aside, and it is forgotten in time; **Must stay unanswered** keeps the question for good, and `/story check` sees to it."
)
SOLVED_ALREADY = "This question was solved already. Open the list again with /gaps."
DISMISSED_ALREADY = "This question was dismissed already. Open the list again with /gaps."
WHICH_KIND_ANSWERS = "### Add the fact that answers it\n**{question}**\nWhat is it? When it is saved, the question is solved."
DISMISSED = "### Left as it is\n**{question}**"
STAYS_UNANSWERED = "`/story check` sees to it from now on that it stays without an answer."


def gap_asked(gap: Gap) -> str:
    """Say how often a question was asked, when last, what came of it and how many wait to be told."""
    few = {1: say("asked once, last {last}"), 2: say("asked twice, last {last}")}
    times = few.get(gap.asked, say("asked {times} times, last {last}"))
    parts = [times.format(times=gap.asked, last=timestamp(gap.last, "R"))]
    if gap.unhelpful and gap.unanswered:
        both = say("{unanswered} without an answer, {unhelpful} with one that did not help")
        parts.append(both.format(unanswered=gap.unanswered, unhelpful=gap.unhelpful))
    elif gap.unhelpful:
        parts.append(say("the answer did not help"))
    if gap.followers:
        parts.append(say_number(gap.followers, "{number} reader waits to be told", "{number} readers wait to be told"))
    return f"-# {' · '.join(parts)}"


def answered(question: str, refs: Sequence[str]) -> str:
    """Say that facts answer a question from now on."""
    return say(
        "### Solved\n**{question}**\n{facts} is asked for in these words too from now on."
        if len(refs) == 1
        else "### Solved\n**{question}**\n{facts} are asked for in these words too from now on.",
        question=question,
        facts=listed(refs),
    )


def now_first(ref: str | None, wanted: Sequence[str]) -> str:
    """Say what asking again gives."""
    if ref in wanted:
        return say("-# Asked again just now, it is answered with {ref}.", ref=ref)
    if ref is not None:
        return say("-# Asked again just now, {ref} still comes first: look at both with `/fact show`.", ref=ref)
    return say(
        "-# Asked again just now, it is still left without an answer: look at what {ref} says with `/fact show`.", ref=wanted[0]
    )


def dismissed(number: int) -> str:
    """Say how many questions were dismissed at once."""
    return say_number(
        number,
        "**{number} question dismissed.** It is forgotten in time, and no longer listed here.",
        "**{number} questions dismissed.** They are forgotten in time, and no longer listed here.",
    )
