"""Sources and facts as wikitext, read by mwparserfromhell as Wikipedia's programs read it."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import mwparserfromhell
import pytest
from hypothesis import given, settings
from mwparserfromhell.nodes import Template

from bot.facts.dates import parse_date
from bot.facts.models import Citation, Fact, FactRecord, Source, StoryInfo
from bot.formats import wikitext
from bot.formats.cite import CitedSource, cite_fact, cite_sources
from bot.formats.wikitext_templates import TEMPLATES
from bot.resources import stories_folder
from bot.stories.csl_terms import Details, make_details
from bot.stories.load import load_story
from tests.formats.sources import details, sources

PAPER = Source(
    "paper",
    "article-newspaper",
    "Bridge shut",
    "Harbour Gazette",
    ("Ann Lee", "Martin King Jr.", "Harbour Council"),
    parse_date("2021-03-04"),
    "https://example.org/a",
    "https://web.archive.org/web/20210305101500/https://example.org/a",
    details=make_details([("accessed", "2021-04-01"), ("page", "4-6")]),
)
PARAMETERS = {template.name: template.parameters for template in TEMPLATES}


def templates(text: str) -> list[Template]:
    """Return the citation templates of a text; ``{{!}}`` is a sign."""
    return list(mwparserfromhell.parse(text.replace("{{!}}", "&#124;")).filter_templates())


def values(template: Template) -> dict[str, str]:
    """Return the parameters of a template as readers see them."""
    return {str(parameter.name).strip(): html.unescape(str(parameter.value).strip()) for parameter in template.params}


def only(text: str) -> tuple[str, dict[str, str]]:
    """Return the name and the parameters of the one template of a text."""
    (template,) = templates(text)
    return str(template.name).strip(), values(template)


def record(fact: Fact, *cited: Source, language: str = "en") -> FactRecord:
    return FactRecord(12, 3, StoryInfo("s", "S", language=language), fact, sources=cited)


CASE = Source(
    "case",
    "legal_case",
    "Harbour Council v. Holm & Sons",
    "Supreme Court of Lydmouth",
    (),
    parse_date("2019-05-02"),
    "https://example.org/case",
    "https://web.archive.org/web/20210305101500/https://example.org/case",
    details=make_details(
        [("authority", "Supreme Court of Lydmouth"), ("container-title", "Lydmouth Reports"), ("volume", "12"), ("page", "345")]
    ),
)


def test_a_case_is_cited_with_its_parties_its_court_and_where_it_is_reported() -> None:
    text = cite_sources([CitedSource(CASE, Citation("case", "page", "351"))], "wikitext")
    assert only(text) == (
        "cite court",
        {
            "litigants": "Harbour Council v. Holm & Sons",
            "url": "https://example.org/case",
            "reporter": "Lydmouth Reports",
            "court": "Supreme Court of Lydmouth",
            "vol": "12",
            "opinion": "345",
            "date": "2 May 2019",
            "pinpoint": "351",
        },
    )
    assert text.endswith(f"}} [{CASE.archive} Archived copy].")


def test_a_case_of_no_reporter_goes_by_its_number_and_one_of_a_story_by_its_publisher() -> None:
    numbered = replace(CASE, details=make_details([("number", "[2020] LSC 12")]), archive=None)
    _, parameters = only(cite_sources([CitedSource(numbered, Citation("case", "paragraph", "4"))], "wikitext"))
    assert (parameters["opinion"], parameters["pinpoint"]) == ("[2020] LSC 12", "paragraph 4")
    assert parameters["court"] == "Supreme Court of Lydmouth"
    assert not parameters.keys() & {"reporter", "vol"}
    printed = replace(numbered, publisher="Law Press", details=make_details([("authority", "Harbour County Court")]))
    assert only(cite_sources([CitedSource(printed)], "wikitext"))[1]["court"] == "Harbour County Court"


def test_a_newspaper_is_cited_with_its_archived_copy() -> None:
    assert only(cite_sources([CitedSource(PAPER)], "wikitext")) == (
        "cite news",
        {
            "last1": "Lee",
            "first1": "Ann",
            "last2": "King",
            "first2": "Martin Jr.",
            "author3": "Harbour Council",
            "title": "Bridge shut",
            "url": "https://example.org/a",
            "newspaper": "Harbour Gazette",
            "date": "4 March 2021",
            "access-date": "1 April 2021",
            "pages": "4–6",
            "archive-url": "https://web.archive.org/web/20210305101500/https://example.org/a",
            "archive-date": "5 March 2021",
            "url-status": "live",
        },
    )


@pytest.mark.parametrize(
    ("kind", "note", "expected", "holds"),
    [
        ("webpage", {}, "cite web", {"website": "Harbour"}),
        ("post", {}, "cite web", {"website": "Harbour"}),
        ("book", {"ISBN": "9780000000002", "edition": "2"}, "cite book", {"publisher": "Harbour", "edition": "2nd"}),
        ("chapter", {"edition": "11"}, "cite book", {"chapter": "T", "title": "Harbour", "edition": "11th"}),
        (
            "article-journal",
            {"volume": "3", "PMCID": "PMC12"},
            "cite journal",
            {"journal": "Harbour", "volume": "3", "pmc": "12"},
        ),
        ("article-magazine", {"issue": "7"}, "cite magazine", {"magazine": "Harbour", "issue": "7"}),
        ("report", {"number": "R-7"}, "cite report", {"publisher": "Harbour", "id": "R-7"}),
        ("speech", {"event-title": "Town day"}, "cite speech", {"event": "Town day"}),
        ("broadcast", {}, "cite AV media", {"publisher": "Harbour"}),
        ("song", {"genre": "Podcast episode"}, "cite podcast", {"publisher": "Harbour"}),
        ("press_release", {}, "cite press release", {"publisher": "Harbour"}),
        ("thesis", {"genre": "PhD thesis"}, "cite thesis", {"type": "PhD thesis"}),
    ],
)
def test_a_source_has_the_template_of_its_kind(kind: str, note: dict[str, str], expected: str, holds: dict[str, str]) -> None:
    name, written = only(
        wikitext.write_source(Source("s", kind, "T", "Harbour", url="https://e.org", details=make_details(note.items())))
    )
    assert name == expected
    assert written.items() >= holds.items()


def test_what_has_no_address_has_no_template_that_requires_one() -> None:
    assert only(wikitext.write_source(Source("s", "webpage", "T", "Harbour")))[0] == "cite document"
    archived = Source("s", "webpage", "T", "Harbour", archive="https://perma.cc/AB-1")
    assert only(wikitext.write_source(archived))[1]["url"] == "https://perma.cc/AB-1"


def test_a_copy_whose_address_says_no_day_stands_behind_the_template() -> None:
    written = wikitext.write_source(replace(PAPER, archive="https://perma.cc/AB-1"))
    assert written.endswith("}} [https://perma.cc/AB-1 Archived copy].")
    assert "archive" not in " ".join(only(written)[1])


@pytest.mark.parametrize(
    ("label", "locator", "expected"),
    [
        ("page", "4", {"page": "4"}),
        ("page", "4-6", {"pages": "4–6"}),
        ("page", "4, 9", {"pages": "4, 9"}),
        ("paragraph", "4", {"at": "paragraph 4"}),
        (None, "back cover", {"at": "back cover"}),
    ],
)
def test_the_place_that_is_cited_takes_that_of_the_whole(label: str | None, locator: str, expected: dict[str, str]) -> None:
    written = only(wikitext.write_source(PAPER, Citation("paper", label, locator)))[1]
    assert {name: written[name] for name in ("page", "pages", "at") if name in written} == expected


def test_a_time_in_a_film_has_its_parameter_and_another_place_stands_behind() -> None:
    film = Source("f", "motion_picture", "Harbour", "Studio")
    assert only(wikitext.write_source(film, Citation("f", "timestamp", "1:02:03")))[1]["time"] == "1:02:03"
    assert wikitext.write_source(film, Citation("f", "scene", "4")).endswith("}} scene 4.")


@pytest.mark.parametrize(
    ("edtf", "expected"),
    [
        ("2021", "2021"),
        ("2021-03", "March 2021"),
        ("2021-03-04/2021-03-06", "4–6 March 2021"),
        ("2021-02-27/2021-03-06", "27 February – 6 March 2021"),
        ("2020/2021", "2020–2021"),
        ("2021-22", "Summer 2021"),
        ("2021-03-04T10:00:00Z", "4 March 2021"),
        ("2021?", "c. 2021"),
        ("2021-03~", "c. 2021"),
        ("2021/..", None),
        ("201X", None),
        ("-0044", None),
    ],
)
def test_a_date_is_one_that_the_templates_take(edtf: str, expected: str | None) -> None:
    assert only(wikitext.write_source(replace(PAPER, published=parse_date(edtf))))[1].get("date") == expected


def test_a_quotation_is_a_sentence_with_footnotes_that_quote_it() -> None:
    fact = Fact("f", "quote", "Safe | [or] = {{not}}?", (Citation("paper", "page", "4"),))
    written = cite_fact(record(fact, PAPER), "wikitext")
    assert written.startswith("“Safe {{!}} &#91;or&#93; &#61; &#123;&#123;not&#125;&#125;?”<ref>{{cite news |")
    assert written.endswith("}}</ref>\n<!-- F12@3 -->")
    assert only(written)[1]["quote"] == "Safe | [or] = {{not}}?"
    assert "language" not in only(written)[1]
    assert only(cite_fact(record(fact, PAPER, language="de"), "wikitext"))[1]["language"] == "de"


def test_what_is_told_in_other_words_is_no_quotation() -> None:
    fact = Fact("f", "event", "The bridge was shut.", (Citation("paper"),))
    assert "quote" not in only(cite_fact(record(fact, PAPER), "wikitext"))[1]


def test_what_is_known_second_hand_names_the_publication() -> None:
    post = Source("post", "post", "On the bridge", "Chatter", note="As quoted by the Harbour Gazette.")
    written = cite_fact(record(Fact("f", "quote", "Safe.", (Citation("post"),)), post), "wikitext", others=[post, PAPER])
    first, second = templates(written)
    assert (values(first)["title"], values(second)["title"]) == ("On the bridge", "Bridge shut")
    assert "}} As cited in {{cite news |" in written
    assert cite_sources([CitedSource(post)], "wikitext").endswith("}} As cited in Harbour Gazette.")


@given(source=sources(), known=details())
@settings(max_examples=150)
def test_whatever_a_source_says_only_documented_parameters_are_written_and_its_title_comes_back(
    source: Source, known: Details
) -> None:
    written = wikitext.write_source(replace(source, details=known), Citation(source.id, "paragraph", "4"))
    template = templates(written)[0]
    names = [str(parameter.name).strip() for parameter in template.params]
    assert {re.sub(r"\d+$", "", name) for name in names} <= PARAMETERS[str(template.name).strip()]
    assert len(set(names)) == len(names)
    assert all(parameter.showkey for parameter in template.params)
    assert source.title in (values(template).get(name) for name in ("chapter", "title", "litigants"))


def test_every_shipped_source_and_fact_is_read_back() -> None:
    for path in stories_folder().glob("*.yaml"):
        story = load_story(path)
        read = templates(wikitext.write(story.sources, story.actors))
        titles = [values(template).get("chapter") or values(template)["title"] for template in read]
        assert titles == [source.title for source in story.sources]
