"""Channels into which Discord does not let the bot write what is followed in them, until it does again."""

from __future__ import annotations

from bot.facts.connection import Store
from bot.facts.logbook import now

MAX_REFUSALS = 3
"""Refused messages after which those who look after a server are told: fewer may be a change of permissions under way."""


class Refusals(Store):
    """Counts the messages that Discord refused, by channel."""

    def note(self, channel: int) -> bool:
        """Note that a message was refused; return whether somebody is to be told: it was often enough, and nobody was yet."""
        with self._connections.writing(facts=False) as database:
            (refused, told) = database.execute(
                "INSERT INTO refusing_channel(channel, since, refused) VALUES (?, ?, 1)"
                " ON CONFLICT(channel) DO UPDATE SET refused = refused + 1 RETURNING refused, told",
                (channel, now()),
            ).fetchone()
            return bool(refused >= MAX_REFUSALS and not told)

    def mark_told(self, channel: int) -> None:
        """Record that somebody was told."""
        self._connections.change("UPDATE refusing_channel SET told = 1 WHERE channel = ?", (channel,))

    def end(self, channel: int) -> None:
        """Record that a channel takes messages."""
        self._connections.change("DELETE FROM refusing_channel WHERE channel = ?", (channel,))

    def since(self) -> dict[int, str]:
        """Return since when (ISO 8601 in UTC) messages are refused, by channel."""
        return dict(self._connections.rows("SELECT channel, since FROM refusing_channel"))

    def set_by(self, title: str) -> str | None:
        """Return who had a channel follow what has a title, as they signed it in the logbook; None where nobody did."""
        row = self._connections.row(
            "SELECT by FROM logbook WHERE action = 'follow' AND what = ? ORDER BY id DESC LIMIT 1", (title,)
        )
        return None if row is None else str(row[0])
