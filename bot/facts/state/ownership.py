"""What a base says about itself to the processes that pass it on: who owns it, in which term, and when it is to be deleted.

A base moves from home to home, a home being a folder of an installation. Each home that begins to write to it raises its term
and leaves its mark. Within one term only the home with that mark writes, so its own file is never behind the replica. A term is
at least the time, in seconds, at which it began, so a base made anew elsewhere is in a later term than one deleted before; and
the terms of one base grow however wrong the clocks are.

The functions here work on a file that nobody has open as a `FactBase`.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from bot.facts.files import confine_errors, connect, plain_errors, transaction

_WAIT = 5.0  # seconds for another program's lock


@contextmanager
def _opened(path: Path, mode: Literal["ro", "rw"] = "ro") -> Iterator[sqlite3.Connection]:
    with plain_errors(str(path)), closing(connect(path, mode=mode, wait=_WAIT)) as base:
        yield base


@dataclass(frozen=True, slots=True)
class Ownership:
    """The term of a base, a number that grows with each change of owner, and the mark of its home; "" where it never had one."""

    term: int = 0
    home: str = ""


def read_ownership(path: Path) -> Ownership:
    """Read who owns a base. Raises FactBaseError where the file cannot be read."""
    with confine_errors(str(path)), _opened(path) as base:
        if not base.execute("SELECT 1 FROM sqlite_master WHERE name = 'ownership'").fetchone():
            return Ownership()
        row = base.execute("SELECT term, home FROM ownership").fetchone()
        return Ownership(int(row[0]), str(row[1])) if row else Ownership()


def take_over(path: Path, home: str, *, above: int = 0) -> None:
    """Begin a new term with a home as the owner; the term is above ``above`` and above the last one.

    The base must have all its tables. Raises FactBaseError.
    """
    with _opened(path, "rw") as base, transaction(base, "BEGIN IMMEDIATE"):
        row = base.execute("SELECT term FROM ownership").fetchone()
        base.execute("REPLACE INTO ownership VALUES (1, ?, ?)", (max(above + 1, row[0] + 1 if row else 0, first_term()), home))


def first_term() -> int:
    """Return the term in which a base that never had one would begin now: seconds since 1970."""
    return int(time.time())


def is_behind(ours: Ownership, theirs: Ownership, home: str) -> bool:
    """Return whether the file of ``home`` is older than the one in the replica, by what both say of their ownership.

    Within one term only one home writes, so the file is current only where both name this home.
    """
    if ours.term != theirs.term:
        return ours.term < theirs.term
    return ours.term > 0 and not ours.home == theirs.home == home


def has_last_change_of(other: Path, path: Path) -> bool:
    """Return whether the base ``other`` holds the last change that was made to ``path``. Raises FactBaseError."""
    query = "SELECT id, at, by, action, what FROM logbook ORDER BY id DESC LIMIT 1"
    with _opened(path) as base:
        last = base.execute(query).fetchone()
    if last is None:
        return True
    with _opened(other) as base:
        return bool(last == base.execute(query.replace("ORDER", "WHERE id = ? ORDER"), last[:1]).fetchone())


def read_planned_deletion(path: Path) -> str | None:
    """Return the plan for its deletion that a base holds, as JSON text, None where none is planned. Raises FactBaseError."""
    with _opened(path) as base:
        if not base.execute("SELECT 1 FROM sqlite_master WHERE name = 'mark'").fetchone():
            return None
        row = base.execute("SELECT value FROM mark WHERE name = 'leaving'").fetchone()
    return str(row[0]) if row else None


def write_planned_deletion(path: Path, planned: str | None) -> None:
    """Write the plan for its deletion into a base, or None to call it off.

    The base must have all its tables. Raises FactBaseError.
    """
    if planned == read_planned_deletion(path):
        return
    with _opened(path, "rw") as base:
        if planned is None:
            base.execute("DELETE FROM mark WHERE name = 'leaving'")
        else:
            base.execute("INSERT OR REPLACE INTO mark VALUES ('leaving', ?)", (planned,))
