"""A newer pack of a story, merged with what a server changed in the story itself.

Three states are compared, item by item: what the last pack said, what the server has now, and what the newer pack says. Where
only one of the two changed an item, its change counts. Where both did, the server's stays, and is named: nothing that moderators
did is overwritten without a word. Of the last pack only marks are known, which are equal where items are.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from hashlib import sha256
from typing import TypeVar

from bot.facts.models import Actor, Fact, RecordedQuestion, Source, Story, StoryInfo
from bot.facts.records import record_text
from bot.facts.state.taken_packs import Marks

Item = Fact | Actor | Source | RecordedQuestion | StoryInfo
T = TypeVar("T", bound=Item)

_MARK = 16  # characters of a hash


@dataclass(frozen=True, slots=True)
class Merged:
    """A story as it would be with a newer pack taken in, and what stays as the server has it though the pack says otherwise.

    ``kept`` are ids of facts, ``others`` names of sources, actors, recorded questions and the story itself.
    """

    story: Story
    kept: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


def marks_of(story: Story) -> Marks:
    """Return the marks of all items of a story, by kind and id."""
    kinds: dict[str, Iterable[Item]] = {
        "fact": story.facts,
        "source": story.sources,
        "actor": story.actors,
        "question": story.questions,
        "story": (story.info,),
    }
    return {kind: {_id(item): _mark(item) for item in items} for kind, items in kinds.items()}


def merge(ours: Story, theirs: Story, taken: Marks) -> Merged:
    """Merge a newer pack, ``theirs``, into the story as a server has it; ``taken`` are the marks of the last pack."""
    live, live_there = ({fact.id for fact in story.facts} for story in (ours, theirs))
    written = tuple(fact for fact in ours.facts if fact.is_exported)

    def of_kind(kind: str, our_items: Sequence[T], their_items: Sequence[T]) -> tuple[tuple[T, ...], tuple[T, ...]]:
        return _merge_items(our_items, their_items, taken.get(kind, {}), live, live_there)

    facts, kept = of_kind("fact", written, theirs.facts)
    sources, kept_sources = of_kind("source", ours.sources, theirs.sources)
    actors, kept_actors = of_kind("actor", ours.actors, theirs.actors)
    questions, kept_questions = of_kind("question", ours.questions, theirs.questions)
    (info,), kept_info = of_kind("story", (ours.info,), (theirs.info,))
    others = (
        *(info.title for info in kept_info),
        *(source.title for source in kept_sources),
        *(actor.name for actor in kept_actors),
        *(question.ask for question in kept_questions),
    )
    merged = _linked(Story(info, sources, actors, facts, questions), ours, theirs)
    return Merged(merged, tuple(fact.id for fact in kept), others)


def _merge_items(
    ours: Sequence[T], theirs: Sequence[T], taken: Mapping[str, str], live: Collection[str], live_there: Collection[str]
) -> tuple[tuple[T, ...], tuple[T, ...]]:
    """Return the items of one kind as they are merged, in the pack's order, and those on which both differ.

    ``live`` and ``live_there`` are the ids of the facts that there are here and in the pack.
    """
    here, there = {_id(item): item for item in ours}, {_id(item) for item in theirs}
    both = frozenset(live) & frozenset(live_there)
    merged, kept = list[T](), list[T]()
    for item in theirs:
        own, before = here.get(_id(item)), taken.get(_id(item))
        is_changed = not _is_like(item, before, live_there)
        if own is None and before is None:
            merged.append(item)
        elif own is None:  # taken out here
            kept += [item] if is_changed else []
        elif _is_like(own, before, live) or _is_like(own, _mark(item), both):
            merged.append(item)
        else:
            merged.append(own)
            kept += [item] if is_changed else []
    for own in ours:
        if _id(own) in there:
            continue
        before = taken.get(_id(own))
        if not _is_like(own, before, live):
            merged.append(own)
            kept += [own] if before is not None else []
    return tuple(merged), tuple(kept)


def _linked(story: Story, ours: Story, theirs: Story) -> Story:
    """Return a merged story without links to facts that it lacks, and with the actors and sources that its facts name."""
    ids = {fact.id for fact in story.facts}
    facts = tuple(fact if fact.event in ids else replace(fact, event=None) for fact in story.facts)
    named = (name for fact in facts for name in (*fact.by, *fact.who, *fact.about))
    actors = _with_named(story.actors, named, (*ours.actors, *theirs.actors))
    citing: tuple[Fact | Actor, ...] = (*facts, *actors)
    cited = (citation.source for item in citing for citation in item.citations)
    sources = _with_named(story.sources, cited, (*ours.sources, *theirs.sources))
    questions = (
        replace(question, expect=tuple(fact for fact in question.expect if fact in ids)) if question.expect else question
        for question in story.questions
        if not question.expect or not ids.isdisjoint(question.expect)
    )
    return replace(story, facts=facts, actors=actors, sources=sources, questions=tuple(questions))


def _with_named(items: tuple[T, ...], names: Iterable[str], known: Iterable[T]) -> tuple[T, ...]:
    """Return items and those of the ``known`` that are named and not among them; of two with one id, the first."""
    by_id: dict[str, T] = {}
    for item in known:
        by_id.setdefault(_id(item), item)
    missing = set(names) - {_id(item) for item in items}
    return (*items, *(item for name, item in by_id.items() if name in missing))


def _is_like(item: Item, mark: str | None, live: Collection[str]) -> bool:
    """Return whether an item is as a mark has it; that a fact to which it leads is not ``live`` is no change of the item."""
    if mark is None:
        return False
    (words, links), (words_now, links_now) = (_words_and_links(said, live) for said in (mark, _mark(item)))
    return words == words_now and links == links_now


def _words_and_links(mark: str, live: Collection[str]) -> tuple[str, list[str]]:
    words, _, links = mark.partition(":")
    return words, [link for link in links.split() if link in live]


def _mark(item: Item) -> str:
    """Return the mark of an item: a hash of what it says, and the ids of the facts to which it leads."""
    links: tuple[str, ...] = ()
    if isinstance(item, Fact):
        item, links = replace(item, event=None), (item.event,) if item.event else ()
    elif isinstance(item, RecordedQuestion):
        item, links = replace(item, expect=()), item.expect
    written = json.dumps(astuple(item)) if isinstance(item, RecordedQuestion | StoryInfo) else record_text(item)
    return f"{sha256(written.encode('utf-8', 'surrogatepass')).hexdigest()[:_MARK]}:{' '.join(links)}"


def _id(item: Item) -> str:
    return item.ask if isinstance(item, RecordedQuestion) else item.id
