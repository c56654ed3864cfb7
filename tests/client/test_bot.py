"""Chatter, messages that are not for the bot, costs next to nothing: no task is begun and no base is opened for it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import discord
import pytest

from bot.settings import Settings
from tests.client.world import TWITTER_BAN, World

CHATTER = "the match was great, and we should all go there again"


@pytest.fixture(params=[False, True], ids=["not listening", "listening"])
def settings(tmp_path: Path, request: pytest.FixtureRequest) -> Settings:
    return Settings(tmp_path, listening=request.param)


def begun(world: World, message: discord.Message) -> int:
    """Return how many tasks the bot begins for a message, and give them up."""
    before = asyncio.all_tasks()
    world.env.bot.dispatch("message", message)
    new = asyncio.all_tasks() - before
    for task in new:
        task.cancel()
    return len(new)


async def test_chatter_begins_no_task_and_opens_no_base(world: World, settings: Settings) -> None:
    robot = world.guild.add_member(world.env.create_user("robot", bot=True))
    first = await world.alice.send(world.channel, CHATTER)
    chatter = [
        first,
        await world.alice.send(world.channel, f"{CHATTER}. " * 30),
        await world.alice.send(world.channel, f"{world.bob.mention} {TWITTER_BAN}"),
        await world.bob.send(world.channel, TWITTER_BAN, reply_to=first),
        await robot.send(world.channel, f"{world.mention} {TWITTER_BAN}"),
    ]
    assert [begun(world, message) for message in chatter] == [0] * len(chatter)
    assert not settings.base_path(world.guild.id).exists()


async def test_a_message_to_the_bot_is_begun_with(world: World) -> None:
    await world.ask(TWITTER_BAN)
    question = next(message for message in world.channel.history() if message.author.id == world.alice.id)
    assert begun(world, question)
