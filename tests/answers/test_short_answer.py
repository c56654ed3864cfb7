"""What stands above an answer: what is cut out of its best fact, or the number of each side, with whose it is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.answers.answerer import Answerer
from bot.english.lexicon import Lexicon
from bot.facts.base import FactBase
from bot.stories.load import read_story

FAIR = """
story: {id: fair, title: The village fair}
sources: {paper: {type: article-newspaper, title: Fair day}}
actors:
  ann: {name: Ann Lee, kind: person, role: Head of the fair}
  bob: {name: Bob Roy, kind: person, role: Baker}
  mill: {name: Old Mill, kind: place}
  guild: {name: Bakers' Guild, kind: organization}
  fair: {name: Village fair, kind: other, aliases: [the fair]}
events:
  opening: {date: 2020-05-01, what: Ann Lee and Bob Roy opened the fair together., who: [ann, bob, fair], cite: paper}
  prize:
    date: 2020-05-02
    what: The Bakers' Guild gave Bob Roy a prize of 300 dollars for his rye bread.
    who: [guild, bob]
    cite: paper
  visitors: {date: 2020-05-03, what: In three days 2400 visitors drank 900 litres of cider near the Old Mill., cite: paper}
quotes:
  proud: {by: bob, text: I have never been so proud of a loaf., date: 2020-05-02, cite: paper}
"""


@pytest.fixture
def fair(lexicon: Lexicon) -> Iterator[Answerer]:
    with FactBase.memory() as base:
        base.apply(read_story(FAIR, "fair"), by="test")
        yield Answerer(base, lexicon)


@pytest.mark.parametrize("bound", ["More than", "About", "At least", "Nearly", "No fewer than", "Well over"])
def test_a_word_by_which_an_amount_is_not_exact_belongs_to_it(bound: str, lexicon: Lexicon) -> None:
    with FactBase.memory() as base:
        base.apply(read_story(FAIR.replace("In three days 2400", f"{bound} 2400"), "fair"), by="test")
        assert Answerer(base, lexicon).ask("how many visitors drank cider").short == f"{bound} 2400 visitors"


def test_the_sign_of_an_amount_belongs_to_it(lexicon: Lexicon) -> None:
    cold = "In the night of the fair it was minus seventy-seven degrees Celsius at the Old Mill"
    with FactBase.memory() as base:
        base.apply(
            read_story(FAIR.replace("In three days 2400 visitors drank 900 litres of cider near the Old Mill", cold), "fair"),
            by="test",
        )
        assert (
            Answerer(base, lexicon).ask("how cold was it in the night of the fair").short == "minus seventy-seven degrees Celsius"
        )


@pytest.mark.parametrize("question", ["where was the fair opened", "wher was the fair opened", "were was the fair opened"])
def test_no_date_answers_where(question: str, fair: Answerer) -> None:
    answer = fair.ask(question, caution=-1)
    assert answer.facts[0].record.fact.id == "opening"
    assert "2020" not in (answer.short or "")


def test_the_date_of_a_fact_is_no_amount(fair: Answerer) -> None:
    answer = fair.ask("how long has the fair been open", caution=-1)
    assert answer.facts[0].record.fact.id == "opening"
    assert "2020" not in (answer.short or "")


@pytest.mark.parametrize("prize", ["1900 dollars", "$2000", "€1,500"])
def test_an_amount_that_looks_like_a_year_answers_how_much(prize: str, lexicon: Lexicon) -> None:
    with FactBase.memory() as base:
        base.apply(read_story(FAIR.replace("a prize of 300 dollars", f"a prize of {prize}"), "fair"), by="test")
        assert Answerer(base, lexicon).ask("how much was the prize for the rye bread").short == prize


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("when did the fair open", "1 May 2020"),
        ("who opened the fair", "Ann Lee and Bob Roy"),
        ("how much was the prize for the rye bread", "300 dollars"),
        ("how many visitors drank cider", "2400 visitors"),
        ("how many litres of cider did they drink", "900 litres"),
        ("who said never been so proud of a loaf", "Bob Roy"),
        ("what did Bob Roy say", "I have never been so proud of a loaf"),
    ],
)
def test_the_short_answer_is_what_was_asked_for(question: str, short: str | None, fair: Answerer) -> None:
    answer = fair.ask(question)
    assert answer.status == "answered"
    assert answer.short == short


def test_what_the_question_describes_is_not_its_answer_either(fair: Answerer) -> None:
    assert fair.ask("who opened the fair together").short == "Ann Lee and Bob Roy"
    assert fair.ask("who is the head of the fair").short in (None, "Ann Lee")


def test_who_the_question_names_is_not_its_answer(fair: Answerer) -> None:
    answer = fair.ask("who gave Bob Roy a prize for his rye bread")
    assert answer.short == "Bakers' Guild"


@pytest.mark.parametrize(
    ("who", "short"),
    [
        ("Bakers Ann Lee and Bob Roy", "Ann Lee and Bob Roy"),
        ("Neighbours Bob Roy, Cy Poe and Ann Lee", "Bob Roy, Cy Poe and Ann Lee"),
        ("Bob Roy, with the help of Ann Lee,", "Bob Roy"),
    ],
)
def test_names_that_are_joined_answer_together(who: str, short: str, lexicon: Lexicon) -> None:
    story = FAIR.replace("  mill:", "  cy: {name: Cy Poe, kind: person}\n  mill:")
    story = story.replace(
        "Ann Lee and Bob Roy opened the fair together., who: [ann, bob", f'"{who} opened the fair.", who: [ann, bob, cy'
    )
    with FactBase.memory() as base:
        base.apply(read_story(story, "fair"), by="test")
        assert Answerer(base, lexicon).ask("who opened the fair").short == short


MARCH = """
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
def march(lexicon: Lexicon) -> Iterator[Answerer]:
    with FactBase.memory() as base:
        base.apply(read_story(MARCH, "march"), by="test")
        yield Answerer(base, lexicon)


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


@pytest.mark.parametrize(
    "question", ["did people take part in the march, both versions", "who counted the people in the march, who says what"]
)
def test_no_short_answer_of_one_side_stands_over_what_each_says(question: str, march: Answerer) -> None:
    answer = march.ask(question, caution=-1)
    assert len(answer.facts) > 1
    assert answer.short is None


def test_as_of_a_day_a_number_that_came_later_is_not_told(march: Answerer) -> None:
    answer = march.ask("how many people took part in the march?", as_of=20200603)
    assert answer.short in ("About 1,800 people", "Some 1,800 people")
    assert [record.fact.id for record in answer.came_later] == ["march-union"]


def test_figures_that_belong_to_no_event_are_told_of_both_sides_too(lexicon: Lexicon) -> None:
    with FactBase.memory() as base:
        base.apply(read_story(MARCH.replace(" event: march,", ""), "march"), by="test")
        for question in ("how many people took part in the march", "how many took part in the march, both counts"):
            short = Answerer(base, lexicon).ask(question).short or ""
            assert "1,800 people (" in short
            assert "5,000 workers (Dam Workers' Union)" in short


def test_a_figure_that_nobody_is_named_for_stands_with_who_published_it(lexicon: Lexicon) -> None:
    story = MARCH.replace("by: union, text", "text")
    with FactBase.memory() as base:
        base.apply(read_story(story, "march"), by="test")
        short = Answerer(base, lexicon).ask("how many people took part in the march, both counts").short or ""
    assert "More than 5,000 workers (The Union)" in short


def test_the_same_number_in_words_is_no_other_side(lexicon: Lexicon) -> None:
    story = MARCH.replace("About 1,800 people", "About thirty people").replace("Some 1,800 people", "Some thirty people")
    with FactBase.memory() as base:
        base.apply(read_story(story.replace("More than 5,000 workers", "Fifty workers"), "march"), by="test")
        short = Answerer(base, lexicon).ask("how many people took part in the march, all the counts").short or ""
    assert "Fifty workers (Dam Workers' Union)" in short
    assert short.count("thirty people") == 1
