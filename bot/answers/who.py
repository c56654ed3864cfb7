"""Short answers to who: the names in a fact, and which of them the question asks for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bot.answers.anchors import Span
from bot.answers.parts import asked_part, on_the_side, verb_place
from bot.answers.reading import Reading
from bot.facts.models import Actor

_NAME = re.compile(r"\b(?!I['’])[A-Z][\w'’-]*(?: (?:of |the |and |de |van |von |la )?[A-Z][\w'’-]*)*")
_JOINT = re.compile(r",? (?:and|&) |, ")
_CALENDAR = frozenset(
    "January February March April May June July August September October November December Monday Tuesday Wednesday Thursday "
    "Friday Saturday Sunday".split()
)
_LOCATES = re.compile(r"\b(?:in|at|near|on|off) (?:the )?$")
_LEADING = frozenset("lead head chair run command charg captain skipper manag".split())
_LED = re.compile(r"\b(?:under|(?:led|headed|chaired|run|commanded|managed) by)(?: \w+){0,2} $")


def speaker(reading: Reading) -> str | None:
    """Return who says it, or who the text tells said it where only those speak whom the question names."""
    speakers = reading.document.record.speakers
    if speakers and not reading.question.given & reading.document.speakers:
        return ", ".join(actor.name for actor in speakers)
    return name(reading)


def name(reading: Reading) -> str | None:
    """Return who is asked for, with those beside them in "A and B"."""
    described = [actor for actor in reading.everyone if reading.key(actor) in reading.question.described]
    if described:
        return described[0].name
    spans = _name_spans(reading)
    if not spans:
        speakers = reading.document.record.speakers
        return speakers[0].name if speakers and not reading.question.given & reading.document.speakers else None
    start, end = _chosen(reading, list(spans))
    return _coordinated(start, end, spans, reading.text)


def _chosen(reading: Reading, spans: Sequence[Span]) -> Span:
    """Return the name that is of the kind asked for, leads, does or suffers what is asked, or is nearest to its words."""
    return _of_kind(reading, spans) or _leading(reading, spans) or _doing(reading, spans) or reading.anchors.best(spans)


def _of_kind(reading: Reading, spans: Sequence[Span]) -> Span | None:
    """Return the name that tells or follows its kind where that is asked for: "which club": "the club Ibeno Stars"."""
    if not reading.kind:
        return None
    anchors = reading.anchors
    for span in spans:
        first, last = anchors.place(span[0]), anchors.place(span[1])
        if not reading.kind.isdisjoint(anchors.stems[max(0, first - 1) : last]):
            return span
    return None


def _leading(reading: Reading, spans: Sequence[Span]) -> Span | None:
    """Return the name after "under" or "led by" where it is asked who led."""
    if _LEADING.isdisjoint(reading.question.sequence):
        return None
    return next((span for span in spans if _LED.search(reading.text[: span[0]])), None)


def _doing(reading: Reading, spans: Sequence[Span]) -> Span | None:
    """Return where the one stands who does what the question asks about, or to whom it is done."""
    part = asked_part(reading.question, reading.anchors)
    place = verb_place(part, reading.anchors, reading.lexicon) if part is not None else None
    return on_the_side(part, place, spans, reading.anchors) if part is not None and place is not None else None


def _name_spans(reading: Reading) -> dict[Span, str]:
    """Return where a fact names somebody whom the question does not, persons alone where it asks who and there are any."""
    placed = _actor_spans(reading)
    found = {span: actor for span, actor in placed.items() if reading.key(actor) not in reading.question.given}
    persons = {span: actor.name for span, actor in found.items() if actor.kind == "person"}
    if persons and "who" in reading.question.sequence:
        return persons
    spans = {span: _called(actor, reading.cut(span)) for span, actor in found.items()}
    for match in _NAME.finditer(reading.text):
        if "who" in reading.question.sequence and _LOCATES.search(reading.text[: match.start()]):
            continue
        inside = any(start < match.end() and match.start() < end for start, end in (*placed, *spans))
        if not inside and not _is_plain(match, reading) and not reading.asked_already(match.group()):
            spans[match.span()] = match.group()
    return spans


def _actor_spans(reading: Reading) -> dict[Span, Actor]:
    """Return where a fact names its actors; a name inside another is none."""
    placed = {span: actor for actor in reading.everyone if (span := _span_of(actor, reading.text)) is not None}
    return {
        span: actor
        for span, actor in placed.items()
        if not any(other != span and other[0] <= span[0] and span[1] <= other[1] for other in placed)
    }


def _span_of(actor: Actor, text: str) -> Span | None:
    surname = actor.name.split()[-1:] if actor.kind == "person" else []
    for words in sorted((actor.name, *actor.aliases, *surname), key=len, reverse=True):
        match = re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text)
        if match is not None:
            return match.span()
    return None


def _called(actor: Actor, written: str) -> str:
    """Return an actor's name; an organisation goes by what the text calls it where that is a full name too."""
    return written if actor.kind != "person" and " " in written and written[0].isupper() else actor.name


def _is_plain(match: re.Match[str], reading: Reading) -> bool:
    """Tell whether a capital only begins a sentence, or a date."""
    begins = match.start() == 0 or reading.text[max(0, match.start() - 2) : match.start()] in (". ", "? ", "! ")
    word = match.group()
    return word in _CALENDAR or (begins and " " not in word and reading.lexicon.zipf(word.lower()) > 4.0)


def _coordinated(start: int, end: int, spans: Mapping[Span, str], text: str) -> str:
    """Return a name, with those that stand beside it in "A and B" as the text has them."""
    first, last = start, end
    for left, right in sorted(spans):
        if right <= first and _JOINT.fullmatch(text[right:first]):
            first = left
        elif left >= last and _JOINT.fullmatch(text[last:left]):
            last = right
    return spans[start, end] if (first, last) == (start, end) else text[first:last]
