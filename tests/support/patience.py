"""How long tests wait for what comes by itself, and how they look: what they say is no matter of how busy it is."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from discord.ui.view import BaseView
from simcord import Env, _dpy_internals

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


def look_quickly(patch: pytest.MonkeyPatch) -> None:
    """Let the simulated Discord not look through all controls that were ever sent, with each task, each time that it looks.

    It looks for tasks that wait for a view. The bot has none: presses reach it through its routes. And what lets a form expire
    runs the same method for all, which is recognised without the forms.
    """
    expiry = vars(BaseView)["_BaseView__timeout_task_impl"].__code__

    def is_expiry(_client: object, task: asyncio.Task[Any]) -> bool:
        return getattr(task.get_coro(), "cr_code", None) is expiry

    patch.setattr(_dpy_internals, "_stored_wait_futures", lambda _client: frozenset())
    patch.setattr(_dpy_internals, "_view_timeout_task_identity", is_expiry)
