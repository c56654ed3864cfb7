"""Copies of a base as it is at one moment, made while other programs write to it, and writing such a copy back."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from bot.errors import DiskFullError, FactBaseError, LockedError
from bot.facts.files import connect, connect_to_read, transaction
from bot.facts.sqlite_errors import BUSY, plain_errors

_NO_ROOM = "There is no room for a copy of {source} in {folder}. Free {size:.1f} MB there and try again."
_FAILED = (
    "{source} could not be copied to {folder}. Check that both can be used, and that the second may be written to and has room."
)
_WAITING = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_WAIT = 5.0


def copy_base(source: Path, target: Path) -> None:
    """Copy a base into a new file that is whole in itself, with nothing beside it, and on the disk when this returns.

    Raises FactBaseError where either cannot be used or the disk is full, BusyError where another program holds the source; then
    there is no target.
    """
    try:
        with plain_errors(str(source)), closing(connect_to_read(source, wait=_WAIT)) as old, transaction(old, "BEGIN"):
            old.execute("SELECT 1 FROM sqlite_master").fetchone()  # whoever waits for a lock waits here
            _write(old, source, target)
    except BaseException:
        for left in (target, target.with_name(f"{target.name}-journal")):
            left.unlink(missing_ok=True)
        raise


def write_over(copy: Path, target: Path) -> None:
    """Make a base what a copy is, in one transaction: a crash leaves all of it as it was.

    Programs that have it open see the change like any other. Raises FactBaseError, BusyError.
    """
    with plain_errors(str(target)), closing(connect_to_read(copy)) as new, closing(connect(target)) as old:
        old.execute("PRAGMA journal_mode = WAL").fetchall()  # where followers look for changes
        new.backup(old, progress=_until(time.monotonic() + _WAIT, target))


def _write(old: sqlite3.Connection, source: Path, target: Path) -> None:
    try:
        with closing(connect(target, mode="rwc")) as new:
            new.execute("PRAGMA synchronous = EXTRA").fetchall()
            old.backup(new)
            new.execute("PRAGMA journal_mode = DELETE").fetchall()  # readable where nothing may be written beside it
    except sqlite3.OperationalError as error:
        if error.sqlite_errorname == "SQLITE_FULL":
            size = source.stat().st_size / 1e6
            raise DiskFullError(_NO_ROOM.format(source=source, folder=target.parent, size=size)) from error
        if error.sqlite_errorname.startswith(("SQLITE_CANTOPEN", "SQLITE_IOERR", "SQLITE_READONLY")):
            raise FactBaseError(_FAILED.format(source=source, folder=target.parent)) from error
        raise


def _until(end: float, target: Path) -> Callable[[int, int, int], None]:
    """Return what gives up waiting for another program, for which SQLite itself would wait for ever."""

    def look(status: int, remaining: int, total: int) -> None:
        if status in _WAITING and time.monotonic() > end:
            raise LockedError(BUSY.format(name=target))

    return look
