"""A whole story in the formats that others read, and all stories of a base as zip files."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from bot.errors import UsageError
from bot.facts.base import FactBase
from bot.facts.models import Actor, FactRecord, Source, Story
from bot.facts.sourcing import independent
from bot.facts.text import on_one_line
from bot.formats import bibtex, csl, jsonld, ris, wikitext
from bot.formats.csl import in_language
from bot.formats.exported_story import ExportedStory
from bot.formats.timelines import write_calendar, write_timeline
from bot.messages import Message
from bot.stories.dump import dump_story

COLUMNS = (
    "fact", "id", "kind", "date", "date_in_words", "text", "by", "participants", "about", "where", "context", "event",
    "sources", "places", "publishers", "published", "urls", "archived", "independent_sources",
)  # fmt: skip
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""Signs at the front of a text by which a spreadsheet takes it for a formula."""

_MAX_NAME = 100  # characters of a file's name in a bundle; file systems take 255 bytes


@dataclass(frozen=True, slots=True)
class Format:
    """A format: what people call it, the ending of its files, and how it is written."""

    name: str
    ending: str
    write: Callable[[ExportedStory], bytes]


def write_table(whole: ExportedStory) -> bytes:
    """Return the facts of a story as CSV, a table for spreadsheets.

    UTF-8 with a byte order mark, by which spreadsheets know it. A text that a spreadsheet would take for a formula gets an
    apostrophe in front, which is shown and calculates nothing (OWASP, "CSV Injection"). What is several stands in one cell,
    parted by `` | ``.
    """
    text = io.StringIO(newline="")
    rows = csv.writer(text, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    for record in whole.records:
        fact, date, sources = record.fact, record.fact.date, record.sources
        row = (
            record.ref,
            fact.id,
            fact.kind,
            date.edtf if date else "",
            date.words() if date else "",
            fact.text,
            *(_joined(actor.name for actor in actors) for actors in (record.speakers, record.participants, record.subjects)),
            fact.where or "",
            fact.context or "",
            fact.event or "",
            _joined(source.title for source in sources),
            _joined(" ".join(filter(None, [citation.label, citation.locator])) for citation in fact.citations),
            _joined(source.publisher or "" for source in sources),
            _joined(source.published.edtf if source.published else "" for source in sources),
            _joined(source.url or "" for source in sources),
            _joined(source.archive or "" for source in sources),
            str(independent(sources)),
        )
        rows.writerow([defused(cell) for cell in row])
    return text.getvalue().encode("utf-8-sig")


def defused(cell: str) -> str:
    """Return a text that no spreadsheet calculates."""
    return f"'{cell}" if cell.lstrip(" ").startswith(FORMULA) else cell


def _joined(texts: Iterable[str]) -> str:
    """Join texts; those that are empty keep their place, unless all are."""
    parts = list(texts)
    return " | ".join(parts) if any(parts) else ""


def story_file(whole: ExportedStory) -> bytes:
    """Return the story file; the revision of each fact stands in a comment below it, where it changes nothing."""
    refs = [f"#   {record.fact.id}: {record.ref}" for record in whole.records]
    return "\n".join([dump_story(whole.story).rstrip("\n"), "", "# Revisions, as the fact base names them:", *refs, ""]).encode()


def _sources(write: Callable[[tuple[Source, ...], tuple[Actor, ...]], str]) -> Callable[[ExportedStory], bytes]:
    return lambda whole: write(_on_lines(whole).story.sources, whole.story.actors).encode()


FORMATS = {
    "story": Format("Story file", "yaml", story_file),
    "timelinejs": Format("TimelineJS", "timeline.json", lambda whole: write_timeline(_on_lines(whole))),
    "ical": Format("Calendar (iCalendar)", "ics", lambda whole: write_calendar(_on_lines(whole))),
    "jsonld": Format("schema.org (JSON-LD)", "jsonld", lambda whole: jsonld.write(_on_lines(whole))),
    "csv": Format("Table (CSV)", "csv", lambda whole: write_table(_on_lines(whole))),
    "bibtex": Format("Sources as BibTeX", "bib", _sources(bibtex.write)),
    "ris": Format("Sources as RIS", "ris", _sources(ris.write)),
    "csl-json": Format("Sources as CSL-JSON", "csl.json", _sources(csl.write)),
    "wikitext": Format("Sources as wikitext", "wiki.txt", _sources(wikitext.write)),
}
"""The formats by name."""


def read_story_to_export(base: FactBase, story: str) -> ExportedStory:
    """Read a story of a base to be exported: its reviewed facts, for articles are not ours to hand on. Raises NotKnownError."""
    exported = tuple(record for record in base.all_facts(story) if record.fact.is_exported)
    return ExportedStory(base.story(story), exported)


def _on_lines(whole: ExportedStory) -> ExportedStory:
    """Return a story with what names something on one line each: elsewhere a line break would end the field or the record.

    Its sources have its language where they name no other.
    """
    language = whole.story.info.language
    sources = {source.id: _source(source, language) for source in whole.story.sources}
    actors = {actor.id: _actor(actor) for actor in whole.story.actors}
    info = replace(whole.story.info, title=on_one_line(whole.story.info.title), summary=_maybe(whole.story.info.summary))

    def flattened(record: FactRecord) -> FactRecord:
        return replace(
            record,
            story=info,
            fact=replace(record.fact, where=_maybe(record.fact.where)),
            sources=tuple(sources.get(source.id) or _source(source, language) for source in record.sources),
            speakers=tuple(map(_actor, record.speakers)),
            participants=tuple(map(_actor, record.participants)),
            subjects=tuple(map(_actor, record.subjects)),
        )

    story = replace(whole.story, info=info, sources=tuple(sources.values()), actors=tuple(actors.values()))
    return ExportedStory(story, tuple(map(flattened, whole.records)))


def _source(source: Source, language: str) -> Source:
    source = in_language(source, language)
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
            Message("A story is too large to be sent; whoever runs the bot can give it to you with footnote story export.")
        )
    return parts


def _zipped(files: Mapping[str, bytes]) -> bytes:
    """Return story files by name as a zip file."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(f"{name}.yaml", content)
    return written.getvalue()
