"""The numbers [1] [2] behind facts, and the places in sources that they stand for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.facts.models import Citation, FactRecord, Source


@dataclass(frozen=True, slots=True)
class Place:
    """A numbered place in a source."""

    number: int
    source: Source
    citation: Citation


class Numbering:
    """Numbers for all that some facts cite: the same place in the same source has one number."""

    def __init__(self, facts: Iterable[FactRecord]) -> None:
        self._places: dict[tuple[str, Citation], Place] = {}
        for record in facts:
            for citation, source in zip(record.fact.citations, record.sources, strict=True):
                self._places.setdefault((record.story.id, citation), Place(len(self._places) + 1, source, citation))

    @property
    def places(self) -> tuple[Place, ...]:
        """All places, by number."""
        return tuple(self._places.values())

    def number(self, record: FactRecord, citation: Citation) -> int:
        """Return the number of a citation of a fact."""
        return self._places[record.story.id, citation].number

    def marks(self, record: FactRecord) -> str:
        """Return the marks behind a fact: ``[1][3]``."""
        numbers = dict.fromkeys(self.number(record, citation) for citation in record.fact.citations)
        return "".join(f"[{number}]" for number in numbers)
