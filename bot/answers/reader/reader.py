"""The reader as answering uses it: the networks, and the vectors of facts at hand.

In: documents of a base, a question. Out: their vectors. Those of a fact are looked for in memory, in its base, in the command
line's cache and among those that ship; what nobody has made yet is made by `VectorStock.make`, in the background or where
somebody waits.
"""

from __future__ import annotations

import hashlib
import sqlite3
import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack, closing, suppress
from functools import lru_cache
from pathlib import Path
from typing import Protocol
from weakref import WeakValueDictionary, ref

from bot.answers.finding.candidates import NearestFacts, UnreadFacts
from bot.answers.finding.documents import Document, FactText
from bot.answers.reader.encoder import SECOND_JUDGE, Encoder, FactVectors, QuestionVectors, Weights, load_weights
from bot.answers.reader.judging import JointJudge, Judge
from bot.answers.reader.pieces import PieceReader
from bot.cache_budget import BUDGET, CacheBudget
from bot.errors import FactBaseError
from bot.facts.base import FactBase
from bot.facts.vectors import WHOLE
from bot.resources import reader_folder

FIRST_WEIGHT = 0.7  # of what the first network makes of a question from the adapter, where the second's counts 1
HELD_QUESTIONS = 2_000_000  # bytes of questions as encoded, some 17 kB each
_OBJECT = 400  # bytes of memory that vectors take beside their numbers
_PACKED = 108  # bytes of memory that each fact takes of those that are found by their vectors
_AT_ONCE = 32  # facts that are made before they are stored
_OPENING = threading.Lock()  # so that two threads do not load the networks twice
SHIPPED = "stories.vectors"  # a SQLite file with those of the shipped stories
MAX_CACHED = 5_000  # facts of the command line's cache, some 12 kB each


class QuestionReader(Protocol):
    """What reads questions beside facts: both networks, with the adapter or without, or the second one alone."""

    @property
    def weights(self) -> Weights:
        """The fitted numbers that it decides by."""

    @property
    def judge(self) -> Judge | JointJudge:
        """What holds its questions against facts."""

    def question(self, text: str) -> QuestionVectors:
        """Encode a question."""

    def fact_offsets(self, text: FactText) -> list[tuple[int, int]]:
        """Return where each token of a fact stands in its line."""


class FactStock(Protocol):
    """The vectors of one base's facts, as one reader has made them.

    ``compares_words``: whether the words of a question and of a fact are compared as well, which takes English.
    """

    compares_words: bool

    @property
    def reader(self) -> QuestionReader:
        """What made the vectors, and reads questions beside them."""

    def of(self, documents: Sequence[Document]) -> list[FactVectors | None]:
        """Return the vectors of facts, None for those that nobody has made yet."""

    def make(self, documents: Sequence[Document]) -> int:
        """Store the vectors of facts that have none, and return how many these were."""


class Reader:
    """The networks with their tokenizer, and what was encoded last. One for all bases; safe to use from several threads.

    ``cache`` stores the vectors of facts that are in memory alone from one run of a command to the next, None for nowhere.
    """

    def __init__(self, folder: Path) -> None:
        """Open the reader's files. Raises SetupError where one is missing or damaged."""
        self.weights = load_weights(folder)
        self.encoder = Encoder(self.weights)
        self.judge = Judge(self.weights)
        self.alone = LoneReader(self)
        self.adapted = AdaptedReader(self)
        self.pieces = PieceReader(self.weights, self.encoder.first)
        self.cache: VectorCache | None = None
        self._facts: WeakValueDictionary[bytes, FactVectors] = WeakValueDictionary()
        self._questions: WeakValueDictionary[bytes, QuestionVectors] = WeakValueDictionary()
        self._question_budget = CacheBudget(HELD_QUESTIONS)

    def question(self, text: str) -> QuestionVectors:
        """Encode a question with both networks, or return it as it was encoded before; its text is not held in memory."""
        key = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
        vectors = self._questions.get(key)
        if vectors is None:
            vectors = self._questions[key] = self.encoder.question(text)
        self._question_budget.keep(vectors, vectors.size)
        return vectors

    def fact_offsets(self, text: FactText) -> list[tuple[int, int]]:
        """Return where each of the first network's tokens of a fact stands in its line."""
        return self.encoder.fact_offsets(text)

    def held(self, digest: bytes) -> FactVectors | None:
        """Return a fact's vectors by the digest of its line, if they are in memory."""
        vectors = self._facts.get(digest)
        if vectors is not None:
            self.hold(digest, vectors)
        return vectors

    def hold(self, digest: bytes, vectors: FactVectors) -> None:
        """Hold a fact's vectors in memory for as long as the budget of all bases lets them."""
        self._facts[digest] = vectors
        BUDGET.keep(vectors, vectors.size + _OBJECT)

    def shipped(self, digests: Sequence[bytes]) -> dict[bytes, bytes]:
        """Return by its digest the vectors of each fact that is one of a shipped story."""
        try:
            address = f"{(self.weights.folder / SHIPPED).resolve().as_uri()}?mode=ro&immutable=1"
            with closing(sqlite3.connect(address, uri=True)) as file:
                return _vectors_in(file, digests, self.weights.version)
        except sqlite3.Error:  # they are rebuilt
            return {}


