"""What the words of a question stand for: the end of something is the event that tells of it, in whatever words."""

from __future__ import annotations

from collections.abc import Collection

import pytest

from bot.answers.finding.index import Indexes
from bot.answers.reader.reading import Reading
from bot.answers.relations.topics import Topics
from bot.english.lexicon import Lexicon
from bot.facts.base import FactBase
from bot.stories.load import read_story

STORY = """\
story: {id: quay, title: The quay strike}
sources: {post: {type: article-newspaper, title: Quay news}}
events:
  walkout: {what: The strike broke out at noon., date: 2020-01-01, cite: post}
  called: {what: The union called a second strike., date: 2020-01-02, cite: post}
  cancelled: {what: The union called the strike off., date: 2020-01-09, cite: post}
  siege: {what: Pickets began a siege of the quay., date: 2020-01-03, cite: post}
  opened: {what: The siege was lifted., date: 2020-01-08, cite: post}
  fair: {what: The fair was cut short by rain., date: 2020-02-01, cite: post}
"""


def unread(text: str, among: Collection[int]) -> Reading:
    raise AssertionError(f"{text} is not found by its words")


@pytest.mark.parametrize(
    ("words", "event"),
    [("the end of the strike", "cancelled"), ("the end of the siege", "opened"), ("the end of the fair", "fair")],
)
def test_the_end_of_something_is_the_event_that_tells_of_it(words: str, event: str, lexicon: Lexicon) -> None:
    with FactBase.memory() as base:
        base.apply(read_story(STORY, "quay.yaml"), by="test")
        topic = Topics(Indexes(base, lexicon).whole(), unread).event(words)
    assert topic is not None
    assert topic.event is not None
    assert topic.event.record.fact.id == event
