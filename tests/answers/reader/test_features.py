"""What of a question a fact does not have: the numbers in it, in any language."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from bot.answers.finding.documents import Document
from bot.answers.finding.index import Indexes
from bot.answers.reader.features import figures_left, other_figures
from bot.english.lexicon import Lexicon
from bot.facts.base import FactBase
from bot.stories.load import read_story

BOATS = """
story: {id: boats, title: The boats}
sources: {log: {type: article-newspaper, title: The log, published: 2017-05-05}}
events:
  sale: {date: 2017-05-04, what: "The port sold fourteen boats for $1,900,000, or 1.9 million.", cite: log#1}
  strike: {date: 2015/2018, what: The port stood still., cite: log#2}
"""


@pytest.fixture(scope="module")
def document(lexicon: Lexicon) -> Iterator[Callable[[str], Document]]:
    with FactBase.memory() as base:
        base.apply(read_story(BOATS, "boats.yaml"), by="test")
        documents = {document.record.fact.id: document for document in Indexes(base, lexicon).whole().documents}
        yield documents.__getitem__


@pytest.mark.parametrize(
    "question",
    [
        "почему продали 14 лодок",
        "wieso 1.900.000 dollar am 4. mai 2017",
        "pourquoi 1 900 000 dollars",
        "warum 1,9 mio",
        "لماذا بيع ١٤ قاربا",
        "ボート14隻はいくらで売れた",
        "who bought the boats",
    ],
)
def test_numbers_that_a_fact_has_are_known_however_they_are_written(document: Callable[[str], Document], question: str) -> None:
    assert figures_left(question, document("sale")) == 0.0


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("почему продали 40 лодок", 1.0),
        ("wer kaufte 14 boote 2019", 0.5),
        ("لماذا بيع ٤٠ قاربا", 1.0),
        ("1.800.000 dolar mi", 1.0),
    ],
)
def test_another_number_is_left(document: Callable[[str], Document], question: str, left: float) -> None:
    assert figures_left(question, document("sale")) == left


def test_a_year_inside_a_period_is_its_own(document: Callable[[str], Document]) -> None:
    assert figures_left("was war 2016", document("strike")) == 0.0
    assert figures_left("was war 2019", document("strike")) == 1.0


@pytest.mark.parametrize(
    ("question", "fact", "other"),
    [
        ("wer kaufte 14 boote 2019", "sale", True),  # it was in 2017
        ("почему продали 40 лодок", "sale", True),  # 14 it has
        ("почему продали 14 лодок в 2017", "sale", False),
        ("2 reis sattılar mı", "sale", False),
        ("was war 2016", "strike", False),
        ("was war 2019", "strike", True),
        ("40 boote im hafen", "strike", False),  # it has no number that another could be in the place of
    ],
)
def test_a_year_or_a_number_may_stand_in_the_place_of_another(
    document: Callable[[str], Document], question: str, fact: str, other: bool
) -> None:
    assert other_figures(question, document(fact)) == other
