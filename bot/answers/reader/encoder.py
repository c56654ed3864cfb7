"""The reader's files with their fitted numbers, and the encoder: texts in, the vectors of their tokens out.

`reader.json` names the version, each file's SHA-256 and the fitted numbers; a file with another hash is refused. Two networks of
different pretraining read each text, for what both find near is more likely right. A text takes one pass of each, off the
interpreter's lock.

In: a line of `bot.answers.finding.documents`. Out: `QuestionVectors`, or for a fact `FactVectors`, 8 bits a number, fit to be
stored.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from bot.answers.finding.documents import FactText
from bot.errors import SetupError
from bot.facts.vectors import WHOLE, first_size

ENCODER, JUDGE, TOKENIZER, NUMBERS = "encoder.onnx", "judge.onnx", "tokenizer.json", "reader.json"
SECOND, SECOND_JUDGE, SECOND_TOKENIZER = "second.onnx", "second-judge.onnx", "second-tokenizer.json"
PIECES, ADAPTER = "pieces.onnx", "adapter.onnx"
FILES = (ENCODER, JUDGE, TOKENIZER, SECOND, SECOND_JUDGE, SECOND_TOKENIZER, PIECES, ADAPTER)
_BROKEN = "The reader's file {path} is missing or damaged. Install Footnote again."
ENCODED = ("tokens", "whole", "read", "weights", "none")  # outputs of a network
LOWER = "lower"  # one more of the second: what its lower layers make of each token
SIZE = WHOLE  # numbers a token, of a byte each
MAX_QUESTION_TOKENS = 64  # tokens; of a longer one the end is read
MAX_FACT_TOKENS = 128  # tokens; of a longer one the start is read
MAX_BEFORE_TOKENS = 48  # tokens of the sentence before a fact; of a longer one the end is read
Floats = NDArray[np.float32]
Bytes = NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class SecondOpinion:
    """The fitted numbers of the second network beside the first.

    ``scale`` and ``whole`` weigh its late interaction, ``weight`` its opinion.
    """

    scale: float
    whole: float
    weight: float


@dataclass(frozen=True, slots=True)
class Weights:
    """The fitted numbers of a reader.

    ``version`` is stored beside the vectors that it made. ``scale`` and ``whole`` weigh late interaction, ``none_near`` (none,
    best, next, bias) moves the score of "none of the facts"; ``decide`` and ``bias`` are the logistic regression that makes a
    probability of `bot.answers.reader.reading.Evidence`; from ``threshold`` a question is answered, from ``perhaps`` the
    best fact is shown as one that may answer; ``also`` is the least log odds of a further fact of an answer; ``short`` that of a
    short answer, ``yes`` that of Yes or No. ``alone`` are the numbers of the second network where it judges by itself,
    ``adapted`` those of both where the first judges what the adapter makes of a question.
    """

    folder: Path
    version: str
    scale: float
    whole: float
    none_near: tuple[float, ...]
    second: SecondOpinion
    decide: dict[str, float]
    bias: float
    threshold: float
    perhaps: float
    also: float
    short: float
    yes: float
    alone: Weights | None = None
    adapted: Weights | None = None


def load_weights(folder: Path) -> Weights:
    """Read the numbers, and hold every file against its hash. Raises SetupError where one is missing or damaged."""
    numbers = folder / NUMBERS
    try:
        values = json.loads(numbers.read_text(encoding="utf-8"))
        hashes = values.pop("sha256")
        second = SecondOpinion(**values["second"])
        alone, adapted = values.pop("alone"), values.pop("adapted")
        weights = Weights(folder=folder, **values | {"none_near": tuple(values["none_near"]), "second": second})
        numbers_alone = {"scale": second.scale, "whole": second.whole, "none_near": tuple(alone["none_near"])}
        by_itself = replace(weights, second=replace(second, weight=0.0))
        weights = replace(weights, alone=replace(by_itself, **alone | numbers_alone), adapted=replace(by_itself, **adapted))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise SetupError(_BROKEN.format(path=numbers)) from error
    for path in (folder / name for name in FILES):
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
    """A question as one network encodes it.

    ``tokens`` (tokens, SIZE) and ``whole`` (SIZE) are of length one, ``read`` (tokens, numbers) is for the network's judge;
    ``weights`` (tokens) add up to one; ``none`` is the score of "none of the facts"; ``offsets`` is where each token
    stands in the text; ``second`` is the same question as the second network encodes it.
    """

    tokens: Floats
    whole: Floats
    read: Floats
    weights: Floats
    none: float
    offsets: tuple[tuple[int, int], ...]
    second: QuestionVectors | None = None

    @property
    def size(self) -> int:
        """How many bytes of memory its numbers take."""
        own = sum(array.nbytes for array in (self.tokens, self.whole, self.read, self.weights))
        return own + (self.second.size if self.second else 0)


@dataclass(frozen=True)
class FactVectors:
    """A fact as both networks encode it.

    Of each, one row for the whole, then one for each token (1 + tokens, SIZE); only their directions count.
    """

    rows: Bytes
    second: Bytes

    @property
    def directions(self) -> Floats:
        """The rows, each of length one."""
        return directions_of(self.rows)

    @property
    def alone(self) -> Self:
        """The fact as the second network alone encodes it."""
        return replace(self, rows=self.second, second=self.second[:0])

    @property
    def size(self) -> int:
        """How many bytes its numbers take."""
        return self.rows.nbytes + self.second.nbytes

    def to_bytes(self) -> bytes:
        """Return them as they are stored: the rows of both, and a row that begins with how many the first has (2 bytes)."""
        return self.rows.tobytes() + self.second.tobytes() + len(self.rows).to_bytes(2, "little").ljust(SIZE, b"\0")

    @classmethod
    def from_bytes(cls, stored: bytes) -> Self:
        """Read stored vectors. Raises ValueError where they are cut off, or there are none."""
        first = first_rows(stored)
        if not first:
            raise ValueError("no vectors")
        rows, second = (np.frombuffer(part, dtype=np.int8).reshape(-1, SIZE) for part in (first, stored[len(first) : -SIZE]))
        return cls(rows, second)


def first_rows(stored: bytes) -> bytes:
    """Return the rows of the first network of stored vectors, none where they are cut off."""
    return stored[: first_size(len(stored), stored[-SIZE : 2 - SIZE])]


def directions_of(rows: Bytes) -> Floats:
    """Return stored rows, be they of one fact or of many, each of length one."""
    directions = rows.astype(np.float32)
    directions /= np.maximum(np.sqrt(np.einsum("ij,ij->i", directions, directions)), np.float32(1e-6))[:, None]
    return directions


class Encoder:
    """Both networks with their tokenizers. Safe to use from several threads."""

    def __init__(self, weights: Weights) -> None:
        self.first = Network(weights, ENCODER, TOKENIZER)
        self.second = Network(weights, SECOND, SECOND_TOKENIZER)
        self._adapter = Adapter(weights)

    def question(self, text: str) -> QuestionVectors:
        """Encode a question in English."""
        return replace(self.first.question(text), second=self.second.question(text))

    def adapted(self, text: str) -> QuestionVectors:
        """Encode a question in any language: as the adapter would have the first network encode it, and as the second does."""
        second, lower = self.second.question_with_lower(text)
        return self._adapter.question(second, lower)

    def fact(self, text: FactText) -> FactVectors:
        """Encode a fact."""
        return FactVectors(self.first.fact(text), self.second.fact(text))

    def fact_offsets(self, text: FactText) -> list[tuple[int, int]]:
        """Return where each of the first network's tokens of a fact stands in its line."""
        return self.first.fact_offsets(text)

    def fact_rows(self, text: FactText) -> tuple[int, int]:
        """Return how many rows each of the networks makes of a fact."""
        first, second = (len(network.fact_tokens(text).offsets) for network in (self.first, self.second))
        return 1 + first, 1 + second


