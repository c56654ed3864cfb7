"""News: what became of reviewed facts since a change, as the history of their revisions tells it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.facts import news
from bot.facts.base import FactBase
from bot.facts.dates import parse_date
from bot.facts.edits import Edit
from bot.facts.logbook import now, sign
from bot.facts.models import Citation, Fact, StoryInfo
from bot.facts.news import NewsItem
from tests.facts.stories import ANN, BOB, CITED, CLOSURE, COST, DEARER, STORY

OPENING = Fact("opening", "event", "The crossing opens.", CITED, who=("bridge",))


def told(base: FactBase, since: int, story: str | None = None) -> list[tuple[str, int, int | None, int]]:
    return [(item.kind, item.fact, item.before, item.now) for item in base.news.since(since, story)]


def test_what_came_was_corrected_or_retracted_is_news_of_those_whom_it_speaks_of(base: FactBase) -> None:
    since = base.news.last_change()
    base.revisions.apply(Edit("bridge", facts=(OPENING,)), ANN)
    base.revisions.apply(Edit("bridge", facts=(DEARER,)), ANN)
    base.revisions.apply(Edit("bridge", retract=("safety",)), sign("ann", "nobody said it"))
    new, corrected, retracted = base.news.since(since)
    assert new == NewsItem("new", 4, None, 1, frozenset({"bridge"}), new.at)
    assert corrected == NewsItem("corrected", 3, 1, 2, frozenset({"lee"}), corrected.at)
    assert retracted == NewsItem("retracted", 2, 1, 2, frozenset({"lee", "bridge"}), retracted.at, "nobody said it")
    assert told(base, base.news.last_change()) == []


def test_several_changes_of_a_fact_are_one_piece_of_news_and_none_where_it_is_as_it_was(base: FactBase) -> None:
    since = base.news.last_change()
    base.revisions.apply(Edit("bridge", facts=(DEARER,)), ANN)
    base.revisions.apply(Edit("bridge", facts=(replace(COST, text="Repairs will cost 6 million dollars."),)), BOB)
    base.revisions.apply(Edit("bridge", retract=("closure",)), ANN)
    assert told(base, since) == [("corrected", 3, 1, 3), ("retracted", 1, 1, 2)]
    base.revisions.apply(Edit("bridge", facts=(COST, CLOSURE)), ANN)
    assert told(base, since) == []
    assert told(base, since + 3) == [("new", 1, 2, 3), ("corrected", 3, 3, 4)]


def test_the_revision_that_was_told_after_a_change_is_known(base: FactBase) -> None:
    since = base.news.last_change()
    base.revisions.apply(Edit("bridge", facts=(DEARER,)), ANN)
    base.revisions.apply(Edit("bridge", retract=("cost",)), ANN)
    assert [base.news.revision_at(3, change) for change in (since - 1, since, since + 1, since + 2)] == [None, 1, 2, None]


def test_phrasings_and_sources_alone_are_no_news(base: FactBase) -> None:
    since = base.news.last_change()
    base.revisions.apply(Edit("bridge", facts=(replace(COST, asked_as=("what does it cost",)),)), ANN)
    base.revisions.apply(Edit("bridge", facts=(replace(CLOSURE, citations=(*CITED, Citation("radio"))),)), ANN)
    assert base.news.last_change() == since + 2
    assert told(base, since) == []


@pytest.mark.parametrize(
    "change",
    [{"text": "The city shut it."}, {"date": parse_date("2021-03-09")}, {"who": (), "by": ("lee",)}, {"where": "Harbour"}],
)
def test_other_words_another_day_speaker_or_place_are_news(change: dict[str, Any], base: FactBase) -> None:
    since = base.news.last_change()
    kind = "claim" if "by" in change else CLOSURE.kind
    base.revisions.apply(Edit("bridge", facts=(replace(CLOSURE, **change, kind=kind),)), ANN)
    assert told(base, since) == [("corrected", 1, 1, 2)]


def test_a_gloss_that_is_set_into_the_words_is_no_news(base: FactBase) -> None:
    passage = Fact("read", "passage", "She wept.", CITED, glosses=((0, 3, "Maria Lee"),))
    base.revisions.apply(Edit("bridge", facts=(passage,)), ANN)
    since = base.news.last_change()
    base.revisions.apply(Edit("bridge", facts=(replace(passage, text="She [Maria Lee] wept.", glosses=()),)), ANN)
    assert told(base, since) == []
    base.revisions.apply(Edit("bridge", facts=(replace(passage, glosses=((0, 3, "Ann Cole"),)),)), ANN)
    assert told(base, since) == [("corrected", 4, 1, 3)]


def test_a_sentence_of_an_article_is_news_once_somebody_keeps_it(base: FactBase) -> None:
    passage = Fact("read", "passage", "The mayor wept.", CITED, reviewed=False)
    since = base.news.last_change()
    base.revisions.apply(Edit("bridge", facts=(passage,)), ANN)
    assert told(base, since) == []
    base.revisions.apply(Edit("bridge", facts=(replace(passage, reviewed=True),)), ANN)
    assert told(base, since) == [("new", 4, None, 2)]
    assert told(base, since + 1) == [("new", 4, 1, 2)]


def test_news_are_those_of_a_story_and_of_a_time(base: FactBase) -> None:
    since, start = base.news.last_change(), now()
    base.apply(replace(STORY, info=StoryInfo("ferry", "The ferry")), by="test")
    assert told(base, since, "bridge") == []
    assert [number for _, number, _, _ in told(base, since, "ferry")] == [4, 5, 6]
    assert base.news.change_before(start) == since
    assert base.news.change_before("1999-01-01T00:00:00.000Z") == 0
    assert base.news.time_after(since) is not None
    assert base.news.time_after(since + 1) is None
    assert len(told(base, 0)) == len((*STORY.facts, *STORY.facts))


def test_of_more_facts_than_are_read_those_changed_last_are_listed_and_none_of_an_actor_is_missed(
    base: FactBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(news, "MAX_READ", 2)
    since = base.news.last_change()
    assert not base.news.is_more_than_read(since)
    for number in range(3):
        base.revisions.apply(Edit("bridge", facts=(replace(OPENING, id=f"opening-{number}", who=()),)), ANN)
    base.revisions.apply(Edit("bridge", facts=(OPENING,)), ANN)
    assert base.news.is_more_than_read(since)
    assert [item.fact for item in base.news.since(since)] == [4, 5]
    assert [item.fact for item in base.news.since(since, latest_first=True)] == [7, 6]
    assert [item.fact for item in base.news.since(since, "bridge", actor="bridge")] == [7]
    assert base.news.facts_since(since) == {4, 5, 6, 7}
    assert base.news.facts_since(since, "bridge", actor="bridge") == {7}


def test_what_nobody_reviewed_takes_no_room_from_news(base: FactBase, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(news, "MAX_READ", 2)
    since = base.news.last_change()
    for number in range(3):
        passage = Fact(f"read-{number}", "passage", "The mayor wept.", CITED, reviewed=False)
        base.revisions.apply(Edit("bridge", facts=(passage,)), ANN)
    base.revisions.apply(Edit("bridge", facts=(OPENING,)), ANN)
    assert [item.fact for item in base.news.since(since)] == [7]


def test_the_latest_events_are_those_of_the_latest_days(base: FactBase) -> None:
    for day in (5, 9, 7):
        event = replace(OPENING, id=f"day-{day}", date=parse_date(f"2021-03-0{day}"))
        base.revisions.apply(Edit("bridge", facts=(event,)), ANN)
    assert base.news.latest_events(3) == (5, 6, 4)
    assert base.news.latest_events(2, "bridge") == (5, 6)
    assert base.news.latest_events(2, "ferry") == ()
    base.revisions.apply(Edit("bridge", retract=("day-9",)), ANN)
    assert base.news.latest_events(1) == (6,)
