"""Times that a question tells from the day on which it is asked: what is of another time is no sure answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
import time_machine

from bot.answers.answerer import Answerer
from bot.answers.models import Answer
from bot.answers.told_from_today import sure_only_of_its_time
from bot.english.lexicon import Lexicon
from bot.facts.base import FactBase
from bot.stories.load import read_story

FERRY = """
story: {id: ferry, title: The Aurelia ferry}
sources:
  old: {type: article-newspaper, title: Ferry stops, published: 2026-03-04}
  new: {type: article-newspaper, title: Captain speaks, published: 2026-12-03}
  undated: {type: post, title: A post}
actors:
  holm: {name: Ida Holm, kind: person, role: Captain of the Aurelia}
  dahl: {name: Per Dahl, kind: person, role: Harbour master}
  lund: {name: Eva Lund, kind: person, role: Minister of Transport}
  berg: {name: Nils Berg, kind: person, role: Shipowner}
events:
  stop: {what: The harbour master stopped the ferry because of a crack in its hull., date: 2026-03-03, who: [dahl], cite: old}
quotes:
  engine: {by: holm, text: The engine has to be replaced before we sail., date: 2026-12-02, cite: new}
  hull: {by: dahl, text: The hull has a crack as long as my arm., date: 2026-03-03, cite: old}
  vote: {by: lund, text: The vote of yesterday settles the matter., date: 2026-03-04, cite: old}
claims:
  price: {by: berg, text: A new hull costs nine million crowns., cite: old}
  loan: {by: berg, text: The bank will lend the money for the sails., cite: undated}
"""
TODAY = "2026-12-03T12:00:00+00:00"  # a Thursday


@pytest.fixture(scope="module")
def answerer(lexicon: Lexicon) -> Iterator[Answerer]:
    with FactBase.memory() as base:
        base.apply(read_story(FERRY.encode(), "ferry.yaml"), by="test")
        yield Answerer(base, lexicon)


def ask(answerer: Answerer, question: str, as_of: int | None = None) -> Answer:
    with time_machine.travel(TODAY):
        return answerer.ask(question, as_of=as_of)


@pytest.mark.parametrize(
    ("question", "near"),
    [
        ("what did Per Dahl say yesterday?", "hull"),
        ("What did Per Dahl say yesterday about the hull?", "hull"),
        ("what did Per Dahl say last week?", "hull"),
        ("who stopped the ferry last night?", "stop"),
        ("did the harbour master stop the ferry yesterday?", "stop"),
        ("What did Nils Berg say the day before yesterday about a new hull?", "price"),
    ],
)
def test_a_fact_of_another_time_may_answer_and_is_not_sure(question: str, near: str, answerer: Answerer) -> None:
    answer = ask(answerer, question)
    assert (answer.status, answer.facts, answer.short) == ("suggestions", (), None)
    assert answer.perhaps_answers
    assert answer.suggestions[0].record.fact.id == near


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("what did Ida Holm say yesterday?", "engine"),
        ("what did Per Dahl say?", "hull"),
        ("what did Per Dahl say in March 2026?", "hull"),
        ("what did Eva Lund say about the vote of yesterday?", "vote"),
        ("What did Nils Berg say yesterday of the bank and the money for the sails?", "loan"),
    ],
)
def test_a_fact_that_may_be_of_that_time_or_has_the_word_answers(question: str, fact: str, answerer: Answerer) -> None:
    answer = ask(answerer, question)
    assert [scored.record.fact.id for scored in answer.facts][:1] == [fact]


def test_as_of_a_day_that_day_counts_and_not_today(answerer: Answerer) -> None:
    assert ask(answerer, "what did Per Dahl say yesterday?", as_of=2026_03_05).facts


@pytest.mark.parametrize(
    ("question", "language", "sure"),
    [
        ("Qu'a dit Per Dahl hier ?", "fr", False),
        ("Was hat Per Dahl gestern gesagt?", "de", False),
        ("Was hat Per Dahl vorgestern Abend gesagt?", "de", False),
        ("Was hat Per Dahl hier gesagt?", "de", True),  # which is "here"
        ("¿Qué dijo Per Dahl anteayer?", "es", False),
        ("Что сказал Пер Даль вчера?", "ru", False),
        ("ペル・ダールは昨日何と言いましたか？", "ja", False),
        ("ماذا قال بير دال أمس؟", "ar", False),
        ("Was hat Per Dahl gesagt?", "de", True),
        ("Was sagte Per Dahl, der Gestern hieß?", "en", True),
    ],
)
def test_yesterday_is_known_in_other_languages(question: str, language: str, sure: bool, answerer: Answerer) -> None:
    answer = replace(ask(answerer, "what did Per Dahl say?"), question=question)
    with time_machine.travel(TODAY):
        assert bool(sure_only_of_its_time(answer, language).facts) is sure
