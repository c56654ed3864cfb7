"""The persons that a sentence speaks of, one after another: by names, by pronouns, by descriptions such as "the skipper"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.english import roles
from bot.english.name_words import (
    ANYBODY,
    BODY_JOINERS,
    BODY_NOUNS,
    MEN,
    NATION_ENDINGS,
    ORGANISATION_HEADS,
    OUTLETS,
    PEOPLE,
    PERSON_TITLES,
    PLACES,
    WOMEN,
)
from bot.english.sentences import Entity, SentenceItem
from bot.english.word_classes import AUXILIARIES, DETERMINERS, PREPOSITIONS, SAYING, word_set

MAX_BEFORE = 5
"""Words between the article of a description and its noun."""

MAX_FURTHER = 8
"""Items behind the noun of a description within which the name follows: a maker of clocks from Lea, Ann Lee."""

_ONLY_TITLES = word_set("miss sir sister queen king prince princess pope baron lady lord brother general major")
_PERSON_NOUNS = (WOMEN | MEN | ANYBODY) - _ONLY_TITLES | word_set(
    """colleague predecessor successor accused candidate twin child kid monk nun abbot vicar curate thief crook heir orphan
    peasant knight squire duke duchess count countess earl viscount emperor empress tsar sultan hermit saint victor loser
    bride groom newcomer stranger foreigner native drunk drunkard cousin stepson stepdaughter stepmother stepfather lad
    gentleman laureate"""
)
# Words that more often are something else, and persons where "of" goes on with them: the head of the school.
_SELDOM_PERSONS = word_set("head chair cook guard speaker host fan star coach press")
_AGENT_ENDINGS = ("er", "or", "ist", "eer", "ian", "ess")
_THINGS = word_set(
    """answer border butter centre chamber chapter character charter clutter colour computer corner counter cover danger
    december dinner disorder fever filter finger flower folder former harbour honour humour labour ladder later latter letter
    matter meter mirror monitor motor newspaper number october offer order other parlour paper pepper poster power printer
    quarter register report reactor river roller rumour sector september server shelter shoulder shutter silver summer supper
    tanker theater timber tower trailer transfer trigger tractor water weather whatever whether winter wonder business
    process progress success congress address access illness generator elevator factor error terror vector container
    cucumber hammer helicopter sticker thunder slipper sweater further never under over after better longer larger smaller
    greater"""
)
"""Nouns, and words that stand like them, that end as those for persons do."""

_GENERIC = word_set("no any every each many several most all both some other such")
_COPULAS = word_set("is was are were be been being became become becomes as like remains remained called named")
_PRONOUNS = {"he": False, "him": False, "his": False, "she": True, "her": True, "hers": True}
_BEFORE_PLACES = word_set("in at near from across outside inside around off to of into through via")
_CONJUNCTIONS = word_set("and but so yet when while as because that")
_NO_NAMES = ORGANISATION_HEADS | OUTLETS | PLACES | BODY_JOINERS


@dataclass(frozen=True, slots=True)
class PersonMention:
    """Somebody whom a sentence speaks of at an item, or by its items from ``first`` to before ``last``.

    ``woman`` is what the words tell. ``entity`` is who is named, None for pronouns and descriptions. ``leads``: it begins a
    clause; ``subject``: it is "he" or "she".
    """

    kind: Literal["name", "pronoun", "description"]
    index: int
    first: int
    last: int
    woman: bool | None
    entity: Entity | None = None
    leads: bool = False
    subject: bool = False


def persons_in(items: Sequence[SentenceItem]) -> Iterator[PersonMention]:
    """Yield the persons of a sentence outside its quotations, in their order."""
    for index, item in enumerate(items):
        leads = begins_clause(items, index)
        if item.entity is not None and _may_be_person(items, index, item.entity):
            yield PersonMention("name", index, index, index + 1, item.entity.woman, item.entity, leads)
        elif item.lower in _PRONOUNS:
            subject = item.lower in ("he", "she")
            yield PersonMention("pronoun", index, index, index + 1, _PRONOUNS[item.lower], None, leads, subject)
        elif item.kind == "word" and _is_person_noun(items, index):
            first = _beginning(items, index)
            if first is not None and not _belongs_to_name(items, first, index):
                woman = woman_by_words(items[first : index + 1])
                yield PersonMention("description", index, first, index + 1, woman, None, begins_clause(items, first))


def begins_clause(items: Sequence[SentenceItem], index: int) -> bool:
    """Return whether nothing stands before an item in its clause but conjunctions."""
    while index and items[index - 1].lower in _CONJUNCTIONS:
        index -= 1
    return not index or items[index - 1].stops


def woman_by_words(items: Sequence[SentenceItem]) -> bool | None:
    """Return whether words tell that somebody is a woman, or a man; None where they do not."""
    words, noun = {item.lower for item in items}, items[-1].lower
    if words & WOMEN or noun.endswith("woman"):
        return True
    return False if words & MEN or (noun.endswith("man") and noun != "human") else None


def _may_be_person(items: Sequence[SentenceItem], index: int, entity: Entity) -> bool:
    """Return whether a name may be a person's: also one that nothing tells to be a body's or a place's."""
    if entity.kind in ("person", "unknown"):
        return True
    before, words = items[index - 1].lower if index else "", items[index].text.split()
    if entity.kind in ("outlet", "government", "platform") or before in DETERMINERS | _BEFORE_PLACES:
        return False
    if any(word.lower().rstrip(".") in _NO_NAMES or word.isupper() for word in words):
        return False
    return entity.kind != "place" or (len(words) == 1 and begins_clause(items, index))


