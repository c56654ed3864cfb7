"""Corrections: where the facts no longer say what a reply showed, as far as its reader could see the difference."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from bot.facts.base import FactBase
from bot.facts.models import Fact, FactRecord, Revision


@dataclass(frozen=True, slots=True)
class Correction:
    """A fact as a reply showed it and as it is now; since when (``at``, ISO 8601) and, where it was retracted, why."""

    before: FactRecord
    now: FactRecord
    at: str
    reason: str | None = None


def corrections(base: FactBase, shown: Mapping[int, int], records: Iterable[FactRecord]) -> tuple[Correction, ...]:
    """Return what changed of the facts of a reply; ``shown`` has the revision at which it showed each of them.

    A change of what no reply shows, such as phrasings, is no correction; nor is one that was undone.
    """
    found = []
    for record in records:
        revision = shown.get(record.number, record.revision)
        if revision == record.revision:
            continue
        before = base.editor.show(record.number, revision)
        if record.retracted or _seen(before.fact) != _seen(record.fact):
            last = _last_visible(base.editor.history(record.number))
            found.append(Correction(before, record, last.at, last.reason if record.retracted else None))
    return tuple(found)


def ever_corrected(base: FactBase, shown: Mapping[int, int]) -> bool:
    """Return whether a reader could see a difference at any time since a reply was sent, even one that was undone."""
    for number, revision in shown.items():
        steps = [step for step in base.editor.history(number) if step.number >= revision]
        if any(step.action == "retract" or _seen(step.fact) != _seen(steps[0].fact) for step in steps[1:]):
            return True
    return False


def _seen(fact: Fact) -> Fact:
    """Return a fact without what no reply shows of it."""
    return replace(fact, event=None, asked_as=(), about=(), who=())


def _last_visible(history: tuple[Revision, ...]) -> Revision:
    """Return the last step that a reader could see."""
    for before, after in zip(reversed(history[:-1]), reversed(history[1:]), strict=True):
        if after.action in ("retract", "restore") or _seen(before.fact) != _seen(after.fact):
            return after
    return history[-1]
