from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from bot.answers.answerer import Answerer
from bot.answers.as_of import answer_as_of, is_certain, known_since, read_day, record_as_of, sides_as_of
from bot.answers.models import Answer
from bot.english.lexicon import Lexicon
from bot.facts.base import FactBase
from bot.presentation import wording
from bot.stories.load import read_story
from tests.answers.relations.dam import STORY


@pytest.fixture
def base() -> Iterator[FactBase]:
    with FactBase.memory() as base:
        base.apply(read_story(STORY, "dam"), by="test")
        yield base


def test_a_fact_is_known_from_its_first_source_or_within_a_long_one_from_its_own_date(base: FactBase) -> None:
    known = {record.fact.id: known_since(record) for record in base.all_facts()}
    assert known["inspection"] == 20200302  # published the day after
    assert known["closure"] == 20200520
    assert known["march"] == 20200601  # somewhere in a diary of that year
    assert known["rally"] == 20200301  # as early as its source begins, for nothing tells more


def test_an_answer_as_of_a_day_has_nothing_that_came_later_and_counts_it(base: FactBase, lexicon: Lexicon) -> None:
    answerer = Answerer(base, lexicon)
    then = answerer.ask("who has commented on the closure?", as_of=20200519)
    assert then.status != "answered"
    assert (then.as_of, then.later) == (20200519, 2)
    assert all(suggestion.record.fact.id in ("inspection", "birk-safe", "rally") for suggestion in then.suggestions)
    now = answerer.ask("who has commented on the closure?", as_of=20200520)
    assert {fact.record.fact.id for fact in now.facts} == {"birk-wrong", "union-relief"}
    assert now.later == 0


def test_where_the_right_fact_came_later_no_other_takes_its_place(base: FactBase, lexicon: Lexicon) -> None:
    answerer = Answerer(base, lexicon)
    question = "Who ordered the closure of the dam?"
    assert [fact.record.fact.id for fact in answerer.ask(question).facts] == ["closure"]
    then = answerer.ask(question, as_of=20200519)
    assert (then.facts, then.short, then.later) == ((), None, 1)
    assert then.known == "It had happened by then, but every source cited for it appeared later."
    assert answerer.ask(question, as_of=20200520).short == "Ada Venn"


def test_that_nothing_was_known_is_not_said_where_a_fact_of_then_is_near(base: FactBase, lexicon: Lexicon) -> None:
    answerer = Answerer(base, lexicon)
    today = answerer.ask("What did Tom Birk say about the closure?")
    assert [fact.record.fact.id for fact in today.facts] == ["birk-wrong"]
    nobody, near = Answer("", "unknown"), replace(answerer.ask("What did Tom Birk say?"), as_of=20200310)
    assert answer_as_of(today, nobody, 20200310).known == "No source had reported that by then."
    known = answer_as_of(today, near, 20200310).known
    assert known == "The facts that answer this today came later. The nearest facts from that time are below."


def test_what_came_later_is_not_even_counted_among_what_is_known(base: FactBase, lexicon: Lexicon) -> None:
    answer = Answerer(base, lexicon).ask("how much did Ada Venn earn", as_of=20200302, rank=10)
    assert {scored.record.fact.id for scored in answer.ranking} == {"inspection", "birk-safe", "rally"}
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


TWICE = """
story: {id: ford, title: The ford}
sources:
  first: {type: webpage, title: First, published: 2020-03-02}
  second: {type: webpage, title: Second, published: 2020-06-02}
  vague: {type: book, title: Yearbook, published: 2020}
actors:
  ann: {name: Ann Oak, kind: person}
  bob: {name: Bob Elm, kind: person}
events:
  flood: {date: 2020-03-01, what: The ford of Lea was flooded by the river., cite: [first, second]}
  sale: {date: 2020, what: The mill at Lea was sold to a brewer., cite: vague}
quotes:
  ann-sad: {by: ann, text: A sad day., date: 2020-03-01, event: flood, cite: [first, second]}
  bob-glad: {by: bob, text: I was glad., date: 2020-03-01, event: flood, cite: second}
"""


@pytest.fixture
def ford() -> Iterator[FactBase]:
    with FactBase.memory() as base:
        base.apply(read_story(TWICE, "ford"), by="test")
        yield base


def test_only_the_sources_that_had_told_it_are_cited_and_counted(ford: FactBase, lexicon: Lexicon) -> None:
    asked = Answerer(ford, lexicon)
    question = "When was the ford of Lea flooded by the river?"
    cited = {day: asked.ask(question, as_of=day).facts[0].record for day in (20200302, 20200602)}
    assert [source.id for source in cited[20200302].sources] == ["first"]
    assert [citation.source for citation in cited[20200302].fact.citations] == ["first"]
    assert [source.id for source in cited[20200602].sources] == ["first", "second"]
    assert asked.ask(question, as_of=20200302).explanation.sources == 1
    assert asked.ask(question, as_of=20200302).short == asked.ask(question).short is not None


def test_what_came_later_is_named(ford: FactBase, lexicon: Lexicon) -> None:
    then = Answerer(ford, lexicon).ask("What did Bob Elm say about the flood?", as_of=20200302)
    assert [record.fact.id for record in then.came_later] == ["bob-glad"]
    assert (wording.as_of(then) or "").endswith("1 fact came later. Came later: Bob Elm: “I was glad”.")


def test_what_a_vague_source_told_was_perhaps_told_by_then(ford: FactBase, lexicon: Lexicon) -> None:
    facts = {record.fact.id: record for record in ford.all_facts()}
    assert not is_certain(facts["sale"], 20200701)
    assert is_certain(facts["sale"], 20201231)
    assert is_certain(facts["flood"], 20200302)
    then = Answerer(ford, lexicon).ask("Who was the mill at Lea sold to?", as_of=20200701)
    assert then.perhaps == 1
    assert "may have been reported by then" in (wording.as_of(then) or "")


def test_each_side_is_shown_as_of_the_day(ford: FactBase) -> None:
    facts = {record.fact.id: record for record in ford.all_facts()}
    sides = ford.speakers.sides(facts["flood"].number)
    assert sides is not None
    then = sides_as_of(sides, 20200302)
    assert [record.fact.id for side in then.sides for record in side.facts] == ["ann-sad"]
    assert [source.id for record in (then.event, then.sides[0].facts[0]) for source in record.sources] == ["first", "first"]
    assert len(sides_as_of(sides, 20200602).sides) == 2
    assert record_as_of(facts["bob-glad"], 20200302) == facts["bob-glad"]


def test_the_day_may_stand_in_the_question_itself(base: FactBase, lexicon: Lexicon) -> None:
    answerer = Answerer(base, lexicon)
    asked = "who has commented on the closure as of 19 May 2020?"
    then = answerer.ask(asked)
    assert then.status != "answered"
    assert (then.question, then.as_of, then.later) == (asked, 20200519, 2)
    assert wording.as_of(then) is not None
    assert answerer.ask("As of 20 May 2020, who commented on the closure?").status == "answered"
