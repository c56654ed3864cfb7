"""Figures that changed as time went on: "340 people (12 May 2024); about 300 people (3 May 2024)".

Articles of different days that give different numbers of the same thing are no contradiction: the later one knew more. That they
speak of the same thing is taken for sure only where both answer the question, count the same and share enough of their words,
and no article went back to an earlier number.

In: the question and the passages that answer it. Out: the short answer with all numbers and their days, newest first, and the
facts in that order.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.answers.finding.documents import Document
from bot.answers.finding.index import StoryIndex
from bot.answers.question.expected_answer import QuestionType
from bot.answers.question.parsing import Question
from bot.answers.retellings import shared_words
from bot.english.amounts import Amount, find_amounts
from bot.english.numbers import numbers_in
from bot.english.search_words import words_of
from bot.facts.dates import StoryDate
from bot.presentation.languages import language

THEN = "; "
"""Stands between the figures of a short answer."""
SAME_THING = 0.25
"""Share of the words of two passages, the rarer counting more, from which they count the same thing."""


@dataclass(frozen=True, slots=True)
class _Figure:
    """A number as a passage gives it: its words, and the day on which its source was published."""

    document: Document
    short: str
    number: str
    amount: Amount
    day: StoryDate


def figures_by_day(
    question: Question, chosen: Sequence[Document], index: StoryIndex, cut: Callable[[Document], str | None]
) -> tuple[str, list[Document]] | None:
    """Return the figures with their days and the facts in their order, both newest first; None where no figure changed for sure.

    ``chosen`` are the facts that answer, and ``cut`` gives the short answer of one.
    """
    if question.expected.type is not QuestionType.HOW_MUCH or len(chosen) < 2:
        return None
    figures = [figure for document in chosen if (figure := _figure(document, cut)) is not None]
    if not figures or figures[0].document is not chosen[0]:
        return None
    same = [figure for figure in figures if _counts_same(figures[0], figure, index)]
    same.sort(key=lambda figure: figure.day.earliest or 0)
    numbers = [figure.number for figure in same]
    first = [place for place, number in enumerate(numbers) if number not in numbers[:place]]
    days = [same[place].day.earliest for place in first]
    went_back = any(number != numbers[place - 1] and number in numbers[:place] for place, number in enumerate(numbers))
    if len(first) < 2 or len(set(days)) < len(days) or went_back:
        return None
    newest = [same[place] for place in reversed(first)]
    shown = THEN.join(f"{figure.short} ({figure.day.words(language())})" for figure in newest)
    ordered = [figure.document for figure in newest]
    return shown, [*ordered, *(document for document in chosen if document not in ordered)]


def _figure(document: Document, cut: Callable[[Document], str | None]) -> _Figure | None:
    """Return the one number that a passage answers with, None where it gives none, or several, or has no day."""
    day = document.record.sources[0].published if document.record.sources else None
    if document.record.fact.kind != "passage" or day is None or day.earliest is None or day.earliest != day.latest:
        return None
    short = cut(document) or ""
    amounts, numbers = find_amounts(short), [number for _, number in numbers_in(words_of(short))]
    return _Figure(document, short, numbers[0], amounts[0], day) if len(amounts) == len(numbers) == 1 else None


def _counts_same(one: _Figure, other: _Figure, index: StoryIndex) -> bool:
    """Return whether two figures are of the same thing: counted alike, and told in enough of the same words."""
    if one is other:
        return True
    amounts = (one.amount.kind, one.amount.noun), (other.amount.kind, other.amount.noun)
    shared = one.document.text & other.document.text
    denied = one.document.denied & shared != other.document.denied & shared
    return amounts[0] == amounts[1] and not denied and shared_words(one.document, other.document, index) >= SAME_THING
