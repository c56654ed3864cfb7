"""A story goes into a base, out as a file and in again, and is the same story and the same bytes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given

from bot.facts.base import FactBase
from bot.facts.models import Actor, Fact, Story
from bot.facts.records import record_from, record_text
from bot.stories.dump import WIDTH, dump_story
from bot.stories.load import load_story, read_story
from tests.stories_io.stories import stories
from tests.support.paths import MEASURED, SHIPPED
from tests.support.slow import slow


@given(stories())
def test_what_is_written_is_read_back(story: Story) -> None:
    text = dump_story(story)
    assert read_story(text, "x") == story
    assert all(record_from(Fact, record_text(fact)) == fact for fact in story.facts)
    assert all(record_from(Actor, record_text(actor)) == actor for actor in story.actors)


@given(stories())
def test_import_then_export_gives_the_same_base_and_the_same_bytes(story: Story) -> None:
    with FactBase.memory() as first, FactBase.memory() as second:
        assert first.apply(story, by="a").new
        assert first.story("the-story") == story
        exported = dump_story(first.story("the-story"))
        second.apply(read_story(exported, "x"), by="b")
        assert second.story("the-story") == story
        assert dump_story(second.story("the-story")) == exported
        assert not first.apply(story, by="a")
        assert not second.preview(story)
        assert [fact.fact for fact in first.all_facts()] == [fact.fact for fact in second.all_facts()]


@given(stories(), stories())
def test_a_changed_story_and_then_the_old_one_give_the_old_content_and_a_longer_history(old: Story, new: Story) -> None:
    with FactBase.memory() as base:
        base.apply(old, by="a")
        numbers = {record.fact.id: record.number for record in base.all_facts()}
        lengths = {name: len(base.revisions.history(number)) for name, number in numbers.items()}
        changes = base.preview(new)
        assert base.apply(new, by="b") == changes
        assert base.story("the-story") == new
        base.apply(old, by="c")
        assert base.story("the-story") == old
        assert {record.fact.id: record.number for record in base.all_facts()} == numbers
        for name in (*changes.revised, *changes.retracted):
            history = base.revisions.history(numbers[name])
            assert len(history) == lengths[name] + 2
            assert [step.number for step in history] == list(range(1, len(history) + 1))
            assert history[0].fact == history[-1].fact


@pytest.mark.parametrize("path", [*SHIPPED, *slow(MEASURED)], ids=lambda path: path.stem)
def test_the_stories_of_the_project_survive(path: Path, tmp_path: Path) -> None:
    story = load_story(path)
    with FactBase.open(tmp_path / "base.db") as base:
        base.apply(story, by="tester")
        text = dump_story(base.story(story.info.id))
    assert read_story(text, "x") == story
    assert dump_story(read_story(text, "x")) == text
    assert max(len(line) for line in text.splitlines() if "url" not in line and "archive" not in line) <= WIDTH + 20


def test_a_file_is_written_as_a_person_would() -> None:
    text = """\
story:
  id: bridge
  title: "The bridge: a closure"
  language: en

sources:
  gazette:
    type: article-newspaper
    title: Bridge shut
    author: [Ann Lee, Bo Ray]
    published: 2021-03-04
  booklet:
    type: report
    title: '"Shut," they said'
    published: "1970"

actors:
  lee:
    name: Maria Lee
    kind: person
    aliases: [the mayor, "Lee, Maria"]
    cite: gazette#2

events:
  closure:
    date: 2021-03~
    what: >-
      The city closed the Harbour Bridge to all traffic because an inspection had found cracks in two of the four
      pillars that carry it.
    where: "1975"
    who: [lee]
    cite: [gazette#1, {source: booklet, page: 12}]

quotes:
  lee-safety:
    by: lee
    text: |-
      Safety comes first.
      The bridge is not safe.
    date: 2021-03-03
    event: closure
    cite: booklet
    asked_as:
      - Why did she do it?

questions:
  - ask: When was it closed?
    expect: [closure]
    short: about March 2021
  - ask: Who ate the fish?
    expect: []
"""
    assert dump_story(read_story(text, "x")) == text
