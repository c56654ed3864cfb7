"""The job that looks at feeds: in turns, asking for what is new alone; what fails stays with its feed and its server."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
import time_machine

from bot.client.feeds import following
from bot.client.feeds.following import MAX_AT_ONCE, MAX_FEEDS, MAX_VISITS, Following
from bot.facts.logbook import sign
from bot.facts.state.feeds import TOLD_AFTER_DAYS
from bot.service import web_reading
from bot.service.web_reading import read_link
from tests.client.feeds.pages import BAN, STORY, article, entry, serve_feed, visit
from tests.client.forms import in_session
from tests.client.world import World, answer, bot_of, last_message, log_channel, make_world, text
from tests.support.feeds import rss
from tests.support.web_site import Site, serve


async def follow(world: World, *addresses: str) -> None:
    def work(session: Any) -> None:
        for number, address in enumerate(addresses):
            session.base.feeds.add(STORY, address, f"Feed {number}", sign("test", None))

    await world.service.read(world.guild.id, lambda session: session.stories())  # its base is made
    await in_session(world, work)


async def hours_later(world: World, hours: float) -> None:
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=hours), tick=True):
        await visit(world)


async def test_a_feed_is_looked_at_once_an_hour_by_the_state_that_is_known(world: World, site: str) -> None:
    await follow(world, serve_feed(site, entry(site, 1), etag='"one"'))
    await visit(world)
    await visit(world)
    assert Site.asked.count("/feed.xml") == 1
    serve("/feed.xml", code=304)
    await hours_later(world, 1.1)
    assert Site.asked.count("/feed.xml") == 2
    assert Site.marks[-1][0] == '"one"'
    (feed,) = await in_session(world, lambda session: session.feeds.all())
    assert (feed.title, feed.failing_since, feed.waiting) == ("Coast Wire", None, 1)


async def test_a_dead_feed_keeps_no_other_from_being_looked_at(world: World, site: str) -> None:
    channel = await log_channel(world)
    serve("/broken.xml", b"\x00\xff nothing", Content_Type="application/rss+xml")
    await follow(world, f"{site}/gone.xml", f"{site}/broken.xml", "http://127.0.0.2/x", serve_feed(site, entry(site, 1)))
    await visit(world)
    message = last_message(channel)
    assert message is not None
    assert BAN in text(message)
    failing = [feed.failing_since is not None for feed in await in_session(world, lambda session: session.feeds.all())]
    assert failing == [True, True, True, False]


async def test_a_failing_feed_is_looked_at_ever_more_rarely_and_told_of_once(world: World, site: str) -> None:
    channel = await log_channel(world)
    await follow(world, f"{site}/gone.xml")
    start, looks = datetime.now(UTC), list[float]()
    while not looks or looks[-1] < 24 * (TOLD_AFTER_DAYS + 3):
        due = datetime.fromisoformat(await in_session(world, lambda session: session.feeds.next_at()))
        looks.append((due - start).total_seconds() / 3600)
        with time_machine.travel(max(due, start) + timedelta(minutes=1), tick=True):
            await visit(world)
    assert Site.asked.count("/gone.xml") == len(looks)
    assert [round(later - earlier) for earlier, later in pairwise(looks)][:6] == [2, 4, 8, 16, 24, 24]
    stored = world.env.backend.messages[channel.id].values()
    assert len([message for message in stored if "A feed cannot be read" in str(message.components)]) == 1
    listed = text(answer(await world.moderator.slash(world.channel, "feed list")))
    assert "cannot be read since <t:" in listed
    serve("/gone.xml", rss([entry(site, 1)]))
    await hours_later(world, looks[-1] + 48)
    (feed,) = await in_session(world, lambda session: session.feeds.all())
    assert feed.failing_since is None


async def test_a_feed_that_does_not_answer_holds_one_thread_of_its_server(world: World, site: str) -> None:
    """However often it is asked for: all else that waits for sites and files has the others."""
    one, other = (bot_of(world).upload_reading.for_server(server) for server in (world.guild.id, world.guild.id + 1))
    asked = [asyncio.create_task(read_link(f"{site}/slow", one)) for _ in range(40)]
    serve("/quick", article(), Content_Type="text/html")
    try:
        assert (await read_link(f"{site}/quick", other)).source.title == BAN
        assert Site.asked.count("/slow") <= 1
    finally:
        for task in asked:
            task.cancel()
        Site.done.set()
        await asyncio.gather(*asked, return_exceptions=True)


async def test_an_error_of_no_known_kind_stays_with_its_feed(
    world: World, site: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    really = web_reading.open_feed

    async def fail(address: str, *given: Any) -> Any:
        if "strange" in address:
            raise ZeroDivisionError
        return await really(address, *given)

    monkeypatch.setattr(following, "open_feed", fail)
    channel = await log_channel(world)
    await follow(world, f"{site}/strange.xml", serve_feed(site, entry(site, 1)))
    await visit(world)
    assert BAN in text(last_message(channel) or pytest.fail("nothing was offered"))
    assert "could not be read" in caplog.text
    assert not bot_of(world).supervisor.failing()
    world.env.errors.clear()


async def test_a_damaged_server_keeps_no_other_from_being_visited(
    world: World, site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = make_world(world.env, world.service, server=world.guild.id + 999_000)
    await follow(world, serve_feed(site, entry(site, 1), path="/one.xml"))
    await follow(other, serve_feed(site, entry(site, 1), path="/other.xml"))
    really = Following._look_after

    async def fail(self: Following, server: int) -> AsyncIterator[bool]:
        if server == world.guild.id:
            raise RuntimeError
        async for step in really(self, server):
            yield step

    monkeypatch.setattr(Following, "_look_after", fail)
    cog: Any = bot_of(world).get_cog(Following.__name__)
    for server in (world, other):
        await cog.on_feeds_changed(server.guild.id)
    await cog.minutely()
    assert "/other.xml" in Site.asked
    assert "/one.xml" not in Site.asked


async def test_a_server_that_was_out_of_reach_is_visited_an_hour_later(world: World, site: str) -> None:
    await follow(world, serve_feed(site, entry(site, 1)))
    guild = bot_of(world).get_guild(world.guild.id)
    assert guild is not None
    guild.unavailable = True
    await visit(world)
    assert "/feed.xml" not in Site.asked
    guild.unavailable = False
    cog: Any = bot_of(world).get_cog(Following.__name__)
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=1, minutes=1), tick=True):
        await cog.minutely()
    assert Site.asked.count("/feed.xml") == 1


async def test_servers_are_visited_over_an_hour_after_a_start(world: World, site: str) -> None:
    await follow(world, serve_feed(site, entry(site, 1)))
    await world.restart()
    cog: Any = bot_of(world).get_cog(Following.__name__)
    await cog.minutely()
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=1, minutes=1), tick=True):
        await cog.minutely()
    assert Site.asked.count("/feed.xml") == 1


async def test_slow_sites_of_some_servers_let_the_feeds_of_others_go_in_between(world: World, site: str) -> None:
    """Counted in what the site was asked for: each server waits for one feed of the others, not for all of them."""
    others = [make_world(world.env, world.service, server=world.guild.id + number * 999_000) for number in (1, 2)]
    slow = [[f"/{name}/{number}.xml" for number in range(MAX_FEEDS)] for name in ("one", "two")]
    for who, paths in zip((world, others[0]), slow, strict=True):
        await follow(who, *(serve_feed(site, entry(site, 1), path=path) for path in paths))
    await follow(others[1], serve_feed(site, entry(site, 1), path="/quick.xml"))
    cog: Any = bot_of(world).get_cog(Following.__name__)
    for other in (world, *others):
        await cog.on_feeds_changed(other.guild.id)
    await cog.minutely()
    fetched = [path for path in Site.asked if path.endswith(".xml")]
    assert sorted(fetched) == sorted([*slow[0], *slow[1], "/quick.xml"])
    assert fetched.index("/quick.xml") <= MAX_AT_ONCE + 2
    indexes = {name: [index for index, path in enumerate(fetched) if path.startswith(name)] for name in ("/one", "/two")}
    assert max(indexes["/one"][0], indexes["/two"][0]) < min(indexes["/one"][-1], indexes["/two"][-1]), "in turns"


async def test_what_is_left_of_many_feeds_of_a_server_is_looked_at_in_the_next_run(world: World, site: str) -> None:
    paths = [f"/{number}.xml" for number in range(MAX_FEEDS + 2)]
    await follow(world, *(serve_feed(site, entry(site, number), path=path) for number, path in enumerate(paths)))
    cog: Any = bot_of(world).get_cog(Following.__name__)
    await cog.on_feeds_changed(world.guild.id)
    for minutes, looked_at in ((0, MAX_FEEDS), (2, MAX_FEEDS + 2)):
        with time_machine.travel(datetime.now(UTC) + timedelta(minutes=minutes), tick=True):
            await cog.minutely()
        assert len({path for path in Site.asked if path in paths}) == looked_at


async def test_of_many_servers_that_are_due_few_are_looked_after_at_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that have waited longest come first, and the rest in the next run."""
    under_way, visited, most = set[int](), list[int](), 0

    async def look_after(self: Following, server: int) -> AsyncIterator[bool]:
        nonlocal most
        for is_last in (False, True):
            under_way.add(server)
            most = max(most, len(under_way))
            await asyncio.sleep(0)
            under_way.discard(server)
            if not is_last:
                yield True
        visited.append(server)

    monkeypatch.setattr(Following, "_look_after", look_after)
    monkeypatch.setattr(bot_of(world), "get_guild", lambda _: world.env.bot.guilds[0])
    cog: Any = bot_of(world).get_cog(Following.__name__)
    servers = range(1, MAX_VISITS + 11)
    for server in servers:
        cog._due[server] = datetime.now(UTC) - timedelta(minutes=server)
    await cog.minutely()
    assert sorted(visited) == list(servers)[10:]
    assert most == MAX_AT_ONCE
    await cog.minutely()
    assert sorted(visited) == list(servers)
