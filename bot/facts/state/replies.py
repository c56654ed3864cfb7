"""Replies that the bot sent: stored so that their buttons work, and found when a fact that they show has changed."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from bot.facts.connection import Store
from bot.facts.logbook import days_ago, now


@dataclass(frozen=True, slots=True)
class SentReply:
    """A stored reply and where it was sent."""

    key: str
    channel: int
    message: int


class Replies(Store):
    """Stores replies. They are no facts: a power cut may lose one, and none changes the version of the base."""

    def store(self, content: str, facts: Iterable[tuple[int, int]] = (), *, days: int = 30) -> str:
        """Store the content of a reply, delete those older than so many days, and return its new random key.

        ``facts`` are the number and revision of each fact that it shows.
        """
        key = secrets.token_urlsafe(9)
        with self._connections.writing(facts=False, durable=False) as database:
            database.execute("DELETE FROM reply WHERE at < ?", (days_ago(days),))
            database.execute("INSERT INTO reply(key, content, at) VALUES (?, ?, ?)", (key, content, now()))
            database.executemany(
                "INSERT OR IGNORE INTO reply_fact(key, fact_id, revision) VALUES (?, ?, ?)", ((key, *fact) for fact in facts)
            )
        return key

    def content(self, key: str) -> str | None:
        """Return the content that is stored under a key, None where it was deleted."""
        row = self._connections.row("SELECT content FROM reply WHERE key = ?", (key,), deadline=self._deadline)
        return str(row[0]) if row else None

    def mark_sent(self, key: str, channel: int, message: int) -> None:
        """Record where a reply was sent."""
        statement = "UPDATE reply SET channel = ?, message = ? WHERE key = ?"
        self._connections.change(statement, (channel, message, key), durable=False)

    def stale(self, *, days: float, leave_out: Iterable[int | str] = (), limit: int = 100) -> tuple[SentReply, ...]:
        """Return the sent replies of the last so many days that show a fact at an earlier revision, newest first.

        Those that `mark_corrected` has recorded at the current revision are left out, and those to ``leave_out``, by their keys
        or their channels.
        """
        others = json.dumps(list(leave_out))
        rows = self._connections.rows(
            "SELECT DISTINCT reply.key, reply.channel, reply.message, reply.at FROM reply"
            " JOIN reply_fact ON reply_fact.key = reply.key JOIN fact ON fact.id = reply_fact.fact_id"
            " WHERE max(reply_fact.revision, ifnull(reply_fact.corrected, 0)) < fact.revision"
            " AND reply.message IS NOT NULL AND reply.at >= ?"
            " AND reply.channel NOT IN (SELECT value FROM json_each(?)) AND reply.key NOT IN (SELECT value FROM json_each(?))"
            " ORDER BY reply.at DESC LIMIT ?",
            (days_ago(days), others, others, limit),
        )
        return tuple(SentReply(*row[:3]) for row in rows)

    def mark_corrected(self, key: str, facts: Iterable[tuple[int, int]]) -> None:
        """Record that a reply shows facts, given as number and revision, as they are at that revision."""
        with self._connections.writing(facts=False, durable=False) as database:
            database.executemany(
                "UPDATE reply_fact SET corrected = ? WHERE key = ? AND fact_id = ?",
                ((revision, key, number) for number, revision in facts),
            )

    def revisions(self, key: str) -> dict[int, int]:
        """Return the revision at which a reply showed each of its facts, by the number of the fact."""
        query = "SELECT fact_id, revision FROM reply_fact WHERE key = ?"
        return dict(self._connections.rows(query, (key,), deadline=self._deadline))
