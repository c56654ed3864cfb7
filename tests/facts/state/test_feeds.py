"""Feeds and their items in a base: due, failing, offered so often a day, forgotten in time; pages that are read again."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from bot.errors import DecidedError, NotKnownError, UsageError
from bot.facts.base import FactBase
from bot.facts.logbook import sign
from bot.facts.state.feeds import ITEM_DAYS, MAX_OFFERS_A_DAY, MAX_STORED, Feed, ItemSeen
from bot.facts.state.watched_pages import MAX_FAILURES, MAX_LOOKS, PERIOD_DAYS
from bot.stories.load import load_story
from tests.support.paths import HARBOUR

SIGNED = sign("discord:1", None)
NOTHING = {"title": "", "etag": "", "modified": ""}


@pytest.fixture
def base(tmp_path: Path) -> Iterator[FactBase]:
    with FactBase.open(tmp_path / "base.db") as base:
        base.apply(load_story(HARBOUR), by="test")
        yield base


@pytest.fixture
def feed(base: FactBase) -> Feed:
    return base.feeds.add(base.stories()[0].id, "https://coast.example/feed", "Coast Wire", SIGNED)


def items(*numbers: int, fits: bool = True) -> list[ItemSeen]:
    return [
        ItemSeen(
            f"key {number}", f"https://coast.example/{number}", f"Item {number}", "Coast Wire", "2021-05-06", ("Lee",), (), fits
        )
        for number in numbers
    ]


def later(**time: float) -> time_machine.travel:
    return time_machine.travel(datetime.now(UTC) + timedelta(**time), tick=False)


def test_a_new_feed_is_due_at_once_and_then_an_hour_later(base: FactBase, feed: Feed) -> None:
    assert base.feeds.due(5) == (feed,)
    base.feeds.note_answer(feed.number, items(1), ["key 1"], title="The Wire", etag="e", modified="m")
    assert base.feeds.due(5) == ()
    with later(hours=1, minutes=1):
        (due,) = base.feeds.due(5)
    assert (due.title, due.etag, due.modified, due.waiting) == ("The Wire", "e", "m", 1)


def test_an_item_is_taken_in_once_and_of_what_does_not_fit_only_its_key(base: FactBase, feed: Feed, tmp_path: Path) -> None:
    base.feeds.note_answer(feed.number, [*items(1), *items(2, fits=False)], [], **NOTHING)
    base.feeds.note_answer(feed.number, items(1, 2), [], **NOTHING)
    assert base.feeds.new_of(feed.number, ["key 1", "key 2", "key 3"]) == {"key 3"}
    (waiting,) = base.feeds.waiting(10)
    assert waiting.item == items(1)[0]
    with closing(sqlite3.connect(tmp_path / "base.db")) as raw:
        assert raw.execute("SELECT url, title, outlet FROM feed_item WHERE status = 'unfit'").fetchall() == [("", "", "")]


def test_an_item_is_decided_once(base: FactBase, feed: Feed) -> None:
    base.feeds.note_answer(feed.number, items(1, 2), [], **NOTHING)
    first, second = (item.number for item in base.feeds.waiting(10))
    base.feeds.mark(first, "offered")
    base.feeds.mark(first, "read")
    base.feeds.mark(second, "ignored")
    for number in (first, second):
        with pytest.raises(DecidedError):
            base.feeds.mark(number, "read")
        with pytest.raises(DecidedError):
            base.feeds.open_item(number)
    with pytest.raises(NotKnownError):
        base.feeds.item(99)


def test_of_each_feed_so_many_are_offered_in_a_day(base: FactBase, feed: Feed) -> None:
    other = base.feeds.add(feed.story, "https://other.example/feed", "Other", SIGNED)
    base.feeds.note_answer(feed.number, items(*range(50)), [], **NOTHING)
    base.feeds.note_answer(other.number, items(1), [], **NOTHING)
    waiting = base.feeds.waiting(100)
    assert [item.feed for item in waiting].count(feed.number) == MAX_OFFERS_A_DAY
    assert waiting[-1].feed == other.number
    for item in waiting:
        base.feeds.mark(item.number, "offered")
    assert base.feeds.waiting(100) == ()
    with later(days=1, minutes=1):
        assert len(base.feeds.waiting(100)) == MAX_OFFERS_A_DAY


def test_what_no_feed_gives_any_more_is_forgotten_in_time(base: FactBase, feed: Feed) -> None:
    base.feeds.note_answer(feed.number, items(1, 2), [], **NOTHING)
    with later(days=ITEM_DAYS - 1):
        base.feeds.note_answer(feed.number, [], ["key 1"], **NOTHING)
        base.feeds.note_unchanged(feed.number)
    with later(days=ITEM_DAYS, minutes=1):
        base.forget(question_days=30, reply_days=30)
        assert base.feeds.new_of(feed.number, ["key 1", "key 2"]) == {"key 2"}


def test_a_feed_that_gives_ever_new_items_takes_no_more_room(base: FactBase, feed: Feed) -> None:
    for start in range(0, MAX_STORED + 300, 100):
        base.feeds.note_answer(feed.number, items(*range(start, start + 100), fits=False), [], **NOTHING)
    keys = [f"key {number}" for number in range(MAX_STORED + 300)]
    assert base.feeds.new_of(feed.number, keys) == set(keys[:300])


def test_what_is_removed_meanwhile_is_left_alone(base: FactBase, feed: Feed) -> None:
    base.feeds.note_answer(feed.number, items(1), [], **NOTHING)
    (waiting,) = base.feeds.waiting(1)
    base.feeds.remove(feed.number, SIGNED)
    base.feeds.note_answer(feed.number, items(2), [], **NOTHING)
    base.feeds.note_unchanged(feed.number)
    assert not base.feeds.note_failure(feed.number)
    assert base.feeds.all() == ()
    assert base.feeds.next_at() is None
    with pytest.raises(NotKnownError):
        base.feeds.mark(waiting.number, "read")
    with pytest.raises(NotKnownError):
        base.feeds.remove(feed.number, SIGNED)
    assert [entry.action for entry in base.logbook.entries(limit=2)] == ["remove feed", "add feed"]


def test_a_feed_is_followed_once_for_a_story(base: FactBase, feed: Feed) -> None:
    with pytest.raises(UsageError, match="already followed"):
        base.feeds.add(feed.story, feed.url, "Again", SIGNED)
    with pytest.raises(NotKnownError):
        base.feeds.add("nowhere", feed.url, "Again", SIGNED)


def test_a_page_is_read_again_weekly_so_often_and_given_up_where_it_fails(base: FactBase) -> None:
    story = base.stories()[0].id
    source = base.sources(story)[0][1].id
    base.watched_pages.watch(story, source, "https://coast.example/1")
    assert base.watched_pages.due(5) == ()
    for look in range(MAX_LOOKS):
        with later(days=(look + 1) * (PERIOD_DAYS + 1)):
            (page,) = base.watched_pages.due(5)
            base.watched_pages.note_look(page.number, failed=look % 2 == 0)
    assert base.watched_pages.next_at() is None
    base.watched_pages.watch(story, source, "https://coast.example/1")
    for _ in range(MAX_FAILURES):
        assert base.watched_pages.next_at() is not None
        base.watched_pages.note_look(page.number, failed=True)
    assert base.watched_pages.next_at() is None
