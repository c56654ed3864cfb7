"""Answers in time: deferred, or with typing, where they take long."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from types import SimpleNamespace
from typing import Any

import discord
import pytest

from bot.answers.models import Answer
from bot.client import sending, words
from bot.presentation import wording
from bot.service.replies import Reply
from bot.service.service import Service
from bot.settings import Settings
from tests.client.world import TWITTER_BAN, World, answer, bot_of, buttons, text

SLOW = 0.3
QUICK = 0.1  # instead of a second and a half


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what takes long be deferred soon, so that nobody waits for the tests."""
    monkeypatch.setattr(sending, "QUICK", QUICK)


class SlowService(Service):
    """The real service on a machine that is busy."""

    async def ask(self, server: int | None, question: str, **options: Any) -> Answer:
        await asyncio.sleep(SLOW)
        return await super().ask(server, question, **options)

    async def reply(self, server: int | None, key: str) -> Reply:
        await asyncio.sleep(SLOW)
        return await super().reply(server, key)


@pytest.fixture
async def service(settings: Settings) -> AsyncIterator[Service]:
    async with SlowService(settings) as service:
        yield service


def first_callback(world: World) -> int:
    """Return what the last interaction was answered with first."""
    calls = [request.json for request in world.env.http_requests if request.path.endswith("/callback")]
    assert isinstance(calls[-1], dict)
    return int(calls[-1]["type"])


async def test_a_slow_answer_is_deferred_first(world: World) -> None:
    result = await world.alice.slash(world.channel, "ask", question=TWITTER_BAN)
    assert first_callback(world) == discord.InteractionResponseType.deferred_channel_message.value
    assert "### 26 October 2017" in text(answer(result))
    assert buttons(answer(result))[-2:] == [wording.SOURCES, words.DELETE]


async def test_a_slow_failure_takes_the_place_of_thinking(world: World) -> None:
    result = await world.alice.slash(world.channel, "ask", question=TWITTER_BAN, story="atlantis")
    assert "atlantis" in text(answer(result))
    assert world.env.errors


async def test_typing_is_shown_while_an_answer_takes_long(world: World) -> None:
    assert text(await world.ask(TWITTER_BAN)).startswith("### 26 October 2017")
    assert any(request.path.endswith("/typing") for request in world.env.http_requests)


class TypingChannel:
    """A channel of which typing takes what ``waits`` waits for."""

    id = 7

    def __init__(self, waits: Awaitable[object] | None = None) -> None:
        self.typed, self.sent, self._waits = 0, list[discord.ui.LayoutView](), waits

    @asynccontextmanager
    async def typing(self) -> AsyncIterator[None]:
        self.typed += 1
        if self._waits is not None:
            await self._waits
        yield

    async def send(self, *, view: discord.ui.LayoutView, **_: Any) -> Any:
        self.sent.append(view)
        return SimpleNamespace(id=len(self.sent))

    def reply(self, until: asyncio.Event) -> asyncio.Task[None]:
        """Begin to reply with what is there when an event is set."""

        async def work() -> discord.ui.LayoutView:
            await until.wait()
            return discord.ui.LayoutView()

        message: Any = SimpleNamespace(channel=self, to_reference=lambda **_: None)
        return asyncio.create_task(sending.reply_to(message, work()))


async def test_typing_is_shown_once_however_many_answers_take_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "QUICK", 0.0)
    channel, ready = TypingChannel(), [asyncio.Event() for _ in range(3)]
    replies = [channel.reply(event) for event in ready]
    while sum("_show_typing" in repr(task) for task in asyncio.all_tasks()) < 3 or not channel.typed:
        await asyncio.sleep(0)
    assert channel.typed == 1
    ready[0].set()
    await replies[0]
    while channel.typed < 2:  # for those that still wait
        await asyncio.sleep(0)
    ready[1].set()
    ready[2].set()
    await asyncio.gather(*replies)
    assert len(channel.sent) == 3


async def test_an_answer_waits_for_no_typing_and_comes_where_that_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail() -> None:
        raise OSError

    monkeypatch.setattr(sending, "QUICK", 0.0)
    for waits in (asyncio.Event().wait(), fail()):
        channel, ready = TypingChannel(waits), asyncio.Event()
        reply = channel.reply(ready)
        while not channel.typed:
            await asyncio.sleep(0)
        ready.set()
        await asyncio.wait_for(reply, 60)
        assert len(channel.sent) == 1


async def test_a_slow_page_is_deferred_first_and_turns_where_it_is(world: World) -> None:
    listed = answer(await world.alice.slash(world.channel, "timeline"))
    await world.alice.click(listed, label=words.NEXT)
    assert first_callback(world) == discord.InteractionResponseType.deferred_message_update.value
    assert "Page 2 of" in text(listed)


async def test_slow_sources_are_deferred_for_one_person(world: World) -> None:
    reply = await world.ask(TWITTER_BAN)
    result = await world.bob.click(reply, label=wording.SOURCES)
    assert result.ephemeral
    assert first_callback(world) == discord.InteractionResponseType.deferred_channel_message.value
    assert "World Socialist Web Site" in text(answer(result))


@pytest.mark.usefixtures("offered_to_all")
async def test_a_private_answer_leaves_nothing_behind_that_waits_for_its_buttons(world: World) -> None:
    sources = answer(await world.bob.click(await world.ask(TWITTER_BAN), label=wording.SOURCES))
    await world.alice.slash(world.channel, "help")
    before = len(asyncio.all_tasks())
    for _ in range(3):
        assert (await world.bob.click(sources, label=words.CITE)).ephemeral
        assert (await world.moderator.slash(world.channel, "audit")).ephemeral
        assert (await world.alice.slash(world.channel, "help")).ephemeral
        assert (await world.alice.slash(world.channel, "status")).ephemeral  # which is refused
    assert len(asyncio.all_tasks()) == before
    assert world.env.errors


async def test_no_message_is_remembered_for_its_buttons(world: World) -> None:
    reply = await world.ask(TWITTER_BAN)
    await world.bob.click(reply, label=wording.SOURCES)
    listed = answer(await world.alice.slash(world.channel, "timeline"))
    await world.alice.click(listed, label=words.NEXT)
    remembered = bot_of(world)._connection._view_store
    assert not remembered._views
    assert not remembered._synced_message_views
