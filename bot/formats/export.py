"""A whole story in the formats that others read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.facts.base import FactBase
from bot.facts.models import Actor, Source, Story
from bot.formats import bibtex, csl_json, ical, jsonld, ris, table, timelinejs
from bot.formats.whole import Whole
from bot.stories.dump import dump_story


@dataclass(frozen=True, slots=True)
class Format:
    """A format: what people call it, the ending of its files, and how it is written."""

    name: str
    ending: str
    write: Callable[[Whole], bytes]


def story_file(whole: Whole) -> bytes:
    """Return the story file; the revision of each fact stands in a comment below it, where it changes nothing."""
    refs = [f"#   {record.fact.id}: {record.ref}" for record in whole.records]
    return "\n".join([dump_story(whole.story).rstrip("\n"), "", "# Revisions, as the fact base names them:", *refs, ""]).encode()


def _sources(whole: Whole, write: Callable[[tuple[Source, ...], tuple[Actor, ...]], str]) -> bytes:
    return write(whole.story.sources, whole.story.actors).encode()


FORMATS = {
    "story": Format("Story file", "yaml", story_file),
    "timelinejs": Format("TimelineJS", "timeline.json", timelinejs.write),
    "ical": Format("Calendar (iCalendar)", "ics", ical.write),
    "jsonld": Format("schema.org (JSON-LD)", "jsonld", jsonld.write),
    "csv": Format("Table (CSV)", "csv", table.write),
    "bibtex": Format("Sources as BibTeX", "bib", lambda whole: _sources(whole, bibtex.write)),
    "ris": Format("Sources as RIS", "ris", lambda whole: _sources(whole, ris.write)),
    "csl-json": Format("Sources as CSL-JSON", "csl.json", lambda whole: _sources(whole, csl_json.write)),
}
"""The formats by name."""


def whole_story(base: FactBase, story: str) -> Whole:
    """Read a story of a base to be exported. Raises NotKnownError."""
    return Whole(base.story(story), base.all_facts(story))


def unstored(story: Story) -> Whole:
    """Return a story that is in no base, such as that of a file, as if it had just been imported."""
    with FactBase.memory() as base:
        base.apply(story, by="export")
        return whole_story(base, story.info.id)
