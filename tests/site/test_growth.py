"""What a site costs grows with its story, and no faster."""

from __future__ import annotations

import sys
from types import FrameType

from bot.facts import models
from tests.site.made import site_of_text


def story_of(number: int) -> str:
    """Return a story of so many events, each with an actor, a source and a claim of its own."""
    lines = ["story: {id: grown, title: Grown}", "sources:"]
    lines += [f"  s{i}: {{type: webpage, title: Log {i}}}" for i in range(number)]
    lines += ["actors:", *(f"  a{i}: {{name: Actor {i}, kind: person}}" for i in range(number))]
    lines += ["events:", *(f"  e{i}: {{what: Event {i} began., date: 2021, who: [a{i}], cite: s{i}}}" for i in range(number))]
    lines += ["claims:", *(f"  c{i}: {{by: a{i}, text: It was {i}., event: e{i}, cite: s{i}}}" for i in range(number))]
    return "\n".join(lines) + "\n"


def looks_at_records(number: int) -> int:
    """Return how often facts, actors and sources are looked at or compared while the site of a story is made."""
    looks = 0
    compared = {getattr(models, name).__eq__.__code__ for name in ("Actor", "Source", "FactRecord", "Fact")}

    def count(frame: FrameType, event: str, _: object) -> None:
        nonlocal looks
        looks += event == "call" and (frame.f_code in compared or frame.f_code.co_filename == models.__file__)

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        site_of_text(story_of(number))
    finally:
        sys.setprofile(before)
    return looks


def test_twice_the_facts_actors_and_sources_take_twice_the_work() -> None:
    looks_at_records(2)  # what is made once
    assert looks_at_records(80) < 2.3 * looks_at_records(40)
