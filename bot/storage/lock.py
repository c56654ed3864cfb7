"""One process at a time serves a fact base: it holds a lock beside the file, which the system takes back however it ends."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from bot.errors import HeldError
from bot.facts.sqlite_errors import plain_errors

BRIEFLY = 2.0
"""Seconds to wait for a lock that is free soon: `footnote replicate` holds each base for a moment when it starts."""

_SECONDS_BETWEEN_TRIES = 0.05
_FAR = 1 << 20  # Windows locks bytes and hides them from others: one beyond the end, so that the process id stays readable


class BaseLock:
    """The lock of a base, until `release`, the end of a ``with`` block or of the process."""

    def __init__(self, file: int) -> None:
        self._file: int | None = file

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.release()

    def release(self) -> None:
        """Release the lock; a second call does nothing."""
        file, self._file = self._file, None
        if file is not None:
            os.close(file)


def lock_base(path: Path, wait: float = 0.0) -> BaseLock:
    """Lock a base. Raises HeldError where another process holds it longer than ``wait`` seconds, FactBaseError if that fails.

    The lock's file stays: to delete it would let two processes each hold one of that name.
    """
    lock = path.with_name(f".{path.name}.lock")
    with plain_errors(str(lock)):
        lock.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock_in(file, path, wait)
            os.ftruncate(file, 0)
            os.write(file, f"{os.getpid()}\n".encode())
        except BaseException:
            os.close(file)
            raise
    return BaseLock(file)


def _lock_in(file: int, path: Path, wait: float) -> None:
    until = time.monotonic() + wait
    while True:
        try:
            _lock(file)
        except OSError:
            if time.monotonic() >= until:
                os.lseek(file, 0, os.SEEK_SET)
                raise HeldError(path, os.read(file, 20).decode("ascii", "replace").strip()) from None
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
