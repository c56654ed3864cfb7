"""What was said or happened before and after events and dates, on the shipped story and on a small one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.answers.answerer import Answerer
from bot.answers.relations.chronology import Moment, came_after, follows, in_period, latest
from bot.english.lexicon import Lexicon
from bot.facts.base import FactBase
from bot.resources import stories_folder
from bot.stories.load import load_story, read_story

STORY = """
story: {id: gate, title: The gate}
sources: {s: {type: webpage, title: Report, published: 2021-12-31}}
actors:
  lee: {name: Maria Lee, kind: person}
  city: {name: Gate City, kind: organization}
events:
  survey: {date: 2020-04-02, what: A survey found rust., cite: s}
  repair: {date: 2021-04-10, what: Workers repaired the rusty gate., cite: s}
  evacuation: {date: 2021-05-03, what: "People left their homes at 3 p.m.", cite: s}
  flood: {date: 2021-05-03, what: "The river flooded the city at 11 p.m.", who: [city], cite: s}
  session: {date: 2021-05-03, what: The council met in session., cite: s}
  drainage: {date: 2021-05-09, what: Pumps drained the streets., cite: s}
  farewell: {date: 2021-06-01, what: Maria Lee resigned., who: [lee], cite: s}
  rebuild: {date: 2022, what: The gate was built anew., cite: s}
quotes:
  calm: {by: lee, text: Nobody has to leave at 6 a.m., date: 2021-05-02, cite: s}
  leave: {by: lee, text: Leave now., date: 2021-05-03, event: evacuation, cite: s}
  late: {by: lee, text: It was time., date: 2021-06-02, cite: s}
  sorry: {by: lee, text: I am sorry., date: 2021-05-20, event: flood, cite: s}
