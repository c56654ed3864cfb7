"""A fact and a question as the reader reads them: one line of text, made the same way in training and in answering.

In: a fact as stored, with the event that it belongs to; a question, with the earlier ones of its conversation and the names of
the actors that it mentions. Out: the line, and for a fact where each of its fields stands in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bot.facts.models import Actor, FactRecord

Field = Literal["text", "date", "where", "context", "actor", "role", "topic", "asked"]
JOINS = " > "  # stands between the questions of a conversation
ALIASES = 3  # other names of an actor that are read


@dataclass(frozen=True, slots=True)
class Part:
    """A field of a fact and where it stands in the line: ``start`` and ``end`` count characters."""

    field: Field
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FactText:
    """A fact as one line; ``parts`` are its fields in order, what stands between them only labels them."""

    line: str
    parts: tuple[Part, ...]


class _Line:
    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self.parts: list[Part] = []

    def label(self, text: str) -> None:
        self._pieces.append(text)
        self._length += len(text)

    def add(self, field: Field, text: str) -> None:
        self.parts.append(Part(field, self._length, self._length + len(text)))
        self.label(text)

    def finish(self) -> FactText:
        return FactText("".join(self._pieces), tuple(self.parts))


def fact_text(record: FactRecord, event: FactRecord | None = None) -> FactText:
    """Return a fact as one line: who speaks, its text, then its date, place, people, topic and recorded wordings."""
    fact = record.fact
    line = _Line()
    line.label(f"{fact.kind}: ")
    if fact.kind != "event":
        if record.speakers:
            _actors(line, record.speakers)
        else:
            line.label("the source")
        line.label(" said: " if fact.kind == "quote" else " claims: ")
    line.add("text", fact.text)
    if fact.date is not None:
        line.label("; date: ")
        line.add("date", fact.date.words())
    if fact.where:
        line.label("; place: ")
        line.add("where", fact.where)
    if fact.context:
        line.label("; occasion: ")
        line.add("context", fact.context)
    others = (*record.participants, *record.subjects)
    if others:
        line.label("; people: " if fact.kind == "event" else "; about: ")
        _actors(line, others)
    line.label("; topic: ")
    line.add("topic", fact.id.replace("-", " "))
    if event is not None:
        line.label(", ")
        line.add("topic", event.fact.id.replace("-", " "))
    for wording in fact.asked_as:
        line.label("; asked: ")
        line.add("asked", wording)
    return line.finish()


def _actors(line: _Line, actors: Sequence[Actor]) -> None:
    for place, actor in enumerate(actors):
        if place:
            line.label(", ")
        line.add("actor", actor.name)
        details = [text for text in (actor.role, *actor.aliases[:ALIASES]) if text]
        if details:
            line.label(" (")
            line.add("role", ", ".join(details))
            line.label(")")


def question_text(question: str, *, names: Sequence[str] = (), after: Sequence[str] = ()) -> str:
    """Return a question as one line: the earlier questions of its conversation, itself, the actors that it mentions."""
    earlier = "".join(f"{text}{JOINS}" for text in after)
    mentioned = [name for name in dict.fromkeys(names) if name.lower() not in question.lower()]
    return earlier + question + (f" [{', '.join(mentioned)}]" if mentioned else "")
