"""Files that people upload: read one of a server at a time and two in all, so that answers come first."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from functools import partial
from typing import Any, ParamSpec, TypeVar
from weakref import WeakValueDictionary

from bot.errors import BusyError
from bot.presentation.languages import say
from bot.uploads import ON_DISCORD, Limits, call_limited

P = ParamSpec("P")
T = TypeVar("T")

_MOST_READ = 2  # files at a time: reading is work for the processor, and answers come first
_WAITING_SECONDS = 20.0


class UploadReading:
    """Reads uploaded files in processes of their own: one of a server at a time, two in all."""

    def __init__(self, limits: Limits = ON_DISCORD, waiting: float = _WAITING_SECONDS) -> None:
        """Take the limits of each process, and for how many seconds a file waits for its turn."""
        self._limits, self._waiting = limits, waiting
        self._all = asyncio.Semaphore(_MOST_READ)
        self._servers: WeakValueDictionary[int | None, asyncio.Lock] = WeakValueDictionary()
        self._reading: set[asyncio.Task[Any]] = set()  # else a task that nobody waits for could be collected

    async def call(self, server: int | None, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Call a function of a module for a server once it is its turn. Raises BusyError where others take too long.

        Raises what the function raises of FootnoteError, and UsageError where it was ended at its limits.
        """
        server_turn = self._servers.setdefault(server, asyncio.Lock())
        async with AsyncExitStack() as turns:
            try:
                async with asyncio.timeout(self._waiting):
                    await turns.enter_async_context(server_turn)  # before that of all, so that no server's queue takes both
                    await turns.enter_async_context(self._all)
            except TimeoutError:
                raise BusyError(say("Another story file is being read. Try again in a moment.")) from None
            work = partial(call_limited, self._limits, function, *args, **kwargs)
            reading = asyncio.create_task(_read(turns.pop_all(), work))
        self._reading.add(reading)
        reading.add_done_callback(self._reading.discard)
        # Looked at, so that asyncio logs nothing where a file cannot be read of which nobody waits to hear any more.
        reading.add_done_callback(lambda done: done.cancelled() or done.exception())
        # Shielded: a process that reads goes on where the answer is given up, and so keeps its turns until it ends.
        return await asyncio.shield(reading)


async def _read(turns: AsyncExitStack, work: Callable[[], T]) -> T:
    async with turns:
        return await asyncio.to_thread(work)
