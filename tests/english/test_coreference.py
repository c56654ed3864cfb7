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
    return tuple(speaker.name for speaker in quote.speakers)


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


def meant(text: str) -> list[tuple[str, str]]:
    """Return whom "he" and "she" are sure to mean in a text, in its order."""
    reading = read(read_article(f"A title\n\n{text}"))
    return [(sentence.items[at].text, who.name) for sentence in reading.sentences for at, who in reading.meant[sentence].items()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nora Reed, the owner of the kiosk, spoke last. She closed it.", [("She", "Nora Reed")]),
        ("Tom Reed met Ann Lee. He went.", [("He", "Tom Reed")]),
        ("Tom Reed met Paul Lee. He went.", []),
        ("Tom Reed led the talks. A skipper laughed. He went.", []),
        ("The forger met Tom Reed. He went.", []),
        ("Tom Reed told him that he had lost.", []),
        ("A man shot at Tom Reed as he was going home.", []),
        ("Ann Lee came. It rained. It snowed. It hailed. She left.", [("She", "Ann Lee")]),
        ("Ann Lee came.\n\nIt rained. It snowed. It hailed. She left.", []),
        ("Ann Lee came. It rained. The skipper laughed. It hailed. She left.", []),
        ("She was cold. It rained. It snowed. It hailed for Ann Lee. It was late. She left.", []),
        ("Ann Lee met Nora Reed. It rained. It snowed. It hailed. She left.", []),
        ("Rosa Quill wept. Her sister, Ada Quill, did not. She left.", []),
        ("Nora Reed spoke. Moritz stood by. She left.", [("She", "Nora Reed")]),
        ("Ann Lee had gone.\n\nNora Reed, speaking at the pier, would not. She stayed.", [("She", "Nora Reed")]),
        ("Saga Moe won the race. She laughed.\n\nIda Lund came second. Moe embraced her when she wept.", [("She", "Saga Moe")]),
        ("The consumer group spoke. Its director, Tom Reed, stayed. He was paid.", [("He", "Tom Reed")]),
        ("Nora Reed, 34, a nurse, sat down. She had lost her car.", [("She", "Nora Reed")]),
        ("Nora Reed told Radio Senn that it was over. She wept.", [("She", "Nora Reed")]),
        ("A smith from Lea, Tom Reed, mended it. He was paid.", [("He", "Tom Reed")]),
        ("Tom Reed waited. The Swiss put on his hat. He laughed.", []),
        ("Nora Reed, the mayor, resigned. The mayor wept. She left.", [("She", "Nora Reed")]),
    ],
)
def test_he_and_she_are_sure_where_nobody_else_can_be_meant(text: str, expected: list[tuple[str, str]]) -> None:
    assert meant(text) == expected


def test_one_minister_is_not_another() -> None:
    text = f"Maria Lee, the prime minister, met Jo Kim, the interior minister. The interior minister {SAID}"
    assert speakers(text) == ("Jo Kim",)


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=40).map(" ".join))
def test_any_text_is_read(text: str) -> None:
    for quote in read(read_article(f"{text}.")).quotations:
        assert len(set(map(id, quote.speakers))) == len(quote.speakers)
        assert all(speaker.name for speaker in quote.speakers)
