"""Who has a role, by what a story records and calls its people, and who came before and after whom, as facts tell it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.answers.answerer import Answerer
from bot.answers.models import Answer
from bot.english.lexicon import Lexicon
from bot.facts.base import FactBase
from bot.stories.load import load_story, read_story
from tests.answers.relations.club import STORY
from tests.support.paths import SHIPPED


@pytest.fixture(scope="module")
def club(lexicon: Lexicon) -> Iterator[Answerer]:
    with FactBase.memory() as base:
        base.apply(read_story(STORY, "club"), by="test")
        yield Answerer(base, lexicon)


def asked(club: Answerer, question: str) -> tuple[str | None, list[str]]:
    answer = club.ask(question)
    return answer.short, [fact.record.fact.id for fact in answer.facts]


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("Who is the coach of the Orr Rowing Club?", "Eva Sand"),
        ("who's the club's coach", "Eva Sand"),
        ("who coaches the club?", "Eva Sand"),
        ("Who is the finance director of Lake Bank?", "Peter Holt"),
        ("who owns the bank", "Ole Moss"),
        ("who chaired Lake Bank?", "Ole Moss"),
        ("Who is Tom Birk's lawyer?", "Pia Cole"),
        ("who ran Lake Bank", "Una Rudd"),
        ("who was Peter Holt's boss?", "Una Rudd"),
        ("Who is the sponsor of the regatta?", "Lake Bank"),
    ],
)
def test_whoever_has_a_role_is_named_with_facts_in_which_they_take_part(club: Answerer, question: str, short: str) -> None:
    answer = club.ask(question)
    assert answer.short == short
    assert answer.facts
    assert all(short in [actor.name for actor in fact.record.involved] for fact in answer.facts)
    assert short in (answer.note or "")


@pytest.mark.parametrize(
    "question",
    [
        "Who is the mayor of Orr?",  # there is a deputy mayor alone
        "Who is the director of Lake Bank?",
        "who is against the boatman?",
        "Who is the coach of the Lake Bank?",
        "Who is the treasurer of the regatta?",
        "Who is the lawyer of Ada Venn?",
        "who is the chief executive of Lake Bank now",  # she resigned
    ],
)
def test_nobody_is_named_whose_role_is_another_or_of_something_else(club: Answerer, question: str) -> None:
    assert club.ask(question).short is None


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("Who succeeded Ada Venn?", "Kai Lund"),
        ("who took over from Venn as president?", "Kai Lund"),
        ("Who is Venn's successor?", "Kai Lund"),
        ("Who was president before Lund?", "Ada Venn"),
        ("Who did Kai Lund replace?", "Ada Venn"),
        ("Who is the president of the club?", "Kai Lund"),  # whatever the role of the one before says
        ("Who was the president of the club?", "Ada Venn"),
    ],
)
def test_who_followed_whom_is_told_by_a_fact(club: Answerer, question: str, short: str) -> None:
    answer = club.ask(question)
    assert answer.short == short
    assert "handed" in [fact.record.fact.id for fact in answer.facts]


def test_that_somebody_left_is_said_where_nobody_is_known_to_have_followed(club: Answerer) -> None:
    left: Answer = club.ask("Who is the chief executive of Lake Bank?")
    assert left.status != "answered"
    assert left.known == "Una Rudd had that role and left it. No fact says who has it now."
    assert club.ask("Who succeeded Una Rudd?").short is None


def test_a_role_is_not_said_of_one_of_several_who_have_it(lexicon: Lexicon) -> None:
    twins = STORY.replace("role: treasurer of", "role: coach of")
    with FactBase.memory() as base:
        base.apply(read_story(twins, "club"), by="test")
        answerer = Answerer(base, lexicon)
        assert answerer.ask("Who is the coach of the Orr Rowing Club?").short is None
        assert answerer.ask("Who are the coaches of the Orr Rowing Club?").short in {"Eva Sand, Kai Lund", "Kai Lund, Eva Sand"}


@pytest.fixture(scope="module")
def shipped(lexicon: Lexicon) -> Iterator[Answerer]:
    with FactBase.memory() as base:
        base.apply(load_story(SHIPPED[0]), by="test")
        yield Answerer(base, lexicon)


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("who is Klobuchar?", "Democratic US senator"),  # the Democratic Party is the "party of Mark Warner and Amy Klobuchar"
        ("who is Warner?", "US senator, highest-ranking Democrat on the Senate Intelligence Committee"),
        ("who is the editor in chief?", "Margarita Simonyan"),  # whatever is said of a deputy editor-in-chief
        ("who is the deputy editor in chief?", "Kirill Karnovich-Valua"),
        ("who are the senators?", "Mark Warner, Amy Klobuchar, John McCain"),
        ("who is the Republican senator?", "John McCain"),
    ],
)
def test_a_name_in_the_role_of_another_is_no_role_and_a_deputy_not_whom_they_stand_in_for(
    shipped: Answerer, question: str, short: str
) -> None:
    assert shipped.ask(question).short == short


def test_nobody_is_the_senator_where_there_are_three(shipped: Answerer) -> None:
    assert shipped.ask("who is the senator?").status != "answered"


def test_names_are_read_with_what_they_are_joined_to(lexicon: Lexicon) -> None:
    story = STORY.replace("role: coach of the Orr Rowing Club", "role: 'coach of Ida Rask, Bo Kim and Jo Fell, and boatbuilder'")
    with FactBase.memory() as base:
        base.apply(read_story(story, "club"), by="test")
        answerer = Answerer(base, lexicon)
        assert answerer.ask("Who is Bo Kim?").short is None
        assert answerer.ask("Who is the coach of Jo Fell?").short == "Eva Sand"
        assert answerer.ask("Who is the boatbuilder?").short == "Eva Sand"
