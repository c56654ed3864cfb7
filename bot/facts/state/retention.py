"""What a base stores for a time beside facts: forms, sent replies, how much it is asked; and when, or for whom, it is deleted."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import NamedTuple

from bot.errors import FactBaseError, NotKnownError
from bot.facts.connection import Store
from bot.facts.logbook import days_ago, now
from bot.facts.state.gaps import delete_empty_gaps
from bot.messages import Message

DRAFT_DAYS = 7
MOST_DRAFTS = 50  # drafts of one owner; beyond that the oldest is deleted
USAGE_DAYS = 31
_DRAFT_GONE = Message("That form is no longer kept. Start it again with the command.")
GONE = "somebody"
"""Replaces the author of a suggestion who had their data deleted."""


class Drafts(Store):
    """Stores drafts as JSON text, each for its owner alone."""

    def put(self, owner: str, content: str, *, key: str | None = None) -> str:
        """Store a draft under a new key, or replace one of the same owner, and return the key.

        Expired drafts are deleted, and the owner's oldest beyond `MOST_DRAFTS`. Raises NotKnownError where the key is another's.
        """
        key = key or secrets.token_urlsafe(9)
        with self._connections.writing(facts=False) as database:
            database.execute("DELETE FROM draft WHERE at < ?", (days_ago(DRAFT_DAYS),))
            done = database.execute(
                "INSERT INTO draft(key, owner, content, at) VALUES (?, ?, ?, ?)"
                " ON CONFLICT(key) DO UPDATE SET content = excluded.content, at = excluded.at WHERE owner = excluded.owner",
                (key, owner, content, now()),
            ).rowcount
            if not done:
                raise NotKnownError(_DRAFT_GONE)
            database.execute(
                "DELETE FROM draft WHERE owner = ? AND key <> ? AND key NOT IN"
                " (SELECT key FROM draft WHERE owner = ? ORDER BY at DESC, key LIMIT ?)",
                (owner, key, owner, MOST_DRAFTS),
            )
        return key

    def get(self, owner: str, key: str) -> str:
        """Return a draft of an owner. Raises NotKnownError where it is gone or somebody else's."""
        row = self._connections.row("SELECT content FROM draft WHERE key = ? AND owner = ?", (key, owner))
        if row is None:
            raise NotKnownError(_DRAFT_GONE)
        return str(row[0])

    def drop(self, owner: str, key: str) -> None:
        """Delete a draft."""
        self._connections.change("DELETE FROM draft WHERE key = ? AND owner = ?", (key, owner))


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

    def stale(self, *, days: float, limit: int = 100) -> tuple[SentReply, ...]:
        """Return the sent replies of the last so many days that show a fact at an earlier revision, newest first.

        Those that `mark_corrected` has recorded at the current revision are left out.
        """
        rows = self._connections.rows(
            "SELECT DISTINCT reply.key, reply.channel, reply.message, reply.at FROM reply"
            " JOIN reply_fact ON reply_fact.key = reply.key JOIN fact ON fact.id = reply_fact.fact_id"
            " WHERE max(reply_fact.revision, ifnull(reply_fact.corrected, 0)) < fact.revision"
            " AND reply.message IS NOT NULL AND reply.at >= ? ORDER BY reply.at DESC LIMIT ?",
            (days_ago(days), limit),
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


class UsageKey(NamedTuple):
    """The key that questions are counted under: day (ISO 8601, UTC), whether they were answered, rounded milliseconds."""

    day: str
    answered: bool
    milliseconds: int


@dataclass(frozen=True, slots=True)
class Usage:
    """How many questions were asked and answered, and their median and 99th percentile in milliseconds, None for no question."""

    asked: int
    answered: int
    median: int | None
    p99: int | None


def usage_key(answered: bool, seconds: float) -> UsageKey:
    """Return the key of a question at this moment; its time is rounded to two digits, enough to tell fast from slow."""
    return UsageKey(now()[:10], answered, round(float(f"{max(seconds * 1000, 1):.1e}")))


class UsageStore(Store):
    """Counts the questions of a base. Nothing of a question or of its asker is stored."""

    def add(self, counts: Mapping[UsageKey, int]) -> None:
        """Add questions, counted by key, and delete what is older than `USAGE_DAYS`. A power cut may lose what is written."""
        with self._connections.writing(facts=False, durable=False) as database:
            database.execute("DELETE FROM usage WHERE day < ?", (days_ago(USAGE_DAYS)[:10],))
            database.executemany(
                "INSERT INTO usage VALUES (?, ?, ?, ?)"
                " ON CONFLICT(day, answered, milliseconds) DO UPDATE SET questions = questions + excluded.questions",
                [(*asked, number) for asked, number in counts.items()],
            )

    def of_last(self, days: int) -> Usage:
        """Return the usage of the last so many days, today included."""
        rows = self._connections.rows(
            "SELECT milliseconds, sum(questions), sum(questions * answered) FROM usage WHERE day > ?"
            " GROUP BY milliseconds ORDER BY milliseconds",
            (days_ago(days)[:10],),
        )
        times = [(int(milliseconds), int(questions)) for milliseconds, questions, _ in rows]
        return Usage(
            sum(number for _, number in times), sum(row[2] for row in rows), _percentile(times, 0.5), _percentile(times, 0.99)
        )


def _percentile(times: list[tuple[int, int]], share: float) -> int | None:
    """Return the time in milliseconds within which a share of the questions was answered, None for no question."""
    left = share * sum(number for _, number in times)
    for milliseconds, number in times:
        left -= number
        if left <= 0:
            return milliseconds
    return None


@dataclass(frozen=True, slots=True)
class PersonalData:
    """What is stored about a person: how many drafts and suggestions, and the questions whose answer they wait for."""

    drafts: int
    suggestions: int
    waiting_for: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.drafts or self.suggestions or self.waiting_for)


