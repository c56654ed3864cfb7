"""One process at a time serves a fact base: it holds a lock beside the file, which the system takes back however it ends.

The lock is an open file: whoever has it holds the base until the file is closed, by itself, a ``with`` block or the end of the
process.
"""

from __future__ import annotations

import os
import sys
import time
from io import FileIO
from pathlib import Path

from bot.errors import HeldError
from bot.facts.sqlite_errors import plain_errors

BRIEFLY = 2.0
"""Seconds to wait for a lock that is free soon: `footnote replicate` holds each base for a moment when it starts."""

_SECONDS_BETWEEN_TRIES = 0.05
_FAR = 1 << 20  # Windows locks bytes and hides them from others: one beyond the end, so that the process id stays readable


def lock_base(path: Path, wait: float = 0.0) -> FileIO:
    """Lock a base until what is returned is closed.

    The lock's file stays: to delete it would let two processes each hold one of that name. Raises HeldError where another process
    holds it longer than ``wait`` seconds, FactBaseError if that fails.
    """
    lock = path.with_name(f".{path.name}.lock")
    with plain_errors(str(lock)):
        lock.parent.mkdir(parents=True, exist_ok=True)
        file = FileIO(os.open(lock, os.O_RDWR | os.O_CREAT, 0o600), "r+")
        try:
            _lock_in(file, path, wait)
            file.truncate()
            file.write(f"{os.getpid()}\n".encode())
        except BaseException:
            file.close()
            raise
    return file


def _lock_in(file: FileIO, path: Path, wait: float) -> None:
    until = time.monotonic() + wait
    while True:
        try:
            _lock(file.fileno())
        except OSError:
            if time.monotonic() >= until:
                raise HeldError(path, file.read(20).decode("ascii", "replace").strip()) from None
            time.sleep(_SECONDS_BETWEEN_TRIES)
        else:
            return


if sys.platform == "win32":
    import msvcrt

    def _lock(file: int) -> None:
        os.lseek(file, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        finally:
            os.lseek(file, 0, os.SEEK_SET)

else:
    import fcntl

    def _lock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
