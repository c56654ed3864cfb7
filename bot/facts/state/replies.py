"""Replies that the bot sent: stored so that their buttons work, and found when a fact that they show has changed.

The facts that a reply shows are in ``reply_fact``, one row for each. A list may show thousands, so its facts are packed into one
value; the number of the last change before it tells at which revision it showed each, and which have changed since.
"""

from __future__ import annotations

import json
import secrets
import sqlite3
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.facts.connection import Store
from bot.facts.logbook import days_ago, now

MAX_REPLIES, MAX_LISTS = 50_000, 2_000
"""Replies, and lists among them, that one base stores; beyond that, the oldest are deleted before their time."""

_LAST_CHANGE = "(SELECT ifnull(max(change), 0) FROM revision)"


@dataclass(frozen=True, slots=True)
class SentReply:
    """A stored reply and where it was sent."""

    key: str
    channel: int
    message: int


class Replies(Store):
    """Stores replies. These are not facts: a power cut may lose one, and none changes the version of the base."""

    def store(
        self, content: str, facts: Iterable[tuple[int, int]] = (), *, listed: Sequence[tuple[int, int]] = (), days: int = 30
    ) -> str:
        """Store the content of a reply and return its new random key; replies older than ``days``, or too many, are deleted.

        ``facts`` are the number and revision of each fact that it shows, ``listed`` those of a list.
        """
        key = secrets.token_urlsafe(9)
        with self._connections.writing(facts=False, durable=False) as database:
            database.execute("DELETE FROM reply WHERE at < ?", (days_ago(days),))
            if listed:
                packed = _packed([number for number, _ in listed])
                statement = "INSERT INTO reply(key, content, at, listed, change, seen) VALUES (?, ?, ?, ?, ?, ?)"
                last = database.execute(f"SELECT {_LAST_CHANGE}").fetchone()[0]
                database.execute(statement, (key, content, now(), packed, last, last))
                # Facts that changed between being looked up and now were shown at an earlier revision than ``change`` tells.
                query = (
                    "SELECT fact.id, json_extract(shown.value, '$[1]') AS was FROM json_each(?) AS shown"
                    " JOIN fact ON fact.id = json_extract(shown.value, '$[0]') WHERE fact.revision <> was"
                )
                facts = [*facts, *database.execute(query, (json.dumps(listed),)).fetchall()]
            else:
                database.execute("INSERT INTO reply(key, content, at) VALUES (?, ?, ?)", (key, content, now()))
            database.executemany(
                "INSERT OR IGNORE INTO reply_fact(key, fact_id, revision) VALUES (?, ?, ?)", ((key, *fact) for fact in facts)
            )
            _delete_beyond(database, MAX_REPLIES, key, "at > ''")
            _delete_beyond(database, MAX_LISTS, key, "listed IS NOT NULL")
        return key

    def content(self, key: str) -> str | None:
        """Return the content that is stored under a key, None where it was deleted."""
        row = self._connections.row("SELECT content FROM reply WHERE key = ?", (key,), deadline=self._deadline)
        return str(row[0]) if row else None

    def listed(self, key: str) -> tuple[int, ...]:
        """Return the numbers of the facts of a list, in the order shown; none for any other reply."""
        row = self._connections.row("SELECT listed FROM reply WHERE key = ?", (key,), deadline=self._deadline)
        return _unpacked(row[0]) if row and row[0] is not None else ()

    def mark_sent(self, key: str, channel: int, message: int) -> None:
        """Record where a reply was sent."""
        statement = "UPDATE reply SET channel = ?, message = ? WHERE key = ?"
        self._connections.change(statement, (channel, message, key), durable=False)

    def stale(self, *, days: float, leave_out: Iterable[int | str] = (), limit: int = 100) -> tuple[SentReply, ...]:
        """Return the sent replies of the last ``days`` that show a fact at an earlier revision, newest first.

        Replies that `mark_corrected` has recorded at the current revision are left out, and so are those whose key or channel is
        in ``leave_out``.
        """
        others = json.dumps(list(leave_out))
        with self._connections.reading() as connection:
            rows = connection.execute(
                "SELECT DISTINCT reply.at, reply.key, reply.channel, reply.message FROM reply"
                " JOIN reply_fact ON reply_fact.key = reply.key JOIN fact ON fact.id = reply_fact.fact_id"
                " WHERE max(reply_fact.revision, ifnull(reply_fact.corrected, 0)) < fact.revision"
                " AND reply.message IS NOT NULL AND reply.at >= ?"
                " AND reply.channel NOT IN (SELECT value FROM json_each(?)) AND reply.key NOT IN (SELECT value FROM json_each(?))"
                " ORDER BY reply.at DESC LIMIT ?",
                (days_ago(days), others, others, limit),
            ).fetchall()
            rows += _stale_lists(connection, days_ago(days), others)
        newest = sorted(set(rows), reverse=True)[:limit]
        return tuple(SentReply(*row[1:]) for row in newest)

    def mark_corrected(self, key: str, facts: Iterable[tuple[int, int]], *, seen: int = 0) -> None:
        """Record that a reply shows facts, given as number and revision, as they are now; a list, as of the change ``seen``."""
        with self._connections.writing(facts=False, durable=False) as database:
            database.execute("UPDATE reply SET seen = ? WHERE key = ? AND listed IS NOT NULL", (seen, key))
            database.executemany(
                "UPDATE reply_fact SET corrected = ? WHERE key = ? AND fact_id = ?",
                ((revision, key, number) for number, revision in facts),
            )

    def last_change(self) -> int:
        """Return the number of the last change."""
        return int(self._connections.rows(f"SELECT {_LAST_CHANGE}")[0][0])

    def revisions(self, key: str) -> dict[int, int]:
        """Return the revision at which a reply showed each of its facts, by number; of a list, only those changed since."""
        with self._connections.reading(self._deadline) as connection:
            shown = dict(connection.execute("SELECT fact_id, revision FROM reply_fact WHERE key = ?", (key,)).fetchall())
            row = connection.execute("SELECT listed, change FROM reply WHERE key = ? AND listed IS NOT NULL", (key,)).fetchone()
            if row is None:
                return shown
            before = connection.execute(
                "SELECT item_id, max(number) FROM revision WHERE kind = 'fact' AND change <= ? AND item_id IN"
                " (SELECT item_id FROM revision WHERE kind = 'fact' AND change > ?) GROUP BY item_id",
                (row[1], row[1]),
            ).fetchall()
            listed = frozenset(_unpacked(row[0]))
            return {number: revision for number, revision in before if number in listed} | shown


