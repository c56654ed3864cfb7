"""What is planned for the deletion of a base, noted in the base itself, so that it goes with it from one machine to another."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from bot.facts.files import connect
from bot.facts.sqlite_errors import plain_errors

_WAIT = 5.0  # seconds for another program's lock


def read_leaving(path: Path) -> str | None:
    """Return what a base notes of its deletion, None where none is planned. Raises FactBaseError."""
    with plain_errors(str(path)), closing(connect(path, mode="ro", wait=_WAIT)) as base:
        if not base.execute("SELECT 1 FROM sqlite_master WHERE name = 'mark'").fetchone():
            return None
        row = base.execute("SELECT value FROM mark WHERE name = 'leaving'").fetchone()
    return str(row[0]) if row else None


def note_leaving(path: Path, planned: str | None) -> None:
    """Note in a base, which has all its tables, what is planned for its deletion; None: nothing. Raises FactBaseError."""
    if planned == read_leaving(path):
        return
    with plain_errors(str(path)), closing(connect(path, wait=_WAIT)) as base:
        if planned is None:
            base.execute("DELETE FROM mark WHERE name = 'leaving'")
        else:
            base.execute("INSERT OR REPLACE INTO mark VALUES ('leaving', ?)", (planned,))
