"""Drafts from web pages: the article alone is read, and the page's own metadata fills in the source."""

from __future__ import annotations

from datetime import date
from encodings.aliases import aliases

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.drafting.article import MAX_PAGE_BYTES, MAX_TEXT_BYTES, decode_article
from bot.drafting.draft import ArticleDetails, make_draft, write_draft
from bot.drafting.page import is_page
from bot.errors import UsageError
from bot.facts.models import Source, Story
from bot.stories.load import read_story

TODAY = date(2026, 1, 1)
BODY = """<p>The Larkmoor dam was closed on <a href="/thu">Thursday, Nov. 8</a>, after divers had found a crack.</p>
<h2>Nobody is hurt</h2><p>“The dam is safe,<br>but we want to be sure,” said Helen Marsh, the chief engineer.</p>
<p>Tom Reed, a spokesman for the residents, said that the repair would cost 3 million pounds.</p>"""
LINKED = """<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
{"@type": "WebSite", "name": "Courier"},
{"@type": ["NewsArticle"], "headline": "Dam closed after crack", "datePublished": "2018-11-09T07:30:00+01:00",
 "author": [{"@type": "Person", "name": "Dana Whitlock"}, {"@type": "Person", "name": "Peter Osei"}],
 "publisher": {"@type": "Organization", "name": "Larkmoor Courier"}, "mainEntityOfPage": {"@id": "https://courier.example/dam"}}]}</script>"""
FURNITURE = (
    """<header><p>Menu. Read it all. Every day.</p></header><nav><ul><li><a href="/">Home of the news.</a></li></ul></nav>"""
)
ASIDE = """<aside><p>“Buy it now,” said Al Bundle.</p></aside>
<div class="related-links"><p>“Read this,” said Eve Teaser.</p></div>
<ul><li><a href="/x">Ferry sinks, says Bo Clicker.</a></li></ul><footer><p>All rights are ours.</p></footer>"""


def page(head: str, body: str = f"<article><h1>Dam closed after crack</h1>{BODY}</article>") -> str:
    return f"<!DOCTYPE html>\n<html><head>{head}</head><body>{FURNITURE}{body}{ASIDE}</body></html>"


def drafted(text: str, **options: str) -> Story:
    return read_story(write_draft(make_draft(text, ArticleDetails(**options), today=TODAY)), "page")


def stated(source: Source) -> tuple[str, str | None, str | None, tuple[str, ...], str | None]:
    day = source.published.edtf if source.published else None
    return source.title, source.publisher, day, source.authors, source.url


FULL = (
    "Dam closed after crack",
    "Larkmoor Courier",
    "2018-11-09",
    ("Dana Whitlock", "Peter Osei"),
    "https://courier.example/dam",
)
HEADS = {
    "JSON-LD": (LINKED, FULL),
    "Open Graph": (
        """<title>Dam | Courier</title><meta property="og:title" content="Dam closed after crack">
        <meta property="og:site_name" content="Larkmoor Courier"><meta property="og:url" content="https://courier.example/dam">
        <meta property="article:published_time" content="2018-11-09T06:30:00Z">
        <meta property="article:author" content="https://courier.example/people/dana">
        <meta name="author" content="By Dana Whitlock and Peter Osei">""",
        FULL,
    ),
    "citation_": (
        """<meta name="citation_title" content="Dam closed after crack"><meta name="citation_author" content="Whitlock, Dana">
        <meta name="citation_author" content="Osei, Peter"><meta name="citation_publication_date" content="2018/11/9">
        <meta name="citation_journal_title" content="Larkmoor Courier"><link rel="canonical" href="https://courier.example/dam">""",
        FULL,
    ),
    "Dublin Core": (
        """<meta name="DC.title" content="Dam closed after crack"><meta name="DC.creator" content="Dana Whitlock; Peter Osei">
        <meta name="dcterms.issued" content="2018-11-09"><meta name="DC.publisher" content="Larkmoor Courier">
        <link rel="canonical" href="https://courier.example/dam">""",
        FULL,
    ),
    "nothing": ("<title>Dam | Courier</title>", ("Dam closed after crack", None, None, (), None)),
    "broken": (
        """<script type="application/ld+json">{"@type": "NewsArticle", </script>
        <meta property="article:published_time" content="soon">
        <meta property="og:url" content="javascript:alert(1)">""",
        ("Dam closed after crack", None, None, (), None),
    ),
}


def test_a_pages_own_metadata_fills_in_the_source() -> None:
    results = {name: stated(drafted(page(head)).sources[0]) for name, (head, _) in HEADS.items()}
    assert results == {name: wanted for name, (_, wanted) in HEADS.items()}