def _is_person_noun(items: Sequence[SentenceItem], index: int) -> bool:
    """Return whether a word says what a single person is."""
    word = items[index].lower
    following = items[index + 1] if index + 1 < len(items) else None
    if following is not None and (roles.is_role(following.text) or following.lower in BODY_NOUNS | PEOPLE):
        return False  # the junior | minister, the consumer | group
    if word in _SELDOM_PERSONS:
        return index + 1 < len(items) and items[index + 1].lower == "of"
    if word in _PERSON_NOUNS or roles.is_role(word) or _is_national(items, index):
        return word not in _ONLY_TITLES
    # A noun that no list has is a person's where it does something: The forger | told.
    article = next((at for at in range(index - 1, max(index - 4, -1), -1) if items[at].lower in DETERMINERS), None)
    agent = word.endswith(_AGENT_ENDINGS) and len(word) > 5 and word not in _THINGS and word not in PERSON_TITLES
    return agent and article is not None and begins_clause(items, article)


def _is_national(items: Sequence[SentenceItem], index: int) -> bool:
    """Return whether the adjective of a nation stands for somebody, as in: The Swiss laughed."""
    before, behind = items[max(index - 1, 0)].lower, items[index + 1].lower if index + 1 < len(items) else ""
    verb = behind in AUXILIARIES | SAYING or behind.endswith("ed") or behind in ("put", "who", "went", "took", "got", "gave")
    nation = items[index].text[:1].isupper() and items[index].lower.endswith((*NATION_ENDINGS, "iss"))
    return before == "the" and nation and verb


def _beginning(items: Sequence[SentenceItem], index: int) -> int | None:
    """Return where a description begins, at its article or owner; None where it has none, or means nobody in particular."""
    for at in range(index - 1, max(index - MAX_BEFORE - 2, -1), -1):
        item = items[at]
        if item.possessive:
            return at
        if item.stops or item.lower in AUXILIARIES | PREPOSITIONS:
            return None
        if item.lower in DETERMINERS:
            return None if item.lower in _GENERIC else at
    return None


def _belongs_to_name(items: Sequence[SentenceItem], first: int, index: int) -> bool:
    """Return whether a description only says more of somebody who is named beside it: the mayor, Ann Lee; Lee was a nurse."""
    behind = items[index + 1 : index + 3]
    if behind and behind[0].kind == "name":
        return True
    if behind and behind[0].lower in PREPOSITIONS:  # a maker of clocks from Lea, Ann Lee, said
        comma = next((at for at in range(index + 2, min(index + MAX_FURTHER, len(items) - 2)) if items[at].stops), None)
        if comma is not None and items[comma + 1].kind == "name":
            behind = items[comma : comma + 2] if items[comma + 2].text in (",", ".") else ()
    if len(behind) == 2 and behind[0].text in (",", "—", "–", "(") and behind[1].kind == "name":
        return True
    before = items[max(first - 2, 0) : first]
    if len(before) == 2 and before[0].text.isdecimal():
        before = items[max(first - 4, 0) : first - 2]  # Ann Lee, 34, a nurse
    if before and before[-1].lower in _COPULAS:
        return True
    return len(before) == 2 and before[1].text in (",", "(", "—", "–") and before[0].kind == "name"
