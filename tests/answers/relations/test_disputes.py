"""Who disputes what: the form of the question, contrary words, and what is said where nobody disputes it."""

from __future__ import annotations

import pytest

from bot.answers.answerer import Answerer
from bot.answers.models import Answer
from bot.answers.relations.disputes import is_denied, numbers_of, read_disputes
from bot.english.lexicon import Lexicon
from bot.facts.base import FactBase
from bot.stories.load import read_story

STORY = """
story: {id: weir, title: The weir}
sources: {s: {type: webpage, title: Report, published: 2020-03-02}}
actors:
  hale: {name: Ida Hale, kind: person, role: keeper of the weir}
  board: {name: River Board, kind: organization}
  rook: {name: Sam Rook, kind: person, role: angler}
events:
  flood: {date: 2020-03-01, what: The weir broke and the meadow was flooded., cite: s}
claims:
  height: {by: hale, text: "The water rose by 40 centimetres.", event: flood, cite: s}
  higher: {by: rook, text: "The water rose by 90 centimetres.", event: flood, cite: s}
  warned: {by: board, text: The farmers were warned of the flood., event: flood, cite: s}
  unwarned: {by: rook, text: Nobody was warned of the flood., event: flood, cite: s}
  oiled: {by: hale, text: The gate of the weir was oiled every spring., cite: s}
"""


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("who disagrees with hale about the water", ("opposes", "hale", "the water", False)),
        ("does anyone dispute that the gate was oiled", ("opposes", None, "the gate was oiled", True)),
        ("who contradicts hale claim that it held", ("opposes", "hale", "claim that it held", False)),
        ("who agrees with the board about the warning", ("supports", "the board", "the warning", False)),
    ],
)
def test_a_dispute_is_known_by_its_form(question: str, wanted: tuple[str, str | None, str, bool]) -> None:
    request = next(read_disputes(question.split()))
    assert (request.stance, request.actor, request.subject, request.clause) == wanted


@pytest.mark.parametrize("question", ["who disputes whose figure", "what does each side say of the toll", "who broke the weir"])
def test_other_questions_are_none(question: str) -> None:
    assert next(read_disputes(question.split()), None) is None


def test_numbers_and_denials_are_read_in_figures_and_in_words() -> None:
    assert numbers_of("Twenty-four bees, 310,000 pounds and 2.5 million") == {"24", "310000", "2500000"}
    assert is_denied("We didn't do it.")
    assert not is_denied("Nobody denied it.")


@pytest.fixture
def weir(lexicon: Lexicon) -> Answerer:
    base = FactBase.memory()
    base.apply(read_story(STORY, "weir"), by="test")
    answerer = Answerer(base, lexicon)
    answerer.encode()
    return answerer


def ids(answer: Answer) -> list[str]:
    return [each.record.fact.id for each in answer.facts]


@pytest.mark.parametrize(
    ("question", "fact", "speaker"),
    [
        ("Who disagrees with Hale about how far the water rose?", "higher", "Sam Rook"),
        ("Does anyone dispute that the water rose by 40 centimetres?", "higher", "Sam Rook"),
        ("Who contradicts the River Board about the warning?", "unwarned", "Sam Rook"),
    ],
)
def test_whoever_says_the_contrary_answers_and_not_who_is_contradicted(
    question: str, fact: str, speaker: str, weir: Answerer
) -> None:
    answer = weir.ask(question)
    assert (ids(answer), answer.short, answer.note) == ([fact], speaker, None)


def test_no_yes_or_no_is_made_of_a_question_whether_anybody_disputes_a_thing(weir: Answerer) -> None:
    answer = weir.ask("Does anyone dispute that the gate was oiled every spring?")
    assert "oiled" not in ids(answer)
    assert answer.short is None
