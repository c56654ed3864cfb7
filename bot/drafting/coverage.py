"""Articles about one affair, read together: one story of their sources, the actors that they name, and their sentences.

Each sentence becomes a passage, word for word, cited to its paragraph. What it needs to be understood stands beside it: the
sentence before, who speaks, the day that "on Thursday" means by the article's own date.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from bot.drafting.article import Article
from bot.drafting.dates import published_day
from bot.drafting.events import EventReader
from bot.drafting.glosses import glosses_of
from bot.drafting.reading import ArticleReading, read
from bot.english.sentences import Entity, Sentence
from bot.facts.models import Actor, Citation, Fact, Source, Story, StoryInfo
from bot.stories.fields import slug_of

MIN_SHARED = 5
"""Words from which a sentence that two articles have is one that the later took from the earlier."""

LARGEST_DAY = 10**12


@dataclass(slots=True)
class _Known:
    """The actors of a story that is put together, by their ids and by what they are called."""

    actors: dict[str, Actor] = field(default_factory=dict)
    by_name: dict[str, str] = field(default_factory=dict)

    def id_of(self, entity: Entity) -> str:
        """Return the id of the actor that an entity is, added where no article named it before."""
        names = (entity.name, *(alias for alias in entity.aliases if " " in alias or entity.kind != "person"))
        found = next((self.by_name[name.casefold()] for name in names if name.casefold() in self.by_name), None)
        if found is None and entity.kind == "person" and " " not in entity.name:
            found = self._by_surname(entity.name)
        if found is None:
            found = self._new_id(entity)
            self.actors[found] = Actor(found, entity.name, entity.kind)
        actor = self.actors[found]
        aliases = dict.fromkeys([*actor.aliases, *(name for name in (entity.name, *entity.aliases) if name != actor.name)])
        role = max(actor.role or "", entity.role or "", key=len) or None
        self.actors[found] = replace(actor, aliases=tuple(aliases), role=role)
        for name in (actor.name, entity.name, *entity.aliases):
            self.by_name.setdefault(name.casefold(), found)
        return found

    def _by_surname(self, name: str) -> str | None:
        same = [actor.id for actor in self.actors.values() if actor.kind == "person" and actor.name.split()[-1] == name]
        return same[0] if len(same) == 1 else None

    def _new_id(self, entity: Entity) -> str:
        base = slug_of(entity.name, 40) or "actor"
        number, name = 2, base
        while name in self.actors:
            name, number = f"{base}-{number}", number + 1
        return name


def read_coverage(info: StoryInfo, articles: Iterable[tuple[Article, Source]]) -> Story:
    """Read articles as one story, each with the source that it is, the oldest first.

    A sentence that several print word for word, as papers print an agency's, is one passage that cites them all.
    """
    known, sources = _Known(), dict[str, Source]()
    passages: dict[str, Fact] = {}
    for article, source in sorted(articles, key=lambda read: _first_day(read[1])):
        sources[source.id] = source
        shared = Counter[str]()
        for passage in _passages(read(article), source, known):
            words = passage.text.casefold().split()
            key = " ".join(words) if len(words) >= MIN_SHARED else passage.id
            first = passages.setdefault(key, passage)
            if first is not passage:
                shared[first.citations[0].source] += 1
                passages[key] = replace(first, citations=tuple(dict.fromkeys((*first.citations, *passage.citations))))
        if shared:
            sources[source.id] = _as_carried(source, sources[max(shared, key=shared.__getitem__)])
    return Story(info, tuple(sources.values()), tuple(known.actors.values()), tuple(passages.values()))


def _as_carried(source: Source, other: Source) -> Source:
    """Note with a source that it has sentences of another, so that both count as one where independent sources are counted."""
    carried = f"As carried by {other.publisher or other.title}."
    return replace(source, note=" ".join(filter(None, (source.note, carried))))


def _first_day(source: Source) -> int:
    """Return the key of the day of a source, such that those without one come last."""
    return source.published.earliest or LARGEST_DAY if source.published is not None else LARGEST_DAY


def _passages(reading: ArticleReading, source: Source, known: _Known) -> Iterator[Fact]:
    """Yield the sentences of an article as passages."""
    published = published_day(source.published)
    dates = EventReader(published, reading.sentences)
    speakers: dict[Sentence, list[Entity]] = {}
    for quote in reading.quotations:
        speakers.setdefault(quote.sentence, []).extend(quote.speakers if quote.sure else ())
    for assertion in reading.assertions:
        speakers.setdefault(assertion.sentence, []).extend(assertion.speakers if assertion.sure else ())
    before, number, paragraph = "", 0, 0
    for sentence in reading.sentences:
        number = number + 1 if sentence.paragraph.number == paragraph else 1
        paragraph = sentence.paragraph.number
        text = sentence.text()
        dated = [each.date for each in dates.dates_of(sentence) if each.date is not None]
        by = _ids(speakers.get(sentence, ()), known)
        about = tuple(name for name in _ids(sentence.entities(), known) if name not in by)
        yield Fact(
            id=f"{source.id}-p{paragraph}-s{number}",
            kind="passage",
            text=text,
            citations=(Citation(source.id, "paragraph", str(paragraph)),),
            date=dated[0] if dated else None,
            context=before or None,
            by=by,
            about=about,
            reviewed=False,
            glosses=glosses_of(sentence, reading.meant[sentence], dates.all_of(sentence)),
        )
        before = text


def _ids(entities: Sequence[Entity], known: _Known) -> tuple[str, ...]:
    return tuple(dict.fromkeys(known.id_of(entity) for entity in entities))