class PrivacyStore(Store):
    """Shows and deletes what is stored about a person. ``owner`` is how they sign, ``user`` their Discord id."""

    def personal_data(self, owner: str, user: int) -> PersonalData:
        """Return what is stored about a person."""
        with self._connections.reading() as connection:
            drafts = connection.execute("SELECT count(*) FROM draft WHERE owner = ?", (owner,)).fetchone()[0]
            suggestions = connection.execute("SELECT count(*) FROM proposal WHERE by = ?", (owner,)).fetchone()[0]
            waiting = connection.execute(
                "SELECT gap.question FROM follower JOIN gap ON gap.id = follower.gap_id WHERE user = ? ORDER BY gap.id", (user,)
            ).fetchall()
            return PersonalData(drafts, suggestions, tuple(row[0] for row in waiting))

    def delete(self, owner: str, user: int) -> None:
        """Delete what is stored about a person: drafts, what they follow, open suggestions; decided ones stay without a name.

        Inside a transaction, or while another program reads, the log beside the file holds it until the next checkpoint.
        """
        with self._connections.writing(facts=False) as database:
            database.execute("DELETE FROM draft WHERE owner = ?", (owner,))
            database.execute("DELETE FROM follower WHERE user = ?", (user,))
            # The row stays, empty: a button may still speak of its number, which is therefore never given to another.
            database.execute(
                "UPDATE proposal SET status = 'withdrawn', content = '{}' WHERE by = ? AND status = 'open'", (owner,)
            )
            database.execute("UPDATE proposal SET by = ?, key = NULL WHERE by = ?", (GONE, owner))
        with suppress(FactBaseError):  # inside a transaction, or while somebody reads, that is for later
            self._connections.checkpoint(wait=False)

    def forget(self, *, question_days: int, reply_days: int) -> bool:
        """Delete what has been stored for as long as it may be, and return whether there was any.

        Finding that out is cheap, so that a base in which nothing has expired is not written to.
        """
        limits = {"asked": question_days, "draft": DRAFT_DAYS, "reply": reply_days, "suggested": 1}
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
