"""The files of fact bases: connecting to one, refusing what is not a fact base, and copies of a base at one moment."""

from __future__ import annotations

import os
import sqlite3
import struct
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from itertools import chain, count
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from bot.errors import DiskFullError, FactBaseError, LockedError, NewerFactBaseError, NoFactBaseError, NotAFactBaseError
from bot.facts.schema import APPLICATION_ID, KNOWN_MIGRATIONS, applied_migrations
from bot.facts.sqlite_errors import BUSY, confine_errors, error_name, plain_errors

_HEADER = b"SQLite format 3\x00"
_NO_ROOM = "There is no room for a copy of {source} in {folder}. Free {size:.1f} MB there and try again."
_NOT_COPIED = (
    "{source} could not be copied to {folder}. Check that both can be used, and that the second may be written to and has room."
)
_WAITING = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_COPY_WAIT = 5.0  # seconds that a copy waits for another program's lock


@contextmanager
def transaction(connection: sqlite3.Connection, begin: str) -> Iterator[None]:
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


def connect(path: Path | None, *, mode: Literal["ro", "rw", "rwc"] = "rw", wait: float = 0) -> sqlite3.Connection:
    """Connect to a file to read, to write or to make it, or to a new base in memory (None).

    ``wait`` is how many seconds to wait for another program's lock. A file that is made is for its owner's eyes alone, for it
    will hold what readers ask; what SQLite keeps beside it has the same permissions.
    """
    if path is not None and mode == "rwc":
        with suppress(OSError):  # it is there already, or SQLite says why it cannot be made
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    name = ":memory:" if path is None else f"file:{quote(str(path.absolute()))}?mode={mode}"
    connection = sqlite3.connect(name, uri=True, timeout=wait, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA recursive_triggers = ON")  # so that REPLACE, too, meets the triggers against deleting
    except BaseException:
        connection.close()
        raise
    return connection


def replaced_name(path: Path) -> Path:
    """Return an unused name beside a base, with the time (UTC), under which a copy of what is replaced is kept."""
    base = f"{path.name}.replaced-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    names = (path.with_name(f"{base}{number}.bak") for number in chain([""], (f"-{each}" for each in count(2))))
    return next(name for name in names if not (name.exists() or log_of(name).exists()))


def in_use(path: Path) -> bool:
    """Return whether another program has a base open, by trying to lock it exclusively."""
    try:
        with confine_errors(str(path)), closing(connect(path)) as connection:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE").fetchall()
            connection.execute("BEGIN EXCLUSIVE")
    except FactBaseError as error:
        return isinstance(error, LockedError)  # what is too damaged to be locked, nobody has open
    return False


def connect_to_read(path: Path, *, wait: float = 0) -> sqlite3.Connection:
    """Connect to a file for reading alone.

    SQLite still gets write access where there is some: without it, it could not delete the log and its index when it closes.
    """
    connection = connect(path, mode="rw" if os.access(path, os.W_OK) else "ro", wait=wait)
    try:
        connection.execute("PRAGMA query_only = ON")
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def open_to_read(path: Path, *, wait: float = 0) -> Iterator[sqlite3.Connection]:
    """Connect to a fact base for reading alone, once it is certain that it is one. Raises what the checks raise."""
    check_header(path, create=False)
    with closing(connect_to_read(path, wait=wait)) as connection:
        check_content(connection, str(path))
        yield connection


def log_of(path: Path) -> Path:
    """Return the file in which SQLite writes what is not yet in a base."""
    return path.with_name(f"{path.name}-wal")


def unfinished_name(path: Path) -> Path:
    """Return the name under which this process writes a file that is moved into place once it is whole."""
    return path.with_name(f"{path.name}.{os.getpid()}.new")


def write_whole(path: Path, text: str) -> None:
    """Write a text file, its folder made if need be: who reads it sees the whole of it, or of what was there before."""
    unfinished = unfinished_name(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished.write_text(text, encoding="utf-8")
    unfinished.replace(path)


def sync_folder(folder: Path) -> None:
    """Flush the names in a folder to the disk, so that they outlast a power cut; systems that cannot do so are passed over."""
    with suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def check_header(path: Path, *, create: bool) -> None:
    """Refuse a file that is missing, not a fact base or cut short, before SQLite touches it.

    With ``create`` one that is missing or empty passes. Raises NoFactBaseError, NotAFactBaseError, FactBaseError.
    """
    if path.is_dir():
        raise FactBaseError(f"{path} is a folder. Give the name of a file in it.")
    if not path.exists():
        if not create:
            raise NoFactBaseError(f"There is no fact base at {path}. Check the name, or import a story to make one.")
        path.parent.mkdir(parents=True, exist_ok=True)
        return
    header = _header(path)
    if not header:
        if not create:
            raise NotAFactBaseError(f"{path} is empty, not a fact base. Check the name, or delete the file, and it is made anew.")
        return
    if not header.startswith(_HEADER):
        raise NotAFactBaseError(f"{path} is not a fact base. Give another name; this file was left as it is.")
    # Checked twice: another process may just be growing the file, which then is no longer short the second time.
    if _is_cut_short(path) and _is_cut_short(path):
        raise FactBaseError(f"{path} is cut short. Restore it with footnote restore; footnote doctor says how.")


def _header(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(100)


def _is_cut_short(path: Path) -> bool:
    """Return whether a file is smaller than its header says and no log beside it holds the rest."""
    log = log_of(path)
    in_use = log.exists() and log.stat().st_size > 0
    header = _header(path)
    return len(header) < 100 or (path.stat().st_size < _size_in(header) and not in_use)


def _size_in(header: bytes) -> int:
    """Return the size in bytes that a header gives for its file, 0 where that field is out of date."""
    page = struct.unpack(">H", header[16:18])[0]
    counter, pages = struct.unpack(">II", header[24:32])
    valid_for = struct.unpack(">I", header[92:96])[0]
    return pages * (65536 if page == 1 else page) if counter == valid_for else 0


def check_content(connection: sqlite3.Connection, name: str) -> None:
    """Refuse a SQLite file of another program, or one that a newer version has migrated.

    Raises NotAFactBaseError, NewerFactBaseError.
    """
    with transaction(connection, "BEGIN"):  # one state of the file, though another program may just be making it
        mark = connection.execute("PRAGMA application_id").fetchone()[0]
        tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        applied = applied_migrations(connection) if mark == APPLICATION_ID else set()
    if mark != APPLICATION_ID and (mark or tables):
        raise NotAFactBaseError(f"{name} is another program's database. Give another name; this file was left as it is.")
    if applied - KNOWN_MIGRATIONS:
        raise NewerFactBaseError(f"{name} was made by a newer version of Footnote. Update Footnote to open it.")


def copy_base(source: Path, target: Path) -> None:
    """Copy a base into a new file that is whole in itself, with nothing beside it, and on the disk when this returns.

    Raises FactBaseError where either cannot be used or the disk is full, BusyError where another program holds the source; then
    there is no target.
    """
    try:
        with plain_errors(str(source)), closing(connect_to_read(source, wait=_COPY_WAIT)) as old, transaction(old, "BEGIN"):
            old.execute("SELECT 1 FROM sqlite_master").fetchone()  # whoever waits for a lock waits here
            _write_copy(old, source, target)
    except BaseException:
        for left in (target, target.with_name(f"{target.name}-journal")):
            left.unlink(missing_ok=True)
        raise


def write_over(copy: Path, target: Path) -> None:
    """Make a base what a copy is, in one transaction: a crash leaves all of it as it was.

    Programs that have it open see the change like any other. Raises FactBaseError, BusyError.
    """
    end = time.monotonic() + _COPY_WAIT

    def give_up(status: int, remaining: int, total: int) -> None:
        # SQLite itself would wait for another program's lock for ever.
        if status in _WAITING and time.monotonic() > end:
            raise LockedError(BUSY.format(name=target))

    with plain_errors(str(target)), closing(connect_to_read(copy)) as new, closing(connect(target)) as old:
        old.execute("PRAGMA journal_mode = WAL").fetchall()  # where followers look for changes
        new.backup(old, progress=give_up)


def _write_copy(old: sqlite3.Connection, source: Path, target: Path) -> None:
    try:
        with closing(connect(target, mode="rwc")) as new:
            new.execute("PRAGMA synchronous = EXTRA").fetchall()
            old.backup(new)
            new.execute("PRAGMA journal_mode = DELETE").fetchall()  # readable where nothing may be written beside it
    except sqlite3.OperationalError as error:
        if error_name(error) == "SQLITE_FULL":
            size = source.stat().st_size / 1e6
            raise DiskFullError(_NO_ROOM.format(source=source, folder=target.parent, size=size)) from error
        if error_name(error).startswith(("SQLITE_CANTOPEN", "SQLITE_IOERR", "SQLITE_READONLY")):
            raise FactBaseError(_NOT_COPIED.format(source=source, folder=target.parent)) from error
        raise
