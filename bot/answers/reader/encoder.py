"""The reader's files with their fitted numbers, and the encoder: texts in, the vectors of their tokens out.

`reader.json` names the version, each file's SHA-256 and the fitted numbers; a file with another hash is refused. A text takes one
pass of the network, off the interpreter's lock.

In: a line of `bot.answers.finding.documents`. Out: `QuestionVectors`, or for a fact `FactVectors`, 8 bits a number, fit to be
stored.
"""

from __future__ import annotations

import hashlib
import json
import threading
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from bot.errors import SetupError

ENCODER, JUDGE, TOKENIZER, NUMBERS = "encoder.onnx", "judge.onnx", "tokenizer.json", "reader.json"
_BROKEN = "The reader's file {path} is missing or damaged. Install Footnote anew."
SIZE = 96  # numbers a token
LONGEST_QUESTION = 64  # tokens; of a longer one the end is read
LONGEST_FACT = 128  # tokens; of a longer one the start is read
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Weights:
    """The fitted numbers of a reader.

    ``version`` is stored beside the vectors that it made. ``scale`` and ``whole`` weigh late interaction, ``none_near`` (none,
    best, second, bias) moves the score of "none of the facts"; ``decide`` and ``bias`` are the logistic regression that makes a
    probability of `bot.answers.reader.reading.Evidence`; from ``threshold`` a question is answered, from ``perhaps`` the
    best fact is shown as one that may answer; ``also`` is the least log odds of a further fact of an answer; ``short`` that of a
    short answer, ``yes`` that of Yes or No.
    """

    folder: Path
    version: str
    scale: float
    whole: float
    none_near: tuple[float, ...]
    decide: dict[str, float]
    bias: float
    threshold: float
    perhaps: float
    also: float
    short: float
    yes: float


def load_weights(folder: Path) -> Weights:
    """Read the numbers, and hold every file against its hash. Raises SetupError where one is missing or damaged."""
    numbers = folder / NUMBERS
    try:
        values = json.loads(numbers.read_text(encoding="utf-8"))
        hashes = values.pop("sha256")
        weights = Weights(folder=folder, **values | {"none_near": tuple(values["none_near"])})
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise SetupError(_BROKEN.format(path=numbers)) from error
    for path in (folder / name for name in (ENCODER, JUDGE, TOKENIZER)):
        try:
            with path.open("rb") as file:
                is_whole = hashlib.file_digest(file, "sha256").hexdigest() == hashes.get(path.name)
        except OSError:
            is_whole = False
        if not is_whole:
            raise SetupError(_BROKEN.format(path=path))
    return weights


@dataclass(frozen=True, slots=True, weakref_slot=True)
class QuestionVectors:
    """A question as encoded: ``tokens`` (tokens, SIZE) and ``whole`` (SIZE) of length one, ``read`` (tokens, the judge's width),
    ``weights`` (tokens) that add up to one, the score of "none of the facts", and where each token stands in the text.
    """

    tokens: Floats
    whole: Floats
    read: Floats
    weights: Floats
    none: float
    offsets: tuple[tuple[int, int], ...]

    @property
    def size(self) -> int:
        """How many bytes of memory its numbers take."""
        return sum(array.nbytes for array in (self.tokens, self.whole, self.read, self.weights))


@dataclass(frozen=True)
class FactVectors:
    """A fact as encoded: one row for the whole, then one for each token (1 + tokens, SIZE); only their directions count."""

    rows: NDArray[np.int8]

    @property
    def directions(self) -> Floats:
        """The rows, each of length one."""
        return directions_of(self.rows)

    def to_bytes(self) -> bytes:
        """Return them as they are stored."""
        return self.rows.tobytes()

    @classmethod
    def from_bytes(cls, stored: bytes) -> Self:
        """Read stored vectors. Raises ValueError where they are cut off, or there are none."""
        rows = np.frombuffer(stored, dtype=np.int8).reshape(-1, SIZE)
        if len(rows) < 2:
            raise ValueError("no vectors")
        return cls(rows)


def directions_of(rows: NDArray[np.int8]) -> Floats:
    """Return stored rows, be they of one fact or of many, each of length one."""
    directions = rows.astype(np.float32)
    directions /= np.maximum(np.sqrt(np.einsum("ij,ij->i", directions, directions)), np.float32(1e-6))[:, None]
    return directions


class Encoder:
    """The network and its tokenizer. Safe to use from several threads."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._lock = threading.Lock()

    def question(self, text: str) -> QuestionVectors:
        """Encode a question."""
        ids, offsets = self._tokens(text, LONGEST_QUESTION, keep_end=True)
        tokens, whole, read, weights, none = self._run(ids)
        return QuestionVectors(tokens[0], whole[0], read[0], weights[0], float(none[0]), tuple(offsets))

    def fact_offsets(self, line: str) -> list[tuple[int, int]]:
        """Return where each token of a fact stands in its line."""
        return self._tokens(line, LONGEST_FACT, keep_end=False)[1]

    def fact(self, line: str) -> FactVectors:
        """Encode a fact."""
        ids, _ = self._tokens(line, LONGEST_FACT, keep_end=False)
        tokens, whole, *_ = self._run(ids)
        rows = np.concatenate([whole, tokens[0]])
        scaled = rows * (127 / np.abs(rows).max(axis=1, keepdims=True))
        return FactVectors(np.rint(scaled).astype(np.int8))

    def _run(self, ids: list[int]) -> list[Any]:
        values = np.array([ids], dtype=np.int64)
        with self._lock:
            session = self._session
        return list(session.run(None, {"ids": values, "mask": np.ones_like(values)}))

    def _tokens(self, text: str, most: int, *, keep_end: bool) -> tuple[list[int], list[tuple[int, int]]]:
        whole = text.encode("utf-8", "replace").decode("utf-8")  # half of a surrogate pair cannot be encoded
        found = self._tokenizer.encode(whole)
        read = list(zip(found.ids, found.offsets, strict=True))
        if len(read) > most:
            read = [read[0], *read[1 - most :]] if keep_end else [*read[: most - 1], read[-1]]
        return [token for token, _ in read], [offset for _, offset in read]

    @cached_property
    def _session(self) -> Any:
        return open_session(self._weights, ENCODER)

    @cached_property
    def _tokenizer(self) -> Any:
        from tokenizers import Tokenizer

        return Tokenizer.from_file(str(self._weights.folder / TOKENIZER))


def open_session(weights: Weights, name: str) -> Any:
    """Open a network with one thread, so that servers do not wait for each other's."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # it never gives back the memory that the longest text took
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(weights.folder / name), options, providers=["CPUExecutionProvider"])
