"""A number that the sides tell differently is shown with whose it is, never as the answer of one."""

from __future__ import annotations

import pytest

from bot.answers.answerer import Answerer
from bot.english.lexicon import Lexicon
from bot.facts.base import FactBase
from bot.stories.load import read_story

STORY = """
story: {id: march, title: The march on the dam}
sources:
  radio: {type: broadcast, title: Morning news, publisher: Larkmoor Radio, published: 2020-06-02}
  diary: {type: webpage, title: Our diary, publisher: The Union, published: 2020-06-09}
actors:
  police: {name: Larkmoor Police, kind: government, aliases: [the police]}
  union: {name: Dam Workers' Union, kind: organization, aliases: [the union]}
  mayor: {name: Olga Brandt, kind: person}
events:
  march: {date: 2020-06-01, what: Workers marched from the station to the dam., who: [union], cite: radio#1}
claims:
  march-police: {by: police, text: "About 1,800 people took part in the march.", event: march, cite: radio#2}
  march-union: {by: union, text: "More than 5,000 workers took part in the march.", event: march, cite: diary#1}
  march-mayor: {by: mayor, text: "Some 1,800 people took part in the march.", event: march, cite: radio#3}
  cost: {by: police, text: "Guarding the march cost 40,000 crowns.", event: march, cite: radio#4}
"""


@pytest.fixture
def march(lexicon: Lexicon) -> Answerer:
    base = FactBase.memory()
    base.apply(read_story(STORY, "march"), by="test")
    return Answerer(base, lexicon)


def test_each_number_stands_with_whose_it_is_the_same_one_once(march: Answerer) -> None:
    short = march.ask("how many people took part in the march?").short or ""
    assert short.split(" / ") in (
        ["About 1,800 people (Larkmoor Police)", "More than 5,000 workers (Dam Workers' Union)"],
        ["More than 5,000 workers (Dam Workers' Union)", "About 1,800 people (Larkmoor Police)"],
        ["Some 1,800 people (Olga Brandt)", "More than 5,000 workers (Dam Workers' Union)"],
        ["More than 5,000 workers (Dam Workers' Union)", "Some 1,800 people (Olga Brandt)"],
    )


def test_a_number_that_nobody_disputes_stands_alone(march: Answerer) -> None:
    assert march.ask("how much did guarding the march cost?").short == "40,000 crowns"


def test_who_asks_for_one_side_gets_its_number(march: Answerer) -> None:
    assert march.ask("how many people took part in the march according to the police?").short == "About 1,800 people"


def test_as_of_a_day_a_number_that_came_later_is_not_told(march: Answerer) -> None:
    answer = march.ask("how many people took part in the march?", as_of=20200603)
    assert answer.short in ("About 1,800 people", "Some 1,800 people")
    assert [record.fact.id for record in answer.came_later] == ["march-union"]
