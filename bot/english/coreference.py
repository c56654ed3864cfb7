"""Who is meant by he, it, the company, the spokeswoman: what was spoken of last, and what is described but not named."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Sequence
from itertools import chain

from bot.english import roles
from bot.english.antecedents import MAX_BACK, Person, alone_in_paragraph, antecedent
from bot.english.descriptions import description_bounds, description_end, noun_head
from bot.english.name_runs import NameRun
from bot.english.name_words import ANYBODY, BODY_NOUNS, DOCUMENTS, GENERIC_BODIES, MEN, PEOPLE, WOMEN
from bot.english.persons import PersonMention, persons_in, woman_by_words
from bot.english.sentences import Entity, Sentence, SentenceItem
from bot.english.subjects import Subject, first_subject
from bot.english.word_classes import PREPOSITIONS

_SPEAKING_BODIES = frozenset({"organization", "outlet", "platform", "government", "group", "other", "unknown"})
_MESSAGES = frozenset("message note letter tweet post email e-mail memo".split())  # a message may be anybody's
_QUALIFYING = frozenset("former then late own same outgoing retired".split())  # of one in an office
MAX_CALLED = 20
"""People of one role among whom somebody is looked for; a text with more of them is no article."""

_REMEMBERED = 24  # entities; nobody is meant by a pronoun who was spoken of longer ago


class EntityLookup:
    """The entities of a text, by what they are called."""

    def __init__(self) -> None:
        self._described: dict[str, Entity] = {}

    def entity_of(self, run: NameRun) -> Entity | None:
        """Return the entity that a name means."""
        raise NotImplementedError

    def people_called(self, noun: str) -> Sequence[Entity]:
        """Return the people whose role or description has a word, in the order in which they were found; nobody by default."""
        return ()

    def add(self, entity: Entity) -> Entity:
        """Add somebody whom no name names, and return who that is."""
        return self._described.setdefault(entity.name.casefold(), entity)


class DiscourseModel:
    """What a reader of the text has in mind at a sentence: those spoken of last."""

    def __init__(self, index: EntityLookup) -> None:
        self._index = index
        self.entity_of = index.entity_of
        self._several: tuple[Entity, ...] = ()  # whom the last subject of several names named together
        self._recent: list[Entity] = []  # the latest last; subjects after those named beside them
        self._passed: deque[list[Person]] = deque(maxlen=MAX_BACK)  # the persons of the last sentences
        self._in_paragraph: list[Person] = []  # those of the sentences of the paragraph that is read
        self._last: Sentence | None = None
        self._unnamed: dict[str, Entity] = {}  # those whom only descriptions mean
        self._read: tuple[Sentence, list[Person]] | None = None  # those of the sentence that is read

    def resolve(self, subject: Subject | None, sentence: Sentence) -> tuple[Entity, ...]:
        """Return the entities that a subject means; empty where that cannot be resolved."""
        if subject is None:
            return ()
        items = sentence.items[subject.first : subject.last]
        if subject.kind == "names":
            named = [item.entity for item in items if item.entity is not None]
            self._several = tuple(named) if len(named) > 1 else self._several
            return tuple(dict.fromkeys([*self.resolve(subject.also, sentence), *named]))
        nearby = sentence.entities(0, subject.first)
        last_were_several = self._several and set(self._several) == set(self._recent[-len(self._several) :])
        if subject.kind == "pronoun" and items[0].lower == "they" and last_were_several:
            return self._several
        if subject.kind == "pronoun":
            entity = self._meant(sentence).get(subject.first) or self._pronoun(items[0].lower, nearby)
        else:
            entity = self._noun(sentence, subject, nearby)
        return (entity,) if entity is not None else ()

    def is_sure(self, subject: Subject, sentence: Sentence, meant: Sequence[Entity]) -> bool:
        """Return whether nobody else can be meant by a subject than those whom `resolve` returned for it."""
        items = sentence.items[subject.first : subject.last]
        if subject.kind == "names":
            return True
        if subject.kind == "pronoun":
            return subject.first in self._meant(sentence)
        # A description stays one where nobody has it for a role, or one person alone has.
        if any(item.entity is not None for item in items):
            return True
        head = noun_head(items) or items[-1].lower
        return all(head in entity.name.lower() if entity.described else entity is self._called(items) for entity in meant)

    def is_next(self, sentence: Sentence) -> bool:
        """Return whether a sentence is the last that was noted."""
        return self._last is sentence

    def topic_before(self, sentence: Sentence) -> Entity | None:
        """Return whom the sentence before is about: its subject, if that is sure, and it quotes nothing and names nobody else.

        None where it is of another paragraph, or "he" or "she" in that paragraph may mean somebody else.
        """
        last = self._last
        if last is None or last.paragraph is not sentence.paragraph or any(item.kind == "quote" for item in last.items):
            return None
        subject = first_subject(last.items)
        people = [entity for entity in last.entities() if entity.kind in ("person", "unknown")]
        if subject is None or subject.kind == "noun":
            return None
        about: Sequence[Entity | None] = self.resolve(subject, last) if subject.kind == "names" else ()
        if subject.kind == "pronoun":
            about = [person.entity for person in self._passed[-1] if person.mention.index == subject.first]
        if len(about) != 1 or about[0] is None or about[0].kind != "person" or any(other is not about[0] for other in people):
            return None
        unclear = (person for person in self._in_paragraph if person.mention.subject and person.entity is None)
        return None if any(about[0].woman in (None, person.woman) for person in unclear) else about[0]

    def note_sentence(self, sentence: Sentence, speakers: Iterable[Sequence[Entity]]) -> None:
        """Note who was spoken of in a sentence, the most prominent last: those named, its first subject, its speakers."""
        if self._last is None or self._last.paragraph is not sentence.paragraph:
            self._in_paragraph.clear()
        self._last = sentence
        subject = self.resolve(first_subject(sentence.items), sentence)
        self._passed.append(self._persons(sentence))
        self._in_paragraph += self._persons(sentence)
        for entity in (*reversed(sentence.entities()), *subject, *chain.from_iterable(speakers)):
            if entity in self._recent:
                self._recent.remove(entity)
            self._recent.append(entity)
        del self._recent[:-_REMEMBERED]

    def persons_meant(self, sentence: Sentence) -> dict[int, Entity]:
        """Return whom "he" and "she" mean, by their places among the items of a sentence; only where nobody else can be meant."""
        subjects = [position for position, item in enumerate(sentence.items) if item.lower in ("he", "she")]
        meant = self._meant(sentence)
        return {position: meant[position] for position in subjects if position in meant and not meant[position].described}

    def _meant(self, sentence: Sentence) -> dict[int, Entity]:
        """Return whom pronouns of a sentence mean, by their places."""
        pronouns = (person for person in self._persons(sentence) if person.mention.kind == "pronoun")
        return {person.mention.index: person.entity for person in pronouns if person.entity is not None}

    def _persons(self, sentence: Sentence) -> list[Person]:
        """Return the persons of a sentence, each as who it is."""
        if self._read is None or self._read[0] is not sentence:
            persons: list[Person] = []
            for mention in persons_in(sentence.items):
                persons.append(
                    Person(self._entity(mention, sentence, [*self._passed, persons]), mention, sentence.paragraph.number)
                )
            self._read = sentence, persons
        return self._read[1]

    def _entity(self, mention: PersonMention, sentence: Sentence, before: Sequence[Sequence[Person]]) -> Entity | None:
        """Return who is named, described or meant; who "he" or "she" means is a man or a woman from then on."""
        if mention.kind == "pronoun":
            goes_on = self._last is not None and self._last.paragraph is sentence.paragraph
            paragraph = [*(self._in_paragraph if goes_on else ()), *before[-1]]
            meant = antecedent(mention, sentence, before) or alone_in_paragraph(mention, sentence, paragraph)
            if meant is not None and meant.woman is None:
                meant.woman = mention.woman
            return meant
        if mention.entity is not None:
            return mention.entity
        items = sentence.items[mention.first : mention.last]
        text = sentence.text(mention.first, description_end(sentence.items, mention.last))
        return self._called(items) or self._somebody(text, woman_by_words(items))

    def _somebody(self, text: str, woman: bool | None, kind: str = "person") -> Entity:
        """Return somebody who is only described, always the same for the same words."""
        new = Entity(text[:1].upper() + text[1:], kind, woman=woman, described=True)
        return self._unnamed.setdefault(text.casefold(), new)

    def _called(self, items: Sequence[SentenceItem]) -> Entity | None:
        """Return the only person of the text whose role a description names; None where there are several, or none."""
        if items[0].lower not in ("the", "our", "this"):
            return None
        called = self._index.people_called(items[-1].lower)
        if len(called) > MAX_CALLED:
            return None
        office = _office(items)
        people = {entity for entity in called if not entity.described and _has(entity, office)}
        return people.pop() if len(people) == 1 else None

    def last_speaking(self, hearers: Collection[Entity] = ()) -> Entity | None:
        """Return the entity mentioned last that can speak, a person before a body; none of those spoken to."""
        people = (entity for entity in reversed(self._recent) if entity.kind == "person" and entity not in hearers)
        return next(people, self._body(()))

    def _pronoun(self, word: str, nearby: Sequence[Entity]) -> Entity | None:
        """Return whom a pronoun means: whoever fits it and was spoken of last."""
        candidates = [*self._recent, *nearby]
        if word in ("he", "she", "his", "her"):
            woman = word in ("she", "her")
            fitting = [
                candidate
                for candidate in candidates
                if candidate.kind in ("person", "unknown") and candidate.woman in (None, woman)
            ]
            # Whom no name names is meant last, unless the word for them says that it is a woman or a man.
            named = [candidate for candidate in fitting if not candidate.described or candidate.woman is not None]
            people = [candidate for candidate in named if candidate.kind == "person"]
            last = (people or named or fitting)[-1:]
            return last[0] if last else None
        if word == "they":
            several = (
                candidate
                for candidate in reversed(candidates)
                if candidate.kind == "group" or (candidate.described and candidate.kind != "person")
            )
            one = (candidate for candidate in reversed(candidates) if candidate.described)
            return next(several, None) or self._body(nearby) or next(one, None)
        return self._body(nearby) if word == "it" else None

    def _body(self, nearby: Sequence[Entity]) -> Entity | None:
        named = [entity for entity in (*self._recent, *nearby[:1]) if entity.kind in _SPEAKING_BODIES]
        return named[-1] if named else None

    def _noun(self, sentence: Sentence, subject: Subject, nearby: Sequence[Entity]) -> Entity | None:
        """Return whom a description means: a document's author, a body or person of that kind, or somebody new."""
        begin, end = description_bounds(sentence.items, subject.first, subject.last)
        items, text = sentence.items[begin:end], sentence.text(begin, end)
        head = noun_head(items)
        first = items[0].lower
        definite = first in ("the", "this", "that", "its", "his", "her", "their")
        if head is None:
            return self._described(text, "person")
        named = [item.entity for item in items if item.entity is not None]
        if head in DOCUMENTS and not roles.is_role(head):
            if not definite and not named and (head.endswith("s") or head in _MESSAGES):
                return None
            owner = next((items[at - 1].lower for at, item in enumerate(items) if item.possessive and at), "")
            called = self._body_called(owner, nearby) if owner in BODY_NOUNS else None  # the agency's statement
            return named[-1] if named else called or self._body(nearby)
        if head in BODY_NOUNS and definite and not any(item.kind == "name" for item in items):
            return self._body_called(head, nearby) or self._described(text, "organization")
        if roles.is_role(head) and definite:
            # Whoever was spoken of last, else whoever the text names last, unless the description names somebody itself; but the
            # prime minister is not the interior minister.
            office = [head, *_office(items)]
            for entity in () if named else chain(reversed(self._recent), reversed(self._index.people_called(head)[-MAX_CALLED:])):
                if entity.kind == "person" and _has(entity, office):
                    return entity
            return self._described(text, "person")
        kind = "group" if head in PEOPLE else "person" if roles.is_role(head) or head in ANYBODY else "organization"
        return self._described(text, kind)

    def _body_called(self, head: str, nearby: Sequence[Entity]) -> Entity | None:
        """Return the body that was last called by a noun; any body where the noun fits all of them (the company)."""
        candidates = [entity for entity in (*self._recent, *nearby) if entity.kind in _SPEAKING_BODIES]
        # The noun of its own name: the Ministry of Foreign Affairs is a ministry, the City Hall no city.
        called = [candidate for candidate in candidates if candidate.name.lower().partition(" of ")[0].split()[-1] == head]
        if called or head not in GENERIC_BODIES:
            return called[-1] if called else None
        return candidates[-1] if candidates else None

    def _described(self, text: str, kind: str) -> Entity:
        words = set(text.lower().split())
        woman = True if words & WOMEN else False if words & MEN else None
        return self._index.add(self._somebody(text, woman, kind))


def _office(items: Sequence[SentenceItem]) -> list[str]:
    """Return the words of a description that tell an office from others like it: the night director."""
    end = next((at for at, item in enumerate(items) if at and item.lower in PREPOSITIONS), len(items))
    return [item.lower for item in items[1:end] if item.kind == "word" and item.lower not in _QUALIFYING]


def _has(entity: Entity, office: Sequence[str]) -> bool:
    """Return whether somebody's role or name has all words of an office."""
    role = f"{entity.role or ''} {entity.name}".lower()
    return all(word in role for word in office)
