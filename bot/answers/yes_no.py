"""Whether a fact settles a question that is to be answered with yes or no.

In: the question, the facts that answer and what the reader judged of them. Out: Yes or No; None where the best fact is of
somebody else or another date, leaves open what is asked or has not the number or manner to say yes to, or another one says the
contrary about as surely.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bot.answers.finding.documents import Document
from bot.answers.finding.mentions import ActorMention
from bot.answers.question.parsing import Question
from bot.answers.reader.features import date_fit
from bot.answers.reader.judging import Judged
from bot.english.compared_words import NEGATIONS
from bot.english.numbers import numbers_in
from bot.english.search_words import words_of
from bot.english.speech import DENYING
from bot.presentation.languages import say

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


def yes_or_no(question: Question, chosen: Sequence[Document], judged: Mapping[int, Judged], least: float) -> str | None:
    """Return Yes or No as the first of the chosen facts settles it, from log odds of at least ``least``.

    Where it is somebody's word that settles it, they are named, unless the question names them.
    ``judged`` are the judgements of facts by their numbers; of a fact that was not read closely nothing is settled.
    """
    document, found = chosen[0], judged.get(chosen[0].number)
    if found is None or abs(found.yes) < least or not _is_settled(question, document):
        return None
    if _affirms(question, document) if found.yes < 0 else not _has_all(question, document):
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
    return (
        _ASKS_MORE.search(" ".join(question.words)) is None
        and "whether" not in words
        and (DENYING.isdisjoint(question.words) or not DENYING.isdisjoint(words))  # "he never did it" denies nothing by itself
        and all(_has(question, mention, document) for mention in question.mentions if mention.by_name)
        and (date_fit(question, document) >= 0 or _has_dates(question, words))
    )


def _has(question: Question, mention: ActorMention, document: Document) -> bool:
    """Return whether an actor takes part in a fact, or is named by its speaker's role: "director of the Harbour Board"."""
    named = question.sequence[mention.start : mention.end]
    return not mention.actors.isdisjoint(document.actors) or document.speaker_stems.issuperset(named)


def _has_dates(question: Question, words: frozenset[str]) -> bool:
    """Return whether a fact's own words have those of every date in the question: "the election of 2016"."""
    return all(words.issuperset(question.words[date.start : date.end]) for date in question.dates)


def _has_all(question: Question, document: Document) -> bool:
    """Return whether a fact has what makes a question more than its deed: every number, and how or how far it was done."""
    manners = (term for term in question.terms if _MANNER.fullmatch(term.word) and term.word not in _FILLING)
    return _has_numbers(question, document) and all(term.stem in document.text for term in manners)


def _has_numbers(question: Question, document: Document) -> bool:
    """Return whether a fact's own words have every number of the question, those of dates and names left out."""
    named = [(date.start, date.end) for date in question.dates] + [(name.start, name.end) for name in question.mentions]
    asked = numbers_in(question.words)
    numbers = (number for place, number in asked if not any(start <= place < end for start, end in named))
    return {number for _, number in numbers_in(words_of(document.record.fact.text))}.issuperset(numbers)


def _affirms(question: Question, document: Document) -> bool:
    """Return whether a fact has every word and number of the question and denies nothing, so that it hardly says no."""
    denies = not NEGATIONS.isdisjoint((*question.words, *words_of(document.record.fact.text)))
    telling = [term for term in question.terms if not term.typing]
    deed = any(not term.name for term in telling)
    whole = all(term.stem in document.text for term in telling)
    return not denies and deed and whole and _has_numbers(question, document)
