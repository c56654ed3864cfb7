"""`/feed` on the real bot: feeds of a site of our own added, listed and removed."""

from __future__ import annotations

import pytest

from bot.client.feeds import words
from bot.client.limits import REFUSALS
from bot.client.text import escape
from bot.facts.logbook import sign
from bot.facts.state.feeds import MAX_FEEDS
from bot.service.session import Session
from tests.client.feeds.pages import BAN, STORY, STRANGE, SUMMARY, entry, serve_feed, visit
from tests.client.forms import in_session
from tests.client.read_articles import STORY as CRANE_STORY
from tests.client.read_articles import read_crane
from tests.client.world import (
    World,
    answer,
    bot_of,
    buttons,
    change_settings,
    finish_background,
    last_message,
    log_channel,
    options,
    text,
)
from tests.support.web_site import Site, serve


async def test_a_feed_is_added_and_it_is_said_what_fits(world: World, site: str) -> None:
    channel = await log_channel(world)
    feed = serve_feed(site, entry(site, 1), entry(site, 2, STRANGE, "Strawberries."))
    said = text(answer(await world.moderator.slash(world.channel, "feed add", link=feed)))
    assert said.startswith("### The feed is followed now\n**Coast Wire**, for the story")
    assert said.endswith("It has 2 items, 1 of them fits the story.")
    await finish_background(bot_of(world))
    line = last_message(channel)
    assert line is not None
    assert f"<@{world.moderator.id}> followed the feed **Coast Wire**" in text(line)


async def test_to_follow_a_feed_is_no_change_of_facts(world: World, site: str) -> None:
    """Else all that is remembered of the facts would be forgotten, and they be looked through for what to encode."""
    before = await in_session(world, lambda session: session.version())
    await world.moderator.slash(world.channel, "feed add", link=serve_feed(site, entry(site, 1)))
    await visit(world)
    assert await in_session(world, lambda session: session.version()) == before


async def test_without_a_log_channel_it_is_said_that_nobody_is_offered_anything(world: World, site: str) -> None:
    feed = serve_feed(site, entry(site, 1))
    assert words.NO_LOG_CHANNEL in text(answer(await world.moderator.slash(world.channel, "feed add", link=feed))).replace(
        "</settings:", "`/settings"
    )


async def second_story(world: World) -> None:
    """Read a second story into the server's base."""
    await world.service.read(world.guild.id, Session.stories)  # its base is made
    await read_crane(world)


async def test_where_there_are_several_stories_it_is_asked_for_which_one(world: World, site: str) -> None:
    await second_story(world)
    feed = serve_feed(site, entry(site, 1))
    shown = await world.moderator.slash(world.channel, "feed add", link=feed)
    assert shown.ephemeral
    assert Site.asked == []
    assert text(answer(shown)) == f"### Which story is this feed for?\n{escape(feed)}"
    assert [option["value"] for option in options(answer(shown))] == [CRANE_STORY, STORY], "the newest first"
    await world.restart()
    await world.moderator.select(answer(shown), values=[STORY])
    assert "### The feed is followed now\n**Coast Wire**, for the story “Twitter's" in text(answer(shown))
    (followed,) = await in_session(world, lambda session: session.feeds.all())
    assert (followed.story, followed.url) == (STORY, feed)


async def test_in_a_channel_of_one_story_it_is_not_asked(world: World, site: str) -> None:
    await second_story(world)
    await change_settings(world, channels={str(world.channel.id): CRANE_STORY})
    await world.moderator.slash(world.channel, "feed add", link=serve_feed(site, entry(site, 1)))
    (followed,) = await in_session(world, lambda session: session.feeds.all())
    assert followed.story == CRANE_STORY


async def test_a_story_that_is_chosen_for_what_is_no_feed_is_asked_for_once_more(world: World, site: str) -> None:
    """So that nothing has to be typed again once the site gives its feed."""
    await second_story(world)
    shown = await world.moderator.slash(world.channel, "feed add", link=f"{site}/feed.xml")
    refused = await world.moderator.select(answer(shown), values=[STORY])
    assert "no such page" in text(answer(refused))
    serve_feed(site, entry(site, 1))
    await world.moderator.select(answer(shown), values=[STORY])
    assert len(await in_session(world, lambda session: session.feeds.all())) == 1


async def test_the_newest_of_many_that_fit_are_offered(world: World, site: str) -> None:
    await log_channel(world)
    feed = serve_feed(site, *(entry(site, number) for number in range(12)))
    said = text(answer(await world.moderator.slash(world.channel, "feed add", link=feed)))
    assert "It has 12 items, 12 of them fit the story, the newest 5 are offered." in said


