"""Who speaks about whom, and what each side says of an event."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.errors import NotKnownError
from bot.facts.base import FactBase
from bot.facts.models import Actor, Citation, Fact, Source, Story, StoryInfo
from bot.facts.speakers import Link


def fact(id: str, kind: str = "claim", *, by: tuple[str, ...] = (), source: str = "gazette", **more: object) -> Fact:
    return Fact(id, kind, f"Words of {id}.", (Citation(source),), by=by, **more)  # type: ignore[arg-type]


STORY = Story(
    StoryInfo("bridge", "The bridge"),
    (Source("gazette", "webpage", "Shut", "Harbour Gazette"), Source("radio", "broadcast", "Morning news")),
    tuple(Actor(id, name, "person") for id, name in (("lee", "Maria Lee"), ("kim", "Jo Kim"), ("bridge", "The Bridge"))),
    (
        fact("closure", "event", who=("lee",)),
        fact("opening", "event"),
        fact("safe", "quote", by=("lee",), about=("bridge",), event="closure"),
        fact("cost", by=("lee",), about=("bridge", "kim"), event="closure"),
        fact("both", by=("lee", "kim"), about=("bridge",), event="closure"),
        fact("old", about=("bridge",), event="closure"),
        fact("loud", about=("bridge",), source="radio"),
        fact("glad", "quote", by=("kim",), event="opening"),
    ),
)


@pytest.fixture
def base() -> Iterator[FactBase]:
    with FactBase.memory() as base:
        base.apply(STORY, by="test")
        yield base


def number(base: FactBase, id: str) -> int:
    return next(record.number for record in base.all_facts() if record.fact.id == id)


def test_links_count_quotes_and_claims_and_unsigned_claims_are_their_publishers(base: FactBase) -> None:
    assert base.speakers.links() == (
        Link("Maria Lee", "The Bridge", 1, 2),
        Link("Harbour Gazette", "The Bridge", 0, 1),
        Link("Jo Kim", "The Bridge", 0, 1),
        Link("Maria Lee", "Jo Kim", 0, 1),
        Link("Morning news", "The Bridge", 0, 1),
    )
    with pytest.raises(NotKnownError):
        base.speakers.links(story="none")


def test_whoever_speaks_of_themselves_alone_is_in_no_network(base: FactBase) -> None:
    own = fact("own", "quote", by=("kim",), about=("kim", "lee"))
    base.apply(replace(STORY, facts=(own, fact("self", by=("lee",), about=("lee",)))), by="test")
    assert base.speakers.links() == (Link("Jo Kim", "Maria Lee", 1, 0),)


def test_what_is_retracted_links_nobody(base: FactBase) -> None:
    base.apply(replace(STORY, facts=STORY.facts[:3]), by="test")
    assert base.speakers.links(story="bridge") == (Link("Maria Lee", "The Bridge", 1, 0),)


def test_sides_are_grouped_by_who_speaks_and_nothing_is_merged(base: FactBase) -> None:
    sides = base.speakers.sides(number(base, "closure"))
    assert sides is not None
    assert sides.event.fact.id == "closure"
    said = [
        ([actor.id for actor in side.speakers] or side.publisher, [record.fact.id for record in side.facts])
        for side in sides.sides
    ]
    assert said == [(["lee"], ["safe", "cost"]), (["lee", "kim"], ["both"]), ("Harbour Gazette", ["old"])]


def test_a_publisher_that_is_named_for_some_of_its_statements_is_one_side(base: FactBase) -> None:
    paper = Actor("paper", "Harbour Gazette", "organisation")
    facts = (fact("closure", "event"), fact("old", event="closure"), fact("bad", by=("paper",), event="closure"))
    base.apply(Story(StoryInfo("other", "Another"), STORY.sources, (*STORY.actors, paper), facts), by="test")
    closure = next(record.number for record in base.all_facts() if record.story.id == "other" and record.fact.id == "closure")
    sides = base.speakers.sides(closure)
    assert sides is not None
    assert [(side.speakers, [record.fact.id for record in side.facts]) for side in sides.sides] == [((paper,), ["old", "bad"])]
    assert base.speakers.disputed_event([closure]) is None


def test_an_event_of_several_sides_is_found_from_what_is_said_of_it(base: FactBase) -> None:
    closure = number(base, "closure")
    for id in ("closure", "safe", "old"):
        assert base.speakers.disputed_event([number(base, id)]) == closure
    assert base.speakers.disputed_event([number(base, "glad"), number(base, "opening"), number(base, "loud")]) is None
    assert base.speakers.disputed_event([number(base, "loud"), 999, number(base, "cost")]) == closure
    assert base.speakers.disputed_event([]) is None


def test_a_retracted_event_has_no_sides(base: FactBase) -> None:
    closure, safe = number(base, "closure"), number(base, "safe")
    left = [replace(other, event=None) for other in STORY.facts if other.id != "closure"]
    base.apply(replace(STORY, facts=tuple(left)), by="test")
    assert base.speakers.sides(closure) is None
    assert base.speakers.sides(safe) is None
    assert base.speakers.disputed_event([closure, safe]) is None


def test_an_actor_is_named_by_its_number(base: FactBase) -> None:
    lee = next(record.number for record in base.actors() if record.actor.id == "lee")
    assert base.speakers.name(lee) == "Maria Lee"
    with pytest.raises(NotKnownError):
        base.speakers.name(999)
