"""What Footnote says in `/audit`."""

from __future__ import annotations

TITLE = "### Changes"
NOTHING = "Nothing in the log fits that. Leave a field empty to see more."
TAKE_BACK = "Take back change {}"
OLDER = "Older"
NEWEST = "Newest"
TAKEN_BACK = "-# Taken back. It is a change of its own, which can be taken back too."

_DID = {
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


def did(action: str) -> str:
    """Say what somebody did, before what it was done to."""
    return _DID.get(action, action)


def head(change: int | None, when: str) -> str:
    """Head a line: the number of the change, if it can be taken back, and when."""
    return f"**{change}** · {when}" if change is not None else when


def undone(change: int) -> str:
    """Say which change was taken back."""
    return f"change {change}: "
