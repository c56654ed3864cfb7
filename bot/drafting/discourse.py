"""Who is meant by he, it, the company, the spokeswoman: what was spoken of last, and what is described but not named."""

from __future__ import annotations

from collections.abc import Sequence

from bot.drafting import roles
from bot.drafting.cast import Cast, Member
from bot.drafting.scene import Item, Sentence
from bot.drafting.subjects import DOCUMENTS, Subject, noun_head
from bot.english.names import BODY_NOUNS, GENERIC_BODIES, MEN, PEOPLE, TITLE_PARTS, WOMEN

_FEMALE, _MALE = "she", "he"
_SPEAKING_BODIES = frozenset({"organization", "outlet", "platform", "government", "group", "other"})
_MESSAGES = frozenset("message note letter tweet post email e-mail memo".split())  # a message may be anybody's
_REMEMBERED = 24


class Discourse:
    """What a reader of the text has in mind at a sentence: those spoken of last."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._several: tuple[Member, ...] = ()  # whom the last subject of several names named together
        self._recent: list[Member] = []  # the latest last; subjects after those named beside them

    def resolve(self, subject: Subject | None, sentence: Sentence) -> tuple[Member, ...]:
        """Return who a subject means; none where that cannot be told."""
        if subject is None:
            return ()
        items = sentence.items[subject.first : subject.last]
        if subject.kind == "names":
            named = [item.member for item in items if item.member is not None]
            self._several = tuple(named) if len(named) > 1 else self._several
            return tuple(dict.fromkeys([*self.resolve(subject.also, sentence), *named]))
        here = sentence.members(0, subject.first)
        if subject.kind == "pronoun" and items[0].lower == "they" and self._are_last(self._several):
            return self._several
        if subject.kind == "pronoun":
            found = self._pronoun(items[0].lower, here)
        else:
            found = self._noun(items, sentence.text(subject.first, subject.last), here)
        return (found,) if found is not None else ()

    def _are_last(self, several: Sequence[Member]) -> bool:
        return bool(several) and set(several) == set(self._recent[-len(several) :])

    def note(self, members: Sequence[Member]) -> None:
        """Note who was spoken of, the most prominent last."""
        for member in members:
            if member in self._recent:
                self._recent.remove(member)
            self._recent.append(member)
        del self._recent[:-_REMEMBERED]

    def last_speaking(self) -> Member | None:
        """Return who was spoken of last and can speak, a person first."""
        return next((each for each in reversed(self._recent) if each.kind == "person"), self._body(()))

    def _pronoun(self, word: str, here: Sequence[Member]) -> Member | None:
        candidates = [*self._recent, *here]
        if word in (_FEMALE, _MALE):
            woman = word == _FEMALE
            fitting = [each for each in candidates if each.kind == "person" and each.woman in (None, woman)]
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
            return next(several, None) or self._body(here) or next(one, None)
        return self._body(here) if word == "it" else None

    def _body(self, here: Sequence[Member]) -> Member | None:
        named = [each for each in (*self._recent, *here[:1]) if each.kind in _SPEAKING_BODIES]
        return named[-1] if named else None

    def _noun(self, items: Sequence[Item], text: str, here: Sequence[Member]) -> Member | None:
        head = noun_head(items)
        first = items[0].lower
        definite = first in ("the", "this", "that", "its", "his", "her", "their")
        if head is None:
            return self._described(text, "person")
        if head in DOCUMENTS and not roles.is_role(head):
            named = any(item.member for item in items)
            nobodys = not definite and not named and (head.endswith("s") or head in _MESSAGES)
            return None if nobodys else self._author(items, here)
        if head in BODY_NOUNS and definite and len([item for item in items if item.kind == "name"]) == 0:
            return self._body_called(head, here) or self._described(text, "organization")
        if roles.is_role(head) and definite:
            return self._person_called(head, items) or self._described(text, "person")
        kind = "group" if head in PEOPLE else "person" if roles.is_role(head) else "organization"
        return self._described(text, kind)

    def _author(self, items: Sequence[Item], here: Sequence[Member]) -> Member | None:
        named = [item.member for item in items if item.member is not None]
        owner = next((items[at - 1].lower for at, item in enumerate(items) if item.possessive and at), "")
        called = self._body_called(owner, here) if owner in BODY_NOUNS else None  # the agency's statement
        return named[-1] if named else called or self._body(here)

    def _body_called(self, head: str, here: Sequence[Member]) -> Member | None:
        candidates = [each for each in (*self._recent, *here) if each.kind in _SPEAKING_BODIES]
        called = [each for each in candidates if _ends_with(each.name, head)]
        if called or head not in GENERIC_BODIES:
            return called[-1] if called else None
        return candidates[-1] if candidates else None

    def _person_called(self, head: str, items: Sequence[Item]) -> Member | None:
        named = {item.member for item in items if item.member is not None}
        fitting = [
            each
            for each in self._cast.members
            if each.kind == "person" and _has_office(f"{each.role or ''} {each.name}", head, items)
        ]
        fitting.sort(key=lambda each: self._recent.index(each) if each in self._recent else -1)
        return fitting[-1] if fitting and not named else None

    def _described(self, text: str, kind: str) -> Member:
        words = set(text.lower().split())
        woman = True if words & WOMEN else False if words & MEN else None
        return self._cast.add(Member(text[:1].upper() + text[1:], kind, woman=woman, described=True))


def _has_office(role: str, head: str, items: Sequence[Item]) -> bool:
    """Return whether a role is the one that a description names: the prime minister is not the interior minister."""
    office = [item.lower for item in items if item.lower in TITLE_PARTS]
    return head in role.lower() and all(word in role.lower() for word in office)


def _ends_with(name: str, noun: str) -> bool:
    """Return whether a name's own noun is this one: the Ministry of Foreign Affairs is a ministry, the City Hall no city."""
    return name.lower().partition(" of ")[0].split()[-1] == noun
