from __future__ import annotations

import asyncio

import pytest

from bot.client import background
from bot.client.background import Background


async def test_the_end_waits_for_work_and_for_what_it_begins() -> None:
    work, done = Background(), []

    async def correct() -> None:
        await asyncio.sleep(0.01)
        done.append("corrected")

    async def answer() -> None:
        work.hold()
        await asyncio.sleep(0.01)
        done.append("answered")
        work.start(correct())

    answering = asyncio.create_task(answer())
    await asyncio.sleep(0)
    assert work.under_way() == 1
    await work.finish()
    assert done == ["answered", "corrected"]
    assert answering.done()
    assert work.under_way() == 0


async def test_what_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr(background, "_PATIENCE", 0.01)
    work = Background()

    async def hang() -> None:
        work.hold()
        await asyncio.Event().wait()

    hanging = asyncio.create_task(hang())
    await asyncio.sleep(0)
    await work.finish()
    with pytest.raises(asyncio.CancelledError):
        await hanging
    assert "Work that was under way is given up: 1" in caplog.text


async def test_the_end_does_not_wait_for_who_asks_for_it(caplog: pytest.LogCaptureFixture) -> None:
    work = Background()
    work.hold()
    await work.finish()
    assert caplog.text == ""
