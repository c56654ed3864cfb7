"""The plain index that finding is compared with: full-text search as SQLite's manual has it, over the same facts."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from bot.english.search_words import STOP_WORDS, normalise, tokens
from data.benchmarks.rankers import quoted_words


class Plain:
    """The plain index, open."""

    def __init__(self, path: Path, *, all_words: bool = False) -> None:
        self._database = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
        self._database.execute("SELECT 1 FROM fact LIMIT 1").fetchall()
        self._all_words = all_words

    def find(self, question: str) -> list[int]:
        """Return the 20 facts that plain full-text search finds for a question."""
        words = [token.word for token in tokens(normalise(question))]
        kept = words if self._all_words else [word for word in words if word not in STOP_WORDS]
        query = quoted_words(kept or words)
        rows = self._database.execute("SELECT rowid FROM fact WHERE fact MATCH ? ORDER BY rank LIMIT 20", (query,))
        return [row[0] for row in rows]

    def close(self) -> None:
        """Close the file."""
        self._database.close()
