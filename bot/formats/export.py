"""A whole story in the formats that others read, and all stories of a base as zip files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from bot.errors import UsageError
from bot.facts.base import FactBase
from bot.facts.models import Actor, FactRecord, Source, Story
from bot.facts.text import on_one_line
from bot.formats import bibtex, csl, ical, jsonld, ris, table, timelinejs
from bot.formats.exported import ExportedStory
from bot.messages import Message
from bot.stories.dump import dump_story

_MAX_NAME = 100  # characters of a file's name in a bundle; file systems take 255 bytes


@dataclass(frozen=True, slots=True)
class Format:
    """A format: what people call it, the ending of its files, and how it is written."""

    name: str
    ending: str
    write: Callable[[ExportedStory], bytes]


def story_file(whole: ExportedStory) -> bytes:
    """Return the story file; the revision of each fact stands in a comment below it, where it changes nothing."""
    refs = [f"#   {record.fact.id}: {record.ref}" for record in whole.records]
    return "\n".join([dump_story(whole.story).rstrip("\n"), "", "# Revisions, as the fact base names them:", *refs, ""]).encode()


def _sources(write: Callable[[tuple[Source, ...], tuple[Actor, ...]], str]) -> Callable[[ExportedStory], bytes]:
    return lambda whole: write(_on_lines(whole).story.sources, whole.story.actors).encode()


FORMATS = {
    "story": Format("Story file", "yaml", story_file),
    "timelinejs": Format("TimelineJS", "timeline.json", lambda whole: timelinejs.write(_on_lines(whole))),
    "ical": Format("Calendar (iCalendar)", "ics", lambda whole: ical.write(_on_lines(whole))),
    "jsonld": Format("schema.org (JSON-LD)", "jsonld", lambda whole: jsonld.write(_on_lines(whole))),
    "csv": Format("Table (CSV)", "csv", lambda whole: table.write(_on_lines(whole))),
    "bibtex": Format("Sources as BibTeX", "bib", _sources(bibtex.write)),
    "ris": Format("Sources as RIS", "ris", _sources(ris.write)),
    "csl-json": Format("Sources as CSL-JSON", "csl.json", _sources(csl.write)),
}
"""The formats by name."""


def read_story_to_export(base: FactBase, story: str) -> ExportedStory:
    """Read a story of a base to be exported. Raises NotKnownError."""
    return ExportedStory(base.story(story), base.all_facts(story))


def _on_lines(whole: ExportedStory) -> ExportedStory:
    """Return a story with what names something on one line each: elsewhere a line break would end the field or the record."""
    sources = {source.id: _source(source) for source in whole.story.sources}
    actors = {actor.id: _actor(actor) for actor in whole.story.actors}
    info = replace(whole.story.info, title=on_one_line(whole.story.info.title), summary=_maybe(whole.story.info.summary))

    def record(each: FactRecord) -> FactRecord:
        return replace(
            each,
            story=info,
            fact=replace(each.fact, where=_maybe(each.fact.where)),
            sources=tuple(sources.get(source.id) or _source(source) for source in each.sources),
            speakers=tuple(map(_actor, each.speakers)),
            participants=tuple(map(_actor, each.participants)),
            subjects=tuple(map(_actor, each.subjects)),
        )

    story = replace(whole.story, info=info, sources=tuple(sources.values()), actors=tuple(actors.values()))
    return ExportedStory(story, tuple(map(record, whole.records)))


def _source(source: Source) -> Source:
    authors = tuple(map(on_one_line, source.authors))
    return replace(source, title=on_one_line(source.title), publisher=_maybe(source.publisher), authors=authors)


def _actor(actor: Actor) -> Actor:
    return replace(actor, name=on_one_line(actor.name), role=_maybe(actor.role), aliases=tuple(map(on_one_line, actor.aliases)))


def _maybe(text: str | None) -> str | None:
    return None if text is None else on_one_line(text)


def unstored(story: Story) -> ExportedStory:
    """Return a story that is in no base, such as that of a file, as if it had just been imported."""
    with FactBase.memory() as base:
        base.apply(story, by="export")
        return read_story_to_export(base, story.info.id)


def bundle(base: FactBase, most: int | None = None) -> tuple[tuple[str, bytes], ...]:
    """Return all stories of a base as zip files, by name, of at most ``most`` bytes each: one of all, else one a story.

    Raises UsageError where one story alone is larger.
    """
    files = {}
    for number, info in enumerate(base.stories()):
        name = info.id if len(info.id) <= _MAX_NAME else f"{info.id[:_MAX_NAME]}-{number}"
        files[name] = story_file(read_story_to_export(base, info.id))
    whole = _zipped(files)
    if most is None or len(whole) <= most:
        return (("stories.zip", whole),)
    parts = tuple((f"{name}.zip", _zipped({name: content})) for name, content in files.items())
    if any(len(content) > most for _, content in parts):
        raise UsageError(
            Message("A story is too large to be sent; whoever runs the bot can hand it out with footnote story export.")
        )
    return parts


def _zipped(files: Mapping[str, bytes]) -> bytes:
    """Return story files by name as a zip file."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(f"{name}.yaml", content)
    return written.getvalue()
