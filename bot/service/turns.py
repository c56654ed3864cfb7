"""Turns: at most so many questions are answered at once, and servers take turns at them.

A flood of questions in one server is answered one after the other, a question of another server soon, and the work beside
questions always finds a thread before long.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.errors import BusyError
from bot.messages import Message

TOO_LONG = Message("That took too long; ask again in a moment, or in fewer words.")
PATIENCE = 60.0
"""Seconds for which a question waits for its turn where many are asked at once; its own time is counted from then on."""


class Turns:
    """Gives turns to the servers in rotation, and within a server in the order in which they were asked for."""

    def __init__(self, most: int, patience: float = PATIENCE) -> None:
        """``most`` is how many turns there are at once, ``patience`` for how many seconds one is waited for."""
        self._free, self._patience = most, patience
        self._waiting: OrderedDict[int | None, deque[asyncio.Future[None]]] = OrderedDict()  # the next server first

    @asynccontextmanager
    async def turn(self, server: int | None) -> AsyncIterator[None]:
        """Wait for a turn and hold it. Raises BusyError where none comes for long."""
        if self._free:
            self._free -= 1
        else:
            await self._wait(server)
        try:
            yield
        finally:
            self._pass_on()

    async def _wait(self, server: int | None) -> None:
        turn = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(server, deque()).append(turn)
        try:
            await asyncio.wait({turn}, timeout=self._patience)
        except asyncio.CancelledError:
            if not turn.cancel():
                self._pass_on()  # it had come just before
            raise
        if turn.cancel():
            raise BusyError(TOO_LONG)

    def _pass_on(self) -> None:
        """Give a turn to whoever waits, whoever gave up left out, or keep it free."""
        while self._waiting:
            server, turns = self._waiting.popitem(last=False)
            turn = turns.popleft()
            if turns:
                self._waiting[server] = turns
            if not turn.done():
                turn.set_result(None)
                return
        self._free += 1
