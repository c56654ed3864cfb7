"""Who is meant by she, the company, the spokeswoman: whoever was spoken of last and fits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.drafting.article import read_article
from bot.drafting.reading import read

SAID = "said “the bridge is shut for good”."
PIECES = [
    "Maria Lee",
    "Mr. Kim",
    "the Harbour Bank",
    "she",
    "he",
    "they",
    "it",
    "the company",
    "the mayor",
    "a witness",
    "the report",
    "said",
    "met",
    "and",
    ",",
    ".",
    "“the bridge is shut for good”",
]


def speakers(text: str) -> tuple[str, ...]:
    """Return who speaks the one quotation of a text."""
    (quote,) = read(read_article(text)).quotations
    return tuple(each.name for each in quote.speakers)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"Maria Lee came. She {SAID}", ("Maria Lee",)),
        (f"Mr. Kim met Mrs. Lee. She {SAID}", ("Mrs. Lee",)),
        (f"Mrs. Lee met Mr. Kim. She {SAID}", ("Mrs. Lee",)),
        (f"Mrs. Lee met Mr. Kim. He {SAID}", ("Mr. Kim",)),
        (f"Maria Lee and Jo Kim said no. They {SAID}", ("Maria Lee", "Jo Kim")),
        (f"The Harbour Bank closed. The company {SAID}", ("Harbour Bank",)),
        (f"The Harbour Bank closed. It {SAID}", ("Harbour Bank",)),
        (f"The Harbour Bank wrote to Maria Lee. The bank {SAID}", ("Harbour Bank",)),
        (f"Maria Lee, the mayor, met Jo Kim, an engineer. The mayor {SAID}", ("Maria Lee",)),
        (f"Maria Lee, the mayor, met Jo Kim, an engineer. The engineer {SAID}", ("Jo Kim",)),
        (f"The Harbour Bank closed. Its statement {SAID}", ("Harbour Bank",)),
        (f"A witness {SAID}", ("A witness",)),
    ],
)
def test_whoever_is_meant_is_found(text: str, expected: tuple[str, ...]) -> None:
    assert speakers(text) == expected


def test_one_minister_is_not_another() -> None:
    text = f"Maria Lee, the prime minister, met Jo Kim, the interior minister. The interior minister {SAID}"
    assert speakers(text) == ("Jo Kim",)


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=40).map(" ".join))
def test_any_text_is_read(text: str) -> None:
    for quote in read(read_article(f"{text}.")).quotations:
        assert len(set(map(id, quote.speakers))) == len(quote.speakers)
        assert all(each.name for each in quote.speakers)
