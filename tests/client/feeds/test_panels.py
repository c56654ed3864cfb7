"""Every panel of feeds and of articles that changed fits into a message, whatever a site says."""

from __future__ import annotations

from typing import Any

import pytest
from discord import ui

from bot.client.feeds.cog import _list_panel
from bot.client.feeds.offers import offer_panel, taken_panel
from bot.client.feeds.rereading import changed_panel
from bot.drafting.comparison import Comparison, StaleCitation
from bot.drafting.intake import Taken
from bot.facts.logbook import sign
from bot.facts.models import Citation, Fact, FactRecord, Source, StoryInfo
from bot.facts.revisions import Applied
from bot.facts.state.feeds import MAX_FEEDS, FeedItem, ItemSeen
from bot.languages import LANGUAGES, speaking
from bot.service.session import Session
from tests.client.forms import in_session
from tests.client.world import World

MAX_TEXT, MAX_PARTS = 4000, 40
LONG = "*" * 2000
LINK = f"https://coast.example/{'a' * 370}"
SOURCE = Source("s", "webpage", LONG, publisher=LONG, url=LINK)


def fact(number: int) -> Fact:
    return Fact(f"f{number}", "passage", f"{number} {LONG}", (Citation("s", "paragraph", LONG),), reviewed=False)


def assert_fits(view: ui.LayoutView) -> None:
    assert view.content_length() <= MAX_TEXT
    assert view.total_children_count <= MAX_PARTS


@pytest.mark.parametrize("chosen", LANGUAGES)
async def test_the_list_fits(chosen: str, world: World) -> None:
    def fill(session: Any) -> ui.LayoutView:
        base = session.base
        with base.transaction():
            for number in range(MAX_FEEDS):
                feed = base.feeds.add(base.stories()[0].id, f"{LINK}{number}", LONG, sign("test", None))
                base.feeds.note_answer(feed.number, [ItemSeen("k", LINK, LONG, fits=True)], [])
                base.feeds.note_failure(feed.number, LONG)
                base.feeds.note_unread(number + 1, LONG)
        assert base.feeds.unread(MAX_FEEDS) is not None
        with speaking(chosen):
            return _list_panel(session, 0)

    assert_fits(await in_session(world, fill))


@pytest.mark.parametrize("chosen", LANGUAGES)
async def test_offers_and_what_was_read_fit(chosen: str, world: World) -> None:
    item = ItemSeen("k", LINK, LONG, LONG, "2021-05-06", (LONG,) * 5, (LONG,) * 5, True)
    compared = Comparison([fact(1)] * 20, [(fact(2), fact(3))] * 20, [fact(4)] * 20)
    taken = Taken(SOURCE, (fact(1),), (), compared, True, Applied(None))
    stale = (FactRecord(12, 3, StoryInfo("m", LONG), fact(5)), StaleCitation(fact(5), LONG, LONG))

    def make(session: Session) -> list[ui.LayoutView]:
        with speaking(chosen):
            return [
                offer_panel(session, FeedItem(1, 1, "m", "waiting", item), LONG),
                taken_panel(taken, LONG, "discord:1"),
                changed_panel(SOURCE, taken, (stale,) * 20),
            ]

    for view in await in_session(world, make):
        assert_fits(view)
