"""The pages of a site: what is on each, that every link leads somewhere, and what a screen reader needs."""

from __future__ import annotations

import json
import re
from collections import Counter
from itertools import pairwise

import pytest

from bot.facts.base import FactBase
from bot.formats.jsonld import CONTEXT
from bot.languages import LANGUAGES, say, speaking
from bot.site.addresses import actor_page, fact_address, fact_embed, fact_page, file_name
from bot.stories.load import load_story, read_story
from tests.site.html import Page
from tests.site.made import BASE_URL, EVIL, HOSTILE, files_of, site_of, site_of_text
from tests.support.paths import HARBOUR, SHIPPED

SITES = {"shipped": lambda: site_of(SHIPPED[0]), "harbour": lambda: site_of(HARBOUR), "hostile": lambda: site_of_text(HOSTILE)}
LINKED_DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)

UNDATED = """
story: {id: gaps, title: Gaps}
sources: {log: {type: webpage, title: Log, publisher: The Log}}
events:
  first: {what: It began., date: 1939/1945, cite: log}
  second: {what: It went on., date: 2011~/2012, cite: log}
  third: {what: It ended., date: 2021-03-04, cite: log}
  fourth: {what: Nobody knows when., cite: log}
"""


def pages(files: dict[str, bytes]) -> dict[str, Page]:
    return {name: Page(content) for name, content in files.items() if name.endswith(".html")}


@pytest.mark.parametrize("site", SITES)
def test_every_link_leads_to_a_file_of_the_site_and_to_a_place_in_it(site: str) -> None:
    files = SITES[site]()
    read = pages(files)
    for path, page in read.items():
        for file, place in page.links_from(path):
            assert file in files, (path, file)
            assert not place or place in read[file].ids, (path, file, place)


@pytest.mark.parametrize("site", SITES)
def test_every_page_has_what_a_screen_reader_needs(site: str) -> None:
    for path, page in pages(SITES[site]()).items():
        assert page.all("html")[0]["lang"], path
        assert page.text_of("title"), path
        assert len(page.all("h1")) == 1, path
        assert len(page.all("main")) == 1, path
        assert [name for name, number in Counter(page.ids).items() if number > 1] == [], path
        levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch(r"h[1-6]", tag)]
        assert levels[0] == 1, path
        assert all(later <= level + 1 for level, later in pairwise(levels)), (path, levels)
        labelled = {label.get("for") for label in page.all("label")}
        for field in page.all("input"):
            assert field["id"] in labelled or field["type"] == "checkbox", (path, field)
        assert all(image.get("alt") is not None for image in page.all("img")), path


def test_no_text_of_a_story_is_taken_for_markup() -> None:
    files = SITES["hostile"]()
    for path, page in pages(files).items():
        assert page.all("b") == [], path
        assert b"<script>alert" not in files[path], path
    assert EVIL in Page(files["index.html"]).text
    assert b"<script" not in files["feed.xml"]
    assert all("<script" not in entry["content_html"] for entry in json.loads(files["feed.json"])["items"])


def test_ids_that_are_no_names_of_files_have_pages_of_their_own() -> None:
    files = SITES["hostile"]()
    ids = ("../up", "Up", "up", "rated")
    assert len({fact_page(fact_id).lower() for fact_id in ids}) == len(ids)
    assert {fact_page(fact_id) for fact_id in ids} <= files.keys()
    assert all(re.fullmatch(r"(?:[a-z0-9_-]+/)*[a-z0-9_-]+\.[a-z]+", name) for name in files), sorted(files)
    assert file_name("lee-safety") == "lee-safety"
    assert fact_address("https://news.example/story", "lee-safety") == f"{BASE_URL}fact/lee-safety.html"


def test_the_first_page_has_every_fact_once_by_date_with_its_sources() -> None:
    page = Page(SITES["harbour"]()["index.html"])
    assert page.text_of("h1") == "The Harbour Bridge closure"
    ids = [name for name in page.ids if name in {fact.id for fact in load_story(HARBOUR).facts}]
    assert ids == ["inspection", "closure", "lee-safety", "ferry", "okoro-warned", "cost", "lee-sorry", "crossings"]
    assert "26 February 2021 What happened Divers under Daniel Okoro found cracks" in page.text
    assert "“Safety comes first, and the bridge is not safe.” — Maria Lee, Mayor of Harbour" in page.text
    assert "press conference · Harbour Gazette · Sources and history" in page.text
    assert "According to Maria Lee: Repairs will cost 4.2 million dollars." in page.text


