"""A channel that does not take what is followed there: those who look after the server hear once, and nothing is lost."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import discord
import pytest
from simcord import ChannelHandle

from bot.client.follows import words
from bot.facts.state.refusals import MAX_REFUSALS
from tests.client.follows.following import BOUGHT, NOON, add, follow, look, of_channel, told
from tests.client.forms import in_session
from tests.client.world import World, answer, bot_of, log_channel, press, text

HEARD = "⚠ Discord does not let me write in <#"


@pytest.fixture(autouse=True)
def fails_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.client.retrying.PAUSES", ())


async def refusing(world: World, *, status: int = 403, code: int = 50001) -> ChannelHandle:
    """Return a channel that follows the story and refuses its news."""
    news = world.guild.create_text_channel("news")
    await follow(world, world.moderator, channel=news)
    world.env.inject_error("POST", f"/channels/{news.id}/messages", status=status, code=code, times=None)
    await add(world)
    return news


async def let(world: World, minutes: int, start: datetime = NOON) -> None:
    """Let some minutes pass."""
    cog: Any = bot_of(world).get_cog("CatchingUp")
    for minute in range(minutes):
        await cog.minutely()
        await look(world, start + timedelta(minutes=minute))


@pytest.mark.parametrize(("status", "code"), [(403, 50001), (403, 50013), (400, 160005)])
async def test_moderators_hear_once_of_a_channel_that_refuses_news_and_see_it_in_the_list(
    status: int, code: int, world: World
) -> None:
    log = await log_channel(world)
    news = await refusing(world, status=status, code=code)
    await let(world, 2)
    assert not any(said.startswith(HEARD) for said in of_channel(log))
    await let(world, 20)
    (heard,) = [said for said in of_channel(log) if said.startswith(HEARD)]
    assert f"<#{news.id}>, so what is new of “Twitter's advertising ban on RT and Sputnik” waits." in heard
    assert told(world.moderator) == []
    assert "⚠ I may not write there since <t:" in text(answer(await world.moderator.slash(world.channel, "following")))


async def test_what_waited_for_a_channel_is_sent_as_soon_as_it_takes_it(world: World) -> None:
    log = await log_channel(world)
    news = await refusing(world)
    await let(world, 40)
    await add(world, "Twitter sold it.", name="sold")
    world.env.backend.faults.clear()
    before = len(of_channel(news))
    await look(world, NOON + timedelta(hours=2))
    assert len(of_channel(news)) == before, "the next try is far off"
    world.env.backend.announce_channel_update(news.id)
    await world.env.settle()
    await look(world, NOON + timedelta(hours=2, minutes=1))
    *_, said = of_channel(news)
    assert BOUGHT in said
    assert "Twitter sold it." in said
    assert words.WAITS[:10] not in text(answer(await world.moderator.slash(world.channel, "following")))
    world.env.inject_error("POST", f"/channels/{news.id}/messages", status=403, code=50013, times=None)
    await add(world, "Twitter bought it back.", name="back")
    await let(world, MAX_REFUSALS**2)
    assert sum(said.startswith(HEARD) for said in of_channel(log)) == 2, "it is another time"


async def test_what_waited_is_sent_once_a_role_has_other_permissions(world: World) -> None:
    role = world.guild.create_role("Bots", permissions=discord.Permissions(view_channel=True))
    news = await refusing(world)
    await let(world, 40)
    world.env.backend.faults.clear()
    world.env.backend.edit_role(world.guild.id, role.id, {"permissions": discord.Permissions(send_messages=True).value})
    await world.env.settle()
    await look(world, NOON + timedelta(hours=2))
    assert BOUGHT in of_channel(news)[-1]


async def test_without_a_log_channel_whoever_had_the_channel_follow_hears_by_day(world: World) -> None:
    await refusing(world)
    await let(world, 20, NOON.replace(hour=23))
    assert told(world.moderator) == []
    await let(world, 40, NOON + timedelta(days=1))
    (heard,) = told(world.moderator)
    assert heard.startswith(HEARD)
    assert "The newsroom" in heard


async def test_a_log_channel_that_refuses_too_keeps_nobody_from_hearing(world: World) -> None:
    log = await log_channel(world)
    await refusing(world)
    world.env.inject_error("POST", f"/channels/{log.id}/messages", status=403, code=50013, times=None)
    await let(world, 20)
    assert [said.startswith(HEARD) for said in told(world.moderator)] == [True]


async def test_a_channel_that_is_not_followed_any_more_is_not_counted(world: World) -> None:
    await refusing(world)
    await let(world, 20)
    listed = answer(await world.moderator.slash(world.channel, "following"))
    await press(world.moderator, listed, "Unfollow Twitter's advertising ban on RT and Sputnik")
    assert await in_session(world, lambda session: session.refusals.since()) == {}
