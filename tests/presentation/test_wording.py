"""The words that Discord and the terminal share."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.answers.models import Answer, Explanation, ScoredFact
from bot.answers.question.expected_answer import QuestionType
from bot.facts.sourcing import Nature
from bot.languages import say, speaking
from bot.messages import Message
from bot.presentation import wording
from tests.client.records import EVENT

WHY = Explanation(matched=("bridge",), missing=("say", "Atlantis"), unknown_names=("Atlantis",), confidence=0.5, sources=2)


def said(why: Explanation, *, answered: bool) -> str:
    facts = (ScoredFact(EVENT, 0.5),) if answered else ()
    return " ".join(wording.reasons(Answer("?", "answered" if answered else "unknown", facts, explanation=why), str.upper))


@pytest.mark.parametrize("asked", list(QuestionType))
def test_every_type_of_question_has_its_words(asked: QuestionType) -> None:
    for answered in (True, False):
        assert "You asked " in said(replace(WHY, slot=asked.value), answered=answered)


@pytest.mark.parametrize(
    ("answered", "filled", "sentence"),
    [
        (True, True, "You asked when, and the first fact says that."),
        (True, False, "You asked when, and the first fact does not say that."),
        (False, True, "You asked when."),
        (False, False, "You asked when, and the nearest fact does not say that."),
    ],
)
def test_only_a_fact_that_answers_is_said_to_have_what_was_asked_for(answered: bool, filled: bool, sentence: str) -> None:
    assert sentence in said(replace(WHY, slot="when", slot_filled=filled), answered=answered)


def test_a_word_that_no_fact_has_is_named_once_and_all_are_made_fit_to_be_shown() -> None:
    text = said(WHY, answered=True)
    assert text.count("ATLANTIS") == 1
    assert "Words that no fact has: “ATLANTIS”." in text
    assert "Words that it does not have: “SAY”." in text


@pytest.mark.parametrize(("confidence", "said_so"), [(0.13, True), (0.9, False)])
def test_too_little_is_called_so(confidence: float, said_so: bool) -> None:
    assert ("too little to be an answer" in said(replace(WHY, confidence=confidence), answered=False)) is said_so
    assert "too little" not in said(replace(WHY, confidence=confidence), answered=True)


def test_without_a_fact_nothing_is_said_of_one() -> None:
    text = said(Explanation(missing=("pizza",), unknown_names=("pizza",), slot="who"), answered=False)
    assert text == "You asked who. Words that no fact has: “PIZZA”. No fact shares a word with your question."


def test_a_headline_that_says_all_of_the_first_fact_is_left_out() -> None:
    gone = replace(EVENT, retracted=True)
    for short, records, shown in (
        ("The city closed the bridge", [EVENT], None),
        ("city closed the bridge.", [gone, EVENT], None),
        ("the bridge", [EVENT], "the bridge"),
        ("3 March 2021", [EVENT], "3 March 2021"),
        ("The city closed the bridge", [gone], "The city closed the bridge"),
        (None, [EVENT], None),
    ):
        assert wording.headline(short, records) == shown


def test_what_stands_behind_an_answer_is_said_in_a_sentence() -> None:
    first, second = EVENT.sources
    quoted = replace(second, note="As quoted by the Harbour Gazette.")
    third = replace(second, title="Evening news", publisher="Radio Fjord", authors=())
    for records, sentence in (
        ([EVENT], "Reported by 2 independent sources."),
        ([replace(EVENT, sources=(first,))], "Reported by one source."),
        ([replace(EVENT, retracted=True), EVENT], "The first fact: reported by 2 independent sources."),
        ([replace(EVENT, sources=(first, quoted))], "Reported by 2 sources with the same origin."),
        ([replace(EVENT, sources=(first, quoted, third))], "Reported by 3 sources, 2 of them independent."),
        ([replace(EVENT, retracted=True)], ""),
        ([], ""),
    ):
        assert wording.standing(records, str) == sentence


@pytest.mark.parametrize(
    ("nature", "sentence"),
    [
        ("event", "It is an event."),
        ("quote", "It is what somebody said, word for word."),
        ("claim", "It is what somebody claims."),
        ("role", "It says who somebody is."),
        ("own", "It is the publisher's own statement or opinion."),
    ],
)
def test_why_this_answer_says_what_the_fact_is_and_on_how_many_sources(nature: Nature, sentence: str) -> None:
    assert f"{sentence} 2 independent sources stand behind it." in said(replace(WHY, nature=nature), answered=True)
    assert sentence not in said(replace(WHY, nature=nature), answered=False)


def test_what_came_later_is_not_cut_inside_a_bracket() -> None:
    text = "The city closed the bridge to all traffic on the third of March (after two divers had found cracks)."
    record = replace(EVENT, fact=replace(EVENT.fact, text=text))
    said = wording.as_of(Answer("", "answered", as_of=20200519, came_later=(record,)))
    assert said is not None
    assert said.endswith("Came later: The city closed the bridge to all traffic on the third of March …")


def test_a_date_in_arabic_is_marked_off_from_the_names_beside_it() -> None:
    (source, *_) = EVENT.sources
    with speaking("ar"):
        (*_, when) = wording.published(source)
        assert wording.circumstances(EVENT)[0][0] == when[0] == "\u2068"
        assert when[-1] == "\u2069"
    for spoken in ("en", "ja"):
        with speaking(spoken):
            assert not {"\u2068", "\u2069"} & set("".join((*wording.published(source), *wording.circumstances(EVENT))))


def test_a_full_stop_stands_once_and_no_blank_behind_a_japanese_one() -> None:
    answer = Answer("", "answered", as_of=20171026, perhaps=1)
    with speaking("ru"):
        assert (wording.as_of(answer) or "").startswith("Вот что источники сообщили к 26 октября 2017\u202fг. ")
        assert "г.." not in (wording.as_of(answer) or "")
    with speaking("ja"):
        assert "。 " not in (wording.as_of(answer) or "")
    assert say("Reported by {sources}.", sources="Twitter Inc.") == "Reported by Twitter Inc."
    assert Message("Reported by {sources}.", sources="Twitter Inc.") == "Reported by Twitter Inc."
    assert say("Reported by {sources}.", sources="RT") == "Reported by RT."
