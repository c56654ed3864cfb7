"""Sifting the facts of a big base that words and meaning have found: the nearest by late interaction are worth reading.

In: the question's vectors, numbers of facts and their stored vectors. Out: the numbers of the few that are read, best first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from bot.answers.reader.encoder import SIZE, QuestionVectors
from bot.answers.reader.weights import Weights

_BY_WORDS = 8  # facts, of those that words have found, that are read whatever their nearness
_NOT_ENCODED = 4  # further ones that are not encoded yet, as many as are encoded while the question waits


def sift(
    question: QuestionVectors, by_words: Sequence[int], stored: Mapping[int, bytes], weights: Weights, most: int
) -> list[int]:
    """Return the numbers of at most ``most`` facts to read: the best that words have found, then the nearest.

    ``stored`` has the vectors of each fact that was found and is encoded. Where none is, these are the facts found by words.
    """
    numbers = [number for number, vectors in stored.items() if vectors and len(vectors) % SIZE == 0 and len(vectors) > SIZE]
    if not numbers:
        return list(by_words)[:most]
    later = [number for number in by_words[_BY_WORDS:] if number not in stored][:_NOT_ENCODED]
    first = [*by_words[:_BY_WORDS], *later]
    near = _nearness(question, [stored[number] for number in numbers], weights)
    ranked = [numbers[place] for place in np.argsort(-near, kind="stable")]
    return list(dict.fromkeys([*first, *ranked]))[:most]


def _nearness(
    question: QuestionVectors, stored: Sequence[bytes], weights: Weights
) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """Return the score of late interaction of each fact: the same as the judge's, for all at once."""
    rows = np.frombuffer(b"".join(stored), dtype=np.int8).reshape(-1, SIZE).astype(np.float32)
    scales = 1 / np.maximum(np.sqrt(np.einsum("ij,ij->i", rows, rows)), np.float32(1e-6))
    starts = np.cumsum([0, *(len(each) // SIZE for each in stored[:-1])])
    cosines = (rows @ question.tokens.T) * scales[:, None]
    whole = (rows[starts] @ question.whole) * scales[starts]
    cosines[starts] = -1.0  # the row of the whole fact is no token
    near: np.ndarray[tuple[int], np.dtype[np.float32]] = (
        weights.scale * (np.maximum.reduceat(cosines, starts) @ question.weights) + weights.whole * whole
    )
    return near
