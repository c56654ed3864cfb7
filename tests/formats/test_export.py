"""ExportedStory stories in other formats, each read by a reader that is not ours."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from pyld import jsonld
from ruamel.yaml import YAML

from bot.facts.base import FactBase
from bot.facts.dates import parse_date
from bot.facts.models import Actor, Citation, Fact, Source, Story, StoryInfo
from bot.formats.export import COLUMNS, FORMATS, FORMULA, defused, read_story_to_export, unstored
from bot.formats.exported_story import ExportedStory
from bot.formats.jsonld import rating
from bot.stories.load import load_story, read_story
from tests.formats.sources import DATES
from tests.support.paths import HARBOUR, MEASURED, SHIPPED
from tests.support.slow import slow

STORY = load_story(HARBOUR)
STORIES = [HARBOUR, *SHIPPED, *slow(MEASURED)]
SCHEMA = "https://schema.org/"


def whole(*facts: Fact, sources: tuple[Source, ...] = STORY.sources) -> ExportedStory:
    """Return a story with these facts more."""
    return unstored(replace(STORY, facts=(*facts, *STORY.facts), sources=sources))


def event(edtf: str, name: str = "new", text: str = "Something happened.") -> Fact:
    return Fact(name, "event", text, (Citation("gazette"),), date=parse_date(edtf))


def calendar(content: ExportedStory) -> dict[str, Any]:
    """Return the events of a calendar, as icalendar reads them, by their uid."""
    read = Calendar.from_ical(FORMATS["ical"].write(content))
    return {str(entry["UID"]): entry for entry in read.walk("VEVENT")}


def slides(content: ExportedStory) -> dict[str, Any]:
    return {slide["unique_id"]: slide for slide in json.loads(FORMATS["timelinejs"].write(content))["events"]}


def graph(content: ExportedStory) -> list[dict[str, Any]]:
    """Return the nodes of JSON-LD, as pyld expands them, without a network."""

    def no_network(url: str, *_: Any) -> Any:
        raise AssertionError(url)

    return jsonld.expand(json.loads(FORMATS["jsonld"].write(content)), {"documentLoader": no_network})  # type: ignore[no-any-return]


def rows(content: ExportedStory) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(FORMATS["csv"].write(content).decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_every_story_goes_out_in_every_format(path: Path, form: str) -> None:
    content = unstored(load_story(path))
    written = FORMATS[form].write(content)
    assert written
    if form in ("story", "timelinejs", "ical", "jsonld", "csv"):
        unfolded = written.decode("utf-8-sig").replace("\r\n ", "")
        shown = content.dated if form in ("timelinejs", "ical") else content.records
        assert all(record.ref in unfolded for record in shown)


def test_the_story_file_comes_back_and_names_revisions() -> None:
    written = FORMATS["story"].write(whole())
    assert read_story(written, "x") == STORY
    assert YAML(typ="safe").load(written)["quotes"]["lee-safety"]["by"] == "lee"
    assert "#   lee-safety: F4@1" in written.decode()


@pytest.mark.parametrize("kept", [False, True])
@pytest.mark.parametrize("form", FORMATS)
def test_sentences_of_articles_are_handed_on_in_no_format(form: str, kept: bool) -> None:
    story = load_story(HARBOUR)
    passage = Fact("gazette-p9-s1", "passage", "The gulls came back at dusk.", (Citation("gazette"),), reviewed=kept)
    with FactBase.memory() as base:
        base.apply(replace(story, facts=(*story.facts, passage)), by="test")
        exported = FORMATS[form].write(read_story_to_export(base, story.info.id))
    assert exported
    assert "gulls" not in str(exported)


def test_revisions_are_those_of_the_base() -> None:
    with FactBase.memory() as base:
        base.apply(STORY, by="test")
        changed = replace(STORY.facts[0], text="Divers found cracks.")
        base.apply(replace(STORY, facts=(changed, *STORY.facts[1:])), by="test")
        content = read_story_to_export(base, "harbour-bridge")
    assert [row["fact"] for row in rows(content)][:2] == ["F1@2", "F2@1"]
    assert "F1.harbour-bridge@footnote" in calendar(content)
    assert calendar(content)["F1.harbour-bridge@footnote"]["SEQUENCE"] == 1


def test_a_day_is_an_all_day_event_with_its_sources() -> None:
    entry = calendar(whole())["F2.harbour-bridge@footnote"]
    assert (entry.decoded("DTSTART"), entry.decoded("DTEND")) == (date(2021, 3, 3), date(2021, 3, 4))
    assert entry["SUMMARY"].startswith("The city closed the Harbour Bridge")
    assert (
        "Bridge shut after inspection, Harbour Gazette, 4 March 2021, paragraph 1 https://example.org/a" in entry["DESCRIPTION"]
    )
    assert entry["DESCRIPTION"].endswith("F2@1")
    assert (entry["LOCATION"], entry["STATUS"], entry["TRANSP"]) == ("Harbour", "CONFIRMED", "TRANSPARENT")


@pytest.mark.parametrize(
    ("edtf", "first", "after", "named"),
    [
        ("2021-03", date(2021, 3, 1), date(2021, 4, 1), "(March 2021) "),
        ("2021-03~", date(2021, 3, 1), date(2021, 4, 1), "(about March 2021) "),
        ("2021-03-04/2021-03-06", date(2021, 3, 4), date(2021, 3, 7), ""),
        ("../2021-03-04", date(2021, 3, 4), date(2021, 3, 5), "(before 4 March 2021) "),
        ("2021-03-04/..", date(2021, 3, 4), date(2021, 3, 5), "(from 4 March 2021) "),
        ("2021-03-04?", date(2021, 3, 4), date(2021, 3, 5), "(possibly 4 March 2021) "),
    ],
)
def test_a_date_that_is_not_certain_is_named_in_the_calendar(edtf: str, first: date, after: date, named: str) -> None:
    entry = calendar(whole(event(edtf)))["F1.harbour-bridge@footnote"]
    assert (entry.decoded("DTSTART"), entry.decoded("DTEND")) == (first, after)
    assert entry["SUMMARY"] == f"{named}Something happened."
    assert entry["STATUS"] == ("TENTATIVE" if named else "CONFIRMED")


def test_what_a_calendar_has_no_day_for_is_counted_in_it() -> None:
    content = whole(event("-0044-03-15"))
    assert "F1.harbour-bridge@footnote" not in calendar(content)
    read = Calendar.from_ical(FORMATS["ical"].write(content))
    assert "Without a date, and so not in this calendar: 2." in str(read["X-WR-CALDESC"])


def broken() -> ExportedStory:
    """Return a story as it may be stored from elsewhere than a file, with line breaks in all its names."""
    source = Source("s", "webpage", "T\nER  - \n\nTY  - BOOK", "P\nQ", url="https://e.org/3", published=parse_date("2020"))
    fact = Fact(
        "e", "event", "A\nEND:VEVENT\nBEGIN:VALARM b", (Citation("s"),), parse_date("2020"), where="Lea\nMill", who=("a",)
    )
    info = StoryInfo("h", "High\nwater", "One\u2028two")
    return unstored(Story(info, (source,), (Actor("a", "Ann\nOak", "person"),), (fact,)))


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "story"])
def test_a_line_break_in_a_name_or_a_title_is_a_space_in_every_other_format(form: str) -> None:
    written = FORMATS[form].write(broken()).decode()
    unfolded = written.replace("\r\n ", "")
    for name in ("High{}water", "Ann{}Oak", "Lea{}Mill", "T{}ER"):
        assert not any(name.format(sign) in unfolded for sign in ("\n", "\\n", "\r\n"))
    assert "T ER" in unfolded.replace("{", "").replace("}", "")  # which BibTeX puts around capitals


def test_a_calendar_with_line_breaks_in_all_its_fields_is_read_whole() -> None:
    content = broken()
    assert list(calendar(content)) == ["F1.h@footnote"]
    read = Calendar.from_ical(FORMATS["ical"].write(content))
    assert (str(read["X-WR-CALNAME"]), str(read["X-WR-CALDESC"])) == ("High water", "One two")


@pytest.mark.parametrize("edtf", DATES)
def test_every_date_finds_its_place(edtf: str) -> None:
    content = whole(event(edtf))
    slide = slides(content)["F1-1"]
    assert set(slide["start_date"]) <= {"year", "month", "day"}
    assert slide["display_date"] == parse_date(edtf).words()
    FORMATS["ical"].write(content)
    graph(content)


def test_a_time_line_has_days_words_and_groups() -> None:
    by_id = slides(whole(event("2021-03-04/2021-03-06"), event("2021-03~", "about")))
    assert by_id["F1-1"]["start_date"] == {"year": 2021, "month": 3, "day": 4}
    assert by_id["F1-1"]["end_date"] == {"year": 2021, "month": 3, "day": 6}
    assert (by_id["F2-1"]["start_date"], by_id["F2-1"]["display_date"]) == ({"year": 2021, "month": 3}, "about March 2021")
    quote = next(slide for slide in by_id.values() if slide["group"] == "Quotes")
    assert quote["text"]["headline"] == "Maria Lee: “Safety comes first…”"
    assert "<blockquote>“Safety comes first, and the bridge is not safe.”</blockquote>" in quote["text"]["text"]
    assert '<a href="https://example.org/a">Bridge shut after inspection' in quote["text"]["text"]
    assert {slide["group"] for slide in by_id.values()} == {"Events", "Quotes", "Claims"}


class Tags(HTMLParser):
    """Notes the tags of a text."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)


