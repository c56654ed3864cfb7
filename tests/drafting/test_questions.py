"""Questions that are proposed for a draft: its own facts answer them, they are short, and few of each sort."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bot.drafting.draft import ArticleDetails, make_draft
from bot.drafting.questions import questions_of
from bot.facts.dates import parse_date
from bot.facts.models import Actor, Citation, Fact, RecordedQuestion

CITED = (Citation("article"),)
NAMES = {"lee": "Maria Lee", "bank": "the Harbour Bank"}
LEE, BANK, KIM = (
    Actor("lee", "Maria Lee", "person"),
    Actor("bank", "Harbour Bank", "organization"),
    Actor("kim", "Jo Kim", "person"),
)
QUOTE = Fact("q", "quote", "The bridge is shut for good.", CITED, by=("lee",), date=parse_date("2021-03-03"))
TEXTS = st.one_of(st.text(), st.just("word " * 60))


def asked(*facts: Fact) -> dict[str, RecordedQuestion]:
    return {question.ask: question for question in questions_of(facts, (LEE, BANK, KIM), {}, NAMES)}


def test_a_quote_is_asked_for_by_its_first_words_by_its_speaker_and_by_its_day() -> None:
    questions = asked(replace(QUOTE, text="The bridge is shut for good, and so is the old ferry."))
    assert questions["Who said “The bridge is shut for good, and so…”?"].short == "Maria Lee"
    assert questions["What did Maria Lee say?"].expect == ("q",)
    assert questions["When did Maria Lee say “The bridge is shut for good, and so…”?"].short == "3 March 2021"


def test_a_body_is_called_as_in_a_sentence_and_short_without_its_article() -> None:
    questions = asked(replace(QUOTE, by=("bank",)))
    assert questions["Who said “The bridge is shut for good”?"].short == "Harbour Bank"
    assert "What did the Harbour Bank say?" in questions


def test_words_too_few_to_know_them_by_are_not_asked_for() -> None:
    assert not any("shut for good" in ask for ask in asked(replace(QUOTE, text="shut for good")))


def test_what_one_said_of_another_is_asked_where_there_is_more() -> None:
    about = replace(QUOTE, id="a", about=("bank",))
    assert "What did Maria Lee say about the Harbour Bank?" not in asked(about)
    assert asked(QUOTE, about)["What did Maria Lee say about the Harbour Bank?"].expect == ("a",)


def test_those_who_say_nothing_are_asked_after_in_vain() -> None:
    assert asked(QUOTE)["What did Jo Kim say?"].expect == ()


def test_a_day_is_asked_for_once_with_all_its_events() -> None:
    event = Fact("e", "event", "It closed.", CITED, date=parse_date("2021-03-03"))
    month = replace(event, id="m", date=parse_date("2021-03"))
    questions = asked(event, replace(event, id="f"), month)
    assert questions["What happened on 3 March 2021?"].expect == ("e", "f")
    assert not any("m" in question.expect for question in questions.values())


def test_when_something_happened_is_asked_in_its_own_words() -> None:
    text = "In April 2020, the city closed the old bridge.\n\nMaria Lee, the mayor, said “it is shut for good”."
    questions = {
        question.ask: question.short
        for question in make_draft(text, ArticleDetails(source="The bridge"), today=date(2021, 3, 6)).story.questions
    }
    assert questions["When did the city close the old bridge?"] == "April 2020"


@given(st.lists(st.tuples(TEXTS, st.sampled_from([(), ("lee",), ("bank",), ("lee", "bank"), ("x",)])), max_size=30))
def test_whatever_the_facts_say_questions_are_short_few_and_answered_by_them(drawn: list[tuple[str, tuple[str, ...]]]) -> None:
    facts = [replace(QUOTE, id=f"q{number}", text=text, by=by) for number, (text, by) in enumerate(drawn)]
    questions = questions_of(facts, (LEE, BANK, KIM), {}, NAMES)
    assert len({question.ask for question in questions}) == len(questions) <= 5 * 8 + 2
    for question in questions:
        assert len(question.ask) <= 110
        assert set(question.expect) <= {fact.id for fact in facts}
