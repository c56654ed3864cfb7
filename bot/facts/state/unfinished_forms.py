"""Unfinished forms, stored for their owner alone until they are saved, dropped or too old."""

from __future__ import annotations

import secrets

from bot.errors import NotKnownError
from bot.facts.connection import Store
from bot.facts.logbook import days_ago, now
from bot.messages import Message

FORM_DAYS = 7
MAX_FORMS_OF_ONE = 50  # of one owner; beyond that the oldest is deleted
MAX_SIGNS, MAX_FORMS = 20_000_000, 20_000  # characters of one owner's forms (files to import are stored here, too), and all forms
_FORM_GONE = Message("That form is no longer kept. Start it again with the command.")


class UnfinishedForms(Store):
    """Stores what was typed into forms as JSON text, each for its owner alone."""

    def put(self, owner: str, content: str, *, key: str | None = None) -> str:
        """Store a form under a new key, or replace one of the same owner, and return the key.

        This deletes expired forms, the owner's oldest beyond `MAX_FORMS_OF_ONE` or `MAX_SIGNS`, and the oldest of all beyond
        `MAX_FORMS`.
        Raises NotKnownError where the key is another's.
        """
        key = key or secrets.token_urlsafe(9).replace("-", "_")  # typed in a terminal, "-" would begin an option
        with self._connections.writing(facts=False) as database:
            database.execute("DELETE FROM draft WHERE at < ?", (days_ago(FORM_DAYS),))
            done = database.execute(
                "INSERT INTO draft(key, owner, content, at) VALUES (?, ?, ?, ?)"
                " ON CONFLICT(key) DO UPDATE SET content = excluded.content, at = excluded.at WHERE owner = excluded.owner",
                (key, owner, content, now()),
            ).rowcount
            if not done:
                raise NotKnownError(_FORM_GONE)
            database.execute(
                "DELETE FROM draft WHERE owner = ? AND key <> ? AND key NOT IN"
                " (SELECT key FROM draft WHERE owner = ? ORDER BY at DESC, key LIMIT ?)",
                (owner, key, owner, MAX_FORMS_OF_ONE),
            )
            database.execute(
                "DELETE FROM draft WHERE key IN (SELECT key FROM (SELECT key, sum(length(content)) OVER"
                " (ORDER BY key = ? DESC, at DESC, key) AS signs FROM draft WHERE owner = ?) WHERE signs > ?) AND key <> ?",
                (key, owner, MAX_SIGNS, key),
            )
            oldest = "SELECT key FROM draft WHERE key <> ? ORDER BY at DESC LIMIT -1 OFFSET ?"
            database.execute(f"DELETE FROM draft WHERE key IN ({oldest})", (key, MAX_FORMS - 1))
        return key

    def get(self, owner: str, key: str) -> str:
        """Return a form of an owner. Raises NotKnownError where it is gone or somebody else's."""
        row = self._connections.row("SELECT content FROM draft WHERE key = ? AND owner = ?", (key, owner))
        if row is None:
            raise NotKnownError(_FORM_GONE)
        return str(row[0])

    def of(self, owner: str) -> tuple[tuple[str, str], ...]:
        """Return the forms of an owner, newest first: the key and the content of each."""
        query = "SELECT key, content FROM draft WHERE owner = ? AND at >= ? ORDER BY at DESC, key"
        return tuple(self._connections.rows(query, (owner, days_ago(FORM_DAYS))))

    def drop(self, owner: str, key: str) -> None:
        """Delete a form."""
        self._connections.change("DELETE FROM draft WHERE key = ? AND owner = ?", (key, owner))
