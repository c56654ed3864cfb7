"""Stories on the web: chosen in `/settings`, written anew after each change, removed when taken off; faults stay theirs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from simcord import Env

from bot.client.sites import words
from bot.errors import UsageError
from bot.facts.edits import Edit
from bot.facts.logbook import sign
from bot.service.service import Service
from bot.service.session import Session
from bot.service.sites import ServerSites
from bot.settings import Settings
from bot.storage import deletion
from bot.stories.load import load_story
from tests.client.forms import in_session, open_settings
from tests.client.sites.published import ADDRESS, STORY, folder, look, page, put_on_the_web
from tests.client.world import (
    World,
    bot_of,
    buttons,
    change_settings,
    closed,
    finish_background,
    log_channel,
    make_world,
    minute,
    pick,
    run_deletions,
    text,
)
from tests.support.paths import HARBOUR

REASON = "The paper corrected it."


async def retract(world: World, fact: str = "twitter-ban") -> None:
    def work(session: Session) -> None:
        session.base.revisions.apply(Edit(STORY, retract=(fact,)), sign(f"discord:{world.moderator.id}", REASON))

    await in_session(world, work)


async def add_harbour(world: World) -> None:
    await in_session(world, lambda session: session.base.apply(load_story(HARBOUR), by="test"))


async def test_nothing_is_on_the_web_before_a_moderator_puts_it_there(world: World) -> None:
    await look(world)
    opened = await open_settings(world, page="web")
    assert "**On the web:** nothing" in text(opened)
    assert f"is not on the web. Its address would be <{ADDRESS}/{world.guild.id}/{STORY}/>" in text(opened)
    assert "every correction with the reason that a moderator gave for it" in text(opened)
    assert not folder(world).exists()


async def test_a_story_is_written_at_once_when_it_is_put_on_and_removed_when_it_is_taken_off(world: World) -> None:
    opened = await put_on_the_web(world)
    assert f"is on the web: <{ADDRESS}/{world.guild.id}/{STORY}/>" in text(opened)
    assert "<title>Twitter&#39;s advertising ban on RT and Sputnik" in page(world, "index.html")
    assert f"{ADDRESS}/{world.guild.id}/{STORY}/fact/twitter-ban.html" in page(world, "sitemap.xml")
    await world.moderator.click(opened, label=words.TAKE_OFF)
    await finish_background(bot_of(world))
    assert not folder(world).exists()
    assert buttons(opened)[:1] == [words.PUT_ON]


async def test_a_change_of_a_fact_is_on_the_web_after_a_minute_without_the_name_of_who_made_it(world: World) -> None:
    await put_on_the_web(world)
    await retract(world)
    assert REASON not in page(world, "fact/twitter-ban.html")
    await look(world)
    assert REASON in page(world, "fact/twitter-ban.html")
    assert REASON in page(world, "feed.xml")
    written = b"".join(path.read_bytes() for path in folder(world).rglob("*") if path.is_file())
    assert str(world.moderator.id).encode() not in written
    assert b"moderator" not in written


async def test_without_a_change_nothing_is_written_anew(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    await put_on_the_web(world)
    await look(world)
    monkeypatch.setattr(ServerSites, "write", None)
    await look(world)
    await change_settings(world, sureness="bold")
    await look(world)


async def test_what_changed_while_the_bot_was_away_is_written_after_its_start(world: World) -> None:
    await put_on_the_web(world)
    await retract(world)
    await closed(world)
    await world.restart()
    await look(world)
    assert REASON in page(world, "fact/twitter-ban.html")


async def test_of_several_stories_each_is_put_on_the_web_by_itself(world: World) -> None:
    await add_harbour(world)
    opened = await open_settings(world, page="web")
    assert words.PUT_ON not in buttons(opened), "first, the story is chosen"
    await pick(world.moderator, opened, "1")
    await world.moderator.click(opened, label=words.PUT_ON)
    await finish_background(bot_of(world))
    assert [site.name for site in folder(world).iterdir()] == ["harbour-bridge"]
    assert "**On the web:** The Harbour Bridge closure" in text(opened)
    await pick(world.moderator, opened, "0")
    await world.moderator.click(opened, label=words.PUT_ON)
    await finish_background(bot_of(world))
    assert sorted(site.name for site in folder(world).iterdir()) == ["harbour-bridge", STORY]


async def test_a_site_that_cannot_be_written_is_said_once_stays_as_it_was_and_is_tried_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = await log_channel(world)
    await add_harbour(world)
    await change_settings(world, published_stories=(STORY, "harbour-bridge"))
    await look(world)
    before = page(world, "index.html")
    write = ServerSites.write

    def failing(sites: ServerSites, story: str) -> None:
        if story == STORY:
            raise UsageError("/srv/sites cannot be written: no space is left.")
        write(sites, story)

    monkeypatch.setattr(ServerSites, "write", failing)
    await retract(world)
    await in_session(world, lambda session: session.base.revisions.apply(
        Edit("harbour-bridge", retract=("cost",)), sign("test", REASON)))  # fmt: skip
    for _ in range(3):
        await minute(world)
        await look(world)
    said = [text(message) for message in log.history() if "could not be written" in text(message)]
    assert said == [words.FAILED.replace("{story}", "Twitter's advertising ban on RT and Sputnik")], "once, and without a path"
    assert page(world, "index.html") == before
    assert REASON in page(world, "corrections.html", "harbour-bridge"), "the other story is written"
    monkeypatch.setattr(ServerSites, "write", write)
    for _ in range(4):
        await minute(world)
        await look(world)
    assert REASON in page(world, "corrections.html")


async def test_a_fault_in_one_server_leaves_the_others_alone(
    simcord_env: Env, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = make_world(simcord_env, world.service)
    for server in (world, other):
        await change_settings(server, published_stories=(STORY,))
    published = ServerSites.published

    def failing(sites: ServerSites) -> object:
        if sites._folder == folder(world):
            raise RuntimeError
        return published(sites)

    monkeypatch.setattr(ServerSites, "published", failing)
    await look(world)
    assert page(other, "index.html")
    assert not page(world, "index.html")


async def test_a_folder_of_somebody_else_is_left_alone(world: World) -> None:
    (folder(world) / STORY).mkdir(parents=True)
    (folder(world) / STORY / "mine.txt").write_text("mine")
    (folder(world) / "others").mkdir()
    (folder(world) / "others" / "notes.txt").write_text("mine")
    await put_on_the_web(world)
    assert (folder(world) / STORY / "mine.txt").read_text() == "mine"
    assert (folder(world) / "others" / "notes.txt").read_text() == "mine"
    assert not page(world, "index.html")


async def test_what_a_run_that_was_stopped_left_is_removed(world: World) -> None:
    left = folder(world) / f".{STORY}.abc" / "fact"
    left.mkdir(parents=True)
    (left / "half.html").write_text("half")
    await put_on_the_web(world)
    assert [site.name for site in folder(world).iterdir()] == [STORY]


async def test_where_the_bot_is_removed_the_sites_go_at_once_and_come_back_with_it(world: World) -> None:
    await put_on_the_web(world)
    settings = world.service.settings
    deletion.plan(settings, world.guild.id, left=True)
    assert not folder(world).exists()
    deletion.cancel(settings, world.guild.id)
    await look(world)
    assert page(world, "index.html")


async def test_a_deleted_server_has_no_sites(world: World) -> None:
    await put_on_the_web(world)
    deletion.plan(world.service.settings, world.guild.id, left=False, days=0)
    assert page(world, "index.html"), "until the day comes all is as before"
    await run_deletions(world)
    assert not folder(world).exists()


class TestWithoutAFolder:
    """The operator has not set where sites are to be."""

    @pytest.fixture
    def settings(self, tmp_path: Path) -> Settings:
        return Settings(tmp_path)

    async def test_a_moderator_is_told_so_and_can_put_nothing_on_the_web(self, world: World) -> None:
        opened = await open_settings(world, page="web")
        assert words.NOT_WRITTEN in text(opened)
        assert words.PUT_ON not in buttons(opened)

    async def test_nothing_is_written_even_where_it_was_chosen_before(self, world: World, service: Service) -> None:
        await change_settings(world, published_stories=(STORY,))
        await look(world)
        assert not [*service.settings.home.rglob("index.html")]


def test_the_folder_may_be_anywhere_and_the_address_has_one_slash(tmp_path: Path) -> None:
    settings = replace(Settings(tmp_path / "home"), sites_folder=str(tmp_path / "www"), sites_address=f"{ADDRESS}/a/")
    assert settings.sites_of(7) == (tmp_path / "www" / "7", f"{ADDRESS}/a/7/")
