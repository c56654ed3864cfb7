"""Articles fetched from a server of our own, which counts as one of the internet only where a test says so."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from bot.errors import UsageError
from bot.facts.base import FactBase
from bot.web.fetching import MAX_BYTES, FeedState, fetch_article, fetch_feed
from tests.support.command_line import Run, home, run
from tests.support.web_site import Site, own_site, page, serve, site

__all__ = ["home", "own_site", "run", "site"]


def refused(address: str, *, seconds: float = 60) -> str:
    with pytest.raises(UsageError) as raised:
        fetch_article(address, seconds=seconds)
    return str(raised.value)


def test_a_page_is_fetched_over_its_redirects(site: str) -> None:
    serve("/old", code=301, Location="/news/crane?id=1")
    serve("/news/crane?id=1", page(), Content_Type="text/html; charset=utf-8")
    article = fetch_article(f"{site}/old")
    assert (article.url, article.name, article.content) == (f"{site}/news/crane?id=1", "crane.html", page())
    assert Site.asked == ["/robots.txt", "/old", "/news/crane?id=1"]
    assert all("Footnote/" in agent for agent in Site.agents)


@pytest.mark.parametrize(
    ("kind", "name"), [("application/pdf", "a.pdf"), ("text/plain", "a.txt"), ("TEXT/HTML", "a.html"), ("", "a.html")]
)
def test_a_file_is_called_as_its_type_says(site: str, kind: str, name: str) -> None:
    Site.pages["/a"] = 200, {"Content-Type": kind} if kind else {}, b"words"
    assert fetch_article(f"{site}/a").name == name


@pytest.mark.parametrize(
    ("code", "sentence"),
    [(404, "no such page (404)"), (402, "subscribers"), (403, "subscribers"), (503, "Try again later"), (500, "hand out")],
)
def test_what_a_site_refuses_is_said(site: str, code: int, sentence: str) -> None:
    serve("/a", page(), code=code)
    assert sentence in refused(f"{site}/a")


def test_what_robots_txt_forbids_is_not_asked_for(site: str) -> None:
    serve("/robots.txt", b"User-agent: *\nDisallow: /paid/*.html\nAllow: /\n\nUser-agent: Otherbot\nDisallow: /\n")
    serve("/paid/a.html", page())
    serve("/free", page(), code=302, Location="/paid/a.html")
    for path in ("/paid/a.html", "/free"):
        assert "robots.txt" in refused(site + path)
    assert "/paid/a.html" not in Site.asked
    serve("/robots.txt", b"User-agent: footnote\nDisallow: /\n")
    assert "robots.txt" in refused(f"{site}/free")


def test_a_robots_txt_that_is_not_there_allows_and_one_that_fails_does_not(site: str) -> None:
    serve("/a", page(), Content_Type="text/html")
    assert fetch_article(f"{site}/a").content
    serve("/robots.txt", code=500)
    assert "robots.txt" in refused(f"{site}/a")


def test_pages_beyond_the_limits_are_refused(site: str) -> None:
    serve("/large", b"x" * (MAX_BYTES + 1), Content_Type="text/html")
    serve("/bomb", gzip.compress(b" " * 20 * MAX_BYTES), Content_Type="text/html", Content_Encoding="gzip")
    serve("/picture", b"x", Content_Type="image/png")
    serve("/round", code=302, Location="/round")
    serve("/away", code=302, Location="file:///etc/passwd")
    assert "may have 5 MB" in refused(f"{site}/large")
    assert refused(f"{site}/bomb")
    assert "image/png" in refused(f"{site}/picture")
    assert "round in a circle" in refused(f"{site}/round")
    assert "away from the web" in refused(f"{site}/away")
    assert "did not answer in time" in refused(f"{site}/slow", seconds=0.3)
    Site.done.set()


def test_nothing_of_a_private_network_is_fetched(own_site: str) -> None:
    serve("/a", page())
    port = own_site.rpartition(":")[2]
    for host in ("127.0.0.1", "localhost", "127.1", "[::ffff:127.0.0.1]", "user:secret@127.0.0.1"):
        assert refused(f"http://{host}:{port}/a")
    assert Site.asked == []


def test_a_redirect_into_a_private_network_is_not_followed(site: str) -> None:
    serve("/a", code=302, Location=f"http://127.0.0.2:{site.rpartition(':')[2]}/secret")
    assert "private network" in refused(f"{site}/a")
    assert "/secret" not in Site.asked


@pytest.mark.parametrize("address", ["https://", "http:///x", "http://[::1", "http://127.0.0.1:abc/", "http://nowhere.invalid/"])
def test_what_is_no_address_is_said_to_be_none(address: str) -> None:
    assert "address" in refused(address)


def test_a_link_is_read_and_read_again_where_its_page_changed(run: Run, site: str) -> None:
    for path in ("/crane", "/crane?utm_source=x"):
        serve(path, page(), Content_Type="text/html")
    (taken,) = map(json.loads, run("read", "--json", f"{site}/crane").stdout.splitlines())
    assert (taken["status"], taken["source"], taken["publisher"]) == ("new", "crane-falls-at-fish-quay", "Coast Wire")
    (taken,) = map(json.loads, run("read", "--json", f"{site}/crane?utm_source=x").stdout.splitlines())
    assert taken["status"] == "same"
    serve("/crane", page("Crane felled").replace(b"June", b"July"), Content_Type="text/html")
    (taken,) = map(json.loads, run("read", "--json", f"{site}/crane").stdout.splitlines())
    assert (taken["status"], len(taken["changed"]), taken["title"]) == ("changed", 1, "Crane felled")


def test_a_link_read_for_a_server_is_read_again_by_the_bot_in_a_week(run: Run, site: str, home: Path) -> None:
    serve("/crane", page(), Content_Type="text/html")
    for server in ((), ("--server", "7")):
        assert run("read", *server, f"{site}/crane").exit_code == 0
    watched = []
    for path in (home / "library.db", home / "servers" / "7.db"):
        with FactBase.open(path) as base, time_machine.travel(datetime.now(UTC) + timedelta(days=8)):
            watched.append([(due.source, due.url) for due in base.watched_pages.due(5)])
    assert watched == [[], [("crane-falls-at-fish-quay", f"{site}/crane")]]


def test_a_page_for_subscribers_or_without_an_article_is_not_taken(run: Run, site: str) -> None:
    serve("/paid", page(isAccessibleForFree=False), Content_Type="text/html")
    serve("/empty", b"<!doctype html><html><body><div id='app'></div></body></html>", Content_Type="text/html")
    result = run("read", f"{site}/paid", f"{site}/empty")
    assert result.exit_code == 2
    assert "shows the whole article to subscribers only" in result.stderr
    assert "No article was found in the page" in result.stderr
    assert "crane" not in run("story", "list").output


def test_a_feed_is_asked_for_by_the_state_in_which_it_was(site: str) -> None:
    serve("/feed", b"<rss/>", ETag='"1"', Last_Modified="Thu, 06 May 2021 08:00:00 GMT", Content_Type="application/octet-stream")
    feed = fetch_feed(f"{site}/feed")
    assert feed is not None
    assert (feed.url, feed.content) == (f"{site}/feed", b"<rss/>")
    assert feed.state == FeedState('"1"', "Thu, 06 May 2021 08:00:00 GMT")
    serve("/feed", code=304)
    assert fetch_feed(f"{site}/feed", feed.state) is None
    assert Site.marks[-1] == ('"1"', "Thu, 06 May 2021 08:00:00 GMT")
    assert "304" in refused_feed(f"{site}/feed"), "nobody said that anything is known"


def test_a_state_that_no_header_can_hold_is_not_sent_back(site: str) -> None:
    serve("/feed", b"<rss/>", ETag='"' + "x" * 1000 + '"')
    feed = fetch_feed(f"{site}/feed")
    assert feed is not None
    assert feed.state == FeedState()


def test_a_feed_is_held_to_the_limits_of_an_article(site: str) -> None:
    serve("/large", b"x" * (MAX_BYTES + 1))
    serve("/private", code=302, Location=f"http://127.0.0.2:{site.rpartition(':')[2]}/feed")
    serve("/gone", code=410)
    serve("/robots.txt", b"User-agent: *\nDisallow: /members\n")
    assert "may have 5 MB" in refused_feed(f"{site}/large")
    assert "private network" in refused_feed(f"{site}/private")
    assert "no such page (410)" in refused_feed(f"{site}/gone")
    assert "robots.txt" in refused_feed(f"{site}/members/feed")


def refused_feed(address: str) -> str:
    with pytest.raises(UsageError) as raised:
        fetch_feed(address)
    return str(raised.value)
