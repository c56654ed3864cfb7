"""The actors of a story while articles are read into it: those that it has are found again, those that it lacks are added.

What people wrote of an actor stays as they wrote it: its id, name, kind and role. It gains an alias only where nobody else in
the story can be meant by that.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.english.first_names import is_womans
from bot.english.name_runs import plain
from bot.english.name_words import MEN, PERSON_TITLES, WOMEN
from bot.english.sentences import Entity
from bot.facts.limits import MAX_ALIASES
from bot.facts.models import Actor
from bot.stories.fields import slug_of


class KnownActors:
    """Actors by their ids and by what they are called; ``taken`` are ids that no new actor may have."""

    def __init__(self, actors: Iterable[Actor] = (), *, taken: Iterable[str] = ()) -> None:
        self.actors: dict[str, Actor] = {}
        self._taken = set(taken)
        self._written: set[str] = set()  # ids of those that were there, which stay as they are
        self._by_name: dict[str, list[str]] = {}
        self._by_surname: dict[str, list[str]] = {}
        for actor in actors:
            self._written.add(actor.id)
            self._add(actor, ())

    def id_of(self, entity: Entity) -> str | None:
        """Return the id of the actor that an entity is, added where nobody of that name is known.

        None where two actors are called so, of whom it cannot be known who is meant.
        """
        names = (entity.name, *(alias for alias in entity.aliases if " " in alias or entity.kind != "person"))
        by_name = [ids for name in names if (ids := self._called(name, entity.kind))]
        matches = by_name[0] if by_name else []
        if not matches and (entity.kind == "person" or _may_be_surname(entity)):
            matches = self._of_surname(entity)
        if len(matches) > 1:
            return None
        if matches:
            self._learn(self.actors[matches[0]], entity)
            return matches[0]
        name = self._new_id(entity)
        self._add(Actor(name, entity.name, entity.kind, role=entity.role), entity.aliases)
        return name

    def _called(self, name: str, kind: str) -> list[str]:
        """Return who is called so; a person is no place of the same name."""
        ids = self._by_name.get(name.casefold(), [])
        kinds = ((actor, {kind, self.actors[actor].kind}) for actor in ids)
        return [actor for actor, both in kinds if "person" not in both or both <= {"person", "other"}]

    def _of_surname(self, entity: Entity) -> list[str]:
        """Return who has a person's surname, where one of the two is called by that alone or with a title: Captain Oates."""
        ids = self._by_surname.get(_surname(entity.name), [])
        if _is_bare(entity.name):
            return [name for name in ids if _may_be(entity, self.actors[name])]
        alone = len(ids) == 1 and _is_bare(self.actors[ids[0]].name)
        return [name for name in ids if alone and _may_be(entity, self.actors[name])]

    def _learn(self, actor: Actor, entity: Entity) -> None:
        """Take over what an article calls an actor, where that is surely the same, and the role of one that no person wrote."""
        spellings = tuple(name for name in (entity.name, *entity.aliases) if name != actor.name)
        if actor.id in self._written:
            spellings = tuple(name for name in spellings if self._is_surely(actor, name))
        else:
            role = max(actor.role or "", entity.role or "", key=len) or None
            is_fuller = _surname(actor.name) == _surname(entity.name) and _is_bare(actor.name) and not _is_bare(entity.name)
            name, before = (entity.name, [actor.name]) if is_fuller else (actor.name, [])
            actor, spellings = replace(actor, name=name, role=role), (*before, *spellings)
        self._add(actor, spellings)

    def _is_surely(self, actor: Actor, name: str) -> bool:
        """Return whether a name that is new to an actor can mean nobody else: it is nobody's yet, a person's with its surname."""
        if self._by_name.get(name.casefold(), [actor.id]) != [actor.id]:
            return False
        last = _surname(actor.name)
        return actor.kind != "person" or (_surname(name) == last and self._by_surname[last] == [actor.id])

    def _add(self, actor: Actor, names: Iterable[str]) -> None:
        aliases = tuple(dict.fromkeys([*actor.aliases, *(name for name in names if name != actor.name)]))
        most = max(MAX_ALIASES, len(actor.aliases))
        self.actors[actor.id] = actor = replace(actor, aliases=aliases[:most])
        for name in (actor.name, *actor.aliases):
            _note(self._by_name, name, actor.id)
        if actor.kind == "person":
            _note(self._by_surname, _surname(actor.name), actor.id)

    def _new_id(self, entity: Entity) -> str:
        base = slug_of(entity.name, 40) or "actor"
        number, name = 2, base
        while name in self.actors or name in self._taken:
            name, number = f"{base}-{number}", number + 1
        return name


def _note(index: dict[str, list[str]], name: str, actor: str) -> None:
    ids = index.setdefault(name.casefold(), [])
    if actor not in ids:
        ids.append(actor)


def _surname(name: str) -> str:
    return name.split()[-1].casefold()


def _is_bare(name: str) -> bool:
    """Return whether a name is a surname alone, or with titles before it."""
    return all(plain(word) in PERSON_TITLES for word in name.split()[:-1])


def _may_be_surname(entity: Entity) -> bool:
    """Return whether a name may be a surname alone: an article that gives no first name of it lets it pass for a body's."""
    return entity.kind == "organization" and " " not in entity.name and not entity.aliases


def _may_be(entity: Entity, actor: Actor) -> bool:
    """Return whether nothing speaks against a person's being an actor: one a woman, the other a man."""
    woman, first = entity.woman, plain(actor.name.split()[0])
    other = True if first in WOMEN else False if first in MEN else is_womans(first)
    return woman is None or other is None or woman is other
