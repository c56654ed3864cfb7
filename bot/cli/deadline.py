"""A deadline for the work of a command, which has a process to itself already."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

from bot.errors import UsageError

_AGAIN_SECONDS = 1.0  # after which it is ended once more, where the first time fell into a place that ignores errors


@contextmanager
def processor_deadline(seconds: float, sentence: str) -> Iterator[None]:
    """End the work with a UsageError after so many seconds of processor time; on Windows, without such a timer, never."""

    def end(*_: Any) -> NoReturn:
        raise UsageError(sentence)

    if not hasattr(signal, "setitimer"):
        yield
        return
    before = signal.signal(signal.SIGPROF, end)
    signal.setitimer(signal.ITIMER_PROF, seconds, _AGAIN_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
