"""A story as it is exported, with its live facts and their revisions, and how facts, dates and sources are put there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from bot.facts.dates import StoryDate
from bot.facts.edtf import date_ends
from bot.facts.models import Citation, FactRecord, Source, Story


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
    ends = date_ends(record.fact.date.edtf) if record.fact.date else ()
    return bool(ends) and all(end and end.day and "X" not in end.day and not end.qualifier for end in ends)


def iso_ends(date: StoryDate) -> tuple[str | None, ...]:
    """Return a date, or both ends of a span, as ISO 8601 has it for schema.org; None for an end that is open or not certain."""
    written: list[str | None] = []
    for end in date_ends(date.edtf):
        if end is None or end.qualifier or end.season or end.year.startswith("Y") or any("X" in part for part in end[:3] if part):
            written.append(None)
        else:
            written.append("-".join(part for part in end[:3] if part) + (end.time or ""))
    return tuple(written)


def iso_day(date: StoryDate | None) -> str | None:
    """Return a date as ISO 8601 has it, for schema.org; None for a span, and for one that is not certain."""
    ends = iso_ends(date) if date else ()
    return ends[0] if len(ends) == 1 else None


def speakers(record: FactRecord) -> str:
    """Return the names of the speakers, "" for none."""
    return ", ".join(actor.name for actor in record.speakers)


def sentence(record: FactRecord) -> str:
    """Return a fact in one line: a quotation in its marks behind its speaker."""
    text = " ".join(record.fact.text.split())
    words = f"“{text}”" if record.fact.kind == "quote" else text
    return f"{speakers(record)}: {words}" if record.speakers else words


def describe_place(citation: Citation, source: Source) -> str:
    """Return a citation in plain words: title, publisher, date and the place in it."""
    published = source.published.words() if source.published else ""
    place = f"{citation.label} {citation.locator}" if citation.locator else ""
    return ", ".join(filter(None, [source.title, source.publisher, published, place]))


def describe_citation(citation: Citation, source: Source) -> str:
    """Return a citation as `describe_place` does, with the addresses of its source."""
    archived = f"archived: {source.archive}" if source.archive else ""
    return " ".join(filter(None, [describe_place(citation, source), source.url, archived]))
