"""The subject of a verb: shallow reading of a sentence by its commas, prepositions and small words.

What can be one is a noun phrase: names, a pronoun, or a description such as "a spokesman for the city".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from bot.english import roles
from bot.english.descriptions import PHRASE_BOUNDS, noun_head
from bot.english.name_words import GENERIC_BODIES, PEOPLE
from bot.english.sentences import SentenceItem, before_verb, verbs
from bot.english.word_classes import (
    ADVERBS,
    AUXILIARIES,
    DETERMINERS,
    PARTICIPLES,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    SAYING,
    SUBORDINATORS,
    word_set,
)

_MAX_ROLE = 6  # items of a role before a name
# Behind its verb a phrase ends at a preposition, too, but for those that go on with it: said an engineer for the city.
_BOUNDS_BEHIND_VERB = (PREPOSITIONS - word_set("of for at from with")) | RELATIVES | AUXILIARIES | SUBORDINATORS
_WITHIN = word_set("from of at to near for with against towards into")  # before what is no subject: the lady from Lea
_PARTS = (",", "—", "–", ";", "(", ")", ":")
_RELAYING = word_set("quoted quotes quoting cited cites citing")
_REMEMBERING = word_set("recalled recalls recalling remembered remembers heard")
_REPEATING = _RELAYING | _REMEMBERING | word_set("repeated repeats repeating")
_WRITTEN = word_set("words statement letter message remarks remark warning reply testimony tweet post e-mail email diary promise")
_INTRODUCES = PREPOSITIONS | SUBORDINATORS | ADVERBS | word_set("earlier later asked speaking writing responding")


@dataclass(frozen=True, slots=True)
class Subject:
    """A noun phrase that is a subject: the items of its sentence from ``first`` to before ``last``.

    ``names``: one name or several joined ones; ``pronoun``: he, it, they; ``noun``: a description such as "a spokesman for the
    city". ``also`` is another subject beside it.
    """

    kind: Literal["names", "pronoun", "noun"]
    first: int
    last: int
    also: Subject | None = None


def _subject_at(items: Sequence[SentenceItem], index: int, end: int) -> Subject | None:
    """Return the noun phrase that begins a clause at ``index``; None where what begins there cannot speak."""
    while index < end and (items[index].lower in ("and", "but", "both", "so", "yet") or items[index].lower in ADVERBS - {"all"}):
        index += 1
    if index >= end:
        return None
    item = items[index]
    if item.lower in PRONOUNS - {"who"}:
        return Subject("pronoun", index, index + 1)
    stop = index
    while stop < end and not items[stop].stops and items[stop].lower not in PHRASE_BOUNDS:
        stop += 1
    if item.kind == "name" and (stop == index + 1 or not items[index + 1].possessive):
        return Subject("names", index, names_end(items, index, end))
    if _is_apposed(items, index, stop):
        return Subject("names", stop - 1, stop)
    return _described_subject(items, index, stop)


def subject_behind(items: Sequence[SentenceItem], index: int, *, anybody: bool = False) -> Subject | None:
    """Return the subject that begins at ``index``, behind its verb: said Maria Lee, said a spokesman for the city.

    None where what stands there cannot speak. ``anybody``: an unknown noun will do, as in "said one angler".
    """
    end = index
    while end < len(items) and not items[end].stops and items[end].lower not in _BOUNDS_BEHIND_VERB:
        end += 1
    if index >= end:
        return None
    if items[index].lower in PRONOUNS:
        return Subject("pronoun", index, index + 1)
    if items[index].kind == "name" and index + 1 < end and items[index + 1].lower in PREPOSITIONS:
        return Subject("names", index, index + 1)  # said Ann Lee of the union
    last = items[end - 1]
    owned = any(item.possessive for item in items[index : end - 1])
    if _is_apposed(items, index, end) or (last.kind == "name" and end - index > 1 and owned):
        return Subject("names", end - 1, end)  # said the mayor's spokesman Colin Baird
    name = index + (items[index].lower == "the")
    if name + 1 < end and items[name].kind == "name" and roles.is_role(items[name + 1].text):
        return Subject("noun", index, end)  # said Crown counsel
    if name < end and items[name].kind == "name" and (end == name + 1 or not items[name + 1].possessive):
        return Subject("names", name, names_end(items, name, end))
    described = _described_subject(items, index, end)
    if described is not None or not anybody or end == index + 1 or items[index].lower not in DETERMINERS - {"all", "such"}:
        return described
    if end + 1 < len(items) and items[end].text == "," and items[end + 1].kind == "name":
        return Subject("names", end + 1, end + 2)  # said the commander, Ann Lee
    return Subject("noun", index, end)


def _described_subject(items: Sequence[SentenceItem], first: int, last: int) -> Subject | None:
    """Return a description from ``first`` to before ``last``, or the name that it belongs to.

    None where its noun says nothing that can speak: neither people, a role, a body nor a document.
    """
    entity = items[first].entity if first < last else None
    if entity is not None and entity.kind == "person" and first + 1 < last and items[first + 1].lower in PREPOSITIONS:
        return Subject("names", first, first + 1)  # Ann Lee of the university
    head = noun_head(items[first:last])
    named = last + 1 < len(items) and items[last].text == "," and items[last + 1].kind == "name"
    if head and named and roles.is_role(head):
        return Subject("names", last + 1, last + 2)  # its spokesman, Colin Baird
    while last - 1 > first and items[last - 1].lower in PREPOSITIONS:
        last -= 1  # the owner of a house in | which
    return Subject("noun", first, last) if head else None


def _is_apposed(items: Sequence[SentenceItem], first: int, last: int) -> bool:
    """Return whether a name stands right behind what it is: the engineer Ann Lee, the consumer group SafeRide."""
    if last - first < 2 or items[last - 1].kind != "name":
        return False
    return roles.is_role(items[last - 2].text) or items[last - 2].lower in GENERIC_BODIES


def names_end(items: Sequence[SentenceItem], index: int, end: int) -> int:
    """Return where names joined by commas and ``and`` end: behind the first one where nothing joins them."""
    stop = index + 1
    while stop + 1 < end and items[stop].text in ("and", ",", "or"):
        following_name = next((at for at in range(stop + 1, min(stop + _MAX_ROLE, end)) if items[at].kind == "name"), None)
        role = " ".join(item.text for item in items[stop + 1 : following_name])
        if following_name is None or (role and (roles.head(role) is None or items[stop].text == ",")):
            break
        stop = following_name + 1
    listed = any(item.text in ("and", "or") for item in items[index:stop])
    return stop if listed else index + 1


def subject_of(items: Sequence[SentenceItem], verb: int, start: int = 0) -> Subject | None:
    """Return the subject of a verb, looked for no further left than ``start``."""
    if items[verb].lower in ("read", "reads"):
        by = next((at for at in range(verb - 1, start, -1) if items[at].lower in ("by", "from")), None)
        author = subject_behind(items, by + 1) if by is not None else None
        if author is not None:
            return author
    if (relayed := _relayed(items, verb)) is not None:
        return relayed
    index = before_verb(items, verb)
    if items[verb].lower in PARTICIPLES and not any(item.lower in AUXILIARIES for item in items[index + 1 : verb]):
        return _governing(items, verb, start)
    if index < start:
        return None
    item = items[index]
    if item.text in _PARTS:
        subject = _across(items, index, start)
    elif item.lower in ("and", "but", "or", "then"):
        subject = _governing(items, verb, start)
    else:
        subject = _ending_at(items, index, start)
    if items[verb].lower in ("read", "reads") and subject is not None and subject.kind == "names":
        entity = items[subject.first].entity
        if entity is not None and entity.kind in ("person", "unknown"):
            return None  # a person by name may read what somebody else wrote
    return subject


def _relayed(items: Sequence[SentenceItem], verb: int) -> Subject | None:
    """Return whom somebody quotes, whichever of both verbs is read: Lee quoted | Reed | as saying, quoting | Reed | : “…”.

    So is who had told it, and whose words are repeated: Lee said | Reed | had told her, Lee repeated | Reed | 's words.
    """
    if items[verb].lower == "saying" and verb > 1:
        verb -= 3 if items[verb - 1].lower == "as" else 2
        if verb < 0 or items[verb].lower not in _RELAYING | _REMEMBERING:
            return None
    said = items[verb].lower
    start = verb + 1 + any(item.lower == "that" for item in items[verb + 1 : verb + 2])
    behind = items[start + 1 : start + 3]
    keys = [item.lower for item in behind]
    relayed = (
        (said in _RELAYING and keys == ["as", "saying"])
        or (said in _RELAYING and any(item.kind == "quote" or item.text == ":" for item in behind[:1]))
        or (said in _REMEMBERING and keys[:1] == ["saying"])
        or (said in _REPEATING and any(item.possessive for item in behind[:1]) and keys[-1] in _WRITTEN)
        or (keys[:1] == ["had"] and keys[-1] in SAYING)
    )
    return Subject("names", start, start + 1) if relayed and items[start].kind == "name" else None


def first_subject(items: Sequence[SentenceItem], start: int = 0, end: int | None = None) -> Subject | None:
    """Return the first thing in a clause that can be a subject, behind what introduces it."""
    end = len(items) if end is None else end
    for index in range(start, end):
        if index != start and items[index - 1].text not in _PARTS:
            continue
        # A part may only introduce the next: In May, Speaking to reporters; but not Leading officials.
        first, second = items[index].lower, items[index + 1].lower if index + 1 < len(items) else ""
        introduces = first in _INTRODUCES or (first.endswith("ing") and second not in PEOPLE)
        stop = next((item.text for item in items[index : end - 1] if item.text in _PARTS or item.kind == "quote"), "")
        subject = None if introduces and stop in _PARTS else _subject_at(items, index, end)
        if subject is not None:
            return subject
    free = (at for at in range(start, end) if items[at].kind == "name" and (at == 0 or items[at - 1].lower not in _WITHIN))
    return next((Subject("names", at, at + 1) for at in free), None)


def _governing(items: Sequence[SentenceItem], verb: int, start: int) -> Subject | None:
    """Return the subject of the verb of speech to the left that has one of its own, else the first of the sentence."""
    for other in reversed([index for index in verbs(items, verb) if index >= start]):
        if items[other].lower not in PARTICIPLES:
            subject = subject_of(items, other, start)
            if subject is not None:
                return subject
    return first_subject(items, start, verb)


def _across(items: Sequence[SentenceItem], comma: int, start: int) -> Subject | None:
    """Return the subject that what stands between commas keeps apart from its verb."""
    end = comma
    while end > start:
        if items[end].text == ")":
            end = next((at for at in range(end, start - 1, -1) if items[at].text == "("), start)
            return _ending_at(items, end - 1, start) if end > start else None
        begin = _segment(items, end, start)
        if begin > start and items[begin - 1].kind != "quote":
            # It only adds to what is before it, by itself or as the rest of a list in a clause with "who".
            before = items[_segment(items, begin - 1, start)].lower
            if _is_interposed(items, begin, end) or before in ("who", "which", "whose"):
                end = begin - 1
                continue
        if items[end - 1].kind == "quote":
            return None
        subject = _subject_at(items, begin, end) or _ending_at(items, end - 1, begin) or first_subject(items, start, end)
        return _joined(items, begin, start, subject)
    return None


def _joined(items: Sequence[SentenceItem], begin: int, start: int, subject: Subject | None) -> Subject | None:
    """Add whom ``and`` joins over an apposition: Rosa Delgado, a Democrat, and Bill Crane, a Republican, said."""
    if subject is None or subject.kind != "names" or items[begin].lower != "and" or begin - 1 <= start:
        return subject
    apposition = items[_segment(items, begin - 1, start)]
    if items[begin - 1].text != "," or apposition.lower not in DETERMINERS | {"who", "whose"}:
        return subject
    other = _across(items, begin - 1, start)
    return replace(subject, also=other) if other is not None and other.kind == "names" else subject


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
    if named and first.kind == "name" and begin + 1 < end and items[begin + 1].possessive:
        return True  # Ann Lee, Halcyon's producer, said
    words = " ".join(item.text for item in items[begin:end])
    return named and (first.lower in DETERMINERS or roles.head(words) is not None)


def _ending_at(items: Sequence[SentenceItem], index: int, start: int) -> Subject | None:
    """Return the subject that ends here."""
    item = items[index]
    if item.lower == "who" or (item.lower in ("which", "that") and index > start):
        before = index - 1 - (items[index - 1].text == ",")
        begin = _segment(items, before, start)
        if begin - 2 >= start and items[begin - 2].kind == "name" and _is_interposed(items, begin, before + 1):
            before = begin - 2  # Ann Lee, a nurse, who
        subject = _ending_at(items, before, start) if before >= start else None
        beside = subject and subject.last <= before and items[before].kind == "name"  # she disagreed with Lee, who
        return Subject("names", before, before + 1) if beside else subject
    if item.lower in PRONOUNS:
        return Subject("pronoun", index, index + 1)
    if item.kind == "name":
        return _with_name(items, index, start)
    if item.kind != "word":
        return None
    return _noun_ending_at(items, index, start)


def _with_name(items: Sequence[SentenceItem], index: int, start: int) -> Subject:
    """Return the names that end here: one, or several joined; or the description that the last name belongs to."""
    before = items[index - 1] if index > start else None
    if before is not None and before.lower in ("the", "its", "their") and index - 1 > start:
        before = items[index - 2]
    if before is not None and before.lower in ("of", "for", "at", "from", "in", "with"):
        noun = _noun_ending_at(items, index, start)
        if noun is not None:
            return noun
    first = index
    while first - 2 >= start and items[first - 2].kind == "name" and items[first - 1].text in ("and", "or", ","):
        if items[first - 1].text == "," and first == index:
            break
        first -= 2
    # "And" may join a name over a role: Ann Lee | and commissioner | Tom Reed.
    begin = first
    while begin > start and first - begin < _MAX_ROLE and items[begin - 1].kind == "word" and items[begin - 1].text != "and":
        begin -= 1
    role = " ".join(item.text for item in items[begin:first])
    joined = begin - 2 >= start and items[begin - 1].text == "and" and items[begin - 2].kind == "name"
    also = _with_name(items, begin - 2, start) if joined and roles.head(role) is not None else None
    return Subject("names", first, index + 1, also if also is not None and also.kind == "names" else None)


def _noun_ending_at(items: Sequence[SentenceItem], index: int, start: int) -> Subject | None:
    """Return the description that ends here, or the subject of the clause that it is a part of."""
    first = index
    while first > start and not items[first - 1].stops and items[first - 1].lower not in PHRASE_BOUNDS:
        first -= 1
    if items[first].lower in ("one", "another") and first < index:
        return Subject("noun", first, index + 1)  # what one angler described as
    if first > start and items[first - 1].lower in AUXILIARIES | SAYING | RELATIVES:
        # What a clause with "who" belongs to, or else the first subject of the sentence.
        for at in range(first - 1, start, -1):
            if items[at].stops:
                break
            if items[at].lower in ("who", "which"):
                return _ending_at(items, at - 1, start)
        return first_subject(items, start, first)
    begin = _after_introduction(items, first, index)
    return _described_subject(items, begin, index + 1) or first_subject(items, start, index + 1)


def _after_introduction(items: Sequence[SentenceItem], first: int, index: int) -> int:
    """Return where a noun begins when a preposition introduces the clause without a comma: In a statement | the company."""
    while first < index and items[first].lower in ("and", "however", "now", "then"):
        first += 1
    for at in range(index - 1, first, -1):
        before = items[first:at]
        verb = any(item.lower in PRONOUNS or (item.lower.endswith("ed") and item.kind == "word") for item in before)
        if verb and items[at].lower in ("and", "but"):
            return at + 1
    if items[first].lower in _INTRODUCES:
        starts = [at for at in range(first + 1, index + 1) if items[at].lower in DETERMINERS or items[at].lower in PEOPLE]
        return starts[-1] if starts else first
    return first
