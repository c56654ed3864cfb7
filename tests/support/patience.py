"""How long tests wait for what comes by itself: what they say is no matter of how busy the machine is."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from simcord import Env

PATIENCE = 300.0
"""Seconds. What is over sooner costs none of them, so only a test that fails takes so long."""

_FOR_START = 5.0  # seconds that the simulated Discord waits for a bot that starts, whatever its settings say
_LOOKS = 0.005  # those after which it looks again whether the bot is at rest; by itself it takes ten times as long


def patiently(settle: Callable[..., Awaitable[None]]) -> Callable[..., Awaitable[None]]:
    """Return `Env._settle_internal` so that it waits as long as a busy machine takes, and looks often."""

    async def settle_patiently(env: Env, *, timeout: float | None = None, idle: float = _LOOKS, **given: Any) -> None:
        end = asyncio.get_running_loop().time() + PATIENCE
        while True:
            try:
                # A shorter time says what it need not wait for, too: what the bot does later than that by itself.
                return await settle(env, timeout=PATIENCE if timeout == _FOR_START else timeout, idle=min(idle, _LOOKS), **given)
            except TimeoutError:
                # Part of a wait that has an end of its own, which is asked for again as a whole.
                if "_deadline" in given or asyncio.get_running_loop().time() > end:
                    raise

    return settle_patiently
