"""Vectors of facts that are in no base: a story file that is asked again and again is read by the encoder once.

A SQLite file of the command line alone, which may be deleted at any time. It holds no text, and the newest `MOST` facts.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path

MOST = 5_000  # facts, some 6 kB each


class VectorCache:
    """The file. Where it cannot be read or written, there is nothing in it."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self, digests: Sequence[bytes], model: str) -> dict[bytes, bytes]:
        """Return by its digest the vectors of each fact that has them by this model."""
        try:
            with closing(self._open()) as file:
                query = "SELECT vectors FROM vector WHERE digest = ? AND model = ?"
                found = ((digest, file.execute(query, (digest, model)).fetchone()) for digest in digests)
                return {digest: row[0] for digest, row in found if row is not None}
        except (OSError, sqlite3.Error):
            return {}

    def write(self, rows: Iterable[tuple[bytes, bytes]], model: str) -> None:
        """Store vectors (digest, vectors), in the place of the oldest where there are too many."""
        try:
            with closing(self._open()) as file, file:
                file.executemany(
                    "INSERT OR REPLACE INTO vector VALUES (?, ?, ?)", [(digest, model, each) for digest, each in rows]
                )
                file.execute("DELETE FROM vector WHERE rowid <= (SELECT max(rowid) FROM vector) - ?", (MOST,))
        except (OSError, sqlite3.Error):
            return

    def _open(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        file = sqlite3.connect(self._path, timeout=1)
        file.execute("PRAGMA synchronous = OFF")
        file.execute("CREATE TABLE IF NOT EXISTS vector (digest BLOB PRIMARY KEY, model TEXT NOT NULL, vectors BLOB NOT NULL)")
        return file
