"""How long tests wait for what comes by itself, and how they look: what they say is no matter of how busy it is."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from discord.ui.view import BaseView
from simcord import Env, _dpy_internals, _settlement, env

PATIENCE = 300.0
"""Seconds. What is over sooner costs none of them, so only a test that fails takes so long."""

_FOR_START = 5.0  # seconds that the simulated Discord waits for a bot that starts, whatever its settings say
_LOOKS = 0.005  # those after which it looks again whether the bot is at rest; by itself it takes ten times as long
_UNTIL_A_TIME = ("discord.ext.tasks loop interval", "discord View/Modal expiry timer")
"""Why a task is at rest that waits for a time, in the simulated Discord's words."""


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


def _waiter_of(task: asyncio.Task[Any]) -> Any:
    """Return the future that a task waits for, None for one that can go on."""
    return getattr(task, "_fut_waiter", None)


def look_quickly(patch: pytest.MonkeyPatch) -> None:
    """Let the simulated Discord look whether the bot is at rest without passing all that has not changed since it looked before.

    Most tasks wait for their next time, and go on with it until the clock is put forward. While a thread works, nothing else
    matters. No task waits for a view, as presses reach the bot through its routes, and what lets a form expire runs the same
    method for all: neither is looked for among all controls that were ever sent.
    """
    waiting: dict[asyncio.Task[Any], tuple[object, float]] = {}
    virtualize, reason_of = vars(env)["_virtualize_recognized_waits"], vars(_settlement)["_park_reason"]
    expiry = vars(BaseView)["_BaseView__timeout_task_impl"].__code__

    def goes_on_waiting(state: Any, task: asyncio.Task[Any]) -> bool:
        waiter: Any = _waiter_of(task)
        return waiter is not None and not waiter.done() and waiting.get(task) == (waiter, state.virtual_time)

    def virtualize_new(state: Any, pending: list[asyncio.Task[Any]]) -> None:
        virtualize(state, [task for task in pending if not goes_on_waiting(state, task)])

    def is_parked(state: Any, task: asyncio.Task[Any], deadline: float) -> bool:
        if state.work.executors:
            return False
        if goes_on_waiting(state, task):
            return True
        reason = reason_of(state, task, deadline)
        if reason in _UNTIL_A_TIME:
            waiting[task] = _waiter_of(task), state.virtual_time
        return reason is not None

    def is_expiry(_client: object, task: asyncio.Task[Any]) -> bool:
        return getattr(task.get_coro(), "cr_code", None) is expiry

    patch.setattr(env, "_virtualize_recognized_waits", virtualize_new)
    patch.setattr(env, "_is_parked", is_parked)
    patch.setattr(_dpy_internals, "_stored_wait_futures", lambda _client: frozenset())
    patch.setattr(_dpy_internals, "_view_timeout_task_identity", is_expiry)
