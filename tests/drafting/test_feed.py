"""Feeds read into their items: RSS and Atom, with all that strangers may put into them."""

from __future__ import annotations

import pytest

from bot.drafting.feed import MAX_ITEMS, MAX_SUMMARY, MAX_TITLE, ReadItem, read_feed
from bot.errors import UsageError
from bot.uploads import ON_DISCORD, Limits, call_limited
from tests.support.feeds import atom, rss

PATIENT = Limits(seconds=120, memory=ON_DISCORD.memory)
"""The limits of uploads, but for the time, which a busy machine takes."""

URL = "https://coast.example/feed.xml"
CRANE = ("https://coast.example/crane", "Crane falls at Fish Quay", "<p>A crane fell &amp; <b>nobody</b> was hurt.</p>")


def test_an_item_of_rss_has_its_headline_outlet_and_day() -> None:
    feed = read_feed(rss([CRANE]), URL)
    (item,) = feed.items
    said = (item.url, item.title, item.outlet, item.published, item.summary)
    assert feed.title == "Coast Wire"
    assert said == (CRANE[0], CRANE[1], "Coast Wire", "2021-05-06", "A crane fell & nobody was hurt.")


def test_an_item_of_atom_names_the_paper_that_it_comes_from_and_its_day_is_that_of_utc() -> None:
    (item,) = read_feed(atom([CRANE]), URL).items
    assert (item.outlet, item.published) == ("Harbour Herald", "2021-05-07")


def test_links_are_read_from_where_the_feed_stands_and_only_those_of_the_web() -> None:
    entries = [("/crane", "Crane", ""), ("javascript:alert(1)", "Script", ""), ("file:///etc/passwd", "File", ""), ("", "No", "")]
    assert [item.url for item in read_feed(rss([*entries, ("https://x.example/", "", "")]), URL).items] == [CRANE[0]]


def test_an_item_is_known_again_by_its_id_and_given_once() -> None:
    feed = read_feed(rss([CRANE, CRANE, ("https://coast.example/quay", "Quay", "")]), URL)
    assert len(feed.items) == len({item.key for item in feed.items}) == 2
    assert read_feed(rss([CRANE], title="Another"), URL).items[0].key == feed.items[0].key


def test_a_page_names_its_feed_and_what_is_neither_is_said_to_be_none() -> None:
    head = '<link rel="alternate" type="application/rss+xml" href="/news.xml">'
    page = read_feed(f"<!doctype html><html><head><title>x</title>{head}</head></html>".encode(), "https://coast.example/")
    assert (page.link, page.items) == ("https://coast.example/news.xml", ())
    for content in (b"", b"\x00\xff", b"https://coast.example/feed.xml", b"<!doctype html><p>no feed</p>", b'{"items": []}'):
        with pytest.raises(UsageError, match="does not lead to a feed"):
            read_feed(content, URL)


def test_ten_thousand_items_are_read_within_the_limits_and_the_first_count() -> None:
    entries = ((f"https://coast.example/{number}", f"Item {number}", "word " * 40) for number in range(10_000))
    feed = call_limited(PATIENT, read_feed, rss(entries), URL)
    assert [item.title for item in feed.items] == [f"Item {number}" for number in range(MAX_ITEMS)]
    assert isinstance(feed.items[0], ReadItem)


def test_what_an_item_says_is_cut_and_what_cannot_be_read_is_left_out() -> None:
    long = ("https://coast.example/long", "word " * 1000, "<p>" + "word " * 10_000)
    (item,) = read_feed(rss([long], day="never"), URL).items
    assert len(item.title) <= MAX_TITLE
    assert len(item.summary) <= MAX_SUMMARY
    assert item.published == ""


@pytest.mark.parametrize(
    "day", ["Mon, 01 Jan 0001 00:00:00 GMT", "0099-01-01T00:00:00Z", "Thu, 06 May 9999 08:00:00 GMT", "9999-12-31T23:59:59-14:00"]
)
def test_a_day_that_cannot_be_is_none(day: str) -> None:
    """Programs write the year 1 where they know no day."""
    (item,) = read_feed(rss([CRANE], day=day), URL).items
    assert item.published == ""


def test_entities_neither_explode_nor_open_files() -> None:
    lines = "".join(f'<!ENTITY {chr(98 + number)} "{f"&{chr(97 + number)};" * 10}">' for number in range(12))
    for kinds, name in ((f'<!ENTITY a "ha">{lines}', "m"), ('<!ENTITY x SYSTEM "file:///etc/passwd">', "x")):
        title = f"<title>T &{name};</title>"
        content = f'<?xml version="1.0"?><!DOCTYPE r [{kinds}]><rss version="2.0"><channel>{title}</channel></rss>'
        feed = call_limited(PATIENT, read_feed, content.encode(), URL)
        assert len(feed.title) < 20
        assert "root" not in feed.title
