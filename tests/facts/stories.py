"""A small story for tests of editing, in a real file."""

from __future__ import annotations

from dataclasses import replace

from bot.facts.dates import parse_date
from bot.facts.logbook import sign
from bot.facts.models import Actor, Citation, Fact, RecordedQuestion, Source, Story, StoryInfo

GAZETTE, RADIO = Source("gazette", "article-newspaper", "Bridge shut", authors=("Ann Lee",)), Source("radio", "broadcast", "News")
LEE, BRIDGE = Actor("lee", "Maria Lee", "person", aliases=("the mayor",)), Actor("bridge", "Harbour Bridge", "other")
CITED = (Citation("gazette", "paragraph", "1"),)
CLOSURE = Fact("closure", "event", "The city closed the crossing.", CITED, date=parse_date("2021-03-03"), who=("lee",))
SAFETY = Fact("safety", "quote", "Safety comes first.", CITED, by=("lee",), about=("bridge",), event="closure")
COST = Fact("cost", "claim", "Repairs will cost 4.2 million dollars.", CITED, by=("lee",), asked_as=("the price?",))
STORY = Story(
    info=StoryInfo("bridge", "The bridge"),
    sources=(GAZETTE, RADIO),
    actors=(LEE, BRIDGE),
    facts=(CLOSURE, SAFETY, COST),
    questions=(RecordedQuestion("When was it closed?", ("closure",), "3 March 2021"),),
)
ANN, BOB = sign("ann", "because"), sign("bob", None)
DEARER = replace(COST, text="Repairs will cost 5 million dollars.")