Token = tuple[int, tuple[int, int]]
"""A token, and where it stands in its text."""


class FactTokens(NamedTuple):
    """The tokens of a fact: all that are read, and from which on they are its own, with where these stand in its line."""

    ids: list[int]
    start: int
    offsets: list[tuple[int, int]]


def read_text(text: FactText) -> str:
    """Return what is read of a fact: its line behind what stood before it."""
    return f"{text.before} {text.line}" if text.before else text.line


def cut_fact(text: FactText, tokens: Sequence[Token]) -> FactTokens:
    """Return those tokens of a fact's `read_text` that are read, the first and last of which only frame it.

    What stood before it lends its own tokens their meaning and is not kept (Günther et al. 2024, "Late Chunking", does so with
    the passages of a document). Of what is too long the start of what stood before is cut, and the end of the fact.
    """
    if not text.before:
        read = tokens if len(tokens) <= MAX_FACT_TOKENS else [*tokens[: MAX_FACT_TOKENS - 1], tokens[-1]]
        return FactTokens([token for token, _ in read], 0, [offset for _, offset in read])
    start = len(text.before) + 1
    first, *inside, last = tokens
    before = [token for token, (_, end) in inside if end <= start][-MAX_BEFORE_TOKENS:]
    own = [(token, offset) for token, offset in inside if offset[1] > start and offset[1] > offset[0]][: MAX_FACT_TOKENS - 2]
    ids = [first[0], *before, *(token for token, _ in own), last[0]]
    return FactTokens(ids, 1 + len(before), [(max(0, begin - start), end - start) for _, (begin, end) in own])


