"""What Footnote writes into a server's log channel."""

from __future__ import annotations

from bot.presentation.wording import counted

UNDO = "Undo"

_DID = {
    "add": "added",
    "edit": "changed",
    "retract": "retracted",
    "undo": "took back a change of",
    "add source": "gave a source to",
    "source": "added or changed",
    "actor": "added or changed",
    "answer": "answered a reader's question with",
    "dismiss": "dismissed a reader's question in",
    "import": "imported",
    "approve": "approved a suggestion and added",
}


def did(who: str, action: str, when: str) -> str:
    """Head a line: who did what, and when."""
    return f"{who} **{_DID.get(action, action)}** · {when}"


def reason(text: str) -> str:
    """Give the reason of a change."""
    return f"-# Why: {text}"


def more(number: int) -> str:
    """Say that a change touched more than is listed."""
    return f"-# and {counted(number, 'more fact', 'more facts')}"


def all_taken_back(change: int, facts: int) -> str:
    """Say that a change of many facts was taken back."""
    return f"### Taken back: change {change}\n{counted(facts, 'fact is', 'facts are')} as before it."


def taken_back(who: str) -> str:
    """Say that a change was taken back."""
    return f"-# Taken back by {who}."
