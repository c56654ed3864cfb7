"""Uploads are read one of a server at a time, two in all; one that is ended leaves the next alone."""

from __future__ import annotations

import asyncio
import gc
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from bot.client.uploads import UploadReading
from bot.errors import BusyError, UsageError
from bot.stories.dump import dump_story
from bot.uploads import LATE, ON_DISCORD, TOO_MUCH_MEMORY, Limits
from tests.client.forms import in_session
from tests.client.world import World, answer, bot_of, text, upload

SLOW = "story: {id: x, title: T}\nevents:\n" + "  e: {what: a\u2028b}\n" * 45_000
LARGE_LIST = ("@article{a, title={" + "$x" * 400_000 + "}}").encode()
STORY = "twitter-rt-sputnik"


def pipe(folder: Path, name: str) -> Path:
    """Make a pipe; a process that reads it waits until something is written."""
    os.mkfifo(folder / name)
    return folder / name


def writing_end(path: Path) -> int | None:
    """Return the writing end of a pipe, None where no process reads it."""
    with suppress(OSError):  # ENXIO
        return os.open(path, os.O_WRONLY | os.O_NONBLOCK)
    return None


async def opened(path: Path) -> int:
    """Wait until a process reads a pipe."""
    while (end := writing_end(path)) is None:
        await asyncio.sleep(0.01)
    return end


def finish(end: int, word: str) -> None:
    os.write(end, word.encode())
    os.close(end)


async def test_one_of_a_server_is_read_at_a_time_and_two_in_all(tmp_path: Path) -> None:
    reading = UploadReading()
    first, second, other, third = (pipe(tmp_path, name) for name in ("first", "second", "other", "third"))
    calls = [
        asyncio.create_task(reading.call(server, Path.read_text, path))
        for server, path in ((1, first), (1, second), (2, other), (3, third))
    ]
    ends = [await opened(first), await opened(other)]
    assert writing_end(second) is None
    assert writing_end(third) is None
    finish(ends[0], "first")
    assert await calls[0] == "first"
    finish(await opened(third), "third")
    finish(await opened(second), "second")
    finish(ends[1], "other")
    assert await asyncio.gather(*calls) == ["first", "second", "other", "third"]


async def test_what_waits_too_long_for_its_turn_is_told_so(tmp_path: Path) -> None:
    reading = UploadReading(waiting=0.0)
    path = pipe(tmp_path, "first")
    call = asyncio.create_task(UploadReading.call(reading, 1, Path.read_text, path))
    end = await opened(path)
    with pytest.raises(BusyError, match="Another file"):
        await reading.call(1, len, "")
    assert await reading.call(2, len, "") == 0
    finish(end, "done")
    assert await call == "done"


async def read_at_last(reading: UploadReading, server: int) -> int:
    """Try until a server has its turn."""
    while True:
        with suppress(BusyError):
            return await reading.call(server, len, "")
        await asyncio.sleep(0.01)


async def test_a_file_whose_answer_is_given_up_keeps_its_turns_until_it_is_read(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    gc.freeze()  # so that only what is made from here on is collected below, which takes a second else
    reading = UploadReading(waiting=0.0)
    first, other = pipe(tmp_path, "first"), pipe(tmp_path, "other")
    calls = [asyncio.create_task(reading.call(server, Path.read_text, path)) for server, path in ((1, first), (2, other))]
    ends = [await opened(first), await opened(other)]
    for call in calls:
        call.cancel()
    await asyncio.wait(calls)
    for server in (1, 2, 3):
        with pytest.raises(BusyError):
            await reading.call(server, len, "")
    os.write(ends[0], b"\xff")  # no UTF-8, and nobody waits to be told so
    os.close(ends[0])
    assert await read_at_last(reading, 1) == 0
    finish(ends[1], "other")
    assert await read_at_last(reading, 2) == 0
    calls.clear()
    gc.collect()
    assert "never retrieved" not in caplog.text


async def test_a_file_whose_answer_is_given_up_before_its_turn_is_not_read(tmp_path: Path) -> None:
    reading = UploadReading()
    first, second = pipe(tmp_path, "first"), pipe(tmp_path, "second")
    call = asyncio.create_task(reading.call(1, Path.read_text, first))
    end = await opened(first)
    waiting = asyncio.create_task(reading.call(1, Path.read_text, second))
    await asyncio.sleep(0)
    waiting.cancel()
    finish(end, "first")
    assert await call == "first"
    assert await reading.call(1, len, "") == 0
    assert waiting.cancelled()
    assert writing_end(second) is None


async def test_nothing_that_is_sent_is_read_in_the_bots_own_process(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    async def refuse(_: UploadReading, server: int | None, function: Callable[..., object], *given: Any, **options: Any) -> None:
        asked.append(function.__name__)
        raise UsageError(f"Not read for {server}.")

    sent = (
        ("story import", "file", "x.yaml"),
        ("source import", "file", "x.bib"),
        ("story draft", "article", "x.txt"),
        ("article", "file", "x.txt"),
    )
    monkeypatch.setattr(UploadReading, "call", refuse)
    for command, option, name in sent:
        options: dict[str, Any] = {option: (name, b"It rained.")}
        shown = await world.moderator.slash(world.channel, command, **options)
        assert text(answer(shown)) == f"Not read for {world.guild.id}."
    assert asked == ["read_story", "read_sources", "draft_file", "read_upload"]
    assert len(world.env.errors) == len(sent)


@pytest.mark.slow  # tests/test_uploads.py ends processes at the same limits
async def test_an_upload_that_is_ended_leaves_the_next_alone(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Limits, "deadline", 600)
    bot_of(world).upload_reading = UploadReading(Limits(seconds=1, memory=ON_DISCORD.memory))
    assert text(answer(await upload(world, SLOW))) == LATE
    bot_of(world).upload_reading = UploadReading(ON_DISCORD)
    shown = await world.moderator.slash(world.channel, "source import", file=("x.bib", LARGE_LIST))
    # Where memory ends within the TeX reader, it may go round without any until the limit of time ends it.
    assert text(answer(shown)) in {TOO_MUCH_MEMORY, LATE}
    world.env.errors.clear()
    story = await in_session(world, lambda session: session.base.story(STORY))
    assert text(answer(await upload(world, dump_story(story)))).startswith("Nothing would change")
