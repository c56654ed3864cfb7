"""TimelineJS 3 held against its documented format: which keys there are, which are needed, and what type each has."""

from __future__ import annotations

import calendar
import json
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from bot.facts.dates import parse_date
from bot.facts.models import Citation, Fact, Source
from bot.facts.speakers import publisher_of
from bot.formats.export import FORMATS, unstored
from bot.formats.exported_story import ExportedStory
from bot.stories.load import load_story
from tests.formats.sources import DATES
from tests.support.paths import HARBOUR, MEASURED, SHIPPED
from tests.support.slow import slow

STORY = load_story(HARBOUR)
Check = Callable[[Any], None]


def text(value: Any) -> None:
    assert isinstance(value, str)


def fits(required: dict[str, Check], optional: dict[str, Check]) -> Check:
    """Return a check of an object with these keys and no others."""

    def check(value: Any) -> None:
        assert required.keys() <= value.keys() <= required.keys() | optional.keys()
        for key, part in value.items():
            ({**required, **optional})[key](part)

    return check


def day(value: Any) -> None:
    """Check a date object: a number for each part, a day with its month, and one that the month has."""
    assert {"year"} <= value.keys() <= {"year", "month", "day", "display_date"}
    assert all(type(value[part]) is int for part in ("year", "month", "day") if part in value)
    assert "month" in value or "day" not in value
    if "month" in value:
        assert 1 <= value["month"] <= 12
        leap = value["year"] % 4 == 0 and (value["year"] % 100 != 0 or value["year"] % 400 == 0)
        longest = 28 + leap if value["month"] == 2 else calendar.monthrange(2021, value["month"])[1]
        assert 1 <= value.get("day", 1) <= longest


words = fits({}, {"headline": text, "text": text})
media = fits({"url": text}, {"caption": text, "credit": text, "alt": text, "title": text, "thumbnail": text, "link": text})
slide = fits(
    {"start_date": day},
    {"end_date": day, "text": words, "media": media, "group": text, "display_date": text, "unique_id": text},
)
title = fits({}, {"text": words})


def is_documented(content: ExportedStory) -> list[dict[str, Any]]:
    """Check a time line as a whole, and return its slides."""
    read = json.loads(FORMATS["timelinejs"].write(content))
    assert {"events"} <= read.keys() <= {"events", "title", "eras", "scale"}
    assert read["scale"] in ("human", "cosmological")
    title(read["title"])
    for event in read["events"]:
        slide(event)
    names = [event["unique_id"] for event in read["events"]]
    assert len(set(names)) == len(names)
    return list(read["events"])


@pytest.mark.parametrize("path", [HARBOUR, *SHIPPED, *slow(MEASURED)], ids=lambda path: path.stem)
def test_every_story_is_a_time_line_as_documented(path: Path) -> None:
    story = load_story(path)
    assert len(is_documented(unstored(story))) == sum(fact.date is not None for fact in story.facts)


@pytest.mark.parametrize("path", [HARBOUR, *SHIPPED])
def test_every_slide_has_a_headline_its_text_whoever_says_it_and_its_sources_with_links(path: Path) -> None:
    whole = unstored(load_story(path))
    slides = {event["unique_id"]: event["text"] for event in is_documented(whole)}
    for record in whole.dated:
        headline, text = (unescape(slides[record.ref.replace("@", "-")][part]) for part in ("headline", "text"))
        words = " ".join(record.fact.text.split())
        assert 0 < len(headline) <= 100
        assert words in text
        assert words.rstrip(".") not in headline
        assert "Source" in text
        if record.fact.kind != "event":
            names = ", ".join(actor.name for actor in record.speakers) or publisher_of(record)
            assert headline.startswith(names)
            assert words.startswith(headline.removeprefix(names).strip(": “”…"))
            assert names in text
        elif headline.endswith("…"):
            assert words.startswith(headline.removesuffix("…"))
        else:
            named = ", ".join(actor.name for actor in record.participants or record.subjects)
            assert record.fact.date is not None
            assert headline in (named, record.fact.where, record.fact.date.words())
        for source in record.sources:
            assert source.title in text
            assert source.url is None or f'<a href="{source.url}">' in text


