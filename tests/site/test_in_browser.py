"""A site in a real browser: it fits on a phone, its search and its filter work, and its widget is as high as its content."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.presentation.text_fragment import scrolling_to
from bot.site.addresses import fact_page
from bot.site.writing import write_site
from tests.site.browser import BROWSER, browsing
from tests.site.made import site_of
from tests.support.paths import HARBOUR, SHIPPED

PAGES = ("index.html", "actors.html", "sources.html", "sides.html", "corrections.html", "search.html", "fact/twitter-ban.html")
ENDS = "all => all.map(one => one.getBoundingClientRect()).map(box => [box.left, box.right])"
TOLD = "() => document.querySelector('iframe').style.height.endsWith('px')"

pytestmark = pytest.mark.skipif(BROWSER is None, reason="needs Chromium")


@pytest.fixture
def page() -> Iterator[Any]:
    """A page as wide as a phone."""
    with browsing() as page:
        yield page


@pytest.mark.parametrize("spoken", ["en", "de", "ar"])
def test_no_page_is_wider_than_a_phone(spoken: str, page: Any, tmp_path: Path) -> None:
    write_site(tmp_path / "site", site_of(SHIPPED[0], spoken))
    for name in PAGES:
        page.goto((tmp_path / "site" / name).as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") == 390, name
        rights = (
            "[...document.querySelectorAll('.head *')].map(one => one.getBoundingClientRect()).map(box => [box.left, box.right])"
        )
        assert all((left >= 0 and right <= 390 - 22) or right - left <= 1 for left, right in page.evaluate(rights)), name


def test_the_search_finds_facts_by_words_in_any_order(page: Any, tmp_path: Path) -> None:
    write_site(tmp_path / "site", site_of(HARBOUR))
    page.goto((tmp_path / "site" / "index.html").as_uri())
    page.fill("#find", "COST mayor")
    page.keyboard.press("Enter")
    page.wait_for_selector("#results a")
    assert page.inner_text("#count") == "Matches: 1"
    assert page.get_attribute("#results a", "href") == fact_page("cost")
    page.fill("#q", "How much will the repairs cost, in dollars?")
    assert page.inner_text("#count") == "Nothing has all of these words. With some of them:"
    assert page.get_attribute("#results a >> nth=0", "href") == fact_page("cost")
    page.fill("#q", "what did Okoro want the money for?")
    assert page.get_attribute("#results a >> nth=0", "href") == fact_page("okoro-warned")
    page.fill("#q", "zebra")
    assert page.inner_text("#count") == "Nothing matches. Try fewer or other words."


def test_kinds_of_facts_can_be_left_out_with_the_dates_that_have_nothing_else(page: Any, tmp_path: Path) -> None:
    write_site(tmp_path / "site", site_of(HARBOUR))
    page.goto((tmp_path / "site" / "index.html").as_uri())
    page.uncheck(".row.event input")
    page.wait_for_selector("#closure", state="hidden")
    assert not page.is_visible("text=26 February 2021")
    assert page.is_visible("#lee-safety")


def test_a_widget_is_as_high_as_the_fact_that_it_shows(page: Any, tmp_path: Path) -> None:
    write_site(tmp_path / "site", site_of(HARBOUR))
    host = tmp_path / "host.html"
    host.write_text('<!doctype html><p>Before.</p><script src="site/widget.js" data-fact="lee-safety"></script>')
    page.goto(host.as_uri())
    page.wait_for_function(TOLD)
    frame = page.frames[1]
    assert "embed/fact/lee-safety.html?theme=light" in frame.url
    assert "Safety comes first" in frame.inner_text("main")
    height = frame.evaluate("document.documentElement.getBoundingClientRect().height")
    assert abs(page.evaluate("document.querySelector('iframe').getBoundingClientRect().height") - height) <= 1


@pytest.mark.parametrize(
    "words",
    [
        "Reed & Sons sold a well-known crane, too.",
        "“50% is not enough”, she said: it’s a start",
        "The old quay must go … and the new quay must come.",
        "市は水曜日に橋を閉鎖した。",
        "أغلقت المدينة الجسر يوم الأربعاء",
    ],
)
def test_a_link_to_quoted_words_scrolls_to_them(words: str, page: Any, tmp_path: Path) -> None:
    stands = words.replace("…", "at once, the mayor said,").replace("&", "&amp;")
    filler = "<p>Filler and no more.</p>" * 200
    article = f"<!doctype html><meta charset=utf-8><body>{filler}<p id=quoted>Then: {stands}</p>{filler}"
    page.route("https://press.example/**", lambda route: route.fulfill(body=article, content_type="text/html"))
    page.goto(scrolling_to("https://press.example/a", words))
    page.wait_for_function("scrollY > 0")
    box = page.locator("#quoted").bounding_box()
    assert 0 <= box["y"] < 844
