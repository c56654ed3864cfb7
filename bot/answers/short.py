"""The short answer: a date, name, place, amount or thing cut verbatim out of a fact that answers (a date is put in words)."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.answers import dating, measuring, things, who
from bot.answers.anchors import Span
from bot.answers.documents import Document
from bot.answers.lexicon import Lexicon
from bot.answers.question import Question
from bot.answers.question_words import Asked
from bot.answers.reading import Reading

_PLACE = re.compile(
    r"\b(?P<way>in|at|on|near|off|from|outside|to|into|behind|above) (?:the )?"
    r"(?P<place>(?:[A-Z][\w'’-]*)(?:(?:,? (?:of |the |and |de |la )?)[A-Z][\w'’-]*)*)"
)


def short_answer(question: Question, document: Document, lexicon: Lexicon) -> str | None:
    """Return the short answer that a fact gives, None where none applies."""
    reading = Reading(question, document, lexicon)
    if _asks_identity(question):
        return _identity(reading)
    cut = _CUTS.get(question.asking.type)
    return cut(reading) if cut is not None else None


def _asks_identity(question: Question) -> bool:
    """Tell whether nothing is asked but who or what somebody is: "who is John McCain", "who was the commander"."""
    bare = all(term.name or term.typing for term in question.terms)
    of_being = question.sequence[1:2] == ("be",) and question.asking.type in (Asked.WHO, Asked.WHAT)
    return bare and of_being and bool(question.mentions)


def _identity(reading: Reading) -> str | None:
    """Return the role of whom the question names, or the name of whom it describes."""
    for actor in reading.everyone:
        if reading.key(actor) in reading.question.given:
            return actor.role
        if reading.key(actor) in reading.question.actors:
            return actor.name
    return None


def _place(reading: Reading) -> str | None:
    places = [match for match in _PLACE.finditer(reading.text) if not reading.asked_already(match["place"])]
    spans = _of_kind(reading, places) or _that_way(reading, places)
    where = reading.document.record.fact.where
    if where is not None and not spans:
        return where
    spans = spans or [match.span("place") for match in places]
    return reading.cut(reading.anchors.best(spans)) if spans else None


def _of_kind(reading: Reading, places: list[re.Match[str]]) -> list[Span]:
    """Return the places whose names tell the kind asked for: "which ocean": "the Indian Ocean"."""
    stem = reading.lexicon.stem
    return [match.span("place") for match in places if any(stem(word.lower()) in reading.kind for word in match["place"].split())]


def _that_way(reading: Reading, places: list[re.Match[str]]) -> list[Span]:
    """Return the places that something comes from or goes to, where that is asked."""
    words = reading.question.sequence
    way = "from" if "from" in words else "to" if words[-1:] == ("to",) else None
    return [match.span("place") for match in places if match["way"] == way]


_CUTS: dict[Asked, Callable[[Reading], str | None]] = {
    Asked.WHEN: dating.date,
    Asked.WHERE: _place,
    Asked.HOW_MUCH: measuring.amount,
    Asked.WHO: who.name,
    Asked.WHAT: things.thing,
    Asked.TERSE: measuring.count,
    Asked.WHO_SAID: who.speaker,
}
