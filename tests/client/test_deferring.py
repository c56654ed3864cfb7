"""The time after which an interaction is deferred runs from its arrival, whatever has to be opened and looked up first."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator
from typing import Any

import discord
import pytest
from simcord import Env

from bot.answers.models import Answer
from bot.client import sending, story_scope, words
from bot.client.contributions import views
from bot.client.permissions import MODERATORS_ONLY
from bot.client.start import make_bot
from bot.facts.logbook import sign
from bot.service.service import Service
from bot.service.session_pool import Lease
from bot.settings import Settings
from tests.client.forms import in_session
from tests.client.suggestions import posted, proposals
from tests.client.world import (
    TWITTER_BAN,
    UNANSWERED,
    Message,
    World,
    answer,
    bot_of,
    buttons,
    choose_language,
    finish_background,
    log_channel,
    make_world,
    offer_to_all,
    text,
)

COLD, BRINGING = 0.15, 0.06  # seconds
DEFERRED = discord.InteractionResponseType.deferred_channel_message.value


class ColdService(Service):
    """The real service with a base that takes its time to open, and a reader that takes its time to load."""

    async def language(self, server: int | None) -> str:
        await asyncio.sleep(COLD)
        return await super().language(server)

    async def ask(self, server: int | None, question: str, **options: Any) -> Answer:
        await asyncio.sleep(COLD)
        return await super().ask(server, question, **options)


@pytest.fixture
async def service(settings: Settings) -> AsyncIterator[Service]:
    async with ColdService(settings) as service:
        yield service


def first_callback(world: World) -> int:
    """Return what the last interaction was answered with first."""
    calls = [request.json for request in world.env.http_requests if request.path.endswith("/callback")]
    assert isinstance(calls[-1], dict)
    return int(calls[-1]["type"])


async def test_the_opening_of_the_base_counts(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "QUICK", COLD * 1.5)  # more than either takes, less than both
    result = await world.alice.slash(world.channel, "ask", question=TWITTER_BAN)
    assert first_callback(world) == DEFERRED
    assert "### 26 October 2017" in text(answer(result))


async def test_a_base_that_opens_too_slowly_is_answered_from_in_its_language(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await choose_language(world, "de")
    monkeypatch.setattr(sending, "QUICK", COLD / 4)
    result = await world.alice.slash(world.channel, "ask", question=TWITTER_BAN)
    assert first_callback(world) == DEFERRED
    assert "Löschen" in buttons(answer(result))


async def opened_gap(world: World) -> tuple[int, Message]:
    """Return the number of a gap of a German server, and the message in which a moderator has opened it."""
    await choose_language(world, "de")
    await world.ask(UNANSWERED)
    (gap,) = await in_session(world, lambda session: session.base.gaps.open())
    listed = answer(await world.moderator.slash(world.channel, "gaps"))
    return gap.number, answer(await world.moderator.click(listed, custom_id=f"do:gap:{gap.number}"))


async def test_a_change_is_shown_and_told_in_a_language_that_is_known_late(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    log = await log_channel(world)
    gap, opened = await opened_gap(world)
    monkeypatch.setattr(sending, "QUICK", COLD / 4)
    dismissed = await world.moderator.click(opened, custom_id=f"do:gap-dismiss:{gap}")
    assert "### Gelassen, wie es ist" in text(answer(dismissed))
    await finish_background(bot_of(world))
    assert log.last_message is not None
    assert "hat **eine Frage von Lesern beiseitegelegt**" in text(log.last_message)


async def test_who_decides_second_is_told_in_a_language_that_is_known_late(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    post = await posted(world)
    await choose_language(world, "de")
    (proposal,) = await proposals(world)
    await in_session(world, lambda session: session.suggestions.approve(proposal.number, sign("discord:1", None)))
    monkeypatch.setattr(sending, "QUICK", COLD / 4)
    late = await world.moderator.click(post, label=views.APPROVE)
    await finish_background(bot_of(world))
    assert "Dieser Vorschlag wurde schon angenommen." in text(late.followups[-1])


async def test_a_change_is_made_though_the_language_is_late_and_deferring_fails(
    world: World, monkeypatch: pytest.MonkeyPatch, recwarn: pytest.WarningsRecorder
) -> None:
    log = await log_channel(world)
    gap, opened = await opened_gap(world)
    monkeypatch.setattr(sending, "QUICK", COLD / 4)
    world.env.inject_error("POST", "/interactions/*/callback", status=404, code=10062)
    gc.freeze()  # so that only what is made from here on is collected below, which takes a second else
    await world.moderator.click(opened, custom_id=f"do:gap-dismiss:{gap}")
    await finish_background(bot_of(world))
    world.env.errors.clear()
    assert await in_session(world, lambda session: session.base.gaps.open()) == ()
    assert log.last_message is not None
    assert "hat **eine Frage von Lesern beiseitegelegt**" in text(log.last_message)
    gc.collect()
    assert not [warning for warning in recwarn if "never awaited" in str(warning.message)]


COMMANDS: dict[str, dict[str, str]] = {
    "ask": {"question": TWITTER_BAN},
    "quote": {},
    "who": {"actor": "Twitter"},
    "timeline": {},
    "network": {},
    "sources": {},
    "check": {"text": "no ads"},
}


@pytest.mark.parametrize("command", COMMANDS)
async def test_so_does_looking_up_the_story_of_the_channel(command: str, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    async def slow(*_: object) -> None:
        await asyncio.sleep(COLD * 2)

    async def slow_scope(*_: object) -> story_scope.StoryScope:
        await asyncio.sleep(COLD * 2)
        return story_scope.StoryScope(None, 0, ())

    monkeypatch.setattr(story_scope, "story_of_channel", slow)
    monkeypatch.setattr(story_scope, "run_briefly", slow_scope)
    monkeypatch.setattr(sending, "QUICK", COLD * 1.5)
    await world.alice.slash(world.channel, command, **COMMANDS[command])
    assert first_callback(world) == DEFERRED


class BroughtService(Service):
    """The real service with a base that is brought from elsewhere each time: whatever needs it waits, also checks."""

    async def _take(self, server: int | None) -> Lease:
        await asyncio.sleep(BRINGING)
        return await super()._take(server)


@pytest.fixture
async def brought(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[World]:
    monkeypatch.setattr(sending, "QUICK", BRINGING / 4)
    monkeypatch.setattr(sending, "LATEST", BRINGING / 2)
    async with BroughtService(settings) as service:
        env = Env(make_bot(service, shard_count=1))
        await env.start()
        yield make_world(env, service)
        await env.shutdown()


EPHEMERAL = 64
OF_MODERATORS: dict[str, dict[str, Any]] = {
    "fact edit": {"fact": "F1"},
    "fact add event": {},
    "fact show": {"fact": "F1"},
    "story import": {"file": ("story.yaml", b"story: {}")},
    "story list": {},
    "settings": {},
    "setup": {},
    "review": {},
}
WITH_FORMS = ("fact edit", "fact add event")


async def test_while_a_base_is_brought_moderators_are_checked_and_told_in_private(brought: World) -> None:
    offer_to_all(brought)
    for name, given in OF_MODERATORS.items():
        refused = await brought.alice.slash(brought.channel, name, **given)
        assert text(answer(refused)) == MODERATORS_ONLY, name
        shown = text(answer(await brought.moderator.slash(brought.channel, name, **given)))
        assert (shown == words.NO_FORM) == (name in WITH_FORMS), (name, shown)
        calls = [request.json for request in brought.env.http_requests if request.path.endswith("/callback")][-2:]
        assert [call["type"] for call in calls if isinstance(call, dict)] == [DEFERRED, DEFERRED]
        assert all(call["data"]["flags"] & EPHEMERAL for call in calls if isinstance(call, dict)), name
    brought.env.errors.clear()


async def test_while_a_base_is_brought_a_reply_can_be_deleted_by_a_moderator(brought: World) -> None:
    reply = await brought.ask(TWITTER_BAN)
    await brought.moderator.click(reply, label=words.DELETE)
    assert [message.id for message in brought.channel.history() if message.id == reply.id] == []
