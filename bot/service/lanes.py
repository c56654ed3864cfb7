"""Threads for each kind of work, and the turns in which the servers use them: nobody makes the others wait.

A server holds at most its share of a lane's threads, and the servers take turns in rotation. So a flood of requests in one server
only queues there, and another server's request soon gets its turn. A turn is held until the thread is done: work that was given
up counts against its server until it has really ended.
"""

from __future__ import annotations

import asyncio
import os
import sys
import threading
import time
from collections import Counter, OrderedDict, deque
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from contextvars import ContextVar, copy_context
from typing import TypeVar

from bot.cancellation import Cancellation
from bot.errors import BusyError
from bot.messages import Message

T = TypeVar("T")

TOO_LONG = Message("That took too long; ask again in a moment, or in fewer words.")
TOO_MUCH_AT_ONCE = Message("This server has asked for too much at once. Try again in a moment.")
PATIENCE = 60.0
"""Seconds to wait for a turn where much is asked at once."""

NICENESS = 5
"""How far threads whose work nobody waits for step back behind the others (0 to 19)."""

Payer = Callable[[float], None]
"""A function that is told, in the event loop, how many seconds of processor time were used for somebody."""

_payer: ContextVar[Payer | None] = ContextVar("payer", default=None)


def charge_to(payer: Payer | None) -> None:
    """Charge a payer for all work begun from now on in this task and in those that it starts."""
    _payer.set(payer)


class Turns:
    """Gives turns to the servers in rotation, and within a server in the order in which they were requested."""

    def __init__(
        self, most: int, patience: float | None = PATIENCE, *, share: int | None = None, depth: int | None = None
    ) -> None:
        """``most`` is how many turns there are at once, ``share`` how many of them one server may hold.

        ``patience`` is how many seconds to wait for a turn, ``depth`` how many may wait in one server; None: no limit.
        """
        self._free, self._share, self._patience, self._depth = most, share or most, patience, depth
        self._held: Counter[int | None] = Counter()
        self._waiting: OrderedDict[int | None, deque[asyncio.Future[None]]] = OrderedDict()  # the next server first

    @asynccontextmanager
    async def turn(self, server: int | None) -> AsyncIterator[None]:
        """Wait for a turn and hold it. Raises what `take` raises."""
        await self.take(server)
        try:
            yield
        finally:
            self.give_back(server)

    async def take(self, server: int | None) -> None:
        """Wait for a turn, to be given back. Raises BusyError where none comes for long, or too many wait in the server."""
        waiting = self._waiting.get(server, ())
        if self._depth is not None and len(waiting) >= self._depth:
            raise BusyError(TOO_MUCH_AT_ONCE)
        turn = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(server, deque()).append(turn)
        self._pass_on()
        if turn.done():
            return
        try:
            await asyncio.wait({turn}, timeout=self._patience)
        except asyncio.CancelledError:
            if turn.done():
                self.give_back(server)  # the turn came just before the cancellation, and nobody would use it
            else:
                self._leave(server, turn)
            raise
        if not turn.done():
            self._leave(server, turn)
            raise BusyError(TOO_LONG)

    def give_back(self, server: int | None) -> None:
        """Give a turn back, for whoever is next."""
        self._free += 1
        self._held[server] -= 1
        if not self._held[server]:
            del self._held[server]
        if server in self._waiting:
            self._waiting.move_to_end(server)  # it has just had a turn
        self._pass_on()

    def _leave(self, server: int | None, turn: asyncio.Future[None]) -> None:
        turns = self._waiting[server]
        turns.remove(turn)
        if not turns:
            del self._waiting[server]

    def _pass_on(self) -> None:
        """Give the free turns to those who wait, except in servers that hold their share."""
        while self._free:
            ready = [server for server in self._waiting if self._held[server] < self._share]
            if not ready:
                return
            server = ready[0]
            turns = self._waiting.pop(server)
            turn = turns.popleft()
            if turns:
                self._waiting[server] = turns
            self._free -= 1
            self._held[server] += 1
            turn.set_result(None)


class Lane:
    """Some threads for one kind of work, with the turns of the servers."""

    def __init__(
        self,
        name: str,
        threads: int,
        *,
        share: int,
        depth: int | None = None,
        patience: float | None = PATIENCE,
        niceness: int = 0,
    ) -> None:
        """``niceness`` is how far the threads step back behind the others of the process (0 to 19)."""
        self.threads = ThreadPoolExecutor(
            threads, thread_name_prefix=f"footnote-{name}", initializer=step_back, initargs=(niceness,)
        )
        self.turns = Turns(threads, patience, share=share, depth=depth)

    def start(
        self, server: int | None, work: Callable[[], T], cancellation: Cancellation, done: Callable[[], None] = lambda: None
    ) -> Future[T]:
        """Start work in a turn that was taken, and give the turn back when its thread is done; ``done`` is called then, too."""
        loop, payer, cost = asyncio.get_running_loop(), _payer.get(), 0.0

        def measured() -> T:
            nonlocal cost
            cancellation.begin()
            begun = time.thread_time()
            try:
                return work()
            finally:
                cost = time.thread_time() - begun

        def finish() -> None:
            if payer is not None:
                payer(cost)
            self.turns.give_back(server)
            done()

        running = self.threads.submit(copy_context().run, measured)  # the context has the asker's language, and names for the log
        running.add_done_callback(lambda _: loop.call_soon_threadsafe(finish))
        return running

    def shutdown(self) -> None:
        """Wait for the threads."""
        self.threads.shutdown()


def step_back(niceness: int = NICENESS) -> None:
    """Have this thread step back behind the others of the process. Only Linux has a niceness for each thread."""
    if niceness and sys.platform == "linux":
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), niceness)
