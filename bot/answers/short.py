"""The short answer: a date, name, place or amount cut verbatim out of the facts that answer (a date is put in words)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from bot.answers.amounts import fits
from bot.answers.documents import Document, actor_key
from bot.answers.lexicon import Lexicon
from bot.answers.question import Question
from bot.answers.question_words import Asked
from bot.answers.words import STOP_WORDS, normalise, tokens
from bot.facts.models import Actor

_PLACE = re.compile(
    r"\b(?:in|at|on|near|off|from|outside|to|into|behind|above) (?:the )?"
    r"((?:[A-Z][\w'’-]*)(?:(?:,? (?:of |the |and |de |la )?)[A-Z][\w'’-]*)*)"
)
_NAME = re.compile(r"\b[A-Z][\w'’-]*(?: (?:of |the |and |de |van |von |la )?[A-Z][\w'’-]*)*")


def short_answer(question: Question, document: Document, lexicon: Lexicon) -> str | None:
    """Return the short answer that a fact gives, None where none applies."""
    if _asks_identity(question):
        return _identity(question, document)
    cut = _CUTS.get(question.asking.type)
    return cut(question, document, lexicon) if cut is not None else None


def _asks_identity(question: Question) -> bool:
    """Tell whether nothing is asked but who or what somebody is: "who is John McCain", "who was the commander"."""
    bare = all(term.name or term.typing for term in question.terms)
    of_being = question.sequence[1:2] == ("be",) and question.asking.type in (Asked.WHO, Asked.WHAT)
    return bare and of_being and bool(question.mentions)


def _identity(question: Question, document: Document) -> str | None:
    """Return the role of whom the question names, or the name of whom it describes."""
    for actor in _everyone(document):
        if _key(document, actor) in question.given:
            return actor.role
        if _key(document, actor) in question.actors:
            return actor.name
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
    return _cut(_nearest([match.span(1) for match in places], question, fact.text, lexicon), document)


def _amount(question: Question, document: Document, lexicon: Lexicon) -> str | None:
    wanted = question.asking.amounts
    amounts = [amount for amount in document.amounts if fits(amount, wanted)]
    asked = {term.stem for term in question.terms}
    related = {related.stem for term in question.terms for related in lexicon.related(term.word)}
    counted = [amount for amount in amounts if amount.noun and lexicon.stem(amount.noun) in asked]
    if not counted and "count" in wanted:
        counted = [amount for amount in amounts if amount.noun and lexicon.stem(amount.noun) in related]
    spans = [(amount.start, amount.end) for amount in counted or amounts]
    return _cut(_nearest(spans, question, document.record.fact.text, lexicon), document) if spans else None


def _speaker(question: Question, document: Document, lexicon: Lexicon) -> str | None:
    if document.record.speakers and not question.given & document.speakers:
        return ", ".join(actor.name for actor in document.record.speakers)
    return _who(question, document, lexicon)


def _who(question: Question, document: Document, lexicon: Lexicon) -> str | None:
    described = [actor for actor in _everyone(document) if _key(document, actor) in question.described]
    if described:
        return described[0].name
    spans = _name_spans(question, document, lexicon)
    if not spans:
        speakers = document.record.speakers
        return speakers[0].name if speakers and not question.given & document.speakers else None
    start, end = _nearest(list(spans), question, document.record.fact.text, lexicon)
    return _coordinated(start, end, spans, document.record.fact.text)


def _name_spans(question: Question, document: Document, lexicon: Lexicon) -> dict[tuple[int, int], str]:
    """Return where a fact names somebody whom the question does not, persons alone where it asks who and there are any."""
    text = document.record.fact.text
    placed = {span: actor for actor in _everyone(document) if (span := _span_of(actor, text)) is not None}
    found = {span: actor for span, actor in placed.items() if _key(document, actor) not in question.given}
    persons = {span: actor.name for span, actor in found.items() if actor.kind == "person"}
    if persons and "who" in question.sequence:
        return persons
    spans = {span: actor.name for span, actor in found.items()}
    for match in _NAME.finditer(text):
        inside = any(start < match.end() and match.start() < end for start, end in (*placed, *spans))
        if not inside and not _is_plain(match, text, lexicon) and not _asked_already(match.group(), question, lexicon):
            spans[match.span()] = match.group()
    return spans


def _is_plain(match: re.Match[str], text: str, lexicon: Lexicon) -> bool:
    """Tell whether a capital only begins a sentence, or a date."""
    begins = match.start() == 0 or text[max(0, match.start() - 2) : match.start()] in (". ", "? ", "! ")
    word = match.group()
    return word in _CALENDAR or (begins and " " not in word and lexicon.zipf(word.lower()) > 4.0)


def _coordinated(start: int, end: int, spans: Mapping[tuple[int, int], str], text: str) -> str:
    """Return a name, with those that stand beside it in "A and B" as the text has them."""
    first, last = start, end
    for left, right in sorted(spans):
        if right <= first and _JOINT.fullmatch(text[right:first]):
            first = left
        elif left >= last and _JOINT.fullmatch(text[last:left]):
            last = right
    return spans[start, end] if (first, last) == (start, end) else text[first:last]


def _everyone(document: Document) -> tuple[Actor, ...]:
    return (*document.record.participants, *document.record.speakers, *document.record.subjects)


def _key(document: Document, actor: Actor) -> str:
    return actor_key(document.record.story.id, actor.id)


_REACH = 5  # characters, so that a word right beside a span does not count for all
_JOINT = re.compile(r",? (?:and|&) |, ")
_CALENDAR = frozenset(
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


def _cut(span: tuple[int, int], document: Document) -> str:
    return document.record.fact.text[slice(*span)]


def _nearest(spans: Sequence[tuple[int, int]], question: Question, text: str, lexicon: Lexicon) -> tuple[int, int]:
    """Return the span nearest to the words of the question that stand in the text; the first of equals."""
    wanted = {term.stem: term.weight for term in question.terms}
    anchors = [(token.start, wanted[key]) for token in tokens(text) if (key := lexicon.stem(token.word)) in wanted]

    def nearness(span: tuple[int, int]) -> float:
        start, end = span
        outside = [(place, weight) for place, weight in anchors if not start <= place < end]
        return sum(weight / (_REACH + min(abs(place - start), abs(place - end))) for place, weight in outside)

    return max(spans, key=nearness)


_CUTS: dict[Asked, Callable[[Question, Document, Lexicon], str | None]] = {
    Asked.WHEN: _date,
    Asked.WHERE: _place,
    Asked.HOW_MUCH: _amount,
    Asked.WHO: _who,
    Asked.WHO_SAID: _speaker,
}
