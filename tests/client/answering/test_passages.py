"""Sentences of articles on Discord: what several tell is one entry, marked as not reviewed, and stays so in later pages."""

from __future__ import annotations

import pytest

from bot.facts.logbook import note
from bot.presentation import wording
from bot.presentation.wording import NOT_REVIEWED
from bot.service.session import Session
from tests.answers.told import LATER, LOCAL, WIRE, coverage, with_reviewed
from tests.client.forms import run_to_end
from tests.client.world import World, answer, change_settings, text


@pytest.fixture
async def told(world: World) -> World:
    """A world with articles about a bridge."""
    await run_to_end(world, lambda session: session.base.apply(coverage(WIRE, LOCAL, LATER), by="test"))
    return world


def keep_first(session: Session) -> None:
    first = session.keeping.waiting("bridge", limit=1)[0].record
    session.keeping.keep(first.number, first.revision, note("ann", None))


async def test_what_several_articles_tell_is_shown_once_with_all_its_sources_also_when_it_is_opened(told: World) -> None:
    reply = await told.ask("why was the Harbour Bridge closed?")
    shown = text(reply)
    assert "Told by 3 independent sources." in shown
    assert NOT_REVIEWED in shown
    assert "Divers had found cracks in two piers" not in shown, "that sentence is only cited"
    sources = text(answer(await told.bob.click(reply, label=wording.SOURCES)))
    assert all(outlet in sources for outlet in ("Coast Wire", "Harbour Gazette", "Lake Herald"))


async def test_a_server_may_say_that_only_reviewed_facts_answer(told: World) -> None:
    assert "Market Street" in text(await told.ask("where do the trams stop?"))
    await change_settings(told, only_reviewed=True)
    assert "Market Street" not in text(await told.ask("where do the trams stop?"))


async def test_the_list_of_stories_says_how_much_of_the_coverage_is_reviewed(told: World) -> None:
    listed = text(answer(await told.moderator.slash(told.channel, "story list")))
    assert "bridge · 8 facts · 0 of 8 sentences reviewed, 3 articles" in listed
    assert "69 facts · " not in listed, "where no article was read, nothing is said"
    await run_to_end(told, lambda session: session.base.apply(with_reviewed(coverage(WIRE, LOCAL, LATER)), by="test"))
    listed = text(answer(await told.moderator.slash(told.channel, "story list")))
    assert "bridge · 9 facts · 0 of 8 sentences reviewed, 3 articles" in listed, "what somebody wrote was never to be reviewed"
    await run_to_end(told, keep_first)
    listed = text(answer(await told.moderator.slash(told.channel, "story list")))
    assert "bridge · 9 facts · 1 of 8 sentences reviewed, 3 articles" in listed
