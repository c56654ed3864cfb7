"""How a site shows that facts changed: history, corrections, withdrawals and feeds; and what it never shows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import feedparser
import pytest

from bot.facts.base import FactBase
from bot.facts.dates import parse_date
from bot.facts.edits import Edit
from bot.facts.logbook import Signature
from bot.facts.models import Citation, Fact
from bot.site.addresses import fact_embed, fact_page
from bot.site.feeds import MAX_ENTRIES
from tests.site.html import Page
from tests.site.made import BASE_URL, files_of, harbour

STORY = "harbour-bridge"
ANN = "Ann Moderator"
SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def change(base: FactBase, fact_id: str, day: str, reason: str | None = None, **fields: Any) -> None:
    (fact,) = [record.fact for record in base.all_facts(STORY) if record.fact.id == fact_id]
    base.revisions.apply(Edit(STORY, facts=(replace(fact, **fields),)), Signature(ANN, reason, f"{day}T12:00:00.000Z"))


def retract(base: FactBase, fact_id: str, day: str, reason: str) -> None:
    base.revisions.apply(Edit(STORY, retract=(fact_id,)), Signature(ANN, reason, f"{day}T12:00:00.000Z"), action="retract")


@pytest.fixture
def base() -> Iterator[FactBase]:
    """A base in which a claim was corrected twice, and a quote withdrawn."""
    with harbour() as base:
        change(base, "cost", "2031-03-05", "The city has corrected it.", text="Repairs will cost 4.5 million dollars.")
        change(base, "cost", "2031-03-06", "wrong day", date=parse_date("2021-03-05"))
        retract(base, "lee-sorry", "2031-03-07", "She did not say it.")
        yield base


def test_a_fact_shows_how_it_came_to_be_as_it_is(base: FactBase) -> None:
    text = Page(files_of(base)[fact_page("cost")]).text
    assert "Corrected 6 March 2031. F7@3 The date was 4 March 2021 Reason: wrong day" in text
    assert "Corrected 5 March 2031. F7@2 Repairs will cost 4.2 4.5 million dollars. Reason: The city has corrected it." in text
    page = Page(files_of(base)[fact_page("cost")])
    assert (page.text_of("del"), page.text_of("ins")) == ("4.2", "4.5")


def test_corrections_are_listed_newest_first_with_old_and_new_words_and_the_reason(base: FactBase) -> None:
    text = Page(files_of(base)["corrections.html"]).text
    first, second, third = (text.index(f"{day} March 2031") for day in (7, 6, 5))
    assert first < second < third
    assert "Withdrawn 7 March 2031. F5@2 Reason: She did not say it." in text
    assert "Repairs will cost 4.2 4.5 million dollars. Reason: The city has corrected it." in text
    with harbour() as unchanged:
        assert "Nothing was corrected so far." in Page(files_of(unchanged)["corrections.html"]).text


def test_a_fact_that_was_withdrawn_says_so_and_why_and_its_words_are_nowhere_else(base: FactBase) -> None:
    files = files_of(base)
    page = Page(files[fact_page("lee-sorry")])
    assert "This fact was withdrawn. Withdrawn 7 March 2031. Reason: She did not say it." in page.text
    assert page.text_of("del") == "“I am sorry for every hour that people lose on the way to work.”"
    assert {"name": "robots", "content": "noindex"} in page.all("meta")
    assert [name for name, content in files.items() if b"I am sorry" in content] == [fact_page("lee-sorry")]
    assert "This fact was withdrawn." in Page(files[fact_embed("lee-sorry")]).text
    assert fact_page("lee-sorry").encode() not in files["sitemap.xml"]


def test_a_fact_that_came_back_is_shown_again_with_its_history(base: FactBase) -> None:
    (number,) = [record.number for record in base.retracted_facts(STORY)]
    base.revisions.revert(number, Signature(ANN, "She did say it.", "2031-03-08T12:00:00.000Z"))
    text = Page(files_of(base)[fact_page("lee-sorry")]).text
    assert "Brought back 8 March 2031. F5@3 Reason: She did say it. Withdrawn 7 March 2031. F5@2" in text
    assert "I am sorry" in Page(files_of(base)["index.html"]).text


def test_who_made_a_change_is_nowhere(base: FactBase) -> None:
    change(base, "ferry", "2031-03-09", "import of corrections-of-ann.yaml", text="A free ferry began to carry people.")
    for name, content in files_of(base, unreviewed=True).items():
        assert b"Moderator" not in content.replace(b"A Moderator", b""), name
        assert b"corrections-of-ann" not in content, name


def test_sentences_of_articles_are_shown_only_if_asked_for_and_are_marked(base: FactBase) -> None:
    read = Fact("read", "passage", "The quay was shut on Friday.", (Citation("gazette", "paragraph", "9"),), reviewed=False)
    base.revisions.apply(Edit(STORY, facts=(read,)), Signature(ANN, "reading of Gazette", "2031-03-09T12:00:00.000Z"))
    assert not any(b"quay was shut" in content for content in files_of(base).values())
    text = Page(files_of(base, unreviewed=True)["index.html"]).text
    assert "The quay was shut on Friday. From the article, not checked by a moderator · Harbour Gazette" in text
    assert "A person has reviewed each" not in text
    kept = replace(read, reviewed=True)  # still a sentence of the newspaper, which is not ours to hand on
    base.revisions.apply(Edit(STORY, facts=(kept,)), Signature(ANN, None, "2031-03-10T12:00:00.000Z"))
    assert not any(b"quay was shut" in content for content in files_of(base).values())


def test_what_was_read_and_then_written_begins_with_what_was_written(base: FactBase) -> None:
    read = Fact("read", "claim", "The quay were shut.", (Citation("gazette", "paragraph", "9"),), reviewed=False)
    base.revisions.apply(Edit(STORY, facts=(read,)), Signature(ANN, "reading of Gazette", "2031-03-09T12:00:00.000Z"))
    change(base, "read", "2031-03-10", text="The quay was shut.", reviewed=True)
    files = files_of(base)
    assert "History Added 10 March 2031. F9@2" in Page(files[fact_page("read")]).text
    assert not any(b"The quay were" in content for content in files.values())


def test_both_feeds_have_the_same_entries_newest_first(base: FactBase) -> None:
    files = files_of(base)
    feed = feedparser.parse(files["feed.xml"])
    assert not feed.bozo
    assert (feed.feed.title, feed.feed.id, feed.feed.updated) == (
        "The Harbour Bridge closure",
        BASE_URL,
        "2031-03-07T12:00:00.000Z",
    )
    entries = json.loads(files["feed.json"])
    assert entries["version"] == "https://jsonfeed.org/version/1.1"
    assert entries["feed_url"] == f"{BASE_URL}feed.json"
    assert [(entry.id, entry.title, entry.link) for entry in feed.entries] == [
        (item["id"], item["title"], item["url"]) for item in entries["items"]
    ]
    assert [entry.title for entry in feed.entries[:3]] == [
        "Withdrawn: F5@2",
        "Corrected: Maria Lee: Repairs will cost 4.5 million dollars.",
        "Corrected: Maria Lee: Repairs will cost 4.5 million dollars.",
    ]
    assert feed.entries[0].id == "urn:footnote:harbour-bridge:lee-sorry:2"
    assert feed.entries[1].link == f"{BASE_URL}{fact_page('cost')}"
    assert "<del>4.2</del> <ins>4.5</ins>" in entries["items"][2]["content_html"]
    assert f'According to <a href="{BASE_URL}actor/lee.html">Maria Lee</a>:' in feed.entries[1].content[0].value
    assert "<p>Bridge shut after inspection, paragraph 5</p>" in feed.entries[1].content[0].value
    assert len({entry.id for entry in feed.entries}) == len(feed.entries) == 10
    for item in entries["items"]:
        Page(item["content_html"].encode())


def test_a_feed_ends_somewhere(base: FactBase) -> None:
    for number in range(MAX_ENTRIES):
        change(base, "cost", "2031-04-01", text=f"Repairs will cost {number} dollars.")
    assert len(json.loads(files_of(base)["feed.json"])["items"]) == MAX_ENTRIES


def test_the_sitemap_names_each_page_with_when_it_changed(base: FactBase) -> None:
    files = files_of(base)
    urls = ElementTree.fromstring(files["sitemap.xml"]).findall("s:url", SITEMAP)
    changed = {url.findtext("s:loc", None, SITEMAP): url.findtext("s:lastmod", None, SITEMAP) for url in urls}
    assert changed[f"{BASE_URL}{fact_page('cost')}"] == "2031-03-06T12:00:00.000Z"
    assert changed[BASE_URL] == "2031-03-07T12:00:00.000Z"
    assert f"{BASE_URL}index.html" not in changed
    pages = {name for name in files if name.endswith(".html") and not name.startswith("embed/")}
    assert len(changed) == len(pages) - 1  # without the one that was withdrawn


def test_a_change_of_what_no_page_shows_is_no_correction(base: FactBase) -> None:
    before = files_of(base)
    change(base, "ferry", "2031-03-09", "one more way to ask", asked_as=("Is there a boat?",))
    after = files_of(base)
    assert before["feed.xml"] == after["feed.xml"]
    assert before["corrections.html"] == after["corrections.html"]
