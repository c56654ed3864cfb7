"""What is said where no fact answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.answers.answerer import Answerer
from bot.answers.deciding import SURE_OF_NONE
from bot.answers.fallbacks import (
    ABOUT_ME,
    HELLO,
    NO_FACTS,
    WELCOME,
    courtesy,
    what_is_known,
)
from bot.answers.finding.index import StoryIndex
from bot.answers.question.parsing import read_question
from bot.english.lexicon import Lexicon
from bot.english.search_words import words_of
from bot.facts.base import FactBase
from bot.resources import stories_folder
from bot.stories.load import load_story
from tests.support.paths import HARBOUR

DENIAL = re.compile(r"\bnone\b|No fact", re.IGNORECASE)


@pytest.mark.parametrize(
    "text",
    [
        "hi",
        "Hello there!",
        "hiya, you there?",
        "hey man",
        "good morning everyone",
        "hey footnote",
        "hey there, how r u",
        "how are you doing today?",
        "how’re you?",
        "what’s up, bot",
    ],
)
def test_a_greeting_is_greeted(text: str, answerer: Answerer) -> None:
    answer = answerer.ask(text)
    assert answer.known == HELLO
    assert not answer.is_question
    assert not answer.suggestions
    assert answerer.ask(text, after=["when was the bridge closed"]) == answer


@pytest.mark.parametrize(
    "text", ["thanks", "thank you so much", "ok thx a lot", "cheers for that", "thx mate", "ok thanks all, bye"]
)
def test_thanks_are_welcome(text: str) -> None:
    assert courtesy(words_of(text)) == WELCOME


@pytest.mark.parametrize(
    "text",
    [
        "help",
        "what can you do?",
        "hi, who are you",
        "What's this bot?",
        "are you a human?",
        "how does this bot work",
        "how do I use you?",
    ],
)
def test_a_question_about_the_bot_is_answered_by_what_it_does(text: str, answerer: Answerer) -> None:
    answer = answerer.ask(text)
    assert answer.known == ABOUT_ME
    assert not answer.is_question


@pytest.mark.parametrize(
    "text",
    [
        "hi, when was the bridge closed",
        "good",
        "are you all there",
        "thanks but who closed it",
        "who said hello",
        "hey, how is it going?",  # the repair, for one
        "how are you sure of that",
        "what's up with the bridge",
        "what is up there",
        "who is the bot",
        "are you sure it is shut",
        "what do you know about the bridge",
        "help for the ferry",
        "how does this work",
    ],
)
def test_a_question_is_no_courtesy(text: str) -> None:
    assert courtesy(words_of(text)) is None


@pytest.mark.parametrize("text", ["When did Maria Lee resign?", "how much did the dentist charge", "who said the moon is shut"])
def test_facts_are_never_counted_where_there_is_none_or_one(text: str, lexicon: Lexicon) -> None:
    story = load_story(HARBOUR)
    with FactBase.memory() as base:
        base.apply(replace(story, facts=()), by="test")
        assert Answerer(base, lexicon).ask(text).known == NO_FACTS
    with FactBase.memory() as base:
        base.apply(replace(story, facts=story.facts[:1]), by="test")
        assert "of the 1" not in (Answerer(base, lexicon).ask(text).known or "")
        then = Answerer(base, lexicon).ask(text, as_of=19000101).known
        assert then is None or "0 facts" not in then


def test_of_a_question_in_another_language_nothing_is_said_to_be_known(answerer: Answerer) -> None:
    answerer.encode()
    answer = answerer.ask("welche Farbe hat das Fahrrad des Bürgermeisters")
    assert not answer.facts
    assert answer.known is None


@pytest.mark.parametrize(
    ("question", "mentioned"),
    [("what did Twitter decide to eat?", True), ("what colour did Klobuchar paint her house?", False)],
)
def test_a_word_in_another_form_is_not_called_unmentioned(question: str, mentioned: bool, lexicon: Lexicon) -> None:
    with FactBase.memory() as base:
        base.apply(load_story(stories_folder() / "twitter-rt-sputnik.yaml"), by="test")
        answer = Answerer(base, lexicon).ask(question)
    assert answer.status != "answered"
    assert mentioned or answer.perhaps_answers or "none mentions" in (answer.known or "none mentions")
    assert not mentioned or "none mentions" not in (answer.known or "")


@pytest.fixture(scope="module")
def shipped(lexicon: Lexicon) -> Iterator[Answerer]:
    with FactBase.memory() as base:
        base.apply(load_story(stories_folder() / "twitter-rt-sputnik.yaml"), by="test")
        yield Answerer(base, lexicon)


@pytest.mark.parametrize("text", ["how old is FARA", "how much ransom was paid", "what about telegram"])
def test_what_the_reader_is_not_sure_of_is_not_denied(text: str, shipped: Answerer) -> None:
    answer = shipped.ask(text)
    assert answer.explanation.confidence >= SURE_OF_NONE
    assert not DENIAL.search(answer.known or "")


def test_no_question_that_a_fact_answers_is_denied(shipped: Answerer) -> None:
    story = load_story(stories_folder() / "twitter-rt-sputnik.yaml")
    denied = [question for question in story.questions if DENIAL.search(shipped.ask(question.ask).known or "")]
    assert denied
    assert not any(question.expect for question in denied)


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("best pizza in town?", "None of the 69 facts that I know mentions “pizza”."),
        (
            "who won the 2017 world series",
            "None of the 69 facts that I know tells who that was.",
        ),  # a common word is many a thing
        (
            "how old is Margarita Simonyan's dog",
            "I know 7 facts about Margarita Simonyan (Editor-in-chief of RT and its head of social media), but none tells that.",
        ),
    ],
)
def test_a_word_is_called_unmentioned_only_where_it_is_rare(text: str, known: str, shipped: Answerer) -> None:
    assert shipped.ask(text).known == known


@pytest.mark.parametrize("text", ["tldr", "TLDR please", "give me a summary", "recap"])
def test_a_summary_is_no_question(text: str, shipped: Answerer) -> None:
    answer = shipped.ask(text)
    assert (answer.known or "").startswith("Twitter's advertising ban on RT and Sputnik: The ban of October 2017")
    assert not answer.suggestions
    assert not answer.is_question


@pytest.mark.parametrize("text", ["how many people work at RT?", "do people work for RT"])
def test_what_is_known_is_of_whoever_is_named_rather_than_described(text: str, shipped: Answerer) -> None:
    assert (shipped.ask(text).known or "").startswith("I know 21 facts about RT (")


def test_nothing_is_said_of_all_facts_where_only_some_were_read(index: StoryIndex) -> None:
    question = read_question("how much did the dentist charge", index)
    assert (
        what_is_known(question, index, sure=True) == f"None of the {len(index.documents)} facts that I know mentions “dentist”."
    )
    assert what_is_known(question, index, sure=True, whole=False) is None
    known = read_question("how many tigers did Maria Lee feed?", index)
    assert what_is_known(known, index, sure=False, whole=False) is None
