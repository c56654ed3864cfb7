"""Articles taken into a story of a base, each in one transaction: first as a source with its sentences, later what changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.drafting.article import Article
from bot.drafting.comparison import Comparison, StaleCitation, StoredPassages, compare, stale_citations
from bot.drafting.coverage import as_carried, passages_of
from bot.drafting.known_actors import KnownActors
from bot.drafting.reading import ArticleReading, read
from bot.drafting.stored_story import (
    MIN_SENTENCES,
    NEARLY_ALL,
    StoredStory,
    cites,
    find_source,
    is_same_outlet,
    is_same_page,
    keys_of,
    read_stored_story,
    says_same,
)
from bot.english.word_classes import DETERMINERS
from bot.facts.base import FactBase
from bot.facts.edits import Edit
from bot.facts.logbook import Signature
from bot.facts.models import Actor, Fact, Source, StoryInfo
from bot.facts.revisions import Applied
from bot.languages import ENGLISH
from bot.stories.fields import slug_of

ACTION = "read"
"""What the logbook calls the reading of an article."""

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


class Intake:
    """Takes articles into one story of a base; ``info`` says what the story is called where the base does not have it.

    What it knows of the story it keeps from one article to the next, and reads anew where somebody changed the story meanwhile.
    """

    def __init__(self, base: FactBase, info: StoryInfo) -> None:
        self.info = info
        self._base = base
        self._state: StoredStory | None = None

    def find(self, reading: ArticleReading, source: Source) -> Source | None:
        """Return the source of the story that an article is, None where the story does not have it."""
        return find_source(self._current(), source, keys_of(reading))

    def take(
        self, article: Article, source: Source, signature: Signature, *, known: str | None = None, stated: Sequence[str] = ()
    ) -> Taken:
        """Take an article in, with the source that it is.

        ``known`` is the id of the source that it was taken as before, whatever it says of itself now. ``stated`` are the fields
        of the source that somebody typed.

        Raises UsageError where the base or a text is larger than it may be, FactBaseError where nothing can be written.
        """
        reading = read(article, self.info.language)
        planned: list[tuple[Taken, Edit]] = []

        def edit() -> Edit:
            planned.append(self._plan(self._current(), reading, source, stated, known))
            return planned[0][1]

        try:
            applied = self._base.revisions.apply(edit, signature, action=ACTION)
        except BaseException:
            self._state = None  # what it learned from this article is not in the base
            raise
        taken, made = planned[0]
        assert self._state is not None
        self._state.adopt(made, self._base.revisions.story_version(self.info.id))
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
        same = [passage for key in keys_of(reading) if (passage := state.passage_of(key)) is not None]
        if len(same) < max(MIN_SENTENCES, NEARLY_ALL * len(planned.passages)):
            return None
        return state.sources[Counter(passage.citations[0].source for passage in same).most_common(1)[0][0]]

    def _current(self) -> StoredStory:
        version = self._base.revisions.story_version(self.info.id)
        if self._state is None or self._state.version != version:
            self._state = read_stored_story(self._base, self.info, version)
        return self._state

    def _plan(
        self, state: StoredStory, reading: ArticleReading, source: Source, stated: Sequence[str], known: str | None
    ) -> tuple[Taken, Edit]:
        """Return what taking an article in would do, and the edit that does it."""
        stored = state.sources.get(known or "") or find_source(state, source, keys_of(reading))
        name = stored.id if stored is not None else _free(slug_of(source.id, 60) or "article", state.used_sources)
        kept = [fact for fact in state.kept.values() if cites(fact, name)]
        source = replace(source, id=name)
        if stored is not None:
            source = _merged(stored, source, stated, only_read=not kept)
        passages = passages_of(reading, source, state.known)
        own = state.own(name)
        redate = stored is not None and stored.published != source.published
        reviewed = () if stored is None else self._base.revisions.reviewed_passages(self.info.id, name)
        comparison = compare(source, passages, self._stored(state, name, own, kept, reviewed), redate=redate)
        carried = _carried(state, source, comparison, len(passages)) if stored is None else None
        source = as_carried(source, carried) if carried is not None else source
        edit = Edit(
            self.info.id,
            sources=() if source == stored else (source,),
            actors=state.changed_actors(comparison.put),
            facts=tuple(comparison.put),
            retract=tuple(comparison.retract),
            info=self.info if state.is_new else None,
        )
        stale = stale_citations(name, kept, [*own, *reviewed], passages) if stored is not None else ()
        people = _people(state.known, passages)
        return Taken(source, passages, people, comparison, stored is not None, Applied(None), carried, stale), edit

    def _stored(
        self, state: StoredStory, source: str, own: list[Fact], kept: list[Fact], reviewed: Iterable[Fact]
    ) -> StoredPassages:
        """Return what the story has of a source; ``reviewed`` are its sentences that people kept or edited, as they were read."""
        mine = {fact.id for fact in (*own, *kept)}
        keys = {**state.kept_by_key, **{key: state.passages[name] for key, name in state.by_key.items()}}
        retracted = () if state.is_new else self._base.revisions.retracted_passages(self.info.id, source)
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
        near = (known for _, known, _ in base.sources(info.id) if says_same(source, known) or known.id == source.id)
        if any(near):
            reading = reading or read(article, info.language)
            if Intake(base, info).find(reading, source) is not None:
                return info
    return None


def new_story(base: FactBase, title: str, language: str | None = None) -> StoryInfo:
    """Return what a new story is called, with an id that no story of the base has, in the language of its first article."""
    taken = {info.id for info in base.stories()}
    return StoryInfo(_free(slug_of(title, 40) or "articles", taken), title, language=language or ENGLISH)


def _merged(known: Source, source: Source, stated: Sequence[str], *, only_read: bool) -> Source:
    """Return a known source with what a new reading says of it: what somebody typed, and what it lacks.

    Where nothing that people wrote cites it, what the article itself says now goes before what it said then.
    """
    names = ("title", "publisher", "authors", "published", "url")
    new = {name: getattr(source, name) for name in names if name != "url" or not is_same_page(source, known)}
    taken = {name: value for name, value in new.items() if value and (name in stated or only_read or not getattr(known, name))}
    return replace(known, **taken)


def _carried(state: StoredStory, source: Source, comparison: Comparison, sentences: int) -> Source | None:
    """Return the source of another outlet whose report an article prints, None where it prints nobody's."""
    counts: dict[str, int] = {}
    for passage in comparison.shared:
        counts[passage.citations[0].source] = counts.get(passage.citations[0].source, 0) + 1
    most = max(counts, key=counts.__getitem__, default=None)
    if most is None or counts[most] < max(2, MIN_CARRIED * sentences):
        return None
    other = state.sources[most]
    return other if not is_same_outlet(source, other) or not other.publisher else None


def _people(known: KnownActors, passages: Iterable[Fact]) -> tuple[Actor, ...]:
    names = dict.fromkeys(name for passage in passages for name in (*passage.by, *passage.about))
    people = (known.actors[name] for name in names if known.actors[name].kind == "person")
    return tuple(actor for actor in people if actor.name.split()[0].lower() not in DETERMINERS)  # "a witness" has no name


def _free(name: str, taken: Iterable[str]) -> str:
    number, free, names = 2, name, set(taken)
    while free in names:
        free, number = f"{name}-{number}", number + 1
    return free
