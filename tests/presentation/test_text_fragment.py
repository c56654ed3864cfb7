"""Addresses that scroll to a sentence, as the specification of text fragments has them."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.facts.text import MAX_LINK, page_key, safe_url
from bot.presentation.text_fragment import scrolling_to

PAGE = "https://wire.example/2021/05/crane-falls"


@pytest.mark.parametrize(
    ("sentence", "fragment"),
    [
        ("A crane fell onto the quay.", "A%20crane%20fell%20onto%20the%20quay"),
        ("“It was bound to fall,” she said.", "It%20was%20bound%20to%20fall%2C%E2%80%9D%20she%20said"),
        ("Reed & Sons sold a well-known crane, too.", "Reed%20%26%20Sons%20sold%20a%20well%2Dknown%20crane%2C%20too"),
        ("It cost 50% more (a lot).", "It%20cost%2050%25%20more%20%28a%20lot"),
        (
            "One two three four five six seven eight nine ten eleven twelve thirteen.",
            "One%20two%20three%20four%20five,nine%20ten%20eleven%20twelve%20thirteen",
        ),
        ("We shall never … give up the old quay.", "We%20shall%20never,give%20up%20the%20old%20quay"),
        ("We shall [all] help the people of the quay.", "help%20the%20people%20of%20the%20quay"),
        ("[The city] was wrong.", "was%20wrong"),
        ("No ... not today (...).", "not%20today"),
        (
            "The old quay must go, the mayor said [in 2021], and the new quay must come.",
            "The%20old%20quay%20must%20go,the%20new%20quay%20must%20come",
        ),
    ],
)
def test_a_short_sentence_is_given_whole_and_a_long_one_by_its_ends(sentence: str, fragment: str) -> None:
    assert scrolling_to(PAGE, sentence) == f"{PAGE}#:~:text={fragment}"


@pytest.mark.parametrize(
    "url",
    ["https://a.example/report.pdf", "https://a.example/notes.txt?x=1", "https://a.example/Minutes.DOCX", "https://[a/b", ""],
)
def test_what_is_no_web_page_keeps_its_address(url: str) -> None:
    assert scrolling_to(url, "A crane fell.") == url
    assert scrolling_to(None, "A crane fell.") is None


@pytest.mark.parametrize(
    "url", ["https://a.example/", "https://a.example/a.html", "https://a.example/a.php?id=1", "https://a.example/u.s.-election"]
)
def test_pages_have_many_endings(url: str) -> None:
    assert scrolling_to(url, "A crane fell.") == f"{url}#:~:text=A%20crane%20fell"


def test_a_place_in_the_page_stays_and_another_fragment_too() -> None:
    assert scrolling_to(f"{PAGE}#report", "A crane fell.") == f"{PAGE}#report:~:text=A%20crane%20fell"
    assert scrolling_to(f"{PAGE}#:~:text=quay", "A crane fell.") == f"{PAGE}#:~:text=quay"


def test_an_address_that_would_be_too_long_to_be_shown_stays_as_it_is() -> None:
    long = f"https://a.example/{'x' * (MAX_LINK - 40)}"
    assert safe_url(long) == long
    assert scrolling_to(long, "A crane fell onto the old quay of Harbour.") == long
    assert scrolling_to(PAGE, "…") == PAGE


@given(st.text())
def test_whatever_a_sentence_says_the_link_can_be_shown_and_leads_to_the_same_page(sentence: str) -> None:
    url = scrolling_to(PAGE, sentence)
    assert safe_url(url) == url
    assert page_key(url) == page_key(PAGE)
    fragment = (url or "").partition("#")[2]
    assert not fragment or unquote(fragment.removeprefix(":~:text=").replace(",", "")).strip()
