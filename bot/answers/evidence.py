"""What tells whether the best of the ranked facts answers a question, or is only near it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from bot.answers.documents import Document, actor_key
from bot.answers.matching import COVERED, Match
from bot.answers.question import TYPE_WEIGHT, Question, Term
from bot.answers.question_words import VAGUE, Asked

_MANY = 5  # uncovered words: a fact that lacks so many lacks all that can be lacked
_LONG = 8  # content words of a long question
_NO_CONTENT = 0.5  # best word in common where the question has names and words of its type alone
_TOPIC_FOLLOWS = frozenset({"about", "regard", "on"})  # stems

_OF_SPEECH = (Asked.SAID, Asked.WHO_SAID)  # asked about what was said: whose words they are is enough


class Evidence(NamedTuple):
    """What deciding weighs, each between -1 and 1. Of the best fact, unless it says otherwise."""

    chance: float  # among all facts, by the ranking model
    next_chance: float  # of the best two among all facts
    cover: float
    cover_names: float
    cover_text: float
    back: float
    run: float
    event_cover: float  # coverage by the event that it belongs to: the event may be meant rather than the fact
    best_exact: float  # heaviest word in common, names and related words left out
    left: float  # weight of all uncovered words, squashed
    left_count: float  # how many words are uncovered
    vague_left: float  # share of the question's weight in uncovered words that may stand for anything
    name_left: float  # a word of a name is uncovered
    names_alone: float  # a deed or a thing is asked about, and it has nothing of the question but names
    names_left: float  # share of the actors named that it does not have
    elsewhere: float  # share of the question's weight that other words of the story are nearer to than its own
    beside_topic: float  # it is asked what was said about something of which it has not a word
    not_quote: float  # it is asked what was said, and these are nobody's own words
    not_event: float  # it is asked when or where something happened, and this is what somebody says
    quote: float
    nobody: float  # it is asked who said it, and nobody is named but who is in the question
    slot_missing: float
    amount_cover: float  # coverage where it is asked how much: an amount of something else has most words in common too
    restates: float  # why: it covers the question and gives no reason
    cause: float  # why: it gives a reason
    protagonist: float  # he or she: how much of the story is about whom it is about
    speaker: float
    subject_missing: float  # words for the speaker that do not fit its speaker
    date_told: float  # its date agrees with the one asked about, the more telling the fewer facts agree
    words: float  # how many content words the question has
    any_actor: float  # somebody is named


def weigh(question: Question, matches: Sequence[Match], chances: Sequence[float], nearest: Sequence[float]) -> Evidence:
    """Return the evidence for the first of the matches, which are ranked; ``chances`` are theirs by the ranking model.

    ``nearest`` tells for each term of the question how near any word of the story comes to it, from 0 to 1.
    """
    best = matches[0]
    features = best.features
    asked = question.asking.type
    kind = best.document.record.fact.kind
    lacks = _lacks(question, best)
    return Evidence(
        chance=chances[0],
        next_chance=sum(chances[:2]),
        cover=features.cover,
        cover_names=features.cover_names,
        cover_text=features.cover_text,
        back=features.back,
        run=features.run,
        event_cover=features.event_cover,
        best_exact=_best_exact(question, best.document),
        left=math.tanh(sum(term.weight * (1 - strength) for term, strength in zip(question.terms, best.strengths, strict=True))),
        left_count=min(1.0, len(lacks) / _MANY),
        vague_left=_vague_left(question, best),
        name_left=float(any(term.name for term in lacks)),
        names_alone=float(asked not in _OF_SPEECH and has_names_alone(question, best)),
        names_left=1 - features.actor if question.mentions else 0.0,
        elsewhere=_elsewhere(question, best, nearest),
        beside_topic=float(asked is Asked.SAID and _beside_topic(question, best)),
        not_quote=float(asked is Asked.SAID and kind != "quote"),
        not_event=float(asked in (Asked.WHEN, Asked.WHERE) and kind != "event"),
        quote=float(kind == "quote"),
        nobody=float(asked is Asked.WHO_SAID and not _names_another_person(question, best.document)),
        slot_missing=features.slot_missing,
        amount_cover=features.cover if asked is Asked.HOW_MUCH else 0.0,
        restates=features.restates,
        cause=features.cause,
        protagonist=features.protagonist,
        speaker=features.speaker,
        subject_missing=1 - features.subject if question.subject else 0.0,
        date_told=_date_told(matches),
        words=min(1.0, len(question.terms) / _LONG),
        any_actor=float(bool(question.mentions)),
    )


def _lacks(question: Question, match: Match) -> list[Term]:
    """Return the telling terms of a question that a fact lacks."""
    return [
        term
        for term, strength in zip(question.terms, match.strengths, strict=True)
        if strength < COVERED and not term.typing and term.weight > TYPE_WEIGHT
    ]


def has_names_alone(question: Question, match: Match) -> bool:
    """Tell whether a fact has names of a question and not one of its other telling words, of which there are some."""
    pairs = [(term, strength) for term, strength in zip(question.terms, match.strengths, strict=True) if not term.typing]
    others = [strength for term, strength in pairs if not term.name and term.weight > TYPE_WEIGHT]
    return bool(others) and max(others) < COVERED and any(term.name and strength >= COVERED for term, strength in pairs)


def _best_exact(question: Question, document: Document) -> float:
    return max(
        (term.weight * document.weights.get(term.stem, 0.0) for term in question.terms if not term.name and not term.typing),
        default=_NO_CONTENT,
    )


def _vague_left(question: Question, match: Match) -> float:
    pairs = zip(question.terms, match.strengths, strict=True)
    return sum(term.weight * (1 - strength) for term, strength in pairs if term.word in VAGUE) / question.weights.total


def _elsewhere(question: Question, match: Match, nearest: Sequence[float]) -> float:
    rows = zip(question.terms, match.near, nearest, strict=True)
    return sum(term.weight * max(0.0, most - near) for term, near, most in rows if not term.typing) / question.weights.total


def _beside_topic(question: Question, match: Match) -> bool:
    """Tell whether something was said "about" a topic, and the fact has not one word of the topic."""
    start = next((place for place, stem in enumerate(question.sequence) if place and stem in _TOPIC_FOLLOWS), None)
    if start is None:
        return False
    topic = set(question.sequence[start + 1 :])
    strengths = [strength for term, strength in zip(question.terms, match.strengths, strict=True) if term.stem in topic]
    return bool(strengths) and max(strengths) < COVERED


def _names_another_person(question: Question, document: Document) -> bool:
    record = document.record
    return any(
        actor.kind == "person" and actor_key(record.story.id, actor.id) not in question.given
        for actor in (*record.speakers, *record.participants, *record.subjects)
    )


def _date_told(matches: Sequence[Match]) -> float:
    if not matches[0].features.date_agrees:
        return 0.0
    return 1 - sum(match.features.date_agrees for match in matches) / len(matches)