def test_years_without_a_fact_are_said_as_surely_as_they_are_known() -> None:
    text = Page(site_of_text(UNDATED)["index.html"]).text
    assert "1939–1945 What happened It began." in text
    assert "a shortened period about 2011 – 2012" in text
    assert "about 9 years later 4 March 2021" in text
    assert text.index("It ended.") < text.index("Date not known") < text.index("Nobody knows when.")


def test_the_page_of_a_fact_has_its_sources_its_event_and_its_people() -> None:
    page = Page(SITES["harbour"]()[fact_page("lee-safety")])
    assert page.text_of("h1") == "Quote · Maria Lee · 3 March 2021"
    assert "Quoted word for word by one source." in page.text
    assert "Bridge shut after inspection, Ann Lee, Harbour Gazette, 4 March 2021, paragraph 4" in page.text
    assert "Part of this event The city closed the Harbour Bridge" in page.text
    assert "About Harbour Bridge" in page.text
    assert page.all("link")[0]["href"] == f"{BASE_URL}fact/lee-safety.html"
    event = Page(SITES["harbour"]()[fact_page("closure")])
    assert "Takes part Maria Lee, Harbour Bridge" in event.text
    assert "Said of this event “Safety comes first" in event.text


def test_the_page_of_an_actor_has_what_they_said_first() -> None:
    text = Page(SITES["harbour"]()[actor_page("lee")]).text
    said, events = text.index("Said and claimed"), text.index("What happened")
    assert said < text.index("Safety comes first") < text.index("I am sorry") < text.index("Repairs will cost") < events
    assert "Mayor of Harbour Also called Mayor Lee and the mayor" in text


def test_each_source_has_what_it_is_cited_for_and_where() -> None:
    text = Page(SITES["harbour"]()["sources.html"]).text
    assert "Bridge shut after inspection Ann Lee, Harbour Gazette, 4 March 2021 example.org" in text
    assert "Cited by 6 facts" in text
    assert "Maria Lee: Repairs will cost 4.2 million dollars. paragraph 5" in text


def test_sides_are_shown_where_several_spoke_of_an_event() -> None:
    text = Page(SITES["hostile"]()["sides.html"]).text
    assert "What each side says" in text
    assert text.index("Ann Bell") < text.index("I deny it.")
    files = site_of_text(UNDATED)
    assert "sides.html" not in files
    assert "What each side says" not in Page(files["index.html"]).text


def test_a_claim_that_was_rated_says_so_to_readers_and_to_programs() -> None:
    content = SITES["hostile"]()[fact_page("rated")]
    assert "Harbour Checks: Mostly false (2 of 5)" in Page(content).text
    (data,) = LINKED_DATA.findall(content.decode())
    reviews = [node for node in json.loads(data)["@graph"] if node["@type"] == "ClaimReview"]
    assert [(node["claimReviewed"], node["url"], node["reviewRating"]["ratingValue"]) for node in reviews] == [
        ("It never happened.", "https://example.org/check", 2)
    ]


@pytest.mark.parametrize("site", SITES)
def test_the_page_of_each_fact_says_to_programs_what_it_is(site: str) -> None:
    import pyld

    for path, content in SITES[site]().items():
        if not path.startswith("fact/"):
            continue
        (text,) = LINKED_DATA.findall(content.decode())
        data = json.loads(text)
        assert data["@context"] == {"@base": BASE_URL + path, **CONTEXT}
        fact = data["@graph"][0]
        assert fact["@type"] in ("Event", "Quotation", "Claim")
        assert fact["url"] == BASE_URL + path
        expanded = pyld.jsonld.expand(data)
        assert len(expanded) == len(data["@graph"])
        assert all(node["@id"].startswith(BASE_URL + path) for node in expanded)
        named = {node["@id"] for node in data["@graph"]}
        references = re.findall(r'\{"@id":"([^"]+)"\}', text)
        assert set(references) <= named, path


def test_what_can_be_searched_for_is_each_fact_with_its_people_by_all_their_names() -> None:
    content = SITES["harbour"]()["search.html"].decode()
    (text,) = re.findall(r'<script type="application/json" id="index">(.*?)</script>', content, re.DOTALL)
    index = json.loads(text)
    assert len(index) == 8
    (cost,) = [fact for fact in index if fact["page"] == fact_page("cost")]
    assert cost["text"] == "Maria Lee: Repairs will cost 4.2 million dollars."
    assert cost["beside"].startswith("Claim · 4 March 2021 · ")
    assert "the mayor" in cost["beside"]


