"""What is left of a bot that was closed: no thread, no fact base, nothing that was made of one."""

from __future__ import annotations

import gc
import threading
import weakref

import simcord

from bot.cache_budget import BUDGET
from bot.client.start import make_bot
from bot.facts.base import FactBase
from bot.service.service import Service
from bot.service.session import Session
from bot.settings import Settings
from tests.client.feeds.pages import entry, serve_article, serve_feed, visit
from tests.client.forms import in_session
from tests.client.world import TWITTER_BAN, bot_of, finish_background, log_channel, make_world
from tests.support.web_site import own_site, site

__all__ = ["own_site", "site"]


def threads_beside(others: set[threading.Thread]) -> list[str]:
    """Return the names of the threads of the bot that are not among ``others``, once those told to end have ended."""
    ours = [thread for thread in threading.enumerate() if thread.name.startswith("footnote-") and thread not in others]
    for thread in ours:
        thread.join(10)
    return [thread.name for thread in ours if thread.is_alive()]


async def live(settings: Settings, site: str) -> list[weakref.ref[FactBase]]:
    """Start a bot that answers, reads an article and follows a feed, close it, and return its bases if they are still there."""
    async with (
        Service(settings) as service,
        simcord.run(bot := make_bot(service, shard_count=1), strict_sync=False, settle_timeout=60) as env,
    ):
        world = make_world(env, service)
        await log_channel(world)
        serve_article("/news/1")
        await world.ask(TWITTER_BAN)
        await world.moderator.slash(world.channel, "article", link=f"{site}/news/1")
        await world.moderator.slash(world.channel, "feed add", link=serve_feed(site, entry(site, 1)))
        await visit(world)
        await finish_background(bot_of(world))

        def held(session: Session) -> weakref.ref[FactBase]:
            return weakref.ref(session.base)

        kept = [await in_session(world, held)]
        assert "footnote-links_0" in [thread.name for thread in threading.enumerate()]
        assert len(BUDGET)
        await bot.close()
    return kept


async def test_a_closed_bot_leaves_no_thread_and_no_base(settings: Settings, site: str) -> None:
    gc.freeze()  # so that only what is made from here on is collected below
    others, before = set(threading.enumerate()), len(BUDGET)
    kept = await live(settings, site)
    gc.collect()
    assert threads_beside(others) == []
    assert [base() for base in kept] == [None]
    assert len(BUDGET) <= before
