from __future__ import annotations

import asyncio

import pytest

from bot.errors import BusyError
from bot.service.turns import Turns

LONG = 60.0


async def hold(turns: Turns, server: int, log: list[int], *, until: asyncio.Event | None = None) -> None:
    async with turns.turn(server):
        log.append(server)
        if until is not None:
            await until.wait()


async def test_servers_take_turns_and_each_in_its_order() -> None:
    turns, log, free = Turns(1), list[int](), asyncio.Event()
    first = asyncio.create_task(hold(turns, 0, log, until=free))
    await asyncio.sleep(0)
    others = [asyncio.create_task(hold(turns, server, log)) for server in (1, 1, 1, 2, 3, 3)]
    await asyncio.sleep(0)
    free.set()
    await asyncio.gather(first, *others)
    assert log == [0, 1, 2, 3, 1, 3, 1]


async def test_no_more_are_held_at_once_than_there_are() -> None:
    turns, log, free = Turns(2), list[int](), asyncio.Event()
    tasks = [asyncio.create_task(hold(turns, server, log, until=free)) for server in range(5)]
    await asyncio.sleep(0)
    assert log == [0, 1]
    free.set()
    await asyncio.gather(*tasks)
    assert sorted(log) == [0, 1, 2, 3, 4]


async def test_whoever_waits_for_long_gives_up_and_takes_no_turn() -> None:
    turns, log, free = Turns(1, patience=0.0), list[int](), asyncio.Event()
    first = asyncio.create_task(hold(turns, 0, log, until=free))
    await asyncio.sleep(0)
    with pytest.raises(BusyError, match="ask again"):
        await hold(turns, 1, log)
    free.set()
    await first
    await hold(turns, 2, log)
    assert log == [0, 2]


@pytest.mark.parametrize("too_late", [False, True])
async def test_whoever_is_cancelled_takes_no_turn(too_late: bool) -> None:
    turns, log, free = Turns(1), list[int](), asyncio.Event()
    first = asyncio.create_task(hold(turns, 0, log, until=free))
    await asyncio.sleep(0)
    cancelled = asyncio.create_task(hold(turns, 1, log))
    await asyncio.sleep(0)
    if too_late:
        free.set()
        await first  # which gives its turn to the one that is cancelled before it can use it
    cancelled.cancel()
    free.set()
    with pytest.raises(asyncio.CancelledError):
        await cancelled
    await first
    await asyncio.wait_for(hold(turns, 2, log), LONG)
    assert log == [0, 2]
