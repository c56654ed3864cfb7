"""Which facts name a person: by their actors, or by a name or an alias in their words."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from bot.answers.finding.mentions import NameTable
from bot.english.search_words import normalise, tokens
from bot.facts.edits import Edit
from bot.facts.models import Actor, Fact, Story


def touches_people(story: Story, edit: Edit) -> bool:
    """Return whether an edit changes a person, or a fact that names a person before or after it."""
    before = {actor.id: actor for actor in story.actors}
    touched = [*edit.actors, *(before[each.id] for each in edit.actors if each.id in before)]
    touched += [before[name] for name in edit.retract_actors if name in before]
    if any(actor.kind == "person" for actor in touched):
        return True
    names = {*(fact.id for fact in edit.facts), *edit.retract}
    facts = (*edit.facts, *(fact for fact in story.facts if fact.id in names))
    return bool(_naming((*story.actors, *edit.actors), facts))


def naming_people(story: Story, among: Collection[str]) -> set[str]:
    """Return the ids of those facts that name a person."""
    return _naming(story.actors, (fact for fact in story.facts if fact.id in among))


def _naming(actors: Iterable[Actor], facts: Iterable[Fact]) -> set[str]:
    # A role such as "mayor" names whoever has it, which says nothing about this person.
    people = {actor.id: replace(actor, role=None) for actor in actors if actor.kind == "person"}
    if not people:
        return set()
    table = NameTable(people)
    return {
        fact.id
        for fact in facts
        if not people.keys().isdisjoint((*fact.by, *fact.who, *fact.about))
        or any(table.mentions(_words(text)) for text in (fact.text, fact.context, fact.where) if text)
    }


def _words(text: str) -> list[str]:
    return [token.word for token in tokens(normalise(text))]
