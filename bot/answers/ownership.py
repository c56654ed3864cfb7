"""Whom a piece of a sentence belongs to that speaks of several alike: "Salvi was jailed for six years and Rossi for four years".

No piece of it is a short answer that is, or may be, of another one than the question names.

In: the piece, the question and the fact. Out: whether it is of another.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.answers.finding.documents import Document, actor_key
from bot.answers.finding.mentions import NameTable
from bot.answers.question.asked_dates import find_dates
from bot.answers.question.expected_answer import QuestionType
from bot.answers.question.parsing import Question
from bot.english.search_words import tokens

_JOINED = re.compile(r",? (?:and|or|&) |, ")
_ANOTHER = re.compile(r"(?:\band|\bwhile|\bbut|[,;])(?: the)? $")


@dataclass(frozen=True, slots=True)
class _Named:
    """Actors named together in a text ("Salvi and Rossi"), by their keys, and where."""

    actors: frozenset[str]
    start: int
    end: int


def is_of_another(cut: str, question: Question, document: Document) -> bool:
    """Return whether a piece of a fact is of another actor than the one that the question names.

    The fact's date, where it is not in the text, is of none of those who have dates of their own there.
    """
    text = document.record.fact.text
    starts = [match.start() for match in re.finditer(re.escape(cut), text)]
    if not starts:
        return question.expected.type is QuestionType.WHEN and _stands_with_another(-1, -1, question, document)
    return all(_stands_with_another(start, start + len(cut), question, document) for start in starts)


def _stands_with_another(start: int, end: int, question: Question, document: Document) -> bool:
    """Return whether the piece at a place of a fact's text is of another; ``start`` is -1 for a date that is not in the text."""
    text, story, asked = document.record.fact.text, document.record.story.id, question.actors
    read = tokens(text)
    table = NameTable({actor_key(story, actor.id): actor for actor in document.record.involved if actor.kind != "place"})
    mentions = [mention for mention in table.mentions([token.word for token in read]) if mention.by_name]
    named = [_Named(mention.actors, read[mention.start].start, read[mention.end - 1].end) for mention in mentions]
    if not any(asked & name.actors for name in named):
        return False
    together = _joined(text, named)
    if start >= 0 and len(named) > 1 and any(_runs_on(text, start, end, name, asked) for name in together):
        return True
    marks = [read[date.start].start for date in find_dates([token.word for token in read])]
    if start >= 0 and not any(start <= mark < end for mark in marks):  # a piece without a date may have amounts
        kinds = {amount.kind for amount in document.amounts if start <= amount.start < end}
        marks = [amount.start for amount in document.amounts if amount.kind in kinds]
    owners = [_owner(mark, marks, together) for mark in marks]
    own = [owner for mark, owner in zip(marks, owners, strict=True) if start <= mark < end]
    parallel = len({owner for owner in owners if owner is not None}) > 1
    if start < 0:
        return parallel
    shared = len(own) > 1 and any(owner is not None and len(owner.actors) > 1 for owner in own)
    return (parallel or shared) and any(owner is None or not owner.actors <= asked for owner in own)


def _runs_on(text: str, start: int, end: int, other: _Named, asked: frozenset[str]) -> bool:
    """Return whether a piece runs on into what is told of another, or from it: "fraud and Lena Rossi for perjury".

    A name at its end may belong to it, "the bank and Lena Rossi", if it is not the one asked about.
    """
    further = other.end < len(text[:end].rstrip(" .,;")) or not asked.isdisjoint(other.actors)
    return start < other.start < end and further and _ANOTHER.search(text[start : other.start]) is not None


def _joined(text: str, named: Sequence[_Named]) -> list[_Named]:
    """Return names with those that are joined to each other as one."""
    names: list[_Named] = []
    for name in named:
        if names and _JOINED.fullmatch(text, names[-1].end, name.start):
            names[-1] = _Named(names[-1].actors | name.actors, names[-1].start, name.end)
        else:
            names.append(name)
    return names


def _owner(mark: int, marks: Sequence[int], named: Sequence[_Named]) -> _Named | None:
    """Return whom an amount or a date is of: the last one named before it, or where amounts come first the next one named."""
    if named and named[0].start < min(marks):
        return next((name for name in reversed(named) if name.start < mark), None)
    return next((name for name in named if name.start > mark), None)
