"""One process of several, the real bot on a simulated Discord: ``python -m tests.cluster.worker SHARDS COUNT TASK SERVER ...``.

The task ``write`` adds facts to each server in turn, through the form that moderators use, and prints each when Discord shows it
as saved; ``ask`` asks the environment's QUESTION in each, and prints what stands there then.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Sequence
from itertools import count

import simcord
from simcord import Env

from bot.cli.running import run_until_stopped
from bot.client.facts import words
from bot.client.start import make_bot
from bot.log import set_up_logging
from bot.service.service import Service
from bot.settings import load_settings
from bot.storage.served_bases import ServedBases
from bot.storage.shards import Shards
from tests.client.forms import LINK, send
from tests.client.world import World, answer, make_world, text
from tests.support.patience import PATIENCE, patiently


async def work(ranges: str, shard_count: int, task: str, servers: Sequence[int]) -> None:
    settings = load_settings()
    set_up_logging(settings)
    shards = Shards.of(ranges, shard_count)
    # Each process has a Discord of its own here, where the process with the first shard has told no commands to the others'.
    async with (
        Service(settings, ServedBases(settings, shards)) as service,
        simcord.run(make_bot(service, shards), strict_sync=False, settle_timeout=PATIENCE) as env,
    ):
        worlds = [make_world(env, service, server) for server in servers]
        if task == "ask":
            for world in worlds:
                say({"server": world.guild.id, "answer": text(await world.ask(os.environ["QUESTION"]))})
            return
        for number in count():
            for world in worlds:
                await write(world, f"Mast {number} was measured by engineers of the {number}th panel.")


async def write(world: World, fact: str) -> None:
    shown = await world.moderator.slash(world.channel, "fact add event")
    preview = await send(world.moderator, shown, text=fact, date="4 march 2018", cite=f"{LINK} #4")
    await world.moderator.click(answer(preview), label=words.SAVE)
    assert "Saved as F" in text(answer(preview))
    say({"server": world.guild.id, "fact": fact})


def say(line: dict[str, object]) -> None:
    print(json.dumps(line), flush=True)


if __name__ == "__main__":
    setattr(Env, "_settle_internal", patiently(Env._settle_internal))  # noqa: B010 - mypy takes no assignment to a method
    asyncio.run(run_until_stopped(work(sys.argv[1], int(sys.argv[2]), sys.argv[3], [int(server) for server in sys.argv[4:]])))
