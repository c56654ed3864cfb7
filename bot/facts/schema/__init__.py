"""The tables of a fact base and their version; a base is made with all of them, or not at all.

They are in the `.sql` files of this folder, run in the order of `_FILES`. The search index and the views for people follow from
the tables by triggers and SQL alone, so they are right whichever program writes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from bot.facts.files import transaction

APPLICATION_ID = 0x464F4F54
"""Marks a file as ours in its header: the letters FOOT. `state.sql` writes it."""

VERSION = 1
"""The version of the tables, which `state.sql` writes into the header too. A base of another one is refused."""

_FOLDER = Path(__file__).parent
_FILES = ("facts", "search", "history", "editing", "questions", "replies", "follows", "feeds", "state", "views")


def is_made(connection: sqlite3.Connection) -> bool:
    """Return whether a file has the mark of a base, and so its tables."""
    return bool(connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID)


def make_tables(connection: sqlite3.Connection) -> None:
    """Make all tables in one transaction, unless another program that opened the file at the same time has just done so."""
    with transaction(connection, "BEGIN IMMEDIATE"):
        if not is_made(connection):
            for file in _FILES:
                for statement in _statements(file):
                    connection.execute(statement)


def search_index() -> str:
    """Return the statement that makes the search index, empty."""
    return next(_statements("search"))


def _statements(file: str) -> Iterator[str]:
    """Yield the statements of a file without its comments, which are on lines of their own between them.

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
