"""Who is told in person: members alone, and whoever may be one is told later."""

from __future__ import annotations

from typing import Any

import discord
import pytest

from bot.answers.models import Answer
from bot.client import words
from bot.client.contributions import views
from bot.client.logbook import notices
from bot.errors import BusyError
from bot.facts.files import LATE
from bot.facts.logbook import sign
from bot.service.service import Service
from bot.service.session import Session
from tests.client.forms import in_session
from tests.client.suggestions import posted
from tests.client.world import (
    UNANSWERED,
    World,
    ask_and_wait,
    bot_of,
    closed,
    finish_background,
    last_direct_message,
    minute,
)


@pytest.fixture(autouse=True)
def fails_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.client.retrying.PAUSES", ())


def solve(session: Session) -> None:
    (gap,) = session.base.gaps.open()
    session.gaps.answered_by(gap.number, session.gaps.near(gap.number)[0].number, sign("command line: ann", None))


async def waiting(world: World) -> list[int]:
    """Return who waits for an answer."""

    def users(session: Session) -> list[int]:
        return [user for number in session.base.gaps.awaiting_notice() for user in session.gaps.followers(number).users]

    return list(await in_session(world, users))


async def approve(world: World, post: discord.Message) -> None:
    await world.moderator.click(post, label=views.APPROVE)
    await finish_background(bot_of(world))


async def test_who_left_the_server_is_told_nothing_and_forgotten(world: World) -> None:
    for who in (world.alice, world.bob):
        await ask_and_wait(world, who)
    await in_session(world, solve)
    world.guild.remove_member(world.alice)
    said = len(world.channel.history())
    await minute(world)
    assert last_direct_message(world.alice) == ""
    assert UNANSWERED in last_direct_message(world.bob)
    assert len(world.channel.history()) == said, "nobody is looked for in the channel"
    assert await waiting(world) == []


@pytest.mark.parametrize(("status", "code"), [(503, 0), (403, 50001), (404, 10004)])
async def test_where_discord_does_not_say_who_is_a_member_nobody_is_told_until_it_does(
    status: int, code: int, world: World
) -> None:
    for who in (world.alice, world.bob):
        await ask_and_wait(world, who)
    await in_session(world, solve)
    world.env.inject_error("GET", f"/guilds/*/members/{world.alice.id}", status=status, code=code, times=2)
    await minute(world)
    assert last_direct_message(world.alice) == ""
    assert UNANSWERED in last_direct_message(world.bob)
    assert await waiting(world) == [world.alice.id]
    await closed(world)
    await minute(world)
    assert last_direct_message(world.alice) == ""
    await closed(world)
    for _ in range(3):
        await minute(world)
    assert UNANSWERED in last_direct_message(world.alice)
    assert [len(who.user.dm_channel.history()) for who in (world.alice, world.bob)] == [1, 1]
    assert await waiting(world) == []


async def test_who_left_is_forgotten_after_a_restart_too(world: World) -> None:
    await ask_and_wait(world, world.alice)
    await in_session(world, solve)
    world.env.inject_error("GET", "/guilds/*/members/*", status=503)
    await minute(world)
    world.guild.remove_member(world.alice)
    await world.restart()
    await minute(world)
    assert last_direct_message(world.alice) == ""
    assert await waiting(world) == []


async def test_an_author_who_left_is_not_told_what_became_of_a_suggestion(world: World) -> None:
    post = await posted(world)
    world.guild.remove_member(world.alice)
    await approve(world, post)
    await minute(world)
    assert last_direct_message(world.alice) == ""


async def test_an_author_who_may_be_a_member_is_told_once_discord_says_so(world: World) -> None:
    post = await posted(world)
    world.env.inject_error("GET", f"/guilds/*/members/{world.alice.id}", status=503)
    await approve(world, post)
    assert last_direct_message(world.alice) == ""
    await closed(world)
    for _ in range(3):
        await minute(world)
    assert last_direct_message(world.alice).startswith(notices.TAKEN.partition("\n")[0])
    assert len(world.alice.user.dm_channel.history()) == 1


async def test_a_question_that_takes_too_long_is_asked_later_and_the_others_are_told(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await ask_and_wait(world, world.alice)
    await in_session(world, solve)
    slow = "Who paid for the cheese on the moon?"
    await world.bob.send(world.channel, f"{world.mention} {slow}")
    await world.bob.click(world.last, label=words.TELL_ME)
    await in_session(world, solve)
    ask = Service.ask

    async def late(service: Service, server: int | None, question: str, **options: Any) -> Answer:
        if question == UNANSWERED:
            raise BusyError(LATE)
        return await ask(service, server, question, **options)

    with monkeypatch.context() as patch:
        patch.setattr(Service, "ask", late)
        await minute(world)
    assert last_direct_message(world.alice) == ""
    assert slow in last_direct_message(world.bob)
    for _ in range(2):
        await minute(world)
    assert UNANSWERED in last_direct_message(world.alice)
    assert [len(who.user.dm_channel.history()) for who in (world.alice, world.bob)] == [1, 1]
