"""A story as it is exported, with its live facts and their revisions, and what several formats say of a fact."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from bot.facts.edtf import date_ends
from bot.facts.models import FactRecord, Story


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
    return bool(ends) and all(end and end.day and not (end.unspecified or end.qualifier) for end in ends)


def speakers(record: FactRecord) -> str:
    """Return the names of the speakers, "" for none."""
    return ", ".join(actor.name for actor in record.speakers)


def sentence(record: FactRecord) -> str:
    """Return a fact in one line: a quotation in its marks behind its speaker."""
    text = " ".join(record.fact.text.split())
    words = f"“{text}”" if record.fact.kind == "quote" else text
    return f"{speakers(record)}: {words}" if record.speakers else words
