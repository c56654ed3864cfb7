"""Figures that changed as time went on: "340 people (12 May 2024); about 300 people (3 May 2024)".

Articles of different days that give different numbers of the same thing are no contradiction: the later one knew more. That they
speak of the same thing is taken for sure only where both answer the question, count the same and share enough of their words,
and no article went back to an earlier number.

One that was not sure when it was told, such as "at least twelve so far", has its day too once there are later articles.

In: the question and the passages that answer it. Out: the short answer with all numbers and their days, newest first, and the
facts in that order.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.answers.finding.documents import Document
from bot.answers.finding.index import StoryIndex
from bot.answers.question.expected_answer import QuestionType
from bot.answers.question.parsing import Question
from bot.answers.retellings import shared_words
from bot.english.amounts import AmountKind, find_amounts, kind_of_unit
from bot.english.numbers import numbers_in
from bot.english.search_words import words_of
from bot.english.word_classes import word_set
from bot.facts.dates import StoryDate
from bot.messages import Message, joined

THEN = "; "
"""Stands between the figures of a short answer."""
SAME_THING = 0.25
"""Share of the words of two passages, the rarer counting more, from which they count the same thing."""
SAME_CHANGING = 0.1
"""The same where the earlier of the two was not sure of its figure."""


_ROUND = word_set("""tens dozen dozens scores hundred hundreds thousand thousands million millions half quarter third""")
"""Words of numbers that are not given in full, such as hundreds, half a million, a quarter of an hour."""

_PROVISIONAL = re.compile(
    r"\b(?:so far|feared?|(?:is|are|was|were) (?:\w+ )?(?:thought|believed|said|reported|understood|presumed|expected) to"
    r"|it (?:is|was) (?:thought|believed|said|reported|feared)|estimates?|estimated|reportedly|preliminary|provisional"
    r"|unconfirmed|first count|at least|as many as|up to|not yet|still being|(?:may|might|could) have)\b",
    re.IGNORECASE,
)
"""Words of a figure that may still change."""


@dataclass(frozen=True, slots=True)
class _Figure:
    """A number as a passage gives it: its words, what it counts, and the day on which its source was published.

    ``noun`` is the stem of what is counted, None where the words do not say it.
    """

    document: Document
    short: str
    number: str
    kind: AmountKind
    noun: str | None
    day: StoryDate


def figures_by_day(
    question: Question, chosen: Sequence[Document], index: StoryIndex, cut: Callable[[Document], str | None]
) -> tuple[str, list[Document]] | None:
    """Return the figures with their days and the facts in their order, both newest first; None where no figure changed for sure.

    One that was not sure when it was told has its day too, where the story has later articles. ``chosen`` are the facts that
    answer, and ``cut`` gives the short answer of one.
    """
    if question.expected.type is not QuestionType.HOW_MUCH:
        return None
    figures = [figure for document in chosen if (figure := _figure(document, cut)) is not None]
    if not figures or figures[0].document is not chosen[0]:
        return None
    same = [figure for figure in figures if _counts_same(figures[0], figure, index)]
    same.sort(key=lambda figure: figure.day.earliest or 0)
    numbers = [figure.number for figure in same]
    first = [position for position, number in enumerate(numbers) if number not in numbers[:position]]
    days = [same[position].day.earliest for position in first]
    went_back = any(number != numbers[position - 1] and number in numbers[:position] for position, number in enumerate(numbers))
    if len(first) < 2 or len(set(days)) < len(days) or went_back:
        may_change = is_provisional(figures[0].document) and _has_later(figures[0], index)
        return (_dated(figures[0]), list(chosen)) if may_change else None
    newest = [same[position] for position in reversed(first)]
    shown = joined(map(_dated, newest), THEN)
    ordered = [figure.document for figure in newest]
    return shown or "", [*ordered, *(document for document in chosen if document not in ordered)]


def is_provisional(document: Document) -> bool:
    """Return whether nobody was sure yet of what a passage gives: at least twelve so far, two hundred are feared dead."""
    return document.record.fact.kind == "passage" and _PROVISIONAL.search(document.record.fact.text) is not None


def may_correct(question: Question, one: Document, other: Document) -> bool:
    """Return whether a passage of a later day gives another amount of the kind that is asked for than one that was not sure."""
    if question.expected.type is not QuestionType.HOW_MUCH or not is_provisional(one) or other.record.fact.kind != "passage":
        return False
    kinds = {amount.kind for amount in one.amounts} & {amount.kind for amount in other.amounts}
    day, later = _published(one), _published(other)
    return bool(kinds) and one.numbers != other.numbers and 0 < day < later


def _published(document: Document) -> int:
    """Return the day on which the source of a passage was published, as a key; 0 where it is not known."""
    day = document.record.sources[0].published if document.record.sources else None
    return (day.earliest or 0) if day is not None else 0


def _has_later(figure: _Figure, index: StoryIndex) -> bool:
    """Return whether the story has passages of a later day."""
    story, day = figure.document.record.story.id, figure.day.earliest or 0
    return any(passage.record.story.id == story and _published(passage) > day for passage in index.passages)


def _dated(figure: _Figure) -> str:
    return Message("{text} ({date})", text=figure.short, date=figure.day)


def _figure(document: Document, cut: Callable[[Document], str | None]) -> _Figure | None:
    """Return the one number that a passage answers with, None where it gives none, or several, or has no day."""
    day = document.record.sources[0].published if document.record.sources else None
    if document.record.fact.kind != "passage" or day is None or day.earliest is None or day.earliest != day.latest:
        return None
    short = cut(document) or ""
    words, amounts = words_of(short), find_amounts(short)
    numbers = [number for _, number in numbers_in(words)] or [" ".join(word for word in words if word in _ROUND)]
    if len(numbers) != 1 or not numbers[0] or len(amounts) > 1:
        return None
    if amounts:
        return _Figure(document, short, numbers[0], amounts[0].kind, amounts[0].noun, day)
    units: list[AmountKind] = [kind for kind in map(kind_of_unit, words) if kind is not None]  # a quarter of an hour
    return _Figure(document, short, numbers[0], units[0] if units else "count", None, day)


def _counts_same(one: _Figure, other: _Figure, index: StoryIndex) -> bool:
    """Return whether two figures are of the same thing: counted alike, and told in enough of the same words."""
    if one is other:
        return True
    # An hour may become sixty minutes, and "at least three" be five men.
    counted = one.kind != "count" or one.noun == other.noun or None in (one.noun, other.noun)
    shared = one.document.text & other.document.text
    denied = one.document.denied & shared != other.document.denied & shared
    earlier = min(one, other, key=lambda figure: figure.day.earliest or 0)
    least = SAME_CHANGING if is_provisional(earlier.document) else SAME_THING
    return one.kind == other.kind and counted and not denied and shared_words(one.document, other.document, index) >= least
