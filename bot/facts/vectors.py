"""The reader's vectors of facts, stored beside them, and which facts lack them or have changed since."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from bot.facts.connection import Store

WHOLE = 96
"""Bytes of the first row of a fact's vectors, which stands for the whole fact."""

# The reader also reads the text of a fact's event and the names and roles of its actors, so changes of these count.
_TOUCHED = """
    SELECT id FROM fact WHERE retracted = 0 AND id IN (
        SELECT item_id FROM revision WHERE id > :after AND kind = 'fact'
        UNION SELECT linked.id FROM revision JOIN fact AS linked ON linked.event_id = revision.item_id
            WHERE revision.id > :after AND revision.kind = 'fact'
        UNION SELECT fact_id FROM revision JOIN fact_actor ON actor_id = item_id
            WHERE revision.id > :after AND revision.kind = 'actor'
    ) ORDER BY id DESC
"""


def first_size(size: int, count: bytes) -> int:
    """Return how many bytes of a fact's vectors are the first network's, 0 where the vectors are cut off.

    ``size`` is the number of bytes in all; the last row begins with the ``count`` of the first network's rows (2 bytes). The
    second network has at least two rows, one for the whole fact and one for a token.
    """
    first = WHOLE * int.from_bytes(count, "little")
    return first if size % WHOLE == 0 and WHOLE < first < size - 2 * WHOLE else 0


class VectorStore(Store):
    """Stores vectors beside the facts of a base. They can be computed again at any time, so losing them costs only time."""

    def read(self, facts: Iterable[tuple[int, bytes]], model: str) -> dict[bytes, bytes]:
        """Return the stored vectors of facts, given as number and digest, by this model, keyed by digest."""
        wanted = dict(facts)
        rows = self._of_facts("fact_id, digest, vectors", [*wanted], model)
        return {digest: vectors for number, digest, vectors in rows if wanted[number] == digest}

    def of(self, numbers: Sequence[int], model: str) -> dict[int, bytes]:
        """Return the stored vectors of facts by this model, keyed by number, even if the fact has changed since."""
        return dict(self._of_facts("fact_id, vectors", numbers, model))

    def stored(self, facts: Iterable[tuple[int, bytes]], model: str) -> set[bytes]:
        """Return the digests of those facts, given as number and digest, that have whole vectors by this model."""
        wanted = dict(facts)
        rows = self._of_facts(f"fact_id, digest, length(vectors), ifnull(substr(vectors, -{WHOLE}, 2), x'')", [*wanted], model)
        return {digest for number, digest, size, count in rows if wanted[number] == digest and first_size(size, count)}

    def _of_facts(self, columns: str, numbers: Sequence[int], model: str) -> list[Any]:
        query = f"SELECT {columns} FROM fact_vector WHERE model = ? AND fact_id IN (SELECT value FROM json_each(?))"
        return self._connections.rows(query, (model, json.dumps(numbers)))

    def wholes(self, model: str, below: int, most: int) -> list[tuple[int, bytes]]:
        """Return at most ``most`` numbers of facts below a number, the newest first, each with its first row by this model."""
        return self._connections.rows(
            # This has to be spelt exactly as in the index (96 for `WHOLE`), or SQLite would read the whole vectors.
            "SELECT fact_id, substr(vectors, 1, 96) FROM fact_vector WHERE model = ? AND fact_id < ?"
            " ORDER BY fact_id DESC LIMIT ?",
            (model, below, most),
        )

    def not_retracted(self, numbers: Sequence[int]) -> list[int]:
        """Return those facts, by number, that are live, in the given order."""
        query = "SELECT id FROM fact WHERE id IN (SELECT value FROM json_each(?)) AND retracted = 0"
        live = {row[0] for row in self._connections.rows(query, (json.dumps(numbers),))}
        return [number for number in numbers if number in live]

    def missing(self, model: str, below: int, most: int) -> tuple[int, ...]:
        """Return at most ``most`` numbers of live facts below a number that have no vectors by this model, the newest first."""
        rows = self._connections.rows(
            "SELECT id FROM fact WHERE retracted = 0 AND id < ?"
            " AND NOT EXISTS (SELECT 1 FROM fact_vector WHERE model = ? AND fact_id = fact.id) ORDER BY id DESC LIMIT ?",
            (below, model, most),
        )
        return tuple(row[0] for row in rows)

    def newest_revision(self) -> int:
        """Return the number of the newest revision of all, which grows with every change."""
        return int(self._connections.rows("SELECT ifnull(max(id), 0) FROM revision")[0][0])

    def touched_since(self, revision: int) -> tuple[int, ...]:
        """Return the live facts, newest first, whose vectors may be outdated by the revisions after this one."""
        return tuple(row[0] for row in self._connections.rows(_TOUCHED, {"after": revision}))

    def write(self, rows: Iterable[tuple[int, bytes, bytes]], model: str) -> None:
        """Store vectors (fact, digest, vectors), replacing older ones. A power cut may lose them."""
        with self._connections.writing(facts=False, durable=False) as database:
            database.executemany(
                "INSERT OR REPLACE INTO fact_vector (fact_id, model, digest, vectors) VALUES (?, ?, ?, ?)",
                [(number, model, digest, vectors) for number, digest, vectors in rows],
            )
