"""A fact and a question as the reader reads them: one line of text, made the same way in training and in answering.

In: a fact as stored, with the event that it belongs to; a question, with the earlier ones of its conversation and the names of
the actors that it mentions. Out: the line, and for a fact where each of its fields stands in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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


def fact_text(record: FactRecord, event: FactRecord | None = None) -> FactText:
    """Return a fact as one line: who speaks, its text, then its date, place, people, topic and recorded wordings."""
    line, parts = "", []
    for field, text in _pieces(record, event):
        if field is not None:
            parts.append(Part(field, len(line), len(line) + len(text)))
        line += text
    return FactText(line, tuple(parts))


def _pieces(record: FactRecord, event: FactRecord | None) -> Iterator[tuple[Field | None, str]]:
    """Yield the pieces of a line in order, each with its field; None for what only labels one."""
    fact = record.fact
    yield None, f"{fact.kind}: "
    if fact.kind != "event":
        yield from _actors(record.speakers) if record.speakers else [(None, "the source")]
        yield None, " said: " if fact.kind == "quote" else " claims: "
    yield "text", fact.text
    if fact.date is not None:
        yield from ((None, "; date: "), ("date", fact.date.words()))
    if fact.where:
        yield from ((None, "; place: "), ("where", fact.where))
    if fact.context:
        yield from ((None, "; occasion: "), ("context", fact.context))
    others = (*record.participants, *record.subjects)
    if others:
        yield None, "; people: " if fact.kind == "event" else "; about: "
        yield from _actors(others)
    yield from ((None, "; topic: "), ("topic", fact.id.replace("-", " ")))
    if event is not None:
        yield from ((None, ", "), ("topic", event.fact.id.replace("-", " ")))
    for wording in fact.asked_as:
        yield from ((None, "; asked: "), ("asked", wording))


def _actors(actors: Sequence[Actor]) -> Iterator[tuple[Field | None, str]]:
    for place, actor in enumerate(actors):
        if place:
            yield None, ", "
        yield "actor", actor.name
        details = [text for text in (actor.role, *actor.aliases[:ALIASES]) if text]
        if details:
            yield from ((None, " ("), ("role", ", ".join(details)), (None, ")"))


def question_text(question: str, *, names: Sequence[str] = (), after: Sequence[str] = ()) -> str:
    """Return a question as one line: the earlier questions of its conversation, itself, the actors that it mentions."""
    earlier = "".join(f"{text}{JOINS}" for text in after)
    mentioned = [name for name in dict.fromkeys(names) if name.lower() not in question.lower()]
    return earlier + question + (f" [{', '.join(mentioned)}]" if mentioned else "")
