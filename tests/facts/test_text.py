"""Text as it is stored, and web addresses: which can be shown, why not, and which lead to one page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.facts.text import MAX_LINK, clean, link_fault, page_key, safe_url


@pytest.mark.parametrize("text", ["", " ", "\u200b", "\u200d\u2060\ufeff", "\u2800", "\u3164\u115f", "\u00ad\ufe0f"])
def test_what_nobody_can_see_is_empty(text: str) -> None:
    assert clean(text) == ""


@pytest.mark.parametrize("text", ["a", "1", "–", "\U0001f6a2", "\u200bא", "e\u0301"])
def test_what_can_be_seen_stays_as_it_is(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("ftp://example.org/a", "not a link"),
        ("https://", "not a link"),
        ("https://ann@example.org/", "a name or a password"),
        ("https://:secret@example.org/", "a name or a password"),
        ("https://example.org:99999/", "port"),
        ("https://example.org:x/", "port"),
        ("https://[::1/", "cannot be read"),
        (f"https://example.org/{'é' * 100}", "the limit is 400"),
    ],
)
def test_a_link_that_cannot_be_shown_says_why(url: str, sentence: str) -> None:
    assert sentence in (link_fault(url) or "")
    assert safe_url(url) is None


@given(st.one_of(st.text(max_size=50), st.text("htps:/@#?&=.[]%utm_ é0", max_size=MAX_LINK).map("https://a.b".__add__)))
def test_what_has_no_fault_can_be_shown(url: str) -> None:
    assert (link_fault(url) is None) == (safe_url(url) is not None)
    page_key(url)


def test_one_page_has_one_key() -> None:
    same = (
        "http://Example.org/a",
        "https://example.org/a/",
        "https://example.org/a?utm_source=x#top",
        "https://example.org:443/a",
        "https://www.example.org/%61",
    )
    assert len({page_key(url) for url in same}) == 1
    others = ("https://example.org/A", "https://example.org/a?b=1", "https://example.org/a#!/c", "https://example.org:81/a")
    assert len({page_key(url) for url in (*same, *others)}) == 1 + len(others)
    assert page_key(None) is page_key("gazette") is page_key("https://[") is None
