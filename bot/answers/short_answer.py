"""The short answer above the facts: cut out of them, never composed.

In: the question, the facts that answer and what the reader judged of them. Out: what the best fact gives, Yes or No, or the
number of each side where those who speak of a thing give different ones; None where none of these applies.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.answers.extraction import extract_answer, only_amount
from bot.answers.finding.documents import Document
from bot.answers.question.expected_answer import QuestionType
from bot.answers.question.parsing import Question
from bot.answers.reader.reader import QuestionReader
from bot.answers.reader.reading import ReadFact
from bot.answers.selection import are_rivals, asks_one_side
from bot.answers.yes_or_no import BETWEEN, yes_or_no
from bot.english.numbers import numbers_in
from bot.english.search_words import words_of

_MAX_SIDES = 3  # more are no short answer any longer


def short_answer(question: Question, chosen: Sequence[Document], read: Sequence[ReadFact], reader: QuestionReader) -> str | None:
    """Return the short answer that the best of the chosen facts gives, None for a list of several.

    Where speakers give different numbers, it names each with its speaker; where what each side says is asked for, what one
    of them says is none. ``read`` are the facts that were read closely.
    """
    if not chosen:
        return None
    if question.expected.type is QuestionType.YES_NO:
        judged = {fact.document.number: fact.judged for fact in read}
        said = yes_or_no(question, chosen, judged, reader.weights.yes)
        return said if said is None or not question.expected.sides or BETWEEN in said else None
    cut = cutting(question, read, reader)
    sides = numbers_by_side(question, chosen, cut)
    if sides is not None or question.expected.sides or (len(chosen) > 1 and question.expected.wants_list):
        return sides
    return cut(chosen[0])


def cutting(question: Question, read: Sequence[ReadFact], reader: QuestionReader) -> Callable[[Document], str | None]:
    """Return what cuts the short answer out of a fact, None out of one that was not read closely."""
    judged = {fact.document.number: fact.judged for fact in read}

    def cut(document: Document) -> str | None:
        judged_fact = judged.get(document.number)
        return extract_answer(question, document, judged_fact, reader) if judged_fact is not None else None

    return cut


def numbers_by_side(question: Question, chosen: Sequence[Document], cut: Callable[[Document], str | None]) -> str | None:
    """Return the number that each side gives, with whose it is, the best fact's first; None where no two differ.

    ``cut`` gives the short answer of a fact. A question for the words of one side gets only these.
    """
    best = chosen[0]
    if asks_one_side(question, best):
        return None
    sides: list[str] = []
    whose: set[str] = set()
    numbers: set[tuple[str, ...]] = set()
    for document in chosen:
        names = _whose(document)
        if whose.intersection(names) or not (document is best or are_rivals(question, best, document)):
            continue
        # The reader was taught that a question for several things has no short answer.
        short = only_amount(question, document) if question.expected.sides else cut(document)
        number = tuple(figure for _, figure in numbers_in(words_of(short or "")))
        if not number:
            continue
        if number not in numbers:
            sides.append(f"{short} ({', '.join(names)})")
        numbers.add(number)
        whose.update(names)
    return BETWEEN.join(sides[:_MAX_SIDES]) if len(sides) > 1 else None


def _whose(document: Document) -> list[str]:
    """Return the names of those who say what a fact tells, or where nobody does of those who published it."""
    record = document.record
    published = dict.fromkeys(source.publisher or source.title for source in record.sources)
    return [actor.name for actor in record.speakers] or [*published]
