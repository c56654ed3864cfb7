"""The logbook: who did what, when and why. It is only ever added to."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from bot.errors import NotKnownError
from bot.facts.connection import Connections
from bot.facts.typed_dates import Period
from bot.facts.writing import Note


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the logbook.

    ``action`` is a word such as add, edit, retract, undo, import, approve, reject or settings, ``what`` the facts or other things
    that it was done to, ``change`` the number under which it can be taken back, if it changed facts, ``undoes`` the number of the
    change that it took back. ``at`` is ISO 8601 in UTC.
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


def write_entry(
    connection: sqlite3.Connection,
    signed: Note,
    action: str,
    what: str,
    *,
    story: str | None = None,
    change: int | None = None,
    undoes: int | None = None,
) -> None:
    """Add a line, inside the transaction of what it tells about."""
    connection.execute(
        "INSERT INTO logbook(at, by, action, story_id, change, what, reason, undoes)"
        " VALUES (?, ?, ?, (SELECT id FROM story WHERE slug = ?), ?, ?, ?, ?)",
        (signed.at, signed.by, action, story, change, what, signed.reason, undoes),
    )


def times_of(period: Period) -> tuple[str | None, str | None]:
    """Return the first and the last time of a period, as the logbook compares them."""

    def day(key: int) -> str:
        key = min(max(key, 0), 99991231)
        return f"{key // 10000:04}-{key // 100 % 100:02}-{key % 100:02}"

    start, end = period.first, period.last
    return None if start is None else day(start), None if end is None else f"{day(end)}T24"


def taken_back(connection: sqlite3.Connection) -> frozenset[int]:
    """Return the numbers of the changes that were taken back, and not put forward again by taking that back."""
    gone: set[int] = set()
    for change, undoes in connection.execute("SELECT change, undoes FROM logbook WHERE undoes IS NOT NULL ORDER BY id DESC"):
        if change not in gone:
            gone.add(undoes)
    return frozenset(gone)


class Logbook:
    """Reads the logbook, and writes what is no change of facts."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def note(self, signed: Note, action: str, what: str) -> None:
        """Add a line about something that changed no fact."""
        with self._connections.writing(facts=False) as database:
            write_entry(database, signed, action, what)

    def entries(
        self,
        *,
        by: str | None = None,
        fact: int | None = None,
        start: str | None = None,
        end: str | None = None,
        before: int | None = None,
        limit: int = 50,
    ) -> tuple[Entry, ...]:
        """Return lines, newest first: of one person, about one fact, from one time to another (ISO 8601), before a line."""
        conditions: list[tuple[str, object]] = [
            ("logbook.by = ?", by),
            ("logbook.change IN (SELECT change FROM revision WHERE kind = 'fact' AND item_id = ?)", fact),
            ("logbook.at >= ?", start),
            ("logbook.at <= ?", end),
            ("logbook.id < ?", before),
        ]
        given = [(condition, value) for condition, value in conditions if value is not None]
        where = f" WHERE {' AND '.join(condition for condition, _ in given)}" if given else ""
        with self._connections.reading() as connection:
            rows = connection.execute(
                "SELECT logbook.id, logbook.at, logbook.by, action, story.slug, change, what, reason, undoes"
                f" FROM logbook LEFT JOIN story ON story.id = logbook.story_id{where} ORDER BY logbook.id DESC LIMIT ?",
                (*(value for _, value in given), limit),
            )
            return tuple(Entry(*row) for row in rows)

    def last_change(self) -> Entry | None:
        """Return the line of the last change of facts; None where there was none."""
        with self._connections.reading() as connection:
            number = connection.execute("SELECT max(change) FROM logbook").fetchone()[0]
        return None if number is None else self.of(number)

    def since(self, number: int, *, limit: int = 50) -> tuple[Entry, ...]:
        """Return the lines after a line, oldest first."""
        with self._connections.reading() as connection:
            rows = connection.execute(
                "SELECT logbook.id, logbook.at, logbook.by, action, story.slug, change, what, reason, undoes"
                " FROM logbook LEFT JOIN story ON story.id = logbook.story_id WHERE logbook.id > ? ORDER BY logbook.id LIMIT ?",
                (number, limit),
            )
            return tuple(Entry(*row) for row in rows)

    def told(self) -> int:
        """Return the number of the last line of which the log channel was told; 0 where it was told of none."""
        with self._connections.reading() as connection:
            row = connection.execute("SELECT value FROM mark WHERE name = 'told'").fetchone()
            return int(row[0]) if row else 0

    def tell(self, number: int) -> bool:
        """Note that a line is being told, and all before it. False where it was told before: then it must not be told again."""
        with self._connections.writing(facts=False) as database:
            done = database.execute(
                "INSERT INTO mark VALUES ('told', ?) ON CONFLICT(name) DO UPDATE SET value = excluded.value"
                " WHERE CAST(value AS INTEGER) < CAST(excluded.value AS INTEGER)",
                (str(number),),
            )
            return bool(done.rowcount)

    def of(self, change: int) -> Entry:
        """Return the line of a change. Raises NotKnownError."""
        with self._connections.reading() as connection:
            row = connection.execute(
                "SELECT logbook.id, logbook.at, logbook.by, action, story.slug, change, what, reason, undoes"
                " FROM logbook LEFT JOIN story ON story.id = logbook.story_id WHERE change = ? ORDER BY logbook.id LIMIT 1",
                (change,),
            ).fetchone()
        if row is None:
            raise NotKnownError(f"There is no change {change}. Look for its number in the log of changes.")
        return Entry(*row)

    def taken_back(self) -> frozenset[int]:
        """Return the numbers of the changes that were taken back."""
        with self._connections.reading() as connection:
            return taken_back(connection)
