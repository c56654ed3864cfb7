"""What feeds offer in the log channel: once, with why it fits; read or ignored at a press, or read at once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import discord
import time_machine
from simcord import ChannelHandle
from simcord.results import to_discord_message

from bot.client.feeds import words
from bot.facts.state.feeds import MAX_OFFERS_A_DAY
from bot.facts.state.watched_pages import MAX_LOOKS
from bot.service.session import Session
from tests.client.feeds.pages import BAN, SENTENCES, STORY, STRANGE, entry, serve_article, serve_feed, visit
from tests.client.forms import in_session
from tests.client.world import (
    World,
    answer,
    bot_of,
    buttons,
    change_settings,
    finish_background,
    last_message,
    log_channel,
    make_world,
    text,
)
from tests.support.feeds import rss
from tests.support.web_site import Site, serve


async def offered(world: World, site: str) -> ChannelHandle:
    """Follow a feed with one article that fits; return the log channel, in which it is offered."""
    channel = await log_channel(world)
    await world.moderator.slash(world.channel, "feed add", link=serve_feed(site, entry(site, 1), entry(site, 2, STRANGE, "")))
    await visit(world)
    return channel


def last(channel: ChannelHandle) -> discord.Message:
    message = last_message(channel)
    assert message is not None
    return message


def as_it_stands(world: World, message: discord.Message) -> discord.Message:
    return to_discord_message(world.env, world.env.backend.get_message(message.channel.id, message.id))


async def unreviewed(world: World) -> list[str]:
    def work(session: Session) -> list[str]:
        return [record.fact.text for record in session.base.all_facts(STORY) if not record.fact.reviewed]

    return await world.service.read(world.guild.id, work)


async def test_an_article_that_fits_is_offered_once_with_headline_outlet_day_and_why(world: World, site: str) -> None:
    channel = await offered(world, site)
    message = last(channel)
    shown = text(message)
    assert shown.startswith("### Does this article belong to the story “Twitter's advertising ban on RT and Sputnik”?")
    assert f"[{BAN}]({site}/news/1)" in shown
    assert "Coast Wire · 6 May 2021" in shown
    assert "It names: RT and Sputnik · Words of the story: bans, " in shown
    assert buttons(message) == [words.READ, words.IGNORE]
    await visit(world)
    assert last(channel).id == message.id


async def test_reading_it_puts_its_sentences_into_the_story(world: World, site: str) -> None:
    serve_article("/news/1")
    channel = await offered(world, site)
    message = last(channel)
    await world.moderator.click(message, label=words.READ)
    await world.env.settle()
    taken = text(as_it_stands(world, message))
    assert taken.startswith("### The article was read into the story")
    assert "4 sentences" in taken
    assert f"<@{world.moderator.id}>" in taken
    assert await unreviewed(world) == list(SENTENCES)
    line = last(channel)
    assert "**read an article**" in text(line)
    assert "-# Why: from a feed" in text(line)
    assert "Undo" in buttons(line)


async def test_an_article_of_a_feed_is_stored_as_one_of_a_link_is(world: World, site: str) -> None:
    """With the same source and sentences, and read again from the page to which its address leads."""

    def stored(session: Session) -> tuple[object, ...]:
        facts = [record.fact for record in session.base.all_facts(STORY) if not record.fact.reviewed]
        source = next(source for source in session.base.story(STORY).sources if source.id == facts[0].citations[0].source)
        return source, facts, session.base._connections.rows("SELECT url, looks_left FROM watched_page", ())

    serve_article("/page")
    serve("/news/1", code=301, Location="/page")
    channel = await offered(world, site)
    await world.moderator.click(last(channel), label=words.READ)
    other = make_world(world.env, world.service, server=world.guild.id + 999_000)
    await other.moderator.slash(other.channel, "article", link=f"{site}/news/1", story=STORY)
    of_feed, of_link = [await in_session(server, stored) for server in (world, other)]
    assert of_feed == of_link
    assert [tuple(row) for row in of_feed[2]] == [(f"{site}/page", MAX_LOOKS)]


async def test_it_is_read_once_and_who_presses_late_is_told(world: World, site: str) -> None:
    serve_article("/news/1")
    channel = await offered(world, site)
    message = last(channel)
    await in_session(world, lambda session: session.feeds.mark(1, "read"))  # while the article is fetched for another press
    late = await world.moderator.click(message, label=words.READ)
    assert text(answer(late)) == "This article has already been read."
    assert await unreviewed(world) == []


async def test_an_article_with_a_day_that_cannot_be_is_offered_without_it(world: World, site: str) -> None:
    channel = await log_channel(world)
    serve("/feed.xml", rss([entry(site, 1)], day="Mon, 01 Jan 0001 00:00:00 GMT"), Content_Type="application/rss+xml")
    await world.moderator.slash(world.channel, "feed add", link=f"{site}/feed.xml")
    await visit(world)
    assert "\nCoast Wire\n" in text(last(channel))


async def test_ignoring_it_ends_it(world: World, site: str) -> None:
    channel = await offered(world, site)
    message = last(channel)
    await world.moderator.click(message, label=words.IGNORE)
    shown = as_it_stands(world, message)
    assert text(shown).startswith(f"<@{world.moderator.id}> **ignored an article**")
    assert buttons(shown) == []
    await visit(world)
    assert last(channel).id == message.id


async def test_readers_may_not_decide(world: World, site: str) -> None:
    channel = await offered(world, site)
    refused = await world.alice.click(last(channel), label=words.READ)
    assert "Only moderators" in text(answer(refused))


async def test_an_article_that_cannot_be_read_stays_on_offer(world: World, site: str) -> None:
    serve("/news/1", code=403)
    channel = await offered(world, site)
    message = last(channel)
    assert "for subscribers" in text(answer(await world.moderator.click(message, label=words.READ)))
    assert buttons(as_it_stands(world, message)) == [words.READ, words.IGNORE]
    serve_article("/news/1")
    await world.moderator.click(message, label=words.READ)
    assert "4 sentences" in text(as_it_stands(world, message))


async def test_where_the_server_says_so_articles_are_read_at_once(world: World, site: str) -> None:
    serve_article("/news/1")
    await change_settings(world, read_feeds=True)
    channel = await offered(world, site)
    line = last(channel)
    assert "**Footnote** **read an article**" in text(line)
    assert await unreviewed(world) == list(SENTENCES)


async def test_they_are_read_without_a_log_channel_too(world: World, site: str) -> None:
    serve_article("/news/1")
    await change_settings(world, read_feeds=True)
    await world.moderator.slash(world.channel, "feed add", link=serve_feed(site, entry(site, 1)))
    await visit(world)
    assert await unreviewed(world) == list(SENTENCES)


async def test_without_a_log_channel_what_cannot_be_read_at_once_stands_in_the_list_and_waits(world: World, site: str) -> None:
    """Those that can be read are, and the others are offered once there is a channel."""
    serve_article("/news/9")
    await change_settings(world, read_feeds=True)
    feed = serve_feed(site, *(entry(site, number, f"{BAN}, part {number}") for number in (1, 2, 9)))
    await world.moderator.slash(world.channel, "feed add", link=feed)
    await visit(world)
    await visit(world)
    assert await unreviewed(world) == list(SENTENCES)
    assert [Site.asked.count(f"/news/{number}") for number in (1, 2, 9)] == [1, 1, 1]
    listed = text(answer(await world.moderator.slash(world.channel, "feed list")))
    assert "2 articles wait" in listed
    assert "⚠ No log channel is chosen" in listed
    assert "could not be read at once: The site says that there is no such page (404). Check the address. (<t:" in listed
    channel = await log_channel(world)
    await visit(world)
    stored = world.env.backend.messages[channel.id].values()
    said = [text(to_discord_message(world.env, message)) for message in stored]
    offers = [message for message in said if "Does this article belong" in message]
    assert len(offers) == 2
    assert all("It could not be read at once: The site says that there is no such page" in offer for offer in offers)
    assert "wait" not in text(answer(await world.moderator.slash(world.channel, "feed list"))).split("\n")[2]


async def test_the_list_says_why_a_feed_cannot_be_read(world: World, site: str) -> None:
    await world.moderator.slash(world.channel, "feed add", link=serve_feed(site, entry(site, 1)))
    serve("/feed.xml", code=503)
    await visit(world)
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=1, minutes=5), tick=True):
        await visit(world)
        listed = text(answer(await world.moderator.slash(world.channel, "feed list")))
    assert "cannot be read since <t:" in listed
    assert "The site takes no more requests at the moment (503). Try again later. (<t:" in listed


async def test_what_cannot_be_read_at_once_is_offered_with_why(world: World, site: str) -> None:
    await change_settings(world, read_feeds=True)
    channel = await offered(world, site)
    message = last(channel)
    assert "It could not be read at once: The site says that there is no such page" in text(message)
    assert buttons(message) == [words.READ, words.IGNORE]


async def test_what_fits_waits_for_a_log_channel(world: World, site: str) -> None:
    await world.moderator.slash(world.channel, "feed add", link=serve_feed(site, entry(site, 1)))
    await visit(world)
    channel = await log_channel(world)
    await visit(world)
    assert BAN in text(last(channel))


async def test_what_could_not_be_sent_is_offered_later(world: World, site: str) -> None:
    channel = await log_channel(world)
    feed = serve_feed(site, *(entry(site, number) for number in range(9)))
    await world.moderator.slash(world.channel, "feed add", link=feed)
    await finish_background(bot_of(world))
    world.env.inject_error("POST", f"/channels/{channel.id}/messages", status=403)

    def offers() -> list[str]:
        stored = world.env.backend.messages[channel.id].values()
        said = [text(to_discord_message(world.env, message)) for message in stored]
        return [message for message in said if "Does this article belong" in message]

    await visit(world)
    assert offers() == [], "what cannot be sent is not tried with all that wait"
    await visit(world)
    assert len(set(offers())) == len(offers()) == 5


async def test_what_the_story_has_is_not_offered(world: World, site: str) -> None:
    serve_article("/news/1")
    channel = await offered(world, site)
    await world.moderator.click(last(channel), label=words.READ)
    other = serve_feed(site, entry(site, 1), path="/other.xml")
    assert "0 of them fit" in text(answer(await world.moderator.slash(world.channel, "feed add", link=other)))


async def test_an_article_of_several_feeds_or_with_a_new_id_is_offered_once(world: World, site: str) -> None:
    channel = await log_channel(world)
    for path in ("/politics.xml", "/world.xml"):
        feed = serve_feed(site, entry(site, 1), path=path)
        said = text(answer(await world.moderator.slash(world.channel, "feed add", link=feed)))
        assert f"{int(path == '/politics.xml')} of them fit" in said
    await visit(world)
    first = last(channel)
    assert BAN in text(first)
    await world.moderator.click(first, label=words.IGNORE)
    items = "".join(
        f"<item><guid>{number}</guid><link>{site}/news/1?utm_source=rss</link><title>{BAN}, part {number}</title></item>"
        for number in range(3)
    )
    serve("/world.xml", f'<rss version="2.0"><channel>{items}</channel></rss>'.encode(), Content_Type="application/rss+xml")
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=2), tick=True):
        await visit(world)
    assert Site.asked.count("/world.xml") == 2
    assert last(channel).id == first.id


async def test_a_feed_that_gives_ever_new_articles_fills_no_channel(world: World, site: str) -> None:
    """Each hour it has a hundred more that fit."""
    channel = await log_channel(world)
    await world.moderator.slash(world.channel, "feed add", link=serve_feed(site, entry(site, 0)))
    start = datetime.now(UTC)
    for hour in range(1, 4):
        serve_feed(site, *(entry(site, 1000 * hour + number) for number in range(100)))
        with time_machine.travel(start + timedelta(hours=2 * hour), tick=True):
            for _ in range(2):
                await visit(world)
    stored = world.env.backend.messages[channel.id].values()
    messages = [text(to_discord_message(world.env, message)) for message in stored]
    assert sum("Does this article belong" in message for message in messages) == MAX_OFFERS_A_DAY
    assert Site.asked.count("/feed.xml") == 4