class LoneReader:
    """The second network with its own judge, which reads any language: what the first makes of others is worth nothing."""

    def __init__(self, reader: Reader) -> None:
        assert reader.weights.alone is not None
        self.weights: Weights = reader.weights.alone
        self.encoder = reader.encoder.second
        self.judge = Judge(self.weights, SECOND_JUDGE)

    def question(self, text: str) -> QuestionVectors:
        """Encode a question, which takes so little that nothing is held."""
        return self.encoder.question(text)

    def fact_offsets(self, text: FactText) -> list[tuple[int, int]]:
        """Return where each of the second network's tokens of a fact stands in its line."""
        return self.encoder.fact_offsets(text)


class AdaptedReader:
    """Both networks on questions in other languages about facts in English: the first has them from the adapter."""

    def __init__(self, reader: Reader) -> None:
        assert reader.weights.adapted is not None
        self.weights: Weights = reader.weights.adapted
        self.encoder = reader.encoder
        self.judge = JointJudge(reader.alone.judge, Judge(self.weights), FIRST_WEIGHT)

    def question(self, text: str) -> QuestionVectors:
        """Encode a question, which takes so little that nothing is held."""
        return self.encoder.adapted(text)

    def fact_offsets(self, text: FactText) -> list[tuple[int, int]]:
        """Return where each of the first network's tokens of a fact stands in its line."""
        return self.encoder.fact_offsets(text)


class VectorStock:
    """The vectors of one base's facts, by its ``reader``; ``unread`` finds those without any."""

    compares_words = True

    def __init__(self, base: FactBase, reader: Reader) -> None:
        self.reader = reader
        self.unread = UnreadFacts(base, reader.weights.version)
        self._base = base
        self._lock = threading.Lock()
        self._held_nearest: Callable[[], NearestFacts | None] = lambda: None

    @property
    def alone(self) -> LoneStock:
        """The same vectors, as the second network alone has made them."""
        return LoneStock(self)

    @property
    def adapted(self) -> AdaptedStock:
        """The same vectors, beside questions in other languages."""
        return AdaptedStock(self)

    @property
    def nearest(self) -> NearestFacts:
        """What finds facts by their vectors: all of a big base's are read again where the budget has let go of them."""
        with self._lock:
            nearest = self._held_nearest()
            if nearest is None:
                nearest = NearestFacts(self._base, self.reader.weights.version)
                self._held_nearest = ref(nearest)
        BUDGET.keep(nearest, _OBJECT + len(nearest) * _PACKED)
        return nearest

    def of(self, documents: Sequence[Document]) -> list[FactVectors | None]:
        """Return the vectors of facts, None for those that nobody has made yet.

        Those that are not in memory are read from the base, then from the cache and from what ships.
        """
        reader, model = self.reader, self.reader.weights.version
        by_digest = {document.digest: reader.held(document.digest) for document in documents}
        missing = [(document.number, document.digest) for document in documents if by_digest[document.digest] is None]
        stored = self._base.vectors.read(missing, model) if missing else {}
        left = [digest for _, digest in missing if digest not in stored]
        if left and reader.cache is not None and self._base.is_in_memory:
            stored |= reader.cache.read(left, model)
            left = [digest for digest in left if digest not in stored]
        if left:
            stored |= reader.shipped(left)
        for digest, rows in stored.items():
            with suppress(ValueError):  # damaged vectors are rebuilt
                vectors = FactVectors.from_bytes(rows)
                reader.hold(digest, vectors)
                by_digest[digest] = vectors
        return [by_digest[document.digest] for document in documents]

    def make(
        self,
        documents: Sequence[Document],
        done: Callable[[int], None] | None = None,
        most: int | None = None,
        *,
        store_shipped: bool = False,
    ) -> int:
        """Store the vectors of facts that have none in the base, at most ``most``, and return how many these were.

        ``done`` is called with the number of each lot. Vectors that are in memory, or ship, are not made again, and those that
        ship are stored only where ``store_shipped``: a big base is searched by the vectors that it has itself.
        """
        reader = self.reader
        stored = self._base.vectors.stored([(document.number, document.digest) for document in documents], reader.weights.version)
        missing = [document for document in documents if document.digest not in stored]
        if missing and not store_shipped:
            shipped = reader.shipped([document.digest for document in missing])
            missing = [document for document in missing if document.digest not in shipped]
        missing = missing[:most]
        for start in range(0, len(missing), _AT_ONCE):
            some = missing[start : start + _AT_ONCE]
            rows = []
            for document, held in zip(some, self.of(some), strict=True):
                vectors = held or reader.encoder.fact(document.line)
                reader.hold(document.digest, vectors)
                rows.append((document.number, document.digest, vectors.to_bytes()))
            with suppress(FactBaseError):  # a full disk or another program's write: they are rebuilt next time
                self._base.vectors.write(rows, reader.weights.version)
                self.nearest.put([(number, vectors[:WHOLE]) for number, _, vectors in rows])
                if reader.cache is not None and self._base.is_in_memory:
                    reader.cache.write([row[1:] for row in rows], reader.weights.version)
            if done is not None:
                done(len(some))
        return len(missing)


