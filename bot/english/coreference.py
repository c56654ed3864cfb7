"""Who is meant by he, it, the company, the spokeswoman: what was spoken of last, and what is described but not named."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Sequence
from itertools import chain

from bot.english import roles
from bot.english.name_runs import NameRun
from bot.english.name_words import ANYBODY, BODY_NOUNS, DOCUMENTS, GENERIC_BODIES, MEN, PEOPLE, TITLE_PARTS, WOMEN
from bot.english.sentences import Entity, Sentence, SentenceItem
from bot.english.subjects import Subject, first_subject, noun_head

_SPEAKING_BODIES = frozenset({"organization", "outlet", "platform", "government", "group", "other", "unknown"})
_MESSAGES = frozenset("message note letter tweet post email e-mail memo".split())  # a message may be anybody's
_NEAR = 3  # sentences before one in which somebody is named whom its pronouns mean
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
        self._sentences: deque[tuple[Entity, ...]] = deque(maxlen=_NEAR)  # whom the last sentences named, or meant by a pronoun

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
            found = self._pronoun(items[0].lower, nearby)
        else:
            found = self._noun(items, sentence.text(subject.first, subject.last), nearby)
        return (found,) if found is not None else ()

    def note_sentence(self, sentence: Sentence, speakers: Iterable[Sequence[Entity]]) -> None:
        """Note who was spoken of in a sentence, the most prominent last: those named, its first subject, its speakers."""
        subject = self.resolve(first_subject(sentence.items), sentence)
        meant = self.persons_meant(sentence)
        self._sentences.append((*sentence.entities(), *subject, *meant.values()))
        for entity in (*reversed(sentence.entities()), *subject, *chain.from_iterable(speakers)):
            if entity in self._recent:
                self._recent.remove(entity)
            self._recent.append(entity)
        del self._recent[:-_REMEMBERED]

    def persons_meant(self, sentence: Sentence) -> dict[int, Entity]:
        """Return whom "he" and "she" mean, by their places among the items of a sentence; only where nobody else can be meant.

        That is one person alone of those whom this sentence named before and the last ones name, so far as it is known who is
        a woman and who a man. Where a name that is nobody known stands nearer, nobody is sure to be meant.
        """
        meant: dict[int, Entity] = {}
        for place, item in enumerate(sentence.items):
            if item.lower not in ("he", "she"):
                continue
            near = [*chain.from_iterable(self._sentences), *sentence.entities(0, place), *meant.values()]
            woman = item.lower == "she"
            fitting = {entity for entity in near if entity.kind in ("person", "unknown") and entity.woman in (None, woman)}
            only = fitting.pop() if len(fitting) == 1 else None
            if only is not None and not only.described:
                meant[place] = only
        return meant

    def last_speaking(self, hearers: Collection[Entity] = ()) -> Entity | None:
        """Return the entity mentioned last that can speak, a person before a body; none of those spoken to."""
        people = (each for each in reversed(self._recent) if each.kind == "person" and each not in hearers)
        return next(people, self._body(()))

    def _pronoun(self, word: str, nearby: Sequence[Entity]) -> Entity | None:
        """Return whom a pronoun means: whoever fits it and was spoken of last."""
        candidates = [*self._recent, *nearby]
        if word in ("he", "she"):
            woman = word == "she"
            fitting = [each for each in candidates if each.kind in ("person", "unknown") and each.woman in (None, woman)]
            # Whom no name names is meant last, unless the word for them says that it is a woman or a man.
            named = [each for each in fitting if not each.described or each.woman is not None]
            found = (named or fitting)[-1:]
            for each in found:
                each.woman = woman
            return found[0] if found else None
        if word == "they":
            several = (
                each for each in reversed(candidates) if each.kind == "group" or (each.described and each.kind != "person")
            )
            one = (each for each in reversed(candidates) if each.described)
            return next(several, None) or self._body(nearby) or next(one, None)
        return self._body(nearby) if word == "it" else None

    def _body(self, nearby: Sequence[Entity]) -> Entity | None:
        named = [each for each in (*self._recent, *nearby[:1]) if each.kind in _SPEAKING_BODIES]
        return named[-1] if named else None

    def _noun(self, items: Sequence[SentenceItem], text: str, nearby: Sequence[Entity]) -> Entity | None:
        """Return whom a description means: a document's author, a body or person of that kind, or somebody new."""
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
            office = [head, *(item.lower for item in items if item.lower in TITLE_PARTS)]
            for each in () if named else chain(reversed(self._recent), reversed(self._index.people_called(head))):
                role = f"{each.role or ''} {each.name}".lower()
                if each.kind == "person" and all(word in role for word in office):
                    return each
            return self._described(text, "person")
        kind = "group" if head in PEOPLE else "person" if roles.is_role(head) or head in ANYBODY else "organization"
        return self._described(text, kind)

    def _body_called(self, head: str, nearby: Sequence[Entity]) -> Entity | None:
        """Return the body that was last called by a noun; any body where the noun fits all of them (the company)."""
        candidates = [each for each in (*self._recent, *nearby) if each.kind in _SPEAKING_BODIES]
        # The noun of its own name: the Ministry of Foreign Affairs is a ministry, the City Hall no city.
        called = [each for each in candidates if each.name.lower().partition(" of ")[0].split()[-1] == head]
        if called or head not in GENERIC_BODIES:
            return called[-1] if called else None
        return candidates[-1] if candidates else None

    def _described(self, text: str, kind: str) -> Entity:
        words = set(text.lower().split())
        woman = True if words & WOMEN else False if words & MEN else None
        return self._index.add(Entity(text[:1].upper() + text[1:], kind, woman=woman, described=True))
