"""Those who race on one file: each opens it for itself, waits for the others, and does the same at the same moment."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

from bot.editing.typed_fact import TypedFact
from bot.english.lexicon import Lexicon
from bot.errors import ConflictError, DecidedError
from bot.facts.base import FactBase
from bot.facts.logbook import sign
from bot.resources import lexicon_file
from bot.service.session import Session
from tests.support.patience import PATIENCE

STORY = "harbour-bridge"
COST = 7
FIRST_FACT, FIRST_CHANGE = 9, 3  # what is raced for by undoing, one each turn
PIECE = TypedFact("claim", STORY, text="A new bridge would cost 90 million dollars.", cite="gazette#9")


class Barrier(Protocol):
    """Holds racers until all are there."""

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the others."""
        ...


def edit(session: Session, turn: int, racer: int) -> object:
    """Change a fact as it was seen before the start."""
    typed_fact = replace(session.editor.open_form(COST), text=f"Cost {turn} by {racer}.", seen=turn + 1)
    return session.editor.save(typed_fact, sign(str(racer), None)).change


def add(session: Session, turn: int, racer: int) -> object:
    """Press the same button as the others: one form, one key."""
    applied = session.editor.save(replace(PIECE, text=f"Bridge number {turn}."), sign(str(racer), None), key=f"form {turn}")
    return "again" if applied.repeated else applied.change


def add_alike(session: Session, turn: int, racer: int) -> object:
    """Add a fact of the same words as the others, each from a form of its own."""
    typed_fact = replace(PIECE, text=f"Alike number {turn}.", date=str(1900 + racer))
    return session.editor.save(typed_fact, sign(str(racer), None), key=f"form {turn} {racer}").added


def decide(session: Session, turn: int, racer: int) -> object:
    """Approve or reject the same suggestion."""
    number = turn + 1
    if racer % 2:
        return session.suggestions.reject(number, sign(str(racer), "no")).status
    return session.suggestions.approve(number, sign(str(racer), None)).proposal.status


def undo_or_edit(session: Session, turn: int, racer: int) -> object:
    """Take back the change that another edits on top of."""
    if racer % 2:
        return session.base.revisions.undo(FIRST_CHANGE + turn, sign(str(racer), None)).change
    typed_fact = replace(session.editor.open_form(FIRST_FACT + turn), text=f"On top {turn} by {racer}.", seen=2)
    return session.editor.save(typed_fact, sign(str(racer), None)).change


RACES: dict[str, Callable[[Session, int, int], object]] = {
    "edit": edit, "add": add, "add alike": add_alike, "decide": decide, "undo or edit": undo_or_edit,
}  # fmt: skip


def run(race: str, path: Path, turns: int, racer: int, barrier: Barrier, report: Callable[[Any], None]) -> None:
    """Run a race over some turns and tell what came of each: ``(turn, racer, outcome)``."""
    with FactBase.open(path, create=False, wait=20) as base, closing(Lexicon(lexicon_file())) as lexicon:
        session = Session(base, lexicon, reply_days=30)
        for turn in range(turns):
            barrier.wait(PATIENCE)
            try:
                outcome = RACES[race](session, turn, racer)
            except (ConflictError, DecidedError) as error:
                outcome = type(error).__name__
            report((turn, racer, outcome))
            barrier.wait(PATIENCE)


def run_races(racer: int, barrier: Any, races: Any, outcomes: Any) -> None:
    """Run one race after another in a process of its own, ``(race, path, turns)`` as they come in, until there is None."""
    for race, path, turns in iter(races.get, None):
        run(race, path, turns, racer, barrier, outcomes.put)
