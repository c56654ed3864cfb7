from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from bot.answers.answerer import Answerer
from bot.answers.known_by import known_from, read_day
from bot.answers.lexicon import Lexicon
from bot.facts.base import FactBase
from bot.stories.load import read_story
from tests.answers.test_told import STORY


@pytest.fixture
def base() -> Iterator[FactBase]:
    with FactBase.memory() as base:
        base.apply(read_story(STORY, "dam"), by="test")
        yield base


def test_a_fact_is_known_from_its_first_source_or_within_a_long_one_from_its_own_date(base: FactBase) -> None:
    known = {record.fact.id: known_from(record) for record in base.all_facts()}
    assert known["inspection"] == 20200302  # published the day after
    assert known["closure"] == 20200520
    assert known["march"] == 20200601  # somewhere in a diary of that year
    assert known["rally"] == 20200301  # as early as its source begins, for nothing tells more


def test_an_answer_as_of_a_day_has_nothing_that_came_later_and_counts_it(base: FactBase, lexicon: Lexicon) -> None:
    answerer = Answerer(base, lexicon)
    then = answerer.ask("who has commented on the closure?", as_of=20200519)
    assert then.status != "answered"
    assert (then.as_of, then.later) == (20200519, 2)
    assert all(each.record.fact.id in ("inspection", "birk-safe", "rally") for each in then.suggestions)
    now = answerer.ask("who has commented on the closure?", as_of=20200520)
    assert {each.record.fact.id for each in now.facts} == {"birk-wrong", "union-relief"}
    assert now.later == 0


def test_where_the_right_fact_came_later_no_other_takes_its_place(base: FactBase, lexicon: Lexicon) -> None:
    answerer = Answerer(base, lexicon)
    question = "Who ordered the closure of the dam?"
    assert [each.record.fact.id for each in answerer.ask(question).facts] == ["closure"]
    then = answerer.ask(question, as_of=20200519)
    assert (then.facts, then.short, then.later) == ((), None, 1)
    assert then.known == "No source had told that by then."
    assert answerer.ask(question, as_of=20200520).short == "Ada Venn"


def test_what_came_later_is_not_even_counted_among_what_is_known(base: FactBase, lexicon: Lexicon) -> None:
    answer = Answerer(base, lexicon).ask("how much did Ada Venn earn", as_of=20200302, rank=10)
    assert {each.record.fact.id for each in answer.ranking} == {"inspection", "birk-safe", "rally"}
    assert "Ada Venn" not in (answer.known or "")


def test_without_a_day_nothing_is_counted(base: FactBase, lexicon: Lexicon) -> None:
    answer = Answerer(base, lexicon).ask("what happened first?")
    assert (answer.as_of, answer.later) == (None, 0)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("27 October 2017", 20171027),
        ("October 2017", 20171031),
        ("before 2017", 20161231),
        ("before 1 March 2020", 20200229),
        ("26–28 October 2017", 20171028),
        ("4–6 March 2021", 20210306),
    ],
)
def test_the_day_is_the_last_that_what_was_typed_takes_in_and_is_in_the_calendar(typed: str, day: int) -> None:
    assert read_day(typed, date(2024, 5, 6)) == day
