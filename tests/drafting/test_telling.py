"""What a sentence of an article tells for sure: whose words, and what happened when."""

from __future__ import annotations

import pytest

from bot.drafting.article import read_article
from bot.drafting.coverage import read_coverage
from bot.facts.dates import parse_date
from bot.facts.models import Fact, Source, StoryInfo

DAY = "2021-05-06"  # a Thursday


def passages(text: str) -> tuple[Fact, ...]:
    source = Source("wire", "article-newspaper", "Crane falls", "Coast Wire", published=parse_date(DAY))
    return read_coverage(StoryInfo("crane", "Crane"), [(read_article(text, title="Crane falls"), source)]).facts


def quoted(text: str) -> list[tuple[tuple[str, ...], list[str]]]:
    """Return the speakers of each passage that quotes somebody, and the words."""
    return [(fact.by, [fact.text[start:end] for start, end in fact.quoted]) for fact in passages(text) if fact.quoted]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("“The crane was forty years old,” Ingrid Sallow told reporters.", ["The crane was forty years old"]),
        ("Ingrid Sallow said the crane had been “older than the quay itself”.", ["older than the quay itself"]),
        ("“Not today,” said Ingrid Sallow. She left.", ["Not today"]),
        ("Ingrid Sallow called it “Old Bess” and left.", []),
        (
            "“We knew,” said Ingrid Sallow, the harbour master, “that it was only a matter of time.”",
            ["We knew", "that it was only a matter of time."],
        ),
        ("Ingrid Sallow said: “Never again!”", ["Never again!"]),
        (
            "Ingrid Sallow said that “it was bound to fall one day” and that “nobody would listen to us”.",
            ["it was bound to fall one day", "nobody would listen to us"],
        ),
    ],
)
def test_the_words_of_whoever_is_quoted_are_known_without_the_rest_of_the_sentence(text: str, words: list[str]) -> None:
    assert quoted(text) == ([(("ingrid-sallow",), words)] if words else [])


@pytest.mark.parametrize(
    "text",
    [
        "Tom Reed met Ingrid Sallow and Ann Lee. “It was bound to fall one day,” she said.",
        "Ingrid Sallow said that the so-called “crane” was safe.",
        "“It was bound to fall one day,” said Ingrid Sallow, and Tom Reed answered: “Nobody had told us of it.”",
        "Ingrid Sallow said that Tom Reed had no answer. “It was bound to fall one day” stood on a wall.",
    ],
)
def test_nothing_is_quoted_where_it_is_not_sure_that_all_words_are_of_one_speaker(text: str) -> None:
    assert quoted(text) == []


@pytest.mark.parametrize(
    ("text", "day", "happened"),
    [
        ("A crane fell onto the quay of Harbour on Wednesday.", "2021-05-05", True),
        ("The council will replace the old crane on 12 June 2021.", "2021-06-12", False),
        ("“It was bound to fall one day,” Ingrid Sallow said on Tuesday.", "2021-05-04", False),
        ("Tom Reed, who was elected in 2019, spoke for an hour about it.", "2019", False),
        ("“The crane was old,” Sallow said at the quay, where on 24 May 2020 it had lost a hook.", "2020-05-24", True),
        ("Nobody was hurt by the crane or its hook.", None, False),
    ],
)
def test_what_happened_on_a_day_is_told_apart_from_what_was_said_then_or_is_to_come(
    text: str, day: str | None, happened: bool
) -> None:
    (fact,) = passages(text)
    assert (fact.date.edtf if fact.date else None, fact.happened) == (day, happened)
