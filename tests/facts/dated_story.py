"""A story of six facts, one of each kind of date, and questions to a base that has it."""

from __future__ import annotations

from dataclasses import replace

from bot.facts.base import FactBase
from bot.facts.dates import parse_date
from bot.facts.models import Actor, Citation, Fact, RecordedQuestion, Source, Story, StoryInfo

GAZETTE, RADIO = Source("gazette", "article-newspaper", "Bridge shut", authors=("Ann Lee",)), Source("radio", "broadcast", "News")
LEE, BRIDGE = Actor("lee", "Maria Lee", "person", aliases=("the mayor",)), Actor("bridge", "Harbour Bridge", "other")
CITED = (Citation("gazette", "paragraph", "1"),)
CLOSURE = Fact("closure", "event", "The city closed the crossing.", CITED, date=parse_date("2021-03-03"), who=("lee",))
STORM = Fact("storm", "event", "A storm shook the pillars.", (Citation("radio"),), date=parse_date("2021-02/2021-03-01"))
OPENING = Fact("opening", "event", "The crossing opens again.", CITED, date=parse_date("2022/.."))
VOTE = Fact("vote", "event", "The council voted.", CITED)
SAFETY = Fact("safety", "quote", "Safety comes first.", CITED, by=("lee",), about=("bridge",), event="closure")
COST = Fact("cost", "claim", "Repairs will cost 4.2 million dollars.", CITED, by=("lee",), asked_as=("the price?",))
STORY = Story(
    info=StoryInfo("bridge", "The bridge", "A summary.", "en"),
    sources=(GAZETTE, RADIO),
    actors=(LEE, BRIDGE),
    facts=(CLOSURE, STORM, OPENING, VOTE, SAFETY, COST),
    questions=(RecordedQuestion("When was it closed?", ("closure",), "3 March 2021"), RecordedQuestion("Who ate the fish?")),
)


def with_fact(fact: Fact) -> Story:
    return replace(STORY, facts=tuple(fact if old.id == fact.id else old for old in STORY.facts))


def without(name: str, *, questions: bool = False) -> Story:
    return replace(
        STORY, facts=tuple(fact for fact in STORY.facts if fact.id != name), questions=STORY.questions if questions else ()
    )


def having(base: FactBase, *terms: str, story: str | None = None) -> tuple[int, ...]:
    """Return the facts that hold any of the terms."""
    return tuple(sorted(set().union(*base.search.facts_by_term(terms, story=story, most=5000))))
