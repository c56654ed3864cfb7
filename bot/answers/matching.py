"""How well a fact fits a question: the words that it covers, and the features that ranking and deciding weigh."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import mul
from typing import NamedTuple

from bot.answers.amounts import fits
from bot.answers.index import Document, StoryIndex
from bot.answers.lexicon import Lexicon
from bot.answers.question import Question, Term
from bot.answers.question_words import Asked
from bot.answers.words import STOP_WORDS

_CAUSE = re.compile(
    r"\b(?:because|due to|owing to|on account of|so that|in order to|as a result|caused|led to|resulted (?:in|from)|therefore|"
    r"thanks to|on the grounds?|blamed?|reasons?|basis|motives?|why|for fear|for failing|would not|could not)\b",
    re.IGNORECASE,
)
_MAYBE_CAUSE = re.compile(
    r"\b(?:after|since|as|so|when|to (?!the |a |an |his |her |their |its )\w+|without|for \w+ing)\b", re.IGNORECASE
)
_LEAST_WEIGHT = 0.4  # so that a question of type words alone is covered by no fact
_DATE_WEIGHT = 0.8  # of a date in the question, beside its words
_ALIKE = 0.4  # likeness from which a fact without a word of the question is held against it
COVERED = 0.3  # strength from which a word of the question counts as covered


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


@dataclass(frozen=True, slots=True)
class Match:
    """A fact held against a question. ``strengths`` tell for each term of the question how well the fact has it, 0 to 1."""

    document: Document
    strengths: tuple[float, ...]
    features: Features
    slot_filled: bool


class _Weights(NamedTuple):
    """The weights of a question's terms, those of the others set to 0 where only some are meant."""

    every: tuple[float, ...]
    content: tuple[float, ...]
    names: tuple[float, ...]


def match_all(question: Question, index: StoryIndex, lexicon: Lexicon) -> list[Match]:
    """Hold a question against every fact that shares a word, a related word, an actor or a date with it, or is alike."""
    found: dict[int, list[float]] = {}
    in_text: dict[int, list[float]] = {}
    size = len(question.terms)
    for place, term in enumerate(question.terms):
        for stem, strength in _stand_ins(term, lexicon):
            for number in index.postings.get(stem, ()):
                document = index.documents[number]
                value = strength * document.weights[stem]
                strengths = found.get(number)
                if strengths is None:
                    strengths = found[number] = [0.0] * size
                    in_text[number] = [0.0] * size
                if value > strengths[place]:
                    strengths[place] = value
                if stem in document.text and strength > in_text[number][place]:
                    in_text[number][place] = strength
    alike = index.likenesses(question.vector)
    for number, document in enumerate(index.documents):
        if number not in found and (
            alike[number] >= _ALIKE or question.speakers & document.speakers or _date_fit(question, document) > 0
        ):
            found[number] = [0.0] * size
            in_text[number] = [0.0] * size
    near = _near_strengths(question, index, found)
    weights = _Weights(
        every=tuple(term.weight for term in question.terms),
        content=tuple(0.0 if term.name else term.weight for term in question.terms),
        names=tuple(term.weight if term.name else 0.0 for term in question.terms),
    )
    covers = {index.documents[number].number: _weighted(weights.every, strengths) for number, strengths in found.items()}
    return [
        _match(question, weights, number, found[number], in_text[number], near[number], alike[number], covers, index)
        for number in sorted(found)
    ]


def _near_strengths(question: Question, index: StoryIndex, found: Mapping[int, list[float]]) -> dict[int, list[float]]:
    """Return the strengths with those of words near in meaning beside them, by the cosine of their vectors."""
    near = {number: list(strengths) for number, strengths in found.items()}
    for place, term in enumerate(question.terms):
        if term.name:
            continue
        for stem, cosine in index.near(term.word):
            for number in index.postings.get(stem, ()):
                strengths = near.get(number)
                if strengths is not None:
                    strengths[place] = max(strengths[place], cosine * index.documents[number].weights[stem])
    return near


def _stand_ins(term: Term, lexicon: Lexicon) -> list[tuple[str, float]]:
    stand_ins = [(term.stem, 1.0)]
    if not term.name and not term.word[0].isdigit():
        stand_ins.extend((related.stem, related.strength) for related in lexicon.related(term.word))
        if term.phrase is not None:
            stand_ins.append((term.phrase, 1.0))
            stand_ins.extend((related.stem, related.strength) for related in lexicon.related(term.phrase))
    return stand_ins


def _with_date(cover: float, weight: float, date: int) -> float:
    """Return a coverage with the date asked about as one more word, which the fact has where its date agrees."""
    return cover if date == 0 else (cover * weight + _DATE_WEIGHT * (date > 0)) / (weight + _DATE_WEIGHT)


def _weighted(weights: Sequence[float], strengths: Sequence[float]) -> float:
    total: float = sum(map(mul, weights, strengths))
    return total / max(sum(weights), _LEAST_WEIGHT)