def test_metadata_buried_in_lists_are_not_looked_for() -> None:
    nested = "[" * 30 + '{"@type": "NewsArticle", "headline": "Buried"}' + "]" * 30
    story = drafted(page(f'<script type="application/ld+json">{nested}</script>'))
    assert story.sources[0].title == "Dam closed after crack"


def test_what_is_typed_goes_before_what_the_page_says() -> None:
    (source,) = drafted(page(LINKED), source="A dam", publisher="Evening Post", published="10 November 2018").sources
    assert stated(source)[:3] == ("A dam", "Evening Post", "2018-11-10")


def test_a_byline_names_the_authors() -> None:
    byline = (
        '<p class="article-byline">By <span>Dana Whitlock</span> and Peter Osei</p><time datetime="2018-11-09T08:00">9 Nov</time>'
    )
    (source,) = drafted(page("", f"<main><h1>Dam closed</h1>{byline}{BODY}</main>")).sources
    assert stated(source) == ("Dam closed", None, "2018-11-09", ("Dana Whitlock", "Peter Osei"), None)


def test_the_article_alone_is_read_and_its_paragraphs_are_counted() -> None:
    for body in (
        f"<article>{BODY}</article>",
        f"<div><div id='story'>{BODY}</div></div>",
        f"<div itemprop='articleBody'>{BODY}</div>",
    ):
        story = drafted(page(LINKED, body))
        assert [(fact.kind, fact.text, fact.citations[0].locator, fact.date and fact.date.edtf) for fact in story.facts] == [
            ("event", "The Larkmoor dam was closed on Thursday, Nov. 8, after divers had found a crack.", "1", "2018-11-08"),
            ("quote", "The dam is safe, but we want to be sure", "2", None),
            ("claim", "The repair would cost 3 million pounds.", "3", None),
        ]


def test_a_page_in_another_encoding_is_read() -> None:
    text = page('<meta charset="windows-1252">').encode("windows-1252")
    assert "“The dam is safe" in decode_article(text, "dam.html")


@pytest.mark.parametrize("codec", sorted({*aliases.values(), "idna", "undefined", "no such"}))
def test_whatever_encoding_a_page_names_it_is_read(codec: str) -> None:
    content = page(f'<meta charset="{codec}">').encode() + b"\xff"
    assert isinstance(decode_article(content, "dam.html"), str)


def test_a_page_may_be_longer_than_an_article_and_no_longer() -> None:
    script = f"<script>{'x' * MAX_TEXT_BYTES}</script>"
    assert is_page(decode_article(page(script).encode(), "dam.html"))
    with pytest.raises(UsageError, match="too large"):
        decode_article(page("<script>" + "x" * MAX_PAGE_BYTES).encode(), "dam.html")
    with pytest.raises(UsageError, match="too large"):
        make_draft(
            page("", f"<article>{'<p>It rained, and it stopped.</p>' * 9000}</article>"), ArticleDetails(source="T"), today=TODAY
        )


@pytest.mark.parametrize(
    "text", ["", "<!-- nothing -->", "<html></html>", "<!DOCTYPE html><body><script>x</script>", "<html><p>\x00</p>"]
)
def test_a_page_without_an_article_says_what_to_do(text: str) -> None:
    with pytest.raises(UsageError):
        make_draft(text, ArticleDetails(source="T"), today=TODAY)


@pytest.mark.parametrize(
    "opening", ["<article>", "<div>", "<blockquote><li>", "<!--", "<script></script>y", "<p class=ad>x</p>y", "<a "]
)
def test_what_no_browser_writes_is_read_or_refused(opening: str) -> None:
    try:
        drafted(f"<html>{opening * 20_000}<p>It rained.", source="T")
    except UsageError:
        return


def test_a_tag_with_thousands_of_attributes_is_refused() -> None:
    attributes = " ".join(f"a{number}=1" for number in range(20_000))
    with pytest.raises(UsageError, match="no browser"):
        drafted(f"<html><p {attributes}>It rained.", source="T")


PIECES = st.sampled_from(
    """<p> </p> <article> </article> <div class="ad"> </div> <script type="application/ld+json"> </script> {"@type":"Article",
    "author": [[{ "name": null } ]] <meta name="author" content=" "> <br> <a href="x"> </a> <!-- --> <![CDATA[ ]]>
    &amp; &#0; &#x110000; <p
    <table> <svg> <time datetime="2018-13-45"> It rained. “So,” said Ann Lee, the mayor. \x0b \ud7ff""".split()
)


@given(st.lists(PIECES, max_size=60).map(" ".join))
def test_whatever_the_page_holds_the_draft_loads(text: str) -> None:
    try:
        drafted(f"<html>{text}", source="T")
    except UsageError:
        return
