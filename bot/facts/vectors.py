"""The stored vectors of facts: what the reader model made of each, valid while the fact is unchanged."""

from __future__ import annotations

import json
from collections.abc import Iterable

from bot.facts.connection import Connections


class VectorStore:
    """Stores vectors beside the facts of a base. They can be computed again at any time, so losing them costs only time."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def read(self, facts: Iterable[tuple[int, bytes]], model: str) -> dict[bytes, bytes]:
        """Return the stored vectors of facts, given as number and digest, by this model, keyed by digest."""
        wanted = dict(facts)
        with self._connections.reading() as connection:
            rows = connection.execute(
                "SELECT fact_id, digest, vectors FROM fact_vector"
                " WHERE model = ? AND fact_id IN (SELECT value FROM json_each(?))",
                (model, json.dumps([*wanted])),
            )
            return {digest: vectors for number, digest, vectors in rows if wanted[number] == digest}

    def stored(self, facts: Iterable[tuple[int, bytes]], model: str) -> set[bytes]:
        """Return the digests of those facts, given as number and digest, that have vectors by this model."""
        wanted = dict(facts)
        with self._connections.reading() as connection:
            rows = connection.execute(
                "SELECT fact_id, digest FROM fact_vector WHERE model = ? AND fact_id IN (SELECT value FROM json_each(?))",
                (model, json.dumps([*wanted])),
            )
            return {digest for number, digest in rows if wanted[number] == digest}

    def live(self, below: int, most: int) -> tuple[int, ...]:
        """Return at most ``most`` numbers of live facts below a number, the newest first."""
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
