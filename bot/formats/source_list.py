"""What is read from a list of sources: the sources found, each with its line, and every fault."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.errors import Fault
from bot.facts.models import Source

MOST_FAULTS = 1000
"""How many faults of a file are listed: nobody mends more by hand."""


@dataclass(frozen=True, slots=True)
class ListedSource:
    """A source of a file and the line where it begins. Its id is the file's key, which may be none that a story takes."""

    line: int
    source: Source


@dataclass(frozen=True, slots=True)
class SourceList:
    """A file as far as it could be read."""

    sources: list[ListedSource]
    faults: list[Fault]

    def add(self, line: int, read: tuple[Source, Iterable[str]], *, column: int = 1, item: str = "") -> None:
        """Add a source that was read, or the faults that it has: sentences, each with its mend.

        ``item`` says which one of several on a line it is.
        """
        source, sentences = read
        faults = [_fault(line, column, item, source, sentence) for sentence in sentences]
        self.faults.extend(faults)
        if not faults:
            self.sources.append(ListedSource(line, source))


def _fault(line: int, column: int, item: str, source: Source, sentence: str) -> Fault:
    name = source.id or source.title
    problem, _, mend = sentence.rpartition(". ")
    which = ", ".join(part for part in (item, f'"{name[:60]}"' if name else "") if part)
    return Fault(line, column, f"{which}: {problem}." if which else f"{problem}.", mend)
