"""How an event loop is held up: its lags, and what one step of it takes of the processor.

A lag is for how long the loop did not come round, which is this machine's load too. A step is measured without the simulated
Discord and the collection of garbage: what is left is Footnote's and discord.py's own share.
"""

from __future__ import annotations

import asyncio
import gc
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from simcord.http import router as simulated

from bot.client.start import freeze_gc


class LoopClock:
    """Measures an event loop: its lags, and the steps of it, in seconds."""

    def __init__(self) -> None:
        self.lags: list[float] = []
        self.steps: list[float] = []
        self.collections: list[float] = [0.0]
        self.simulating = self.collecting = self._collecting = 0.0
        self._in_simulation = False

    async def tick(self, seconds: float = 0.005) -> None:
        """Note how late the loop wakes this, again and again."""
        while True:
            began = time.perf_counter()
            await asyncio.sleep(seconds)
            self.lags.append(time.perf_counter() - began - seconds)

    def step(self, run: Any, handle: asyncio.Handle) -> None:
        """Run a step of the loop."""
        before, began = self.simulating + self.collecting, time.thread_time()
        run(handle)
        self.steps.append(time.thread_time() - began - (self.simulating + self.collecting - before))

    def collect(self, phase: str, _: dict[str, int]) -> None:
        """Leave out the collection of garbage, which looks at all that the simulated Discord keeps."""
        if threading.current_thread() is not threading.main_thread():
            return
        if phase == "start":
            self._collecting = time.thread_time()
        elif not self._in_simulation:
            self.collecting += time.thread_time() - self._collecting
            self.collections.append(time.thread_time() - self._collecting)

    def simulate(self, call: Any, *arguments: Any, **options: Any) -> Any:
        """Call what stands in Discord's place."""
        began, self._in_simulation = time.thread_time(), True
        try:
            return call(*arguments, **options)
        finally:
            self._in_simulation = False
            self.simulating += time.thread_time() - began


@contextmanager
def loop_clock() -> Iterator[LoopClock]:
    """Measure every step that an event loop makes meanwhile, with garbage collected as the bot has it done."""
    clock, run, dispatch = LoopClock(), asyncio.Handle._run, simulated.dispatch
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(asyncio.Handle, "_run", lambda handle: clock.step(run, handle))
        patch.setattr(simulated, "dispatch", lambda *given, **options: clock.simulate(dispatch, *given, **options))
        gc.callbacks.append(clock.collect)
        freeze_gc()
        try:
            yield clock
        finally:
            gc.callbacks.remove(clock.collect)
            gc.unfreeze()
