"""The numbers [1] [2] behind facts and the citations that they stand for, the same on Discord, in a terminal and in JSON."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.facts.models import Citation, FactRecord, Source
from bot.presentation.text_fragment import scrolling_to


@dataclass(frozen=True, slots=True)
class NumberedCitation:
    """A citation with its number, its source and, where it is known, what stands there word for word."""

    number: int
    source: Source
    citation: Citation
    words: str = ""

    @property
    def url(self) -> str | None:
        """The address of its source, which scrolls to its words where they are known."""
        return scrolling_to(self.source.url, self.words) if self.words else self.source.url


class CitationNumbers:
    """Numbers the citations of facts, in their order: the same place in the same source has one number."""

    def __init__(self, facts: Iterable[FactRecord]) -> None:
        self._numbered: dict[tuple[str, Citation], NumberedCitation] = {}
        several = set()  # whole sources of which other words are cited as well: an address leads to one of them alone
        for record in facts:
            for (citation, source), words in zip(record.cited, record.cited_words, strict=True):
                key = record.story.id, citation
                known = self._numbered.get(key) or NumberedCitation(len(self._numbered) + 1, source, citation)
                self._numbered[key] = known if known.words else replace(known, words=words)
                if citation.locator is None and words and words != self._numbered[key].words:
                    several.add(key)
        for key in several:
            self._numbered[key] = replace(self._numbered[key], words="")

    @property
    def citations(self) -> tuple[NumberedCitation, ...]:
        """All citations, by number."""
        return tuple(self._numbered.values())

    def of(self, facts: Iterable[FactRecord]) -> tuple[NumberedCitation, ...]:
        """Return what some of the facts cite, by number. The cost grows with these facts, not with all that are numbered."""
        cited = {(record.story.id, citation) for record in facts for citation in record.fact.citations}
        return tuple(
            sorted((self._numbered[key] for key in cited if key in self._numbered), key=lambda numbered: numbered.number)
        )

    def number(self, record: FactRecord, citation: Citation) -> int:
        """Return the number of a citation of a fact."""
        return self._numbered[record.story.id, citation].number

    def marks(self, record: FactRecord) -> str:
        """Return the marks behind a fact: ``[1][3]``."""
        numbers = dict.fromkeys(self.number(record, citation) for citation in record.fact.citations)
        return "".join(f"[{number}]" for number in numbers)


LOCATORS = {"paragraph": "¶", "page": "p. ", "section": "§ ", "timestamp": "at "}
"""What stands before a locator, by its label."""


def locator_words(citation: Citation) -> str | None:
    """Return a citation's locator in words, such as ``paragraph 4``; None where the whole source is cited."""
    return " ".join(part for part in (citation.label, citation.locator) if part) or None
