"""Who does it and whom it is done to: on which side of its verb a question's answer stands in a text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.answers.anchors import Anchors, Span
from bot.answers.lexicon import Lexicon
from bot.answers.question import Question, Term

_HEADS = frozenset({"who", "whom", "whose", "which", "what"})
_PASSIVE = frozenset({"be", "get"})  # as lemmas
_MODAL = frozenset({"do", "will", "can", "would", "could", "should", "shall", "may", "might", "must"})
_ARTICLES = frozenset({"the", "a", "an", "his", "her", "its", "their"})
_NEXT = 3  # words between a subject and its verb
_BEFORE = 3  # words before a participle that may hold its "was"


@dataclass(frozen=True, slots=True)
class Part:
    """The verb that a question asks about; ``acts``: whoever does it is asked for, and not whom or what it is done to."""

    verb: Term
    acts: bool


def asked_part(question: Question, anchors: Anchors) -> Part | None:
    """Return which part of which verb a question asks for, None where it cannot be told; the text helps to tell the verb."""
    words = question.sequence
    head = next((place for place, word in enumerate(words) if word in _HEADS), None)
    if head is None:
        return None
    terms = {term.stem: term for term in question.terms if not term.typing}
    rest = words[head + 1 + (words[head] in ("which", "what") and words[head + 1 : head + 2] != ("do",)) :]
    if not rest:
        return None
    if rest[0] in _MODAL:
        return _after_subject([terms[word] for word in rest[1:] if word in terms and not terms[word].name], rest[1:2], anchors)
    if rest[0] in _PASSIVE and len(rest) > 1:
        verb = terms.get(rest[1])
        if verb is None or verb.name:
            return None
        return Part(verb, acts=False) if _is_participle(verb) else Part(verb, acts=True) if verb.word.endswith("ing") else None
    verb = terms.get(rest[1] if rest[0] == "have" and len(rest) > 1 else rest[0])
    return Part(verb, acts=True) if verb is not None and not verb.name else None


def _after_subject(terms: Sequence[Term], opens: Sequence[str], anchors: Anchors) -> Part | None:
    """Return the part after "did the ... ": its verb is bare there, so that it has another form in the text."""
    if opens and opens[0] in _ARTICLES:
        terms = terms[1:]
    forms = {(stem, token.word) for stem, token in zip(anchors.stems, anchors.tokens, strict=True)}
    inflected = (term for term in terms if any(stem == term.stem and word != term.word for stem, word in forms))
    verb = next(inflected, next(iter(terms), None))
    return Part(verb, acts=False) if verb is not None else None


def _is_participle(verb: Term) -> bool:
    return verb.word.endswith(("ed", "en", "wn", "ght", "ld")) or (not verb.word.startswith(verb.stem[:-1]))


def verb_place(part: Part, anchors: Anchors, lexicon: Lexicon) -> int | None:
    """Return where the verb stands in a text, or else the word that stands for it best; None where none does."""
    stand_ins = {part.verb.stem: 1.0}
    for related in lexicon.related(part.verb.word):
        stand_ins.setdefault(related.stem, related.strength)
    found = [(stand_ins[stem], -place) for place, stem in enumerate(anchors.stems) if stem in stand_ins]
    return -max(found)[1] if found else None


def on_the_side(part: Part, place: int, spans: Sequence[Span], anchors: Anchors) -> Span | None:
    """Return the one of some spans of a text that has a part of the verb at a place, None where none has."""
    verb = anchors.tokens[place]
    if part.acts != _is_passive(place, anchors):
        before = [span for span in spans if span[1] <= verb.start]
        beside = [span for span in before if place - anchors.place(span[1]) < _NEXT]
        return max(beside, default=None) if beside else min(before, default=None)
    return min((span for span in spans if span[0] >= verb.end), default=None)


def _is_passive(place: int, anchors: Anchors) -> bool:
    lead = anchors.stems[max(0, place - _BEFORE) : place]
    return not _PASSIVE.isdisjoint(lead) and not anchors.tokens[place].word.endswith("ing")
