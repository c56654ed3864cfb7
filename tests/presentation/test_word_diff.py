"""The word diff: both texts can be read out of it, and it stays readable and short."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.client.text import escape
from bot.presentation import word_diff as module
from bot.presentation.word_diff import marked, word_diff

texts = st.one_of(
    st.text(max_size=80), st.lists(st.sampled_from("the bridge was shut on 3 March , . \n not".split(" "))).map(" ".join)
)


@given(texts, texts)
def test_both_texts_can_be_read_out_of_it(before: str, after: str) -> None:
    pieces = word_diff(before, after)
    assert "".join(piece.text for piece in pieces if piece.state != "new") == before
    assert "".join(piece.text for piece in pieces if piece.state != "gone") == after


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("It shut on 3 March.", "It shut on 4 March.", "It shut on ~~3~~ **4** March."),
        ("The bridge is safe.", "The bridge is not safe.", "The bridge is **not** safe."),
        ("the old stone bridge", "the new steel bridge", "the ~~old stone~~ **new steel** bridge"),
        ("It did rain", "It didn't rain", "It ~~did~~ **didn't** rain"),
        ("", "New.", "**New.**"),
        ("Gone.", "", "~~Gone.~~"),
        ("Entirely this", "Something else here", "~~Entirely this~~ **Something else here**"),
        ("one\n\ntwo", "one\n\nthree", "one\n\n~~two~~ **three**"),
        ("It cost $1.9 million.", "It cost $9.1 million.", "It cost ~~$1.9~~ **$9.1** million."),
        ("Some 12,000 came, or 1.5%.", "Some 21,000 came, or 5.1%.", "Some ~~12,000~~ **21,000** came, or ~~1.5%~~ **5.1%**."),
        ("The 4th of 5.", "The 5th of 4.", "The ~~4th~~ **5th** of ~~5~~ **4**."),
    ],
)
def test_it_is_marked_word_by_word(before: str, after: str, shown: str) -> None:
    assert marked(word_diff(before, after)) == shown


def test_what_stayed_far_from_a_change_gives_way() -> None:
    shown = marked(word_diff(f"{'far ' * 500}old{' away' * 500}", f"{'far ' * 500}new{' away' * 500}"))
    assert "~~old~~ **new**" in shown
    assert len(shown) < 500
    assert shown.startswith(" … ")


@given(texts.map(lambda text: text * 40), texts.map(lambda text: text * 40), st.sampled_from((200, 1000)))
def test_it_fits_whatever_changed(before: str, after: str, room: int) -> None:
    assert len(marked(word_diff(before, after), escape, room=room)) <= room


def test_signs_of_markdown_have_no_power() -> None:
    assert marked(word_diff("a **b** c", "a **d** c"), escape) == "a \\*\\*~~b~~ **d**\\*\\* c"


@given(texts, texts)
def test_both_texts_can_be_read_out_of_what_is_too_long_to_be_compared(before: str, after: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_MAX_PAIRS", 0)
        pieces = word_diff(before, after)
    assert "".join(piece.text for piece in pieces if piece.state != "new") == before
    assert "".join(piece.text for piece in pieces if piece.state != "gone") == after


def test_a_change_in_a_very_long_text_is_shown_without_comparing_every_word_with_every_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delattr("rapidfuzz.distance.Indel.opcodes")  # its table would take gigabytes
    monkeypatch.delattr("rapidfuzz.distance.Indel.normalized_similarity")
    long = " ".join(f"Pier {number} is safe." for number in range(20_000))
    changed = long.replace("Pier 777 is safe", "Pier 777 is not safe").replace("Pier 778 is", "Pier 778 was")
    shown = marked(word_diff(long, changed), room=300)
    assert "Pier 777 is ~~safe. Pier 778 is~~ **not safe. Pier 778 was** safe." in shown
    assert len(shown) <= 300