def test_nothing_stored_becomes_markup_in_a_time_line() -> None:
    hostile = '<script>alert("x")</script><img src=x onerror=y>'
    bad = Source(
        "bad", "webpage", hostile, hostile, url="https://example.org/\"onmouseover='x'", archive="https://example.org/?<b>"
    )
    fact = replace(event("2021", text=hostile), where=hostile, citations=(Citation("bad"),))
    tags = Tags()
    for slide in slides(whole(fact, sources=(*STORY.sources, bad))).values():
        tags.feed(slide["text"]["headline"] + slide["text"]["text"] + slide["display_date"])
    assert tags.names <= {"p", "small", "a", "br", "blockquote"}


def test_json_ld_says_who_said_what_where() -> None:
    nodes = {node["@id"]: node for node in graph(whole())}
    quote = nodes["urn:footnote:harbour-bridge#F4@1"]
    assert quote["@type"] == [f"{SCHEMA}Quotation"]
    assert quote[f"{SCHEMA}spokenByCharacter"] == [{"@id": "urn:footnote:harbour-bridge#actor/lee"}]
    cited = quote[f"{SCHEMA}citation"][0]
    assert cited[f"{SCHEMA}name"] == [{"@value": "paragraph 4"}]
    source = nodes[cited[f"{SCHEMA}isPartOf"][0]["@id"]]
    assert (source["@type"], source[f"{SCHEMA}url"]) == ([f"{SCHEMA}NewsArticle"], [{"@id": "https://example.org/a"}])
    assert nodes["urn:footnote:harbour-bridge#F2@1"][f"{SCHEMA}startDate"] == [{"@value": "2021-03-03"}]
    triples = jsonld.to_rdf(json.loads(FORMATS["jsonld"].write(whole())))["@default"]
    assert all(
        triple["predicate"]["value"].startswith((SCHEMA, "http://www.w3.org/1999/02/22-rdf-syntax-ns#")) for triple in triples
    )


