"""Which facts of a big base are nearest to a question in meaning: those that share no word with it are found by this alone.

In: one vector a fact, the first row of those that the reader made of it, and the question as encoded. Out: numbers of facts, the
nearest first. All vectors are compared, which takes some 2 ms for 100,000; of more than `MOST_PACKED` facts the newest are.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from bot.facts.base import FactBase
from bot.facts.vectors import WHOLE

MOST_PACKED = 200_000  # facts of one base that are held in memory, 108 bytes each
NEAREST = 256  # facts that are looked at more closely
_BLOCK = 8_192  # facts that are read and replaced at once
_AT_ONCE = 1_024  # facts that are compared at once, which stay in the processor's cache
_SPARE = 2  # times as many are looked up as are wanted, since retracted facts are among them
_LAST = (1 << 63) - 1  # the highest number that a fact can have, that of SQLite's rows
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Block:
    """Vectors of some facts: their numbers (facts), rows (facts, WHOLE) of 8 bits, and one over the length of each row."""

    numbers: NDArray[np.int64]
    rows: NDArray[np.int8]
    scales: Floats

    @classmethod
    def of(cls, facts: Sequence[tuple[int, bytes]]) -> Self:
        """Pack the vectors of facts, given as number and row; rows of another length are left out."""
        whole = [(number, row) for number, row in facts if len(row) == WHOLE]
        rows = np.frombuffer(b"".join(row for _, row in whole), dtype=np.int8).reshape(-1, WHOLE)
        values = rows.astype(np.float32)
        lengths = np.sqrt(np.einsum("ij,ij->i", values, values))
        numbers = np.array([number for number, _ in whole], dtype=np.int64)
        return cls(numbers, rows, (1 / np.maximum(lengths, 1e-6)).astype(np.float32))

    def nearness(self, question: Floats) -> Floats:
        """Return the cosine of each fact with a question.

        The rows are turned into floats a few at a time, in the same memory: new memory for all of them costs ten times as much.
        """
        cosines = np.empty(len(self.rows), dtype=np.float32)
        floats = np.empty((_AT_ONCE, WHOLE), dtype=np.float32)
        for start in range(0, len(self.rows), _AT_ONCE):
            rows = self.rows[start : start + _AT_ONCE]
            np.copyto(floats[: len(rows)], rows)
            np.dot(floats[: len(rows)], question, out=cosines[start : start + len(rows)])
        cosines *= self.scales
        return cosines

    def where(self, chosen: NDArray[np.bool_]) -> Self:
        """Return the block with some of its facts."""
        return type(self)(self.numbers[chosen], self.rows[chosen], self.scales[chosen])

    def __add__(self, other: _Block) -> _Block:
        """Return both in one block."""
        pairs: Iterable[tuple[Any, Any]] = (
            (self.numbers, other.numbers),
            (self.rows, other.rows),
            (self.scales, other.scales),
        )
        return _Block(*map(np.concatenate, pairs))


class NearestFacts:
    """The packed vectors of one base, read when first needed. Facts that are not encoded yet are not among them.

    Safe to use from several threads. A fact that was changed is found by its former vectors until it is encoded anew, and one
    that was retracted is left out when it is looked up, so that a change of facts costs nothing.
    """

    def __init__(self, base: FactBase, model: str) -> None:
        """``model`` is the version of the reader whose vectors are used."""
        self._base = base
        self._model = model
        self._lock = threading.Lock()
        self._loading = threading.Lock()
        self._blocks: tuple[_Block, ...] = ()  # those with the newest facts first, never changed but as a whole
        self._loaded = False

    def __len__(self) -> int:
        """Return how many facts have their vectors here."""
        return sum(len(block.numbers) for block in self._blocks)

    def load(self) -> None:
        """Read the stored vectors unless that was done, or is being done in another thread, which is not waited for."""
        if self._loaded or not self._loading.acquire(blocking=False):
            return
        try:
            below, left = _LAST, MOST_PACKED
            while left and (facts := self._base.vectors.wholes(self._model, below, min(left, _BLOCK))):
                block, below, left = _Block.of(facts), facts[-1][0], left - len(facts)
                with self._lock:
                    self._blocks = (*self._blocks, self._without_known(block))
            self._loaded = True
        finally:
            self._loading.release()

    def put(self, facts: Sequence[tuple[int, bytes]]) -> None:
        """Put in the vectors of facts that were encoded just now, given as number and first row, in the place of older ones."""
        added = _Block.of(facts)
        with self._lock:
            blocks = [_without(block, added.numbers) for block in self._blocks]
            if blocks and len(blocks[0].numbers) + len(added.numbers) <= _BLOCK:
                blocks[0] = added + blocks[0]
            else:
                blocks.insert(0, added)
            while len(blocks) > 1 and sum(len(block.numbers) for block in blocks) > MOST_PACKED:
                blocks.pop()
            self._blocks = tuple(blocks)

    def find(self, question: Floats, most: int, spans: Sequence[tuple[int, int]] | None = None) -> list[int]:
        """Return the numbers of at most ``most`` live facts, the nearest first.

        ``question`` is a vector of length one; ``spans`` are the first and the last number of each run of facts to look among,
        None for all.
        """
        self.load()
        blocks = self._blocks
        if not blocks:
            return []
        numbers = np.concatenate([block.numbers for block in blocks])
        near = np.concatenate([block.nearness(question) for block in blocks])
        if spans is not None:
            among = _within(numbers, spans)
            numbers, near = numbers[among], near[among]
        count = min(_SPARE * most, len(numbers))
        best = np.argpartition(-near, count - 1)[:count] if count else np.zeros(0, dtype=np.int64)
        ordered = best[np.argsort(-near[best], kind="stable")]
        return self._base.vectors.not_retracted(numbers[ordered].tolist())[:most]

    def _without_known(self, block: _Block) -> _Block:
        """Return a block that was read without the facts that were put in meanwhile, whose vectors are newer."""
        for known in self._blocks:
            block = _without(block, known.numbers)
        return block


def _within(numbers: NDArray[np.int64], spans: Sequence[tuple[int, int]]) -> NDArray[np.bool_]:
    """Return which numbers lie in one of some spans, which have no number in common."""
    bounds = np.array(sorted(spans) or [(0, -1)], dtype=np.int64)
    place = np.maximum(np.searchsorted(bounds[:, 0], numbers, side="right") - 1, 0)
    inside: NDArray[np.bool_] = (numbers >= bounds[place, 0]) & (numbers <= bounds[place, 1])
    return inside


def _without(block: _Block, numbers: NDArray[np.int64]) -> _Block:
    gone = np.isin(block.numbers, numbers)
    return block.where(~gone) if gone.any() else block
