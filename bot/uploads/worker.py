"""The process that reads one file: it limits itself, calls one function and writes what that returns to standard output."""

from __future__ import annotations

import gc
import os
import pickle
import sys

from bot.errors import FootnoteError
from bot.uploads.process import OUT_OF_MEMORY


def main() -> None:
    """Carry out the one call that is written to standard input."""
    try:
        limits, function, args, kwargs = pickle.load(sys.stdin.buffer)
        limits.apply()
        gc.disable()  # whatever is garbage goes with the process
        answer: tuple[object, FootnoteError | None]
        try:
            answer = (function(*args, **kwargs), None)
        except FootnoteError as error:
            answer = (None, error)
        sys.stdout.buffer.write(pickle.dumps(answer))
        sys.stdout.flush()
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
