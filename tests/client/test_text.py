"""Stored text on Discord: shown as it is, with no power over the message."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.client.text import clean, escape, fitting, inline, label, link, one_line, quoted, shorten, split
from bot.facts.text import safe_url
from tests.client.records import texts


def unescaped(text: str) -> str:
    return re.sub(r"\\([^0-9A-Za-z\s])", r"\1", text).replace("\u200b", "")


@given(texts)
def test_no_mark_of_discord_is_left_bare(text: str) -> None:
    escaped = escape(text)
    for match in re.finditer(r"[*_~`|\[\]<>@]", escaped):
        before = re.search(r"\\*$", escaped[: match.start()])
        assert before is not None
        assert len(before[0]) % 2 == 1, escaped
    for line in escaped.split("\n"):
        assert not re.match(r"#|-|\+|=|>|\d+[.)]", line), line
    assert not re.search(r"@(everyone|here)|(?<!\\):\w+:|(?<!\\)://|(?<!\\)&#?\w+;", escaped)


@given(texts)
def test_the_words_stay_verbatim(text: str) -> None:
    assert unescaped(escape(text)) == clean(text).replace("\u200b", "")


@given(texts, st.integers(2, 300))
def test_shortened_text_fits_with_its_backslashes(text: str, limit: int) -> None:
    assert len(fitting(clean(text), limit)) <= limit
    assert len(inline(text, limit)) <= limit
    assert "\n" not in inline(text, limit)
    assert len(shorten(text, limit)) <= limit
    assert 1 <= len(label(text, limit)) <= limit


@given(texts, st.integers(2, 300))
def test_splitting_loses_nothing_but_blanks(text: str, limit: int) -> None:
    parts = split(text, limit)
    assert all(len(part) <= limit for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


@given(texts)
def test_every_line_of_a_quotation_is_quoted(text: str) -> None:
    assert all(line.startswith("> ") for line in quoted(escape(text)).split("\n"))


def test_a_cut_is_made_at_a_word() -> None:
    assert shorten("Twitter banned the two outlets, and gave its reasons", 33) == "Twitter banned the two outlets…"
    assert shorten("short", 33) == "short"


def test_a_cut_leaves_letters_whole() -> None:
    assert shorten("caf\u0065\u0301 noir", 5) == "caf…"
    assert shorten("👩\u200d🚒👩\u200d🚒", 3) == "👩…"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://example.org/a", "https://example.org/a"),
        ("HTTP://Example.org/a", "http://example.org/a"),
        ("https://example.org/a (b)|c", "https://example.org/a%20%28b%29%7Cc"),
        ("https://example.org/ä?q=1#f", "https://example.org/%C3%A4?q=1#f"),
        ("https://münchen.example/", "https://xn--mnchen-3ya.example/"),
        ("https://example.org:8080/a%20b", "https://example.org:8080/a%20b"),
        ("https://example.org/@everyone", "https://example.org/%40everyone"),
    ],
)
def test_web_addresses_that_can_be_shown(url: str, shown: str) -> None:
    assert safe_url(url) == shown


@pytest.mark.parametrize(
    "url",
    [
        "",
        None,
        "javascript:alert(1)",
        "ftp://a.b",
        "https://",
        "https://user:word@host/",
        "https://[::1]/",
        "http://a:99999/",
        "https://a b/",
    ],
)
def test_web_addresses_that_cannot_be_shown(url: str | None) -> None:
    assert safe_url(url) is None


@given(texts, texts)
def test_any_address_is_safe_in_a_masked_link(host: str, path: str) -> None:
    address = safe_url(f"https://{host}/{path}")
    assert address is None or re.fullmatch(r"https://[A-Za-z0-9%/:?#=&;,+$!.\-_~]+", address)


def test_a_title_cannot_break_its_link() -> None:
    assert link("a](https://evil.example) [b", "https://example.org/", 80) == (
        "a)(https\\://evil.example) (b ([link](https://example.org/))"
    )
    assert link("The [first] report", "https://example.org/", 80) == "[The (first) report](https://example.org/)"
    assert link("No address", None, 80) == "No address"


def test_a_line_keeps_blanks_at_which_it_may_not_break() -> None:
    assert one_line(" Pourquoi\u202f?\n\n Ici\u00a0:\t ou là ") == "Pourquoi\u202f? Ici\u00a0: ou là"
