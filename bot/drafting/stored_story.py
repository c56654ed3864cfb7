"""A story as it is stored, with what an article is compared with: its sentences, sources and actors.

An article that the story has already is found by its address, by its headline, outlet and day, or by its sentences.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.drafting.coverage import sentence_key
from bot.drafting.known_actors import KnownActors
from bot.drafting.reading import ArticleReading
from bot.errors import NotKnownError
from bot.facts.base import FactBase
from bot.facts.edits import Edit
from bot.facts.models import Actor, Fact, Source, StoryInfo
from bot.facts.text import page_key
from bot.stories.fields import slug_of

NEARLY_ALL = 0.9
"""Share of the sentences from which two texts of one outlet are the same article."""

HALF = 0.5
"""Share of the sentences from which a file of the same name is the same article, changed."""

MIN_SENTENCES = 3
"""Sentences from which two texts can be compared by how many of them they share."""


@dataclass(slots=True)
class StoredStory:
    """A story as it was at a version of it, with what finds its passages. ``actors`` are those that are stored."""

    version: int
    known: KnownActors
    is_new: bool = False
    actors: dict[str, Actor] = field(default_factory=dict)
    passages: dict[str, Fact] = field(default_factory=dict)
    by_key: dict[str, str] = field(default_factory=dict)
    kept: dict[str, Fact] = field(default_factory=dict)
    kept_by_key: dict[str, Fact] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    used_sources: set[str] = field(default_factory=set)

    def note(self, facts: Iterable[Fact], retracted: Iterable[str] = ()) -> None:
        """Take in passages that were put, and those that were retracted."""
        for name in retracted:
            self._forget(name)
        for fact in facts:
            self.used.add(fact.id)
            if fact.reviewed or fact.kind != "passage":
                self.kept[fact.id] = fact
                if fact.kind == "passage" and (key := sentence_key(fact.text)):
                    self.kept_by_key[key] = fact
                continue
            self._forget(fact.id)
            self.passages[fact.id] = fact
            if key := sentence_key(fact.text):
                self.by_key.setdefault(key, fact.id)

    def _forget(self, name: str) -> None:
        fact = self.passages.pop(name, None)
        key = sentence_key(fact.text) if fact is not None else ""
        if key and self.by_key.get(key) == name:
            del self.by_key[key]

    def adopt(self, edit: Edit, version: int) -> None:
        """Take in an edit that was made."""
        self.sources.update((source.id, source) for source in edit.sources)
        self.used_sources.update(source.id for source in edit.sources)
        self.actors.update((actor.id, actor) for actor in edit.actors)
        self.note(edit.facts, edit.retract)
        self.version, self.is_new = version, False

    def changed_actors(self, facts: Iterable[Fact]) -> tuple[Actor, ...]:
        """Return the actors that are stored otherwise, and those that are not stored yet and that some facts need."""
        needed = {name for fact in facts for name in (*fact.by, *fact.who, *fact.about)} | self.actors.keys()
        return tuple(actor for actor in self.known.actors.values() if actor.id in needed and self.actors.get(actor.id) != actor)

    def passage_of(self, key: str) -> Fact | None:
        """Return the passage that says a sentence word for word, by its `sentence_key`."""
        return self.passages.get(self.by_key.get(key, "")) or self.kept_by_key.get(key)

    def own(self, source: str) -> list[Fact]:
        """Return the passages that cite a source."""
        return [fact for fact in self.passages.values() if cites(fact, source)]

    def sentences(self, source: str) -> list[Fact]:
        """Return the passages that cite a source, those that people kept among them."""
        return [*self.own(source), *(fact for fact in self.kept_by_key.values() if cites(fact, source))]


def read_stored_story(base: FactBase, info: StoryInfo, version: int) -> StoredStory:
    """Read a story of a base at a version of it; one that the base does not have is new."""
    try:
        story = base.story(info.id)
    except NotKnownError:
        return StoredStory(version, KnownActors(), is_new=True)
    known = KnownActors(story.actors, taken=base.revisions.ids(info.id, "actor"))
    state = StoredStory(version, known, actors=dict(known.actors), sources={source.id: source for source in story.sources})
    state.note(story.facts)
    state.used |= base.revisions.ids(info.id, "fact")
    state.used_sources |= base.revisions.ids(info.id, "source")
    return state


def find_source(state: StoredStory, source: Source, keys: set[str]) -> Source | None:
    """Return the source that an article is, whose sentences have these keys."""
    shares = _shares(state, keys)
    for known in state.sources.values():
        stated = known.publisher and known.published
        if says_same(source, known) and (is_same_page(source, known) or stated or shares.get(known.id, 0) >= HALF):
            return known
    for name, share in sorted(shares.items(), key=lambda pair: -pair[1]):
        known = state.sources[name]
        one_outlet = not source.publisher or not known.publisher or is_same_outlet(source, known)
        if one_outlet and share >= (HALF if name == slug_of(source.id, 60) else NEARLY_ALL):
            return known
    return None


def _shares(state: StoredStory, keys: set[str]) -> dict[str, float]:
    """Return the sources that say sentences of an article, with which share of them, or of their own where these are more."""
    counts, sizes = dict[str, int](), dict[str, int]()
    for key in keys:
        passage = state.passage_of(key)
        for name in {citation.source for citation in passage.citations} if passage is not None else ():
            counts[name] = counts.get(name, 0) + 1
    for name in counts:
        sizes[name] = sum(1 for passage in state.sentences(name) if sentence_key(passage.text))
    return {name: count / max(len(keys), sizes[name]) for name, count in counts.items() if count >= MIN_SENTENCES}


def says_same(source: Source, known: Source) -> bool:
    """Return whether two sources may be one article by what they say of themselves: its page, or its headline, outlet and day."""
    if page_key(source.url) is not None and page_key(known.url) is not None:
        return is_same_page(source, known)
    days = {compared.published.edtf if compared.published else None for compared in (source, known)}
    return len(days) == 1 and _plain(source.title) == _plain(known.title) and is_same_outlet(source, known)


def is_same_page(source: Source, known: Source) -> bool:
    """Return whether two sources are known to be one page of the web."""
    return page_key(source.url) is not None and page_key(source.url) == page_key(known.url)


def keys_of(reading: ArticleReading) -> set[str]:
    """Return the `sentence_key` of each sentence of an article."""
    return {key for sentence in reading.sentences if (key := sentence_key(sentence.text()))}


def cites(fact: Fact, source: str) -> bool:
    """Return whether a fact cites a source."""
    return any(citation.source == source for citation in fact.citations)


def is_same_outlet(source: Source, known: Source) -> bool:
    """Return whether two sources have one publisher, or both none."""
    return _plain(source.publisher) == _plain(known.publisher)


def _plain(text: str | None) -> str:
    return " ".join((text or "").casefold().split())
