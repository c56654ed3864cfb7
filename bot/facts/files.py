"""The files of fact bases: telling one from what is none, and connecting to it."""

from __future__ import annotations

import os
import sqlite3
import struct
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from itertools import chain, count
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from bot.errors import FactBaseError, NewerFactBaseError, NoFactBaseError, NotAFactBaseError
from bot.facts.schema import APPLICATION_ID, KNOWN_MIGRATIONS, applied_migrations

_HEADER = b"SQLite format 3\x00"


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
    """Return a name beside a base, with the time (UTC), under which what is replaced is kept; one that nothing has yet."""
    base = f"{path.name}.replaced-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    names = (path.with_name(f"{base}{number}.bak") for number in chain([""], (f"-{each}" for each in count(2))))
    return next(name for name in names if not any(name.with_name(name.name + end).exists() for end in ("", "-wal")))


def in_use(path: Path) -> bool:
    """Tell whether another program has a base open: only a program that is alone with a base may hold it alone."""
    try:
        with closing(connect(path)) as connection:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE").fetchall()
            connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error as error:
        return error.sqlite_errorname.startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))
    return False


def connect_to_read(path: Path, *, wait: float = 0) -> sqlite3.Connection:
    """Connect to a file that is to be looked at alone.

    Where it may be written to, SQLite is let: it would leave the log and its index behind, had it no leave to delete them.
    """
    connection = connect(path, mode="rw" if os.access(path, os.W_OK) else "ro", wait=wait)
    try:
        connection.execute("PRAGMA query_only = ON")
    except BaseException:
        connection.close()
        raise
    return connection


def sync_folder(folder: Path) -> None:
    """Have the names in a folder outlast a power cut, where the system has such a thing for folders."""
    with suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def look_at_file(path: Path, *, create: bool) -> None:
    """Refuse, before SQLite touches it, a file that is missing, none of ours or cut short."""
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
    # Looked at twice: the file may be growing under the hands of another process, and only one that is not stays short.
    if _is_cut_short(path) and _is_cut_short(path):
        raise FactBaseError(f"{path} is cut short. Restore it with footnote restore; footnote doctor says how.")


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


def look_inside(connection: sqlite3.Connection, name: str) -> None:
    """Refuse a SQLite file that is not ours, or that a newer version has migrated."""
    with transaction(connection, "BEGIN"):  # one state of the file, though another program may just be making it
        mark = connection.execute("PRAGMA application_id").fetchone()[0]
        tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        applied = applied_migrations(connection) if mark == APPLICATION_ID else set()
    if mark != APPLICATION_ID and (mark or tables):
        raise NotAFactBaseError(f"{name} is another program's database. Give another name; this file was left as it is.")
    if applied - KNOWN_MIGRATIONS:
        raise NewerFactBaseError(f"{name} was made by a newer version of Footnote. Update Footnote to open it.")
