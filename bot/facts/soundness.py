"""Whether a file is a fact base of this version, and a sound one: the file itself, its links and its search index."""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.errors import FactBaseError, FactBaseVersionError, NoFactBaseError, NotAFactBaseError
from bot.facts.files import DAMAGED, connect, connect_to_read, error_name, log_of, plain_errors, transaction
from bot.facts.schema import APPLICATION_ID, VERSION, search_index

_HEADER = b"SQLite format 3\x00"
_INDEX = "fact_search"
_INDEXED = "text, phrasings, names, context, words, dates, stems"
_OTHER_VERSION = "{name} was made by a version of Footnote that was never released. Move it away, and import its stories again."
_MAX_FAULTS = 3  # faults that are named; where there is one, there are often thousands


def check_header(path: Path, *, create: bool) -> None:
    """Refuse a file that is missing, not a fact base or cut short, before SQLite touches it.

    With ``create``, a missing or empty one passes. Raises NoFactBaseError, NotAFactBaseError, FactBaseError.
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
            raise NotAFactBaseError(
                f"{path} is empty, not a fact base. Check the name, or delete the file, and a new one is made."
            )
        return
    if not header.startswith(_HEADER):
        raise NotAFactBaseError(f"{path} is not a fact base. Give another name; this file was left as it is.")
    # Checked twice: another process may be growing the file just now, and then it is no longer short the second time.
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
    if len(header) < 100:
        return True
    page = struct.unpack(">H", header[16:18])[0]
    counter, pages = struct.unpack(">II", header[24:32])
    valid_for = struct.unpack(">I", header[92:96])[0]
    if counter != valid_for:
        return False  # then the number of pages in the header is out of date and proves nothing
    return path.stat().st_size < pages * (65536 if page == 1 else page) and not in_use


def check_content(connection: sqlite3.Connection, name: str) -> None:
    """Refuse a SQLite file of another program, or a base of another version.

    Raises NotAFactBaseError, FactBaseVersionError.
    """
    with transaction(connection, "BEGIN"):  # one state of the file, even if another program is just making it
        mark = connection.execute("PRAGMA application_id").fetchone()[0]
        tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        version = connection.execute("PRAGMA user_version").fetchone()[0]
    if mark != APPLICATION_ID and (mark or tables):
        raise NotAFactBaseError(f"{name} is another program's database. Give another name; this file was left as it is.")
    if mark != APPLICATION_ID or version == VERSION:
        return
    if version > VERSION:
        raise FactBaseVersionError(f"{name} was made by a newer version of Footnote. Update Footnote to open it.")
    raise FactBaseVersionError(_OTHER_VERSION.format(name=name))


@contextmanager
def open_to_read(path: Path, *, wait: float = 0) -> Iterator[sqlite3.Connection]:
    """Connect to a fact base for reading alone, after checking that it is one.

    Raises NoFactBaseError, NotAFactBaseError, FactBaseVersionError, or another FactBaseError where it cannot be used.
    """
    check_header(path, create=False)
    with closing(connect_to_read(path, wait=wait)) as connection:
        check_content(connection, str(path))
        yield connection


@dataclass(frozen=True, slots=True)
class Soundness:
    """What is wrong with a base: lists of what SQLite says, empty where nothing is wrong."""

    damage: tuple[str, ...] = ()  # pages and rows that cannot be read as they should
    links: tuple[str, ...] = ()  # rows that point at missing rows
    index: tuple[str, ...] = ()  # where the search index disagrees with the facts

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not (self.damage or self.links or self.index)


def look_for_faults(connection: sqlite3.Connection) -> Soundness:
    """Check the whole of a base, which takes about as long as reading it twice.

    Raises sqlite3.Error where it cannot be read, UnicodeDecodeError where SQLite's report about it cannot.
    """
    try:
        reports = [str(row[0]) for row in connection.execute(f"PRAGMA integrity_check({_MAX_FAULTS})") if row[0] != "ok"]
    except sqlite3.DatabaseError as error:
        if error_name(error).startswith("SQLITE_CORRUPT"):
            return Soundness((str(error),))
        raise
    damage = tuple(report for report in reports if _INDEX not in report)
    if damage:
        return Soundness(damage)  # further checks of such a file would tell nothing
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
    """Make FTS5 compare its words with its texts, which needs a connection that may write. Raises sqlite3.DatabaseError.

    On a read-only one nothing is done: since SQLite 3.44 the integrity check covers it.
    """
    try:
        connection.execute(f"INSERT INTO {_INDEX}({_INDEX}) VALUES ('integrity-check')")
    except sqlite3.OperationalError as error:
        if not error_name(error).startswith("SQLITE_READONLY"):
            raise