@pytest.mark.parametrize(
    ("fact", "headline"),
    [
        ({"text": "The council closed the bridge, after divers had seen cracks."}, "The council closed the bridge…"),
        ({"text": "On 3 March 2021, the council closed the bridge."}, "Maria Lee"),
        ({"text": "The bridge closed.", "who": ()}, "Harbour"),
        ({"text": "The bridge closed.", "who": (), "where": None}, "4 March 2021"),
        (
            {"text": "The divers of the harbour saw cracks in every one of the piers of the bridge."},
            "The divers of the harbour saw cracks in every one…",
        ),
        ({"kind": "quote", "text": "Safety comes first, and nothing else.", "by": ("lee",)}, "Maria Lee: “Safety comes first…”"),
        ({"kind": "quote", "text": "Never again!", "by": ("lee",)}, "Maria Lee"),
        (
            {"kind": "claim", "text": "Repairs will cost too much; a new bridge is cheaper.", "by": ("lee",)},
            "Maria Lee: Repairs will cost too much…",
        ),
    ],
)
def test_a_headline_is_short_and_says_nothing_that_the_fact_does_not_say(fact: dict[str, Any], headline: str) -> None:
    made: dict[str, Any] = {"kind": "event", "who": ("lee",), "where": "Harbour"} | fact
    if made["kind"] != "event":
        del made["who"], made["where"]
    new = Fact(id="new", citations=(Citation("gazette"),), date=parse_date("2021-03-04"), **made)
    slides = is_documented(unstored(replace(STORY, facts=(new, *STORY.facts))))
    assert unescape(next(event for event in slides if event["unique_id"] == "F1-1")["text"]["headline"]) == headline


def test_a_source_that_is_archived_alone_is_linked_there() -> None:
    archived = replace(STORY.sources[0], id="old", url=None, archive="https://archive.example/old")
    dated = Fact("new", "event", "Something happened.", (Citation("old"),), date=parse_date("2021"))
    slides = is_documented(unstored(replace(STORY, sources=(*STORY.sources, archived), facts=(dated, *STORY.facts))))
    shown = next(event for event in slides if event["unique_id"] == "F1-1")
    assert '<a href="https://archive.example/old">' in shown["text"]["text"]
    assert "archived" not in shown["text"]["text"]


@pytest.mark.parametrize(
    ("url", "archive", "shown"),
    [
        ("https://example.org/bridge.JPG?size=1", None, "https://example.org/bridge.JPG?size=1"),
        ("https://example.org/a", "https://web.archive.org/web/2021/https://example.org/b.png", "the archive"),
        ("https://example.org/a", None, None),
        ("https://example.org/jpg", None, None),
        (None, None, None),
    ],
)
def test_a_picture_that_a_fact_cites_is_shown_beside_it(url: str | None, archive: str | None, shown: str | None) -> None:
    photo = Source("photo", "graphic", "The <old> bridge", "Gazette", ("Ann Lee",), url=url, archive=archive)
    (fact, *_), (source, *_) = STORY.facts, STORY.sources
    cited = replace(fact, date=parse_date("2021-03-03"), citations=(Citation(source.id), Citation("photo")))
    story = replace(STORY, sources=(*STORY.sources, photo), facts=(cited,))
    (made,) = json.loads(FORMATS["timelinejs"].write(unstored(story)))["events"]
    slide(made)
    expected = {
        "url": archive if shown == "the archive" else shown,
        "caption": "The &lt;old&gt; bridge",
        "credit": "Ann Lee, Gazette",
        "alt": "The &lt;old&gt; bridge",
    }
    assert made.get("media") == (expected if shown else None)


def test_a_title_is_shown_to_its_last_word() -> None:
    second = Source("second", "book", "Second to None")
    dated = Fact("new", "event", "Something happened.", (Citation("second"),), date=parse_date("2021"))
    slides = is_documented(unstored(replace(STORY, sources=(*STORY.sources, second), facts=(dated, *STORY.facts))))
    shown = next(event for event in slides if event["unique_id"] == "F1-1")
    assert "Source: Second to None<br>" in shown["text"]["text"]


@pytest.mark.parametrize("edtf", DATES)
def test_every_date_is_a_date_object_as_documented(edtf: str) -> None:
    dated = Fact("new", "event", "Something happened.", (Citation("gazette"),), date=parse_date(edtf))
    slides = is_documented(unstored(replace(STORY, facts=(dated, *STORY.facts))))
    shown = next(event for event in slides if event["unique_id"] == "F1-1")
    assert shown["display_date"] == parse_date(edtf).words()
