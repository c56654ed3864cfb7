"""What a story lacks, each with what to do about it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from bot.editing.report import Lack, LinkChecks, links_of, report_on
from bot.facts.models import Actor, Citation, Fact, RecordedQuestion, Source, Story, StoryInfo
from bot.stories.load import load_story

GAZETTE = Source("gazette", "article-newspaper", "Bridge shut", "Gazette", ("AFP",), None, "https://example.org/a")
HERALD = Source("herald", "article-newspaper", "Bridge closed", "Herald", ("AFP",), None, None, "https://example.org/b")
OWN = Source("own", "report", "Inspection", "City")
STORY = Story(
    StoryInfo("bridge", "The bridge"),
    (GAZETTE, HERALD, OWN),
    (Actor("lee", "Maria Lee", "person"), Actor("city", "City", "government", role="It owns the bridge")),
    (
        Fact("shut", "event", "The bridge was shut.", (Citation("gazette"), Citation("herald"))),
        Fact("why", "event", "The bridge was shut.", (Citation("gazette"), Citation("own")), asked_as=("Why?",)),
        Fact("safe", "quote", "It is not safe at all.", (Citation("own"),), by=("lee",)),
        Fact("cost", "claim", "It will cost a lot.", (Citation("own"),)),
    ),
    (RecordedQuestion("Is it safe?", ("safe",)),),
)


def lacks(story: Story) -> dict[Lack, list[str]]:
    return {lack: [item.id for item in items] for lack, items in report_on(story).lacks.items()}


def test_every_lack_is_found_where_it_is_and_nowhere_else() -> None:
    assert lacks(STORY) == {
        Lack.UNDATED_QUOTE: ["safe"],
        Lack.ONE_SOURCE: ["shut", "safe", "cost"],
        Lack.UNDATED_SOURCE: ["gazette", "herald", "own"],
        Lack.NO_LINK: ["own"],
        Lack.NO_ARCHIVE: ["gazette"],
        Lack.NO_ROLE: ["lee"],
        Lack.OWN: ["cost"],
        Lack.THIN: ["shut", "cost"],
    }


def test_two_outlets_with_one_agency_report_are_one_source_and_it_says_so() -> None:
    items = report_on(STORY).lacks[Lack.ONE_SOURCE]
    assert [item.detail for item in items] == ["from AFP alone", "from City alone", "from City alone"]


def test_a_story_in_order_lacks_nothing() -> None:
    story = replace(STORY, sources=(), actors=(), facts=(), questions=())
    assert report_on(story).lacks == {}


def test_links_come_into_the_report_with_what_was_found() -> None:
    assert links_of(STORY) == ("https://example.org/a", "https://example.org/b")
    results = {"https://example.org/a": (Lack.DEAD, "gone"), "https://example.org/b": (Lack.UNCHECKED, "slow")}
    report = report_on(STORY, LinkChecks(results))
    assert [(item.id, item.detail) for item in report.lacks[Lack.DEAD]] == [("gazette", "https://example.org/a: gone")]
    assert [item.id for item in report.lacks[Lack.UNCHECKED]] == ["herald"]


def test_shipped_stories_have_quotes_with_dates_and_actors_with_roles() -> None:
    for path in Path("data/stories").glob("*.yaml"):
        assert not {Lack.UNDATED_QUOTE, Lack.NO_ROLE} & report_on(load_story(path)).lacks.keys()
