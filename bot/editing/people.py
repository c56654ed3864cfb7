"""Which changes are about a person; a server may require two moderators for them.

A fact names a person by its actors, or by a name or an alias in its words, in its phrasings, or in the title of a source.
Changing its sources, or the names of its actors, changes what it says although the fact itself stays the same.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from functools import partial

from bot.answers.finding.mentions import NameTable
from bot.english.name_words import ORGANISATION_HEADS, PERSON_TITLES
from bot.english.search_words import words_of
from bot.errors import TwoNeededError
from bot.facts.base import FactBase
from bot.facts.edits import Edit, with_edit
from bot.facts.logbook import Signature
from bot.facts.models import Actor, Fact, Story, StoryChanges
from bot.facts.revisions import Applied

_MAX_WORDS = 4  # of a person's name: "Maria de la Cruz"


def check_alone(base: FactBase, edit: Edit, signature: Signature) -> None:
    """Raise TwoNeededError where an edit is about a person, the server asks for two moderators, and this one is not exempt."""
    if not signature.alone and base.settings.read().two_moderators and touches_people(base.story(edit.story), edit):
        raise TwoNeededError


def apply_alone(
    base: FactBase, make: Edit | Callable[[], Edit], signature: Signature, *, action: str, key: str | None = None
) -> Applied:
    """Make an edit that one moderator may make alone, once for the same ``key``; a function builds it inside the transaction.

    Raises what that function raises, TwoNeededError, ConflictError.
    """
    return base.revisions.apply(make, signature, action=action, key=key, check=partial(check_alone, base, signature=signature))


def touches_people(story: Story, edit: Edit) -> bool:
    """Return whether an edit changes a person, or a fact that names a person before or after it, or the sources of one."""
    after = with_edit(story, edit)
    actors = {*(actor.id for actor in edit.actors), *edit.retract_actors}
    if _people(story, after, actors):
        return True
    facts = {*(fact.id for fact in edit.facts), *edit.retract}
    sources = {*(source.id for source in edit.sources), *edit.retract_sources}
    return any(_naming(version, facts, sources) for version in (story, after))


def import_touches(before: Story | None, after: Story, changes: StoryChanges) -> set[str]:
    """Return the ids of facts naming a person that an import adds, changes or retracts, or whose sources or actors it changes."""
    facts, sources = {*changes.added, *changes.revised, *changes.retracted}, {*changes.sources}
    people = _people(before, after, changes.actors) if before is not None else set()
    ids: set[str] = set()
    for story in filter(None, (before, after)):
        ids |= _naming(story, facts, sources)
        ids |= {fact.id for fact in story.facts if not people.isdisjoint(_actors(fact))}
    return ids


def _people(before: Story, after: Story, among: Collection[str]) -> set[str]:
    """Return the ids of those actors that are persons before or after, or that get a name like a person's."""
    known = {actor.id: actor for actor in before.actors}
    changed = [actor for actor in after.actors if actor.id in among]
    persons = {actor.id for actor in (*known.values(), *changed) if actor.id in among and actor.kind == "person"}
    names = _name_table((*before.actors, *after.actors))
    for actor in changed:
        old = known.get(actor.id)
        new = {actor.name, *actor.aliases} - {old.name, *old.aliases} if old else ()
        if any(names.mentions(words_of(name)) or _is_like_a_person(name) for name in new):
            persons.add(actor.id)
    return persons


def _naming(story: Story, facts: Collection[str], sources: Collection[str]) -> set[str]:
    """Return the ids of the facts that name a person, of those given and of those that cite one of the sources."""
    people = {actor.id for actor in story.actors if actor.kind == "person"}
    if not people:
        return set()
    table = _name_table(story.actors)
    titles = [source.id for source in story.sources if source.id in sources and table.mentions(words_of(source.title))]
    ids = set()
    for fact in story.facts:
        cited = {citation.source for citation in fact.citations}
        if fact.id not in facts and cited.isdisjoint(sources):
            continue
        texts = (fact.text, fact.context, fact.where, *fact.asked_as)
        if (
            not people.isdisjoint(_actors(fact))
            or not cited.isdisjoint(titles)
            or any(table.mentions(words_of(text)) for text in texts if text)
        ):
            ids.add(fact.id)
    return ids


def _name_table(actors: Iterable[Actor]) -> NameTable:
    # A role such as "mayor" names its present holder, not this person.
    return NameTable({f"{index}": replace(actor, role=None) for index, actor in enumerate(actors) if actor.kind == "person"})


def _actors(fact: Fact) -> set[str]:
    return {*fact.by, *fact.who, *fact.about}


def _is_like_a_person(name: str) -> bool:
    """Return whether a name may be a person's: a title with a name, or a few capitalised words, none typical of organisations.

    Errs on the side of yes: this is asked only when an actor that is not a person gets another name.
    """
    words = name.split()
    plain = [word.strip(".,").lower() for word in words]
    if not 2 <= len(words) <= _MAX_WORDS or not ORGANISATION_HEADS.isdisjoint(plain) or plain[0] in ("the", "a", "an"):
        return False
    if plain[0] in PERSON_TITLES:
        return True
    return all(word[0].isupper() or word.islower() for word in words) and words[0][0].isupper() and words[-1][0].isupper()
