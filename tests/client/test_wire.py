"""The bot as a process of its own, started as people start it, on real HTTP and a real WebSocket, from its login to its end."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from bot.client.commands import SENT_COMMANDS
from tests.client.world import TWITTER_BAN
from tests.support.loopback import SERVER, TOKEN, LoopbackDiscord, answer, served_discord, until
from tests.support.paths import ROOT

ANSWER = "### 26 October 2017"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals"),
]


@asynccontextmanager
async def running(wire: LoopbackDiscord, home: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run the bot as a process."""
    environment = {**os.environ, "FOOTNOTE_HOME": str(home), "DISCORD_TOKEN": TOKEN}
    program = (sys.executable, "-m", "tests.support.loopback_process", str(wire.port), "run")
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*program, cwd=ROOT, env=environment, stdout=pipe, stderr=pipe)
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


def rate_limited() -> Any:
    return answer({"message": "slow down", "retry_after": 0.2, "global": False}, 429, Via="1.1 google")


async def test_it_lives_through_all_that_discord_does_and_stops_when_told(tmp_path: Path) -> None:
    async with served_discord() as wire:
        wire.command_answers = [rate_limited()]
        wire.message_answers = [rate_limited(), answer("", 503)]
        async with running(wire, tmp_path) as process:
            await until(lambda: wire.handshakes, seconds=120)
            await wire.create_server()
            await until(lambda: len(wire.command_payloads) == 2)
            await until((tmp_path / SENT_COMMANDS).exists)

            await wire.mention(TWITTER_BAN)
            await until(lambda: said(wire) == 1, seconds=60)
            await wire.slash("ask", question=TWITTER_BAN)
            await until(lambda: said(wire) == 2, seconds=60)

            await wire.send("MESSAGE_CREATE", {"id": "5", "content": "by nobody"})
            await wire.send("GUILD_CREATE", {"id": "6", "channels": None})
            await wire.send_frame("this is no JSON")
            await until(lambda: wire.handshakes == ["IDENTIFY", "RESUME"])
            await wire.close(4000)
            await until(lambda: wire.handshakes == ["IDENTIFY", "RESUME", "RESUME"])
            await wire.mention(TWITTER_BAN)
            await until(lambda: said(wire) == 3, seconds=60)

            process.send_signal(signal.SIGTERM)
            output, errors = await asyncio.wait_for(process.communicate(), 30)
    log = (output + errors).decode()
    assert process.returncode == 0, log
    assert "MESSAGE_CREATE" in log
    assert "GUILD_CREATE" in log
    assert "frame" in log
    assert TOKEN not in log
    assert (tmp_path / "servers" / f"{SERVER}.db").exists()


def said(wire: LoopbackDiscord) -> int:
    """Return how often the bot has answered the question."""
    return sum(ANSWER in str(message) for message in wire.messages)
