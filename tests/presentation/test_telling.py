"""Passages in lists of facts: as the words that they quote, or as events."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.facts.base import FactBase
from bot.facts.dates import parse_date
from bot.facts.models import Actor, Citation, Fact, FactRecord, Source, Story, StoryInfo
from bot.presentation.telling import as_events, as_quotes, as_said_or_done

SENTENCE = "“We knew of it,” Reed said on Tuesday, “for years.”"
SPANS = ((1, 14), (40, 50))
WIRE = Fact(
    "wire-p1-s1",
    "passage",
    SENTENCE,
    (Citation("wire", "paragraph", "1"),),
    parse_date("2021-05-04"),
    context="A crane fell.",
    by=("reed",),
    reviewed=False,
    quoted=SPANS,
)
LOCAL = replace(WIRE, id="local-p4-s2", citations=(Citation("local", "paragraph", "4"),), context=None)


def records(*facts: Fact) -> tuple[FactRecord, ...]:
    sources = tuple(Source(name, "article-newspaper", name.title()) for name in ("wire", "local", "minutes"))
    actors = (Actor("reed", "Tom Reed", "person"), Actor("lee", "Ann Lee", "person"))
    with FactBase.memory() as base:
        base.apply(Story(StoryInfo("crane", "Crane"), sources, actors, facts), by="test")
        return base.all_facts()


def quote(words: str, by: str = "reed") -> Fact:
    return Fact(f"minutes-{by}", "quote", words, (Citation("minutes"),), by=(by,))


def test_a_passage_is_stored_with_what_it_quotes_and_tells() -> None:
    happened = replace(LOCAL, quoted=(), by=(), happened=True)
    assert [record.fact for record in records(WIRE, happened)] == [WIRE, happened]
    assert [SENTENCE[start:end] for start, end in SPANS] == ["We knew of it", "for years."]


def test_two_quotations_of_a_sentence_stay_two_and_have_the_day_on_which_they_were_said() -> None:
    (shown,) = as_quotes(records(WIRE))
    assert (shown.fact.kind, shown.fact.text) == ("quote", "“We knew of it” … “for years.”")
    assert (shown.fact.date, shown.fact.context, shown.fact.reviewed) == (WIRE.date, None, False)
    (shown,) = as_quotes(records(replace(WIRE, happened=True)))
    assert shown.fact.date is None, "on that day something else happened"


def test_the_same_words_of_several_articles_are_one_quote_with_all_sources() -> None:
    (shown,) = as_quotes(records(WIRE, LOCAL))
    assert [citation.source for citation in shown.fact.citations] == ["wire", "local"]
    assert len(as_quotes(records(WIRE, replace(LOCAL, by=("lee",))))) == 2


@pytest.mark.parametrize(
    ("reviewed", "shown"),
    [
        ((quote("We knew of it. We have known of it for years."),), 1),
        ((quote("We knew of it."),), 2),
        ((quote("We knew of it. For years.", "lee"),), 2),
    ],
)
def test_a_quote_that_somebody_reviewed_stands_for_the_passage_if_it_has_all_its_words(
    reviewed: tuple[Fact, ...], shown: int
) -> None:
    listed = as_quotes(records(*reviewed, WIRE))
    assert len(listed) == shown
    assert [citation.source for citation in listed[0].fact.citations] == ["minutes", *(["wire"] if shown == 1 else [])]
    assert listed[0].fact.text == reviewed[0].text


def test_a_passage_is_an_event_on_a_time_line_and_a_quote_of_whoever_said_it_on_their_page() -> None:
    passages = records(replace(WIRE, happened=True), replace(LOCAL, by=(), quoted=(), happened=True))
    assert [record.fact.kind for record in as_events(passages)] == ["event", "event"]
    assert [record.fact.kind for record in as_said_or_done(passages)] == ["quote", "event"]
    assert as_events(as_events(passages)) == as_events(passages)