def _stale_lists(connection: sqlite3.Connection, since: str, others: str) -> list[tuple[str, str, int, int]]:
    """Return time, key, channel and message of the sent lists with a fact that has changed and not been corrected.

    ``others`` are the keys and channels to leave out, as JSON.
    """
    lists = connection.execute(
        "SELECT at, key, channel, message, listed, seen FROM reply"
        f" WHERE listed IS NOT NULL AND message IS NOT NULL AND at >= ? AND seen < {_LAST_CHANGE}"
        " AND channel NOT IN (SELECT value FROM json_each(?)) AND key NOT IN (SELECT value FROM json_each(?))",
        (since, others, others),
    ).fetchall()
    changed: dict[int, frozenset[int]] = {}
    for seen in {row[-1] for row in lists}:
        query = "SELECT item_id FROM revision WHERE kind = 'fact' AND change > ?"
        changed[seen] = frozenset(row[0] for row in connection.execute(query, (seen,)))
    return [row[:4] for row in lists if not changed[row[-1]].isdisjoint(_unpacked(row[-2]))]


def _delete_beyond(database: sqlite3.Connection, most: int, new: str, kind: str) -> None:
    """Delete the oldest replies of a kind beyond ``most``, but never the ``new`` one, which counts too."""
    database.execute(
        f"DELETE FROM reply WHERE key IN (SELECT key FROM reply WHERE key <> ? AND {kind} ORDER BY at DESC LIMIT -1 OFFSET ?)",
        (new, most - 1),
    )


def _packed(numbers: Sequence[int]) -> bytes:
    """Pack numbers as runs of neighbours, since facts in story order have long ones: 1 to 400 takes little more than 7."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    text = ",".join(f"{first}-{last}" if first < last else f"{first}" for first, last in runs)
    return zlib.compress(text.encode())


def _unpacked(packed: bytes) -> tuple[int, ...]:
    """Return the numbers that `_packed` packed."""
    numbers: list[int] = []
    for run in zlib.decompress(packed).decode().split(","):
        first, _, last = run.partition("-")
        numbers += range(int(first), int(last or first) + 1)
    return tuple(numbers)
