"""Whether a base is sound: its file, the links between its tables, and its search index, which can be rebuilt."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from bot.errors import FactBaseError
from bot.facts.files import connect, transaction
from bot.facts.schema import search_index
from bot.facts.sqlite_errors import DAMAGED, error_name, plain_errors

_INDEX = "fact_search"
_INDEXED = "text, phrasings, names, context, words, dates"
_MOST = 3  # faults that are named; where there is one there are often thousands


@dataclass(frozen=True, slots=True)
class Soundness:
    """What is wrong with a base: lists of what SQLite says, empty where nothing is wrong."""

    damage: tuple[str, ...] = ()  # pages and rows that cannot be read as they should
    links: tuple[str, ...] = ()  # rows that point at what is not there
    index: tuple[str, ...] = ()  # what the search index says otherwise than the facts

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not (self.damage or self.links or self.index)


def look_for_faults(connection: sqlite3.Connection) -> Soundness:
    """Check the whole of a base, which takes about as long as reading it twice.

    Raises sqlite3.Error where it cannot be read, UnicodeDecodeError where SQLite's own words about it cannot.
    """
    try:
        reports = [str(row[0]) for row in connection.execute(f"PRAGMA integrity_check({_MOST})") if row[0] != "ok"]
    except sqlite3.DatabaseError as error:
        if error_name(error).startswith("SQLITE_CORRUPT"):
            return Soundness((str(error),))
        raise
    damage = tuple(each for each in reports if _INDEX not in each)
    if damage:
        return Soundness(damage)  # what is read from such a file says nothing
    loose = connection.execute('SELECT "table", count(*), parent FROM pragma_foreign_key_check GROUP BY 1, 3').fetchall()
    links = tuple(f"rows of {table} that point at no {parent}: {count}" for table, count, parent in loose)
    return Soundness(links=links, index=_index_faults(connection, reports))


def check_file(path: Path) -> None:
    """Look through a whole file for damage, in less time than `look_for_faults` takes. Raises FactBaseError."""
    with plain_errors(str(path)), closing(connect(path, mode="ro")) as base:
        if base.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise FactBaseError(DAMAGED.format(name=path))


def is_sound(path: Path) -> bool:
    """Look through a whole file, its links and its index, and return whether nothing is wrong; False where it cannot be read."""
    try:
        with closing(connect(path, mode="ro")) as base:
            return look_for_faults(base).sound
    except (sqlite3.Error, UnicodeDecodeError):
        return False


def rebuild_index(connection: sqlite3.Connection) -> None:
    """Rebuild the search index from the facts, in one transaction."""
    with transaction(connection, "BEGIN IMMEDIATE"):
        connection.execute(f"DROP TABLE IF EXISTS {_INDEX}")  # an index that is damaged cannot be emptied
        connection.execute(search_index())
        connection.execute(f"INSERT INTO {_INDEX}(rowid, {_INDEXED}) SELECT id, {_INDEXED} FROM fact_words")


def _index_faults(connection: sqlite3.Connection, reports: list[str]) -> tuple[str, ...]:
    try:
        if not reports:
            _check_words(connection)
        facts = f"SELECT id, {_INDEXED} FROM fact_words"
        indexed = f"SELECT rowid, {_INDEXED} FROM {_INDEX}"
        lacking = connection.execute(f"SELECT count(*) FROM ({facts} EXCEPT {indexed})").fetchone()[0]
        surplus = connection.execute(f"SELECT count(*) FROM ({indexed} EXCEPT {facts})").fetchone()[0]
    except sqlite3.DatabaseError as error:
        return (*reports, str(error))
    counted = ((lacking, "facts that it does not hold as they are"), (surplus, "entries that fit no fact"))
    return (*reports, *(f"{what}: {count}" for count, what in counted if count))


def _check_words(connection: sqlite3.Connection) -> None:
    """Make FTS5 compare its words with its texts, which takes a connection that may write. Raises sqlite3.DatabaseError.

    For others the integrity check has done so, if SQLite is 3.44 or newer.
    """
    try:
        connection.execute(f"INSERT INTO {_INDEX}({_INDEX}) VALUES ('integrity-check')")
    except sqlite3.OperationalError as error:
        if not error_name(error).startswith("SQLITE_READONLY"):
            raise
