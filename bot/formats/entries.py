"""What is read from a list of sources: the sources found, each with its line, and every fault."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.errors import Fault
from bot.facts.models import Source


@dataclass(frozen=True, slots=True)
class Found:
    """A source of a file and the line where it begins. Its id is the file's key, which may be none that a story takes."""

    line: int
    source: Source


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as far as it could be read."""

    found: list[Found]
    faults: list[Fault]


def checked(reading: Reading, line: int, read: tuple[Source, Iterable[str]], *, column: int = 1, item: str = "") -> None:
    """Note a source, or the faults that it has: sentences, each with its mend; ``item`` says which one of a line it is."""
    source, faults = read
    noted = [_fault(line, column, item, source, sentence) for sentence in faults]
    reading.faults.extend(noted)
    if not noted:
        reading.found.append(Found(line, source))


def _fault(line: int, column: int, item: str, source: Source, sentence: str) -> Fault:
    name = source.id or source.title
    problem, _, mend = sentence.rpartition(". ")
    which = ", ".join(part for part in (item, f'"{name[:60]}"' if name else "") if part)
    return Fault(line, column, f"{which}: {problem}." if which else f"{problem}.", mend)
