"""Running the reader's networks once for each input: most tests ask the same few questions of the same few facts."""

from __future__ import annotations

import hashlib
import pickle
import sqlite3
import threading
from collections import OrderedDict
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any, ClassVar

from bot.answers.reader import encoder
from bot.answers.reader.encoder import Weights

HELD = 2_000  # outputs in memory, of 5 to 100 kB each
MAX_STORED = 8_000  # outputs in the file; a plain run has some 2,000
open_session = encoder.open_session


def forget_outputs(path: Path) -> None:
    """Let a run begin with none of what networks made in earlier ones."""
    for name in (path, *path.parent.glob(f"{path.name}-*")):
        name.unlink(missing_ok=True)


class StoredOutputs:
    """A file with what networks made of their inputs, for all processes and runs; where it cannot be used, it counts as empty."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = sqlite3.connect(path, timeout=1, isolation_level=None, check_same_thread=False)
        except (OSError, sqlite3.Error):
            self._file = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        with suppress(sqlite3.Error):
            self._file.execute("PRAGMA journal_mode = WAL")  # processes read while another writes
            self._file.execute("PRAGMA synchronous = OFF")  # what a crash loses is made again
            self._file.execute("CREATE TABLE IF NOT EXISTS output (input BLOB PRIMARY KEY, output BLOB NOT NULL)")
            self._file.execute("DELETE FROM output WHERE rowid <= (SELECT max(rowid) FROM output) - ?", (MAX_STORED,))

    def read(self, key: bytes) -> Any:
        """Return what was made of an input, None where nothing is known."""
        with self._lock, suppress(sqlite3.Error):
            row = self._file.execute("SELECT output FROM output WHERE input = ?", (key,)).fetchone()
            return None if row is None else pickle.loads(row[0])
        return None

    def write(self, key: bytes, output: Any) -> None:
        """Store what was made of an input."""
        with self._lock, suppress(sqlite3.Error):
            self._file.execute("INSERT OR REPLACE INTO output VALUES (?, ?)", (key, pickle.dumps(output)))

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._file.close()


class RememberedSession:
    """A network that gives the same output for the same input without running again."""

    remembers: ClassVar[bool] = True

    def __init__(self, weights: Weights, name: str, *, stored: StoredOutputs | None = None) -> None:
        """``stored`` has what was made in other processes and runs, None for nothing."""
        self._session = open_session(weights, name)
        self._stored = stored
        self._network = hashlib.sha256(version("onnxruntime").encode() + (weights.folder / name).read_bytes()).digest()
        self._lock = threading.Lock()
        self._outputs: OrderedDict[bytes, Any] = OrderedDict()

    def run(self, names: Any, values: dict[str, Any]) -> Any:
        """Return what the network makes of some arrays."""
        if not self.remembers:
            return self._session.run(names, values)
        key = self._key(names, values)
        with self._lock:
            output = self._outputs.get(key)
        if output is None:
            output = self._run_if_new(key, names, values)
            with self._lock:
                self._outputs[key] = output
                while len(self._outputs) > HELD:
                    self._outputs.popitem(last=False)
        return output

    def _key(self, names: Any, values: dict[str, Any]) -> bytes:
        digest = hashlib.sha256(self._network + repr(names and (*names,)).encode())
        for name, array in sorted(values.items()):
            digest.update(repr((name, array.shape)).encode() + array.tobytes())
        return digest.digest()

    def _run_if_new(self, key: bytes, names: Any, values: dict[str, Any]) -> Any:
        output = None if self._stored is None else self._stored.read(key)
        if output is None:
            output = self._session.run(names, values)
            if self._stored is not None:
                self._stored.write(key, output)
        return output
