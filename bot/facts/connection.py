"""The file of a fact base: opening it, its two connections, and what SQLite's errors mean in plain words."""

from __future__ import annotations

import sqlite3
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Self
from urllib.parse import quote

from bot.errors import BusyError, FactBaseError, NewerFactBaseError, NotAFactBaseError, NotKnownError
from bot.facts.schema import APPLICATION_ID, KNOWN_MIGRATIONS, applied_migrations, migrations

_HEADER = b"SQLite format 3\x00"
_STEPS_BETWEEN_LOOKS = 2000
_SECONDS_BETWEEN_TRIES = 0.02


class Connections:
    """One writer and one reader of a fact base, each guarded by a lock; for a base in memory both are the same connection.

    Reads see one state of the file for as long as they last, and are cut off at their deadline.
    """

    def __init__(self, name: str, writer: sqlite3.Connection, reader: sqlite3.Connection) -> None:
        self.name = name
        self._writer = writer
        self._reader = reader
        self._write_lock = threading.RLock()
        self._read_lock = self._write_lock if reader is writer else threading.RLock()
        self._until: float | None = None
        self._commits = 0
        self._version = 0
        reader.set_progress_handler(self._is_late, _STEPS_BETWEEN_LOOKS)

    @classmethod
    def to_file(cls, path: Path, *, create: bool, wait: float) -> Self:
        """Connect to a file, making or migrating it first; ``wait`` is how many seconds to wait for another program's lock."""
        until = time.monotonic() + wait
        while True:
            try:
                return cls._to_file(path, create=create, wait=wait)
            except BusyError:
                # SQLite itself does not wait where two programs make the same base, or one closes it as the other opens it.
                if time.monotonic() > until:
                    raise
                time.sleep(_SECONDS_BETWEEN_TRIES)

    @classmethod
    def _to_file(cls, path: Path, *, create: bool, wait: float) -> Self:
        with plain_errors(str(path)):
            _look_at_file(path, create=create)
            with ExitStack() as opened:
                writer = opened.enter_context(closing(_connect(f"{_uri(path)}?mode={'rwc' if create else 'rw'}", wait)))
                _look_inside(writer, str(path))
                if writer.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                    writer.execute("PRAGMA journal_mode = WAL").fetchall()
                writer.execute("PRAGMA synchronous = FULL")
                writer.execute("PRAGMA secure_delete = ON").fetchall()  # what is deleted is gone from the file too
                _migrate(writer)
                reader = opened.enter_context(closing(_connect(f"{_uri(path)}?mode=ro", wait)))
                reader.execute("SELECT 1 FROM story LIMIT 1").fetchall()
                opened.pop_all()
            return cls(str(path), writer, reader)

    @classmethod
    def in_memory(cls) -> Self:
        """Make a base in memory."""
        writer = _connect(":memory:", 0)
        _migrate(writer)
        return cls("the fact base in memory", writer, writer)

    def settle(self) -> None:
        """Move all that stands in the log beside the file into the file itself. Closing does so too, but drops its errors.

        Raises FactBaseError where that cannot be written, BusyError where another program is at work in the file.
        """
        with self._write_lock, self._read_lock, plain_errors(self.name):
            busy = self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        if busy:
            raise BusyError(_BUSY.format(name=self.name))

    def close(self) -> None:
        """Close both connections; work under way ends first."""
        with self._write_lock, self._read_lock:
            self._reader.close()
            self._writer.close()

    @contextmanager
    def reading(self, deadline: float | None = None) -> Iterator[sqlite3.Connection]:
        """Give the reader, in one state of the file; BusyError after ``deadline`` seconds."""
        if not self._read_lock.acquire(timeout=-1 if deadline is None else deadline):
            raise BusyError(_LATE)
        try:
            self._until = None if deadline is None else time.monotonic() + deadline
            with plain_errors(self.name), _transaction(self._reader, "BEGIN"):
                yield self._reader
        finally:
            self._until = None
            self._read_lock.release()

    @contextmanager
    def writing(self, *, facts: bool = True, durable: bool = True) -> Iterator[sqlite3.Connection]:
        """Give the writer, in one transaction that is committed at the end, or undone by an error.

        A write to what is no ``facts`` changes no version. One that is not ``durable`` may be lost by a power cut, though never
        half written; inside another it is as durable as that.
        """
        with self._write_lock, plain_errors(self.name):
            changes = self._writer.total_changes
            durable = durable or self._writer.in_transaction
            if not durable:
                self._writer.execute("PRAGMA synchronous = NORMAL")
            try:
                with _transaction(self._writer, "BEGIN IMMEDIATE"):
                    yield self._writer
            finally:
                if not durable:
                    self._writer.execute("PRAGMA synchronous = FULL")
            if facts and self._writer.total_changes != changes:
                self._commits += 1

    def version(self) -> int:
        """Return a number that changes with each commit to the facts, by this or another program.

        It is the writer's view: SQLite counts others' commits there and this counts its own, so kept replies do not move it.
        While a write is under way, nothing new is committed yet and the last number still holds.
        """
        if self._write_lock.acquire(blocking=False):
            try:
                with plain_errors(self.name):
                    self._version = self._commits + int(self._writer.execute("PRAGMA data_version").fetchone()[0])
            finally:
                self._write_lock.release()
        return self._version

    def _is_late(self) -> bool:
        return self._until is not None and time.monotonic() > self._until


_BUSY = "Another program is writing to {name}. Close it, or try again in a moment."
_FULL = "The disk is full, so nothing was changed in {name}. Free some space and try again."
_LATE = "That took too long, so I stopped it. Ask for less, or try again in a moment."


