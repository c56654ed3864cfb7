"""Where newer packs are looked for: one address for each story, and for no more stories than there may be."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.errors import DecidedError
from bot.facts.base import FactBase
from bot.facts.logbook import sign
from bot.facts.state.followed_packs import MAX_PACKS
from bot.stories.load import load_story
from tests.support.paths import HARBOUR

STORY, BRIDGE = load_story(HARBOUR), "harbour-bridge"
SIGNED = sign("test", None)


def test_a_story_has_one_address_and_no_more_are_followed_than_there_may_be() -> None:
    with FactBase.memory() as base:
        for number in range(MAX_PACKS + 1):
            base.apply(replace(STORY, info=replace(STORY.info, id=f"story-{number}")), by="test")
        packs = base.followed_packs
        followed = [
            packs.follow(f"story-{number}", f"https://news.example/{number}", "Bridge", SIGNED) for number in range(MAX_PACKS + 1)
        ]
        assert followed == [True] * MAX_PACKS + [False]
        assert packs.follow("story-0", "https://news.example/moved", "Bridge", SIGNED)
        assert packs.of(f"story-{MAX_PACKS}") is None
        assert len(packs.all()) == MAX_PACKS
        moved = packs.of("story-0")
        assert moved is not None
        assert moved.url == "https://news.example/moved"
        base.feeds.add("story-0", "https://news.example/feed", "Feed", SIGNED)  # feeds of articles have a limit of their own


def test_a_newer_pack_takes_the_place_of_one_that_waits_and_is_decided_once() -> None:
    with FactBase.memory() as base:
        base.apply(STORY, by="test")
        packs = base.followed_packs
        packs.follow(BRIDGE, "https://news.example/harbour.pack", "Bridge", SIGNED)
        feed = packs.of(BRIDGE)
        assert feed is not None
        for digest in ("one", "two"):
            item = packs.note(feed, digest, "Bridge")
        (now,) = packs.all()
        assert (now.waiting, item.item.key) == (1, "two")
        assert base.feeds.waiting(10) == (), "it is no article"
        assert packs.open_pack(item.number)[0] == item
        packs.mark(feed.number, "two", "ignored")
        assert packs.note(feed, "two", "Bridge").status == "ignored"
        with pytest.raises(DecidedError, match="leave this pack out"):
            packs.open_pack(item.number)
