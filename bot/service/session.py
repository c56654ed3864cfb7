"""A session: one open fact base with what is needed to answer from it. Plain calls; the service runs them off the event loop."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NamedTuple

from bot.answers.answerer import Answerer
from bot.answers.as_of import read_day, record_as_of, sides_as_of
from bot.answers.finding.directory import ActorDirectory, find_stories
from bot.answers.models import Answer
from bot.checking.checker import Checks
from bot.editing.corrections import Correction, corrections
from bot.editing.editorial import Editorial
from bot.editing.gap_work import GapWork
from bot.editing.suggesting import Suggestions
from bot.english.lexicon import Lexicon
from bot.errors import FactBaseError, NotKnownError, UsageError
from bot.facts.base import FactBase
from bot.facts.models import FACT_KINDS, ActorRecord, FactKind, FactRecord, Source, StoryInfo
from bot.facts.speakers import EventSides, Link
from bot.facts.typed_dates import ALL_TIME, Period, typed_period

TIMELINE_KINDS: dict[str, tuple[FactKind, ...]] = {
    "events": ("event",),
    "quotes": ("quote",),
    "claims": ("claim",),
    "all": FACT_KINDS,
}
"""What a time line may show, by how people call it."""

_KEPT = ("title", "short", "note", "story", "as_of", "before", "after", "perhaps", "is_question")  # of a reply, as it stands
_CAUTION = {"careful": 0.4, "usual": 0.0, "bold": -0.4}


@dataclass(frozen=True, slots=True)
class ActorPage:
    """All that is known of an actor: what it did or met with, said and claims, and what others say about it, each by date."""

    record: ActorRecord
    sources: tuple[Source, ...]
    events: tuple[FactRecord, ...]
    spoken: tuple[FactRecord, ...]
    about: tuple[FactRecord, ...]


@dataclass(frozen=True, slots=True)
class Network:
    """Who speaks about whom, most often first; with an ``actor`` (and its number), only about them and what they say.

    ``words`` are the numbers of quotes and of claims, each counted once however many it is about.
    """

    links: tuple[Link, ...]
    actor: str | None = None
    number: int = 0
    words: tuple[int, int] | None = None


class SidesOf(NamedTuple):
    """An event of which several sides speak, and the day (yyyymmdd) by which they had spoken; None: today."""

    event: int
    day: int | None = None


@dataclass(frozen=True, slots=True)
class SourceUse:
    """A source with the number of facts that cite it."""

    story: StoryInfo
    source: Source
    cited: int


@dataclass(frozen=True, slots=True)
class Reply:
    """What a sent reply shows, kept so that its buttons work after a restart.

    ``title`` is the question or what was looked up, ``story`` the id of the story that was asked, None: all. ``corrected`` are
    those of its facts that say something else than when it was sent. ``as_of``, ``before`` and ``after`` are as the question was
    asked with (see `Session.ask`). ``perhaps``: nothing answers for sure, and the first of the suggestions may.
    ``is_question``: its title is a question, and no greeting, no thanks and no list.
    """

    title: str | None
    short: str | None
    note: str | None
    facts: tuple[FactRecord, ...]
    suggestions: tuple[FactRecord, ...]
    story: str | None = None
    corrected: tuple[Correction, ...] = ()
    as_of: str | None = None
    before: tuple[int, ...] = ()
    after: tuple[str, ...] = ()
    perhaps: bool = False
    is_question: bool = True


class Session:
    """Answers, lists and finds in one fact base, and has those at work in it who change its facts."""

    def __init__(self, base: FactBase, lexicon: Lexicon, *, reply_days: int) -> None:
        self.base = base
        self._answerer = Answerer(base, lexicon)
        self._reply_days = reply_days
        self._directory: tuple[int, ActorDirectory] | None = None
        self.editorial = Editorial(base, lexicon, self._last_day)
        self.suggestions = Suggestions(base, self.editorial)
        self.gaps = GapWork(base, self._answerer)
        self.checks = Checks(
            base,
            lexicon,
            last_day=self._last_day,
            find=lambda typed, story: self._actors().find(typed, story=story),
            days=reply_days,
        )
        with suppress(FactBaseError):  # nobody waits for this: what is not forgotten now is forgotten tomorrow
            self.forget()

    def forget(self) -> None:
        """Drop what was kept for a time and is older: questions of readers, forms, replies, who made a suggestion."""
        self.base.forget(question_days=self.base.settings.read().question_days, reply_days=self._reply_days)

    def close(self) -> None:
        """Close the fact base."""
        self.base.close()

    def ask(
        self,
        question: str,
        *,
        story: str | None = None,
        rank: int = 0,
        caution: float | None = None,
        as_of: str | None = None,
        before: Sequence[int] = (),
        after: Sequence[str] = (),
    ) -> Answer:
        """Answer a question. Raises EmptyQuestionError, NotKnownError (story), DateError, UsageError, BusyError (deadline).

        ``caution`` is how sure an answer has to be; left out, it is as the server has chosen. ``as_of`` is a date as people type
        it: the answer is what the sources had told by then. ``before`` are the facts of the answer that the question follows up,
        ``after`` the earlier questions of that conversation, oldest first.
        """
        caution = _CAUTION[self.base.settings.read().sureness] if caution is None else caution
        day = self._day(as_of, story)
        return self._answerer.ask(question, story=story, rank=rank, caution=caution, as_of=day, before=before, after=after)

    def encode(self, most: int | None = None) -> int:
        """Have the reader encode facts that it has not yet, at most so many, and return how many."""
        return self._answerer.encode(most=most)

    def quotes(self, speaker: str | None, about: str | None, *, story: str | None = None) -> tuple[FactRecord, ...]:
        """Return quotes by date, or about something, best first. Raises NotKnownError for a speaker whom nobody knows."""
        record = self._find(speaker, story)
        quotes = self.base.quotes(speaker=record.number if record else None, story=story)
        if not about:
            return quotes
        fitting = self._answerer.nearest(about, [quote.number for quote in quotes], story=record.story.id if record else story)
        by_number = {quote.number: quote for quote in quotes}
        return tuple(by_number[number] for number in fitting)

    def who(self, actor: str, *, story: str | None = None) -> ActorPage:
        """Return all that is known of an actor. Raises NotKnownError with the nearest names."""
        self.base.check_story(story)
        record = self._actors().find(actor, story=story)
        facts = self.base.facts_with_actor(record.number)
        spoken = tuple(fact for fact in facts if record.actor.id in fact.fact.by)
        events = tuple(fact for fact in facts if fact.fact.kind == "event")
        taken = {fact.number for fact in (*spoken, *events)}
        sources = {source.id: source for _, source, _ in self.base.sources(record.story.id)}
        return ActorPage(
            record=record,
            sources=tuple(sources[citation.source] for citation in record.actor.citations),
            events=events,
            spoken=spoken,
            about=tuple(fact for fact in facts if fact.number not in taken),
        )

    def timeline(
        self,
        *,
        actor: str | None = None,
        start: str | None = None,
        end: str | None = None,
        story: str | None = None,
        kind: str = "events",
    ) -> tuple[FactRecord, ...]:
        """Return what happened by date, or what was said and claimed: ``kind`` is one of TIMELINE_KINDS.

        Raises DateError, NotKnownError, and UsageError for a period or a kind that cannot be.
        """
        kinds = TIMELINE_KINDS.get(kind.strip().lower())
        if kinds is None:
            raise UsageError(f"A time line shows {', '.join([*TIMELINE_KINDS][:-1])} or all, not “{kind[:40]}”.")
        record = self._find(actor, story)
        period = self._period(start, end, story)
        number = record.number if record else None
        return self.base.events(actor=number, start=period.first, end=period.last, story=story, kinds=kinds)

    def period_words(self, *, start: str | None = None, end: str | None = None, story: str | None = None) -> str:
        """Say how the period of a time line is understood: ``from October 2017 to 26 October 2017``; "" for all time.

        Raises what `timeline` raises for the same dates.
        """
        return self._period(start, end, story).words

    def network(self, *, actor: str | int | None = None, story: str | None = None) -> Network:
        """Return who speaks about whom; ``actor`` is a name or a number. Raises NotKnownError where nobody knows it."""
        number, name = (actor, self.base.speakers.name(actor)) if isinstance(actor, int) else (0, None)
        if not isinstance(actor, int) and (record := self._find(actor, story)):
            number, name = record.number, record.actor.name
        links = self.base.speakers.links(story=story)
        if name is not None:
            links = tuple(link for link in links if name in (link.speaker, link.subject))
        return Network(links, name, number, self.base.speakers.count_statements(name=name, story=story))

    def several_sides(self, facts: Sequence[int], *, as_of: str | None = None, story: str | None = None) -> SidesOf | None:
        """Return the event, of those that facts are or belong to, of which several sides speak; None where there is none.

        ``as_of``, with the story that was asked: only what they had said by then counts.
        """
        day = self._day(as_of, story)
        speakers = self.base.speakers
        if day is None:
            event = speakers.disputed_event(facts)
            return None if event is None else SidesOf(event)
        for event in dict.fromkeys(speakers.disputed_event([number]) for number in facts):
            sides = speakers.sides(event) if event is not None else None
            if event is not None and sides is not None and len(sides_as_of(sides, day).sides) > 1:
                return SidesOf(event, day)
        return None

    def sides(self, event: int, day: int | None = None) -> EventSides:
        """Return an event and what each side says of it, had said by a ``day`` (yyyymmdd) if one is given.

        Raises NotKnownError where there is no such event any more.
        """
        sides = self.base.speakers.sides(event)
        if sides is not None and day is not None:
            sides = sides_as_of(sides, day)
        if sides is None or not sides.sides:
            raise NotKnownError("Nobody is on record about that any more; ask again for what the facts say now.")
        return sides

    def sources(self, *, story: str | None = None) -> tuple[SourceUse, ...]:
        """Return all sources, most cited first. Raises NotKnownError for an unknown story."""
        found = [SourceUse(info, source, cited) for info, source, cited in self.base.sources(story)]
        return tuple(sorted(found, key=lambda use: -use.cited))

    def stories(self) -> tuple[StoryInfo, ...]:
        """Return the stories."""
        return self.base.stories()

    def complete_actors(
        self, typed: str, *, speakers: bool = False, story: str | None = None, limit: int = 25
    ) -> tuple[ActorRecord, ...]:
        """Return the actors that what was typed may mean, best first."""
        return self._actors().complete(typed, speakers=speakers, story=story, limit=limit)

    def complete_stories(self, typed: str, *, limit: int = 25) -> tuple[StoryInfo, ...]:
        """Return the stories that what was typed may mean, best first."""
        return find_stories(self.base.stories(), typed, limit)

    def keep_reply(self, reply: Reply) -> str:
        """Keep what a reply shows and return its key."""
        content = {name: getattr(reply, name) for name in _KEPT}
        content |= {name: [fact.number for fact in getattr(reply, name)] for name in ("facts", "suggestions")}
        facts = ((fact.number, fact.revision) for fact in (*reply.facts, *reply.suggestions))
        return self.base.replies.store(json.dumps(content, ensure_ascii=False), facts, days=self._reply_days)

    def reply(self, key: str) -> Reply:
        """Return a kept reply with its facts as they stand now. Raises NotKnownError where it is too old."""
        content = self.base.replies.content(key)
        if content is None:
            raise NotKnownError("That reply is too old for its buttons to work; ask again.")
        kept = json.loads(content)
        facts, suggestions = self.base.facts(kept["facts"]), self.base.facts(kept["suggestions"])
        corrected = corrections(self.base, self.base.replies.revisions(key), (*facts, *suggestions))
        day = self._day(kept.get("as_of"), kept["story"])
        if day is not None:
            facts, suggestions = (tuple(record_as_of(each, day) for each in those) for those in (facts, suggestions))
        reply = Reply(
            title=kept["title"],
            short=kept["short"],
            note=kept["note"],
            facts=facts,
            suggestions=suggestions,
            story=kept["story"],
            as_of=kept.get("as_of"),
            before=tuple(kept.get("before", ())),
            after=tuple(kept.get("after", ())),
            perhaps=kept.get("perhaps", False),
            is_question=kept.get("is_question", True),
            corrected=corrected,
        )
        return replace(reply, short=self._short_now(reply)) if reply.short else reply

    def _short_now(self, reply: Reply) -> str | None:
        """Return the short answer of a kept reply as it can be cut out of its facts now; None where the first does not answer."""
        if not {each.now.number for each in reply.corrected} & {fact.number for fact in reply.facts}:
            return reply.short
        answer = self.ask(reply.title or "", story=reply.story, as_of=reply.as_of, before=reply.before, after=reply.after)
        first = next((fact.number for fact in reply.facts if not fact.retracted), None)
        return answer.short if answer.facts and answer.facts[0].record.number == first else None

    def _day(self, as_of: str | None, story: str | None) -> int | None:
        return read_day(as_of, self._last_day(story)) if as_of else None

    def _find(self, actor: str | None, story: str | None) -> ActorRecord | None:
        """Return the actor that was named, if one was; a story that there is not is told before an actor that is not in it."""
        self.base.check_story(story)
        return self._actors().find(actor, story=story) if actor else None

    def _actors(self) -> ActorDirectory:
        version = self.base.version()
        if self._directory is None or self._directory[0] != version:
            self._directory = version, ActorDirectory(self.base.actors())
        return self._directory[1]

    def _period(self, start: str | None, end: str | None, story: str | None) -> Period:
        if not start and not end:
            return ALL_TIME
        return typed_period(start, end, self._last_day(story))

    def _last_day(self, story: str | None) -> date:
        """Return the last day of the story, from which a date without a year is read; today where no event has a date.

        That is the latest day on which something happened; where no event has a day of its own, the end of the latest period.
        """
        dates = [record.fact.date for record in self.base.events(story=story) if record.fact.date]
        exact = [each.latest for each in dates if each.latest is not None and each.earliest == each.latest]
        last = max(exact or [each.latest for each in dates if each.latest is not None], default=0)
        if not 10101 <= last <= 99991231:
            return datetime.now().astimezone().date()
        return date(last // 10000, last // 100 % 100, last % 100)
