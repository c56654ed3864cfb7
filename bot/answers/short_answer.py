"""The short answer above the facts: cut out of them, never composed.

In: the question, the facts that answer and what the reader judged of them. Out: what the best fact gives, Yes or No, or the
number of each side where those who speak of a thing give different ones; None where none of these applies.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from bot.answers.extraction import extract_answer
from bot.answers.finding.documents import Document
from bot.answers.question.expected_answer import QuestionType
from bot.answers.question.parsing import Question
from bot.answers.reader.reader import Reader
from bot.answers.reader.reading import ReadFact
from bot.answers.selection import are_rivals
from bot.answers.yes_or_no import BETWEEN, yes_or_no

_MOST_SIDES = 3  # more are no short answer any longer
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def short_answer(question: Question, chosen: Sequence[Document], read: Sequence[ReadFact], reader: Reader) -> str | None:
    """Return the short answer that the best of the chosen facts gives, None for a list of several.

    Where speakers give different numbers, it names each with its speaker; where what each side says is asked for, what one
    of them says is none. ``read`` are the facts that were read closely.
    """
    if not chosen:
        return None
    if question.expected.type is QuestionType.YES_NO:
        judged = {each.document.number: each.judged for each in read}
        said = yes_or_no(question, chosen, judged, reader.weights.yes)
        return said if said is None or not question.expected.sides or BETWEEN in said else None
    if question.expected.sides or (len(chosen) > 1 and question.expected.wants_list):
        return None
    cut = cutting(question, read, reader)
    first = cut(chosen[0])
    return first and (each_side(question, chosen, cut) or first)


def cutting(question: Question, read: Sequence[ReadFact], reader: Reader) -> Callable[[Document], str | None]:
    """Return what cuts the short answer out of a fact, None out of one that was not read closely."""
    judged = {each.document.number: each.judged for each in read}

    def cut(document: Document) -> str | None:
        found = judged.get(document.number)
        return extract_answer(question, document, found, reader) if found is not None else None

    return cut


def each_side(question: Question, chosen: Sequence[Document], cut: Callable[[Document], str | None]) -> str | None:
    """Return the number that each side gives, with its speakers, the best fact's first; None where no two differ.

    ``cut`` gives the short answer of a fact. A question for the words of one side gets only these.
    """
    best = chosen[0]
    if question.actors & best.speakers or not best.record.fact.by:
        return None
    sides: list[str] = []
    speakers: set[str] = set()
    numbers: set[str] = set()
    for document in chosen:
        record = document.record
        if not record.fact.by or speakers.intersection(record.fact.by):
            continue
        if document is not best and not are_rivals(question, best, document):
            continue
        short = cut(document)
        number = " ".join(_NUMBER.findall(short or ""))
        if not number:
            continue
        if number not in numbers:
            sides.append(f"{short} ({', '.join(actor.name for actor in record.speakers)})")
        numbers.add(number)
        speakers.update(record.fact.by)
    return BETWEEN.join(sides[:_MOST_SIDES]) if len(sides) > 1 else None
