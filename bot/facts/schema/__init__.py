"""The tables of a fact base, as named migrations, and how a base is brought up to date: wholly or not at all.

A migration consists of `.sql` files of this folder. The search index and the views for people follow from the tables by triggers
and SQL alone, so they are right whoever writes.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors import FactBaseError
from bot.facts.files import copy_base, error_name, sync_folder, transaction, unfinished_name

if TYPE_CHECKING:
    from sqlite_utils import Database

APPLICATION_ID = 0x464F4F54
"""Marks a file as ours in its header: the letters FOOT. `facts.sql` writes it."""

_SET = "footnote"  # whose migrations they are, in a table that other programs may use too
_FOLDER = Path(__file__).parent
_MIGRATIONS = {
    "facts-and-history": ("facts", "search", "views"),
    "runs-of-stories": ("runs",),
    "editing": ("editing",),
    "usage": ("usage",),
    "tenure": ("tenure",),
    "vectors": ("vectors",),
    "source-details": ("source_details",),
    "nearest": ("nearest",),
    "lists": ("lists",),
    "passages": ("passages",),
    "told": ("told",),
    "feeds": ("feeds",),
    "feed-failures": ("feed_failures",),
}
"""The migrations of a fact base, oldest first, with the files of each.

Once released, a name is never changed or taken away and a file never edited: bases that have had it would differ from new ones.
"""

KNOWN_MIGRATIONS = frozenset(_MIGRATIONS)
"""The names of the migrations that this program has."""

NEWEST_MIGRATION = next(reversed(_MIGRATIONS))
"""The name of the last of them."""

COPY_DAYS = 30
"""Days after which the copy from before a migration is deleted: what readers had deleted since is still in it."""

_FAILED = (
    "{path} could not be brought to this version of Footnote, and was left as it was ({why}). Go back to the version before."
)


def applied_migrations(connection: sqlite3.Connection) -> set[str]:
    """Return the names of the migrations that a base has had, by this program or a newer one."""
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = '_sqlite_migrations'").fetchone():
        return set()
    rows = connection.execute("SELECT name FROM _sqlite_migrations WHERE migration_set = ?", (_SET,))
    return {row[0] for row in rows}


def make_tables(connection: sqlite3.Connection) -> None:
    """Apply what a base lacks, inside the transaction that is open or as one of its own."""
    # Imported here because it takes longer than opening a base, of which hardly any lacks a migration.
    from sqlite_utils import Database
    from sqlite_utils.migrations import Migrations

    migrations = Migrations(_SET)
    for name, files in _MIGRATIONS.items():

        @migrations(name=name)
        def run(database: Database, files: Sequence[str] = files) -> None:
            for statement in chain.from_iterable(map(_statements, files)):
                database.execute(statement)

    with transaction(connection, "BEGIN IMMEDIATE"):
        migrations.apply(Database(connection, execute_plugins=False))


def migrate(connection: sqlite3.Connection, path: Path) -> None:
    """Bring a file's tables up to date in one transaction, so that of two programs that open it at once one waits.

    A base that has tables is copied first. Raises FactBaseError where there is no room for that, and where it fails.
    """
    if applied_migrations(connection) >= KNOWN_MIGRATIONS:
        with suppress(OSError):
            copy = copy_before(path)
            if time.time() - copy.stat().st_mtime > COPY_DAYS * 24 * 60 * 60:
                copy.unlink()
        return
    with transaction(connection, "BEGIN IMMEDIATE"):
        applied = applied_migrations(connection)
        if applied >= KNOWN_MIGRATIONS:
            return
        if applied:  # the write lock is held, so no other program can have migrated it meanwhile
            unfinished = unfinished_name(path)
            unfinished.unlink(missing_ok=True)
            copy_base(path, unfinished)
            unfinished.replace(copy_before(path))
            sync_folder(path.parent)
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


def search_index() -> str:
    """Return the statement that makes the search index, empty."""
    return next(_statements("search"))


def _statements(file: str) -> Iterator[str]:
    """Yield the statements of a file without its comments, which stand on lines of their own between them.

    They are executed one by one because `sqlite3.Connection.executescript` would commit the open transaction.
    """
    statement = ""
    for line in (_FOLDER / f"{file}.sql").read_text(encoding="utf-8").splitlines(keepends=True):
        if line.startswith("--") or not (statement or line.strip()):
            continue
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement.strip().removesuffix(";")
            statement = ""
