from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.answers.answerer import Answerer
from bot.english.lexicon import Lexicon
from bot.facts.base import FactBase
from bot.stories.load import read_story

STORY = """
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
        base.apply(read_story(STORY, "fair"), by="test")
        yield Answerer(base, lexicon)


@pytest.mark.parametrize("bound", ["More than", "About", "At least", "Nearly", "No fewer than", "Well over"])
def test_a_word_by_which_an_amount_is_not_exact_belongs_to_it(bound: str, lexicon: Lexicon) -> None:
    with FactBase.memory() as base:
        base.apply(read_story(STORY.replace("In three days 2400", f"{bound} 2400"), "fair"), by="test")
        assert Answerer(base, lexicon).ask("how many visitors drank cider").short == f"{bound} 2400 visitors"


def test_the_sign_of_an_amount_belongs_to_it(lexicon: Lexicon) -> None:
    cold = "In the night of the fair it was minus seventy-seven degrees Celsius at the Old Mill"
    with FactBase.memory() as base:
        base.apply(
            read_story(STORY.replace("In three days 2400 visitors drank 900 litres of cider near the Old Mill", cold), "fair"),
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
        base.apply(read_story(STORY.replace("a prize of 300 dollars", f"a prize of {prize}"), "fair"), by="test")
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
        ("what did Bob Roy say", None),
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
        ("The baker Bob Roy, with the help of Ann Lee,", "Bob Roy"),
    ],
)
def test_names_that_are_joined_answer_together(who: str, short: str, lexicon: Lexicon) -> None:
    story = STORY.replace("  mill:", "  cy: {name: Cy Poe, kind: person}\n  mill:")
    story = story.replace(
        "Ann Lee and Bob Roy opened the fair together., who: [ann, bob", f'"{who} opened the fair.", who: [ann, bob, cy'
    )
    with FactBase.memory() as base:
        base.apply(read_story(story, "fair"), by="test")
        assert Answerer(base, lexicon).ask("who opened the fair").short == short
