"""Short answers to what and which: the thing of the kind asked for, or what is done, as a phrase of the text."""

from __future__ import annotations

import re

from bot.answers.anchors import Anchors, Span
from bot.answers.measuring import sum_of_money
from bot.answers.parts import asked_part, verb_place
from bot.answers.reading import Reading

_MOST = 7  # words of a phrase
_DETERMINERS = frozenset("a an the his her its their our my your this that these those both all".split())
_ENDS = frozenset(
    """about above across after against along among around as at away back because been before behind being below between but by
    could did do does down during for from had has have he how i if in inside into is it like may might more near not off on only
    onto or out outside over per she should since so than that then there they this through to too toward under until up upon was
    we were what when where which while who whom whose why will with within without would you""".split()
)
_SKIPPED = frozenset("up out off down away back over in on to for only just also at".split())
_PUNCTUATION = re.compile(r"[,;:.!?()\"“”–—]")


def thing(reading: Reading) -> str | None:
    """Return the thing that is asked for, None where the text does not plainly name it."""
    return sum_of_money(reading) or _of_kind(reading) or _done(reading)


def _of_kind(reading: Reading) -> str | None:
    """Return what is of the kind asked for: an actor whose role tells it, else the phrase that names it."""
    if not reading.kind:
        return None
    for actor in reading.everyone:
        if reading.key(actor) not in reading.question.given and _is(reading, actor.role or ""):
            return actor.name
    anchors = reading.anchors
    spans = [_phrase_around(anchors, place) for place, stem in enumerate(anchors.stems) if stem in reading.kind]
    return next((words for span in spans if (words := reading.cut(span)) and not reading.asked_already(words)), None)


def _is(reading: Reading, role: str) -> bool:
    """Tell whether a role is that of the kind asked for; what stands after "of" is another's."""
    words = re.split(r"\b(?:of|at|for|in|on)\b|,", role.lower())[0].split()
    return bool(words) and reading.lexicon.stem(words[-1]) in reading.kind


def _done(reading: Reading) -> str | None:
    """Return the phrase after the verb that the question asks about, where it asks to whom or to what something is done."""
    part = asked_part(reading.question, reading.anchors)
    if part is None or part.acts:
        return None
    place = verb_place(part, reading.anchors, reading.lexicon)
    if place is None:
        return None
    span = _phrase_after(reading.anchors, place)
    words = reading.cut(span) if span is not None else ""
    return words if words and not reading.asked_already(words) else None


def _phrase_after(anchors: Anchors, place: int) -> Span | None:
    """Return the phrase that follows a verb at once, or after a word such as "up"."""
    first = place + 1
    while first < len(anchors.tokens) and anchors.tokens[first].word in _SKIPPED and not _breaks(anchors, first):
        first += 1
    if first >= len(anchors.tokens) or _breaks(anchors, first):
        return None
    last = _end(anchors, first)
    return (anchors.tokens[first].start, anchors.tokens[last - 1].end) if last > first else None


def _phrase_around(anchors: Anchors, place: int) -> Span:
    """Return the phrase that a noun is in: from its article or number on, or its words with capitals."""
    first = place
    for back in range(place - 1, max(-1, place - 4), -1):
        if _breaks(anchors, back + 1) or anchors.tokens[back].word in _ENDS:
            break
        if anchors.tokens[back].word in _DETERMINERS:
            first = back + 1
            break
        if anchors.tokens[back].capital and first == back + 1:
            first = back
    return anchors.tokens[first].start, anchors.tokens[max(_end(anchors, first), place + 1) - 1].end


def _end(anchors: Anchors, first: int) -> int:
    """Return where a phrase ends that begins at a word."""
    place = first
    while place < len(anchors.tokens) and place - first < _MOST:
        if anchors.tokens[place].word in _ENDS or (place > first and _breaks(anchors, place)):
            break
        place += 1
    while place > first and anchors.tokens[place - 1].word in _DETERMINERS | {"and", "of"}:
        place -= 1
    return place


def _breaks(anchors: Anchors, place: int) -> bool:
    """Tell whether a mark stands between a word and the one before it."""
    before = anchors.tokens[place - 1].end if place else 0
    return bool(_PUNCTUATION.search(anchors.text, before, anchors.tokens[place].start))
