"""What ranking and deciding weigh of a fact held against a question."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from operator import mul
from typing import NamedTuple

from bot.answers.amounts import fits
from bot.answers.coverage import Coverage, weighted
from bot.answers.documents import Document
from bot.answers.index import StoryIndex
from bot.answers.question import Question
from bot.answers.question_words import ASKING_STEMS, Asked, asking_stems

_CAUSE = re.compile(
    r"\b(?:because|due to|owing to|on account of|so that|in order to|as a result|caused|led to|resulted (?:in|from)|therefore|"
    r"thanks to|on the grounds?|blamed?|reasons?|basis|motives?|why|for fear|for failing|would not|could not)\b",
    re.IGNORECASE,
)
_MAYBE_CAUSE = re.compile(
    r"\b(?:after|since|as|so|when|to (?!the |a |an |his |her |their |its )\w+|without|for \w+ing)\b", re.IGNORECASE
)
_PLACE = re.compile(r"\b(?:in|at|on|near|off|from|to|of) (?:the )?[A-Z]")
_DATE_WEIGHT = 0.8  # of a date in the question, beside its words
_FULL_RUN = 6.0  # words in common, one after another, that leave no doubt


class Features(NamedTuple):
    """What ranking weighs, each between -1 and 1."""

    cover: float  # weight of the question's words that the fact has
    mass: float  # the same as a sum, so that more words in common count more
    best: float  # the heaviest word that the fact has
    cover_exact: float  # the same, related words left out
    cover_text: float  # the same, in the fact's own text
    cover_content: float  # the same, words of names left out
    cover_names: float  # the same, words of names alone
    cover_near: float  # the same, words near in meaning counting too
    likeness: float  # likeness in meaning of the whole question and fact
    gist: float  # likeness of the gist of the whole question and fact
    back: float  # share of the fact's text that the question has
    run: float  # longest run of words in common
    pairs: float  # neighbouring words in common
    id_back: float  # share of the words of the fact's id that the question has
    phrasing: float  # likeness to another phrasing of the fact
    slot_missing: float  # the fact has no date, place, amount, speaker where one is asked for
    speaker: float  # the one asked for speaks
    other_speaker: float  # another speaks
    actor: float  # the one named takes part
    date_agrees: float
    date_differs: float
    cause: float  # why: the fact gives a reason
    maybe_cause: float  # why: the fact may give a reason
    restates: float  # why: the fact covers the question and gives no reason
    linked: float  # why: the fact belongs to the event asked about
    event_cover: float  # coverage by the event that the fact belongs to
    length: float  # of the fact's text, in words, on a scale of logarithms
    subject: float  # the words for the speaker fit the fact's speaker
    protagonist: float  # he or she: how much of the story is about whom the fact is about
    own_reason: float  # why: one who is named speaks
    named_speaks: float  # who said it: nobody speaks but who is named in the question


def features_of(question: Question, coverage: Coverage, event_cover: float, filled: bool, index: StoryIndex) -> Features:
    """Return the features of a fact: how it covers the question, what else speaks for it and against it."""
    document = coverage.document
    terms = question.terms
    weights = question.weights
    date = date_fit(question, document)
    cover = _with_date(weighted(weights.every, coverage.strengths), weights.total, date)
    reason = _reason(question, document, cover, event_cover)
    return Features(
        cover=cover,
        mass=min(1.0, sum(map(mul, weights.every, coverage.strengths)) / 3),
        best=max(map(mul, weights.every, coverage.strengths), default=0.0),
        cover_exact=weighted(weights.every, [document.weights.get(term.stem, 0.0) for term in terms]),
        cover_text=weighted(weights.every, coverage.in_text),
        cover_content=weighted(weights.content, coverage.strengths),
        cover_names=weighted(weights.names, coverage.strengths),
        cover_near=weighted(weights.every, coverage.near),
        likeness=coverage.likeness,
        gist=coverage.gist,
        back=_back(question, coverage, index),
        run=_run(question, document),
        pairs=len(question.pairs & document.pairs) / len(question.pairs) if question.pairs else 0.0,
        id_back=len(question.stems & document.id_stems) / len(document.id_stems) if document.id_stems else 0.0,
        phrasing=_phrasing(question, document),
        slot_missing=0.0 if filled else 1.0,
        speaker=float(bool(question.speakers & document.speakers)),
        other_speaker=float(bool(question.speakers and document.speakers and not question.speakers & document.speakers)),
        actor=_actor_share(question, document),
        date_agrees=float(date > 0),
        date_differs=float(date < 0),
        cause=reason.cause,
        maybe_cause=reason.maybe_cause,
        restates=reason.restates,
        linked=reason.linked,
        event_cover=event_cover,
        length=math.log1p(len(document.sequence)) / 5,
        subject=_subject(question, document),
        protagonist=index.prominence[coverage.place] if question.pronoun else 0.0,
        own_reason=reason.own,
        named_speaks=float(
            question.asking.type is Asked.WHO_SAID and bool(document.speakers) and document.speakers <= question.given
        ),
    )


class _Reason(NamedTuple):
    """The features of why-questions, all 0 for others."""

    cause: float = 0.0
    maybe_cause: float = 0.0
    restates: float = 0.0
    linked: float = 0.0
    own: float = 0.0


def _reason(question: Question, document: Document, cover: float, event_cover: float) -> _Reason:
    if question.asking.type is not Asked.WHY:
        return _Reason()
    fact = document.record.fact
    cause = bool(_CAUSE.search(fact.text) or _CAUSE.search(fact.id.replace("-", " ")))
    maybe_cause = bool(_MAYBE_CAUSE.search(fact.text))
    return _Reason(
        cause=float(cause),
        maybe_cause=float(maybe_cause),
        restates=cover if not cause and not maybe_cause and fact.kind == "event" else 0.0,
        linked=event_cover if fact.kind != "event" else 0.0,
        own=float(not document.speakers.isdisjoint(question.actors)),
    )


def _with_date(cover: float, weight: float, date: int) -> float:
    """Return a coverage with the date asked about as one more word, which the fact has where its date agrees."""
    return cover if date == 0 else (cover * weight + _DATE_WEIGHT * (date > 0)) / (weight + _DATE_WEIGHT)


def slot_filled(question: Question, document: Document) -> bool:
    """Tell whether a fact has what is asked for: a date, a place, an amount that fits, a speaker, somebody not yet named."""
    fact = document.record.fact
    match question.asking.type:
        case Asked.WHEN:
            return fact.date is not None
        case Asked.WHERE:
            return fact.where is not None or bool(_PLACE.search(fact.text))
        case Asked.HOW_MUCH:
            return _amount_fits(question, document)
        case Asked.SAID:
            return bool(document.speakers)
        case Asked.WHO_SAID:
            return bool(document.speakers or document.record.participants)
        case Asked.WHO:
            return _names_another(question, document)
        case _:
            return True


def _names_another(question: Question, document: Document) -> bool:
    """Tell whether a fact names somebody whom the question does not."""
    if document.actors - question.given:
        return True
    asked = set(question.sequence)
    return any(stem not in asked for stem in document.name_stems)


def _amount_fits(question: Question, document: Document) -> bool:
    wanted = question.asking.amounts
    if not document.amounts:
        return False
    return not wanted or wanted == ("count",) or any(fits(amount, wanted) for amount in document.amounts)


def date_fit(question: Question, document: Document) -> int:
    """Return 1 where the fact's date agrees with a date asked about, -1 where it differs, 0 where either has none."""
    date = document.record.fact.date
    if not question.dates:
        return 0
    if date is None:
        return -1
    return 1 if any(asked.agrees(date) and asked.same_size(date) for asked in question.dates) else -1


