"""What Footnote says in a server's log channel and in `/audit`, and about taking changes back."""

from __future__ import annotations

from bot.facts.logbook import LoggedItem
from bot.presentation.languages import say, say_filled, say_number
from bot.presentation.wording import listed

UNDO = "Undo"

HEADS = {
    "add": "{who} **added** · {when}",
    "edit": "{who} **changed** · {when}",
    "retract": "{who} **retracted** · {when}",
    "undo": "{who} **took back a change of** · {when}",
    "add source": "{who} **gave a source to** · {when}",
    "answer": "{who} **answered a reader's question with** · {when}",
    "dismiss": "{who} **dismissed a reader's question in** · {when}",
    "import": "{who} **imported** · {when}",
    "approve": "{who} **approved a suggestion and added** · {when}",
}
"""The heads of lines in the log channel, by how the logbook calls what was done."""

LINES = {
    "add": "{who} added {what}",
    "edit": "{who} changed {what}",
    "retract": "{who} retracted {what}",
    "undo": "{who} took back {what}",
    "import": "{who} imported {what}",
    "add source": "{who} gave a source to {what}",
    "answer": "{who} answered a reader's question with {what}",
    "dismiss": "{who} dismissed {what}",
    "solve": "{who} solved {what}",
    "agree": "{who} agreed to {what}",
    "approve": "{who} approved {what}",
    "reject": "{who} rejected {what}",
    "edit suggestion": "{who} edited {what}",
    "settings": "{who} set {what}",
    "delete": "{who} planned to delete everything on {what}",
    "keep": "{who} kept everything",
}
"""The lines of `/audit`, by how the logbook calls what was done."""

ITEMS = {"source": "the source “{name}”", "actor": "the actor “{name}”", "story": "the story “{name}”"}
"""What a change may be of, beside facts."""

UNDONE = {
    "add": "“{name}” is there again.",
    "restore": "“{name}” is there again.",
    "revise": "“{name}” is as it was before.",
    "retract": "“{name}” is gone again.",
}
"""What taking a change back does to a source, an actor or a story."""

AND_MORE = "{names} and {number} more"
"""How the logbook ends a list of what was changed."""


def did(who: str, action: str, when: str) -> str:
    """Head a line: who did what, and when."""
    return say(HEADS[action]).format(who=who, when=when) if action in HEADS else f"{who} **{action}** · {when}"


def line(who: str, action: str, what: str) -> str:
    """Say who did what."""
    return say(LINES[action]).format(who=who, what=what) if action in LINES else f"{who} {action} {what}"


def item(kind: str, name: str) -> str:
    """Name a source, an actor or a story."""
    return say(ITEMS[kind]).format(name=name)


def names(what: str) -> str:
    """Give what the logbook names, such as revisions of facts."""
    return say_filled(what, [AND_MORE])


def listed_items(named: list[str], more: int) -> str:
    """List items, and say how many more there are."""
    return say(AND_MORE).format(names=", ".join(named), number=more) if more else listed(named)


def suggestion(number: str) -> str:
    """Name a suggestion."""
    return say("suggestion {number}").format(number=number)


def counts(added: int, changed: int, retracted: int) -> str:
    """Say how many facts a change added, changed and retracted."""
    said = (fact_count(added, "added"), fact_count(changed, "changed"), fact_count(retracted, "retracted"))
    return ", ".join(each for number, each in zip((added, changed, retracted), said, strict=True) if number)


def fact_count(number: int, action: str) -> str:
    """Say how many facts were added, changed or retracted."""
    if action == "added":
        return say_number(number, "{number} fact added", "{number} facts added")
    if action == "changed":
        return say_number(number, "{number} fact changed", "{number} facts changed")
    return say_number(number, "{number} fact retracted", "{number} facts retracted")


def reason(text: str) -> str:
    """Give the reason of a change."""
    return say("-# Why: {reason}").format(reason=text)


def more(number: int) -> str:
    """Say that a change touched more than is listed."""
    return say_number(number, "-# and {number} more fact", "-# and {number} more facts")


def all_taken_back(change: int, facts: int) -> str:
    """Say that a change of many facts was taken back."""
    restored = say_number(facts, "{number} fact is as before it.", "{number} facts are as before it.")
    return say("### Taken back: change {change}").format(change=change) + f"\n{restored}"


def as_before(ref: str) -> str:
    """Head what taking a change back changed in a fact."""
    return say("{ref} is as it was before:").format(ref=ref)


def gone(ref: str, text: str) -> str:
    """Say that taking a change back retracted a fact."""
    return say("{ref} is retracted, and readers are no longer shown it: ~~{text}~~").format(ref=ref, text=text)


def there_again(ref: str, text: str) -> str:
    """Say that taking a change back brought a fact back."""
    return say("{ref} is there again: {text}").format(ref=ref, text=text)


def is_undone(item: LoggedItem, name: str, action: str) -> str:
    """Say what taking a change back did to a source, an actor or a story; ``action`` is what the change had been."""
    if item.kind == "story" and action == "dismiss":
        return say("The question that was dismissed in “{name}” waits for a decision again, in `/gaps`.").format(name=name)
    if item.kind == "story" and item.action == "revise":
        said = say("“{name}” has the title, the summary, the order and the recorded questions that it had before.")
        return said.format(name=name)
    return say(UNDONE[item.action]).format(name=name)


def taken_back(who: str) -> str:
    """Say that a change was taken back."""
    return say("-# Taken back by {who}.").format(who=who)


AUDIT_TITLE = "### Changes"
NOTHING_FITS = "Nothing in the log fits that. Leave a field empty to see more."
TAKE_CHANGE_BACK = "Take back change {change}"
OLDER = "Older"
NEWEST = "Newest"
CHANGE_TAKEN_BACK = "-# Taken back. It is a change of its own, which can be taken back too."


def audit_head(change: int | None, when: str) -> str:
    """Head a line: the number of the change, if it can be taken back, and when."""
    return f"**{change}** · {when}" if change is not None else when


def undone(change: int, what: str) -> str:
    """Say which change was taken back, and of what."""
    return say("change {change}: {what}").format(change=change, what=what)


TAKE_ALL_BACK = "Take back {number} facts"
LEAVE = "Leave it"


def sure(change: int) -> str:
    """Ask once more."""
    return say("### Take change {change} back?\nIt touched more than one fact. Nothing is changed yet.").format(change=change)


def would_be_gone(number: int) -> str:
    """Say how many facts would be retracted."""
    return say_number(number, "- {number} fact would be retracted", "- {number} facts would be retracted")


def would_be_as_before(number: int) -> str:
    """Say how many facts would be changed back."""
    return say_number(number, "- {number} fact would be as it was before", "- {number} facts would be as they were before")


def would_be_back(number: int) -> str:
    """Say how many facts would be brought back."""
    return say_number(number, "- {number} fact would be brought back", "- {number} facts would be brought back")


def would_empty(title: str) -> str:
    """Say that a story would have no fact left."""
    return say("- “{title}” would have no fact left, and readers would no longer be told of it").format(title=title)


def is_empty(title: str) -> str:
    """Say that a story has no fact left."""
    return say("-# “{title}” has no fact left: readers are no longer told of it, and its history stays.").format(title=title)
