"""The logbook: who did what, when and why. Lines are only ever added to it."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.errors import NotKnownError
from bot.facts.connection import Store
from bot.facts.dates import iso_of
from bot.facts.searching import MAX_NUMBER, NO_CHANGE
from bot.facts.typed_dates import Period
from bot.messages import Message

REASONS = IMPORT_OF, READING_OF, BACK_TO, DEFAULT_STORY, FROM_A_FEED, READ_AGAIN, COPIES_FOUND = (
    "import of {name}",
    "reading of {name}",
    "back to @{revision}",
    "default story",
    "from a feed",
    "read again from its page",
    "archived copies found",
)
"""Reasons that nobody typed, as the logbook has them; what they are filled in with is data."""

_SELECT = (
    "SELECT logbook.id, logbook.at, logbook.by, action, story.slug, change, what, reason, undoes"
    " FROM logbook LEFT JOIN story ON story.id = logbook.story_id"
)


@dataclass(frozen=True, slots=True)
class Signature:
    """Who makes a change, why and when; ``alone``: whether they may make alone what the server asks two moderators for."""

    by: str
    reason: str | None
    at: str
    alone: bool = True


def is_nobodys(reason: str) -> bool:
    """Return whether a reason is one that nobody typed, so that it says nothing about why something changed."""
    return any(re.fullmatch(re.sub(r"\\{\w+\\}", ".+", re.escape(template)), reason, re.DOTALL) for template in REASONS)


def sign(by: str, reason: str | None, *, alone: bool = True) -> Signature:
    """Return the signature of who changes something now, and why."""
    return Signature(by, reason, now(), alone)


def now() -> str:
    """Return the time as a base stores it: ISO 8601 in UTC, to the millisecond."""
    return days_ago(0)


def days_ago(days: float) -> str:
    """Return the time so many days ago, as a base stores it."""
    return (datetime.now(UTC) - timedelta(days=days)).isoformat(timespec="milliseconds").replace("+00:00", "Z")


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One line of the logbook.

    ``action`` is a word such as add, edit, retract, undo, import, approve, reject or settings, ``what`` the facts or other things
    affected, ``change`` the number under which it can be undone, if it changed facts, ``undoes`` the number of the change that it
    undid. ``at`` is ISO 8601 in UTC.
    """

    number: int
    at: str
    by: str
    action: str
    story: str | None
    change: int | None
    what: str
    reason: str | None
    undoes: int | None = None


@dataclass(frozen=True, slots=True)
class LoggedItem:
    """A source, an actor or a story that a change touched.

    ``name`` is its title or name after the change, ``action`` one of add, revise, retract and restore.
    """

    kind: str
    name: str
    action: str


def write_entry(
    connection: sqlite3.Connection,
    signature: Signature,
    action: str,
    what: str,
    *,
    story: str | None = None,
    change: int | None = None,
    undoes: int | None = None,
) -> None:
    """Add a line, in the same transaction as the change that it describes."""
    connection.execute(
        "INSERT INTO logbook(at, by, action, story_id, change, what, reason, undoes)"
        " VALUES (?, ?, ?, (SELECT id FROM story WHERE slug = ?), ?, ?, ?, ?)",
        (signature.at, signature.by, action, story, change, what, signature.reason, undoes),
    )


def times_of(period: Period) -> tuple[str | None, str | None]:
    """Return the first and the last time of a period as ISO 8601 texts, which compare with the times of lines."""
    start, end = (None if key is None else iso_of(min(max(key, 0), 99991231)) for key in (period.first, period.last))
    return start, f"{end}T24" if end else None


def undone_changes(connection: sqlite3.Connection) -> frozenset[int]:
    """Return the numbers of the changes that are undone, unless the undo was itself undone."""
    # Newest first, so that it is known whether an undo still holds before it is counted.
    gone: set[int] = set()
    for change, undoes in connection.execute("SELECT change, undoes FROM logbook WHERE undoes IS NOT NULL ORDER BY id DESC"):
        if change not in gone:
            gone.add(undoes)
    return frozenset(gone)


class Logbook(Store):
    """Reads the logbook, and writes what is no change of facts."""

    def note(self, signature: Signature, action: str, what: str) -> None:
        """Add a line about something that changed no fact."""
        with self._connections.writing(facts=False) as database:
            write_entry(database, signature, action, what)

    def entries(
        self,
        *,
        by: str | None = None,
        fact: int | None = None,
        start: str | None = None,
        end: str | None = None,
        before: int | None = None,
        limit: int = 50,
    ) -> tuple[LogEntry, ...]:
        """Return lines, newest first: by one person, about one fact, between two times (ISO 8601), before a line."""
        conditions: list[tuple[str, object]] = [
            ("logbook.by = ?", by),
            ("logbook.change IN (SELECT change FROM revision WHERE kind = 'fact' AND item_id = ?)", fact),
            ("logbook.at >= ?", start),
            ("logbook.at <= ?", end),
            ("logbook.id < ?", before),
        ]
        given = [(condition, value) for condition, value in conditions if value is not None]
        where = f" WHERE {' AND '.join(condition for condition, _ in given)}" if given else ""
        values = (*(value for _, value in given), limit)
        rows = self._connections.rows(f"{_SELECT}{where} ORDER BY logbook.id DESC LIMIT ?", values)
        return tuple(LogEntry(*row) for row in rows)

    def last_change(self) -> LogEntry | None:
        """Return the line of the last change of facts, None where there was none."""
        number = self._connections.rows("SELECT max(change) FROM logbook")[0][0]
        return None if number is None else self.entry_of_change(number)

    def since(self, number: int, *, limit: int = 50) -> tuple[LogEntry, ...]:
        """Return the lines after a line, oldest first."""
        rows = self._connections.rows(f"{_SELECT} WHERE logbook.id > ? ORDER BY logbook.id LIMIT ?", (number, limit))
        return tuple(LogEntry(*row) for row in rows)

    def last_announced(self) -> int:
        """Return the number of the last line that was announced in the log channel, 0 where none was."""
        row = self._connections.row("SELECT value FROM mark WHERE name = 'told'")
        return int(row[0]) if row else 0

    def mark_announced(self, number: int) -> bool:
        """Record that a line is being announced, and all before it.

        Return False where it was announced before: then it must not be announced again.
        """
        with self._connections.writing(facts=False) as database:
            done = database.execute(
                "INSERT INTO mark VALUES ('told', ?) ON CONFLICT(name) DO UPDATE SET value = excluded.value"
                " WHERE CAST(value AS INTEGER) < CAST(excluded.value AS INTEGER)",
                (str(number),),
            )
            return bool(done.rowcount)

    def entry_of_change(self, change: int) -> LogEntry:
        """Return the line of a change. Raises NotKnownError."""
        query = f"{_SELECT} WHERE change = ? ORDER BY logbook.id LIMIT 1"
        row = self._connections.row(query, (change,)) if change <= MAX_NUMBER else None
        if row is None:
            raise NotKnownError(Message(NO_CHANGE, change=change))
        return LogEntry(*row)

    def items(self, change: int) -> tuple[LoggedItem, ...]:
        """Return the sources, actors and stories that a change touched."""
        names = ", ".join(f"json_extract(content, '$.{key}')" for key in ("title", "name", "id"))
        query = f"SELECT kind, coalesce({names}), action FROM revision WHERE change = ? AND kind <> 'fact' ORDER BY id"
        return tuple(LoggedItem(*row) for row in self._connections.rows(query, (change,)))

    def undone_changes(self) -> frozenset[int]:
        """Return the numbers of the changes that are undone."""
        with self._connections.reading() as connection:
            return undone_changes(connection)
