"""How what is shown grows with a base: never faster than the base, and where a page is shown, only that page is laid out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from typing import SupportsIndex

import pytest
from discord import ui

from bot.client import fact_text
from bot.client.answering import presses
from bot.client.answering.card import Card, card_view
from bot.client.browsing import network_view
from bot.client.citing import CitationRequest
from bot.client.citing import _panel as cite_panel
from bot.client.custom_ids import Press, ReplyAction, ReplyKind
from bot.client.facts.history import _fact_panel, history_panel
from bot.client.follows.views import news_view
from bot.client.keeping.views import list_panel, next_panel
from bot.client.logbook.cog import AuditFilter
from bot.client.logbook.cog import _page as audit_page
from bot.client.options import _source_choices
from bot.client.stories.cog import _list_panel
from bot.client.stories.drafting import report_panel
from bot.client.stories.imports import import_panel
from bot.client.story_scope import StoryScope
from bot.client.text import clean, split
from bot.editing.report import report_on
from bot.english.lexicon import Lexicon
from bot.facts.base import FactBase
from bot.facts.dates import parse_date
from bot.facts.models import FACT_KINDS, Actor, Citation, Fact, Source, Story, StoryInfo
from bot.pictures.timeline import timeline_picture
from bot.presentation.citation_numbers import CitationNumbers
from bot.resources import lexicon_file
from bot.service.replies import Reply
from bot.service.session import Session
from tests.client.records import shown_text
from tests.discord_limits import assert_within_limits
from tests.support.steps import steps

FEW, MANY = 100, 1000
"""Claims of one event: no more than a picture takes."""

ALL = StoryScope(None, 0, ())
SLACK = 1.3  # times as much as in proportion that a call may take: the log of a sort, a longer number


def story(claims: int, name: str = "bridge") -> Story:
    """Return a story with an event and so many claims of it, each of another speaker and on another day, and as many sources."""
    actors = tuple(Actor(f"a{number}", f"Ann Number{number}", "person", role=f"Engineer {number}") for number in range(claims))
    sources = tuple(
        Source(f"s{number}", "webpage", f"Report {number}", f"Gazette {number}", url=f"https://example.org/{number}")
        for number in range(claims)
    )
    event = Fact("closure", "event", "The city closed the bridge.", (Citation("s0"),), date=parse_date("2021-03-04"), who=("a0",))
    facts = [
        Fact(
            f"c{number}",
            "claim",
            f"Repairs of pier {number} will cost {number} million dollars.",
            (Citation(f"s{number}", "paragraph", str(number)),),
            date=parse_date(f"{1500 + number % 500}-0{1 + number // 500}-11"),
            by=(f"a{number}",),
            about=(f"a{(number + 1) % claims}",),
            event="closure",
        )
        for number in range(claims)
    ]
    return Story(StoryInfo(name, f"The {name}"), sources, actors, tuple(sorted([event, *facts], key=_kind)))


def article(sentences: int) -> Story:
    """Return a story of an article with so many sentences that nobody has reviewed."""
    passages = tuple(
        Fact(f"p{number}", "passage", f"Pier {number} was shut.", (Citation("a", "paragraph", f"{number}"),), reviewed=False)
        for number in range(sentences)
    )
    return Story(StoryInfo("article", "The article"), (Source("a", "article", "Piers shut"),), (), passages)


def _kind(fact: Fact) -> int:
    return FACT_KINDS.index(fact.kind)


class Filled:
    """A session with a story of so many claims, and a stored reply that lists all of them."""

    def __init__(self, claims: int, lexicon: Lexicon) -> None:
        self.base = FactBase.memory()
        self.session = Session(self.base, lexicon, reply_days=30)
        self.story = story(claims)
        self.base.apply(self.story, by="test")
        self.change = self.session.logbook.entries(limit=1)[0].change or 0
        for number in range(claims // 10):  # and stories, most of them small
            self.base.apply(story(1, f"other{number}"), by="test")
        self.base.apply(article(claims), by="test")
        self.records = self.base.all_facts("bridge")
        self.event = self.records[0].number
        self.key = self.session.replies.store(Reply("Ann Number1", None, None, self.records, (), is_question=False))

    @property
    def reply(self) -> Reply:
        return self.session.replies.load(self.key)

    def press(self, action: ReplyAction, kind: ReplyKind = ReplyKind.TIMELINE, *, page: int = 0) -> Press:
        return Press(action, kind, 1, self.key, page, fact=self.event)

    def card(self, kind: ReplyKind, *, page: int = 0) -> ui.LayoutView:
        return card_view(Card(self.reply, kind, self.key, 1, page))

    def sides(self, page: int) -> ui.LayoutView:
        return presses.sides_panel(self.session.facts.sides_of(self.event), page)


@pytest.fixture(scope="module")
def filled() -> Iterator[Callable[[int], Filled]]:
    """Return what makes a filled session, each size once."""
    lexicon = Lexicon(lexicon_file())
    made = cache(lambda claims: Filled(claims, lexicon))
    yield made
    for claims in (FEW, MANY):
        made(claims).base.close()
    lexicon.close()


SHOWN: dict[str, Callable[[Filled], object]] = {
    "sides": lambda it: it.sides(0),
    "sides, a later page": lambda it: it.sides(7),
    "sides as of a day": lambda it: presses.sides_panel(it.session.facts.sides_of(it.event, 20220101), 0, 20220101),
    "sides that there are": lambda it: it.session.facts.several_sides([it.event], as_of=20990101),
    "time line": lambda it: it.card(ReplyKind.TIMELINE),
    "time line, a later page": lambda it: it.card(ReplyKind.TIMELINE, page=20),
    "page of an actor": lambda it: it.card(ReplyKind.ACTOR),
    "section of an actor": lambda it: it.card(ReplyKind.ACTOR_OTHERS, page=3),
    "sources of a reply": lambda it: presses.sources_panel(it.reply, it.press(ReplyAction.SOURCES)),
    "sources of a reply, a later page": lambda it: presses.sources_panel(it.reply, it.press(ReplyAction.SOURCES, page=5)),
    "all sources": lambda it: presses.all_sources_panel(it.session.sources(), 0, 1, ALL),
    "fact": lambda it: presses.fact_panel(it.reply, it.press(ReplyAction.OPEN)),
    "cited fact": lambda it: cite_panel(it.session, CitationRequest(f"F{it.event}@1")),
    "cited sources of a reply": lambda it: cite_panel(it.session, CitationRequest(f"R{it.key}")),
    "all sources to cite": lambda it: cite_panel(it.session, CitationRequest("A")),
    "fact for moderators": lambda it: _fact_panel(it.session, it.event, None, 0),
    "history": lambda it: history_panel(it.session.facts.history_with_names(it.event), 0),
    "log": lambda it: audit_page(it.session, AuditFilter()),
    "undoing": lambda it: it.session.changes.undo_scope(it.change),
    "page of what waits for a review": lambda it: list_panel(it.session, "ann", 3),
    "page of one sentence": lambda it: next_panel(it.session, "ann"),
    "page of what is new": lambda it: news_view(it.session, "2000-01-01T00:00:00.000Z", None, 3, 0, 1),
    "report": lambda it: report_panel(report_on(it.session.story("bridge")), 0, 1),
    "stories": lambda it: _list_panel(it.session),
    "import": lambda it: import_panel("key", it.session.files.preview(replace(it.story, info=StoryInfo("new", "New")))),
    "choices of sources": lambda it: _source_choices(it.session, "report"),
    "choices of actors": lambda it: it.session.complete_actors("ann"),
    "who": lambda it: it.session.who("Ann Number1"),
    "facts by date": lambda it: it.session.timeline(kind="all"),
    "picture of a time line": lambda it: timeline_picture("Time line", it.reply.facts[: MANY - 1]),
    "network": lambda it: network_view(it.session.network(), 0, 0, ALL),
}
"""What people and moderators are shown of a base, and what is read for it."""

PAGES = [name for name in SHOWN if name.startswith(("sides", "time", "page", "section", "cited", "fact", "history", "log"))]
"""Of these the pages of facts: whatever the base holds, there are a few facts on each."""


@pytest.mark.parametrize("name", SHOWN)
def test_ten_times_the_facts_take_no_more_than_ten_times_the_steps(filled: Callable[[int], Filled], name: str) -> None:
    show = SHOWN[name]
    few, many = filled(FEW), filled(MANY)
    show(few), show(many)  # what is loaded once
    assert steps(lambda: show(many)) <= SLACK * MANY / FEW * steps(lambda: show(few))


@pytest.mark.parametrize(
    "name", [name for name in SHOWN if name.startswith(("sides", "time", "page", "section", "cited", "fact"))]
)
def test_no_more_facts_are_laid_out_than_a_page_shows(
    filled: Callable[[int], Filled], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    laid_out = 0

    def counted(text: str) -> str:
        nonlocal laid_out
        laid_out += 1
        return clean(text)

    monkeypatch.setattr(fact_text, "clean", counted)  # the first thing that is done with the words of a fact
    SHOWN[name](filled(MANY))
    assert laid_out <= 80


def test_the_marks_of_a_fact_cost_the_same_however_many_are_numbered(filled: Callable[[int], Filled]) -> None:
    few, many = (CitationNumbers(filled(claims).records) for claims in (FEW, MANY))
    last = filled(MANY).records[-1]
    assert [citation.number for citation in many.of([last])] == [MANY + 1]  # behind that of the event
    assert steps(lambda: many.of([last])) == steps(lambda: few.of([filled(FEW).records[-1]]))


def test_every_side_is_on_one_of_the_pages_once(filled: Callable[[int], Filled]) -> None:
    few = filled(FEW)
    pages: list[str] = []
    while len(pages) < FEW:
        view = few.sides(len(pages))
        assert_within_limits(view)
        if pages and shown_text(view) == pages[-1]:
            break
        pages.append(shown_text(view))
    shown = "\n".join(pages)
    assert all(shown.count(f"pier {number} will") == 1 for number in range(FEW))
    assert 8 <= len(pages) <= 15


class Watched(str):
    """A text that counts the characters which are copied out of it."""

    copied = 0

    def __getitem__(self, key: SupportsIndex | slice) -> Watched:
        return self._counted(super().__getitem__(key))

    def lstrip(self, chars: str | None = None) -> Watched:
        return self._counted(super().lstrip(chars))

    @classmethod
    def _counted(cls, part: str) -> Watched:
        cls.copied += len(part)
        return cls(part)


def test_a_long_text_is_parted_without_being_copied_again_and_again() -> None:
    text = Watched("word " * 20_000)
    parts = split(text, 1000)
    assert " ".join(parts).split() == text.split()
    assert max(map(len, parts)) <= 1000
    assert Watched.copied <= 3 * len(text)


def test_the_facts_of_stories_that_a_change_left_alone_are_not_counted(
    filled: Callable[[int], Filled], monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: list[str | None] = []
    count = FactBase.count

    def watched(base: FactBase, story: str | None = None) -> int:
        counted.append(story)
        return count(base, story)

    monkeypatch.setattr(FactBase, "count", watched)
    few = filled(FEW)
    assert [info.id for info in few.session.changes.undo_scope(few.change).emptied] == ["bridge"]
    assert counted == ["bridge"]
