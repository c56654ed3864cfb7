"""Replies that cannot be corrected when a fact changes: those that are gone are done with, all others are corrected later."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import discord
import pytest
from simcord import ChannelHandle
from simcord.results import to_discord_message

from bot.client import words
from bot.facts.edits import Edit
from bot.facts.logbook import sign
from bot.service.session import Session
from tests.client.forms import in_session
from tests.client.world import TWITTER_BAN, World, bot_of, closed, finish_background, last_message, minute, text


async def change(world: World) -> None:
    """Change the fact of an answer in the file, so that nobody is told."""

    def work(session: Session) -> None:
        record = session.ask(TWITTER_BAN).facts[0].record
        edit = Edit(record.story.id, facts=(replace(record.fact, text="Twitter announced something else on that day."),))
        session.base.revisions.apply(edit, sign("command line: ann", "it was wrong"), action="edit")

    await in_session(world, work)


def is_corrected(world: World, reply: discord.Message) -> bool:
    stored = world.env.backend.get_message(reply.channel.id, reply.id)
    return text(to_discord_message(world.env, stored)).startswith(words.CORRECTED_ANSWER)


async def left(world: World) -> int:
    """Return how many replies are still to be corrected."""
    return len(await in_session(world, lambda session: session.base.replies.stale(days=7)))


def tries(world: World, channel: int) -> int:
    """Return how many requests about the messages of a channel were made to read or change one."""
    changing = [request for request in world.env.http_requests if request.method in ("GET", "PATCH")]
    return sum(request.path.startswith(f"/channels/{channel}") for request in changing)


async def ask_in_thread(world: World) -> tuple[ChannelHandle, discord.Message]:
    """Let alice ask in a new thread, and return it with the reply."""
    made = world.env.backend.create_thread(world.channel.id, "About the ban", world.alice.id)
    thread = ChannelHandle(world.env, world.guild, made)
    await world.alice.send(thread, f"{world.mention} {TWITTER_BAN}")
    reply = last_message(thread)
    assert reply is not None
    return thread, reply


def archive(world: World, thread: ChannelHandle) -> None:
    """Archive a thread: nothing in it can be edited, and Discord does not name it when a session begins."""
    world.env.backend.edit_channel(thread.id, {}, thread_metadata={"archived": True})
    world.guild._guild.thread_ids.remove(thread.id)
    message = f"/channels/{thread.id}/messages/*"
    world.env.inject_error("PATCH", message, status=400, code=50083, message="Thread is archived", times=None)


async def open_again(world: World, thread: ChannelHandle) -> None:
    world.env.backend.faults.clear()
    world.guild._guild.thread_ids.append(thread.id)
    world.env.backend.edit_channel(thread.id, {}, thread_metadata={"archived": False})
    await world.env.settle()
    await finish_background(bot_of(world))


@pytest.mark.parametrize("restarted", [False, True])
async def test_a_reply_in_an_archived_thread_is_corrected_when_the_thread_is_opened_again(restarted: bool, world: World) -> None:
    thread, reply = await ask_in_thread(world)
    archive(world, thread)
    await change(world)
    if restarted:
        await world.restart()
    await minute(world)
    assert not is_corrected(world, reply)
    assert await left(world) == 1
    await open_again(world, thread)
    assert is_corrected(world, reply)
    assert await left(world) == 0


async def test_a_reply_where_the_bot_may_not_read_for_now_is_tried_ever_more_rarely_until_it_may(world: World) -> None:
    replies = [await world.ask(TWITTER_BAN) for _ in range(5)]
    await change(world)
    with refused(world, 403):
        counts = []
        for _ in range(70):
            before = tries(world, world.channel.id)
            await minute(world)
            counts.append(tries(world, world.channel.id) - before)
    assert [number for number, count in enumerate(counts) if count] == [0, 1, 3, 7, 15, 31, 63]
    assert set(counts) == {0, 2}, "of all replies in a channel where the bot may not read two are tried"
    assert await left(world) == 5
    for _ in range(60):
        await minute(world)
    assert all(is_corrected(world, reply) for reply in replies)


async def test_a_reply_is_corrected_at_once_where_its_channel_is_changed_so_that_the_bot_may_read_there(world: World) -> None:
    reply = await world.ask(TWITTER_BAN)
    await change(world)
    with refused(world, 403):
        await minute(world)
    world.env.backend.edit_channel(world.channel.id, {"topic": "Ask here"})
    await world.env.settle()
    await finish_background(bot_of(world))
    assert is_corrected(world, reply)


@pytest.mark.parametrize("status", [403, 503])
async def test_what_could_not_be_corrected_is_tried_again_though_nobody_asks_and_nothing_changes(
    status: int, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.client.retrying.PAUSES", ())
    reply = await world.ask(TWITTER_BAN)
    await change(world)
    with refused(world, status):
        await minute(world)
    await closed(world)
    await minute(world)
    assert is_corrected(world, reply)
    await closed(world)
    sent = len(world.env.http_requests)
    for _ in range(3):
        await minute(world)
    assert len(world.env.http_requests) == sent
    assert world.service.opened() == (), "nothing is left to be tried"


async def test_a_bot_that_stops_half_way_corrects_the_rest_when_it_starts(world: World) -> None:
    replies = [await world.ask(TWITTER_BAN) for _ in range(3)]
    await change(world)
    with refused(world, 403, f"/channels/{world.channel.id}/messages/{replies[0].id}"):
        await minute(world)
    assert [is_corrected(world, reply) for reply in replies] == [False, True, True]
    await world.restart()
    await minute(world)
    assert all(is_corrected(world, reply) for reply in replies)


async def test_a_reply_that_is_gone_for_good_is_done_with(world: World) -> None:
    gone, foreign, kept = [await world.ask(TWITTER_BAN) for _ in range(3)]
    _, in_thread = await ask_in_thread(world)
    await change(world)
    world.env.backend.delete_message(world.channel.id, gone.id)
    world.env.backend.delete_channel(in_thread.channel.id)
    world.env.inject_error("PATCH", f"/channels/*/messages/{foreign.id}", status=403, code=50005)
    await minute(world)
    assert is_corrected(world, kept)
    assert not is_corrected(world, foreign)
    assert await left(world) == 0


async def test_a_server_that_discord_has_not_described_yet_is_looked_after_once_it_has(world: World) -> None:
    reply = await world.ask(TWITTER_BAN)
    await change(world)
    bot = bot_of(world)
    known = bot._connection._guilds[world.guild.id]
    bot._connection._add_guild_from_data({"id": str(world.guild.id), "unavailable": True})  # type: ignore[typeddict-item]
    await minute(world)
    assert not is_corrected(world, reply)
    bot._connection._guilds[world.guild.id] = known
    await minute(world)
    assert is_corrected(world, reply)


@contextmanager
def refused(world: World, status: int, path: str = "/channels/*/messages/*") -> Iterator[None]:
    """Let Discord refuse to show or change messages."""
    world.env.inject_error("*", path, status=status, code=50001 if status == 403 else 0, times=None)
    yield
    world.env.backend.faults.clear()
