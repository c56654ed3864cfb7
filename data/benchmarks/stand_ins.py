"""Vectors for the facts of a big base that cost what the reader's cost, without the hours that the reader would take.

A fact that was made has random directions in the place of its vectors, as many as its line has tokens: to store, to read and to
compare them costs the same, only what is near to a question by them is chance. The facts of the buried story are encoded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import numpy as np

from bot.answers.answerer import Answerer
from bot.answers.finding.documents import Document
from bot.answers.finding.index import Indexes
from bot.answers.reader.encoder import SIZE, FactVectors
from bot.answers.reader.reader import Reader, shipped_reader
from bot.english.lexicon import Lexicon
from bot.facts.base import FactBase
from bot.facts.searching import MAX_NUMBER
from bot.resources import lexicon_file
from data.benchmarks.big_base import SEED

_AT_ONCE = 1_000  # facts


def fill_vectors(library: Path, encoded: str | None, say: Callable[[str], None]) -> int:
    """Store vectors of each fact of a base that has none, and return how many had none; those of a story ``encoded`` are real."""
    random, filled = np.random.default_rng(SEED), 0
    with FactBase.open(library) as base, closing(Lexicon(lexicon_file())) as lexicon:
        if encoded is not None:
            Answerer(base, lexicon).encode(encoded)
        for documents in _without_vectors(base, lexicon):
            rows = [
                (document.number, document.digest, _stand_in(document, shipped_reader(), random).to_bytes())
                for document in documents
            ]
            base.vectors.write(rows, shipped_reader().weights.version)
            filled += len(rows)
            if filled % (100 * _AT_ONCE) == 0:
                say(f"vectors of {filled} facts stored")
    return filled


def _without_vectors(base: FactBase, lexicon: Lexicon) -> Iterator[list[Document]]:
    model, below = shipped_reader().weights.version, MAX_NUMBER
    while numbers := base.vectors.missing(model, below, _AT_ONCE):
        below = min(numbers)
        yield Indexes(base, lexicon).documents(numbers)


def _stand_in(document: Document, reader: Reader, random: np.random.Generator) -> FactVectors:
    """Return random directions, of as many rows as the reader would make of a fact: one for the whole, one for each token."""
    first, second = reader.encoder.fact_rows(document.line)
    values = random.standard_normal((first + second, SIZE), dtype=np.float32)
    rows = np.rint(values * (127 / np.abs(values).max(axis=1, keepdims=True))).astype(np.int8)
    return FactVectors(rows[:first], rows[first:])
