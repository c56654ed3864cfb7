"""The subject of a verb: shallow reading of a sentence by its commas, prepositions and small words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.english import roles
from bot.english.grammar import ADVERBS, AUXILIARIES, DETERMINERS, PREPOSITIONS, PRONOUNS, RELATIVES, SUBORDINATORS, word_set
from bot.english.name_words import PEOPLE
from bot.english.noun_phrases import LONGEST_ROLE, PHRASE_BOUNDS, Subject, described_subject, subject_at, subject_behind
from bot.english.sentences import SentenceItem, before_verb, verbs
from bot.english.speech import PARTICIPLES, SAYING

_PARTS = (",", "—", "–", ";", "(", ")", ":")
_INTRODUCES = PREPOSITIONS | SUBORDINATORS | ADVERBS | word_set("earlier later asked speaking writing responding")


def subject_of(items: Sequence[SentenceItem], verb: int, start: int = 0) -> Subject | None:
    """Return the subject of a verb, looked for no further left than ``start``."""
    if items[verb].lower in ("read", "reads"):
        by = next((at for at in range(verb - 1, start, -1) if items[at].lower in ("by", "from")), None)
        author = subject_behind(items, by + 1) if by is not None else None
        if author is not None:
            return author
    if items[verb].lower in PARTICIPLES and not _is_progressive(items, verb):
        return _governing(items, verb, start)
    place = before_verb(items, verb)
    if place < start:
        return None
    item = items[place]
    if item.text in _PARTS:
        found = _across(items, place, start)
    elif item.lower in ("and", "but", "or", "then"):
        found = _governing(items, verb, start)
    else:
        found = _ending_at(items, place, start)
    return None if items[verb].lower in ("read", "reads") and _is_person(items, found) else found


def _is_person(items: Sequence[SentenceItem], subject: Subject | None) -> bool:
    """Return whether a subject is a person by name, who may read what somebody else wrote."""
    entity = items[subject.first].entity if subject is not None and subject.kind == "names" else None
    return entity is not None and entity.kind in ("person", "unknown")


def first_subject(items: Sequence[SentenceItem], start: int = 0, end: int | None = None) -> Subject | None:
    """Return the first thing in a clause that can be a subject, behind what introduces it."""
    end = len(items) if end is None else end
    parts = (place for place in range(start, end) if place == start or items[place - 1].text in _PARTS)
    found = (subject_at(items, place, end) for place in parts if not _introduces(items, place, end))
    names = (Subject("names", at, at + 1) for at in range(start, end) if items[at].kind == "name")
    return next(filter(None, found), None) or next(names, None)


def _introduces(items: Sequence[SentenceItem], place: int, end: int) -> bool:
    """Return whether a part only introduces the next: In May, Speaking to reporters; but not Leading officials."""
    first, second = items[place], items[place + 1] if place + 1 < len(items) else None
    participle = first.lower.endswith("ing") and not (second is not None and second.lower in PEOPLE)
    stop = next((at for at in range(place, end - 1) if items[at].text in _PARTS or items[at].kind == "quote"), None)
    return (first.lower in _INTRODUCES or participle) and stop is not None and items[stop].text in _PARTS


def _is_progressive(items: Sequence[SentenceItem], verb: int) -> bool:
    return any(item.lower in AUXILIARIES for item in items[before_verb(items, verb) + 1 : verb])


def _governing(items: Sequence[SentenceItem], verb: int, start: int) -> Subject | None:
    """Return the subject of the verb of speech to the left that has one of its own, else the first of the sentence."""
    for other in reversed([place for place in verbs(items, verb) if place >= start]):
        if items[other].lower not in PARTICIPLES:
            found = subject_of(items, other, start)
            if found is not None:
                return found
    return first_subject(items, start, verb)


def _across(items: Sequence[SentenceItem], comma: int, start: int) -> Subject | None:
    """Return the subject that what stands between commas keeps apart from its verb."""
    end = comma
    while end > start:
        if items[end].text == ")":
            end = next((at for at in range(end, start - 1, -1) if items[at].text == "("), start)
            return _ending_at(items, end - 1, start) if end > start else None
        begin = _segment(items, end, start)
        if begin > start and items[begin - 1].kind != "quote" and _adds(items, begin, end, start):
            end = begin - 1
            continue
        if items[end - 1].kind == "quote":
            return None
        found = subject_at(items, begin, end) or _ending_at(items, end - 1, begin) or first_subject(items, start, end)
        return _joined(items, begin, start, found)
    return None


def _joined(items: Sequence[SentenceItem], begin: int, start: int, found: Subject | None) -> Subject | None:
    """Add whom ``and`` joins over an apposition: Rosa Delgado, a Democrat, and Bill Crane, a Republican, said."""
    if found is None or found.kind != "names" or items[begin].lower != "and" or begin - 1 <= start:
        return found
    apposition = items[_segment(items, begin - 1, start)]
    if items[begin - 1].text != "," or apposition.lower not in DETERMINERS | {"who", "whose"}:
        return found
    other = _across(items, begin - 1, start)
    return replace(found, also=other) if other is not None and other.kind == "names" else found


def _adds(items: Sequence[SentenceItem], begin: int, end: int, start: int) -> bool:
    """Return whether a part only adds to what is before it, by itself or as the rest of a list in a clause with ``who``."""
    before = items[_segment(items, begin - 1, start)]
    return _is_interposed(items, begin, end) or before.lower in ("who", "which", "whose")


def _segment(items: Sequence[SentenceItem], end: int, start: int) -> int:
    """Return where the part of a sentence that ends here begins."""
    begin = end
    while begin > start and items[begin - 1].text not in _PARTS and items[begin - 1].kind != "quote":
        begin -= 1
    return begin


def _is_interposed(items: Sequence[SentenceItem], begin: int, end: int) -> bool:
    """Return whether a part between commas only tells more of what is before it."""
    first = items[begin] if begin < end else None
    if first is None or first.text.isdigit() or first.lower in RELATIVES | PREPOSITIONS | SUBORDINATORS:
        return True
    if first.lower.endswith(("ing", "ed")):
        return True
    before = begin - 4 if begin >= 4 and items[begin - 2].text.isdigit() else begin - 2  # an age may stand between
    named = before >= 0 and items[before].kind == "name"
    words = " ".join(item.text for item in items[begin:end])
    return named and (first.lower in DETERMINERS or roles.head(words) is not None)


def _ending_at(items: Sequence[SentenceItem], place: int, start: int) -> Subject | None:
    """Return the subject that ends here."""
    item = items[place]
    if item.lower == "who" or (item.lower in ("which", "that") and place > start):
        before = place - 1 - (items[place - 1].text == ",")
        begin = _segment(items, before, start)
        if begin - 2 >= start and items[begin - 2].kind == "name" and _is_interposed(items, begin, before + 1):
            before = begin - 2  # Ann Lee, a nurse, who
        return _ending_at(items, before, start) if before >= start else None
    if item.lower in PRONOUNS:
        return Subject("pronoun", place, place + 1)
    if item.kind == "name":
        return _with_name(items, place, start)
    if item.kind != "word":
        return None
    return _noun_ending_at(items, place, start)


def _with_name(items: Sequence[SentenceItem], place: int, start: int) -> Subject:
    """Return the names that end here: one, or several joined; or the description that the last name belongs to."""
    before = items[place - 1] if place > start else None
    if before is not None and before.lower in ("the", "its", "their") and place - 1 > start:
        before = items[place - 2]
    if before is not None and before.lower in ("of", "for", "at", "from", "in", "with"):
        noun = _noun_ending_at(items, place, start)
        if noun is not None:
            return noun
    first = place
    while first - 2 >= start and items[first - 2].kind == "name" and items[first - 1].text in ("and", "or", ","):
        if items[first - 1].text == "," and first == place:
            break
        first -= 2
    described = _name_before_role(items, first, start)
    also = _with_name(items, described, start) if described is not None else None
    return Subject("names", first, place + 1, also if also is not None and also.kind == "names" else None)


def _name_before_role(items: Sequence[SentenceItem], place: int, start: int) -> int | None:
    """Return the name that ``and`` joins over a role: Ann Lee | and commissioner | Tom Reed."""
    first = place
    while first > start and place - first < LONGEST_ROLE and items[first - 1].kind == "word" and items[first - 1].text != "and":
        first -= 1
    role = " ".join(item.text for item in items[first:place])
    joined = first - 2 >= start and items[first - 1].text == "and" and items[first - 2].kind == "name"
    return first - 2 if joined and roles.head(role) is not None else None


def _noun_ending_at(items: Sequence[SentenceItem], place: int, start: int) -> Subject | None:
    """Return the description that ends here, or the subject of the clause that it is a part of."""
    first = place
    while first > start and not items[first - 1].stops and items[first - 1].lower not in PHRASE_BOUNDS:
        first -= 1
    if items[first].lower in ("one", "another") and first < place:
        return Subject("noun", first, place + 1)  # what one angler described as
    if first > start and items[first - 1].lower in AUXILIARIES | SAYING | RELATIVES:
        return _before_relative(items, first, start)
    return described_subject(items, _after_introduction(items, first, place), place + 1) or first_subject(items, start, place + 1)


def _before_relative(items: Sequence[SentenceItem], place: int, start: int) -> Subject | None:
    """Return what a clause with ``who`` belongs to, or else the first subject of the sentence."""
    for at in range(place - 1, start, -1):
        if items[at].stops:
            break
        if items[at].lower in ("who", "which"):
            return _ending_at(items, at - 1, start)
    return first_subject(items, start, place)


def _after_introduction(items: Sequence[SentenceItem], first: int, place: int) -> int:
    """Return where a noun begins when a preposition introduces the clause without a comma: In a statement | the company."""
    while first < place and items[first].lower in ("and", "however", "now", "then"):
        first += 1
    for at in range(place - 1, first, -1):
        if items[at].lower in ("and", "but") and _has_verb(items[first:at]):
            return at + 1
    if items[first].lower in _INTRODUCES:
        starts = [at for at in range(first + 1, place + 1) if items[at].lower in DETERMINERS or items[at].lower in PEOPLE]
        return starts[-1] if starts else first
    return first


def _has_verb(items: Sequence[SentenceItem]) -> bool:
    return any(item.lower in PRONOUNS or (item.lower.endswith("ed") and item.kind == "word") for item in items)
