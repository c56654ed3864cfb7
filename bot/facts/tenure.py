"""Of two copies of a base, which one was written to last, when one process after another wrote to it on machines of their own.

A base goes from home to home, a home being a folder of Footnote's. Each home that begins to write to it raises its term and
leaves its mark. Within one term only the home of that mark writes, so that its own file is never behind the replica. A term is at
least the second in which it began, so that a base made anew elsewhere is in a later one than what was deleted before; of one base
the terms grow however wrong the clocks are.
"""

from __future__ import annotations

import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from bot.errors import FactBaseError
from bot.facts.files import connect, transaction
from bot.facts.sqlite_errors import plain_errors

_WAIT = 5.0  # seconds for another program's lock


@dataclass(frozen=True, slots=True)
class Tenure:
    """When a base was taken over, as a number that grows, and the mark of the home that did so last; "" where none ever did."""

    term: int = 0
    home: str = ""


def read_tenure(path: Path) -> Tenure:
    """Read whose a base is. Raises FactBaseError where the file cannot be read."""
    with plain_errors(str(path)), closing(connect(path, mode="ro", wait=_WAIT)) as base:
        if not base.execute("SELECT 1 FROM sqlite_master WHERE name = 'tenure'").fetchone():
            return Tenure()
        row = base.execute("SELECT term, home FROM tenure").fetchone()
    return Tenure(*row) if row else Tenure()


def take_over(path: Path, home: str, *, above: int = 0) -> None:
    """Begin a term of a home that is above a number. The base has all its tables. Raises FactBaseError."""
    with plain_errors(str(path)), closing(connect(path, wait=_WAIT)) as base, transaction(base, "BEGIN IMMEDIATE"):
        row = base.execute("SELECT term FROM tenure").fetchone()
        base.execute("REPLACE INTO tenure VALUES (1, ?, ?)", (max(above + 1, row[0] + 1 if row else 0, now()), home))


def now() -> int:
    """Return the term that would begin now if there had been none: seconds since 1970."""
    return int(time.time())


def is_behind(ours: Tenure, theirs: Tenure, home: str) -> bool:
    """Tell whether the file of this home was left behind by the one that the replica holds."""
    if ours.term != theirs.term:
        return ours.term < theirs.term
    return ours.term > 0 and not ours.home == theirs.home == home


def holds_all_of(other: Path, path: Path) -> bool:
    """Tell whether a base knows of the last change that a second one, ``path``, was given. Raises FactBaseError."""
    query = "SELECT id, at, by, action, what FROM logbook ORDER BY id DESC LIMIT 1"
    with plain_errors(str(path)), closing(connect(path, mode="ro", wait=_WAIT)) as base:
        last = base.execute(query).fetchone()
    if last is None:
        return True
    with plain_errors(str(other)), closing(connect(other, mode="ro", wait=_WAIT)) as base:
        return bool(last == base.execute(query.replace("ORDER", "WHERE id = ? ORDER"), last[:1]).fetchone())


def check_file(path: Path) -> None:
    """Look through a whole file for damage. Raises FactBaseError."""
    with plain_errors(str(path)), closing(connect(path, mode="ro")) as base:
        if base.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise FactBaseError(f"{path} is damaged. Restore it with footnote restore; footnote doctor says how.")