def _actor_share(question: Question, document: Document) -> float:
    if not question.mentions:
        return 0.0
    return sum(bool(mention.actors & document.actors) for mention in question.mentions) / len(question.mentions)


def _subject(question: Question, document: Document) -> float:
    if not question.subject or not document.speakers:
        return 0.0
    return sum(stem in document.speaker_stems for stem in question.subject) / len(question.subject)


def _back(question: Question, coverage: Coverage, index: StoryIndex) -> float:
    total = index.text_rarity[coverage.place]
    covered = sum(map(mul, question.rarities, coverage.in_text))
    return min(1.0, covered / total) if total else 0.0


def _run(question: Question, document: Document) -> float:
    """Return how long the longest run of the question's words in the text is, beside a full one; stop words count little."""
    best = 0.0
    previous: Mapping[int, float] = {}
    for stem, worth in question.sequence_worth:
        current = {place: previous.get(place - 1, 0.0) + worth for place in document.places.get(stem, ())}
        if current:
            best = max(best, *current.values())
        previous = current
    return min(1.0, best / _FULL_RUN) if best > 1.0 else 0.0


def _phrasing(question: Question, document: Document) -> float:
    """Return how alike the question and the closest other phrasing of the fact are: F1 of their words' weights.

    One that asks for something else counts for nothing: "why did they ban it" is no "when did they ban it".
    """
    best = 0.0
    asks = ASKING_STEMS.intersection(question.sequence)
    for phrasing, text in zip(document.asked_as, document.record.fact.asked_as, strict=True):
        other = asking_stems(text)
        if asks and other and asks.isdisjoint(other):
            continue
        stems = set(phrasing)
        shared = sum(term.weight for term in question.terms if term.stem in stems)
        asked = sum(term.weight for term in question.terms)
        count = sum(term.stem in stems for term in question.terms)
        if shared and asked and stems:
            recall, precision = shared / asked, count / len(stems)
            best = max(best, 2 * recall * precision / (recall + precision))
    return best
