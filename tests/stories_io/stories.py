"""Random stories for property tests: any text, id and link that a story file may hold."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hypothesis import strategies as st

from bot.facts.dates import parse_date
from bot.facts.models import ACTOR_KINDS, WRITTEN_KINDS, Actor, Citation, Fact, RecordedQuestion, Source, Story, StoryInfo
from bot.facts.text import clean, on_one_line
from bot.stories.csl_terms import LOCATORS, TYPES

CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
ID_NEVER = re.compile("[#\n\x85\u2028\u2029]")
AWKWARD = (
    "yes", "no", "null", "~", "1975", "2021-03-03", "1.9", "0x1f", "1e5", "12:30", ".inf", "@nasa",
    "#4", "a: b", "a:", "- a", "? a", "! a", "&a", "*a", "%a", "`a", "|", ">", "'", '"', "''",
    '"a" and \'b\'', "a #b", "[a]", "{a: b}", "a, b", "a\nb", "a\n\n b", "a\n  b", "a\tb",
    "a\u00a0b", "a\u2028b", "a\u0085b", "a\ufeffb", "\u200d", "😀 👩\u200d🚀", "é e\u0301", "א ב",
    "---", "...", "<<", "=", "\\", "\\n", "word " * 60, "x" * 300, "a  " + "b " * 90 + "c",
    ("long line " * 20 + "\n") * 3 + "end", "gazette#4", ": ", "true", "ON",
)  # fmt: skip

texts = st.one_of(
    st.sampled_from(AWKWARD).map(clean),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60).map(lambda text: clean(CONTROLS.sub("", text))),
    st.text("ab:#'\"-,[]{} \n\t", min_size=1, max_size=20).map(clean),
).filter(bool)
lines = texts.map(on_one_line)
ids = st.one_of(
    st.from_regex(r"[a-z0-9]+(-[a-z0-9]+){0,3}", fullmatch=True).map(lambda text: text[:40]),
    st.sampled_from(["no", "null", "1975", "2021-03-03", "on", "1e5", "a_b.c", "Été", "_"]),
    st.sampled_from([text for text in AWKWARD if text == clean(text) and len(text) <= 300 and not ID_NEVER.search(text)]),
)
dates = st.one_of(
    st.dates().map(lambda day: day.isoformat()),
    st.sampled_from(
        ["2021", "2021-03", "2021-03~", "../2021", "2021/..", "202X", "2021-21", "2017-10-2X", "-0044", "Y17000", "/2021"]
    ),
).map(parse_date)
urls = st.sampled_from(["https://example.org/a?b=c#d", "http://x.org", "https://example.org/é:[1]"])


def some(strategy: st.SearchStrategy[str], most: int = 3) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(strategy, max_size=most).map(tuple)


def among(names: Sequence[str], least: int = 0) -> st.SearchStrategy[tuple[str, ...]]:
    if not names:
        return st.just(())
    return st.lists(st.sampled_from(names), min_size=least, max_size=4, unique=True).map(tuple)


def citations(sources: Sequence[str], least: int) -> st.SearchStrategy[tuple[Citation, ...]]:
    source = st.sampled_from(sources)
    placed = st.builds(Citation, source, st.sampled_from(LOCATORS), st.one_of(st.sampled_from(["4", "5-1", "12"]), texts))
    return st.lists(st.one_of(st.builds(Citation, source), placed), min_size=least, max_size=4).map(tuple)


@st.composite
def stories(draw: st.DrawFn, slug: str = "the-story") -> Story:
    """Draw a story."""
    maybe, maybe_line = st.one_of(st.none(), texts), st.one_of(st.none(), lines)
    info = StoryInfo(slug, draw(lines), draw(maybe), draw(st.sampled_from(["en", "de", "pt-BR"])))
    source_ids = draw(st.lists(ids, min_size=1, max_size=4, unique=True))
    actor_ids = draw(st.lists(ids, max_size=4, unique=True))
    fact_ids = draw(st.lists(ids, max_size=6, unique=True))
    sources = tuple(
        Source(
            name,
            draw(st.sampled_from(TYPES)),
            draw(lines),
            draw(maybe_line),
            draw(some(lines)),
            draw(st.one_of(st.none(), dates)),
            draw(st.one_of(st.none(), urls)),
            draw(st.one_of(st.none(), urls)),
            draw(maybe),
        )
        for name in source_ids
    )
    actors = tuple(
        Actor(
            name,
            draw(lines),
            draw(st.sampled_from(ACTOR_KINDS)),
            draw(some(lines)),
            draw(maybe_line),
            draw(citations(source_ids, 0)),
            draw(st.none() | st.integers(1, 10**12).map("Q{}".format)),
        )
        for name in actor_ids
    )
    kinds = sorted((draw(st.sampled_from(WRITTEN_KINDS)) for _ in fact_ids), key=WRITTEN_KINDS.index)
    kinds = [kind if actor_ids or kind != "quote" else "claim" for kind in kinds]
    events = [name for name, kind in zip(fact_ids, kinds, strict=True) if kind == "event"]
    facts = []
    for name, kind in zip(fact_ids, kinds, strict=True):
        said = kind != "event"
        facts.append(
            Fact(
                id=name,
                kind=kind,
                text=draw(texts),
                citations=draw(citations(source_ids, 1)),
                date=draw(st.one_of(st.none(), dates)),
                where=None if said else draw(maybe_line),
                context=draw(maybe) if kind == "quote" else None,
                by=draw(among(actor_ids, int(kind == "quote"))) if said else (),
                who=() if said else draw(among(actor_ids)),
                about=draw(among(actor_ids)) if said else (),
                event=draw(st.sampled_from(events)) if said and events and draw(st.booleans()) else None,
                asked_as=draw(some(texts, 2)),
            )
        )
    asked = st.builds(RecordedQuestion, texts, among(fact_ids), maybe)
    return Story(info, sources, actors, tuple(facts), tuple(draw(st.lists(asked, max_size=3))))
