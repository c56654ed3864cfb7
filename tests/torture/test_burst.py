"""Five hundred questions in a second: each is answered or refused kindly, and what Footnote itself does holds up nothing else.

Printed is for how long the event loop did not come round, which is this machine's load too, and the longest that one step of it
took of the processor without the simulated Discord and the collection of garbage, which is Footnote's and discord.py's own share.
"""

from __future__ import annotations

import asyncio
import gc
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from simcord import MemberActor

from bot.client.bot import FootnoteBot
from bot.client.limits import REFUSALS
from bot.settings import Settings
from tests.client.world import World, text
from tests.support.event_loop import LoopClock, loop_clock
from tests.torture import SCALE

QUESTIONS = 500
BURSTS = SCALE
ASKED = (
    "When did Twitter ban RT?",
    "Who is Mark Warner?",
    "What did Sputnik say?",
    "How much did Twitter earn?",
    "Who ate the fish?",
)

pytestmark = pytest.mark.usefixtures("networks_run")


@pytest.fixture
def loop() -> Iterator[LoopClock]:
    with loop_clock() as clock:
        yield clock


def resident() -> float:
    """Return how much memory this process takes, in MB."""
    if not sys.platform.startswith("linux"):
        return 0.0
    gc.collect()
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


async def burst(world: World, members: list[MemberActor], loop: LoopClock) -> list[str]:
    """Have members ask within a second, and return what was replied."""
    world.env.settle_timeout = 120
    bot = world.env.bot
    assert isinstance(bot, FootnoteBot)
    assert bot.user is not None
    for question in ASKED:  # the reader is open and has read the facts, as in a server that is asked now and then
        await world.service.ask(world.guild.id, question)
    said = [ASKED[number % len(ASKED)] for number in range(len(members))]
    messages = [await member.send(world.channel, question) for member, question in zip(members, said, strict=True)]
    for message in messages:
        message.content, message.mentions = f"{world.mention} {message.content}", [bot.user]  # type: ignore[list-item]
    before = len(world.channel.history())
    await asyncio.sleep(0)
    loop.lags.clear()
    loop.steps.clear()
    ticking = asyncio.ensure_future(loop.tick())
    began = time.perf_counter()
    for number, message in enumerate(messages):
        bot.dispatch("message", message)
        if number % 25 == 24:
            await asyncio.sleep(0.05)
    while bot.background.under_way():
        await asyncio.sleep(0.005)
    took = time.perf_counter() - began
    ticking.cancel()
    await world.env.settle()
    replies = [text(message) for message in world.channel.history()[before:]]
    print(
        f"{len(messages)} questions, {len(replies)} replies in {took:.2f} s; lag of the loop at most"
        f" {max(loop.lags) * 1000:.0f} ms, longest step {max(loop.steps) * 1000:.1f} ms of processor,"
        f" longest collection {max(loop.collections) * 1000:.1f} ms; {resident():.0f} MB"
    )
    return replies


def crowd(world: World, many: int = QUESTIONS) -> list[MemberActor]:
    return [world.guild.add_member(world.env.create_user(f"reader {number}")) for number in range(many)]


def refused(replies: list[str]) -> int:
    """Return how many replies are refusals; the others have to be answers."""
    kinds = Counter(reply.startswith(tuple(REFUSALS.values())) for reply in replies)
    assert all("Traceback" not in reply and "Something went wrong" not in reply for reply in replies)
    return kinds[True]


@pytest.mark.slow
class TestWithRoom:
    """A server that may ask as much as it likes."""

    @pytest.fixture
    def settings(self, tmp_path: Path) -> Settings:
        return Settings(tmp_path, server_questions=100_000, member_questions=100_000)

    async def test_five_hundred_members_are_all_answered(self, world: World, loop: LoopClock) -> None:
        members = crowd(world)
        for _ in range(BURSTS):
            replies = await burst(world, members, loop)
            assert len(replies) == QUESTIONS
            assert refused(replies) == 0
            firsts = Counter(reply.splitlines()[0] for reply in replies)
            assert sorted(firsts.values()) == [QUESTIONS // len(ASKED)] * len(ASKED)


class TestWithLimits:
    """A server that may ask less than is asked."""

    @pytest.fixture
    def settings(self, tmp_path: Path) -> Settings:
        return Settings(tmp_path, server_questions=200)

    @pytest.mark.slow
    async def test_five_hundred_members_are_answered_or_refused(self, world: World, loop: LoopClock) -> None:
        replies = await burst(world, crowd(world), loop)
        assert len(replies) == QUESTIONS
        assert QUESTIONS - refused(replies) == world.service.settings.server_questions

    @pytest.mark.slow
    async def test_one_member_is_answered_a_few_times_and_refused_once(self, world: World, loop: LoopClock) -> None:
        replies = await burst(world, [world.alice] * QUESTIONS, loop)
        most = world.service.settings.member_questions
        assert len(replies) == most + 1
        assert refused(replies) == 1
