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
        found = left.pop()
        if id(found) not in seen and not isinstance(found, _SHARED):
            seen[id(found)] = found
            left += gc.get_referents(found)
    return sum(map(sys.getsizeof, seen.values()))
