"""The story that is proposed from an article: every entry with what a person has to look at before it is a fact."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain

from bot.drafting.article import Article
from bot.drafting.dates import TextDate, is_after, published_day
from bot.drafting.events import DatedEvent, EventReader
from bot.drafting.questions import questions_of
from bot.drafting.reading import ArticleReading, Assertion, about_of, context_of, read
from bot.drafting.remainder import Remainder, remainder_of
from bot.english.attribution import AttributedQuote
from bot.english.datelines import dateline_of
from bot.english.name_words import NOT_NAMES
from bot.english.sentences import Entity
from bot.english.word_classes import DETERMINERS, SPOKEN_ONLY
from bot.facts.dates import StoryDate
from bot.facts.models import Actor, Citation, Fact, FactKind, Source, Story, StoryInfo
from bot.facts.sourcing import AGENCIES
from bot.facts.text import host_of
from bot.languages import ENGLISH
from bot.stories.fields import MAX_SLUG, listed, slug_of

UNKNOWN_SPEAKER = "unknown-speaker"
_OFTEN = 2  # paragraphs in which something that never speaks is named, from which it is an actor
_POINTS = frozenset("it he she they this these those its his her their".split())


@dataclass(frozen=True, slots=True)
class StoryDraft:
    """A proposed story; ``notes`` say of each entry, by its section and id, what to look at. ``set_off`` are words in marks.

    ``unsure`` is how many quotes have no speaker, since the text does not say for sure whose words they are.
    ``not_taken`` are sentences that no entry has, with the numbers of their paragraphs and why. ``unread_dates`` is how many
    dates are told from the day of publication, where that is not known.
    """

    story: Story
    notes: dict[tuple[str, str], str]
    set_off: tuple[tuple[str, int], ...] = ()
    unsure: int = 0
    not_taken: tuple[tuple[str, int, str], ...] = ()
    unread_dates: int = 0

    def count(self, kind: FactKind) -> int:
        """Return how many facts of a kind are proposed."""
        return sum(fact.kind == kind for fact in self.story.facts)


@dataclass(slots=True)
class _Builder:
    """What is put together on the way: ids that are taken, and the notes."""

    source: Source
    published: date | None
    reader: EventReader
    notes: dict[tuple[str, str], str] = field(default_factory=dict)
    ids: dict[Entity, str] = field(default_factory=dict)  # of actors
    events: dict[str, DatedEvent] = field(default_factory=dict)  # by the ids of their facts
    given: Counter[str] = field(default_factory=Counter)  # ids of facts, see `_give`

    def cite(self, paragraph: int) -> tuple[Citation, ...]:
        return (Citation(self.source.id, "paragraph", str(paragraph)),)

    def about_date(self, dated: TextDate | None) -> str:
        """Say which words of the text a date was read from, and what is odd about it."""
        if dated is None:
            return "no date is said"
        if dated.date is None:
            unknown = "the day of publication is not known" if self.published is None else "the text does not say for sure"
            return f"when is “{dated.words}”? {unknown}"
        odd = [f"that was a {dated.weekday}"] if dated.weekday else []
        odd += ["that is after the article"] if is_after(dated.date, self.published) else []
        return f"the text says “{dated.words}”{f'; is it right? {listed(odd)}' if odd else ''}"


def propose_story(article: Article, source: Source) -> StoryDraft:
    """Propose a story from an article, which is its one source."""
    reading = read(article)
    dateline = dateline_of(article.paragraphs[0].text, AGENCIES)
    agency = AGENCIES.get((dateline.agency or "").lower()) if dateline else None
    if agency is not None:
        source = replace(source, note=f"Agency: {agency}.")
    day = published_day(source.published)
    builder = _Builder(source, day, EventReader(day, reading.sentences, reading.language))
    used = _actor_entities(reading, builder)
    _name(used, builder)
    names = Counter(entity.name.casefold() for entity in reading.index.entities)
    actors = tuple(_actor(entity, builder, names) for entity in used)
    said: list[AttributedQuote | Assertion] = [*reading.quotations, *reading.assertions]
    if not all(words.sure for words in said):
        actors += (Actor(UNKNOWN_SPEAKER, "Unknown speaker", "other"),)
        note = "whose quotes name this actor have no speaker yet; name them, then take this actor out"
        builder.notes["actors", UNKNOWN_SPEAKER] = note
    rest = [*remainder_of(reading, builder.reader)]
    facts = (*_events(reading, builder), *_quotes(reading, builder), *_claims(reading, builder), *_kept(rest, builder))
    english = reading.language == ENGLISH
    asked = questions_of(facts, actors, builder.events, _names_inside(actors, article)) if english else ()
    info = StoryInfo(slug_of(source.title) or "entry", source.title, language=reading.language)
    story = Story(info, (source,), actors, facts, asked)
    missing = [name for name in ("publisher", "published", "url", "archive") if not getattr(source, name)]
    builder.notes["sources", source.id] = f"is the type right?{f' add {listed(missing)}' if missing else ''}"
    set_off = tuple((quote.text, quote.paragraph) for quote in reading.set_off)
    unsure = sum(not quote.sure for quote in reading.quotations)
    not_taken = tuple((left.sentence.text(), left.sentence.paragraph.number, left.reason) for left in rest if left.reason)
    dates = chain.from_iterable(map(builder.reader.all_of, reading.sentences))
    unread = sum(dated.date is None for dated in dates) if day is None else 0
    return StoryDraft(story, builder.notes, set_off, unsure, not_taken, unread)


def source_of(
    title: str, url: str | None, *, publisher: str | None = None, published: StoryDate | None = None, authors: Sequence[str] = ()
) -> Source:
    """Return the source that an article is, with an id made of who published it."""
    name = slug_of(publisher or host_of(url).split(".")[0] or " ".join(title.split()[:3]), 30) or "article"
    return Source(name, "article-newspaper" if publisher else "webpage", title, publisher, tuple(authors), published, url)


def _actor_entities(reading: ArticleReading, builder: _Builder) -> list[Entity]:
    """Return the entities that become actors: speakers, people, and what is named often or takes part in an event."""
    said: list[AttributedQuote | Assertion] = [*reading.quotations, *reading.assertions]
    speaking = {entity for words in said if words.sure for entity in words.speakers}
    part = {who for sentence in reading.sentences for event in builder.reader.events_of(sentence) for who in event.who}
    chosen = []
    for entity in reading.index.entities:
        often = len(set(entity.paragraphs)) >= _OFTEN
        if entity in speaking | part or (not entity.described and (entity.kind == "person" or often)):
            chosen.append(entity)
    return chosen


def _name(entities: Sequence[Entity], builder: _Builder) -> None:
    """Give each actor its id: an abbreviation, a surname that nobody else has, or else the name."""
    surnames = Counter(entity.name.split()[-1] for entity in entities if entity.kind == "person")
    given = Counter[str]()
    for entity in entities:
        short = next((alias for alias in entity.aliases if alias.isupper() and len(alias) < 8), entity.name)
        last = entity.name.split()[-1]
        if entity.kind == "person" and not entity.described:
            short = last if surnames[last] == 1 else entity.name
        builder.ids[entity] = _give(given, short, longest=40)


def _actor(entity: Entity, builder: _Builder, names: Counter[str]) -> Actor:
    """Return an actor, without aliases that are names of others; ``names`` counts those of all entities."""
    own = entity.name.casefold()
    aliases = tuple(alias for alias in entity.aliases if names[alias.casefold()] == (alias.casefold() == own))
    paragraph = entity.role_paragraph or next(iter(entity.paragraphs), None)
    actor = Actor(
        builder.ids[entity],
        entity.name,
        "outlet" if entity.name == builder.source.publisher else entity.kind,
        aliases,
        entity.role,
        builder.cite(paragraph) if paragraph else (),
    )
    looks = [
        "no name is given" if entity.described else "",
        "what is it?" if actor.kind == "other" else f"is it {'an' if actor.kind[0] in 'aeiou' else 'a'} {actor.kind}?",
    ]
    looks += ["" if entity.role or entity.kind != "person" else "no role is said"]
    builder.notes["actors", actor.id] = "; ".join(look for look in looks if look)
    return actor


def _names_inside(actors: Iterable[Actor], article: Article) -> dict[str, str]:
    """Return what actors are called inside a sentence, by their ids: with "the" where the article puts it before the name."""
    text = "\n".join(paragraph.text for paragraph in article.paragraphs)
    articled = set(re.findall(r"\b[Tt]he ((?:[A-Z][\w.'’&-]*|of|and|for)(?: (?:[A-Z][\w.'’&-]*|of|and|for|the))*)", text))
    names = {}
    for actor in actors:
        if actor.id == UNKNOWN_SPEAKER:
            continue
        first = actor.name.split()[0].lower()
        inside = f"{actor.name[:1].lower()}{actor.name[1:]}" if first in DETERMINERS else actor.name
        named = actor.kind != "person" and any(alias in articled for alias in (actor.name, *actor.aliases))
        names[actor.id] = f"the {inside}" if named and first != "the" else inside
    return names


def _events(reading: ArticleReading, builder: _Builder) -> Iterable[Fact]:
    for sentence in reading.sentences:
        for event in builder.reader.events_of(sentence):
            name = _give(builder.given, _words(event.text))
            builder.events[name] = event
            builder.notes["events", name] = f"say it in your own words; {builder.about_date(event.dated)}"
            who = tuple(builder.ids[entity] for entity in event.who if entity in builder.ids)
            yield Fact(name, "event", event.text, builder.cite(sentence.paragraph.number), event.dated.date, who=who)


def _quotes(reading: ArticleReading, builder: _Builder) -> Iterable[Fact]:
    for quote in reading.quotations:
        by = _ids(quote.speakers if quote.sure else (), builder) or (UNKNOWN_SPEAKER,)
        dated = builder.reader.date_of_words(quote.sentence, quote.verb)
        name = _give(builder.given, by[0], _words(quote.text, most=3))
        builder.notes["quotes", name] = f"{_about_speakers(quote)}; {builder.about_date(dated)}"
        about = tuple(id_ for id_ in _ids(about_of(quote, reading.index), builder) if id_ not in by)
        cited, day = builder.cite(quote.paragraph), dated.date if dated else None
        text = quote.text.rstrip(",").rstrip()
        yield Fact(name, "quote", text, cited, day, context=context_of(quote), by=by, about=about)


def _claims(reading: ArticleReading, builder: _Builder) -> Iterable[Fact]:
    events = {event.sentence: event for event in builder.events.values()}
    for assertion in reading.assertions:
        verb = assertion.sentence.items[assertion.verb].text
        event = events.get(assertion.sentence)
        if event is not None and verb.lower() not in SPOKEN_ONLY and event.text == event.sentence.text():
            continue  # an event has the sentence already, as one that was announced
        by = _ids(assertion.speakers if assertion.sure else (), builder) or (UNKNOWN_SPEAKER,)
        dated = builder.reader.date_of_words(assertion.sentence, assertion.verb)
        name = _give(builder.given, by[0], _words(assertion.text, most=3, without=assertion.speakers))
        names = listed([speaker.name for speaker in assertion.speakers])
        perhaps = f"whose claim? the text does not say for sure, perhaps {names}; name the speaker"
        whose = f"by {names}, from “{verb}”" if assertion.sure else perhaps
        builder.notes["claims", name] = f"{whose}; {_wording(assertion.text)}; {builder.about_date(dated)}"
        named = _ids(assertion.sentence.entities(assertion.first, assertion.last), builder)
        about = tuple(actor for actor in named if actor not in by)
        cited, day = builder.cite(assertion.sentence.paragraph.number), dated.date if dated else None
        yield Fact(name, "claim", assertion.text, cited, day, by=by, about=about)


def _kept(rest: Iterable[Remainder], builder: _Builder) -> Iterable[Fact]:
    """Yield the sentences that nothing else has as claims of the article itself, word for word."""
    for sentence in (left.sentence for left in rest if left.reason is None):
        text = sentence.text()
        name = _give(builder.given, _words(text))
        builder.notes["claims", name] = f"the article says this itself; is it a fact or an opinion? {_wording(text)}"
        yield Fact(name, "claim", text, builder.cite(sentence.paragraph.number), about=_ids(sentence.entities(), builder))


def _wording(text: str) -> str:
    first = text.split()[0].lower()
    return f"who is “{first}”? name them" if first in _POINTS else "is it whole and in your words?"


def _ids(entities: Iterable[Entity], builder: _Builder) -> tuple[str, ...]:
    return tuple(dict.fromkeys(builder.ids[entity] for entity in entities if entity in builder.ids))


def _about_speakers(quote: AttributedQuote) -> str:
    names = listed([entity.name for entity in quote.speakers]) if quote.speakers else ""
    if not quote.sure:
        perhaps = f", perhaps {names}" if names else ""
        whose = f"whose words? the text does not say for sure{perhaps}; name the speaker"
    elif quote.verb is None:
        whose = f"by {names}, who is quoted right before"
    else:
        whose = f"by {names}, from “{quote.sentence.items[quote.verb].text}”"
    return f"{whose}; is it a word of theirs, or only set off?" if quote.words == 1 else whose


def _words(text: str, *, most: int = 4, without: Sequence[Entity] = ()) -> str:
    """Return the first words of a text that an id may be made of, leaving out the names of some entities."""
    names = {word.casefold() for entity in without for word in entity.name.split()}
    words = [word for word in re.findall(r"[^\W_]+", text.replace("’", "'").replace("'s", "")) if len(word) > 2]
    chosen = [word for word in words if word.lower() not in NOT_NAMES and word.casefold() not in names]
    return " ".join((chosen or words or ["words"])[:most])


def _give(given: Counter[str], *parts: str, longest: int = MAX_SLUG) -> str:
    """Return an id made of words, numbered where it is ``given`` already: that counts how often each was asked for.

    So no number is tried twice.
    """
    name = slug = slug_of(" ".join(parts), longest) or "entry"
    while slug in given:
        given[name] += 1
        slug = f"{name}-{given[name]}"
    given[slug] += 1
    return slug
