"""The short answer: a date, name, place or amount cut verbatim out of the facts that answer (a date is put in words)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from bot.answers.amounts import fits
from bot.answers.asking import Asked
from bot.answers.index import Document, actor_key
from bot.answers.lexicon import Lexicon
from bot.answers.question import Question
from bot.answers.words import STOP_WORDS, normalise, tokens
from bot.facts.models import Actor

_PLACE = re.compile(
    r"\b(?:in|at|on|near|off|from|outside|to|into|behind|above) (?:the )?"
    r"((?:[A-Z][\w'’-]*)(?:(?:,? (?:of |the |and |de |la )?)[A-Z][\w'’-]*)*)"
)
_NAME = re.compile(r"\b[A-Z][\w'’-]*(?: (?:of |the |and |de |van |von |la )?[A-Z][\w'’-]*)*")


def short_answer(question: Question, documents: Sequence[Document], lexicon: Lexicon) -> str | None:
    """Return the short answer that the facts give, the first of them first; None where none applies."""
    cut = _CUTS.get(question.asking.type)
    if cut is None or (question.asking.wants_list and len(documents) > 1 and question.asking.type is not Asked.WHO_SAID):
        return None
    for document in documents[:1]:
        short = cut(question, document, lexicon)
        if short:
            return short
    return None


def _date(question: Question, document: Document, lexicon: Lexicon) -> str | None:
    date = document.record.fact.date
    return None if date is None else date.words()


def _place(question: Question, document: Document, lexicon: Lexicon) -> str | None:
    fact = document.record.fact
    if fact.where is not None:
        return fact.where
    places = [match for match in _PLACE.finditer(fact.text) if not _asked_already(match[1], question, lexicon)]
    if not places:
        return None
    return _nearest([(match.start(1), match.end(1)) for match in places], question, fact.text, lexicon)


def _amount(question: Question, document: Document, lexicon: Lexicon) -> str | None:
    wanted = question.asking.amounts
    amounts = [amount for amount in document.amounts if fits(amount, wanted)] or list(document.amounts)
    asked = {term.stem for term in question.terms}
    related = {related.stem for term in question.terms for related in lexicon.related(term.word)}
    counted = [amount for amount in amounts if amount.noun and lexicon.stem(amount.noun) in asked]
    if not counted and "count" in wanted:
        counted = [amount for amount in amounts if amount.noun and lexicon.stem(amount.noun) in related]
    spans = [(amount.start, amount.end) for amount in counted or amounts]
    return _nearest(spans, question, document.record.fact.text, lexicon) if spans else None


def _speaker(question: Question, document: Document, lexicon: Lexicon) -> str | None:
    if document.record.speakers:
        return ", ".join(actor.name for actor in document.record.speakers)
    return _who(question, document, lexicon)


def _who(question: Question, document: Document, lexicon: Lexicon) -> str | None:
    record = document.record
    asked = question.given
    text = record.fact.text
    everyone = (*record.participants, *record.speakers, *record.subjects)
    involved = [actor for actor in everyone if actor_key(record.story.id, actor.id) not in asked]
    spans: list[tuple[int, int, str]] = []
    for actor in involved:
        span = _span_of(actor, text)
        if span is not None:
            spans.append((*span, actor.name))
    for match in _NAME.finditer(text):
        inside = any(start <= match.start() < end for start, end, _ in spans)
        sentence_start = match.start() == 0 or text[max(0, match.start() - 2) : match.start()] in (". ", "? ")
        common = sentence_start and " " not in match.group() and lexicon.zipf(match.group().lower()) > 4.0
        if not inside and not common and not _asked_already(match.group(), question, lexicon) and match.group() not in _MONTHS:
            spans.append((match.start(), match.end(), match.group()))
    persons = {actor.name for actor in involved if actor.kind == "person"}
    if "who" in question.sequence and any(name in persons for *_, name in spans):
        spans = [span for span in spans if span[2] in persons]
    if not spans:
        return record.speakers[0].name if record.speakers and not asked & document.speakers else None
    chosen = _nearest([(start, end) for start, end, _ in spans], question, text, lexicon)
    return next((name for start, end, name in spans if text[start:end] == chosen), chosen)


_MONTHS = frozenset(
    "January February March April May June July August September October November December Monday Tuesday Wednesday Thursday "
    "Friday Saturday Sunday".split()
)


def _span_of(actor: Actor, text: str) -> tuple[int, int] | None:
    for name in sorted((actor.name, *actor.aliases, *actor.name.split()[-1:]), key=len, reverse=True):
        match = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)
        if match is not None:
            return match.span()
    return None


def _asked_already(words: str, question: Question, lexicon: Lexicon) -> bool:
    content = [token.word for token in tokens(normalise(words)) if token.word not in STOP_WORDS]
    asked = set(question.sequence)
    return all(lexicon.stem(word) in asked for word in content)


def _nearest(spans: Sequence[tuple[int, int]], question: Question, text: str, lexicon: Lexicon) -> str:
    """Return the span nearest to the words of the question that stand in the text; the first of equals."""
    wanted = {term.stem: term.weight for term in question.terms}
    anchors = [(token.start, wanted[key]) for token in tokens(text) if (key := lexicon.stem(token.word)) in wanted]

    def distance(span: tuple[int, int]) -> float:
        start, end = span
        outside = [(place, weight) for place, weight in anchors if not start <= place < end]
        return sum(weight * min(abs(place - start), abs(place - end)) for place, weight in outside)

    start, end = min(spans, key=distance)
    return text[start:end]


_CUTS: dict[Asked, Callable[[Question, Document, Lexicon], str | None]] = {
    Asked.WHEN: _date,
    Asked.WHERE: _place,
    Asked.HOW_MUCH: _amount,
    Asked.WHO: _who,
    Asked.WHO_SAID: _speaker,
}
