"""What a line of the logbook is about, in words: facts by their revisions, everything else by its title or name."""

from __future__ import annotations

import re

from bot.client.log import words
from bot.client.settings import deletion_words
from bot.client.text import inline
from bot.errors import NotKnownError
from bot.facts.logbook import LogEntry, LoggedItem
from bot.presentation.languages import say, say_filled
from bot.presentation.wording import listed
from bot.service.session import Session

_WHAT, _NAME, _QUESTION = 300, 80, 250
_MOST_NAMED = 5
_NUMBERED = re.compile(r"(suggestion|question) (\d+)")


def action_of(session: Session, entry: LogEntry) -> str:
    """Return what was done: of a source or an actor, which the logbook does not tell apart, whether it was added or changed."""
    if entry.action not in ("source", "actor"):
        return entry.action
    return "edit" if any(each.action == "revise" for each in _items(session, entry)) else "add"


def subject_of(session: Session, entry: LogEntry) -> str:
    """Say what something was done to."""
    if numbered := _NUMBERED.fullmatch(entry.what):
        kind, number = numbered.groups()
        return (
            say("suggestion {number}", number=number)
            if kind == "suggestion"
            else question_of(session, number) or inline(entry.what, _WHAT)
        )
    if entry.action == "delete":
        return inline(deletion_words.logged_day(entry.what), _WHAT)
    items = _items(session, entry)
    touched = entry.change is not None and session.changes.look_up(entry, 0).touched
    if touched and entry.action == "import":
        return _imported(session, entry)
    if touched or not items:
        return say_filled(inline(entry.what, _WHAT), [words.AND_MORE])
    named = [say(words.ITEMS[each.kind], name=inline(each.name, _NAME)) for each in items]
    more = len(named) - _MOST_NAMED
    return say(words.AND_MORE, names=", ".join(named[:_MOST_NAMED]), number=more) if more > 0 else listed(named)


def question_of(session: Session, number: str) -> str:
    """Return a reader's question in quotation marks; "" where it is forgotten."""
    try:
        return f"“{inline(session.gaps.get(int(number)).question, _QUESTION)}”" if number.isdecimal() else ""
    except NotKnownError:
        return ""


def _items(session: Session, entry: LogEntry) -> tuple[LoggedItem, ...]:
    return session.changes.items(entry.change) if entry.change is not None else ()


def _imported(session: Session, entry: LogEntry) -> str:
    did = session.changes.look_up(entry, 0).applied
    title = next((story.title for story in session.stories() if story.id == entry.story), entry.story or "")
    counted = words.counts(len(did.added), len(did.revised), len(did.retracted))
    return ": ".join(filter(None, (say(words.ITEMS["story"], name=inline(title, _NAME)), counted)))
