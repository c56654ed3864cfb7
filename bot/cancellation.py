"""Work that ends early when nobody waits for it any more: a thread cannot be stopped, so the work itself checks now and then.

The service gives each piece of work a `Cancellation`; loops that may run long call `check_cancelled`, and SQLite asks
`is_cancelled` while a query runs. Where there is none, as at the command line, nothing is cut short.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from bot.errors import CutShortError
from bot.messages import Message

TOO_DEAR = Message("That was more work than one request may cause, so I stopped. Ask for less at a time.")


class Cancellation:
    """Whether one piece of work, in one thread, is to end: once it is cancelled, or has used up its processor time."""

    def __init__(self, seconds: float | None = None) -> None:
        """``seconds`` is the processor time that the work may use; None: as much as it takes."""
        self._seconds = seconds
        self._until: float | None = None
        self._cancelled = False
        self._around: Cancellation | None = None

    def cancel(self) -> None:
        """Have the work end at its next check; may be called from any thread."""
        self._cancelled = True

    def begin(self) -> None:
        """Begin the work; called in its own thread and its own context."""
        self._until = None if self._seconds is None else time.thread_time() + self._seconds
        self._around = _current.get()  # limits nest: work ends as soon as any of those around it says so
        _current.set(self)

    def is_cancelled(self) -> bool:
        """Return whether the work is to end; called from its own thread."""
        if self._cancelled or (self._until is not None and time.thread_time() > self._until):
            return True
        return self._around is not None and self._around.is_cancelled()


_current: ContextVar[Cancellation | None] = ContextVar("cancellation", default=None)


@contextmanager
def processor_limit(seconds: float | None) -> Iterator[None]:
    """Limit a block to that many seconds of processor time; None: no limit."""
    before = _current.get()
    Cancellation(seconds).begin()
    try:
        yield
    finally:
        _current.set(before)


def is_cancelled() -> bool:
    """Return whether the work that runs here is to end."""
    current = _current.get()
    return current is not None and current.is_cancelled()


def check_cancelled() -> None:
    """Raise CutShortError if the work that runs here is to end."""
    if is_cancelled():
        raise CutShortError(TOO_DEAR)
