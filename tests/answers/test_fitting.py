"""Which pieces of a fact may be a short answer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.answers.finding.index import Indexes, StoryIndex
from bot.answers.fitting import is_given, is_of_kind
from bot.answers.question.parsing import read_question
from bot.english.lexicon import Lexicon
from bot.facts.base import FactBase
from bot.stories.load import read_story

CAMP = """
story: {id: camp, title: The camp}
sources: {paper: {type: article-newspaper, title: Camp news}}
actors:
  lerner: {name: Abraham Lerner, kind: person, role: Doctor}
  kite: {name: Kite, kind: other, role: Sailing ship}
events:
  camp:
    date: 1959-07-19
    what: >-
      Abraham Lerner found eleven cases of typhoid among six gendarmes, leased the Kite for ten years, fell four metres in a
      borrowed cloak, paid a caterer and saw two coal barges lift the wreck in three days at the age of 70.
    who: [lerner, kite]
    cite: paper
"""


@pytest.fixture
def camp(lexicon: Lexicon) -> Iterator[StoryIndex]:
    with FactBase.memory() as base:
        base.apply(read_story(CAMP, "camp"), by="test")
        yield Indexes(base, lexicon).whole()


@pytest.mark.parametrize(
    ("question", "piece"),
    [
        ("how many gendarmes had typhoid", "eleven cases"),  # other things are counted
        ("how much did the camp pay for the Kite", "ten years"),  # another unit
        ("how long was the lease", "19 July 1959"),  # the date is no amount
        ("how badly was he injured", "four metres"),  # no amount is asked for
        ("whose cloak was it", "a borrowed cloak"),  # no person
        ("who was leased for ten years", "19 July 1959"),
        ("when was the ship leased", "a borrowed cloak"),
    ],
)
def test_a_piece_of_another_kind_is_no_short_answer(question: str, piece: str, camp: StoryIndex) -> None:
    assert not is_of_kind(piece, read_question(question, camp), camp.documents[0])


@pytest.mark.parametrize("question", ["where was the camp", "who leased the ship", "when did he fall", "how many fell ill"])
def test_a_whole_sentence_is_no_short_answer(question: str, camp: StoryIndex) -> None:
    sentence = camp.documents[0].record.fact.text
    assert not is_of_kind(sentence.rstrip("."), read_question(question, camp), camp.documents[0])


@pytest.mark.parametrize(
    ("question", "piece"),
    [
        ("how many gendarmes had typhoid", "six gendarmes"),
        ("how many people had typhoid", "six gendarmes"),
        ("how many coal barges came", "two coal barges"),
        ("how long was the lease", "ten years"),
        ("how fast was the wreck lifted", "three days"),
        ("how old was the doctor", "70"),
        ("how quickly was the wreck lifted", "three days"),
        ("how far behind schedule was the lease", "ten years"),
        ("how many litres did they drink", "70"),
        ("how was the wreck lifted", "two coal barges"),
        ("whose pots were those", "a caterer"),
        ("who found the typhoid", "Abraham Lerner"),
        ("when was the ship leased", "19 July 1959"),
    ],
)
def test_a_piece_that_answers_is_of_the_kind_that_is_asked_for(question: str, piece: str, camp: StoryIndex) -> None:
    assert is_of_kind(piece, read_question(question, camp), camp.documents[0])


def test_what_only_repeats_the_question_in_whatever_form_is_given(camp: StoryIndex) -> None:
    document = camp.documents[0]
    assert is_given("the Kite", read_question("what did Lerner do with the Kite", camp), document)
    assert is_given("leased ships", read_question("which ship was it that he leases", camp), document)
    assert not is_given("ten years", read_question("which ship was it that he leases", camp), document)
    assert not is_given("the Kite", read_question("was it the Kite or the Sun", camp), document)