"""


@pytest.fixture
def gate(lexicon: Lexicon) -> Iterator[Answerer]:
    with FactBase.memory() as base:
        base.apply(read_story(STORY, "gate"), by="test")
        yield Answerer(base, lexicon)


@pytest.fixture(scope="module")
def shipped(lexicon: Lexicon) -> Iterator[Answerer]:
    with FactBase.memory() as base:
        base.apply(load_story(stories_folder() / "twitter-rt-sputnik.yaml"), by="test")
        yield Answerer(base, lexicon)


def ids(answerer: Answerer, question: str) -> list[str]:
    return [fact.record.fact.id for fact in answerer.ask(question).facts]


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("what did Lee say before the flood?", ["calm", "leave"]),
        ("what did Lee say after the flood?", ["sorry", "late"]),
        ("what did Lee say on the day of the flood", ["leave"]),
        ("what did Lee say the day before the flood", ["calm"]),
        ("what did Lee say in the two weeks after the flood", []),
        ("what did Lee say in the month after the flood", ["sorry", "late"]),
        ("what did Lee say between the repair and the evacuation", ["calm"]),
        ("what did Maria Lee say before 3 May 2021", ["calm"]),
        ("what did Lee say before she resigned", ["calm", "leave", "sorry"]),
        ("what did Lee say after she resigned", ["late"]),
        ("what did Maria Lee say after 3 May", ["sorry", "late"]),
        ("what did Lee say in May 2021", ["calm", "leave", "sorry"]),
        ("what happened in the week after the flood", ["session", "drainage"]),
        ("what happened within a month of the repair", ["flood", "evacuation", "session", "drainage"]),
        ("what happened six days after the flood", ["drainage"]),
        ("what happened in the month before 3 May 2021", ["repair"]),
        ("what happened before the 2021 repair", ["survey"]),
        ("what happened last April", ["repair"]),
        ("what happened in April", ["survey", "repair"]),
        ("what happened in the year after the flood", ["session", "drainage", "farewell", "rebuild"]),
    ],
)
def test_facts_are_counted_from_events_and_dates(question: str, wanted: list[str], gate: Answerer) -> None:
    assert sorted(ids(gate, question)) == sorted(wanted)


def test_where_nothing_was_said_then_that_is_said(gate: Answerer) -> None:
    assert gate.ask("what did Lee say before the survey").known == "No fact records what was said then."


def test_an_event_with_no_word_in_the_facts_is_told_to_be_unknown(gate: Answerer) -> None:
    answer = gate.ask("what did Lee say after the earthquake")
    assert answer.facts == ()
    assert answer.known == "The facts know of no such event."


def test_where_only_the_order_of_the_story_tells_that_is_noted(gate: Answerer) -> None:
    note = "Where dates are the same, the order is that of the story."
    assert "session" in ids(gate, "what happened after the evacuation")
    assert note in (gate.ask("what happened after the evacuation").note or "")
    assert note not in (gate.ask("what happened after the repair").note or "")


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("what happened right before the drainage", "session"),
        ("what happened right after the repair", "evacuation"),
        ("what happened right after the evacuation", "flood"),
    ],
)
def test_what_came_right_before_or_after_is_one_fact_by_the_order_of_the_story(question: str, fact: str, gate: Answerer) -> None:
    assert ids(gate, question) == [fact]
    assert "Where dates are the same, the order is that of the story." in (gate.ask(question).note or "")


def test_an_editor_answers_for_the_outlet_after_the_event_alone(shipped: Answerer) -> None:
    after = shipped.ask("what did RT say after the ban?")
    assert {actor.id for fact in after.facts for actor in fact.record.speakers} == {"karnovich-valua", "simonyan"}
    assert ids(shipped, "what did Simonyan say before the ban?") == []


def test_a_year_within_a_recorded_time_counts(shipped: Answerer) -> None:
    answer = shipped.ask("what happened in 1941?")
    assert [fact.record.fact.id for fact in answer.facts] == ["fara-origin"]
    assert answer.short is None
    assert "ad-revenue" not in ids(shipped, "what happened in 2017?")
    assert ids(shipped, "what happened in 1950?") == []


def test_a_period_ends_in_the_year_that_stands_at_its_end(shipped: Answerer) -> None:
    assert "election-2016" not in ids(shipped, "what happened between April and October 2017?")


def test_what_may_have_begun_on_the_day_and_ended_later_came_after_it(shipped: Answerer) -> None:
    assert "rt-denial" in ids(shipped, "what happened after 26 October?")


def test_more_events_than_are_shown_are_told_to_be_more(lexicon: Lexicon) -> None:
    events = "".join(f"  e{day}: {{date: 2021-09-{day:02}, what: Letter {day} came., cite: s}}\n" for day in range(1, 15))
    with FactBase.memory() as base:
        base.apply(read_story(STORY.replace("events:\n", f"events:\n{events}"), "gate"), by="test")
        answer = Answerer(base, lexicon).ask("what happened in September 2021?")
    assert len(answer.facts) == 12
    assert answer.note == "These are 12 of 14; /timeline shows them all."


def day(first: int, last: int | None = None, position: int = 0) -> Moment:
    return Moment(first, last or first, position)


def test_dates_order_facts_only_as_far_as_they_tell() -> None:
    assert came_after(day(20171027), day(20171026))
    assert came_after(day(20171026, 20171028), day(20171026))
    assert not came_after(day(20171001, 20171031), day(20171026))
    assert not came_after(day(20171026), day(20171001, 20171031))
    assert not came_after(day(20171026), day(20171026))


def test_one_day_is_ordered_as_the_story_tells_it() -> None:
    assert follows(day(20171124, position=5), day(20171124, position=0))
    assert not follows(day(20171124, position=0), day(20171124, position=5))


def test_what_the_dates_do_not_tell_apart_is_last_together_and_what_is_vague_is_not_last() -> None:
    one, other, vague = day(20171026, 20171028, position=1), day(20171026, 20171028, position=2), day(20170101, 20171231)
    assert latest([one, other, vague, day(20171020)]) == [one, other]
    assert latest([one, day(20171020)], first=True) == [day(20171020)]


def test_the_day_after_the_end_of_a_month_is_the_first_of_the_next() -> None:
    assert in_period(day(20171201), day(20171130), 1, 1)
    assert in_period(day(20171130), day(20171201), -1, -1)
    assert not in_period(day(20170101, 20171231), day(20171130), 1, 1)
