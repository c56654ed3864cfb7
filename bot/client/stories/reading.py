"""Uploaded files are read in processes of their own: one of a server at a time, two in all."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from functools import partial
from typing import ParamSpec, TypeVar
from weakref import WeakValueDictionary

from bot.client.stories import words
from bot.errors import BusyError
from bot.presentation.languages import say
from bot.uploads import ON_DISCORD, Limits, call_limited

T = TypeVar("T")
P = ParamSpec("P")
_MOST = 2  # processes at a time: reading is work for the processor, and answers come first
_WAITING_SECONDS = 20.0


class UploadReading:
    """Calls what reads a file in a process of its own."""

    def __init__(self, limits: Limits = ON_DISCORD, waiting: float = _WAITING_SECONDS) -> None:
        """Take the limits of each process, and for how many seconds a file waits for its turn."""
        self._limits, self._waiting = limits, waiting
        self._all = asyncio.Semaphore(_MOST)
        self._servers: WeakValueDictionary[int | None, asyncio.Lock] = WeakValueDictionary()

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
                raise BusyError(say(words.BUSY)) from None
            return await asyncio.to_thread(partial(call_limited, self._limits, function, *args, **kwargs))
