"""Pages as different makers write them, small and our own: of each, what is the article, and what the page says of it."""

from __future__ import annotations

import pytest

from bot.drafting.folder import read_content
from bot.drafting.page import read_page
from bot.uploads import ON_DISCORD, call_limited

FIRST = "The city closed the Harbour Bridge to all traffic on Wednesday, after divers had found cracks in two of its piers."
SECOND = "“Safety comes first, and the bridge is not safe,” said Maria Lee, the mayor, who had come to the quay in the morning."
THIRD = "A free ferry runs from Fish Quay every twenty minutes until the repair is done, which may take until the summer."
STORY = [FIRST, SECOND, THIRD]
TEXT = f"<p>{FIRST}</p><h2>The mayor’s word</h2><p>{SECOND}</p><p>{THIRD}</p>"
GRAPH = """<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"Organization","@id":"#o",
"name":"Coast Post"},{"@type":"WebPage","name":"Bridge shut - Coast Post"},{"@type":["NewsArticle"],"headline":"Bridge shut",
"datePublished":"2021-03-04T06:30:00+00:00","author":{"@type":"Person","name":"Ann Toft"},"publisher":{"@type":"Organization",
"name":"Coast Post"}}]}</script>"""
OPEN_GRAPH = """<title>Bridge shut | Coast Post</title><meta property="og:title" content="Bridge shut"><meta
property="og:site_name" content="Coast Post"><meta property="article:published_time" content="2021-03-04T06:30:00Z"><meta
name="author" content="Ann Toft">"""
CONFIGURATION = "data-config='" + " ".join(f"word{number}" for number in range(3000)) + "'"
COMMENT = "I have driven over this bridge for thirty years, and nobody ever told me that it was not safe. Shame on the mayor!"

PAGES = {
    "JSON-LD @graph": f"<head>{GRAPH}</head><body><main><h1>Bridge shut</h1><div class='story'>{TEXT}</div></main></body>",
    "WordPress": f"""<head>{OPEN_GRAPH}</head><body class="post-template-default single"><div id="page" class="site"><header
        class="site-header"><nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li></ul></nav></header><article
        class="post-17 post type-post hentry"><header class="entry-header"><h1 class="entry-title">Bridge shut</h1><span
        class="byline">by <a rel="author" href="/ann">Ann Toft</a></span></header><div class="entry-content">{TEXT}<div
        class="sharedaddy"><p>Share this:</p><ul><li><a href="#">Mail</a></li></ul></div></div></article><div id="secondary"
        class="widget-area"><section class="widget"><h2>Recent posts</h2><ul><li><a href="/x">Ferry sinks off Skerrow</a></li>
        </ul></section></div></div></body>""",
    "AMP": f"""<head>{GRAPH}<style amp-boilerplate>body{{animation:none}}</style></head><body><amp-sidebar id="s"><ul><li><a
        href="/">Home</a></li></ul></amp-sidebar><article class="amp-wp-article"><h1>Bridge shut</h1><amp-img src="a.jpg"
        width="4" height="3"></amp-img><div class="amp-wp-article-content">{TEXT}</div></article><amp-consent><div><p>We ask you
        to accept our cookies before you go on reading.</p></div></amp-consent></body>""",
    "live blog": f"""<head>{GRAPH.replace("NewsArticle", "LiveBlogPosting")}</head><body><main><h1>Bridge shut</h1><article>
        <div class="block" id="b1"><time datetime="2021-03-04T09:00">09.00</time><p>{FIRST}</p></div><div class="block" id="b2">
        <time datetime="2021-03-04T10:30">10.30</time><h2>The mayor’s word</h2><p>{SECOND}</p></div><div class="block" id="b3">
        <time datetime="2021-03-04T11:15">11.15</time><p>{THIRD}</p></div></article></main></body>""",
    "comments below": f"""<head>{OPEN_GRAPH}</head><body><article><h1>Bridge shut</h1>{TEXT}</article><section id="comments"
        class="comments-area"><h2>2 thoughts</h2><ol class="comment-list"><li class="comment"><div class="comment-body"><p>
        {COMMENT}</p></div></li><li class="comment"><div class="comment-body"><p>{COMMENT} Again.</p></div></li></ol>
        </section></body>""",
    "related lists": f"""<head>{OPEN_GRAPH}</head><body><article><h1>Bridge shut</h1><p>{FIRST}</p><ul class="related"><li><a
        href="/1">Ferry sinks off Skerrow after doors fail in storm</a></li><li><a href="/2">Mayor Lee wins second term by twelve
        votes</a></li></ul><h2>The mayor’s word</h2><p>{SECOND}</p><p>{THIRD}</p></article><aside><h3>Most read</h3><ol><li><a
        href="/3">Dockworkers vow to fight on</a></li></ol></aside></body>""",
    "cookie banner": f"""<head>{GRAPH}</head><body><div id="cookie-banner" class="cookie-consent" role="dialog"><p>We and our 842
        partners store and use information on your device. You can choose what you accept at any time.</p><button>Accept all
        </button></div><div id="app"><main><h1>Bridge shut</h1><section>{TEXT}</section></main></div></body>""",
    "long attributes": f"""<head>{OPEN_GRAPH}</head><body><div {CONFIGURATION}><article><h1>Bridge shut</h1>{TEXT}</article>
        </div></body>""",
    "paragraphs by line breaks": f"""<head>{OPEN_GRAPH}</head><body><div class="article-body"><h1>Bridge shut</h1><div>{FIRST}<br>
        <br>{SECOND}<br><br>{THIRD}</div></div></body>""",
}


@pytest.mark.parametrize("maker", PAGES)
def test_of_a_page_the_article_alone_is_read_and_its_headings_are_no_paragraphs(maker: str) -> None:
    page = read_page(f"<!DOCTYPE html><html lang='en'>{PAGES[maker]}</html>")
    assert page.text.split("\n\n") == STORY


@pytest.mark.parametrize("maker", PAGES)
def test_headline_outlet_author_and_day_are_read_from_where_a_maker_says_them(maker: str) -> None:
    metadata = read_page(f"<!DOCTYPE html><html lang='en'>{PAGES[maker]}</html>").metadata
    stated = metadata.title, metadata.publisher, metadata.authors, metadata.published
    assert stated == ("Bridge shut", "Coast Post", ("Ann Toft",), "2021-03-04")


def test_a_day_that_merely_stands_in_the_text_is_not_taken_for_that_of_the_article() -> None:
    text = TEXT.replace("on Wednesday", "on 3 March 2019")
    page = read_page(f"<html><head><title>Bridge shut</title></head><body><article>{text}</article><p>© 2024</p></body></html>")
    assert page.metadata.published == ""


def test_a_page_as_large_as_those_of_big_papers_is_read_within_the_limits_of_discord() -> None:
    script = "<script>window.state = {" + ",".join(f"'key{number}': 'value'" for number in range(60_000)) + "}</script>"
    content = f"<!DOCTYPE html><html><head>{GRAPH}{script}</head><body><article>{TEXT}</article></body></html>".encode()
    assert len(content) > 1_000_000
    article, source = call_limited(ON_DISCORD, read_content, content, "page.html")
    assert ([paragraph.text for paragraph in article.paragraphs], source.title) == (STORY, "Bridge shut")