async def test_a_page_leads_to_its_feed(world: World, site: str) -> None:
    serve_feed(site, entry(site, 1))
    head = '<link rel="alternate" type="application/atom+xml" href="/feed.xml">'
    serve("/", f"<!doctype html><html><head>{head}</head></html>".encode(), Content_Type="text/html")
    await world.moderator.slash(world.channel, "feed add", link=f"{site}/")
    (feed,) = await in_session(world, lambda session: session.feeds.all())
    assert feed.url == f"{site}/feed.xml"


async def test_what_is_no_feed_is_refused_in_a_sentence(world: World, site: str) -> None:
    serve("/page", b"<!doctype html><p>Words</p>", Content_Type="text/html")
    serve("/robots.txt", b"User-agent: *\nDisallow: /private\n")
    for link, sentence in (
        (f"{site}/page", "does not lead to a feed"),
        (f"{site}/none", "no such page"),
        (f"{site}/private/feed", "robots.txt"),
        ("http://127.0.0.2/feed", "private network"),
        ("feed", "This is not a link"),
        ("https://me:secret@coast.example/feed", "name or a password"),
    ):
        assert sentence in text(answer(await world.moderator.slash(world.channel, "feed add", link=link)))
    assert await in_session(world, lambda session: session.feeds.all()) == ()
    assert "/private/feed" not in Site.asked
    assert world.env.errors


async def test_a_feed_that_is_added_counts_as_a_file_does(world: World, site: str) -> None:
    limits = bot_of(world).limits
    limits._most = {kind: (1, *most[1:]) if kind.value == "file" else most for kind, most in limits._most.items()}
    await world.moderator.slash(world.channel, "feed add", link=serve_feed(site, entry(site, 1)))
    another = serve_feed(site, entry(site, 1), path="/another.xml")
    refused = answer(await world.moderator.slash(world.channel, "feed add", link=another))
    assert REFUSALS["member sent"] in text(refused)
    assert "/another.xml" not in Site.asked
    assert world.env.errors


async def test_a_feed_is_followed_once_and_a_server_follows_only_so_many(world: World, site: str) -> None:
    feed = serve_feed(site, entry(site, 1))
    await world.moderator.slash(world.channel, "feed add", link=feed)
    assert "already followed" in text(answer(await world.moderator.slash(world.channel, "feed add", link=feed)))
    signature = sign("test", None)

    def fill(session: object) -> None:
        base = session.base  # type: ignore[attr-defined]
        for number in range(1, MAX_FEEDS):
            base.feeds.add(base.stories()[0].id, f"{site}/{number}", f"Feed {number}", signature)

    await in_session(world, fill)
    another = serve_feed(site, entry(site, 1), path="/another.xml")
    assert f"{MAX_FEEDS} feeds are followed here" in text(
        answer(await world.moderator.slash(world.channel, "feed add", link=another))
    )
    listed = answer(await world.moderator.slash(world.channel, "feed list"))
    assert "Page 1 of 5" in text(listed)
    assert world.env.errors


async def test_the_list_says_how_feeds_stand_and_removes_them(world: World, site: str) -> None:
    assert words.NO_FEEDS.split(".")[0] in text(answer(await world.moderator.slash(world.channel, "feed list")))
    feed = serve_feed(site, entry(site, 1))
    await world.moderator.slash(world.channel, "feed add", link=feed)
    listed = answer(result := await world.moderator.slash(world.channel, "feed list"))
    assert "Coast Wire" in text(listed)
    assert "1 article waits" in text(listed)
    await world.moderator.click(answer(result), label=words.REMOVE)
    assert words.NO_FEEDS.split(".")[0] in text(answer(result))
    assert await in_session(world, lambda session: session.feeds.all()) == ()


@pytest.mark.usefixtures("offered_to_all")
async def test_a_feed_is_removed_by_its_title(world: World, site: str) -> None:
    await world.moderator.slash(world.channel, "feed add", link=serve_feed(site, entry(site, 1)))
    offered = await world.moderator.autocomplete(world.channel, "feed remove", "feed", "coast")
    assert [choice["name"] for choice in offered] == ["Coast Wire"]
    assert await world.alice.autocomplete(world.channel, "feed remove", "feed", "coast") == []
    assert "No such feed" in text(answer(await world.moderator.slash(world.channel, "feed remove", feed="Herald")))
    said = text(answer(await world.moderator.slash(world.channel, "feed remove", feed="Coast Wire")))
    assert said == "**Coast Wire** is no longer followed. What was read from it stays."
    assert world.env.errors


async def test_hostile_words_of_a_feed_do_nothing(world: World, site: str) -> None:
    channel = await log_channel(world)
    hostile = f"{BAN} @everyone [x](http://evil.example) **bold**"
    await world.moderator.slash(world.channel, "feed add", link=serve_feed(site, entry(site, 1, hostile, SUMMARY)))
    await visit(world)
    offered = last_message(channel)
    assert offered is not None
    assert buttons(offered) == [words.READ, words.IGNORE]
    assert "@everyone" not in text(offered)
    assert "[x](http" not in text(offered)
