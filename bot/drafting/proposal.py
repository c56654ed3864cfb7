"""The story that is proposed from an article: every entry with what a person has to look at before it is a fact."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from bot.drafting.article import Article, agency_of
from bot.drafting.cast import Cast, Member
from bot.drafting.circumstances import about_of, context_of
from bot.drafting.dated import Dated, published_day
from bot.drafting.happening import Happening, date_of_words, happenings_of
from bot.drafting.reading import Reading, read
from bot.drafting.speaking import Said
from bot.english.names import NOT_NAMES
from bot.english.speech import SPOKEN_ONLY
from bot.facts.dates import StoryDate
from bot.facts.models import Actor, Citation, Fact, FactKind, Source, Story, StoryInfo
from bot.facts.sourcing import AGENCIES
from bot.stories.fields import listed

NOBODY = "unknown-speaker"
_LONGEST_ID = 48
_OFTEN = 2  # paragraphs in which something that never speaks is named, from which it is an actor
_POINTS = frozenset("it he she they this these those its his her their".split())
_NO_DATE = "no date is said"


@dataclass(frozen=True, slots=True)
class Draft:
    """A proposed story; ``notes`` say of each entry, by its section and id, what to look at. ``set_off`` are words in marks.

    ``unsure`` is how many quotes have nobody named beside them.
    """

    story: Story
    notes: dict[tuple[str, str], str]
    set_off: tuple[tuple[str, int], ...] = ()
    unsure: int = 0

    def count(self, kind: FactKind) -> int:
        """Return how many facts of a kind are proposed."""
        return sum(fact.kind == kind for fact in self.story.facts)


@dataclass(slots=True)
class _Work:
    """What is put together on the way: ids that are taken, and the notes."""

    source: Source
    taken: set[str] = field(default_factory=set)
    notes: dict[tuple[str, str], str] = field(default_factory=dict)
    ids: dict[int, str] = field(default_factory=dict)  # of actors, by identity

    def cite(self, paragraph: int) -> tuple[Citation, ...]:
        return (Citation(self.source.id, "paragraph", str(paragraph)),)

    def id(self, *parts: str) -> str:
        return unique(slug(" ".join(parts)), self.taken)


def draft(article: Article, source: Source) -> Draft:
    """Propose a story from an article, which is its one source."""
    reading = read(article)
    agency = agency_of(article.paragraphs[0].text)
    if agency is not None and agency.lower() in AGENCIES:
        source = replace(source, note=f"Agency: {AGENCIES[agency.lower()]}.")
    work = _Work(source)
    used = _members(reading, source)
    _name(used, work)
    story = Story(
        StoryInfo(slug(source.title), source.title),
        (source,),
        tuple(_actor(member, work, reading.cast) for member in used) + _nobody(reading, work),
        (*_events(reading, work), *_quotes(reading, work), *_claims(reading, work)),
    )
    work.notes["sources", source.id] = _about_source(source)
    set_off = tuple((said.text, said.paragraph) for said in reading.set_off)
    unsure = sum(said.guessed or not said.speakers for said in reading.said)
    return Draft(story, work.notes, set_off, unsure)


def source_of(
    title: str,
    url: str | None,
    *,
    publisher: str | None = None,
    published: StoryDate | None = None,
    authors: Sequence[str] = (),
) -> Source:
    """Return the source that an article is, with an id made of who published it."""
    host = (urlsplit(url).hostname or "").removeprefix("www.").split(".")[0] if url else ""
    name = slug(publisher or host or " ".join(title.split()[:3]), 30) or "article"
    return Source(name, "article-newspaper" if publisher else "webpage", title, publisher, tuple(authors), published, url)


def slug(text: str, longest: int = _LONGEST_ID) -> str:
    """Return a text as an id: a-z, 0-9 and -, cut at a word."""
    import unicodedata

    plain = unicodedata.normalize("NFKD", text.casefold().replace("'s ", " ").replace("’s ", " "))
    made = re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode()).strip("-")
    if len(made) > longest:
        made = made[:longest].rpartition("-")[0] or made[:longest]
    return made.strip("-") or "entry"


def unique(name: str, taken: set[str]) -> str:
    """Return the name, numbered where it is taken, and take it."""
    found, number = name, 1
    while found in taken:
        number += 1
        found = f"{name}-{number}"
    taken.add(found)
    return found


def _members(reading: Reading, source: Source) -> list[Member]:
    """Return who becomes an actor: who speaks, every person, and what is named often or takes part in an event."""
    speaking = {id(member) for said in reading.said for member in said.speakers}
    speaking |= {id(member) for said in reading.asserted for member in said.speakers}
    day = published_day(source.published)
    part = {id(who) for sentence in reading.sentences for each in happenings_of(sentence, day) for who in each.who}
    kept = []
    for member in reading.cast.members:
        often = len(set(member.paragraphs)) >= _OFTEN
        if id(member) in speaking | part or (not member.described and (member.kind == "person" or often)):
            kept.append(member)
    return kept


def _name(members: Sequence[Member], work: _Work) -> None:
    surnames = Counter(member.name.split()[-1] for member in members if member.kind == "person")
    taken: set[str] = set()
    for member in members:
        short = next((alias for alias in member.aliases if alias.isupper() and len(alias) < 8), member.name)
        last = member.name.split()[-1]
        if member.kind == "person" and not member.described:
            short = last if surnames[last] == 1 else member.name
        work.ids[id(member)] = unique(slug(short, 40), taken)


def _actor(member: Member, work: _Work, cast: Cast) -> Actor:
    others = {each.name.casefold() for each in cast.members if each is not member}
    aliases = tuple(alias for alias in member.aliases if alias.casefold() not in others)
    paragraph = member.role_paragraph or next(iter(member.paragraphs), None)
    actor = Actor(
        work.ids[id(member)],
        member.name,
        "outlet" if member.name == work.source.publisher else member.kind,
        aliases,
        member.role,
        work.cite(paragraph) if paragraph else (),
    )
    looks = [
        "no name is given" if member.described else "",
        "what is it?" if actor.kind == "other" else f"is it {_article(actor.kind)}?",
    ]
    looks += ["" if member.role or member.kind != "person" else "no role is said"]
    work.notes["actors", actor.id] = "; ".join(look for look in looks if look)
    return actor


def _article(kind: str) -> str:
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def _nobody(reading: Reading, work: _Work) -> tuple[Actor, ...]:
    """Return an actor for quotations whose speaker the text does not tell, where there are any."""
    if all(said.speakers for said in reading.said):
        return ()
    work.notes["actors", NOBODY] = "whose quotes name this actor have no speaker yet; name them, then take this actor out"
    return (Actor(NOBODY, "Unknown speaker", "other"),)


def _events(reading: Reading, work: _Work) -> Iterable[Fact]:
    day = published_day(work.source.published)
    for sentence in reading.sentences:
        for event in happenings_of(sentence, day):
            name = work.id(_words(event.text, event.who))
            work.notes["events", name] = f"say it in your own words; {_dated(event.dated)}"
            who = tuple(work.ids[id(member)] for member in event.who if id(member) in work.ids)
            yield Fact(name, "event", event.text, work.cite(sentence.paragraph.number), event.dated.date, who=who)


def _quotes(reading: Reading, work: _Work) -> Iterable[Fact]:
    day = published_day(work.source.published)
    for said in reading.said:
        by = _ids(said.speakers, work) or (NOBODY,)
        dated = date_of_words(said.sentence, said.verb, day)
        name = work.id(by[0], _words(said.text, (), most=3))
        work.notes["quotes", name] = f"{_whose(said)}; {_dated(dated)}"
        about = about_of(said, reading.cast)
        yield Fact(
            name,
            "quote",
            said.text.rstrip(",").rstrip(),
            work.cite(said.paragraph),
            dated.date if dated else None,
            context=context_of(said),
            by=by,
            about=tuple(each for each in _ids(about, work) if each not in by),
        )


def _claims(reading: Reading, work: _Work) -> Iterable[Fact]:
    day = published_day(work.source.published)
    told = {id(event.sentence): event for sentence in reading.sentences for event in happenings_of(sentence, day)}
    for said in reading.asserted:
        verb = said.sentence.items[said.verb].text
        if _is_told(told.get(id(said.sentence)), verb):
            continue
        by = _ids(said.speakers, work)
        dated = date_of_words(said.sentence, said.verb, day)
        name = work.id(by[0], _words(said.text, said.speakers, most=3))
        work.notes["claims", name] = f"by {_names(said.speakers)}, from “{verb}”; {_plainly(said.text)}; {_dated(dated)}"
        about = tuple(each for each in _ids(said.sentence.members(said.first, said.last), work) if each not in by)
        yield Fact(
            name,
            "claim",
            said.text,
            work.cite(said.sentence.paragraph.number),
            dated.date if dated else None,
            by=by,
            about=about,
        )


def _plainly(text: str) -> str:
    first = text.split()[0].lower()
    return f"who is “{first}”? name them" if first in _POINTS else "is it whole and in your words?"


def _is_told(event: Happening | None, verb: str) -> bool:
    """Return whether an event has the sentence already, as one that was announced."""
    return event is not None and verb.lower() not in SPOKEN_ONLY and event.text == event.sentence.text()


def _ids(members: Iterable[Member], work: _Work) -> tuple[str, ...]:
    return tuple(dict.fromkeys(work.ids[id(member)] for member in members if id(member) in work.ids))


def _names(members: Iterable[Member]) -> str:
    return listed([member.name for member in members])


def _whose(said: Said) -> str:
    if said.words == 1:
        return f"{_by(said)}; is it a word of theirs, or only set off?"
    return _by(said)


def _by(said: Said) -> str:
    if not said.speakers:
        return "whose words? the text does not say; name the speaker"
    if said.guessed:
        return f"by {_names(said.speakers)}? nobody is named beside it"
    if said.verb is None:
        return f"by {_names(said.speakers)}, who is quoted right before"
    return f"by {_names(said.speakers)}, from “{said.sentence.items[said.verb].text}”"


def _dated(dated: Dated | None) -> str:
    if dated is None:
        return _NO_DATE
    if dated.date is None:
        return f"when is “{dated.words}”? the day of publication is not known"
    return f"the text says “{dated.words}”"


def _about_source(source: Source) -> str:
    missing = [
        name
        for name, value in (
            ("publisher", source.publisher),
            ("published", source.published),
            ("url", source.url),
            ("archive", source.archive),
        )
        if not value
    ]
    return f"is the type right?{f' add {listed(missing)}' if missing else ''}"


def _words(text: str, members: Sequence[Member], *, most: int = 4) -> str:
    """Return the words of a text that an id may be made of."""
    names = {word.casefold() for member in members for word in member.name.split()} if most == 3 else set()
    words = [word for word in re.findall(r"[^\W_]+", text.replace("’", "'").replace("'s", "")) if len(word) > 2]
    kept = [word for word in words if word.lower() not in NOT_NAMES and word.casefold() not in names]
    return " ".join((kept or words or ["words"])[:most])