def test_json_ld_names_the_item_of_wikidata_of_an_actor_that_has_one() -> None:
    text = HARBOUR.read_text(encoding="utf-8").replace("    kind: person\n", "    kind: person\n    wikidata: Q918\n", 1)
    nodes = graph(unstored(read_story(text, "harbour.yaml")))
    same = [node[f"{SCHEMA}sameAs"] for node in nodes if f"{SCHEMA}sameAs" in node]
    assert same == [[{"@id": "https://www.wikidata.org/entity/Q918"}]]


REVIEW = Source(
    "check", "review", "Is it 4.2 million?", "Harbour Checks", published=parse_date("2021-03-09"), url="https://example.org/c",
    details=(("rating", "Mostly false (2 of 5)"),),
)  # fmt: skip


def reviewed(*reviews: Source) -> list[dict[str, Any]]:
    """Return the reviews of three claims that cite a source each: of somebody else, of nobody named, of the reviewer itself."""
    checks = tuple(Citation(review.id) for review in reviews)
    claims = (
        Fact("cost2", "claim", "It costs 9 million.", (Citation("gazette"), *checks), parse_date("2021-03-04"), by=("lee",)),
        Fact("printed", "claim", "It is dear.", (Citation("gazette"), *checks)),
        Fact("own", "claim", "It is very dear.", checks),
        Fact("theirs", "claim", "It is dear, we say.", checks, by=("checks",)),
    )
    actors = (*STORY.actors, Actor("checks", "Harbour Checks", "outlet"))
    story = replace(STORY, facts=(*claims, *STORY.facts), sources=(*STORY.sources, *reviews), actors=actors)
    written = json.loads(FORMATS["jsonld"].write(unstored(story)))
    return [node for node in written["@graph"] if node["@type"] == "ClaimReview"]


def test_a_rated_claim_is_a_claim_review_with_the_fields_that_google_documents() -> None:
    assert b"ClaimReview" not in FORMATS["jsonld"].write(whole())
    first, second = reviewed(REVIEW)
    assert {key: value for key, value in first.items() if key != "@id"} == {
        "@type": "ClaimReview",
        "claimReviewed": "It costs 9 million.",
        "url": "https://example.org/c",
        "datePublished": "2021-03-09",
        "author": {"@type": "Organization", "name": "Harbour Checks", "url": "https://example.org/"},
        "reviewRating": {
            "@type": "Rating",
            "alternateName": "Mostly false",
            "ratingValue": 2,
            "bestRating": 5,
            "worstRating": 1,
        },
        "itemReviewed": {
            "@type": "Claim",
            "identifier": "F1@1",
            "author": {"@type": "Person", "name": "Maria Lee"},
            "datePublished": "2021-03-04",
            "appearance": [{"@type": "CreativeWork", "url": "https://example.org/a"}],
        },
    }
    assert second["claimReviewed"] == "It is dear."
    assert second["itemReviewed"]["author"] == {"@type": "Organization", "name": "Harbour Gazette"}


