"""Who speaks for whom and about what, who takes which side, and who disputes what."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.answers.answerer import Answerer
from bot.answers.models import Answer
from bot.answers.relations.resolver import OTHERS_SAY
from bot.answers.relations.sides import is_denied, numbers_of
from bot.english.lexicon import Lexicon
from bot.facts.base import FactBase
from bot.resources import stories_folder
from bot.stories.load import load_story, read_story
from tests.support.paths import TESTS

STORY = """
story: {{id: works, title: The works}}
sources: {{s: {{type: webpage, title: Report, published: 2020-03-02}}}}
actors:
  works: {{name: Lea Works, kind: organization, aliases: [the Works]}}
  ann: {{name: Ann Oak, kind: person, role: "{role}"}}
  mayor: {{name: Bob Elm, kind: person, role: mayor}}
claims:
  fine: {{by: ann, text: The bridge will be rebuilt., about: [mayor], cite: s}}
  rude: {{by: mayor, text: I never read the letter., about: [works], cite: s}}
"""


def asked(lexicon: Lexicon, role: str) -> tuple[list[str], str | None]:
    with FactBase.memory() as base:
        base.apply(read_story(STORY.format(role=role), "works"), by="test")
        answer = Answerer(base, lexicon).ask("what did Lea Works say about Bob Elm?")
        return [fact.record.fact.id for fact in answer.facts], answer.note


@pytest.mark.parametrize(
    "role",
    ["spokeswoman for Lea Works", "Chief executive of the Works", "Deputy head of press at Lea Works", "Lea Works' chairwoman"],
)
def test_whoever_holds_an_office_may_speak_for_it_and_that_is_said(role: str, lexicon: Lexicon) -> None:
    assert asked(lexicon, role) == (["fine"], "These are the words of people whose role may let them speak for Lea Works.")


@pytest.mark.parametrize(
    "role",
    [
        "welder at Lea Works",
        "former chairwoman of Lea Works",
        "director of Lea Works's rival",
        "head of the inquiry into Lea Works",
    ],
)
def test_others_do_not_speak_for_it(role: str, lexicon: Lexicon) -> None:
    assert asked(lexicon, role)[0] == []


@pytest.fixture(scope="module")
def shipped(lexicon: Lexicon) -> Iterator[Answerer]:
    with FactBase.memory() as base:
        base.apply(load_story(stories_folder() / "twitter-rt-sputnik.yaml"), by="test")
        yield Answerer(base, lexicon)


def test_an_outlet_answers_by_its_editors_under_their_own_names(shipped: Answerer) -> None:
    answer = shipped.ask("what did RT say about Twitter?")
    speakers = {actor.name for fact in answer.facts for actor in fact.record.speakers}
    assert speakers == {"Kirill Karnovich-Valua", "Margarita Simonyan"}
    assert answer.note == "These are the words of people whose role may let them speak for RT."


@pytest.mark.parametrize("question", ["how did RT respond to the ban?", "what was RT's reaction to the ban"])
def test_a_reaction_is_what_was_said_about_it(question: str, shipped: Answerer) -> None:
    assert {fact.record.fact.id for fact in shipped.ask(question).facts} == {"simonyan-regrettable", "campaign-against-russia"}


def test_its_own_words_go_before_those_of_its_people(shipped: Answerer) -> None:
    answer = shipped.ask("what did RT say about the Justice Department?")
    assert [fact.record.fact.id for fact in answer.facts] == ["foreign-agent-demand"]
    assert answer.note is None


@pytest.mark.parametrize(
    "question",
    ["what did RT say about Google?", "what did Google say about RT?", "what did the Democratic Party say about Twitter?"],
)
def test_nobody_is_made_to_speak_of_what_they_did_not(question: str, shipped: Answerer) -> None:
    shown = shipped.ask(question).facts  # that Google has not said something may be told
    assert {fact.record.fact.id for fact in shown} <= {"google-facebook-undecided"}


def test_where_somebody_has_not_spoken_at_all_no_words_of_others_are_given(shipped: Answerer) -> None:
    answer = shipped.ask("what did the Russian government say about Twitter?")
    assert answer.facts == ()
    assert answer.known == "No fact records what Russian government said."


@pytest.fixture(scope="module")
def ferry(lexicon: Lexicon) -> Iterator[Answerer]:
    with FactBase.memory() as base:
        base.apply(load_story(TESTS / "stories" / "aurelia-ferry.yaml"), by="test")
        yield Answerer(base, lexicon)


@pytest.mark.parametrize(
    ("question", "fact", "called"),
    [
        ("what did the coastguard say about the search?", "arden-cold", "Skerrin Coastguard"),
        ("what did the families say about the settlement?", "shares", "the families"),
    ],
)
def test_a_group_speaks_by_its_people_even_where_it_has_no_entry(question: str, fact: str, called: str, ferry: Answerer) -> None:
    answer = ferry.ask(question)
    assert [scored.record.fact.id for scored in answer.facts] == [fact]
    assert answer.note == f"These are the words of people whose role may let them speak for {called}."


def test_an_organisation_may_be_called_by_the_last_word_of_its_name(lexicon: Lexicon) -> None:
    with FactBase.memory() as base:
        base.apply(load_story(TESTS / "stories" / "tarnbrook-water.yaml"), by="test")
        answerer = Answerer(base, lexicon)
        answer = answerer.ask("what did the authority say about Hollin Beck?")
        assert [fact.record.fact.id for fact in answer.facts] == ["last-inspection"]
        assert answerer.ask("what did the council say about Whitlock?").facts == ()  # there are two


WEIR = """
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
  painted: {by: board, text: The gate of the weir was painted in the autumn., cite: s}
