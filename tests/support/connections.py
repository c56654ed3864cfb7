"""Connections to SQLite files that say so where nobody closes them, on any Python; from 3.13 on it warns of them by itself."""

from __future__ import annotations

import os
import sqlite3
import sys
import traceback
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any
from weakref import WeakSet

import pytest

from tests.support.paths import ROOT

MAX_CALLS = 8  # of those that led to a connection, the last ones
OURS = tuple(f"{ROOT / folder}{os.sep}" for folder in ("bot", "data", "tests"))


class WatchedConnection(sqlite3.Connection):
    """A connection that knows what opened it, and warns where it is dropped before it is closed."""

    is_open = False

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.is_open = True
        self.test = os.environ.get("PYTEST_CURRENT_TEST", "no test")
        self.calls = traceback.extract_stack(limit=MAX_CALLS + 1)[:-1]

    def close(self) -> None:
        """Close it, and remember that."""
        super().close()
        self.is_open = False

    def __del__(self) -> None:
        if self.is_open:
            with suppress(sqlite3.Error):
                self.close()  # else Python says so once more, and not where it was opened
            warnings.warn(f"nobody closed what was opened in {self.opened_in}", ResourceWarning, stacklevel=1)

    @property
    def opened_in(self) -> str:
        """In which test it was opened, and by which calls, the last one last."""
        return f"{self.test}:\n{''.join(traceback.format_list(self.calls))}"


class OthersConnection(sqlite3.Connection):
    """A connection of another package, which may leave it to be collected."""

    def __del__(self) -> None:
        with suppress(sqlite3.Error):
            self.close()


@contextmanager
def all_closed() -> Iterator[None]:
    """Watch the connections that our code opens in a block, and fail where one is still open at its end.

    Those of other packages are closed when they are dropped: Datasette has some that nobody else can close.
    """
    connections: WeakSet[WatchedConnection] = WeakSet()

    def watched(*args: Any, **options: Any) -> sqlite3.Connection:
        is_ours = sys._getframe(1).f_code.co_filename.startswith(OURS)
        options.setdefault("factory", WatchedConnection if is_ours else OthersConnection)
        connection: sqlite3.Connection = connect(*args, **options)
        if isinstance(connection, WatchedConnection):
            connections.add(connection)
        return connection

    connect = sqlite3.connect
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sqlite3, "connect", watched)
        yield
    left = [connection.opened_in for connection in connections if connection.is_open]
    if left:
        raise AssertionError("\n".join(["nobody closed what was opened in", *left]))
