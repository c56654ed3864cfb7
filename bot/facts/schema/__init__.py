"""The tables of a fact base, as named migrations: which `.sql` files of this folder each consists of, and which a base has had.

The search index and the views for people follow from the tables by triggers and SQL alone, so they are right whoever writes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database
    from sqlite_utils.migrations import Migrations

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
}
"""The migrations of a fact base, oldest first, with the files of each.

Once released, a name is never changed or taken away and a file never edited: bases that have had it would differ from new ones.
"""

KNOWN_MIGRATIONS = frozenset(_MIGRATIONS)
"""The names of the migrations that this program has."""

NEWEST_MIGRATION = next(reversed(_MIGRATIONS))
"""The name of the last of them."""


def applied_migrations(connection: sqlite3.Connection) -> set[str]:
    """Return the names of the migrations that a base has had, by this program or a newer one."""
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = '_sqlite_migrations'").fetchone():
        return set()
    rows = connection.execute("SELECT name FROM _sqlite_migrations WHERE migration_set = ?", (_SET,))
    return {row[0] for row in rows}


def migrations() -> Migrations:
    """Return the migrations, to be applied to a base that lacks some."""
    # Imported here because it takes longer than opening a base, of which hardly any lacks one.
    from sqlite_utils.migrations import Migrations

    ours = Migrations(_SET)
    for name in _MIGRATIONS:
        ours(name=name)(_apply(name))
    return ours


def search_index() -> str:
    """Return the statement that makes the search index, empty."""
    return next(_statements("search"))


def _apply(migration: str) -> Callable[[Database], None]:
    def run(database: Database) -> None:
        for file in _MIGRATIONS[migration]:
            for statement in _statements(file):
                database.execute(statement)

    return run


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
