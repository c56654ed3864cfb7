"""A list of sources of others as far as it could be read: what every format notes of its entries."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from bot.errors import Fault
from bot.facts.limits import excesses
from bot.facts.models import Source
from bot.messages import Message

MAX_FAULTS = 1000
"""How many faults of a file are listed: nobody mends more by hand."""
MEND_ABOVE = Message("Fix the faults above first.")
NO_ENTRY = Message("There is no entry in the file.")

Trouble = tuple[Message, Message]
"""What is wrong with an item, and how to mend it."""


@dataclass(frozen=True, slots=True)
class ListedSource:
    """A source of a file and the line where it begins. Its id is the file's key, which may be none that a story takes."""

    line: int
    source: Source


@dataclass(frozen=True, slots=True)
class ReadItem:
    """An item that was read as a source: for ``troubles`` it cannot be taken; of ``remarks`` each names what it is taken without.

    Its id is the file's key, which may be none that a story takes.
    """

    source: Source
    troubles: tuple[Trouble, ...] = ()
    remarks: tuple[Trouble, ...] = ()


@dataclass(slots=True)
class SourceList:
    """A file as far as it could be read: its sources, what is wrong with those left out, and what others were taken without.

    ``left_out`` counts the entries that were left out, ``lessened`` those that were taken without something.
    """

    sources: list[ListedSource] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    remarks: list[Fault] = field(default_factory=list)
    left_out: int = 0
    lessened: int = 0

    def leave_out(self, fault: Fault) -> None:
        """Note why an entry cannot be read at all."""
        self.faults.append(fault)
        self.left_out += 1

    def add(self, line: int, read: ReadItem, *, column: int = 1, number: int | None = None) -> None:
        """Add a source that was read, or the faults that it has. ``number`` says which one of several on a line it is.

        What holds more than a story takes is a fault of its entry: later it would refuse all the others with it.
        """
        excess = [
            (Message("`{key}`: {problem}", key=excess.field, problem=excess.problem), excess.mend)
            for excess in excesses(read.source)
        ]
        read = replace(read, troubles=(*read.troubles, *excess))
        self._note(self.faults if read.troubles else self.remarks, line, column, number, read)
        if read.troubles:
            self.left_out += 1
        else:
            self.lessened += bool(read.remarks)
            self.sources.append(ListedSource(line, read.source))

    def _note(self, noted: list[Fault], line: int, column: int, number: int | None, read: ReadItem) -> None:
        name = (read.source.id or read.source.title)[:60]
        for problem, mend in (*read.remarks, *read.troubles):
            if number is not None and name:
                problem = Message('Item {number}, "{name}": {problem}', number=number, name=name, problem=problem)
            elif number is not None:
                problem = Message("Item {number}: {problem}", number=number, problem=problem)
            elif name:
                problem = Message('"{name}": {problem}', name=name, problem=problem)
            noted.append(Fault(line, column, problem, mend))