class Network:
    """A network and its tokenizer, opened when first needed."""

    def __init__(self, weights: Weights, name: str, tokenizer: str) -> None:
        self._weights, self._name, self._tokenizer_name = weights, name, tokenizer
        self._lock = threading.Lock()

    def question(self, text: str) -> QuestionVectors:
        """Encode a question."""
        return self._question(text, ENCODED)[0]

    def question_with_lower(self, text: str) -> tuple[QuestionVectors, Floats]:
        """Encode a question with the second network; with it what its lower layers make of each token (tokens, numbers)."""
        vectors, (lower,) = self._question(text, (*ENCODED, LOWER))
        return vectors, lower[0]

    def _question(self, text: str, outputs: Sequence[str]) -> tuple[QuestionVectors, list[Floats]]:
        read = self._tokens(text)
        if len(read) > MAX_QUESTION_TOKENS:
            read = [read[0], *read[1 - MAX_QUESTION_TOKENS :]]
        tokens, whole, vectors, weights, none, *more = self._run([token for token, _ in read], outputs)
        offsets = tuple(offset for _, offset in read)
        return QuestionVectors(tokens[0], whole[0], vectors[0], weights[0], float(none[0]), offsets), more

    def vectors(self, text: str) -> tuple[list[tuple[int, int]], Floats]:
        """Return where each token of a text stands in it, and what is made of each (tokens, numbers)."""
        read = self._tokens(text)
        tokens, _, vectors, *_ = self._run([token for token, _ in read])
        return [offset for _, offset in read], np.concatenate([tokens[0], vectors[0]], axis=1, dtype=np.float32)

    def fact(self, text: FactText) -> Bytes:
        """Encode a fact: the row of the whole, then its tokens'."""
        read = self.fact_tokens(text)
        tokens, whole, *_ = self._run(read.ids)
        own = tokens[0, read.start : read.start + len(read.offsets)]
        rows = np.concatenate([own.mean(0, keepdims=True) if read.start else whole, own])
        scaled: Bytes = np.rint(rows * (127 / np.abs(rows).max(axis=1, keepdims=True))).astype(np.int8)
        return scaled

    def fact_tokens(self, text: FactText) -> FactTokens:
        """Return the tokens of a fact that are read."""
        return cut_fact(text, self._tokens(read_text(text)))

    def fact_offsets(self, text: FactText) -> list[tuple[int, int]]:
        """Return where each token of a fact stands in its line."""
        return self.fact_tokens(text).offsets

    def _tokens(self, text: str) -> list[Token]:
        """Return the tokens of a text, the first and last of which only frame it, with where each stands in it."""
        whole = text.encode("utf-8", "replace").decode("utf-8")  # half of a surrogate pair cannot be encoded
        encoding = self._tokenizer.encode(whole)
        return list(zip(encoding.ids, encoding.offsets, strict=True))

    def _run(self, ids: list[int], outputs: Sequence[str] = ENCODED) -> list[Any]:
        values = np.array([ids], dtype=np.int64)
        with self._lock:
            session = self._session
        return list(session.run(outputs, {"ids": values, "mask": np.ones_like(values)}))

    @cached_property
    def _session(self) -> Any:
        return open_session(self._weights, self._name)

    @cached_property
    def _tokenizer(self) -> Any:
        from tokenizers import Tokenizer

        return Tokenizer.from_file(str(self._weights.folder / self._tokenizer_name))


class Adapter:
    """Upper layers that turn a question as the second network has it into one as the first would, opened when first needed."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._lock = threading.Lock()

    def question(self, second: QuestionVectors, lower: Floats) -> QuestionVectors:
        """Return a question as the first network would encode it, beside itself; its tokens stay those of the second."""
        with self._lock:
            session = self._session
        given = {"lower": lower[None], "weights": second.weights[None]}
        tokens, whole, read, weights, none = session.run(None, given)
        return QuestionVectors(tokens[0], whole[0], read[0], weights[0], float(none[0]), second.offsets, second)

    @cached_property
    def _session(self) -> Any:
        return open_session(self._weights, ADAPTER)


def open_session(weights: Weights, name: str) -> Any:
    """Open a network with one thread, so that servers do not wait for each other's."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # it never gives back the memory that the longest text took
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(weights.folder / name), options, providers=["CPUExecutionProvider"])
