"""What a message costs that is not for the bot: discord.py reads it, its listeners look at it, and nothing more happens.

The messages are those of simcord, handed to discord.py as its connection to Discord hands them over. simcord watches every task
of a bot, which Discord does not: while the messages are timed, it is taken away. discord.py alone is a client with the same
intents and caches that does nothing.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from time import thread_time
from typing import Any

import discord
import simcord
from simcord import Env
from simcord._dpy_internals import acquire_clocks, release_clocks
from simcord.intents import censor_message

from bot.client.start import make_bot
from bot.facts.logbook import sign
from bot.service.service import Service
from data.benchmarks.table import figure
from data.benchmarks.timing import Times
from tests.client.world import World, make_world

CHATTER = "Hello everybody, the match was great!"
_WARMING = 200
_ROUNDS = 10
_WATCHED = ("create_task", "call_soon", "call_later", "call_at", "call_soon_threadsafe", "run_in_executor")


async def payloads(world: World) -> dict[str, str]:
    """Return one message of each kind as Discord sends it, by what it is: JSON."""
    taken: list[dict[str, Any]] = []
    server = world.env.backend

    def take(event: str, payload: Any) -> None:
        if event == "MESSAGE_CREATE":
            taken.append(dict(payload))

    server.subscribers.append(take)
    machine = world.env.create_user("machine", bot=True)
    world.guild.add_member(machine)
    first = await world.alice.send(world.channel, CHATTER)
    await world.alice.send(world.channel, f"{CHATTER} " * 50)
    await world.alice.send(world.channel, f"{world.bob.mention} {CHATTER}")
    await world.bob.send(world.channel, CHATTER, reply_to=first)
    server.create_message(world.channel.id, machine.id, CHATTER)
    await world.env.settle(timeout=5)
    server.subscribers.remove(take)
    names = ("a few words", "1900 characters", "mentions a member", "replies to a member", "of another bot")
    intents = world.env.bot.intents
    for payload in taken:
        if not intents.message_content:
            censor_message(payload, server.bot_user.id, backend=server)
    return {name: json.dumps(payload) for name, payload in zip(names, taken, strict=True)}


@contextmanager
def unwatched(env: Env) -> Iterator[None]:
    """Take simcord away from the event loop and the clocks for a while."""
    loop = asyncio.get_running_loop()
    watching = {name: loop.__dict__.pop(name) for name in _WATCHED if name in loop.__dict__}
    release_clocks(env)
    try:
        yield
    finally:
        acquire_clocks(env)
        loop.__dict__.update(watching)


async def cost(bot: discord.Client, message: str, number: int) -> Times:
    """Return the milliseconds of processor time that each of some messages takes, with the turn of the event loop it needs.

    Of ten rounds it is the one that took least: even processor time is longer where others empty the caches.
    """
    parse = bot._connection.parsers["MESSAGE_CREATE"]
    for data in copies(message, _WARMING):
        parse(data)
    await asyncio.sleep(0)
    rounds = []
    for _ in range(_ROUNDS):
        times = []
        for data in [*copies(message, max(1, number // _ROUNDS))]:
            start = thread_time()
            parse(data)
            await asyncio.sleep(0)
            times.append((thread_time() - start) * 1000)
        rounds.append(Times(tuple(times)))
    return min(rounds, key=lambda times: times.mean)


async def turn(number: int) -> Times:
    """Return the milliseconds that a turn of the event loop takes in which there is nothing to do."""
    times = []
    for _ in range(number):
        start = thread_time()
        await asyncio.sleep(0)
        times.append((thread_time() - start) * 1000)
    return Times(tuple(times))


def look(bot: discord.Client, message: discord.Message, number: int) -> Times:
    """Return the milliseconds that the bot takes to see that a message is not for it."""
    times = []
    for _ in range(number):
        start = thread_time()
        bot.dispatch("message", message)
        times.append((thread_time() - start) * 1000)
    return Times(tuple(times))


async def chatter(service: Service, number: int) -> list[tuple[str, ...]]:
    """Return the rows of the table: microseconds of a message, of each kind."""
    bare = discord.AutoShardedClient(
        intents=make_bot(service).intents,
        member_cache_flags=discord.MemberCacheFlags.none(),
        chunk_guilds_at_startup=False,
        max_messages=None,
    )
    where = "listening" if service.settings.listening else "not listening"
    async with simcord.run(bare, shard_count=1) as env:
        world = make_world(env, service)
        messages = await payloads(world)
        with unwatched(env):
            nothing = await turn(number)
            alone = {name: await cost(bare, message, number) for name, message in messages.items()}
    async with simcord.run(make_bot(service, shard_count=1), strict_sync=False) as env:
        world = make_world(env, service)
        if service.settings.listening:
            await listen(world)
        first = await world.alice.send(world.channel, CHATTER)
        messages = await payloads(world)
        with unwatched(env):
            ours = {name: await cost(env.bot, message, number) for name, message in messages.items()}
            own = look(env.bot, first, number)
    rows = [(f"{where}: {name}", *_microseconds(alone[name]), *_microseconds(ours[name])) for name in messages]
    return [
        *rows,
        (f"{where}: Footnote's part alone", "", "", *_microseconds(own)),
        (f"{where}: an empty turn of the event loop", *_microseconds(nothing), "", ""),
    ]


async def listen(world: World) -> None:
    """Have the bot listen in the channel, and let it find that out."""
    signature = sign("benchmark", None)
    await world.service.write(
        world.guild.id, lambda session: session.base.settings.change(signature, listening=(world.channel.id,))
    )
    world.env.bot.dispatch("settings_changed", world.guild.id)
    await world.alice.send(world.channel, CHATTER)


def copies(message: str, number: int) -> Iterable[Any]:
    """Yield a message as often as asked for, each under an id of its own, as it comes from Discord."""
    first = json.loads(message)
    for index in range(number):
        yield {**json.loads(message), "id": str(int(first["id"]) + index)}


def _microseconds(times: Times) -> tuple[str, str]:
    return figure(times.mean * 1000, 1), figure(times.at(99) * 1000, 1)