class LoneStock:
    """The vectors of one base's facts by the second network alone."""

    compares_words = False

    def __init__(self, stock: VectorStock) -> None:
        self.reader = stock.reader.alone
        self._stock = stock

    def of(self, documents: Sequence[Document]) -> list[FactVectors | None]:
        """Return the vectors of facts, None for those that nobody has made yet."""
        return [vectors and vectors.alone for vectors in self._stock.of(documents)]

    def make(self, documents: Sequence[Document]) -> int:
        """Store the vectors of facts that have none, of both networks; see `VectorStock.make`."""
        return self._stock.make(documents)


class AdaptedStock:
    """The vectors of one base's facts in English, beside questions in other languages."""

    compares_words = False

    def __init__(self, stock: VectorStock) -> None:
        self.reader = stock.reader.adapted
        self.of, self.make = stock.of, stock.make


def shipped_reader() -> Reader:
    """Return the reader that ships with Footnote, opened once. Raises SetupError where its files are missing or damaged."""
    with _OPENING:
        return _opened()


@lru_cache(maxsize=1)
def _opened() -> Reader:
    return Reader(reader_folder())


class VectorCache:
    """Vectors of facts that are in no base: a story file that is asked again and again is encoded once.

    A SQLite file of the command line alone, which may be deleted at any time. It holds no text, and the newest `MAX_CACHED`
    facts. Where it cannot be read or written, it counts as empty.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self, digests: Sequence[bytes], model: str) -> dict[bytes, bytes]:
        """Return by its digest the vectors of each fact that has them by this model."""
        try:
            with closing(self._open()) as file:
                return _vectors_in(file, digests, model)
        except (OSError, sqlite3.Error):
            return {}

    def write(self, rows: Iterable[tuple[bytes, bytes]], model: str) -> None:
        """Store vectors (digest, vectors), in the place of the oldest where there are too many."""
        try:
            with closing(self._open()) as file, file:
                file.executemany(
                    "INSERT OR REPLACE INTO vector VALUES (?, ?, ?)", [(digest, model, vectors) for digest, vectors in rows]
                )
                file.execute("DELETE FROM vector WHERE rowid <= (SELECT max(rowid) FROM vector) - ?", (MAX_CACHED,))
        except (OSError, sqlite3.Error):
            return

    def _open(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with ExitStack() as opened:
            file = opened.enter_context(closing(sqlite3.connect(self._path, timeout=1)))
            file.execute("PRAGMA synchronous = OFF")  # what a crash loses is encoded again
            file.execute(
                "CREATE TABLE IF NOT EXISTS vector (digest BLOB PRIMARY KEY, model TEXT NOT NULL, vectors BLOB NOT NULL)"
            )
            opened.pop_all()
        return file


def _vectors_in(file: sqlite3.Connection, digests: Sequence[bytes], model: str) -> dict[bytes, bytes]:
    """Return by its digest the vectors of each fact that a file has by a model."""
    query = "SELECT vectors FROM vector WHERE digest = ? AND model = ?"
    rows = ((digest, file.execute(query, (digest, model)).fetchone()) for digest in digests)
    return {digest: row[0] for digest, row in rows if row is not None}
