"""The course of events: what happened before, after or between events, next, first and last."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cmp_to_key
from typing import NamedTuple

from bot.answers.documents import Document
from bot.answers.index import StoryIndex
from bot.answers.order import Moment, compare, follows, latest, moment_of, on_day_beside
from bot.answers.requests import Relation
from bot.language import say

MOST = 12  # facts of one answer
UNSURE_ORDER = "The dates do not tell these apart."
PART = "These are {number} of {all}; /timeline shows them all."

_DAYS: dict[Relation, int] = {"day before": -1, "day after": 1, "same day": 0}


class Dated(NamedTuple):
    """A fact and when it was."""

    document: Document
    moment: Moment


class Course(NamedTuple):
    """The facts that answer, in order, and what has to be said beside them."""

    documents: tuple[Document, ...]
    note: str | None = None


def dated(index: StoryIndex, wanted: Callable[[Document], bool]) -> list[Dated]:
    """Return the facts that are wanted and of which somebody knows when they were."""
    found = ((document, moment_of(document, place)) for place, document in enumerate(index.documents) if wanted(document))
    return [Dated(document, moment) for document, moment in found if moment is not None]


def beside(anchor: Dated, relation: Relation, among: Sequence[Dated], *, near: bool) -> Course:
    """Return what came before or after a fact, or on a day beside it; ``near``: only the nearest of it."""
    others = [each for each in among if each.document is not anchor.document]
    if relation in _DAYS:
        days = _DAYS[relation]
        return _listed([each for each in others if on_day_beside(each.moment, anchor.moment, days)])
    if relation == "before":
        found = _in_order([each for each in others if follows(anchor.moment, each.moment)])
        return _nearest(found[::-1]) if near else _listed(found, keep_last=True)
    found = _in_order([each for each in others if follows(each.moment, anchor.moment)])
    return _nearest(found) if near or relation == "next" else _listed(found)


def between(one: Dated, other: Dated, among: Sequence[Dated]) -> Course:
    """Return what came after one fact and before the other, whichever is the earlier."""
    start, end = (one, other) if follows(other.moment, one.moment) else (other, one)
    taken = (one.document.number, other.document.number)
    return _listed(
        [
            each
            for each in among
            if each.document.number not in taken and follows(each.moment, start.moment) and follows(end.moment, each.moment)
        ]
    )


def extreme(relation: Relation, among: Sequence[Dated]) -> Course:
    """Return the first or the last of some facts, several where the dates do not tell them apart."""
    moments = latest([each.moment for each in among], first=relation == "first")
    found = _listed([each for each in among if each.moment in moments])
    return found._replace(note=say(UNSURE_ORDER)) if len(found.documents) > 1 else found


def _in_order(found: Sequence[Dated]) -> list[Dated]:
    return sorted(found, key=cmp_to_key(_compare))


def _compare(one: Dated, other: Dated) -> int:
    return compare(one.moment, other.moment)


def _nearest(found: Sequence[Dated]) -> Course:
    """Return the first of some facts in order, with those of the same date that no clock tells from it."""
    if not found:
        return Course(())
    first = found[0].moment
    same = [
        each
        for each in found
        if (each.moment.first, each.moment.last, each.moment.minute) == (first.first, first.last, first.minute)
    ]
    return Course(tuple(each.document for each in _in_order(same)[:MOST]))


def _listed(found: Sequence[Dated], *, keep_last: bool = False) -> Course:
    ordered = _in_order(found)
    shown = ordered[-MOST:] if keep_last else ordered[:MOST]
    part = say(PART).format(number=len(shown), all=len(ordered)) if len(ordered) > MOST else None
    return Course(tuple(each.document for each in shown), part)