@contextmanager
def _transaction(connection: sqlite3.Connection, begin: str) -> Iterator[None]:
    """Wrap work in a transaction, or let it join the one that is open."""
    if connection.in_transaction:
        yield
        return
    connection.execute(begin)
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _uri(path: Path) -> str:
    return f"file:{quote(str(path.absolute()))}"


def _connect(uri: str, wait: float) -> sqlite3.Connection:
    connection = sqlite3.connect(uri, uri=True, timeout=wait, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA recursive_triggers = ON")  # so that REPLACE, too, meets the triggers against deleting
    except BaseException:
        connection.close()
        raise
    return connection


def _look_at_file(path: Path, *, create: bool) -> None:
    """Refuse, before SQLite touches it, a file that is missing, none of ours or cut short."""
    if path.is_dir():
        raise FactBaseError(f"{path} is a folder. Give the name of a file in it.")
    if not path.exists():
        if not create:
            raise FactBaseError(f"There is no fact base at {path}. Check the name, or import a story to make one.")
        path.parent.mkdir(parents=True, exist_ok=True)
        return
    header = _header(path)
    if not header:
        if not create:
            raise NotAFactBaseError(f"{path} is empty, not a fact base. Check the name, or delete the file, and it is made anew.")
        return
    if not header.startswith(_HEADER):
        raise NotAFactBaseError(f"{path} is not a fact base. Give another name; this file was left as it is.")
    # Looked at twice: the file may be growing under the hands of another process, and only one that is not stays short.
    if _is_cut_short(path) and _is_cut_short(path):
        raise FactBaseError(f"{path} is cut short. Restore it from a backup; this file was left as it is.")


def _header(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(100)


def _is_cut_short(path: Path) -> bool:
    """Tell whether a file is smaller than its header says and no log beside it holds the rest."""
    wal = path.with_name(path.name + "-wal")
    in_use = wal.exists() and wal.stat().st_size > 0
    header = _header(path)
    return len(header) < 100 or (path.stat().st_size < _size_in(header) and not in_use)


def _size_in(header: bytes) -> int:
    """Return the size of the file that its header speaks of, or 0 where it is out of date."""
    page = struct.unpack(">H", header[16:18])[0]
    counter, pages = struct.unpack(">II", header[24:32])
    valid_for = struct.unpack(">I", header[92:96])[0]
    return pages * (65536 if page == 1 else page) if counter == valid_for else 0


def _look_inside(connection: sqlite3.Connection, name: str) -> None:
    """Refuse a SQLite file that is not ours, or that a newer version has migrated."""
    with _transaction(connection, "BEGIN"):  # one state of the file, though another program may just be making it
        mark = connection.execute("PRAGMA application_id").fetchone()[0]
        tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        applied = applied_migrations(connection) if mark == APPLICATION_ID else set()
    if mark != APPLICATION_ID and (mark or tables):
        raise NotAFactBaseError(f"{name} is another program's database. Give another name; this file was left as it is.")
    if applied - KNOWN_MIGRATIONS:
        raise NewerFactBaseError(f"{name} was made by a newer version of Footnote. Update Footnote to open it.")


def _migrate(connection: sqlite3.Connection) -> None:
    """Apply what is missing in one transaction, so that of two programs that open a new base at once one waits."""
    if applied_migrations(connection) >= KNOWN_MIGRATIONS:
        return
    from sqlite_utils import Database

    ours = migrations()
    with _transaction(connection, "BEGIN IMMEDIATE"):
        ours.apply(Database(connection, execute_plugins=False))


@contextmanager
def plain_errors(name: str) -> Iterator[None]:
    """Turn errors of SQLite and of the file system into one plain sentence with its mend."""
    try:
        yield
    except sqlite3.Error as error:
        raise _plain(error, name) from error
    except UnicodeEncodeError as error:
        raise NotKnownError("That text holds half a character, which nothing here has. Type it again.") from error
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise FactBaseError(
            f"{name} cannot be opened: {reason}. Check that its folder is there and may be written to."
        ) from error


def _plain(error: sqlite3.Error, name: str) -> FactBaseError:
    code = getattr(error, "sqlite_errorname", "") or ""
    for start, kind, sentence in _MEANINGS:
        if code.startswith(start):
            return kind(sentence.format(name=name))
    if "closed database" in str(error):
        return FactBaseError(f"{name} has been closed. Start again.")
    return FactBaseError(f"{name} could not be used ({code or type(error).__name__}). Check it with a backup at hand.")


_MEANINGS: tuple[tuple[str, type[FactBaseError], str], ...] = (
    ("SQLITE_BUSY", BusyError, _BUSY),
    ("SQLITE_LOCKED", BusyError, _BUSY),
    ("SQLITE_INTERRUPT", BusyError, _LATE),
    ("SQLITE_FULL", FactBaseError, _FULL),
    ("SQLITE_IOERR_SHMSIZE", FactBaseError, _FULL),  # the index of the log could not grow
    ("SQLITE_READONLY", FactBaseError, "{name} or its folder may not be written to. Allow writing there, or give another name."),
    ("SQLITE_CANTOPEN", FactBaseError, "{name} cannot be opened. Check that its folder is there and may be written to."),
    ("SQLITE_PERM", FactBaseError, "{name} may not be opened. Allow reading and writing there, or give another name."),
    ("SQLITE_IOERR", FactBaseError, "The disk failed while {name} was in use. Check the disk and its free space."),
    ("SQLITE_NOTADB", NotAFactBaseError, "{name} is not a fact base. Give another name; this file was left as it is."),
    ("SQLITE_CORRUPT", FactBaseError, "{name} is damaged. Restore it from a backup; this file was left as it is."),
)
