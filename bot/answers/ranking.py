"""Ranking facts, deciding whether the best one answers and which others do: linear models, fitted and shipped as data.

Ranking is a softmax over a question's facts (ListNet, Cao et al. 2007), fitted with a pull towards hand-set weights. Deciding is
a logistic regression over the best fact, its lead over the next and what of the question it leaves uncovered, fitted on
unanswerable questions and on answerable ones whose right facts were hidden; telling what else answers is one over each fact after
the best. ``data/model/fit.py`` fits them.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from bot.answers.features import Features
from bot.answers.matching import COVERED, Match
from bot.answers.question import TYPE_WEIGHT, Question
from bot.answers.question_words import Asked
from bot.answers.siblings import Kinship
from bot.shipped import model_file


class Evidence(NamedTuple):
    """What deciding weighs, each between -1 and 1."""

    chance: float  # of the best fact among all of them, by the ranking model
    lead: float  # over the next fact, squashed
    cover: float
    cover_exact: float
    cover_content: float
    cover_names: float
    likeness: float
    back: float
    run: float
    phrasing: float
    cover_text: float
    cover_near: float
    off_topic: float  # somebody is asked to have said something about what the fact does not have
    topic: float  # coverage of the words that are neither names, the speaker nor the type, 1 where there are none
    topic_exact: float  # the same without related words
    bare: float  # nothing but names, the speaker or the type is in the question
    left: float  # weight of all uncovered words, squashed
    names_left: float  # share of the actors named that the fact does not have
    id_back: float
    restates: float
    uncovered: float  # heaviest word of the question that the fact lacks
    uncovered_name: float  # heaviest word of a name that it lacks
    elsewhere: float  # share of the question's weight in words that this fact lacks and others have
    strange: float  # share of the question's weight in words that no fact has
    slot_missing: float
    speaker: float
    wrong_speaker: float
    subject_missing: float  # words for the speaker that do not fit the fact's speaker
    date_agrees: float
    date_differs: float
    words: float  # how many content words the question has
    any_actor: float


@dataclass(frozen=True, slots=True)
class Ranked:
    """A match with its score and its share of the softmax."""

    match: Match
    score: float
    chance: float


class Model:
    """The fitted weights."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._rank = tuple(float(values["rank"].get(name, 0.0)) for name in Features._fields)
        self._kinds = {Asked(kind): dict(each) for kind, each in values["kinds"].items()}
        self._slots = {Asked(kind): float(each) for kind, each in values["slots"].items()}
        self._decide = tuple(float(values["decide"].get(name, 0.0)) for name in Evidence._fields)
        self._types = {Asked(kind): float(each) for kind, each in values["types"].items()}
        self._bias = float(values["bias"])
        self.threshold = float(values["threshold"])
        self._also = tuple(float(values["also"].get(name, 0.0)) for name in Kinship._fields)
        self._also_bias = float(values["also_bias"])

    def rank(self, question: Question, matches: Sequence[Match]) -> list[Ranked]:
        """Return the matches, best first; ties break by the order of the facts."""
        kinds = self._kinds.get(question.asking.type, {})
        slot = self._slots.get(question.asking.type, 0.0)
        scores = [
            sum(weight * value for weight, value in zip(self._rank, match.features, strict=True))
            + kinds.get(match.document.record.fact.kind, 0.0)
            + (0.0 if match.slot_filled else slot)
            for match in matches
        ]
        top = max(scores, default=0.0)
        odds = [math.exp(score - top) for score in scores]
        total = sum(odds) or 1.0
        ranked = [Ranked(match, score, odd / total) for match, score, odd in zip(matches, scores, odds, strict=True)]
        return sorted(ranked, key=lambda each: -each.score)

    def confidence(self, question: Question, ranked: Sequence[Ranked], known: Sequence[bool]) -> float:
        """Return how likely it is, from 0 to 1, that the best fact answers; ``known``: which terms any fact has."""
        if not ranked:
            return 0.0
        evidence = weigh(question, ranked, known)
        total = self._bias + self._types.get(question.asking.type, 0.0)
        total += sum(weight * value for weight, value in zip(self._decide, evidence, strict=True))
        return _logistic(total)

    def also_answers(self, kinship: Kinship) -> float:
        """Return how likely it is, from 0 to 1, that a fact answers too, given that the best does."""
        return _logistic(self._also_bias + sum(weight * value for weight, value in zip(self._also, kinship, strict=True)))


def _logistic(total: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def weigh(question: Question, ranked: Sequence[Ranked], known: Sequence[bool]) -> Evidence:
    """Return the evidence for the best of the ranked facts."""
    best = ranked[0]
    features = best.match.features
    lead = best.score - ranked[1].score if len(ranked) > 1 else 5.0
    pairs = list(zip(question.terms, best.match.strengths, strict=True))
    total = sum(term.weight for term in question.terms) or 1.0
    subject = set(question.subject)
    topic = [
        (term, strength) for term, strength in pairs if not term.name and term.stem not in subject and term.weight > TYPE_WEIGHT
    ]
    heft = sum(term.weight for term, _ in topic)
    covered_topic = sum(term.weight * strength for term, strength in topic) / heft if heft else 1.0
    exact = best.match.document.weights
    return Evidence(
        chance=best.chance,
        lead=math.tanh(lead / 3),
        cover=features.cover,
        cover_exact=features.cover_exact,
        cover_content=features.cover_content,
        cover_names=features.cover_names,
        likeness=features.likeness,
        back=features.back,
        run=features.run,
        phrasing=features.phrasing,
        cover_text=features.cover_text,
        cover_near=features.cover_near,
        off_topic=(1 - covered_topic) if question.speakers else 0.0,
        topic=covered_topic,
        topic_exact=sum(term.weight * exact.get(term.stem, 0.0) for term, _ in topic) / heft if heft else 1.0,
        bare=float(not topic),
        left=math.tanh(sum(term.weight * (1 - strength) for term, strength in pairs)),
        names_left=1 - features.actor if question.mentions else 0.0,
        id_back=features.id_back,
        restates=features.restates,
        uncovered=max((term.weight * (1 - strength) for term, strength in pairs), default=0.0),
        uncovered_name=max((term.weight * (1 - strength) for term, strength in pairs if term.name), default=0.0),
        elsewhere=sum(term.weight for (term, strength), has in zip(pairs, known, strict=True) if has and strength < COVERED)
        / total,
        strange=sum(term.weight for term, has in zip(question.terms, known, strict=True) if not has) / total,
        slot_missing=features.slot_missing,
        speaker=features.speaker,
        wrong_speaker=float(bool(question.speakers) and not features.speaker),
        subject_missing=1 - features.subject if question.subject else 0.0,
        date_agrees=features.date_agrees,
        date_differs=features.date_differs,
        words=min(1.0, len(question.terms) / 8),
        any_actor=float(bool(question.mentions)),
    )


@lru_cache(maxsize=1)
def shipped_model() -> Model:
    """Return the model that ships with Footnote."""
    return Model(json.loads(model_file().read_text(encoding="utf-8")))
