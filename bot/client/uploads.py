"""Files that people upload, and links that they give: one at a time for a server and few in all, so that answers come first."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from dataclasses import dataclass
from functools import partial
from typing import Any, ParamSpec, TypeVar
from weakref import WeakValueDictionary

from bot.errors import BusyError
from bot.languages import say
from bot.uploads import ON_DISCORD, Limits, call_limited

P = ParamSpec("P")
T = TypeVar("T")

_MAX_READ = 2  # files at a time: reading is work for the processor, and answers come first
_MAX_FETCHED = 8  # links at a time: they wait for their sites, none longer than ten seconds
_WAITING_SECONDS = 20.0


class UploadReading:
    """Reads uploaded files in processes of their own, one at a time for a server and two in all. Links are fetched in threads."""

    def __init__(self, limits: Limits = ON_DISCORD, waiting: float = _WAITING_SECONDS) -> None:
        """``limits`` are those of each process, ``waiting`` the seconds that a file waits for its turn."""
        self._limits, self._waiting = limits, waiting
        self._all = asyncio.Semaphore(_MAX_READ)
        self._servers: WeakValueDictionary[int | None, asyncio.Lock] = WeakValueDictionary()
        self._fetching: WeakValueDictionary[int | None, asyncio.Lock] = WeakValueDictionary()
        self._threads = ThreadPoolExecutor(_MAX_FETCHED, thread_name_prefix="footnote-links")
        self._reading: set[asyncio.Task[Any]] = set()  # keeps tasks that nobody awaits from being garbage-collected

    def for_server(self, server: int | None) -> ServerReading:
        """Return an object that fetches and reads for one server."""
        return ServerReading(self, server)

    async def call(self, server: int | None, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Call a module's function for a server once it is its turn. Raises BusyError if others take too long.

        Raises the FootnoteError that the function raises, and UsageError if it was ended at its limits.
        """
        server_turn = self._servers.setdefault(server, asyncio.Lock())
        async with AsyncExitStack() as turns:
            await self._wait(turns, server_turn, self._all)  # the server's first, so that no server's queue holds both of all
            work = partial(call_limited, self._limits, function, *args, **kwargs)
            reading = asyncio.create_task(_read(turns.pop_all(), work))
        self._reading.add(reading)
        reading.add_done_callback(self._reading.discard)
        # The exception is retrieved, so that asyncio logs nothing if reading fails after whoever asked has given up.
        reading.add_done_callback(lambda done: done.cancelled() or done.exception())
        # Shielded: the process goes on after the answer is given up, and so must keep its turns until it ends.
        return await asyncio.shield(reading)

    async def fetch(self, server: int | None, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Call a function that fetches something from a site for a server, one at a time.

        Raises BusyError if others take too long, and what the function raises.
        """
        server_turn = self._fetching.setdefault(server, asyncio.Lock())
        async with AsyncExitStack() as turns:
            await self._wait(turns, server_turn)
            return await asyncio.get_running_loop().run_in_executor(self._threads, partial(function, *args, **kwargs))

    def close(self) -> None:
        """Fetch nothing more; a fetch under way is not waited for, as it ends within its own time limit."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _wait(self, turns: AsyncExitStack, *waited_for: AbstractAsyncContextManager[Any]) -> None:
        """Take turns, one after the other. Raises BusyError if others take too long."""
        try:
            async with asyncio.timeout(self._waiting):
                for turn in waited_for:
                    await turns.enter_async_context(turn)
        except TimeoutError:
            raise BusyError(say("Another file is being read. Try again in a moment.")) from None


@dataclass(frozen=True, slots=True)
class ServerReading:
    """Fetches and reads for one server, taking turns with everything else that is fetched and read."""

    reading: UploadReading
    server: int | None

    async def fetch(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Fetch as `UploadReading.fetch` does."""
        return await self.reading.fetch(self.server, function, *args, **kwargs)

    async def read(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Read as `UploadReading.call` does."""
        return await self.reading.call(self.server, function, *args, **kwargs)


async def _read(turns: AsyncExitStack, work: Callable[[], T]) -> T:
    async with turns:
        return await asyncio.to_thread(work)
