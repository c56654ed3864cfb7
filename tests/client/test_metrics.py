"""What is counted of errors and connections, as Prometheus reads it, and when the bot says that it is ready."""

from __future__ import annotations

import discord
import pytest

from bot.client.start import make_bot
from tests.client.exposition import look, metrics, value
from tests.client.world import TWITTER_BAN, World, bot_of


@pytest.mark.usefixtures("offered_to_all")
async def test_errors_are_counted_by_kind_and_name_nobody(world: World) -> None:
    await world.alice.slash(world.channel, "ask", question=TWITTER_BAN, story="no-such-story")
    await world.alice.slash(world.channel, "audit")
    samples = await metrics(bot_of(world))
    assert value(samples, "footnote_errors_total", "NotKnownError") == 1
    assert value(samples, "footnote_errors_total", "NotAllowedError") == 1
    assert world.env.errors
    _, text = await look(bot_of(world), "/metrics")
    for private in (world.guild.id, world.channel.id, world.alice.id, "newsroom", "alice", "Twitter"):
        assert str(private) not in text


async def test_the_responses_of_discord_are_counted_by_status(world: World, discord_says: dict[str, int]) -> None:
    async with make_bot(world.service) as bot:
        with pytest.raises(discord.LoginFailure):
            await bot.login("a.wrong.token")
        assert value(await metrics(bot), "footnote_discord_responses_total", "401") >= 1


async def test_it_is_ready_once_every_shard_is_connected_and_until_it_stops(world: World) -> None:
    bot = bot_of(world)
    assert await look(bot, "/readyz") == (200, "ready\n")
    assert value(await metrics(bot), "footnote_shard_up", "0") == 1
    await bot.shards[0].disconnect()
    assert await look(bot, "/readyz") == (503, "Not connected: shard 0.\n")
    assert value(await metrics(bot), "footnote_shard_up", "0") == 0
    assert await look(bot, "/healthz") == (200, "alive\n")
    await bot.shards[0].connect()
    bot.stopping = True
    assert await look(bot, "/readyz") == (503, "Footnote is stopping.\n")
    bot.stopping = False
    assert await look(make_bot(world.service), "/readyz") == (503, "Footnote is not logged in to Discord yet.\n")
