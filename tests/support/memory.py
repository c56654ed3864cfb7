"""What values take in memory, by going through all that they refer to."""

from __future__ import annotations

import gc
import sys
from types import FunctionType, ModuleType

from bot.english.lexicon import Lexicon

_SHARED = (type, ModuleType, FunctionType, Lexicon)


def bytes_of(value: object) -> int:
    """Return the bytes of memory of a value with all that it refers to, but what the whole program shares."""
    seen: dict[int, object] = {}
    left = [value]
    while left:
        current = left.pop()
        if id(current) not in seen and not isinstance(current, _SHARED):
            seen[id(current)] = current
            left += gc.get_referents(current)
    return sum(map(sys.getsizeof, seen.values()))
