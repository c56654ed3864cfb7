"""A message with news fits, whatever its facts are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.client.follows.views import PAGE, QuestionNews, news_view, told_view
from bot.english.lexicon import Lexicon
from bot.facts.base import FactBase
from bot.facts.dates import parse_date
from bot.facts.models import Actor, Citation, Fact, Source, Story, StoryInfo
from bot.facts.state.follows import FollowTarget
from bot.resources import lexicon_file
from bot.service.session import Session
from tests.client.records import shown_text
from tests.discord_limits import assert_within_limits

LONG = "A_long * word " * 40
NAMES = 8
ACTORS = tuple(Actor(f"a{number}", f"{number} {LONG}"[:190], "person", role=LONG[:190]) for number in range(NAMES))
SOURCES = tuple(Source(f"s{number}", "webpage", f"{number} {LONG}"[:190], LONG[:190]) for number in range(NAMES))


def claim(number: int, first: int = 0) -> Fact:
    return Fact(
        f"c{number}",
        "claim",
        f"{number} {LONG}",
        tuple(Citation(source.id, "paragraph", "1234") for source in SOURCES),
        date=parse_date("2021-03-04"),
        where=LONG[:190],
        context=LONG[:190],
        by=tuple(actor.id for actor in ACTORS[first:]),
    )


@pytest.fixture
def session() -> Iterator[Session]:
    lexicon = Lexicon(lexicon_file())
    with FactBase.memory() as base:
        base.apply(Story(StoryInfo("long", LONG), SOURCES, ACTORS, tuple(map(claim, range(8)))), by="test")
        yield Session(base, lexicon, reply_days=30)
    lexicon.close()


def test_the_longest_facts_fit_new_corrected_and_retracted(session: Session) -> None:
    since = session.base.news.last_change()
    follows = [
        session.follows.add(FollowTarget("question", "", f"{number} {LONG}"[:300]), user=7, daily=False) for number in range(5)
    ]
    later = [*(claim(number, 1) for number in range(3)), *(replace(claim(number), text=f"B{LONG}") for number in range(3, 6))]
    session.base.apply(Story(StoryInfo("long", LONG), SOURCES, ACTORS, tuple(later)), by="test", reason=LONG[:500])
    items = session.base.news.since(since)
    assert [item.kind for item in items] == ["corrected"] * 6 + ["retracted"] * 2
    question = QuestionNews(LONG[:300], session.facts.show(1))
    for shown in (items[:PAGE], items[3:], items):
        for questions in ((), (question,), (question,) * 5):
            assert_within_limits(told_view(session, follows, shown, questions, 10**18, LONG[:100]))
    for page in range(2):
        view = news_view(session, "2000-01-01T00:00:00.000Z", None, page, 0, 10**18)
        assert_within_limits(view)
        assert shown_text(view).count("**New** · F") in (PAGE, 2)
    events = tuple(replace(claim(number), id=f"e{number}", kind="event", by=()) for number in range(8))
    session.base.apply(Story(StoryInfo("long", LONG), SOURCES, ACTORS, events), by="test")
    view = news_view(session, "2999-01-01T00:00:00.000Z", None, 0, 0, 10**18)
    assert_within_limits(view)
    assert shown_text(view).count("A") >= PAGE
