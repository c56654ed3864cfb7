"""The features of a question and a fact: words in common, names, speakers, the slot that is asked for.

In: a question as read and a fact as a document. Out: `PairFeatures`, numbers from 0 to 1, which the judge is given beside the
tokens. What lies in the meaning of words is left to the reader.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from bot.answers.finding.documents import Document
from bot.answers.question.expected_answer import ASKING_STEMS, QuestionType, asking_stems
from bot.answers.question.parsing import Question, Term
from bot.english.amounts import fits
from bot.english.numbers import numbers_in
from bot.english.search_words import words_of

ABOUT = 0.3  # share of a topic's words from which a fact is about it
# A number in figures, with what parts its thousands and its decimals in any language: 1,900, 1.900, 1 900 and ١٬٩٠٠ are alike.
_FIGURE = re.compile(r"\d{1,3}(?:[.,'’٬ \u00a0\u202f]\d{3})+(?!\d)|\d+(?:[.,٫]\d+)?")
_YEAR = 4  # figures
_CENTURIES = frozenset({"17", "18", "19", "20"})  # what a year begins with
_MIN_WEIGHT = 0.4  # least sum of a question's words, so that one that only says what it asks for is covered by no fact


class PairFeatures(NamedTuple):
    """The features in the order in which the judge's weights have them: to change one is to train the reader anew."""

    cover: float  # weight of the question's words that the fact has, in any of its fields
    cover_names: float  # the same, words of names alone
    phrasing: float  # likeness to a recorded wording of the fact
    slot_missing: float  # it has no date, amount or speaker where one is asked for
    other_speaker: float  # another speaks
    actor: float  # share of the actors named that take part
    earlier: float  # weight of the words of the question before in the conversation that the fact has


FEATURES = PairFeatures._fields
NOT_COMPARED = PairFeatures(0, 0, 0, 0, 0, 0, 0)
"""The features of a pair whose words cannot be compared, such as those of two languages."""


def pair_features(question: Question, document: Document, earlier: Question | None = None) -> PairFeatures:
    """Return the features of a question and a fact; ``earlier`` is the question before in the conversation."""
    others = question.speakers and document.speakers and question.speakers.isdisjoint(document.speakers)
    taking_part = sum(bool(mention.actors & document.actors) for mention in question.mentions)
    return PairFeatures(
        cover=cover(question.terms, document),
        cover_names=cover([term for term in question.terms if term.name], document),
        phrasing=phrasing(question, document),
        slot_missing=0.0 if slot_filled(question, document) else 1.0,
        other_speaker=float(bool(others)),
        actor=taking_part / len(question.mentions) if question.mentions else 0.0,
        earlier=cover(earlier.terms, document) if earlier is not None else 0.0,
    )


def cover(terms: Sequence[Term], document: Document) -> float:
    """Return the share of the weight of a question's words that a fact has, each by the best field that has it."""
    total = max(sum(term.weight for term in terms), _MIN_WEIGHT)
    return min(1.0, sum(term.weight * document.weights.get(term.stem, 0.0) for term in terms) / total)


def phrasing(question: Question, document: Document) -> float:
    """Return how alike the question and the closest recorded wording of the fact are: F1 of their words' weights.

    A wording with another question word is skipped: "why did they ban it" is no "when did they ban it".
    """
    best = 0.0
    asks = ASKING_STEMS.intersection(question.sequence)
    asked = sum(term.weight for term in question.terms)
    for wording, text in zip(document.asked_as(question.language), document.record.fact.asked_as, strict=True):
        stems = set(wording)
        shared = sum(term.weight for term in question.terms if term.stem in stems)
        if not (shared and asked):  # before the wording is read, which takes longer than all else here
            continue
        other = asking_stems(text)
        if not (asks and other and asks.isdisjoint(other)):
            count = sum(term.stem in stems for term in question.terms)
            recall, precision = shared / asked, count / len(stems)
            best = max(best, 2 * recall * precision / (recall + precision))
    return best


def slot_filled(question: Question, document: Document) -> bool:
    """Return whether a fact has the date, fitting amount or speaker that is asked for; True where none of these is asked for."""
    fact = document.record.fact
    match question.expected.type:
        case QuestionType.WHEN:
            return fact.date is not None
        case QuestionType.HOW_MUCH:
            wanted = question.expected.amounts
            any_amount = not wanted or wanted == ("count",)
            return bool(document.amounts) and (any_amount or any(fits(amount, wanted) for amount in document.amounts))
        case QuestionType.SAID:
            return bool(document.speakers)
        case QuestionType.WHO_SAID:
            return bool(document.speakers or document.record.participants)
        case _:
            return True


def figures_left(text: str, document: Document) -> float:
    """Return the share of a question's numbers in figures that a fact has neither in figures, in English words nor in its date.

    What a number means is not read, so that this holds for any two languages: 14 boats are not 40, and 2017 is not 2019.
    """
    asked = _figures(text)
    return len(_lacking(asked, document)) / len(asked) if asked else 0.0


def other_figures(text: str, document: Document) -> bool:
    """Return whether a fact has a year or a number of its own where a question has one that it lacks: 2021 for 2019, 40 for 400.

    A fact without any may say the question's in words, or leave it out. So may one of a number below ten.
    """
    asked, fact = _figures(text), document.record.fact
    lacking = _lacking(asked, document)
    if fact.date is not None and any(_is_year(figures) for figures in lacking):
        return True
    own = _figures(fact.text) | {number for _, number in numbers_in(words_of(fact.text))}
    several = [{figures for figures in some if len(figures) > 1 and not _is_year(figures)} for some in (lacking, own - asked)]
    return all(several)


def _is_year(figures: str) -> bool:
    return len(figures) == _YEAR and figures[:2] in _CENTURIES


def _lacking(asked: AbstractSet[str], document: Document) -> AbstractSet[str]:
    """Return the numbers of a question that a fact has neither in figures, in English words nor in its date."""
    line, date = document.line.line, document.record.fact.date
    own = _figures(line) | {number for _, number in numbers_in(words_of(line))}
    if date is not None and date.earliest is not None and date.latest is not None:
        years = range(date.earliest // 10_000, date.latest // 10_000 + 1)
        own |= {figures for figures in asked if len(figures) == _YEAR and int(figures) in years}
    return asked - own


def _figures(text: str) -> set[str]:
    return {"".join(str(unicodedata.digit(sign)) for sign in figures if sign.isdigit()) for figures in _FIGURE.findall(text)}


def date_fit(question: Question, document: Document) -> int:
    """Return 1 where the fact's date agrees with a date of the question, -1 where it does not; 0 where the question has none."""
    date = document.record.fact.date
    if not question.dates:
        return 0
    if date is None:
        return -1
    return 1 if any(asked.agrees(date) and asked.same_size(date) for asked in question.dates) else -1
