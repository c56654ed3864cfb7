from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.terminal.text import one_line, safe, safe_json


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred", "\\x1b[31mred"),
        ("a\r\nb\rc", "a\nb\\x0dc"),
        ("\x9b2J\x07\x00", "\\x9b2J\\x07\\x00"),
        ("\u202eback\u2066", "\\u202eback\\u2066"),
        ("half \ud83d", "half \\ud83d"),
        ("Zoë said “שלום” 👩‍🚀", "Zoë said “שלום” 👩‍🚀"),
    ],
)
def test_what_acts_is_written_out_and_words_stay(text: str, shown: str) -> None:
    assert safe(text) == shown


@given(st.text(st.characters()))
def test_any_text_is_inert_and_can_be_printed(text: str) -> None:
    safe(text).encode()
    assert all(char == "\n" or char.isprintable() or ord(char) >= 0xA0 for char in safe(text))
    assert "\n" not in one_line(text)


@given(st.text(st.characters()))
def test_safe_json_says_the_same(text: str) -> None:
    written = safe_json(json.dumps(text, ensure_ascii=False))
    assert json.loads(written) == text
    written.encode()
