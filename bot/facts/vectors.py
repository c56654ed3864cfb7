"""Stored vectors of facts: what the reader made of each, to be read back while the fact stands as it did."""

from __future__ import annotations

import json
from collections.abc import Iterable

from bot.facts.connection import Connections


class VectorStore:
    """Keeps vectors beside the facts of a base. They can be made anew at any time, so that losing them costs time alone."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def read(self, facts: Iterable[tuple[int, bytes]], model: str) -> dict[bytes, bytes]:
        """Return by its digest the vectors of each of some facts (number, digest) that has them by this model."""
        wanted = dict(facts)
        with self._connections.reading() as connection:
            rows = connection.execute(
                "SELECT fact_id, digest, vectors FROM fact_vector"
                " WHERE model = ? AND fact_id IN (SELECT value FROM json_each(?))",
                (model, json.dumps([*wanted])),
            )
            return {digest: vectors for number, digest, vectors in rows if wanted[number] == digest}

    def stored(self, facts: Iterable[tuple[int, bytes]], model: str) -> set[bytes]:
        """Return the digests of those of some facts (number, digest) that have vectors by this model."""
        wanted = dict(facts)
        with self._connections.reading() as connection:
            rows = connection.execute(
                "SELECT fact_id, digest FROM fact_vector WHERE model = ? AND fact_id IN (SELECT value FROM json_each(?))",
                (model, json.dumps([*wanted])),
            )
            return {digest for number, digest in rows if wanted[number] == digest}

    def live(self, below: int, most: int) -> tuple[int, ...]:
        """Return the numbers of live facts below one, at most so many, the newest first."""
        with self._connections.reading() as connection:
            rows = connection.execute(
                "SELECT id FROM fact WHERE retracted = 0 AND id < ? ORDER BY id DESC LIMIT ?", (below, most)
            )
            return tuple(row[0] for row in rows)

    def write(self, rows: Iterable[tuple[int, bytes, bytes]], model: str) -> None:
        """Store vectors (fact, digest, vectors) in the place of older ones. A power cut may lose them."""
        with self._connections.writing(facts=False, durable=False) as database:
            database.executemany(
                "INSERT OR REPLACE INTO fact_vector (fact_id, model, digest, vectors) VALUES (?, ?, ?, ?)",
                [(number, model, digest, vectors) for number, digest, vectors in rows],
            )
