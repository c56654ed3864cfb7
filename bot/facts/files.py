"""The files of fact bases: connecting to one, copying it as of one moment, and putting its errors into one plain sentence."""

from __future__ import annotations

import logging
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from itertools import chain, count
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from bot.errors import (
    BusyError,
    DiskFullError,
    FactBaseError,
    FootnoteError,
    LockedError,
    NotAFactBaseError,
    NotKnownError,
    ReadOnlyDiskError,
    reason_of,
)
from bot.messages import Message

log = logging.getLogger(__name__)

BUSY = "Another program is writing to {name}. Close it, or try again in a moment."
FULL = "The disk is full, so nothing was changed in {name}. Free some space and try again."
READ_ONLY = Message("The disk with the facts is read-only just now, so nothing can be changed. What is stored can still be read.")
_UNREAD_LOG = (
    "The disk with {name} is read-only, and {log} beside it holds changes that cannot be read there. "
    "Copy both files to a disk that may be written to, and open the copy."
)
DAMAGED = "{name} is damaged. Restore it with footnote restore; footnote doctor says how."
UNUSABLE = "{name} could not be used ({reason}). Check it with a backup at hand."
LATE = Message("That took too long, so I stopped it. Ask for less, or try again in a moment.")
_NO_ROOM = "There is no room for a copy of {source} in {folder}. Free {size:.1f} MB there and try again."
_NOT_COPIED = (
    "{source} could not be copied to {folder}. Check that both can be used, and that the second may be written to and has room."
)
_WAITING = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_COPY_WAIT = 5.0  # seconds that a copy waits for another program's lock
_MEANINGS: tuple[tuple[str, type[FactBaseError], str], ...] = (
    ("SQLITE_BUSY", LockedError, BUSY),
    ("SQLITE_LOCKED", LockedError, BUSY),
    ("SQLITE_INTERRUPT", BusyError, LATE),
    ("SQLITE_FULL", DiskFullError, FULL),
    ("SQLITE_IOERR_SHMSIZE", DiskFullError, FULL),  # the index of the log could not grow
    ("SQLITE_READONLY", FactBaseError, "{name} or its folder may not be written to. Allow writing there, or give another name."),
    ("SQLITE_CANTOPEN", FactBaseError, "{name} cannot be opened. Check that its folder is there and may be written to."),
    ("SQLITE_PERM", FactBaseError, "{name} may not be opened. Allow reading and writing there, or give another name."),
    ("SQLITE_IOERR", FactBaseError, "The disk failed while {name} was in use. Check the disk and its free space."),
    ("SQLITE_NOTADB", NotAFactBaseError, "{name} is not a fact base. Give another name; this file was left as it is."),
    ("SQLITE_CORRUPT", FactBaseError, DAMAGED),
)


@contextmanager
def plain_errors(name: str) -> Iterator[None]:
    """Turn errors of SQLite and of the file system into errors whose sentence says how to mend them.

    Raises BusyError, DiskFullError, ReadOnlyDiskError, NotAFactBaseError or another FactBaseError, and NotKnownError for a text
    that no base can have.
    """
    try:
        yield
    except sqlite3.Error as error:
        raise _plain(error, name) from error
    except UnicodeDecodeError as error:
        # SQLite quotes the schema in its message. Where a wrong byte there is not UTF-8, Python raises this instead of the error.
        raise FactBaseError(DAMAGED.format(name=name)) from error
    except UnicodeEncodeError as error:
        raise NotKnownError(Message("That text contains half a character, which cannot be read. Type it again.")) from error
    except OSError as error:
        raise FactBaseError(
            f"{name} cannot be opened: {reason_of(error)}. Check that its folder is there and may be written to."
        ) from error


@contextmanager
def confine_errors(name: str) -> Iterator[None]:
    """Turn any exception into a FootnoteError that names the base, so that work on several bases goes on with the next one.

    A damaged file makes SQLite and the readers of its rows raise almost anything: MemoryError, ValueError, errors without a code.
    Code that visits one base after another does so inside this, and reports the FootnoteError as that base's fault.
    """
    try:
        with plain_errors(name):
            yield
    except FootnoteError:
        raise
    except Exception as error:
        log.debug("%s could not be used", name, exc_info=True)
        raise FactBaseError(UNUSABLE.format(name=name, reason=type(error).__name__)) from error


def error_name(error: sqlite3.Error) -> str:
    """Return the name of an error's code, such as SQLITE_CORRUPT; "" where Python raised it without asking SQLite."""
    return getattr(error, "sqlite_errorname", "") or ""


def _plain(error: sqlite3.Error, name: str) -> FactBaseError:
    code = error_name(error)
    if code.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_IOERR")) and is_on_read_only_disk(Path(name)):
        return ReadOnlyDiskError(READ_ONLY)  # the disk became so while the file was open
    for start, kind, sentence in _MEANINGS:
        if code.startswith(start):
            return kind(sentence if isinstance(sentence, Message) else sentence.format(name=name))
    if "closed database" in str(error):
        return FactBaseError(f"{name} has been closed. Start again.")
    if "Could not decode to UTF-8" in str(error):  # Python raises this for a text in a row, without a code
        return FactBaseError(DAMAGED.format(name=name))
    return FactBaseError(UNUSABLE.format(name=name, reason=code or type(error).__name__))


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


