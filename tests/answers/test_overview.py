"""What is shown where a question is about a story as a whole: its summary, its news, who spoke, an actor, questions to ask."""

from __future__ import annotations

import pytest

from bot.answers.answerer import Answerer
from bot.english.lexicon import Lexicon
from bot.facts.base import FactBase
from bot.stories.load import load_story, read_story
from tests.answers.relations.dam import STORY
from tests.support.paths import HARBOUR

SUMMARY = "The Harbour Bridge closure: Why the bridge was closed, who decided it and what was said. Invented for testing."


@pytest.mark.parametrize(
    "question",
    ["what is this about?", "tldr", "TL;DR please", "summary", "Can you give me a short summary of this story?", "summarise this",
     "What's the story about?", "what is going on here"],
)  # fmt: skip
def test_what_it_is_about_is_told_by_the_summary(answerer: Answerer, question: str) -> None:
    answer = answerer.ask(question)
    assert answer.known == SUMMARY
    assert not answer.facts
    assert not answer.is_question


@pytest.mark.parametrize("question", ["what's new?", "any news?", "Is there anything new?", "news"])
def test_news_are_the_newest_events_the_last_one_first(answerer: Answerer, question: str) -> None:
    dates = [fact.record.fact.date for fact in answerer.ask(question).facts]
    days = [date.latest for date in dates if date is not None and date.latest is not None]
    assert len(days) == 3
    assert days == sorted(days, reverse=True)
    events = [record.fact.date for record in answerer._base.by_date("event")]
    assert days[0] == max(date.latest for date in events if date is not None and date.latest is not None)


@pytest.mark.parametrize("question", ["list everyone who spoke", "who spoke?", "Who is quoted?", "list all the speakers"])
def test_all_who_spoke_are_named_with_a_statement_of_each(answerer: Answerer, question: str) -> None:
    answer = answerer.ask(question)
    assert answer.short == "Maria Lee, Daniel Okoro"
    assert sorted(fact.record.fact.by[0] for fact in answer.facts if fact.record.fact.by) == ["lee", "okoro"]


@pytest.mark.parametrize(
    "question", ["tell me about Maria Lee", "what do you know about Maria Lee?", "everything about the mayor"]
)
def test_all_facts_of_an_actor_are_shown_where_they_are_asked_for_by_name_alone(answerer: Answerer, question: str) -> None:
    answer = answerer.ask(question)
    assert answer.actor == "Maria Lee"
    assert {"closure", "lee-safety", "lee-sorry", "cost"} <= {fact.record.fact.id for fact in answer.facts}
    assert "Mayor of Harbour" in (answer.note or "")


@pytest.mark.parametrize(
    "question", ["tell me about Maria Smith", "tell me about the zebra", "tell me about Maria Lee and the port"]
)
def test_nobody_is_shown_whom_the_story_does_not_know(answerer: Answerer, question: str) -> None:
    assert answerer.ask(question).actor is None


@pytest.mark.parametrize("question", ["what can I ask?", "What can I ask you about?", "give me some example questions"])
def test_questions_to_ask_are_answered_where_they_are_asked(answerer: Answerer, question: str) -> None:
    offered = answerer.ask(question)
    assert "How big is the bill?" in offered.questions  # somebody recorded it
    assert all(text in (offered.known or "") for text in offered.questions)
    for text in offered.questions:
        assert answerer.ask(text).status == "answered", text


@pytest.mark.parametrize(
    "question", ["what is the bridge about to lose?", "what did the summary say?", "who spoke about the closure?"]
)
def test_a_question_about_something_in_the_story_is_none_about_the_whole(answerer: Answerer, question: str) -> None:
    assert answerer.ask(question).page is None


def test_it_is_what_was_asked_about_before(answerer: Answerer) -> None:
    assert answerer.ask("what was it about?", after=["what did Maria Lee say?"]).page is None
    assert answerer.ask("summarise this", after=["what did Maria Lee say?"]).page == "story"


def test_of_several_stories_their_titles_are_told_or_the_summary_of_the_one_that_is_asked(lexicon: Lexicon) -> None:
    with FactBase.memory() as base:
        base.apply(load_story(HARBOUR), by="test")
        base.apply(read_story(STORY, "dam"), by="test")
        answerer = Answerer(base, lexicon)
        assert answerer.ask("what is this about?").known == "I know about The Harbour Bridge closure and The Ferris dam."
        assert answerer.ask("what is this about?", story="harbour-bridge").known == SUMMARY
        assert answerer.ask("who spoke?", story="dam").short == "Tom Birk, Dam Workers"
