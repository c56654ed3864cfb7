"""What Footnote says in a server's log channel and in `/audit`, and about taking changes back."""

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


def as_before(ref: str) -> str:
    """Head what taking a change back changed in a fact."""
    return f"{ref} is as it was before:"


def gone(ref: str, text: str) -> str:
    """Say that taking a change back retracted a fact."""
    return f"{ref} is retracted, and readers are no longer shown it: ~~{text}~~"


def there_again(ref: str, text: str) -> str:
    """Say that taking a change back brought a fact back."""
    return f"{ref} is there again: {text}"


def is_undone(did: str, what: str) -> str:
    """Say that what was done to a source, an actor or a story is undone."""
    return f"Undone: {did} {what}"


def taken_back(who: str) -> str:
    """Say that a change was taken back."""
    return f"-# Taken back by {who}."


AUDIT_TITLE = "### Changes"
NOTHING_FITS = "Nothing in the log fits that. Leave a field empty to see more."
TAKE_CHANGE_BACK = "Take back change {}"
OLDER = "Older"
NEWEST = "Newest"
CHANGE_TAKEN_BACK = "-# Taken back. It is a change of its own, which can be taken back too."

_AUDIT_DID = {
    "add": "added",
    "edit": "changed",
    "retract": "retracted",
    "undo": "took back",
    "import": "imported",
    "add source": "gave a source to",
    "source": "kept",
    "actor": "kept",
    "answer": "answered a reader's question with",
    "dismiss": "dismissed",
    "solve": "solved",
    "agree": "agreed to",
    "approve": "approved",
    "reject": "rejected",
    "edit suggestion": "edited",
    "settings": "set",
    "delete": "planned to delete everything on",
    "keep": "kept",
}


def did_in_audit(action: str) -> str:
    """Say what somebody did, before what it was done to."""
    return _AUDIT_DID.get(action, action)


def audit_head(change: int | None, when: str) -> str:
    """Head a line: the number of the change, if it can be taken back, and when."""
    return f"**{change}** · {when}" if change is not None else when


def undone(change: int) -> str:
    """Say which change was taken back."""
    return f"change {change}: "


TAKE_ALL_BACK = "Take back {} facts"
LEAVE = "Leave it"
GONE, CHANGED, BACK = "would be retracted", "would be as they were before", "would be brought back"


def sure(change: int) -> str:
    """Ask once more."""
    return f"### Take change {change} back?\nIt touched more than one fact. Nothing is changed yet."


def would(number: int, what: str) -> str:
    """Say what would happen to how many facts."""
    return f"- {counted(number, 'fact', 'facts')} {what}"


def would_empty(title: str) -> str:
    """Say that a story would have no fact left."""
    return f"- “{title}” would have no fact left, and readers would no longer be told of it"


def is_empty(title: str) -> str:
    """Say that a story has no fact left."""
    return f"-# “{title}” has no fact left: readers are no longer told of it, and its history stays."