"""


def test_numbers_and_denials_are_read_in_figures_and_in_words() -> None:
    assert numbers_of("Twenty-four bees, 310,000 pounds and 2.5 million") == {"24", "310000", "2500000"}
    assert is_denied("We didn't do it.")
    assert not is_denied("Nobody denied it.")


@pytest.fixture
def weir(lexicon: Lexicon) -> Iterator[Answerer]:
    with FactBase.memory() as base:
        base.apply(read_story(WEIR, "weir"), by="test")
        answerer = Answerer(base, lexicon)
        answerer.encode()
        yield answerer


def ids(answer: Answer) -> list[str]:
    return [fact.record.fact.id for fact in answer.facts]


@pytest.mark.parametrize(
    ("question", "fact", "speaker"),
    [
        ("Who disagrees with Hale about how far the water rose?", "higher", "Sam Rook"),
        pytest.param(
            "Does anyone dispute that the water rose by 40 centimetres?",
            "higher",
            "Sam Rook",
            marks=pytest.mark.xfail(reason="the reader finds the warning as likely as the other height"),
        ),
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


@pytest.mark.parametrize(
    ("question", "facts"),
    [
        ("Is it disputed how far the water rose?", ["height", "higher"]),
        ("Were the farmers warned of the flood, or is that disputed?", ["unwarned", "warned"]),
        ("What are the different versions of how far the water rose?", ["height", "higher"]),
        ("Hale says the water rose by 40 centimetres. What does the other side say?", ["higher"]),
        ("The River Board says the farmers were warned. What does Rook say to that?", ["unwarned"]),
    ],
)
def test_both_sides_are_shown_or_the_one_that_is_asked_for(question: str, facts: list[str], weir: Answerer) -> None:
    assert sorted(ids(weir.ask(question))) == facts


@pytest.mark.parametrize(
    "question", ["and what did the other one say?", "what does the other side say to that", "what about the others?"]
)
def test_the_other_one_is_whoever_speaks_against_the_answer_before(question: str, weir: Answerer) -> None:
    assert ids(weir.ask(question, after=["Who says the water rose by 90 centimetres?"])) == ["height"]


def test_nobody_is_made_to_answer_what_they_did_not(weir: Answerer) -> None:
    assert "higher" not in ids(weir.ask("Hale says the water rose by 40 centimetres. What does the River Board say to that?"))


@pytest.mark.parametrize("question", ["Is that disputed?", "and is it contested", "who disputes that", "does anyone doubt it?"])
def test_that_is_what_the_answer_before_says_where_it_may_be_disputed(question: str, weir: Answerer) -> None:
    assert ids(weir.ask(question, after=["Who says the water rose by 90 centimetres?"])) == ["height"]


@pytest.mark.parametrize(
    "question",
    [
        "Is it disputed that the gate was oiled every spring?",
        "Was the gate oiled every spring, or is that disputed?",
        "Does everyone agree that the gate was oiled every spring?",
    ],
)
def test_who_only_speaks_of_it_too_is_not_named_as_a_side(question: str, weir: Answerer) -> None:
    answer = weir.ask(question)
    assert answer.short is None
    assert answer.note == OTHERS_SAY or ids(answer) == ["oiled"]


def test_what_nobody_says_has_no_other_side(weir: Answerer) -> None:
    """After "when did the weir break" another weir would be the other one."""
    answer = weir.ask("what about the other one?", after=["When did the weir break?"])
    assert not answer.by_relation
    assert answer.note != OTHERS_SAY