@pytest.mark.parametrize(
    ("authors", "reviewer"),
    [
        (("Ann Moor", "Bo Sand"), {"@type": "Person", "name": "Ann Moor"}),
        (("Agence France-Presse",), {"@type": "Organization", "name": "Agence France-Presse"}),
        ((), {"@type": "Organization", "name": "example.org"}),
    ],
)
def test_a_review_without_a_publisher_is_by_its_author_or_its_site(authors: tuple[str, ...], reviewer: dict[str, str]) -> None:
    assert reviewed(replace(REVIEW, publisher=None, authors=authors))[0]["author"] == reviewer


def test_what_is_not_rated_or_cannot_be_read_anywhere_is_no_claim_review() -> None:
    assert reviewed(replace(REVIEW, details=())) == []
    assert reviewed(replace(REVIEW, url=None)) == []
    assert reviewed(replace(REVIEW, type="webpage")) == []
    assert {node["reviewRating"]["alternateName"] for node in reviewed(replace(REVIEW, details=(("rating", "False"),)))} == {
        "False"
    }


@pytest.mark.parametrize(
    ("text", "words", "numbers"),
    [
        ("False", "False", None),
        ("Mostly false (2 of 5)", "Mostly false", (2, 5)),
        ("Half true, 3/5", "Half true", (3, 5)),
        ("1 out of 4", "1 out of 4", (1, 4)),
        ("False (9 of 5)", "False (9 of 5)", None),
        ("Four Pinocchios", "Four Pinocchios", None),
        ("Mostly false (2.5 of 5)", "Mostly false", (2.5, 5)),
        ("1,5 / 5", "1,5 / 5", (1.5, 5)),
        ("Größtenteils falsch (2 von 5)", "Größtenteils falsch", (2, 5)),  # as the languages of the form have it
        ("Falso, 1 de 5", "Falso", (1, 5)),
        ("Plutôt faux : 2 sur 5", "Plutôt faux", (2, 5)),
        ("1/2 of 5", "1/2 of 5", None),
        ("-1 of 5", "-1 of 5", None),
        ("4/10/2017", "4/10/2017", None),
        (f"{'9' * 5000} of 5", f"{'9' * 5000} of 5", None),
    ],
)
def test_a_rating_has_its_words_and_its_number(text: str, words: str, numbers: tuple[float, int] | None) -> None:
    rated = rating(text)
    assert rated["alternateName"] == words
    assert (numbers is None and "ratingValue" not in rated) or (rated["ratingValue"], rated["bestRating"]) == numbers


def test_json_ld_says_no_date_that_is_not_certain() -> None:
    node = next(
        entry for entry in json.loads(FORMATS["jsonld"].write(whole(event("2021-03~"))))["@graph"] if entry["@id"] == "#F1@1"
    )
    assert "startDate" not in node
    assert node["disambiguatingDescription"] == "Date: about March 2021"


def test_the_table_has_a_row_for_each_fact() -> None:
    table = rows(whole())
    assert list(table[0]) == list(COLUMNS)
    assert len(table) == len(STORY.facts)
    closure = next(row for row in table if row["id"] == "closure")
    assert (closure["participants"], closure["places"]) == ("Maria Lee | Harbour Bridge", "paragraph 1 | ")
    assert (closure["date"], closure["date_in_words"], closure["independent_sources"]) == ("2021-03-03", "3 March 2021", "2")


@given(text=st.text(max_size=40) | st.sampled_from(FORMULA).map(lambda sign: f"{sign}cmd|' /C calc'!A0"))
def test_no_cell_is_a_formula_and_every_text_comes_back(text: str) -> None:
    cell = defused(text)
    assert not cell.lstrip(" ").startswith(FORMULA)
    assert cell.removeprefix("'") == text or cell == text


def test_a_formula_in_a_story_is_shown_and_not_calculated() -> None:
    fact = replace(event("2021", text='=HYPERLINK("https://example.org","x")'), where="+1")
    row = rows(whole(fact))[0]
    assert (row["text"][:2], row["where"]) == ("'=", "'+1")


def test_an_empty_story_goes_out_too() -> None:
    empty = unstored(Story(STORY.info, (), (), ()))
    for form in FORMATS.values():
        form.write(empty)
