"""The short answer above the facts: cut out of them, never composed.

Yes and No are settled by the best fact. They are not where it is of somebody else or another date, leaves open what is asked or
has not the number or manner to say yes to, or where another one says the contrary about as surely.

In: the question, the facts that answer and what the reader judged of them. Out: what the best fact gives, Yes or No, or the
number of each side where those who speak of a thing give different ones; None where none of these applies.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from bot.answers.extraction import extract_answer
from bot.answers.finding.documents import Document
from bot.answers.question.expected_answer import QuestionType
from bot.answers.question.parsing import Question
from bot.answers.reader.features import date_fit
from bot.answers.reader.judging import Judged
from bot.answers.reader.reader import Reader
from bot.answers.reader.reading import ReadFact
from bot.english.compared_words import NEGATIONS
from bot.english.numbers import numbers_in
from bot.english.search_words import words_of
from bot.english.word_classes import DENYING
from bot.presentation.languages import say

BETWEEN = " / "
"""Stands between the sides of a short answer."""
_MOST_SIDES = 3  # more are no short answer any longer
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
YES, NO = "Yes", "No"
YES_BY, NO_BY = "Yes, according to {names}", "No, according to {names}"
_AS_SURE = 1.0  # log odds by which a fact that says the contrary may be less sure
# How, how far or for whom it was done.
_MANNER = re.compile(r"\w{3,}ly|altogether|always|forever|everybody|everyone|everything")
# They look like these, but say nothing of the deed or are no adverbs.
_FILLING = frozenset(
    "actually apparently basically eventually exactly finally honestly literally obviously probably really seriously truly"
    " ally apply assembly belly bully butterfly comply family fly italy july reply rely supply".split()
)
# A choice ("the ship or the train") and what several say are asked for in the form of a question for yes or no.
_ASKS_MORE = re.compile(r"\bor (?!(?:not?|nah|so|what|something|anything)\b)|\bwhat (?:do|does|did)\b")


def short_answer(question: Question, chosen: Sequence[Document], read: Sequence[ReadFact], reader: Reader) -> str | None:
    """Return the short answer that the best of the chosen facts gives, None for a list of several.

    Where speakers give different numbers, it names each with its speaker. ``read`` are the facts that were read closely.
    """
    if not chosen or (len(chosen) > 1 and question.expected.wants_list):
        return None
    if question.expected.type is QuestionType.YES_NO:
        judged = {each.document.number: each.judged for each in read}
        return yes_or_no(question, chosen, judged, reader.weights.yes)
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
    if question.actors & chosen[0].speakers or not chosen[0].record.fact.by:
        return None
    event = chosen[0].record.fact.event
    sides: list[str] = []
    speakers: set[str] = set()
    numbers: set[str] = set()
    for document in chosen:
        record = document.record
        if not record.fact.by or speakers.intersection(record.fact.by) or record.fact.event != event:
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


def yes_or_no(question: Question, chosen: Sequence[Document], judged: Mapping[int, Judged], least: float) -> str | None:
    """Return Yes or No as the first of the chosen facts settles it, from log odds of at least ``least``.

    Where it is somebody's word that settles it, they are named, unless the question names them.
    ``judged`` are the judgements of facts by their numbers; of a fact that was not read closely nothing is settled.
    """
    document, found = chosen[0], judged.get(chosen[0].number)
    if found is None or abs(found.yes) < least or not _is_settled(question, document):
        return None
    if _is_against(question, document, yes=found.yes > 0):
        return None
    others = (judged[each.number].yes for each in chosen[1:] if each.number in judged)
    if any(each * found.yes < 0 and abs(each) > abs(found.yes) - _AS_SURE for each in others):
        return None
    speakers = document.record.speakers
    if not speakers or document.speakers & question.given:  # whoever names the speaker asks for no more than their word
        return say(YES if found.yes > 0 else NO)
    return say(YES_BY if found.yes > 0 else NO_BY).format(names=", ".join(actor.name for actor in speakers))


def _is_settled(question: Question, document: Document) -> bool:
    """Return whether a fact is of the same people, date and deed as the question, and leaves nothing open."""
    words = frozenset(words_of(document.record.fact.text))
    if _ASKS_MORE.search(" ".join(question.words)) or "whether" in words:
        return False
    if not DENYING.isdisjoint(question.words) and DENYING.isdisjoint(words):
        return False  # "he never did it" denies nothing by itself
    for mention in question.mentions:
        # Its speaker's role may name somebody, too: "director of the Harbour Board".
        in_role = document.speaker_stems.issuperset(question.sequence[mention.start : mention.end])
        if mention.by_name and mention.actors.isdisjoint(document.actors) and not in_role:
            return False
    # Its own words may have a date that is not the fact's: "the election of 2016".
    dated = all(words.issuperset(question.words[date.start : date.end]) for date in question.dates)
    return dated or date_fit(question, document) >= 0


def _is_against(question: Question, document: Document, *, yes: bool) -> bool:
    """Return whether a fact's own words are against Yes or against No.

    For Yes it needs what makes a question more than its deed: every number, and how or how far it was done. One that has every
    word and number of the question and denies nothing hardly says No.
    """
    words = words_of(document.record.fact.text)
    named = [(date.start, date.end) for date in question.dates] + [(name.start, name.end) for name in question.mentions]
    asked = numbers_in(question.words)
    numbers = {number for place, number in asked if not any(start <= place < end for start, end in named)}
    has_numbers = numbers.issubset(number for _, number in numbers_in(words))
    if yes:
        manners = (term for term in question.terms if _MANNER.fullmatch(term.word) and term.word not in _FILLING)
        return not has_numbers or any(term.stem not in document.text for term in manners)
    telling = [term for term in question.terms if not term.typing]
    deed = any(not term.name for term in telling)
    whole = all(term.stem in document.text for term in telling)
    return has_numbers and deed and whole and NEGATIONS.isdisjoint((*question.words, *words))
