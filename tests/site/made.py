"""Sites of stories, and a story that tries to be taken for markup."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from bot.facts.base import FactBase
from bot.site.published import read_published
from bot.site.site import site_files
from bot.stories.load import load_story, read_story
from tests.support.paths import HARBOUR

BASE_URL = "https://news.example/story/"
EVIL = "</script><script>alert(1)</script><b>&amp;"

HOSTILE = f"""
story: {{id: hostile, title: "{EVIL}", summary: "{EVIL}"}}
sources:
  Log/../1: {{type: webpage, title: "{EVIL}", publisher: "{EVIL}", url: https://example.org/a?b=1&c=2, note: "{EVIL}"}}
  check:
    {{type: review, title: Check, publisher: Harbour Checks, url: https://example.org/check,
     note: "rating: Mostly false (2 of 5)"}}
actors:
  A B: {{name: "{EVIL}", kind: person, role: "{EVIL}", aliases: ["{EVIL} too"]}}
  a-b: {{name: Ann Bell, kind: person}}
events:
  ../up: {{what: "{EVIL}", date: 2021-03-04, where: "{EVIL}", who: [A B], cite: Log/../1}}
quotes:
  Up: {{by: A B, text: "{EVIL}", context: "{EVIL}", event: ../up, cite: "Log/../1"}}
  up: {{by: a-b, text: "I deny it.", event: ../up, cite: "Log/../1"}}
claims:
  rated: {{by: a-b, text: "It never happened.", cite: ["Log/../1", check]}}
"""


@contextmanager
def harbour() -> Iterator[FactBase]:
    """Open a base with the story of the harbour."""
    with FactBase.memory() as base:
        base.apply(load_story(HARBOUR), by="somebody: Ines Moderator")
        yield base


def files_of(base: FactBase, story: str = "harbour-bridge", **options: str | bool) -> dict[str, bytes]:
    """Return the files of the site of a story of a base."""
    unreviewed = bool(options.pop("unreviewed", False))
    spoken = str(options.pop("spoken")) if "spoken" in options else None
    return site_files(read_published(base, story, unreviewed=unreviewed), BASE_URL, spoken=spoken, unreviewed=unreviewed)


@cache
def site_of(path: Path, spoken: str = "en") -> dict[str, bytes]:
    """Return the files of the site of a story file."""
    with FactBase.memory() as base:
        story = load_story(path)
        base.apply(story, by="test")
        return files_of(base, story.info.id, spoken=spoken)


def site_of_text(text: str) -> dict[str, bytes]:
    """Return the files of the site of a story that is given as a text."""
    with FactBase.memory() as base:
        story = read_story(text, "story.yaml")
        base.apply(story, by="test")
        return files_of(base, story.info.id)