def connect(
    path: Path | None, *, mode: Literal["ro", "rw", "rwc"] = "rw", wait: float = 0, query_only: bool = False
) -> sqlite3.Connection:
    """Connect to a file to read, to write or to make it, or to a new base in memory (None); ``query_only``: to change nothing.

    ``wait`` is how many seconds to wait for another program's lock. A new file is readable by its owner alone, since it will
    hold what readers ask; SQLite gives the files beside it the same permissions.

    On a read-only disk, a file is read as it stands. Raises ReadOnlyDiskError where a log beside it holds further changes that
    cannot be read there.
    """
    as_it_stands = path is not None and path.exists() and is_on_read_only_disk(path)
    if path is not None and mode == "rwc":
        with suppress(OSError):  # it is there already, or SQLite says why it cannot be made
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    name = ":memory:" if path is None else f"file:{quote(str(path.absolute()))}?mode={'ro' if as_it_stands else mode}"
    if as_it_stands and path is not None:
        if not _has_frames(path):
            name += "&immutable=1"  # otherwise SQLite would try to make an index of the log beside the file
        elif not path.with_name(f"{path.name}-shm").exists():
            raise ReadOnlyDiskError(_UNREAD_LOG.format(name=path, log=log_of(path)))
    connection = sqlite3.connect(name, uri=True, timeout=wait, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA recursive_triggers = ON")  # so that REPLACE fires the triggers against deleting, too
        connection.execute(f"PRAGMA query_only = {query_only}")
    except BaseException:
        connection.close()
        raise
    return connection


def is_on_read_only_disk(path: Path) -> bool:
    """Return whether a file's file system can only be read; False where the operating system does not say."""
    try:
        return bool(os.statvfs(path).f_flag & os.ST_RDONLY)
    except (AttributeError, OSError):
        return False


def _has_frames(path: Path) -> bool:
    """Return whether the log beside a base holds anything."""
    try:
        return log_of(path).stat().st_size > 0
    except OSError:
        return False


def replaced_name(path: Path) -> Path:
    """Return an unused name beside a base, with the time (UTC), under which a copy of what is replaced is kept."""
    base = f"{path.name}.replaced-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    names = (path.with_name(f"{base}{number}.bak") for number in chain([""], (f"-{index}" for index in count(2))))
    return next(name for name in names if not (name.exists() or log_of(name).exists()))


def in_use(path: Path) -> bool:
    """Return whether another program has a base open, by trying to lock it exclusively."""
    try:
        with confine_errors(str(path)), closing(connect(path)) as connection:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE").fetchall()
            connection.execute("BEGIN EXCLUSIVE")
    except FactBaseError as error:
        return isinstance(error, LockedError)  # a base too damaged to be locked is open in no program
    return False


def connect_to_read(path: Path, *, wait: float = 0) -> sqlite3.Connection:
    """Connect to a file for reading alone.

    SQLite still gets write access where possible: without it, it could not delete the log and its index on closing.
    """
    return connect(path, mode="rw" if os.access(path, os.W_OK) else "ro", wait=wait, query_only=True)


def log_of(path: Path) -> Path:
    """Return the file into which SQLite writes what is not yet in a base: its write-ahead log."""
    return path.with_name(f"{path.name}-wal")


def unfinished_name(path: Path) -> Path:
    """Return the name under which this process writes a file before moving it into place as a whole."""
    return path.with_name(f"{path.name}.{os.getpid()}.new")


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a small file completely or not at all, making its folder if need be; it is on the disk when this returns."""
    unfinished = unfinished_name(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with unfinished.open("wb") as file:
            os.chmod(unfinished, 0o600)
            file.write(content.encode() if isinstance(content, str) else content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Flush the names in a folder to the disk, so that they outlast a power cut; does nothing on systems that cannot do this."""
    with suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def copy_base(source: Path, target: Path) -> None:
    """Copy a base into a new, single file without a log beside it, which is on the disk when this returns.

    Raises FactBaseError where either cannot be used or the disk is full, BusyError where another program holds the source; then
    there is no target.
    """
    try:
        with plain_errors(str(source)), closing(connect_to_read(source, wait=_COPY_WAIT)) as old, transaction(old, "BEGIN"):
            old.execute("SELECT 1 FROM sqlite_master").fetchone()  # a lock is waited for here, for `_COPY_WAIT` at most
            _write_copy(old, source, target)
    except BaseException:
        for leftover in (target, target.with_name(f"{target.name}-journal")):
            leftover.unlink(missing_ok=True)
        raise


def write_over(copy: Path, target: Path) -> None:
    """Make a base what a copy is, in one transaction: a crash leaves all of it as it was.

    Programs that have it open see the change like any other. Raises FactBaseError, BusyError.
    """
    end = time.monotonic() + _COPY_WAIT

    def give_up(status: int, remaining: int, total: int) -> None:
        # By itself SQLite's backup would retry for ever while another program holds a lock.
        if status in _WAITING and time.monotonic() > end:
            raise LockedError(BUSY.format(name=target))

    with plain_errors(str(target)), closing(connect_to_read(copy)) as new, closing(connect(target)) as old:
        old.execute("PRAGMA journal_mode = WAL").fetchall()  # Litestream follows changes in the log
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
