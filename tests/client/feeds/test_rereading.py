"""Articles that were read from a link are read again a week later, and moderators see what changed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import discord
import time_machine
from simcord import ChannelHandle
from simcord.results import to_discord_message

from bot.client.feeds import words
from bot.facts.edits import Edit
from bot.facts.logbook import sign
from bot.facts.models import Citation
from bot.facts.state.watched_pages import MAX_FAILURES, MAX_LOOKS, PERIOD_DAYS
from bot.service.session import Session
from bot.service.web_reading import read_link
from tests.client.feeds.pages import SENTENCES, STORY, article, serve_article, visit
from tests.client.forms import in_session
from tests.client.world import World, answer, bot_of, buttons, change_settings, log_channel, text
from tests.support.web_site import Site, serve


async def read_page(world: World, site: str) -> str:
    """Read the article of a page into the story, and return its source."""
    serve_article("/news/1")
    link = f"{site}/news/1"
    read = await read_link(link, bot_of(world).upload_reading.for_server(world.guild.id))
    result = await in_session(world, lambda session: session.articles.take(read, sign("test", None), story=STORY))
    return str(result.taken.source.id)


@asynccontextmanager
async def weeks_later(world: World, weeks: float = 1) -> AsyncIterator[None]:
    """Let weeks pass, and the bot visit the server then."""
    with time_machine.travel(datetime.now(UTC) + timedelta(weeks=weeks, minutes=1), tick=True):
        await visit(world)
        yield


def messages(world: World, channel: ChannelHandle) -> list[discord.Message]:
    return [to_discord_message(world.env, message) for message in world.env.backend.messages.get(channel.id, {}).values()]


async def test_what_changed_on_a_page_is_told_sentence_by_sentence(world: World, site: str) -> None:
    source = await read_page(world, site)
    channel = await log_channel(world)

    def keep(session: Session) -> None:
        fact = replace(session.base.facts([1])[0].fact, id="kept", citations=(Citation(source, "paragraph", "3"),))
        session.base.revisions.apply(Edit(STORY, facts=(fact,)), sign("test", None))

    await in_session(world, keep)
    changed = SENTENCES[1].replace("2016", "2015")
    serve_article("/news/1", article(sentences=(SENTENCES[0], changed, SENTENCES[3], "The talks in Berlin begin on Monday.")))
    async with weeks_later(world):
        notice = next(message for message in messages(world, channel) if text(message).startswith(words.CHANGED))
        shown = text(notice)
        assert "1 sentence is new, 1 sentence is different and 1 sentence is gone" in shown
        assert f"- ~~{SENTENCES[1]}~~ → {changed}" in shown
        assert "- **+** The talks in Berlin begin on Monday." in shown
        assert f"- ~~{SENTENCES[2]}~~" in shown
        assert "These facts cite a paragraph that has changed" in shown
        assert "(paragraph 3; a sentence of it is gone or different)" in shown
        assert not [message for message in messages(world, channel) if "**read an article**" in text(message)]
        asked = await world.moderator.click(notice, label="Undo")
        await world.moderator.click(answer(asked), label=buttons(answer(asked))[0])
        texts = await in_session(world, lambda session: [record.fact.text for record in session.base.all_facts(STORY)])
        assert set(SENTENCES) <= set(texts)
        assert changed not in texts


async def test_a_page_that_is_as_it_was_is_no_news_and_is_left_after_some_weeks(world: World, site: str) -> None:
    await read_page(world, site)
    channel = await log_channel(world)
    for week in range(1, MAX_LOOKS + 3):
        async with weeks_later(world, week * 1.01):
            pass
    assert Site.asked.count("/news/1") == 1 + MAX_LOOKS
    assert messages(world, channel) == []


async def test_nothing_is_asked_for_before_a_week_has_passed(world: World, site: str) -> None:
    await read_page(world, site)
    async with weeks_later(world, (PERIOD_DAYS - 1) / 7):
        pass
    assert Site.asked.count("/news/1") == 1


async def test_a_server_may_say_that_no_page_is_asked_for(world: World, site: str) -> None:
    await read_page(world, site)
    await change_settings(world, reread_articles=False)
    async with weeks_later(world, 2):
        pass
    assert Site.asked.count("/news/1") == 1


async def test_a_page_that_is_another_article_now_changes_nothing(world: World, site: str) -> None:
    """As where a site leads the address of what it has taken down to its front page."""
    await read_page(world, site)
    channel = await log_channel(world)
    others = tuple(f"The village of Elmford opened its {number}th flower show on Sunday." for number in range(4, 10))
    serve_article("/news/1", article("Flower show opens", others))
    async with weeks_later(world):
        (notice,) = messages(world, channel)
        assert text(notice).startswith("### A page is no longer the article that was read")
        texts = await in_session(world, lambda session: [fact.fact.text for fact in session.base.all_facts(STORY)])
        assert set(SENTENCES) <= set(texts)
        assert not set(others) & set(texts)
    async with weeks_later(world, 2.1):
        pass
    assert Site.asked.count("/news/1") == 2


async def test_a_page_that_is_gone_is_given_up(world: World, site: str) -> None:
    await read_page(world, site)
    serve("/news/1", code=404)
    for week in range(1, MAX_FAILURES + 3):
        async with weeks_later(world, week * 1.01):
            pass
    assert Site.asked.count("/news/1") == 1 + MAX_FAILURES


async def test_an_article_of_which_nothing_is_left_is_read_no_more(world: World, site: str) -> None:
    await read_page(world, site)

    def undo(session: Session) -> None:
        entry = session.logbook.last_change()
        assert entry is not None
        session.changes.undo_once(entry.change or 0, sign("test", None))

    await in_session(world, undo)
    for week in (1, 2.1):
        async with weeks_later(world, week):
            pass
    assert Site.asked.count("/news/1") == 2


async def test_settings_offer_what_is_read_by_itself(world: World) -> None:
    shown = await world.moderator.slash(world.channel, "settings")
    await world.moderator.select(answer(shown), values=["articles"])
    page = text(answer(shown))
    assert "### Articles and feeds" in page
    assert "**Articles of feeds:** Offer them" in page
    assert "**Articles that change:** Read again from their links" in page
    assert buttons(answer(shown)) == ["Back"]
