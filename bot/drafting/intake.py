"""Articles taken into a story of a base, each in one transaction: first as a source with its sentences, later what changed.

An article that the story has already is found by its address, by its headline, outlet and day, or by its sentences.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from bot.drafting.article import Article
from bot.drafting.comparison import Comparison, StaleCitation, StoredPassages, compare, stale_citations
from bot.drafting.coverage import as_carried, passages_of, sentence_key
from bot.drafting.known_actors import KnownActors
from bot.drafting.reading import ArticleReading, read
from bot.english.word_classes import DETERMINERS
from bot.errors import NotKnownError
from bot.facts.base import FactBase
from bot.facts.editor import Applied
from bot.facts.edits import Edit
from bot.facts.logbook import Note
from bot.facts.models import Actor, Fact, Source, StoryInfo
from bot.facts.text import page_key
from bot.stories.fields import slug_of

ACTION = "read"
"""What the logbook calls the reading of an article."""

NEARLY_ALL = 0.9
"""Share of the sentences from which two texts of one outlet are the same article."""

HALF = 0.5
"""Share of the sentences from which a file of the same name is the same article, changed."""

MIN_SENTENCES = 3
"""Sentences from which two texts can be compared by how many of them they share."""

MIN_CARRIED = 0.2
"""Share of an article's sentences from which it carries another outlet's report; fewer may be a statement that both print."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What taking an article did. ``known`` says that the story had it before, ``applied`` has the number of the change.

    ``carried`` is the source whose report the article prints too, ``stale`` what people wrote or kept that cites a paragraph
    which is not as it was.
    """

    source: Source
    passages: tuple[Fact, ...]
    people: tuple[Actor, ...]
    comparison: Comparison
    known: bool
    applied: Applied
    carried: Source | None = None
    stale: tuple[StaleCitation, ...] = ()


@dataclass(slots=True)
class _State:
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
        return [fact for fact in self.passages.values() if _cites(fact, source)]

    def sentences(self, source: str) -> list[Fact]:
        """Return the passages that cite a source, those that people kept among them."""
        return [*self.own(source), *(fact for fact in self.kept_by_key.values() if _cites(fact, source))]


class Intake:
    """Takes articles into one story of a base; ``info`` says what the story is called where the base does not have it.

    What it knows of the story it keeps from one article to the next, and reads anew where somebody changed the story meanwhile.
    """

    def __init__(self, base: FactBase, info: StoryInfo) -> None:
        self.info = info
        self._base = base
        self._state: _State | None = None

    def find(self, reading: ArticleReading, source: Source) -> Source | None:
        """Return the source of the story that an article is, None where the story does not have it."""
        return _find(self._current(), source, _keys(reading))

    def take(
        self, article: Article, source: Source, signed: Note, *, known: str | None = None, stated: Sequence[str] = ()
    ) -> Taken:
        """Take an article in, with the source that it is.

        ``known`` is the id of the source that it was taken as before, whatever it says of itself now. ``stated`` are the fields
        of the source that somebody typed.

        Raises UsageError where the base or a text is larger than it may be, FactBaseError where nothing can be written.
        """
        reading = read(article)
        planned: list[tuple[Taken, Edit]] = []

        def edit() -> Edit:
            planned.append(self._plan(self._current(), reading, source, stated, known))
            return planned[0][1]

        try:
            applied = self._base.editor.apply(edit, signed, action=ACTION)
        except BaseException:
            self._state = None  # what it learned from this article is not in the base
            raise
        taken, made = planned[0]
        assert self._state is not None
        self._state.adopt(made, self._base.editor.story_version(self.info.id))
        return replace(taken, applied=applied)

    def copy_of(self, reading: ArticleReading, source: Source) -> Source | None:
        """Return the source, itself or another that prints the same text, by which the story says all that an article says."""
        state = self._current()
        planned, _ = self._plan(state, reading, source, (), None)
        self._state = None  # who is named in this article is not in the base
        if planned.known:
            stored, now = state.sources[planned.source.id], planned.source
            adds = (now.published and not stored.published) or (now.publisher and not stored.publisher)
            return None if adds or planned.comparison.added or planned.comparison.changed else stored
        same = [passage for key in _keys(reading) if (passage := state.passage_of(key)) is not None]
        if len(same) < max(MIN_SENTENCES, NEARLY_ALL * len(planned.passages)):
            return None
        return state.sources[Counter(passage.citations[0].source for passage in same).most_common(1)[0][0]]

    def _current(self) -> _State:
        version = self._base.editor.story_version(self.info.id)
        if self._state is None or self._state.version != version:
            self._state = _read_state(self._base, self.info, version)
        return self._state

    def _plan(
        self, state: _State, reading: ArticleReading, source: Source, stated: Sequence[str], known: str | None
    ) -> tuple[Taken, Edit]:
        """Return what taking an article in would do, and the edit that does it."""
        found = state.sources.get(known or "") or _find(state, source, _keys(reading))
        name = found.id if found is not None else _free(slug_of(source.id, 60) or "article", state.used_sources)
        kept = [fact for fact in state.kept.values() if _cites(fact, name)]
        source = replace(source, id=name)
        if found is not None:
            source = _merged(found, source, stated, only_read=not kept)
        passages = passages_of(reading, source, state.known)
        own = state.own(name)
        redate = found is not None and found.published != source.published
        reviewed = () if found is None else self._base.editor.reviewed_passages(self.info.id, name)
        comparison = compare(source, passages, self._stored(state, name, own, kept, reviewed), redate=redate)
        carried = _carried(state, source, comparison, len(passages)) if found is None else None
        source = as_carried(source, carried) if carried is not None else source
        edit = Edit(
            self.info.id,
            sources=() if source == found else (source,),
            actors=state.changed_actors(comparison.put),
            facts=tuple(comparison.put),
            retract=tuple(comparison.retract),
            info=self.info if state.is_new else None,
        )
        stale = stale_citations(name, kept, [*own, *reviewed], passages) if found is not None else ()
        people = _people(state.known, passages)
        return Taken(source, passages, people, comparison, found is not None, Applied(None), carried, stale), edit

    def _stored(self, state: _State, source: str, own: list[Fact], kept: list[Fact], reviewed: Iterable[Fact]) -> StoredPassages:
        """Return what the story has of a source; ``reviewed`` are its sentences that people kept or edited, as they were read."""
        mine = {fact.id for fact in (*own, *kept)}
        keys = {**state.kept_by_key, **{key: state.passages[name] for key, name in state.by_key.items()}}
        retracted = () if state.is_new else self._base.editor.retracted_passages(self.info.id, source)
        return StoredPassages(
            own=own,
            elsewhere={key: passage for key, passage in keys.items() if passage.id not in mine},
            kept=kept,
            retracted={name: text for name, text, action in retracted if action in (ACTION, "undo")},
            dropped=[
                *(text for _, text, action in retracted if action not in (ACTION, "undo")),
                *(passage.text for passage in reviewed),
            ],
            used=state.used,
        )


def story_of(base: FactBase, article: Article, source: Source) -> StoryInfo | None:
    """Return the story of a base that has an article already, None where none has it."""
    reading = None
    for info in base.stories():
        near = (known for _, known, _ in base.sources(info.id) if _says_same(source, known) or known.id == source.id)
        if any(near):
            reading = reading or read(article)
            if Intake(base, info).find(reading, source) is not None:
                return info
    return None


def new_story(base: FactBase, title: str) -> StoryInfo:
    """Return what a new story is called, with an id that no story of the base has."""
    taken = {info.id for info in base.stories()}
    return StoryInfo(_free(slug_of(title, 40) or "articles", taken), title)


def _read_state(base: FactBase, info: StoryInfo, version: int) -> _State:
    try:
        story = base.story(info.id)
    except NotKnownError:
        return _State(version, KnownActors(), is_new=True)
    known = KnownActors(story.actors, taken=base.editor.ids(info.id, "actor"))
    state = _State(version, known, actors=dict(known.actors), sources={source.id: source for source in story.sources})
    state.note(story.facts)
    state.used |= base.editor.ids(info.id, "fact")
    state.used_sources |= base.editor.ids(info.id, "source")
    return state


def _find(state: _State, source: Source, keys: set[str]) -> Source | None:
    """Return the source that an article is, whose sentences have these keys."""
    shares = _shares(state, keys)
    for known in state.sources.values():
        stated = known.publisher and known.published
        if _says_same(source, known) and (_same_page(source, known) or stated or shares.get(known.id, 0) >= HALF):
            return known
    for name, share in sorted(shares.items(), key=lambda pair: -pair[1]):
        known = state.sources[name]
        one_outlet = not source.publisher or not known.publisher or _plain(source.publisher) == _plain(known.publisher)
        if one_outlet and share >= (HALF if name == slug_of(source.id, 60) else NEARLY_ALL):
            return known
    return None


def _shares(state: _State, keys: set[str]) -> dict[str, float]:
    """Return the sources that say sentences of an article, with which share of them, or of their own where these are more."""
    counts, sizes = dict[str, int](), dict[str, int]()
    for key in keys:
        passage = state.passage_of(key)
        for name in {citation.source for citation in passage.citations} if passage is not None else ():
            counts[name] = counts.get(name, 0) + 1
    for name in counts:
        sizes[name] = sum(1 for passage in state.sentences(name) if sentence_key(passage.text))
    return {name: count / max(len(keys), sizes[name]) for name, count in counts.items() if count >= MIN_SENTENCES}


def _says_same(source: Source, known: Source) -> bool:
    """Return whether two sources may be one article by what they say of themselves: its page, or its headline, outlet and day."""
    if page_key(source.url) is not None and page_key(known.url) is not None:
        return _same_page(source, known)
    days = {each.published.edtf if each.published else None for each in (source, known)}
    return len(days) == 1 and _plain(source.title) == _plain(known.title) and _plain(source.publisher) == _plain(known.publisher)


def _same_page(source: Source, known: Source) -> bool:
    return page_key(source.url) is not None and page_key(source.url) == page_key(known.url)


def _merged(known: Source, source: Source, stated: Sequence[str], *, only_read: bool) -> Source:
    """Return a known source with what a new reading says of it: what somebody typed, and what it lacks.

    Where nothing that people wrote cites it, what the article itself says now goes before what it said then.
    """
    names = ("title", "publisher", "authors", "published", "url")
    new = {name: getattr(source, name) for name in names if name != "url" or not _same_page(source, known)}
    taken = {name: value for name, value in new.items() if value and (name in stated or only_read or not getattr(known, name))}
    return replace(known, **taken)


def _carried(state: _State, source: Source, comparison: Comparison, sentences: int) -> Source | None:
    """Return the source of another outlet whose report an article prints, None where it prints nobody's."""
    counts: dict[str, int] = {}
    for passage in comparison.shared:
        counts[passage.citations[0].source] = counts.get(passage.citations[0].source, 0) + 1
    most = max(counts, key=counts.__getitem__, default=None)
    if most is None or counts[most] < max(2, MIN_CARRIED * sentences):
        return None
    other = state.sources[most]
    return other if _plain(other.publisher) != _plain(source.publisher) or not other.publisher else None


def _people(known: KnownActors, passages: Iterable[Fact]) -> tuple[Actor, ...]:
    names = dict.fromkeys(name for passage in passages for name in (*passage.by, *passage.about))
    people = (known.actors[name] for name in names if known.actors[name].kind == "person")
    return tuple(actor for actor in people if actor.name.split()[0].lower() not in DETERMINERS)  # "a witness" has no name


def _keys(reading: ArticleReading) -> set[str]:
    return {key for sentence in reading.sentences if (key := sentence_key(sentence.text()))}


def _cites(fact: Fact, source: str) -> bool:
    return any(citation.source == source for citation in fact.citations)


def _plain(text: str | None) -> str:
    return " ".join((text or "").casefold().split())


def _free(name: str, taken: Iterable[str]) -> str:
    number, free, names = 2, name, set(taken)
    while free in names:
        free, number = f"{name}-{number}", number + 1
    return free
