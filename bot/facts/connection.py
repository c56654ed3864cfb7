"""The two connections of a fact base, one to read and one to write, each behind a lock."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager, nullcontext
from functools import cache
from pathlib import Path
from typing import Any, Self

from bot.cancellation import check_cancelled, is_cancelled
from bot.errors import BusyError, FactBaseError, FootnoteError, LockedError, ReadOnlyDiskError, UsageError
from bot.facts.files import BUSY, DAMAGED, LATE, READ_ONLY, connect, is_on_read_only_disk, plain_errors, transaction
from bot.facts.schema import is_made, make_tables
from bot.facts.soundness import check_content, check_header, is_sound
from bot.messages import Count, Message

_STEPS_BETWEEN_CHECKS = 2000  # instructions of SQLite's virtual machine between two checks of the deadline
_CACHED_SHARE = 8  # a connection's page cache takes one part in so many of its file; the system caches the file, too
_PAGE_CACHES = (128, 2_000)  # kilobytes: the smallest page cache and the largest
_SECONDS_BETWEEN_TRIES = 0.02
_BRIEFLY = 0.3
"""Seconds that a write which changes no facts waits for a lock; longer would hold up threads that answer all servers."""

_BIG = (
    "The fact base holds {most} MB, the most that one server may have here, so nothing more can be added. "
    "Whoever runs the bot can allow more: base_megabytes in its settings."
)

Values = Sequence[object] | Mapping[str, object]
"""The values for the placeholders of a statement."""


@cache
def _empty_base() -> bytes:
    """Return a base without facts, cached because making its tables takes hundreds of times as long as copying it."""
    with closing(connect(None)) as base:
        make_tables(base)
        return base.serialize()


class Connections:
    """One writer and one reader of a fact base, each guarded by a lock; for a base in memory both are the same connection.

    Reads see one state of the file for as long as they last, and are cut off at their deadline.
    """

    def __init__(self, name: str, writer: sqlite3.Connection, reader: sqlite3.Connection) -> None:
        self.name = name
        self.is_in_memory = reader is writer
        self.is_read_only = False
        """Whether the file is on a disk that can only be read: nothing can be changed."""
        self.max_bytes: int | None = None
        """Size of the file in bytes from which on nothing more is added to it; None for no limit."""
        self._writer = writer
        self._reader = reader
        self._write_lock = threading.RLock()
        self._read_lock = self._write_lock if reader is writer else threading.RLock()
        self._until: float | None = None
        self._commits = 0
        self._version = 0
        self._is_damaged: bool | None = None  # None until rows made no sense
        # Breaks off a read that is past its deadline, or for which nobody waits any more.
        reader.set_progress_handler(self._is_late, _STEPS_BETWEEN_CHECKS)

    def _is_late(self) -> bool:
        return (self._until is not None and time.monotonic() > self._until) or is_cancelled()

    @classmethod
    def to_file(cls, path: Path, *, create: bool, wait: float) -> Self:
        """Connect to a file, making it first; ``wait`` is how many seconds to wait for another program's lock.

        Raises NoFactBaseError where it is missing and not to be made, NotAFactBaseError, FactBaseVersionError, BusyError, or
        FactBaseError (unreadable, disk full).
        """
        until = time.monotonic() + wait
        while True:
            try:
                return cls._to_file(path, create=create, wait=wait)
            except BusyError:
                # SQLite's own waiting does not cover two programs making the same base, or one closing it as another opens it.
                if time.monotonic() > until:
                    raise
                time.sleep(_SECONDS_BETWEEN_TRIES)

    @classmethod
    def _to_file(cls, path: Path, *, create: bool, wait: float) -> Self:
        with plain_errors(str(path)):
            check_header(path, create=create)
            if path.exists() and is_on_read_only_disk(path):
                return cls._to_read_only_file(path, wait=wait)
            with ExitStack() as opened:
                writer = opened.enter_context(closing(connect(path, mode="rwc" if create else "rw", wait=wait)))
                check_content(writer, str(path))
                if writer.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                    writer.execute("PRAGMA journal_mode = WAL").fetchall()
                writer.execute("PRAGMA synchronous = FULL")
                writer.execute("PRAGMA secure_delete = ON").fetchall()  # what is deleted is gone from the file too
                if not is_made(writer):
                    make_tables(writer)
                reader = opened.enter_context(closing(connect(path, mode="ro", wait=wait)))
                reader.execute(f"PRAGMA cache_size = -{_page_cache(path)}")
                reader.execute("SELECT 1 FROM story LIMIT 1").fetchall()
                opened.pop_all()
            return cls(str(path), writer, reader)

    @classmethod
    def _to_read_only_file(cls, path: Path, *, wait: float) -> Self:
        """Connect to a file on a disk that can only be read. Raises ReadOnlyDiskError where it had to be made first."""
        with ExitStack() as opened:
            writer, reader = (opened.enter_context(closing(connect(path, mode="ro", wait=wait))) for _ in range(2))
            check_content(writer, str(path))
            if not is_made(writer):
                raise ReadOnlyDiskError(READ_ONLY)
            opened.pop_all()
        connections = cls(str(path), writer, reader)
        connections.is_read_only = True
        return connections

    @classmethod
    def in_memory(cls) -> Self:
        """Make a base in memory."""
        writer = connect(None)
        with closing(connect(None)) as empty:  # copied on, because SQLite limits how far a base read from bytes may grow
            empty.deserialize(_empty_base())
            empty.backup(writer)
        return cls("the fact base in memory", writer, writer)

    def checkpoint(self, *, wait: bool = True) -> None:
        """Move all that stands in the log beside the file into the file itself. Closing does so too, but drops its errors.

        Without ``wait``, it gives up at once where another program uses the file, since questions would have to wait too. Raises
        FactBaseError where it cannot be written, BusyError where another program uses the file.
        """
        if self.is_read_only:
            return
        with self._write_lock, self._read_lock, plain_errors(self.name), nullcontext() if wait else self._waiting(0):
            busy = self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        if busy:
            raise LockedError(BUSY.format(name=self.name))

    def close(self) -> None:
        """Close both connections; work under way ends first."""
        with self._write_lock, self._read_lock:
            self._reader.close()
            self._writer.close()

    @contextmanager
    def reading(self, deadline: float | None = None) -> Iterator[sqlite3.Connection]:
        """Give the reader, in one state of the file; BusyError after ``deadline`` seconds, CutShortError for cancelled work."""
        if not self._read_lock.acquire(timeout=-1 if deadline is None else deadline):
            raise BusyError(LATE)
        try:
            self._until = None if deadline is None else time.monotonic() + deadline
            with plain_errors(self.name), self._blaming_damage(), transaction(self._reader, "BEGIN"):
                yield self._reader
        except BusyError:
            check_cancelled()  # raises if the work was cancelled; otherwise the read was late
            raise
        finally:
            self._until = None
            self._read_lock.release()

    @contextmanager
    def writing(self, *, facts: bool = True, durable: bool = True) -> Iterator[sqlite3.Connection]:
        """Give the writer, in one transaction that is committed at the end, or undone by an error.

        A write with ``facts=False`` changes no version. One with ``durable=False`` may be lost by a power cut, though never half
        written, and waits only briefly for other writers. Inside another write it is as durable as that one.
        Raises ReadOnlyDiskError where the disk can only be read.
        """
        if self.is_read_only:
            raise ReadOnlyDiskError(READ_ONLY)
        if not self._write_lock.acquire(timeout=-1 if durable else _BRIEFLY):
            raise LockedError(BUSY.format(name=self.name))
        try:
            with plain_errors(self.name), self._blaming_damage():
                changes = self._writer.total_changes
                how = nullcontext() if durable or self._writer.in_transaction else self._lightly()
                with how, transaction(self._writer, "BEGIN IMMEDIATE"):
                    yield self._writer
                if facts and self._writer.total_changes != changes:
                    self._commits += 1
        finally:
            self._write_lock.release()

    def check_room(self) -> None:
        """Raise UsageError where the file is as big as it may be, free pages left out, so that nothing may be added."""
        if self.max_bytes is None:
            return
        with self._write_lock, plain_errors(self.name):
            size, pages, free = (
                self._writer.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_size", "page_count", "freelist_count")
            )
        if (pages - free) * size >= self.max_bytes:
            raise UsageError(Message(_BIG, most=Count(self.max_bytes // 1_000_000)))

    def rows(self, query: str, values: Values = (), *, deadline: float | None = None) -> list[Any]:
        """Return what one query finds, in a read of its own; BusyError after ``deadline`` seconds."""
        with self.reading(deadline) as connection:
            return connection.execute(query, values).fetchall()

    def row(self, query: str, values: Values = (), *, deadline: float | None = None) -> tuple[Any, ...] | None:
        """Return the first row that one query finds, None where it finds none; else as `rows`."""
        with self.reading(deadline) as connection:
            row: tuple[Any, ...] | None = connection.execute(query, values).fetchone()
            return row

    def change(self, statement: str, values: Values = (), *, durable: bool = True) -> None:
        """Run one statement that changes no fact, in a write of its own."""
        with self.writing(facts=False, durable=durable) as database:
            database.execute(statement, values)

    @contextmanager
    def _blaming_damage(self) -> Iterator[None]:
        """Blame damage to the file, if there is any, for an exception that rows raised.

        A wrong byte that SQLite takes for content makes the readers of rows raise anything: KeyError for a missing source,
        ValueError for an impossible date. The file is checked only once, since that takes long in a big base.
        """
        try:
            yield
        except (FootnoteError, sqlite3.Error, OSError, UnicodeError):
            raise
        except Exception as error:
            if self._is_damaged is None:
                self._is_damaged = not (self.is_in_memory or is_sound(Path(self.name)))
            if self._is_damaged:
                raise FactBaseError(DAMAGED.format(name=self.name)) from error
            raise

    @contextmanager
    def _lightly(self) -> Iterator[None]:
        """For the length of a block, let the writer not wait for the disk, and only briefly for another program."""
        self._writer.execute("PRAGMA synchronous = NORMAL")
        try:
            with self._waiting(_BRIEFLY):
                yield
        finally:
            self._writer.execute("PRAGMA synchronous = FULL")

    @contextmanager
    def _waiting(self, most: float) -> Iterator[None]:
        """For the length of a block, let the writer wait at most ``most`` seconds for another program's lock."""
        wait = self._writer.execute("PRAGMA busy_timeout").fetchone()[0]
        self._writer.execute(f"PRAGMA busy_timeout = {min(wait, int(most * 1000))}").fetchall()
        try:
            yield
        finally:
            self._writer.execute(f"PRAGMA busy_timeout = {wait}").fetchall()

    def version(self) -> int:
        """Return a number that changes with each commit to the facts, by this or another program.

        SQLite's data_version counts the commits of others as the writer sees them; its own are counted here, and only those that
        change facts, so that storing a reply does not change the number. While a write is under way, the last number still holds.
        """
        if self._write_lock.acquire(blocking=False):
            try:
                with plain_errors(self.name):
                    self._version = self._commits + int(self._writer.execute("PRAGMA data_version").fetchone()[0])
            finally:
                self._write_lock.release()
        return self._version


def _page_cache(path: Path) -> int:
    """Return how many kilobytes of a base its reader caches: few for a small one, since hundreds may be open."""
    smallest, largest = _PAGE_CACHES
    return min(max(path.stat().st_size // _CACHED_SHARE // 1000, smallest), largest)


class Store:
    """A part of a base, which reads and writes through its connections.

    ``deadline`` is how many seconds a read for a question may take, None in parts that questions do not read.
    """

    def __init__(self, connections: Connections, deadline: float | None = None) -> None:
        self._connections = connections
        self._deadline = deadline
