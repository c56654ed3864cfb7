"""Whom a pronoun means is read from the answer before, not only from its question."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.answers.answerer import Answerer
from bot.answers.following import with_names
from bot.english.lexicon import Lexicon
from bot.facts.base import FactBase
from bot.stories.load import read_story
from tests.answers.relations.club import STORY

LAWYER, BANK, OWNER = "Who is Tom Birk's lawyer?", "Who is the sponsor of the regatta?", "who owns Lake Bank?"


@pytest.fixture(scope="module")
def club(lexicon: Lexicon) -> Iterator[Answerer]:
    with FactBase.memory() as base:
        base.apply(read_story(STORY, "club"), by="test")
        yield Answerer(base, lexicon)


@pytest.mark.parametrize(
    ("earlier", "question", "meant"),
    [
        (LAWYER, "what did she do?", "what did Pia Cole do?"),
        (LAWYER, "who asked her about it", "who asked Pia Cole about it"),
        (LAWYER, "who is her brother?", "who is Pia Cole's brother?"),
        (LAWYER, "what did he do?", "what did he do?"),  # she is a woman
        (LAWYER, "when did it begin?", "when did it begin?"),
        (LAWYER, "what did they do?", "what did they do?"),
        (BANK, "What did it lend?", "What did Lake Bank lend?"),
        (BANK, "and what will they do with its money?", "and what will Lake Bank do with its money?"),
        (BANK, "who met him?", "who met him?"),
        (OWNER, "who are his friends?", "who are Ole Moss's friends?"),
        ("when was the race?", "what did she do?", "what did she do?"),  # its answer names nobody
    ],
)
def test_a_pronoun_means_whoever_the_answer_named(club: Answerer, earlier: str, question: str, meant: str) -> None:
    assert with_names(question, club.ask(earlier)) == meant


@pytest.mark.parametrize(
    ("earlier", "question", "first"),
    [
        ("Who is the coach of the club?", "where did she fall?", "race"),
        (LAWYER, "and for whom did she speak?", "court"),
        ("Who is the lender?", "how much did it lend?", "loan"),
        (LAWYER, "and who was her sister?", None),
    ],
)
def test_what_follows_an_answer_is_answered_of_whom_it_named(
    club: Answerer, earlier: str, question: str, first: str | None
) -> None:
    answer = club.ask(question, after=[earlier])
    assert next((fact.record.fact.id for fact in answer.facts), None) == first
    assert answer.question == question


def test_a_role_of_whom_the_answer_named_is_answered(club: Answerer) -> None:
    assert club.ask("who was his boss?", after=["Who is the finance director of Lake Bank?"]).short == "Una Rudd"
