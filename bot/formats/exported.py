"""A story as it is exported, with its live facts and their revisions, and how facts, dates and sources are put there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from bot.facts.dates import StoryDate
from bot.facts.edtf import date_parts
from bot.facts.models import FactRecord, Source, Story


@dataclass(frozen=True)
class ExportedStory:
    """A story and the records of its facts, in the story's order."""

    story: Story
    records: tuple[FactRecord, ...]

    @cached_property
    def dated(self) -> tuple[FactRecord, ...]:
        """The facts that have a date, by date."""
        dated = (record for record in self.records if sort_key(record) is not None)
        return tuple(sorted(dated, key=lambda record: sort_key(record) or 0))

    @property
    def undated(self) -> int:
        """How many facts have none."""
        return len(self.records) - len(self.dated)


def sort_key(record: FactRecord) -> int | None:
    """Return the day by which a fact is sorted, as yyyymmdd; None without a date, or with one that is open at both ends."""
    date = record.fact.date
    if date is None:
        return None
    return date.earliest if date.earliest is not None else date.latest


def is_certain(record: FactRecord) -> bool:
    """Return whether a fact's date is a day or a span of days, and not marked as uncertain or approximate."""
    ends = (record.fact.date.edtf if record.fact.date else "").split("/")
    if any(end in ("", "..") for end in ends):
        return False
    parts = [date_parts(end) for end in ends]
    return all(each.day and "X" not in each.day and not each.qualifier for each in parts)


def iso_day(date: StoryDate | None) -> str | None:
    """Return a date as ISO 8601 has it, for schema.org; None for a span, and for one that is not certain."""
    return iso_end(date.edtf) if date and "/" not in date.edtf else None


def iso_end(end: str) -> str | None:
    """Return one end of a date as ISO 8601 has it; None where it is not certain."""
    parts = date_parts(end)
    whole = [part for part in parts[:3] if part]
    if parts.qualifier or parts.season or any("X" in part for part in whole) or parts.year.startswith("Y"):
        return None
    return "-".join(whole) + (parts.time or "")


def speakers(record: FactRecord) -> str:
    """Return the names of the speakers, "" for none."""
    return ", ".join(actor.name for actor in record.speakers)


def sentence(record: FactRecord) -> str:
    """Return a fact in one line: a quotation in its marks behind its speaker."""
    text = " ".join(record.fact.text.split())
    words = f"“{text}”" if record.fact.kind == "quote" else text
    return f"{speakers(record)}: {words}" if record.speakers else words


def describe_source(source: Source) -> str:
    """Return a source in plain words: title, publisher, date."""
    published = source.published.words() if source.published else ""
    return ", ".join(filter(None, [source.title, source.publisher, published]))


def describe_place(record: FactRecord, number: int) -> str:
    """Return a citation of a fact in plain words: title, publisher, date and the place in it; ``number`` counts from 0."""
    citation = record.fact.citations[number]
    place = f", {citation.label} {citation.locator}" if citation.locator else ""
    return f"{describe_source(record.sources[number])}{place}"


def describe_citation(record: FactRecord, number: int) -> str:
    """Return a citation as `describe_place` does, with the addresses of its source."""
    source = record.sources[number]
    archived = f"archived: {source.archive}" if source.archive else ""
    return " ".join(filter(None, [describe_place(record, number), source.url, archived]))
