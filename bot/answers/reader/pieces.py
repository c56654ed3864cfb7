"""Whether a piece of a sentence says by itself what it says there, as a small network judges from what the first one makes of it.

It stands on the first network's vectors of the whole sentence, and was taught by sentences that differ by little around the same
piece: "We saw that" before it and "We denied that" (`data/reader/train_pieces.py`).

In: a text in English and where the piece stands in it. Out: how likely the words that were cut off leave the piece standing.
"""

from __future__ import annotations

import threading
from typing import Any, NamedTuple

import numpy as np

from bot.answers.reader.encoder import PIECES, Floats, Network, Weights, open_session

MAX_TOKENS = 160
"""Tokens of a text that is judged; a longer one counts as not sure."""


class ReadPiece(NamedTuple):
    """A text as it is read around a piece: the vectors of its tokens (tokens, numbers), and 1 for each token in the piece."""

    vectors: Floats
    inside: Floats


def read_piece(network: Network, text: str, start: int, end: int) -> ReadPiece:
    """Return what a network makes of a text, of which a piece stands from ``start`` to ``end``."""
    offsets, vectors = network.vectors(text)
    inside = [float(begins < end and ends > start and ends > begins) for begins, ends in offsets]
    return ReadPiece(vectors, np.array(inside, dtype=np.float32))


class PieceReader:
    """The network that judges pieces, opened when first needed. Safe to use from several threads."""

    def __init__(self, weights: Weights, network: Network) -> None:
        self._weights, self._network = weights, network
        self._lock = threading.Lock()
        self._opened: Any = None

    def kept(self, text: str, start: int, end: int) -> float:
        """Return how likely a piece of a text says alone what it says there, from 0 to 1."""
        read = read_piece(self._network, text, start, end)
        if len(read.inside) > MAX_TOKENS or not read.inside.any():
            return 0.0
        with self._lock:
            self._opened = self._opened or open_session(self._weights, PIECES)
        (kept,) = self._opened.run(None, {"vectors": read.vectors[None], "inside": read.inside[None]})
        return float(kept[0])
