"""What Footnote says to moderators about the questions that readers asked in vain."""

from __future__ import annotations

from bot.presentation.wording import counted

TITLE = "### What readers asked in vain"
NONE = "Readers have asked nothing in vain that nobody has looked at yet."
OPEN = "Open"
BACK = "Back to the list"
ANSWERED_BY = "This fact answers it"
ADD = "Add the fact"
DISMISS = "Dismiss"
NEVER = "Must stay unanswered"
NO_FACTS = "There are no facts yet that could answer it."
CHOOSE = (
    "-# Choose the fact that answers it: from then on it is asked for in these words too. **Dismiss** puts it aside, "
    "and it is forgotten in time; **Must stay unanswered** keeps the question for good, and `/story check` sees to it."
)
WHICH_KIND = "### Add the fact that answers it\n**{question}**\nWhat is it? When it is saved, the question is solved."
DISMISSED = "### Left as it is\n**{question}**"
STAYS_UNANSWERED = "`/story check` sees to it from now on that it stays without an answer."


def asked(times: int, last: str, unanswered: int, unhelpful: int, followers: int) -> str:
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


def page(number: int, pages: int, gaps: int) -> str:
    """Say which page this is, and of how many questions."""
    return f"-# Page {number + 1} of {pages}, {counted(gaps, 'question', 'questions')}"


def also(wordings: str) -> str:
    """Give the other wordings of a question."""
    return f"**Also asked as**\n{wordings}"


def answered(question: str, ref: str) -> str:
    """Say that a fact answers a question from now on."""
    return f"### Solved\n**{question}**\n{ref} is asked for in these words too from now on."


def now_first(ref: str | None, wanted: str) -> str:
    """Say what asking again gives."""
    if ref == wanted:
        return f"-# Asked again just now, it is answered with {wanted}."
    if ref is None:
        return f"-# Asked again just now, it is still left without an answer: look at what {wanted} says with `/fact show`."
    return f"-# Asked again just now, {ref} still comes first: look at both with `/fact show`."


def logged(who: str, question: str) -> str:
    """Tell the log channel that a question was dismissed."""
    return f"{who} **dismissed a reader's question**\n> {question}"
