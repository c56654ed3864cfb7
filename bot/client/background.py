"""Work under way: answers and changes, and what nobody waits for, such as correcting what was said before."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

log = logging.getLogger(__name__)

_PATIENCE = 3.0
"""Seconds that work under way is given when the bot stops; a second below the time after which the process is cut off."""


class Background:
    """Runs work beside everything else; what fails in it is in the log alone."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[Any]] = set()
        self._locks: dict[tuple[str, int | None], asyncio.Lock] = {}

    def alone(self, work: str, server: int | None) -> asyncio.Lock:
        """Return the lock of what must be done by one at a time in a server, each after what the one before has written."""
        return self._locks.setdefault((work, server), asyncio.Lock())

    def hold(self) -> None:
        """Count the current task, such as an answer, as work under way until it is done."""
        task = asyncio.current_task()
        if task is not None:
            self._watch(task)

    def under_way(self) -> int:
        """Return how many pieces of work are under way."""
        return len(self._running)

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        """Begin some work."""
        self._watch(asyncio.get_running_loop().create_task(_logged(work)))

    async def finish(self) -> None:
        """Let the work that is under way, and what it begins, come to its end, for a moment; then give up the rest."""
        loop = asyncio.get_running_loop()
        until = loop.time() + _PATIENCE
        while (running := self._others()) and (left := until - loop.time()) > 0:
            await asyncio.wait(running, timeout=left)
        if left_over := self._others():
            log.warning("Work that was under way is given up: %d", len(left_over))
        for task in left_over:
            task.cancel()

    def _watch(self, task: asyncio.Task[Any]) -> None:
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    def _others(self) -> set[asyncio.Task[Any]]:
        return self._running - {asyncio.current_task()}


async def _logged(work: Coroutine[Any, Any, None]) -> None:
    try:
        await work
    except Exception:
        log.exception("Work in the background failed")
