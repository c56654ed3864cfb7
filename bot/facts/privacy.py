"""What a base keeps of one person who is no author of facts: shown and deleted on request."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from bot.errors import BusyError
from bot.facts.connection import Connections

GONE = "somebody"
"""Stands in the place of who made a suggestion, once they had their data deleted."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of somebody: how many drafts and suggestions, and the questions whose answer they wait for."""

    drafts: int
    suggestions: int
    waiting_for: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.drafts or self.suggestions or self.waiting_for)


class Privacy:
    """Shows and deletes what is kept of a person. ``owner`` is how they sign, ``user`` their Discord id."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def kept(self, owner: str, user: int) -> Kept:
        """Return what is kept of somebody."""
        with self._connections.reading() as connection:
            drafts = connection.execute("SELECT count(*) FROM draft WHERE owner = ?", (owner,)).fetchone()[0]
            suggestions = connection.execute("SELECT count(*) FROM proposal WHERE by = ?", (owner,)).fetchone()[0]
            waiting = connection.execute(
                "SELECT gap.question FROM follower JOIN gap ON gap.id = follower.gap_id WHERE user = ? ORDER BY gap.id", (user,)
            ).fetchall()
            return Kept(drafts, suggestions, tuple(row[0] for row in waiting))

    def delete(self, owner: str, user: int) -> None:
        """Delete what is kept of somebody: drafts, waiting and open suggestions; decided ones stay without a name."""
        with self._connections.writing(facts=False) as database:
            database.execute("DELETE FROM draft WHERE owner = ?", (owner,))
            database.execute("DELETE FROM follower WHERE user = ?", (user,))
            # The row stays, empty: a button may still speak of its number, which is therefore never given to another.
            database.execute(
                "UPDATE proposal SET status = 'withdrawn', content = '{}' WHERE by = ? AND status = 'open'", (owner,)
            )
            database.execute("UPDATE proposal SET by = ?, key = NULL WHERE by = ?", (GONE, owner))
        with suppress(BusyError):  # what another program holds back is overwritten as soon as it is done
            self._connections.settle()
