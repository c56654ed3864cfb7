"""Gaps: questions that were not answered, or not well, grouped by likeness and without the names of the askers."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from bot.errors import DecidedError, NotKnownError, UsageError
from bot.facts.connection import Store
from bot.facts.logbook import Signature, days_ago, now, undone_changes, write_entry
from bot.messages import Message

Outcome = Literal["unanswered", "unhelpful"]
ALIKE = 86
"""Likeness of two questions' stems (rapidfuzz's ratio, 0 to 100) from which they are the same gap."""
_COMPARED = 500  # how many of the newest open gaps a new question is compared with

MAX_ASKED = 50_000
"""Questions of readers that one base stores; beyond that, the oldest are deleted before their time."""
MAX_FOLLOWED, MAX_FOLLOWERS = 50, 1_000
"""Gaps that one user may follow at once, and users that may follow one gap."""
_MAX_WORDS = 8  # words of a text by which gaps are looked for


@dataclass(frozen=True, slots=True)
class Gap:
    """A question without a good answer: its latest wording, all wordings, how often it was asked, and with what outcome."""

    number: int
    story: str | None
    question: str
    status: str
    asked: int
    unanswered: int
    unhelpful: int
    last: str
    followers: int = 0
    wordings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Followers:
    """The users who wait for an answer to a gap, and the channel and message of the last reply that did not answer it."""

    users: tuple[int, ...]
    last_reply: tuple[int, int] | None


class Gaps(Store):
    """Stores gaps. What readers asked is deleted after a time, and gaps with no question left go with it."""

    def note(
        self, question: str, stems: Sequence[str], outcome: Outcome, *, story: str | None, reply: str | None, days: int
    ) -> int:
        """Record a question under the gap most like it, or under a new one, and return the number of the gap.

        The same ``reply`` counts once. ``days`` is how long readers' questions are stored. A power cut may lose what is written.
        """
        with self._connections.writing(facts=False, durable=False) as database:
            database.execute("DELETE FROM asked WHERE at < ?", (days_ago(days),))
            delete_empty_gaps(database)
            known = database.execute("SELECT gap_id FROM asked WHERE reply = ?", (reply,)).fetchone() if reply else None
            number = int(known[0]) if known else _like(database, stems, story)
            if number is None:
                row = database.execute(
                    "INSERT INTO gap(story, question, stems) VALUES (?, ?, ?) RETURNING id",
                    (story, question, " ".join(sorted(stems))),
                ).fetchone()
                number = int(row[0])
            if known:
                database.execute("UPDATE asked SET outcome = ? WHERE reply = ?", (outcome, reply))
            else:
                database.execute("UPDATE gap SET question = ? WHERE id = ?", (question, number))
                database.execute(
                    "INSERT INTO asked(gap_id, text, outcome, reply, at) VALUES (?, ?, ?, ?, ?)",
                    (number, question, outcome, reply, now()),
                )
                _delete_oldest(database)
            return number

    def count_open(self, *, text: str = "") -> int:
        """Return how many gaps are open; with a ``text``, only those that were asked with each of its words."""
        having, words = _with_words(text)
        query = f"SELECT count(*) FROM gap WHERE status = 'open' AND EXISTS (SELECT 1 FROM asked WHERE gap_id = gap.id){having}"
        return int(self._connections.rows(query, words)[0][0])

    def open(self, *, limit: int = 100, skip: int = 0, text: str = "") -> tuple[Gap, ...]:
        """Return the open gaps after the first ``skip``, the most asked first, among equals the most recently asked.

        With a ``text``, only those that were asked with each of its words, in whatever wording.
        """
        having, words = _with_words(text)
        with self._connections.reading() as connection:
            where = f"gap.status = 'open' AND asked.id IS NOT NULL{having}"
            order = "count(*) DESC, max(asked.at) DESC, gap.id DESC LIMIT ? OFFSET ?"
            return _gaps(connection, f"{where} GROUP BY gap.id ORDER BY {order}", *words, limit, skip)

    def get(self, number: int) -> Gap:
        """Return a gap. Raises NotKnownError."""
        with self._connections.reading() as connection:
            return _read(connection, number)

    def decide(self, number: int, status: Literal["solved", "dismissed"], signature: Signature) -> Gap:
        """Close a gap. Raises DecidedError where it is closed already, NotKnownError where it has been deleted."""
        with self._connections.writing(facts=False) as database:
            gap = _read(database, number)
            if gap.status != "open":
                raise DecidedError(Message(_DECIDED[gap.status]))
            database.execute(
                "UPDATE gap SET status = ?, decided_by = ?, decided_at = ?, change = NULL WHERE id = ?",
                (status, signature.by, signature.at, number),
            )
            write_entry(database, signature, {"solved": "solve", "dismissed": "dismiss"}[status], f"question {number}")
            return _read(database, number)

    def mark_decided_by(self, number: int, change: int | None) -> None:
        """Record which change solved or dismissed a gap; where that is undone, the gap is open again."""
        self._connections.change("UPDATE gap SET change = ? WHERE id = ?", (change, number))

    def follow(self, number: int, user: int) -> None:
        """Record that a user waits for an answer to a gap. Raises NotKnownError, DecidedError where it is closed."""
        with self._connections.writing(facts=False) as database:
            gap = _read(database, number)
            if gap.status != "open":
                raise DecidedError(Message(_ASK_AGAIN[gap.status]))
            if not database.execute("SELECT 1 FROM follower WHERE gap_id = ? AND user = ?", (number, user)).fetchone():
                _check_followers(database, number, user)
                database.execute("INSERT INTO follower VALUES (?, ?)", (number, user))

    def awaiting_notice(self) -> tuple[int, ...]:
        """Return the numbers of the solved gaps whose followers have not been notified yet."""
        query = "SELECT DISTINCT gap.id FROM gap JOIN follower ON gap_id = gap.id WHERE status = 'solved' ORDER BY gap.id"
        return tuple(row[0] for row in self._connections.rows(query))

    def followers(self, number: int) -> Followers:
        """Return the users to notify of an answer to a gap, and where it was asked."""
        with self._connections.reading() as connection:
            users = connection.execute("SELECT user FROM follower WHERE gap_id = ? ORDER BY user", (number,)).fetchall()
            last_reply = connection.execute(
                "SELECT reply.channel, reply.message FROM asked JOIN reply ON reply.key = asked.reply"
                " WHERE gap_id = ? AND reply.message IS NOT NULL ORDER BY asked.id DESC LIMIT 1",
                (number,),
            ).fetchone()
            return Followers(tuple(row[0] for row in users), last_reply)

    def forget_follower(self, number: int, user: int) -> bool:
        """Delete the record that a user waits for an answer to a gap; return whether there was one."""
        with self._connections.writing(facts=False) as database:
            return database.execute("DELETE FROM follower WHERE gap_id = ? AND user = ?", (number, user)).rowcount > 0

    def forget_followers(self, number: int) -> None:
        """Delete the record of who waits for an answer to a gap."""
        self._connections.change("DELETE FROM follower WHERE gap_id = ?", (number,))


def _check_followers(connection: sqlite3.Connection, number: int, user: int) -> None:
    """Raise UsageError where a user follows as many gaps as one may, or a gap has as many followers."""
    open_, every = (
        connection.execute(f"SELECT count(*) FROM follower JOIN gap ON gap.id = gap_id WHERE {whose} = ?", (value,)).fetchone()[0]
        for whose, value in (("user", user), ("gap_id", number))
    )
    if open_ >= MAX_FOLLOWED:
        raise UsageError(Message(_ENOUGH_FOLLOWED, most=MAX_FOLLOWED))
    if every >= MAX_FOLLOWERS:
        raise UsageError(Message(_ENOUGH_FOLLOWERS))


def _delete_oldest(database: sqlite3.Connection) -> None:
    """Delete the oldest questions beyond the most that are stored."""
    query = "SELECT id FROM asked ORDER BY at DESC, id DESC LIMIT -1 OFFSET ?"
    if database.execute(f"DELETE FROM asked WHERE id IN ({query})", (MAX_ASKED,)).rowcount:
        delete_empty_gaps(database)


def reopen_undone(connection: sqlite3.Connection) -> None:
    """Open the gaps whose deciding change is undone, and close those whose undo was undone, in the open transaction."""
    rows = connection.execute(
        "SELECT gap.id, gap.change, status, CASE action WHEN 'dismiss' THEN 'dismissed' ELSE 'solved' END AS decided "
        "FROM gap JOIN logbook ON logbook.change = gap.change WHERE status IN ('open', decided)"
    ).fetchall()
    gone = undone_changes(connection) if rows else frozenset()
    for number, change, status, decided in rows:
        stands = "open" if change in gone else decided
        if stands != status:
            connection.execute("UPDATE gap SET status = ? WHERE id = ?", (stands, number))


def delete_empty_gaps(connection: sqlite3.Connection) -> None:
    """Delete the gaps whose questions are all deleted."""
    connection.execute("DELETE FROM gap WHERE NOT EXISTS (SELECT 1 FROM asked WHERE gap_id = gap.id)")


def solves_a_gap(connection: sqlite3.Connection, change: int) -> bool:
    """Return whether a change solved a gap."""
    return connection.execute("SELECT 1 FROM gap WHERE change = ?", (change,)).fetchone() is not None


def _with_words(text: str) -> tuple[str, list[str]]:
    """Return the condition that a gap was asked with each word of a text, and its values."""
    words = re.findall(r"[^\W_]+", text.casefold())[:_MAX_WORDS]
    return "".join(" AND EXISTS (SELECT 1 FROM asked WHERE gap_id = gap.id AND text LIKE ?)" for _ in words), [
        f"%{word}%" for word in words
    ]


def _like(connection: sqlite3.Connection, stems: Sequence[str], story: str | None) -> int | None:
    """Return the number of the open gap of the same story whose stems are most like these, None where none is alike."""
    from rapidfuzz import fuzz, process

    rows = connection.execute(
        "SELECT id, stems FROM gap WHERE status = 'open' AND story IS ? ORDER BY id DESC LIMIT ?", (story, _COMPARED)
    ).fetchall()
    match = process.extractOne(" ".join(sorted(stems)), dict(rows), scorer=fuzz.ratio, score_cutoff=ALIKE)
    return int(match[2]) if match else None


_DECIDED = {"solved": "This question has already been solved.", "dismissed": "This question has already been dismissed."}
_ENOUGH_FOLLOWED = (
    "You are already waiting for {most} answers, the most that can be followed at once. /privacy shows them; wait until some "
    "have come."
)
_ENOUGH_FOLLOWERS = "So many people are waiting for this answer that no more can be told of it. Ask again in a few days."
_ASK_AGAIN = {
    "solved": "This question has already been solved. Ask it again.",
    "dismissed": "This question has already been dismissed. Ask it again.",
}


def _gaps(connection: sqlite3.Connection, condition: str, *values: object) -> tuple[Gap, ...]:
    """Return the gaps for which a condition holds; it has to end in a GROUP BY, perhaps with an order and a limit after it."""
    rows = connection.execute(
        "SELECT gap.id, gap.story, gap.question, gap.status, count(asked.id),"
        " count(asked.id) FILTER (WHERE outcome = 'unanswered'), count(asked.id) FILTER (WHERE outcome = 'unhelpful'),"
        " ifnull(max(asked.at), ''), (SELECT count(*) FROM follower WHERE gap_id = gap.id)"
        f" FROM gap LEFT JOIN asked ON asked.gap_id = gap.id WHERE {condition}",
        values,
    ).fetchall()
    query = "SELECT text FROM asked WHERE gap_id = ? GROUP BY text ORDER BY max(id) DESC"
    wordings = [tuple(wording[0] for wording in connection.execute(query, row[:1])) for row in rows]
    return tuple(replace(Gap(*row), wordings=texts) for row, texts in zip(rows, wordings, strict=True))


def _read(connection: sqlite3.Connection, number: int) -> Gap:
    gaps = _gaps(connection, "gap.id = ? GROUP BY gap.id", number)
    if not gaps:
        raise NotKnownError(Message("That question is no longer kept."))
    return gaps[0]
