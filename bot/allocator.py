"""What this process asks of the C library's allocator, where that is glibc's: to use one arena, and to give memory back.

By default glibc makes an arena for nearly every thread, and each grows to what the most demanding answer took in it. Threads
that wait for the interpreter's lock anyway lose nothing by sharing one. Returning every big piece as soon as it is freed would
cost too much, since each answer would get its memory from the system anew. With any other C library nothing is done.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable
from functools import cache

_ARENA_MAX = -8  # the parameter of mallopt, by its number in malloc.h
_OPERATORS = ("MALLOC_ARENA_MAX", "GLIBC_TUNABLES")


def set_up_allocator() -> None:
    """Have all threads share one arena, unless the operator has set their number in the environment.

    Call it before threads start: those that have an arena keep it.
    """
    mallopt = _function("mallopt")
    if mallopt is not None and not any(name in os.environ for name in _OPERATORS):
        mallopt(_ARENA_MAX, 1)


def give_back_memory() -> None:
    """Return all free whole pages to the system. Takes some milliseconds, without holding the interpreter's lock."""
    trim = _function("malloc_trim")
    if trim is not None:
        trim(0)


@cache
def _function(name: str) -> Callable[..., int] | None:
    """Return a function of glibc, or None with any other C library."""
    if not sys.platform.startswith("linux"):
        return None
    library = ctypes.CDLL(None)
    if not hasattr(library, "gnu_get_libc_version"):
        return None
    function: Callable[..., int] = getattr(library, name)
    return function
