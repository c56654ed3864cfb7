"""Whom a pronoun means: the one person of the sentences before it who can be meant, where there is no more than one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.english.persons import PersonMention
from bot.english.sentences import Entity, Sentence, SentenceItem
from bot.english.word_classes import RELATIVES, SUBORDINATORS

MAX_BACK = 2
"""Sentences between a pronoun and the last in which whom it means is spoken of; behind more, nobody is sure to be meant."""

_JOINS = RELATIVES | SUBORDINATORS | {"and", "but", "that"}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom a sentence speaks of, as who it is; ``entity`` is None for a pronoun that may mean several."""

    entity: Entity | None
    mention: PersonMention
    paragraph: int

    @property
    def woman(self) -> bool | None:
        """Whether it is a woman, as far as the text tells."""
        known = self.entity.woman if self.entity is not None else None
        return self.mention.woman if self.mention.woman is not None else known


def antecedent(pronoun: PersonMention, sentence: Sentence, before: Sequence[Sequence[Person]]) -> Entity | None:
    """Return whom a pronoun means, None where that is not sure; ``before`` are the persons of the last sentences and of its own.

    It is sure where one person alone fits among those since "he" or "she" was last said, whom that means included. Where there
    are more, it is sure for whoever leads the nearest sentence with any, if of nobody else the sex is known to fit.
    """
    near = [*_fitting(pronoun, sentence, before)]
    back = next((back for back, persons in enumerate(near) if persons), None)
    if back is None or back > MAX_BACK:
        return None
    first = near[back][0]
    entity, leads = first.entity, any(person.mention.leads for person in near[back])
    if len({person.entity for person in near[back]}) > 1 or entity is None or entity.kind not in ("person", "unknown"):
        return None
    known = any(person.entity is entity and person.woman is not None for persons in near for person in persons)
    if known and (first.mention.kind == "name" or leads):
        # Those of earlier paragraphs are too far off to be meant.
        own = sentence.paragraph.number
        near = [persons for at, persons in enumerate(near) if at <= back or (persons and persons[0].paragraph == own)]
    others = {person.entity: person for persons in near for person in persons if person.entity is not entity}
    if not others:
        return entity if (known and (leads or back < MAX_BACK)) or (not known and back < MAX_BACK) else None
    likely = any(person.mention.leads or person.woman is not None for person in others.values() if person.entity is not None)
    # Two that begin their sentences are the same: Lee met Reed. | He.
    alike = pronoun.index == 0 and back == 1 and None not in others
    return entity if known and leads and back < MAX_BACK and (not likely or alike) else None


def alone_in_paragraph(pronoun: PersonMention, sentence: Sentence, spoken_of: Sequence[Person]) -> Entity | None:
    """Return the only person whom a paragraph names and who is known to fit "he" or "she"; None where somebody else may be meant.

    ``spoken_of`` are the persons of the paragraph before the pronoun. Somebody else may be meant where "he" was said, or an
    unnamed person described, before the name, and where a sentence begins with such a description behind it.
    """
    fitting = [person for person in spoken_of if person.woman in (None, pronoun.woman)]
    named = [index for index, person in enumerate(fitting) if person.mention.kind == "name"]
    if not pronoun.subject or not named or len({fitting[index].entity for index in named}) > 1:
        return None
    before, behind, entity = fitting[: named[0]], fitting[named[0] :], fitting[named[0]].entity
    if entity is None or entity.kind != "person" or entity.woman is not pronoun.woman:
        return None
    leads = any(fitting[index].mention.leads for index in named)
    if any(person.mention.kind == "pronoun" for person in before) or (before and not leads):
        return None
    others = (person.mention for person in behind if person.mention.kind == "description")
    is_object = any(item.lower in ("him", "her") for item in sentence.items[: pronoun.index])
    return None if is_object or any(mention.leads for mention in others) else entity


def _fitting(pronoun: PersonMention, sentence: Sentence, before: Sequence[Sequence[Person]]) -> Iterator[list[Person]]:
    """Yield who fits a pronoun in its sentence, the one before it and so on, the latest first, up to the last "he" or "she"."""
    for back, persons in enumerate(reversed(before)):
        candidates: list[Person] = []
        for person in reversed(persons):
            mention = person.mention
            # "His" and "him" of a sentence before may mean whom they like: he is spoken of by other words, too.
            unread = back > 0 and mention.kind == "pronoun" and not mention.subject and person.entity is None
            if unread or person.woman not in (None, pronoun.woman):
                continue
            # Nobody who acts is the "him" of the same clause.
            own = back == 0 and sentence.items[pronoun.index].lower == "him"
            if own and not _parted(sentence.items[mention.index : pronoun.index]):
                continue
            candidates.append(person)
            if mention.kind == "pronoun" and mention.subject:
                yield candidates
                return
        yield candidates


def _parted(items: Sequence[SentenceItem]) -> bool:
    """Return whether another clause begins among items."""
    return any(item.text in (";", ":", "—") or item.lower in _JOINS for item in items[1:])
