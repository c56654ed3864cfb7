"""Migration of a base to the tables of this program: wholly or not at all, with a copy from before beside it."""

from __future__ import annotations

import sqlite3
import time
from contextlib import suppress
from pathlib import Path

from bot.errors import FactBaseError
from bot.facts.files import copy_base, sync_folder, transaction, unfinished_name
from bot.facts.schema import KNOWN_MIGRATIONS, NEWEST_MIGRATION, applied_migrations, migrations
from bot.facts.sqlite_errors import error_name

COPY_DAYS = 30
"""Days after which the copy from before a migration is deleted: what readers had deleted since is still in it."""

_FAILED = (
    "{path} could not be brought to this version of Footnote, and was left as it was ({why}). Go back to the version before."
)


def make_tables(connection: sqlite3.Connection) -> None:
    """Apply what a base lacks, inside the transaction that is open or as one of its own."""
    from sqlite_utils import Database

    with transaction(connection, "BEGIN IMMEDIATE"):
        migrations().apply(Database(connection, execute_plugins=False))


def migrate(connection: sqlite3.Connection, path: Path) -> None:
    """Bring a file's tables up to date in one transaction, so that of two programs that open it at once one waits.

    A base that has tables is copied first. Raises FactBaseError where there is no room for that, and where it fails.
    """
    if applied_migrations(connection) >= KNOWN_MIGRATIONS:
        _forget_old_copy(path)
        return
    with transaction(connection, "BEGIN IMMEDIATE"):
        applied = applied_migrations(connection)
        if applied >= KNOWN_MIGRATIONS:
            return
        if applied:
            _keep_copy(path)
        try:
            make_tables(connection)
        except sqlite3.Error as error:
            if not applied or error_name(error).startswith(("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_CORRUPT")):
                raise  # there is a plainer sentence for these
            raise FactBaseError(_FAILED.format(path=path, why=error_name(error) or type(error).__name__)) from error
    for name in KNOWN_MIGRATIONS - {NEWEST_MIGRATION}:
        copy_before(path, name).unlink(missing_ok=True)


def copy_before(path: Path, migration: str = NEWEST_MIGRATION) -> Path:
    """Return the file of the copy that is made of a base before it gets this migration."""
    return path.with_name(f"{path.name}.before-{migration}.bak")


def _keep_copy(path: Path) -> None:
    """Copy the base as it is; the caller holds the write lock, so no other program can have migrated it meanwhile."""
    unfinished = unfinished_name(path)
    unfinished.unlink(missing_ok=True)
    copy_base(path, unfinished)
    unfinished.replace(copy_before(path))
    sync_folder(path.parent)


def _forget_old_copy(path: Path) -> None:
    with suppress(OSError):
        copy = copy_before(path)
        if time.time() - copy.stat().st_mtime > COPY_DAYS * 24 * 60 * 60:
            copy.unlink()