def test_a_fact_and_the_time_line_can_be_shown_within_a_page_of_others() -> None:
    files = SITES["harbour"]()
    page = Page(files[fact_embed("lee-safety")])
    assert "“Safety comes first, and the bridge is not safe.” — Maria Lee, Mayor of Harbour" in page.text
    assert page.all("base") == [{"target": "_blank"}]
    assert "Divers under Daniel Okoro" in Page(files["embed/timeline.html"]).text
    assert (
        f'<script src="{BASE_URL}widget.js" data-fact="lee-safety" async></script>' in Page(files[fact_page("lee-safety")]).text
    )
    assert f'<iframe src="{BASE_URL}{fact_embed("lee-safety")}"' in Page(files[fact_page("lee-safety")]).text


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_a_site_speaks_each_language_and_leaves_the_facts_as_they_are(spoken: str) -> None:
    page = Page(site_of(HARBOUR, spoken)["index.html"])
    (whole,) = page.all("html")
    assert whole["lang"] == spoken
    assert whole.get("dir") == ("rtl" if spoken == "ar" else None)
    with speaking(spoken):
        assert say("Skip to the content") in page.text
        assert say("Timeline") in page.text
    assert "Divers under Daniel Okoro found cracks" in page.text
    assert [heading.get("lang") for heading in page.all("h1")] == [None if spoken == "en" else "en"]


def test_a_site_speaks_the_language_of_its_story_where_it_can() -> None:
    for written, spoken in (("de-AT", "de"), ("eo", "en")):
        story = UNDATED.replace("title: Gaps", f"title: Gaps, language: {written}")
        page = Page(site_of_text(story)["index.html"])
        assert page.all("html")[0]["lang"] == spoken


def test_the_same_story_gives_the_same_bytes() -> None:
    with FactBase.memory() as base:
        base.apply(read_story(HOSTILE, "story.yaml"), by="test")
        assert files_of(base, "hostile") == files_of(base, "hostile")


@pytest.mark.parametrize("site", SITES)
def test_every_page_says_in_a_line_what_is_on_it(site: str) -> None:
    for path, page in pages(SITES[site]()).items():
        described = [meta["content"] for meta in page.all("meta") if meta.get("name") == "description"]
        assert path.startswith("embed/") or (len(described) == 1 and described[0]), path


def test_the_line_of_the_first_page_is_the_summary_and_that_of_the_actors_their_names() -> None:
    described = {path: page.all("meta")[2]["content"] for path, page in pages(SITES["harbour"]()).items()}
    assert str(described["index.html"]).startswith("Why the bridge was closed")
    assert str(described["actors.html"]).startswith("Maria Lee, Daniel Okoro")
    assert described[actor_page("lee")] == "Mayor of Harbour"
    assert pages(site_of_text(UNDATED))["index.html"].all("meta")[2]["content"] == "4 facts"


def test_the_item_of_wikidata_of_an_actor_is_named_to_readers_and_to_programs() -> None:
    import pyld

    text = HARBOUR.read_text(encoding="utf-8").replace("    kind: person\n", "    kind: person\n    wikidata: Q918\n", 1)
    files = site_of_text(text)
    assert "https://www.wikidata.org/wiki/Q918" in {link.get("href") for link in Page(files[actor_page("lee")]).all("a")}
    for path in (actor_page("lee"), fact_page("lee-safety")):
        (data,) = LINKED_DATA.findall(files[path].decode())
        nodes = pyld.jsonld.expand(json.loads(data))
        (lee,) = [node for node in nodes if node["@id"] == f"{BASE_URL}{path}#actor/lee"]
        assert lee["https://schema.org/sameAs"] == [{"@id": "https://www.wikidata.org/entity/Q918"}], path
        assert lee["@type"] == ["https://schema.org/Person"]
    assert b"Wikidata" not in files[actor_page("okoro")]
    (data,) = LINKED_DATA.findall(files[actor_page("okoro")].decode())
    assert '"sameAs":"' not in data


def test_the_source_of_a_quotation_opens_at_its_words_that_of_another_fact_at_its_beginning() -> None:
    links = {link.get("href") for link in Page(SITES["harbour"]()[fact_page("lee-safety")]).all("a")}
    words = "Safety%20comes%20first%2C%20and%20the%20bridge%20is%20not%20safe"
    assert f"https://example.org/a#:~:text={words}" in links
    assert "https://example.org/a" in {link.get("href") for link in Page(SITES["harbour"]()[fact_page("closure")]).all("a")}
