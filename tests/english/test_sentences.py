"""Tokens and sentences: nothing of a text is lost, and a sentence ends where a reader would end it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.english.quotation_marks import quoted_spans
from bot.english.sentences import sentences, tokens_of

PIECES = [
    "the",
    "U.S.",
    "Mr.",
    "Lee",
    "A.",
    " ",
    "\n",
    ".",
    "?",
    "“",
    "”",
    '"',
    "'s",
    "1,000",
    "4:15",
    "@lee",
    "–",
    "(",
    "é",
    "🚒",
]
TEXTS = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(PIECES), max_size=40).map("".join))


def cut(text: str) -> list[str]:
    """Return the sentences of a text, quotations as one token each."""
    parts = sentences(tokens_of(text, quoted_spans(text)), text)
    return [text[sentence[0].start : sentence[-1].end] for sentence in parts]


@given(TEXTS)
def test_tokens_hold_all_of_a_text_but_blanks(text: str) -> None:
    end = 0
    for token in tokens_of(text, quoted_spans(text)):
        assert token.start >= end
        assert not text[end : token.start].strip()
        assert token.kind == "quote" or token.text == text[token.start : token.end]
        end = token.end
    assert not text[end:].strip()


@given(TEXTS)
def test_sentences_hold_all_tokens_in_their_order(text: str) -> None:
    tokens = tokens_of(text, quoted_spans(text))
    assert [token for sentence in sentences(tokens, text) for token in sentence] == list(tokens)


def test_a_text_without_full_stops_is_cut_all_the_same() -> None:
    tokens = tokens_of("word " * 1000)
    assert max(len(sentence) for sentence in sentences(tokens)) <= 150


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rained. Nobody came.", ["It rained.", "Nobody came."]),
        ("It was heard in the U.S. The court agreed.", ["It was heard in the U.S.", "The court agreed."]),
        ("It was heard in the U.S. Senate.", ["It was heard in the U.S. Senate."]),
        ("Mr. Lee met Dr. Kim.", ["Mr. Lee met Dr. Kim."]),
        ("J. Lee paid $4.2 million.", ["J. Lee paid $4.2 million."]),
        ("It cost 3. 4 came.", ["It cost 3.", "4 came."]),
        ("“Why?” he asked. “Why not?”", ["“Why?” he asked.", "“Why not?”"]),
        ("“Why?” Maria Lee asked.", ["“Why?” Maria Lee asked."]),
        ("“It is shut.” The mayor left.", ["“It is shut.”", "The mayor left."]),
        ("A headline\nThe text", ["A headline", "The text"]),
        ("“It is shut”\n– Maria Lee", ["“It is shut”\n– Maria Lee"]),
    ],
)
def test_a_sentence_ends_where_a_reader_would_end_it(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lee's well-known AT&T", ["Lee", "'s", "well-known", "AT&T"]),
        ("the residents’ 1,000 at 4:15", ["the", "residents", "’", "1,000", "at", "4:15"]),
        ("@harbour said... no", ["@harbour", "said", "...", "no"]),
        ("a@b", ["a", "@", "b"]),
    ],
)
def test_a_word_is_one_token_with_its_hyphens_and_figures(text: str, expected: list[str]) -> None:
    assert [token.text for token in tokens_of(text)] == expected


def test_a_quotation_is_one_token_with_its_marks_around_it() -> None:
    text = "Lee said “it is, well, shut”."
    said = tokens_of(text, quoted_spans(text))[2]
    assert (said.kind, said.text, said.quote) == ("quote", "it is, well, shut", 0)
    assert text[said.start : said.end] == "“it is, well, shut”"
