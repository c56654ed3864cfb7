"""One bound, in bytes, on what all fact bases together hold in memory so that answers come sooner.

Whoever makes something that can be made again keeps a weak reference to it, and lets the budget keep it alive. It is gone as
soon as the budget releases it and nobody is using it. All bases compete for the same bytes: what was used longest ago goes
first.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from typing import NamedTuple

DEFAULT_MEGABYTES = 64  # at the command line; the bot has the setting cache_megabytes instead


class _Kept(NamedTuple):
    value: object
    size: int
    used: float  # monotonic time


class CacheBudget:
    """Keeps values alive: at most ``most`` bytes of them, but always the one used last. Safe to use from several threads."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._size = 0
        self._kept: OrderedDict[int, _Kept] = OrderedDict()  # by the values' ids, least recently used first
        self._lock = threading.Lock()

    @property
    def size(self) -> int:
        """How many bytes the kept values take, as estimated by whoever made them."""
        return self._size

    def __len__(self) -> int:
        """Return how many values are kept alive."""
        return len(self._kept)

    def keep(self, value: object, size: int) -> None:
        """Keep a value of ``size`` bytes alive, as the one used last; one that is kept already may have grown meanwhile."""
        with self._lock:
            self._remove(id(value))
            self._kept[id(value)] = _Kept(value, size, time.monotonic())
            self._size += size
            gone = []
            while self._size > self.most and len(self._kept) > 1:
                gone.append(self._remove(next(iter(self._kept))))
        del gone  # after the lock is released, because freeing these values may take a while

    def release(self, value: object) -> None:
        """Stop keeping a value that nobody will ask for again."""
        with self._lock:
            gone = self._remove(id(value))
        del gone

    def release_idle(self, seconds: float) -> int:
        """Release all values that were not used for that many seconds; return how many bytes they took."""
        before = time.monotonic() - seconds
        with self._lock:
            idle = [key for key, kept in self._kept.items() if kept.used <= before]
            gone = [self._kept[key] for key in idle]
            for key in idle:
                self._remove(key)
        return sum(kept.size for kept in gone)

    def _remove(self, key: int) -> _Kept | None:
        kept = self._kept.pop(key, None)
        if kept is not None:
            self._size -= kept.size
        return kept


BUDGET = CacheBudget(DEFAULT_MEGABYTES * 1_000_000)
"""The budget that all bases of this process share."""
