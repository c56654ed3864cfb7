"""Near duplicates: the same words in another order or spelling are alike, other facts are not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.editing.likeness import ALIKE, content_stems, duplicates, likeness
from bot.facts.dates import parse_date
from bot.facts.models import Citation, Fact, FactRecord, StoryInfo

COST = Fact("cost", "claim", "Repairs of the bridge will cost 4.2 million dollars.", (Citation("a"),), by=("lee",))


def alike(one: Fact, other: Fact) -> float:
    return likeness(one, content_stems(one.text), other)


@pytest.mark.parametrize(
    "text",
    [
        "The bridge repairs will cost 4.2 million dollars",
        "Repair of bridge cost 4.2 milion dollars",
        "4.2 million dollars: the cost of bridge repairs",
    ],
)
def test_the_same_in_other_words_is_alike(text: str) -> None:
    assert alike(replace(COST, text=text), COST) >= ALIKE


@pytest.mark.parametrize("text", ["The ferry is free.", "Painting the town hall will take four months.", "…", "the of"])
def test_something_else_is_not(text: str) -> None:
    assert alike(replace(COST, text=text), COST) < ALIKE


def test_a_piece_of_a_quotation_is_nearly_the_same() -> None:
    quote = replace(COST, kind="quote", text="Safety comes first here, and the old bridge is not safe for anybody today.")
    assert alike(replace(quote, text="the old bridge is not safe for anybody"), quote) >= ALIKE


def test_another_speaker_or_date_counts_against_it() -> None:
    dated = replace(COST, date=parse_date("2021-03"))
    assert alike(replace(COST, by=("okoro",)), COST) < alike(COST, COST)
    assert alike(replace(COST, date=parse_date("2019")), dated) < alike(replace(COST, date=parse_date("2021")), dated)


def test_at_most_a_few_are_shown_the_most_alike_first_and_never_itself() -> None:
    info = StoryInfo("s", "S")
    others = [FactRecord(n, 1, info, replace(COST, id=f"f{n}", text=COST.text + " Ferries." * (n % 3))) for n in range(1, 9)]
    found = duplicates(COST, [*others, FactRecord(9, 1, info, COST)])
    assert [each.number for each in found] == [3, 6, 1]
