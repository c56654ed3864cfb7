"""What tells an answer from a fact that is only near a question."""

from __future__ import annotations

import pytest

from bot.answers.evidence import Evidence, has_names_alone, weigh
from bot.answers.index import StoryIndex
from bot.answers.lexicon import Lexicon
from bot.answers.matching import Match, match_all, nearest_words
from bot.answers.question import Question, read_question


def held(text: str, fact: str, index: StoryIndex, lexicon: Lexicon) -> tuple[Question, list[Match]]:
    """Return a question and its matches, that of a fact first."""
    question = read_question(text, index, lexicon)
    matches = match_all(question, index, lexicon)
    matches.sort(key=lambda match: match.document.record.fact.id != fact)
    assert matches[0].document.record.fact.id == fact
    return question, matches


def evidence(text: str, fact: str, index: StoryIndex, lexicon: Lexicon) -> Evidence:
    question, matches = held(text, fact, index, lexicon)
    return weigh(question, matches, [1 / len(matches)] * len(matches), nearest_words(question, index))


def test_what_is_said_about_something_else_is_beside_the_topic(index: StoryIndex, lexicon: Lexicon) -> None:
    assert evidence("what did Maria Lee say about the budget", "lee-safety", index, lexicon).beside_topic
    assert not evidence("what did Maria Lee say about the bridge", "lee-safety", index, lexicon).beside_topic
    assert not evidence("when was the budget passed by Maria Lee", "lee-safety", index, lexicon).beside_topic


def test_a_kind_of_fact_that_does_not_suit_the_question_speaks_against_it(index: StoryIndex, lexicon: Lexicon) -> None:
    assert evidence("when was the bridge safe", "lee-safety", index, lexicon).not_event
    assert not evidence("when was the bridge closed", "closure", index, lexicon).not_event
    assert evidence("what did Maria Lee say about the bridge", "closure", index, lexicon).not_quote
    assert not evidence("what did Maria Lee say about the bridge", "lee-safety", index, lexicon).not_quote


def test_who_said_it_needs_somebody_whom_the_question_does_not_name(index: StoryIndex, lexicon: Lexicon) -> None:
    assert not evidence("who said that the bridge is not safe", "lee-safety", index, lexicon).nobody
    assert evidence("who told Maria Lee that the bridge is not safe", "lee-safety", index, lexicon).nobody


def test_words_that_may_stand_for_anything_are_left_apart(index: StoryIndex, lexicon: Lexicon) -> None:
    assert evidence("when did the lady close the bridge", "closure", index, lexicon).vague_left > 0
    assert evidence("when did the actors close the bridge", "closure", index, lexicon).vague_left == 0


def test_a_word_that_another_fact_has_is_nearer_elsewhere(index: StoryIndex, lexicon: Lexicon) -> None:
    assert evidence("when was the ferry closed", "closure", index, lexicon).elsewhere > 0
    assert evidence("when was the bridge closed", "closure", index, lexicon).elsewhere == 0


def test_a_date_tells_the_more_the_fewer_facts_agree(index: StoryIndex, lexicon: Lexicon) -> None:
    by_day = evidence("was the bridge closed on 3 March 2021", "closure", index, lexicon).date_told
    by_year = evidence("was the bridge closed in 2021", "closure", index, lexicon).date_told
    assert by_day > by_year
    assert evidence("was the bridge closed on 4 May 1999", "closure", index, lexicon).date_told == 0


@pytest.mark.parametrize(
    ("text", "alone"), [("when was Maria Lee born", True), ("when was Maria Lee safe", False), ("when was Maria Lee", False)]
)
def test_a_fact_may_have_names_of_a_question_alone(text: str, alone: bool, index: StoryIndex, lexicon: Lexicon) -> None:
    question, matches = held(text, "lee-safety", index, lexicon)
    assert has_names_alone(question, matches[0]) is alone


def test_the_nearest_word_is_of_any_fact_and_none_is_near_a_strange_name(index: StoryIndex, lexicon: Lexicon) -> None:
    question = read_question("did the bridge shut", index, lexicon)
    near = dict(zip((term.word for term in question.terms), nearest_words(question, index), strict=True))
    assert near["bridge"] == 1.0
    assert 0 < near["shut"] <= 1.0
    strange = read_question("xyzzyq", index, lexicon)
    assert nearest_words(strange, index) == [0.0]


def test_evidence_is_bounded(index: StoryIndex, lexicon: Lexicon) -> None:
    for text in ("when did Maria Lee close the bridge on 3 March 2021", "what did Maria Lee say about the budget", "bridge"):
        question = read_question(text, index, lexicon)
        matches = match_all(question, index, lexicon)
        chances = [1 / len(matches)] * len(matches)
        found = weigh(question, matches, chances, nearest_words(question, index))
        assert all(-1 <= value <= 1 + 1e-9 for value in found)
