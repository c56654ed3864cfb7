"""Showing and deleting what a base stores about a person, and the daily deletion of whatever has expired."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from bot.errors import FactBaseError
from bot.facts.connection import Store
from bot.facts.logbook import days_ago
from bot.facts.state.feeds import ITEM_DAYS
from bot.facts.state.follows import ENDED_DAYS, titles_of
from bot.facts.state.gaps import delete_empty_gaps
from bot.facts.state.unfinished_forms import FORM_DAYS

GONE = "somebody"
"""Replaces the name of a suggestion's author who had their data deleted."""


@dataclass(frozen=True, slots=True)
class PersonalData:
    """What is stored about a person: how many unfinished forms and suggestions, the questions whose answer they wait for, and the
    titles of what they follow.
    """

    forms: int
    suggestions: int
    waiting_for: tuple[str, ...]
    follows: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.forms or self.suggestions or self.waiting_for or self.follows)


class PrivacyStore(Store):
    """Shows and deletes what is stored about a person. ``owner`` is how they sign, ``user`` their Discord id."""

    def personal_data(self, owner: str, user: int) -> PersonalData:
        """Return what is stored about a person."""
        with self._connections.reading() as connection:
            forms = connection.execute("SELECT count(*) FROM draft WHERE owner = ?", (owner,)).fetchone()[0]
            suggestions = connection.execute("SELECT count(*) FROM proposal WHERE by = ?", (owner,)).fetchone()[0]
            waiting = connection.execute(
                "SELECT gap.question FROM follower JOIN gap ON gap.id = follower.gap_id WHERE user = ? ORDER BY gap.id", (user,)
            ).fetchall()
            return PersonalData(forms, suggestions, tuple(row[0] for row in waiting), titles_of(connection, user))

    def delete(self, owner: str, user: int) -> None:
        """Delete what is stored about a person: forms, what they follow, open suggestions; decided ones stay without a name.

        Inside a transaction, or while another program reads, the log beside the file holds the data until the next checkpoint.
        """
        with self._connections.writing(facts=False) as database:
            database.execute("DELETE FROM draft WHERE owner = ?", (owner,))
            for table in ("follower", "follow", "ended_follow"):
                database.execute(f"DELETE FROM {table} WHERE user = ?", (user,))
            # An empty row stays, so that its number, which a button may still carry, is never given to another suggestion.
            database.execute(
                "UPDATE proposal SET status = 'withdrawn', content = '{}' WHERE by = ? AND status = 'open'", (owner,)
            )
            database.execute("UPDATE proposal SET by = ?, key = NULL WHERE by = ?", (GONE, owner))
        with suppress(FactBaseError):  # inside a transaction, or while somebody reads, this is left for later
            self._connections.checkpoint(wait=False)

    def forget(self, *, question_days: int, reply_days: int) -> bool:
        """Delete what has expired, and return whether there was anything.

        Finding that out is cheap, so that a base in which nothing has expired is not written to.
        """
        limits = {"asked": question_days, "draft": FORM_DAYS, "reply": reply_days, "suggested": 1}
        limits |= {"feed_item": ITEM_DAYS, "ended_follow": ENDED_DAYS}
        with self._connections.reading() as connection:
            expired = [
                table
                for table, days in limits.items()
                if connection.execute(f"SELECT 1 FROM {table} WHERE at < ? LIMIT 1", (days_ago(days),)).fetchone()
            ]
        if expired:
            with self._connections.writing(facts=False, durable=False) as database:
                for table in expired:
                    database.execute(f"DELETE FROM {table} WHERE at < ?", (days_ago(limits[table]),))
                delete_empty_gaps(database)
        return bool(expired)
