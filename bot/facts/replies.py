"""Replies that were sent: kept for a time, for their buttons to work after a restart and to be corrected where they stand."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.facts.connection import Connections


@dataclass(frozen=True, slots=True)
class SentReply:
    """A kept reply and where it was sent."""

    key: str
    channel: int
    message: int


class Replies:
    """Keeps replies. They are no facts: keeping one may be lost by a power cut and changes no version."""

    def __init__(self, connections: Connections, deadline: float) -> None:
        self._connections = connections
        self._deadline = deadline

    def keep(self, content: str, facts: Iterable[tuple[int, int]] = (), *, days: int = 30) -> str:
        """Keep a reply's content under a new short random key, and drop those that are older than so many days.

        ``facts`` are the number and revision of each fact that it shows.
        """
        key = secrets.token_urlsafe(9)
        time = datetime.now(UTC)
        with self._connections.writing(facts=False, durable=False) as database:
            database.execute("DELETE FROM reply WHERE at < ?", ((time - timedelta(days=days)).isoformat(timespec="seconds"),))
            database.execute(
                "INSERT INTO reply(key, content, at) VALUES (?, ?, ?)", (key, content, time.isoformat(timespec="seconds"))
            )
            database.executemany(
                "INSERT OR IGNORE INTO reply_fact(key, fact_id, revision) VALUES (?, ?, ?)", ((key, *fact) for fact in facts)
            )
        return key

    def content(self, key: str) -> str | None:
        """Return the content that was kept under a key, or None where it is too old."""
        with self._connections.reading(self._deadline) as connection:
            row = connection.execute("SELECT content FROM reply WHERE key = ?", (key,)).fetchone()
            return str(row[0]) if row else None

    def sent(self, key: str, channel: int, message: int) -> None:
        """Note where a kept reply was sent."""
        with self._connections.writing(facts=False, durable=False) as database:
            database.execute("UPDATE reply SET channel = ?, message = ? WHERE key = ?", (channel, message, key))

    def citing(self, facts: Sequence[int], *, days: float) -> tuple[SentReply, ...]:
        """Return the replies of the last so many days that show any of the facts at an earlier revision, newest first."""
        oldest = (datetime.now(UTC) - timedelta(days=days)).isoformat(timespec="seconds")
        marks = ", ".join("?" * len(facts))
        with self._connections.reading() as connection:
            rows = connection.execute(
                "SELECT DISTINCT reply.key, reply.channel, reply.message, reply.at FROM reply"
                " JOIN reply_fact ON reply_fact.key = reply.key JOIN fact ON fact.id = reply_fact.fact_id"
                f" WHERE reply_fact.fact_id IN ({marks}) AND reply_fact.revision < fact.revision"
                " AND reply.message IS NOT NULL AND reply.at >= ? ORDER BY reply.at DESC",
                (*facts, oldest),
            )
            return tuple(SentReply(*row[:3]) for row in rows)

    def stale(self, *, days: float, limit: int = 100) -> tuple[SentReply, ...]:
        """Return the sent replies of the last so many days that show a fact at an earlier revision, newest first.

        Those of which `corrected` has noted that they show it as it is now are left out.
        """
        oldest = (datetime.now(UTC) - timedelta(days=days)).isoformat(timespec="seconds")
        with self._connections.reading() as connection:
            rows = connection.execute(
                "SELECT DISTINCT reply.key, reply.channel, reply.message, reply.at FROM reply"
                " JOIN reply_fact ON reply_fact.key = reply.key JOIN fact ON fact.id = reply_fact.fact_id"
                " WHERE max(reply_fact.revision, ifnull(reply_fact.corrected, 0)) < fact.revision"
                " AND reply.message IS NOT NULL AND reply.at >= ? ORDER BY reply.at DESC LIMIT ?",
                (oldest, limit),
            )
            return tuple(SentReply(*row[:3]) for row in rows)

    def corrected(self, key: str, facts: Iterable[tuple[int, int]]) -> None:
        """Note that a reply was looked after: what it shows of each of these facts is as at this revision. (Number, revision.)"""
        with self._connections.writing(facts=False, durable=False) as database:
            database.executemany(
                "UPDATE reply_fact SET corrected = ? WHERE key = ? AND fact_id = ?",
                ((revision, key, number) for number, revision in facts),
            )

    def forget(self, days: int) -> None:
        """Forget the replies that are older than so many days."""
        with self._connections.writing(facts=False, durable=False) as database:
            oldest = (datetime.now(UTC) - timedelta(days=days)).isoformat(timespec="seconds")
            database.execute("DELETE FROM reply WHERE at < ?", (oldest,))

    def revisions(self, key: str) -> dict[int, int]:
        """Return at which revision a kept reply showed each of its facts."""
        with self._connections.reading(self._deadline) as connection:
            return dict(connection.execute("SELECT fact_id, revision FROM reply_fact WHERE key = ?", (key,)).fetchall())
