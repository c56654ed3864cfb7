"""How a burst is met: many questions at once, by mention, from several members, each in words that were not asked before.

They come to discord.py one after the other, as its connection to Discord hands them over, without simcord watching the tasks. A
question counts by the reply that stands in the channel: an answer, or a sentence that says why there is none. The loop is held up
by what one step of it takes of the processor, without simcord's part (`tests.support.event_loop`); how late a task wakes that
sleeps for 10 milliseconds is the machine's load too. Memory is looked at every 10 milliseconds, simcord's and all.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Sequence
from itertools import cycle, islice

import discord
import simcord
from simcord import MemberActor

from bot.client.limits import REFUSALS
from bot.client.start import make_bot
from bot.service.lanes import TOO_LONG
from bot.service.service import Service
from bot.settings import Settings
from data.benchmarks.load_answers import WARMING, asking, recorded, unlimited
from data.benchmarks.load_chatter import unwatched
from data.benchmarks.new_questions import wordings
from data.benchmarks.resident import resident
from data.benchmarks.table import figure
from tests.client.world import World, bot_of, buttons, make_world, text
from tests.support.event_loop import LoopClock, loop_clock

_MEMBERS = 20
_TICK = 0.01
_KINDS = ("answered", "answered, without buttons", "told that it took too long", "told to ask less")


async def burst(settings: Settings, number: int) -> list[tuple[str, str]]:
    """Return the rows of the table. A base is made in the settings' home."""
    service = Service(unlimited(settings))
    async with service, simcord.run(make_bot(service, shard_count=1), strict_sync=False, settle_timeout=600) as env:
        world = make_world(env, service)
        asked = wordings(await recorded(world))
        for question in islice(asked, WARMING):
            await asking(world, "mention")(question)
        members = [world.guild.add_member(env.create_user(f"member{number}")) for number in range(_MEMBERS)]
        memory = [resident()]
        with unwatched(env), loop_clock() as clock:
            began, seconds = time.perf_counter(), time.process_time()
            questions = await _ask(world, members, clock, tuple(islice(asked, number)), memory)
            took, seconds = time.perf_counter() - began, time.process_time() - seconds
            longest, latest, memory = max(clock.steps), max(clock.lags), [memory[0], max(memory), resident()]
        replies = {message.reference.message_id: message for message in world.channel.history() if message.reference}
    kinds = Counter(_kind(replies[question_id]) for question_id in questions if question_id in replies)
    answered = kinds["answered"] + kinds["answered, without buttons"]
    return [
        ("questions", str(number)),
        *((kind, str(kinds[kind])) for kind in _KINDS),
        ("left without a reply", str(number - kinds.total())),
        ("seconds until the last reply", figure(took, 1)),
        ("processor time of all, seconds", figure(seconds, 1)),
        ("processor time an answer, milliseconds", figure(seconds / answered * 1000 if answered else None, 1)),
        ("longest step of the event loop, milliseconds of processor", figure(longest * 1000, 1)),
        ("latest wake-up of a task in the loop, milliseconds", figure(latest * 1000, 0)),
        ("memory before, at most, after, MB", ", ".join(figure(megabytes, 0) for megabytes in memory)),
    ]


async def _ask(
    world: World, members: Sequence[MemberActor], clock: LoopClock, questions: Sequence[str], memory: list[float]
) -> list[int]:
    """Have members ask all at once, wait until nothing is under way, and return the ids of their messages."""
    env = world.env
    beside = [asyncio.create_task(clock.tick(_TICK)), asyncio.create_task(_look(memory))]
    ids = []
    for question, member in zip(questions, cycle(members), strict=False):
        content = f"{world.mention} {question}"
        ids.append(clock.simulate(env.backend.create_message, world.channel.id, member.id, content).id)
        await asyncio.sleep(0)
    while bot_of(world).background.under_way():
        await asyncio.sleep(_TICK)
    for task in beside:
        task.cancel()
    return ids


async def _look(memory: list[float]) -> None:
    while True:
        await asyncio.sleep(_TICK)
        memory.append(resident())


def _kind(reply: discord.Message) -> str:
    said = text(reply)
    if said == TOO_LONG:
        return "told that it took too long"
    if said.startswith(tuple(REFUSALS.values())):
        return "told to ask less"
    return "answered" if buttons(reply) else "answered, without buttons"