def _match(
    question: Question,
    weights: _Weights,
    number: int,
    strengths: list[float],
    in_text: list[float],
    near: list[float],
    alike: float,
    covers: dict[int, float],
    index: StoryIndex,
) -> Match:
    document = index.documents[number]
    terms = question.terms
    asked = question.asking.type
    fact = document.record.fact
    filled = _slot_filled(question, document)
    date = _date_fit(question, document)
    why = asked is Asked.WHY
    cause = why and bool(_CAUSE.search(fact.text) or _CAUSE.search(fact.id.replace("-", " ")))
    maybe_cause = why and bool(_MAYBE_CAUSE.search(fact.text))
    cover = _with_date(_weighted(weights.every, strengths), max(_LEAST_WEIGHT, sum(weights.every)), date)
    event_cover = covers.get(document.event, 0.0) if document.event else 0.0
    features = Features(
        cover=cover,
        mass=min(1.0, sum(map(mul, weights.every, strengths)) / 3),
        best=max(map(mul, weights.every, strengths), default=0.0),
        cover_exact=_weighted(weights.every, [document.weights.get(term.stem, 0.0) for term in terms]),
        cover_text=_weighted(weights.every, in_text),
        cover_content=_weighted(weights.content, strengths),
        cover_names=_weighted(weights.names, strengths),
        cover_near=_weighted(weights.every, near),
        likeness=alike,
        back=_back(question, number, in_text, index),
        run=_run(question.sequence, document.sequence),
        pairs=_pairs(question.sequence, document.sequence),
        id_back=_id_back(question, document),
        phrasing=_phrasing(question, document),
        slot_missing=0.0 if filled else 1.0,
        speaker=float(bool(question.speakers & document.speakers)),
        other_speaker=float(bool(question.speakers and document.speakers and not question.speakers & document.speakers)),
        actor=_actor_share(question, document),
        date_agrees=float(date > 0),
        date_differs=float(date < 0),
        cause=float(cause),
        maybe_cause=float(maybe_cause),
        restates=cover if why and not cause and not maybe_cause and fact.kind == "event" else 0.0,
        linked=float(why and fact.kind != "event") * event_cover,
        event_cover=event_cover,
        length=math.log1p(len(document.sequence)) / 5,
        subject=_subject(question, document),
        protagonist=index.prominence[number] if question.pronoun else 0.0,
        own_reason=float(why and not document.speakers.isdisjoint(question.actors)),
        named_speaks=float(asked is Asked.WHO_SAID and bool(document.speakers) and document.speakers <= question.given),
    )
    return Match(document, tuple(strengths), features, filled)


def _slot_filled(question: Question, document: Document) -> bool:
    fact = document.record.fact
    match question.asking.type:
        case Asked.WHEN:
            return fact.date is not None
        case Asked.WHERE:
            return fact.where is not None or bool(re.search(r"\b(?:in|at|on|near|off|from|to|of) (?:the )?[A-Z]", fact.text))
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


def _date_fit(question: Question, document: Document) -> int:
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


def _back(question: Question, number: int, in_text: Sequence[float], index: StoryIndex) -> float:
    total = index.text_rarity[number]
    covered = sum(index.rarity(term.stem) * strength for term, strength in zip(question.terms, in_text, strict=True))
    return min(1.0, covered / total) if total else 0.0


def _id_back(question: Question, document: Document) -> float:
    asked = {term.stem for term in question.terms}
    return sum(stem in asked for stem in document.id_stems) / len(document.id_stems) if document.id_stems else 0.0


def _run(asked: Sequence[str], text: Sequence[str]) -> float:
    """Return how long the longest run of the question's words in the text is, six words counting full, stop words little."""
    if not asked:
        return 0.0
    worth = [0.3 if stem in STOP_WORDS else 1.0 for stem in asked]
    best = 0.0
    previous: dict[int, float] = {}
    places: dict[str, list[int]] = {}
    for place, stem in enumerate(text):
        places.setdefault(stem, []).append(place)
    for number, stem in enumerate(asked):
        current = {place: previous.get(place - 1, 0.0) + worth[number] for place in places.get(stem, ())}
        if current:
            best = max(best, *current.values())
        previous = current
    return min(1.0, best / 6.0) if best > 1.0 else 0.0


def _pairs(asked: Sequence[str], text: Sequence[str]) -> float:
    content = [stem for stem in asked if stem not in STOP_WORDS]
    wanted = set(pairwise(content))
    if not wanted:
        return 0.0
    has = [stem for stem in text if stem not in STOP_WORDS]
    return len(wanted & set(pairwise(has))) / len(wanted)


def _phrasing(question: Question, document: Document) -> float:
    """Return how alike the question and the closest other phrasing of the fact are: F1 of their words' weights."""
    best = 0.0
    for phrasing in document.asked_as:
        stems = set(phrasing)
        shared = sum(term.weight for term in question.terms if term.stem in stems)
        asked = sum(term.weight for term in question.terms)
        count = sum(term.stem in stems for term in question.terms)
        if shared and asked and stems:
            recall, precision = shared / asked, count / len(stems)
            best = max(best, 2 * recall * precision / (recall + precision))
    return best


def covered(question: Question, match: Match) -> tuple[tuple[Term, ...], tuple[Term, ...]]:
    """Return the terms of the question that the fact has, and those that it lacks."""
    pairs = list(zip(question.terms, match.strengths, strict=True))
    return (
        tuple(term for term, strength in pairs if strength >= COVERED),
        tuple(term for term, strength in pairs if strength < COVERED),
    )
