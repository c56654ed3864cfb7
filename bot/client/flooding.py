"""Limits on what is noted of readers' questions, so that nobody buries those of others. Kept in memory: it is only an hour."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

A_MEMBER, A_CHANNEL = 20, 100
"""Questions of one person, and of all in one channel, that are noted in an hour."""

_SECONDS = 3600.0
_MOST_KNOWN = 10_000  # people and channels; beyond them the oldest are forgotten


class GapLimits:
    """Counts the questions that were noted in the last hour, by who asked and where."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._noted: dict[tuple[str, int | None, int], deque[tuple[float, str]]] = {}

    def allow(self, server: int | None, user: int, channel: int | None, reply: str) -> bool:
        """Tell whether one more question may be noted, and count it; one reply counts once."""
        now = self._clock()
        places = [(self._of("user", server, user, now), A_MEMBER)]
        if channel is not None:
            places.append((self._of("channel", server, channel, now), A_CHANNEL))
        if any(known == reply for noted, _ in places for _, known in noted):
            return True
        if any(len(noted) >= most for noted, most in places):
            return False
        for noted, _ in places:
            noted.append((now, reply))
        return True

    def _of(self, what: str, server: int | None, number: int, now: float) -> deque[tuple[float, str]]:
        key = (what, server, number)
        noted = self._noted.pop(key, None) or deque()
        while noted and noted[0][0] <= now - _SECONDS:
            noted.popleft()
        self._noted[key] = noted  # the latest stands last
        while len(self._noted) > _MOST_KNOWN:
            del self._noted[next(iter(self._noted))]
        return noted
