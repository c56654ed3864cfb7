"""What is asserted without quotation marks: X claimed that, X accused Y of, according to X."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from bot.english.coreference import DiscourseModel
from bot.english.grammar import ADVERBS, AUXILIARIES, DETERMINERS, PREPOSITIONS, PRONOUNS, RELATIVES, SUBORDINATORS
from bot.english.noun_phrases import subject_behind
from bot.english.sentences import Entity, Sentence, SentenceItem, verbs
from bot.english.speech import CALLING, DENYING, JUDGING, PARTICIPLES, SAYING, STATING
from bot.english.subjects import subject_of

_LEAST_WORDS = 4  # words of an assertion; fewer say nothing by themselves
_THAT = 14  # items behind a verb within which its clause begins
_NOUN = 5  # words within which a clause has its verb
_MOST_BETWEEN = 9  # items from the comma to the verb of who is named last
_MOST_BEHIND = 6  # items behind that verb
_INTRODUCING = PREPOSITIONS | SUBORDINATORS | frozenset({"according", "asked"})
_MOST_QUOTED = 0.5  # share of an assertion that may be quoted words, which stand as a quotation of their own


@dataclass(frozen=True, slots=True)
class Assertion:
    """What somebody asserts, from one item of the sentence to before another; ``verb`` is the place of its verb."""

    text: str
    speakers: tuple[Entity, ...]
    sentence: Sentence
    verb: int
    first: int
    last: int


def assertions_of(sentence: Sentence, discourse: DiscourseModel) -> Iterator[Assertion]:
    """Return what a sentence says that somebody asserts."""
    items = sentence.items
    taken = 0
    for verb in verbs(items):
        if verb < taken or items[verb].lower not in STATING | JUDGING:
            continue
        span = _asserted(items, verb)
        if span is None or not _enough(sentence, *span):
            continue
        speakers = discourse.resolve(subject_of(items, verb), sentence)
        if speakers:
            taken = span[1]
            yield Assertion(_text(sentence, verb, span, speakers), speakers, sentence, verb, *span)
    behind = attribution_behind(items)
    if behind is not None and taken <= behind[0]:
        verb, comma = behind
        subject = subject_behind(items, verb + 1) if verb == comma + 1 else subject_of(items, verb)
        speakers = discourse.resolve(subject, sentence)
        if speakers and _enough(sentence, 0, comma):
            yield Assertion(_text(sentence, verb, (0, comma), speakers), speakers, sentence, verb, 0, comma)
    yield from _according(sentence, discourse)


def attribution_behind(items: Sequence[SentenceItem]) -> tuple[int, int] | None:
    """Return the verb, and the comma before who says it, of a sentence that tells this last: "The dam is safe, the mayor said."

    None of other sentences, and of those with quoted words.
    """
    verb = max(verbs(items), default=None)
    if verb is None or items[verb].lower not in STATING or any(item.kind == "quote" for item in items):
        return None
    subject = subject_of(items, verb)
    before = min(verb, subject.first) if subject is not None else verb
    comma = next((at for at in range(before - 1, 0, -1) if items[at].text == ","), None)
    if comma is None or comma < _LEAST_WORDS or verb - comma > _MOST_BETWEEN or items[0].lower in _INTRODUCING:
        return None
    rest = [item for item in items[verb + 1 :] if item.text not in (".", "!", "?")]
    inverted = verb == comma + 1
    ends = not rest or rest[0].lower in PREPOSITIONS or rest[0].text.lower().endswith("day")
    return (verb, comma) if len(rest) <= _MOST_BEHIND and (inverted or ends) and (rest or not inverted) else None


def _asserted(items: Sequence[SentenceItem], verb: int) -> tuple[int, int] | None:
    """Return what follows a verb as its assertion."""
    end = _end(items, verb)
    that = next((at for at in range(verb + 1, min(verb + _THAT, end)) if items[at].lower == "that"), None)
    with_verb = (verb, end) if end > verb + 1 and items[verb + 1].kind != "mark" else None
    if items[verb].lower in DENYING:
        return with_verb
    if that is not None and not any(_parts_clauses(item) for item in items[verb + 1 : that]):
        # "a memo that was seen": a clause that has no subject belongs to the word before it
        return (that + 1, end) if that + 1 < end and items[that + 1].lower not in AUXILIARIES else None
    if items[verb].lower in JUDGING:
        quoted = items[verb].lower in CALLING and any(item.kind == "quote" for item in items[verb:end])
        return None if quoted else with_verb
    first = verb + 1
    if first >= end or items[verb].lower in PARTICIPLES - {"saying", "insisting", "claiming", "adding"}:
        return None
    begins = items[first].kind == "name" or items[first].lower in DETERMINERS | PRONOUNS or _is_clause(items, first, end)
    return (first, end) if begins and items[verb].lower not in ("told", "tells", "tell", "added", "adds") else None


def _parts_clauses(item: SentenceItem) -> bool:
    """Return whether another clause begins here; a comma may as well belong to a date: said on Wednesday, August 16, that."""
    return (item.stops and item.text not in (",", "(", ")")) or item.lower in SAYING | RELATIVES | AUXILIARIES | {"and", "but"}


def _is_clause(items: Sequence[SentenceItem], first: int, end: int) -> bool:
    """Return whether a bare noun begins a clause: "repairs would cost a million"."""
    if items[first].kind != "word" or items[first].lower in PREPOSITIONS | ADVERBS | AUXILIARIES | SUBORDINATORS:
        return False
    noun = takewhile(lambda item: not item.stops, items[first + 1 : min(first + _NOUN, end)])
    return any(item.lower in AUXILIARIES for item in noun)


def _end(items: Sequence[SentenceItem], verb: int) -> int:
    """Return where an assertion ends: with the sentence or its clause, or where the next verb of speech begins."""
    introduces = items[0].lower in SUBORDINATORS and not any(item.text == "," for item in items[:verb])
    for at in range(verb + 1, len(items)):
        following_verb = items[at + 1].lower if at + 1 < len(items) else ""
        if items[at].text in (".", ";", "?", "!") or (introduces and items[at].text == ","):
            return at
        if items[at].text in (",", "and", "but") and following_verb in SAYING and at > verb + 1:
            return at
        if items[at].text == "," and following_verb in ("but", "while", "according", "and"):
            behind = items[at + 2].lower if at + 2 < len(items) else ""
            if following_verb == "according" or behind in SAYING or (at + 2 < len(items) and items[at + 2].kind == "name"):
                return at
    return len(items)


def _enough(sentence: Sentence, first: int, last: int) -> bool:
    """Return whether there are words enough that are not quoted."""
    items = sentence.items[first:last]
    length = sum(item.end - item.start for item in items)
    quoted = sum(item.end - item.start for item in items if item.kind == "quote")
    words = len(sentence.text(first, last).split())
    return words >= _LEAST_WORDS and quoted < _MOST_QUOTED * length


def _text(sentence: Sentence, verb: int, span: tuple[int, int], speakers: Sequence[Entity]) -> str:
    text = sentence.text(*span)
    if span[0] == verb:
        text = f"{' and '.join(entity.name for entity in speakers)} {text}"
    return _as_sentence(text)


def _as_sentence(text: str) -> str:
    text = text.rstrip(" ,;:.")
    return f"{text[:1].upper()}{text[1:]}."


def _according(sentence: Sentence, discourse: DiscourseModel) -> Iterator[Assertion]:
    """Return what is so according to somebody, where nothing of it is quoted."""
    items = sentence.items
    for at in range(len(items) - 2):
        if items[at].lower != "according" or items[at + 1].lower != "to":
            continue
        subject = subject_behind(items, at + 2)
        speakers = discourse.resolve(subject, sentence)
        if subject is None or not speakers:
            continue
        span = _rest(items, at, subject.last)
        if span is not None and _enough(sentence, *span) and not _has_verb(items, span):
            yield Assertion(_as_sentence(sentence.text(*span)), speakers, sentence, at, *span)


def _rest(items: Sequence[SentenceItem], at: int, after: int) -> tuple[int, int] | None:
    """Return what of a sentence is not ``according to somebody``."""
    if at == 0:
        comma = next((place for place in range(after, len(items)) if items[place].text == ","), None)
        return (comma + 1, len(items)) if comma is not None and comma + 1 < len(items) else None
    return (0, at) if at > 1 and items[0].lower not in ADVERBS else None


def _has_verb(items: Sequence[SentenceItem], span: Iterable[int]) -> bool:
    first, last = span
    return any(first <= verb < last and items[verb].lower in STATING for verb in verbs(items))
