"""Which words show a stance, and whom it is meant for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.answers.answerer import Answerer
from bot.answers.relations.stances import Stances
from bot.english.lexicon import Lexicon
from bot.facts.base import FactBase
from bot.resources import stories_folder
from bot.stories.load import load_story, read_story

STORY = """
story: {{id: mill, title: The mill}}
sources: {{s: {{type: webpage, title: Report, published: 2020-03-02}}}}
actors:
  board: {{name: River Board, kind: organization}}
  mill: {{name: Oat Mill, kind: organization}}
  union: {{name: Mill Union, kind: organization}}
  mayor: {{name: Bob Elm, kind: person, role: mayor}}
events:
  closure: {{what: River Board closed Oat Mill., who: [board, mill], cite: s}}
  protest: {{what: Bob Elm criticised the closure., who: [mayor], cite: s}}
quotes:
  words: {{by: mayor, text: "{text}", about: [board, mill], event: {event}, cite: s}}
"""


def sides(lexicon: Lexicon, question: str, text: str, event: str = "closure") -> list[str]:
    """Return the facts that surely answer a question about sides when the mayor has said a text."""
    with FactBase.memory() as base:
        base.apply(read_story(STORY.format(text=text, event=event), "mill"), by="test")
        answer = Answerer(base, lexicon).ask(question)
        return [] if answer.note else [fact.record.fact.id for fact in answer.facts if fact.record.fact.kind == "quote"]


def shown(lexicon: Lexicon, question: str, text: str) -> list[str]:
    """Return the facts that are shown, whether they surely answer or not."""
    with FactBase.memory() as base:
        base.apply(read_story(STORY.format(text=text, event="closure"), "mill"), by="test")
        return [fact.record.fact.id for fact in Answerer(base, lexicon).ask(question).facts if fact.record.fact.kind == "quote"]


@pytest.mark.parametrize(
    "text",
    [
        "River Board's attack on Oat Mill is shameful.",
        "a shameful step",
        "I condemn the closure.",
        "It was wrong of River Board to treat Oat Mill so.",
        "I reject what was done, and Oat Mill was always good to us.",
        "The decision is a mistake, though Oat Mill has made some too.",
    ],
)
def test_an_objection_is_meant_for_whoever_did_it_and_not_for_whom_it_hits(text: str, lexicon: Lexicon) -> None:
    assert sides(lexicon, "who disagrees with River Board?", text) == ["words"]
    assert sides(lexicon, "who disagrees with Oat Mill?", text) == []


def test_who_is_named_after_the_word_is_meant(lexicon: Lexicon) -> None:
    text = "I condemn Oat Mill for that."
    assert sides(lexicon, "who disagrees with Oat Mill?", text) == ["words"]
    assert sides(lexicon, "who disagrees with River Board?", text) == []


def test_words_said_in_a_protest_are_meant_for_those_whose_deed_it_tells_of(lexicon: Lexicon) -> None:
    assert sides(lexicon, "who disagrees with River Board?", "a shameful step", event="protest") == ["words"]
    assert sides(lexicon, "who disagrees with Oat Mill?", "a shameful step", event="protest") == []


def test_to_support_something_else_is_no_side(lexicon: Lexicon) -> None:
    assert sides(lexicon, "who supports River Board?", "we want to support external research") == []
    assert sides(lexicon, "who supports the closure?", "we want to support external research") == []
    assert sides(lexicon, "who supports River Board?", "we support the closure") == ["words"]


@pytest.fixture(scope="module")
def shipped(lexicon: Lexicon) -> Iterator[Answerer]:
    with FactBase.memory() as base:
        base.apply(load_story(stories_folder() / "twitter-rt-sputnik.yaml"), by="test")
        yield Answerer(base, lexicon)


def test_words_against_what_was_done_to_somebody_are_not_against_them(shipped: Answerer) -> None:
    answer = shipped.ask("who disagrees with RT?")
    assert answer.short is None
    assert answer.note == "The facts do not say who is on that side. This is what others say about it."
    assert [fact.record.fact.id for fact in shipped.ask("who supports Twitter?").facts][:1] == ["officials-applaud"]
    assert shipped.ask("who supports RT?").note is not None


def test_whoever_is_on_the_other_side_or_did_it_is_not_among_the_undecided(lexicon: Lexicon) -> None:
    assert shown(lexicon, "who supports the closure?", "a shameful step") == []
    assert shown(lexicon, "who supports the closure?", "I have read of it.") == ["words"]
    assert shown(lexicon, "who disagrees with the closure?", "I welcome it.") == []


@pytest.mark.parametrize("question", ["who is against the bill?", "who disagrees with Zakharova", "who supports Simonyan?"])
def test_where_nobody_has_taken_a_side_that_is_said(question: str, shipped: Answerer) -> None:
    answer = shipped.ask(question)
    assert answer.facts == ()
    assert answer.known == "I find no words for or against that in the facts."


def test_whoever_appeals_against_something_is_not_against_those_who_asked_for_it(lexicon: Lexicon) -> None:
    with FactBase.memory() as base:
        base.apply(load_story(Path(__file__).parent.parent.parent / "stories" / "calder-recount.yaml"), by="test")
        answerer = Answerer(base, lexicon)
        assert answerer.ask("who is against the recount?").short == "Civic Union"
        for question in ("who disagrees with Desmond Pryce?", "who disagrees with the Civic Union?"):
            answer = answerer.ask(question)
            assert "appeal-filed" not in [fact.record.fact.id for fact in answer.facts]
            assert answer.short is None


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("It is a positive step.", "supports"),
        ("a highly regrettable decision", "opposes"),
        ("We stand against it.", "opposes"),
        ("I do not support it.", None),
        ("It is not wrong.", None),
        ("He turned right at the corner and went back to the ship.", None),
        ("I welcome the aim but I reject the means.", None),
        ("It silences those who criticise the government.", None),
        ("I condemn it.", "opposes"),
        ("They met on Monday.", None),
        ("It is the right decision.", "supports"),
        ("It lies on the right side.", None),
        ("They will have earned that back by Easter.", None),
        ("We back the plan.", "supports"),
    ],
)
def test_a_stance_is_taken_only_from_words_that_show_one(text: str, stance: str | None, lexicon: Lexicon) -> None:
    assert Stances(lexicon).of(text, own=True) == stance


def test_what_others_tell_shows_who_did_it(lexicon: Lexicon) -> None:
    assert Stances(lexicon).of("Officials applauded the ban.", own=False) == "supports"
    assert Stances(lexicon).of("She criticised the ban in a statement.", own=False) == "opposes"
    assert Stances(lexicon).of("Officials applauded the ban.", own=True) is None
