"""Work that nobody waits for, such as correcting what was said before: begun at once, never lost sight of, ended with the bot."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

log = logging.getLogger(__name__)

_PATIENCE = 3.0
"""Seconds that work under way is given when the bot stops."""


class Background:
    """Runs work beside everything else; what fails in it is in the log alone."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[None]] = set()
        self._locks: dict[tuple[str, int | None], asyncio.Lock] = {}

    def alone(self, work: str, server: int | None) -> asyncio.Lock:
        """Return the lock of what must be done by one at a time in a server, each after what the one before has written."""
        return self._locks.setdefault((work, server), asyncio.Lock())

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        """Begin some work."""
        task = asyncio.get_running_loop().create_task(_logged(work))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def finish(self) -> None:
        """Let the work that is under way come to its end, for a moment; then give up the rest."""
        running = tuple(self._running)
        if running:
            await asyncio.wait(running, timeout=_PATIENCE)
        for task in running:
            task.cancel()


async def _logged(work: Coroutine[Any, Any, None]) -> None:
    try:
        await work
    except Exception:
        log.exception("Work in the background failed")
