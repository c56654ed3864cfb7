"""Noun phrases that can be a subject: names, pronouns, and descriptions such as "a spokesman for the city"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bot.english import roles
from bot.english.grammar import ADVERBS, AUXILIARIES, PREPOSITIONS, PRONOUNS, RELATIVES, SUBORDINATORS, word_set
from bot.english.name_words import ANYBODY, BODY_NOUNS, DOCUMENTS, GENERIC_BODIES, PEOPLE
from bot.english.sentences import SentenceItem
from bot.english.speech import SAYING

LONGEST_ROLE = 6
"""Items of a role before a name."""

PHRASE_BOUNDS = AUXILIARIES | SAYING | RELATIVES | SUBORDINATORS | word_set("but or so yet")
"""Words that belong to no noun phrase, so that one begins behind them or ends before them."""

# Behind its verb a phrase ends at a preposition, too, but for those that go on with it: said an engineer for the city.
_BOUNDS_BEHIND_VERB = (PREPOSITIONS - word_set("of for at from with")) | RELATIVES | AUXILIARIES | SUBORDINATORS
_SPEAKING_NOUNS = PEOPLE | ANYBODY | BODY_NOUNS | DOCUMENTS


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


def subject_at(items: Sequence[SentenceItem], place: int, end: int) -> Subject | None:
    """Return the noun phrase that begins a clause at ``place``; None where what begins there cannot speak."""
    while place < end and (items[place].lower in ("and", "but", "both", "so", "yet") or items[place].lower in ADVERBS - {"all"}):
        place += 1
    if place >= end:
        return None
    item = items[place]
    if item.lower in PRONOUNS - {"who"}:
        return Subject("pronoun", place, place + 1)
    stop = place
    while stop < end and not items[stop].stops and items[stop].lower not in PHRASE_BOUNDS:
        stop += 1
    if item.kind == "name" and (stop == place + 1 or not items[place + 1].possessive):
        return Subject("names", place, _names_end(items, place, end))
    if _is_apposed(items, place, stop):
        return Subject("names", stop - 1, stop)
    return described_subject(items, place, stop)


def subject_behind(items: Sequence[SentenceItem], place: int, *, anybody: bool = False) -> Subject | None:
    """Return the subject that begins at ``place``, behind its verb: said Maria Lee, said a spokesman for the city.

    None where what stands there cannot speak. ``anybody``: an unknown noun will do, as in "said one angler".
    """
    end = place
    while end < len(items) and not items[end].stops and items[end].lower not in _BOUNDS_BEHIND_VERB:
        end += 1
    if place >= end:
        return None
    if items[place].lower in PRONOUNS:
        return Subject("pronoun", place, place + 1)
    if items[place].kind == "name" and place + 1 < end and items[place + 1].lower in PREPOSITIONS:
        return Subject("names", place, place + 1)  # said Ann Lee of the union
    last = items[end - 1]
    owned = any(item.possessive for item in items[place : end - 1])
    if _is_apposed(items, place, end) or (last.kind == "name" and end - place > 1 and owned):
        return Subject("names", end - 1, end)  # said the mayor's spokesman Colin Baird
    name = place + (items[place].lower == "the")
    if name < end and items[name].kind == "name" and (end == name + 1 or not items[name + 1].possessive):
        return Subject("names", name, _names_end(items, name, end))
    unknown = anybody and end > place + 1 and items[place].lower in ("a", "an", "one", "another")
    return described_subject(items, place, end) or (Subject("noun", place, end) if unknown else None)


def named_from(items: Sequence[SentenceItem], place: int) -> Subject:
    """Return the names that begin at ``place``, joined by commas and ``and``."""
    return Subject("names", place, _names_end(items, place, len(items)))


def described_subject(items: Sequence[SentenceItem], first: int, last: int) -> Subject | None:
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


def noun_head(items: Sequence[SentenceItem]) -> str | None:
    """Return the noun of a description, before its first preposition; None where it is nothing that can speak."""
    words: list[str] = []
    for item in items:
        if item.lower in PREPOSITIONS and words:
            break
        person = item.entity is not None and item.entity.kind == "person"
        words.append(item.text.lower() if item.kind in ("word", "name") and not person else "")
    for word in reversed(words[-2:]):
        if word in _SPEAKING_NOUNS or roles.is_role(word):
            return word
    return None


def _is_apposed(items: Sequence[SentenceItem], first: int, last: int) -> bool:
    """Return whether a name stands right behind what it is: the engineer Ann Lee, the consumer group SafeRide."""
    if last - first < 2 or items[last - 1].kind != "name":
        return False
    return roles.is_role(items[last - 2].text) or items[last - 2].lower in GENERIC_BODIES


def _names_end(items: Sequence[SentenceItem], place: int, end: int) -> int:
    """Return where names joined by commas and ``and`` end: behind the first one where nothing joins them."""
    stop = place + 1
    while stop + 1 < end and items[stop].text in ("and", ",", "or"):
        following_name = next((at for at in range(stop + 1, min(stop + LONGEST_ROLE, end)) if items[at].kind == "name"), None)
        role = " ".join(item.text for item in items[stop + 1 : following_name])
        if following_name is None or (role and (roles.head(role) is None or items[stop].text == ",")):
            break
        stop = following_name + 1
    listed = any(item.text in ("and", "or") for item in items[place:stop])
    return stop if listed else place + 1
