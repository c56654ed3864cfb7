"""Facts for the tests of rendering: plain ones, and whatever anybody could store."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

from discord import ui
from hypothesis import strategies as st
from simcord.components import walk_components

from bot.facts.dates import parse_date
from bot.facts.models import (
    Actor,
    Citation,
    Fact,
    FactKind,
    FactRecord,
    Source,
    StoryInfo,
)
from bot.service.replies import Correction, Reply
from tests.discord_limits import payload

HOSTILE = (
    "@everyone",
    "@here",
    "<@1>",
    "<@!123456789012345678>",
    "<@&2>",
    "<#3>",
    "</ask:1>",
    "<t:1:R>",
    "<:x:123456>",
    "<http://a.b>",
    "```",
    "`",
    "**",
    "__",
    "_",
    "~~",
    "||",
    "*",
    "\\",
    "# ",
    "### ",
    "> ",
    ">>> ",
    "-# ",
    "- ",
    "+ ",
    "1. ",
    "2) ",
    "===",
    "---",
    "***",
    "[a](http://x.y)",
    "[x]: http://a.b",
    "http://e.vil/a_b",
    ":smile:",
    "&amp;",
    "&#64;",
    "\u202e",
    "\u2066",
    "\u200b",
    "\u200d",
    "\x00",
    "א",
    "ﷺ",
    "👩\u200d🚒",
    "e\u0301",
    " ",
    "\n",
    "\t",
    "\r",
    "\u2028",
    "word",
    "a" * 50,
)
_PIECES = {ord("0") + index: piece for index, piece in enumerate(HOSTILE)}
"""A letter for each: a text of letters is drawn at once, a list piece by piece, which took most of the time of these tests."""

texts = st.one_of(st.text(), st.text("".join(map(chr, _PIECES)), max_size=30).map(lambda letters: letters.translate(_PIECES)))
EMPTY_REPLY = Reply(None, None, None, (), ())
CORRECTED_AT = "2026-01-01T00:00:00Z"
STORY = StoryInfo("bridge", "The Harbour Bridge closure")
GAZETTE = Source(
    "gazette",
    "article-newspaper",
    "Bridge shut",
    "Harbour Gazette",
    ("Ann Lee",),
    parse_date("2021-03-04"),
    "https://example.org/a",
    "https://archive.example/b",
    "Seen in the library.",
)
RADIO = Source("radio", "broadcast", "Morning news")
LEE = Actor("lee", "Maria Lee", "person", role="Mayor of Harbour")
KIM = Actor("kim", "Jo Kim", "person")
EVENT = FactRecord(
    1,
    1,
    STORY,
    Fact(
        "closure",
        "event",
        "The city closed the bridge.",
        (Citation("gazette", "paragraph", "1"), Citation("radio")),
        parse_date("2021-03-03"),
        "Harbour",
    ),
    sources=(GAZETTE, RADIO),
)
QUOTE = FactRecord(
    2,
    1,
    STORY,
    Fact(
        "safety",
        "quote",
        "Safety comes first.\nIt is not safe.",
        (Citation("gazette", "paragraph", "4"),),
        parse_date("2021-03"),
        context="press conference",
        by=("lee",),
    ),
    speakers=(LEE,),
    sources=(GAZETTE,),
)
CLAIM = FactRecord(
    3,
    1,
    STORY,
    Fact("cost", "claim", "Repairs will cost 4.2 million dollars.", (Citation("gazette", "page", "12"),), by=("lee", "kim")),
    speakers=(LEE, KIM),
    sources=(GAZETTE,),
)
UNSIGNED = FactRecord(
    4, 1, STORY, Fact("old", "claim", "The bridge was old.", (Citation("gazette", "paragraph", "1"),)), sources=(GAZETTE,)
)

dates = st.sampled_from(("2021", "2021-03~", "../2021", "2021-03-30/2021-04-02", "-0044-03-15", "Y-170000002")).map(parse_date)
words = st.one_of(texts, texts.map(lambda text: (text or "word ") * 300).map(lambda text: text[:5000]))
filled = words.filter(lambda text: bool(text.strip()))
actors = st.builds(Actor, st.just("a"), filled, st.just("person"), st.just(()), st.none() | words)
sources = st.builds(
    Source,
    st.text(min_size=1),
    st.sampled_from(("webpage", "post")),
    filled,
    st.none() | words,
    st.lists(words, max_size=9).map(tuple),
    st.none() | dates,
    st.none() | words | texts.map(lambda text: f"https://example.org/{text}"),
    st.none() | words,
    st.none() | words,
)
citations = st.builds(Citation, st.text(min_size=1), st.none() | st.sampled_from(("paragraph", "timestamp")), st.none() | words)


cited_sources = st.lists(st.tuples(citations, sources), min_size=1, max_size=9)
casts = st.lists(actors, max_size=9).map(tuple)


@st.composite
def fact_records(
    draw: st.DrawFn,
    number: int = 1,
    cited: st.SearchStrategy[list[tuple[Citation, Source]]] = cited_sources,
    cast: st.SearchStrategy[tuple[Actor, ...]] = casts,
) -> FactRecord:
    """Any fact that a story file could hold, and worse; ``cited`` are what it may cite, ``cast`` who may speak."""
    shown = draw(cited)
    fact = Fact(
        "f",
        draw(st.sampled_from(("event", "quote", "claim"))),
        draw(filled),
        tuple(citation for citation, _ in shown),
        draw(st.none() | dates),
        draw(st.none() | words),
        draw(st.none() | words),
    )
    people = draw(cast)
    info = StoryInfo("s", draw(filled))
    return FactRecord(number, 1, info, fact, people, people, people, tuple(source for _, source in shown), draw(st.booleans()))


@st.composite
def records_of_a_story(draw: st.DrawFn) -> Callable[[int], st.SearchStrategy[FactRecord]]:
    """What makes facts of their numbers, which cite sources and name people that they share: else making ten takes a second."""
    sources_of_story = draw(st.lists(st.tuples(citations, sources), min_size=1, max_size=30))
    cited = st.lists(st.sampled_from(sources_of_story), min_size=1, max_size=9)
    people = draw(casts)
    cast = st.lists(st.sampled_from(people), max_size=9).map(tuple) if people else st.just(())
    return lambda number: fact_records(number, cited, cast)


@st.composite
def replies(draw: st.DrawFn) -> Reply:
    """Any reply that could be stored."""
    records = draw(records_of_a_story())

    def record(number: int) -> FactRecord:
        return draw(records(number))

    facts = [record(number) for number in range(1, draw(st.integers(0, 9)) + 1)]
    near = [record(number) for number in range(20, 20 + draw(st.integers(0, 3)))]
    optional = st.none() | words
    changed = [fact for fact in (*facts, *near) if fact.retracted or draw(st.booleans())]
    corrected = [Correction(record(fact.number), fact, CORRECTED_AT, draw(optional)) for fact in changed]
    return Reply(draw(optional), draw(optional), draw(optional), tuple(facts), tuple(near), corrected=tuple(corrected))


def long_fact(kind: FactKind, sign: str, number: int) -> Fact:
    """Return a fact with as much of everything as there can be."""
    long = (f"{number} " + sign * 4000)[:4000]
    names = tuple(f"{number}{sign * 3}{index}" for index in range(9))
    return Fact(
        id=f"f{number}",
        kind=kind,
        text=long,
        citations=tuple(Citation(name, "paragraph", long[:200]) for name in names),
        date=parse_date(f"{2000 + number}"),
        where=long,
        context=long,
        by=names if kind != "event" else (),
        who=names if kind == "event" else (),
        about=names,
        event=f"e{number}{sign}",
        asked_as=tuple(long[:300] + name for name in names),
    )


def long_record(kind: FactKind, sign: str, number: int) -> FactRecord:
    """Return it as stored."""
    content = long_fact(kind, sign, number)
    actors = tuple(Actor(name, sign * 500, "person", role=sign * 500) for name in content.about)
    url = "https://example.org/" + "a" * 360
    sources = tuple(
        Source(citation.source, "report", sign * 500, sign * 500, (), parse_date("2017"), url, url)
        for citation in content.citations
    )
    return FactRecord(number, 7, StoryInfo("s", sign * 300), content, actors, actors, actors, sources)


def shown_text(view: ui.LayoutView) -> str:
    return "\n".join(item.content for item in view.walk_children() if isinstance(item, ui.TextDisplay))


def labels(view: ui.LayoutView) -> list[str]:
    return [part["label"] for part in walk_components(payload(view)) if part["type"] == 2]


def assert_harmless(text: str) -> None:
    assert not re.search(r"<@[!&]?\d|@(everyone|here)", text)
    bare = re.sub(r"\\[^0-9A-Za-z\s]", "", text).replace(f"<t:{int(datetime.fromisoformat(CORRECTED_AT).timestamp())}:D>", "")
    assert not re.search(r"<#\d|<t:|</\w|```|>>>|\|\||<a?:\w", bare)
    for target in re.findall(r"\]\(([^)]*)\)", bare):
        assert target.startswith(("http://", "https://"))
