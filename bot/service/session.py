"""A session: one open fact base with what is needed to answer from it. Plain calls; the service runs them off the event loop."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from bot.answers.answerer import Answerer
from bot.answers.finding.directory import ActorDirectory, find_stories
from bot.answers.models import Answer
from bot.checking.checker import TextChecker
from bot.editing.fact_editor import FactEditor
from bot.editing.gaps import GapWork
from bot.editing.keeping import Keeping
from bot.editing.previews import Trials
from bot.editing.sources_and_actors import SourcesAndActors
from bot.editing.suggesting import Suggestions
from bot.english.lexicon import Lexicon
from bot.errors import FactBaseError, UsageError
from bot.facts.base import FactBase
from bot.facts.logbook import Signature
from bot.facts.models import (
    FACT_KINDS,
    WRITTEN_KINDS,
    ActorRecord,
    FactKind,
    FactRecord,
    RecordedQuestion,
    Story,
    StoryInfo,
)
from bot.facts.state.server_settings import ServerSettings
from bot.facts.typed_dates import ALL_TIME, Period, typed_period
from bot.messages import Message
from bot.service.articles import Articles
from bot.service.changes import Changes
from bot.service.facts import FactReader
from bot.service.feeds import FollowedFeeds
from bot.service.follows import NewsReader
from bot.service.lists import ActorPage, Network, SourceUse, StoredOfPerson, Timeline
from bot.service.packs import NewerPacks
from bot.service.replies import SentReplies
from bot.service.rereading import WatchedArticles
from bot.service.sites import ServerSites
from bot.service.story_files import StoryFiles

TIMELINE_KINDS: dict[str, tuple[FactKind, ...]] = {
    "events": ("event",),
    "quotes": ("quote",),
    "claims": ("claim",),
    "all": WRITTEN_KINDS,
}
"""What a time line may show, by the names that people type."""

_MAX_SHOWN_ANEW = 1000  # suggestions of one person, open and decided ones each
_CAUTION = {"careful": 0.4, "usual": 0.0, "bold": -0.4}  # how much surer than usual an answer has to be, by the server's choice


class Session:
    """Answers, lists and finds in one fact base; each of its attributes does what belongs to one subject.

    ``base`` is for the service and the tests; other callers use the methods and attributes.
    """

    def __init__(self, base: FactBase, lexicon: Lexicon, *, reply_days: int, sites: tuple[Path, str] | None = None) -> None:
        """``sites`` are the folder and the address of the sites of its stories, as `Settings.sites_of` has them."""
        self.base = base
        self._answerer = Answerer(base, lexicon)
        self._reply_days = reply_days
        self._directory: tuple[int, ActorDirectory] | None = None
        self._reading_actors = threading.Lock()
        self.facts = FactReader(base)
        self.trials = Trials(base, lexicon)
        self.editor = FactEditor(base, self.trials, self.facts.last_day)
        self.sources_and_actors = SourcesAndActors(base)
        self.suggestions = Suggestions(base, self.editor)
        self.logbook, self.proposals, self.usage = base.logbook, base.proposals, base.usage
        self.unfinished_forms = base.unfinished_forms
        self.feeds, self.watched_pages, self.unreviewed = base.feeds, base.watched_pages, base.unreviewed
        self.gaps = GapWork(base, self._answerer)
        self.follows, self.refusals, self.news = base.follows, base.refusals, NewsReader(base)
        self.changes = Changes(base)
        self.keeping = Keeping(base)
        self.files = StoryFiles(base, self.trials)
        self.packs = NewerPacks(base, self.files)
        self.articles = Articles(base, self.suggestions, self.ask, lexicon)
        self.watched, self.following = WatchedArticles(base), FollowedFeeds(base, lexicon)
        self.sites = ServerSites(base, *(sites or ()))
        self.replies = SentReplies(base, ask=self.ask, days=reply_days)
        self.checks = TextChecker(base, lexicon, last_day=self.facts.last_day, find=self.find_actor, days=reply_days)
        with suppress(FactBaseError):  # anything not deleted now is deleted the next time the base is opened
            self.forget()

    def forget(self) -> None:
        """Delete what is stored for a time and has expired: questions of readers, forms, replies, hashes of suggesters."""
        self.base.forget(question_days=self.settings().question_days, reply_days=self._reply_days)

    def encode(self, story: str | None = None, *, most: int | None = None) -> int:
        """Encode facts as `Answerer.encode` does, after reading the actors again if they have been read before.

        This runs in the background after each change, so that nobody who types a name waits for either.
        """
        if self._directory is not None:
            self._actors().prepare()
        return self._answerer.encode(story, most=most)

    def stored_of(self, owner: str, user: int, *, most: int) -> StoredOfPerson:
        """Return what is stored about a person, with at most ``most`` suggestions.

        ``owner`` is the name by which they sign, ``user`` their Discord id.
        """
        suggestions = self.proposals.by_author(owner, limit=most)
        return StoredOfPerson(self.base.privacy.personal_data(owner, user), suggestions, self.settings().question_days)

    def delete_person(self, owner: str, user: int) -> tuple[int, ...]:
        """Delete what is stored about a person, and return the suggestions that are shown somewhere and look different now."""
        with self.base.transaction():
            suggestions = (
                *self.proposals.open(by=owner, limit=_MAX_SHOWN_ANEW),
                *self.proposals.by_author(owner, limit=_MAX_SHOWN_ANEW),
            )
            shown = tuple(
                dict.fromkeys(
                    suggestion.number
                    for suggestion in suggestions
                    if suggestion.status == "open" or suggestion.message is not None
                )
            )
            self.base.privacy.delete(owner, user)
        self.base.try_to_checkpoint()
        return shown

    def version(self) -> int:
        """Return a number that changes whenever any program commits a change of facts; cheap."""
        return self.base.version()

    def settings(self) -> ServerSettings:
        """Return what the server has chosen."""
        return self.base.settings.read()

    def change_settings(
        self, signature: Signature, choose: Callable[[ServerSettings], Mapping[str, Any]]
    ) -> tuple[ServerSettings, ServerSettings]:
        """Set some settings from their current values, and return all of them before and after. Raises UsageError."""
        before = self.settings()
        return before, self.base.settings.update(signature, choose)

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
        as_of: str | int | None = None,
        before: Sequence[int] = (),
        after: Sequence[str] = (),
    ) -> Answer:
        """Answer a question. Raises EmptyQuestionError, NotKnownError (story), DateError, UsageError, BusyError (deadline).

        ``caution`` is how sure an answer has to be, by default as the server has chosen. ``as_of`` is a day (yyyymmdd), or a
        date as people type it: the answer is what the sources had published by then. ``before`` are the facts of the answer that
        the question follows up, ``after`` the earlier questions of that conversation, oldest first.
        """
        settings = self.settings()
        caution = _CAUTION[settings.sureness] if caution is None else caution
        day, reviewed = self.facts.day(as_of, story), settings.only_reviewed
        return self._answerer.ask(
            question, story=story, rank=rank, caution=caution, as_of=day, before=before, after=after, reviewed=reviewed
        )

    def quotes(self, speaker: str | None, about: str | None, *, story: str | None = None) -> tuple[FactRecord, ...]:
        """Return quotes by date, or about something, best first, and passages that quote. Raises NotKnownError for a speaker."""
        record = self._find(speaker, story)
        speaks, only = record.number if record else None, self.settings().only_reviewed
        if not about:
            return self.base.by_date("quote", speaker=speaks, story=story, passages=True, only_reviewed=only)
        quotes = self.base.speakers.quotes(speaks, story=story, only_reviewed=only)
        return self.base.facts(self._answerer.nearest(about, quotes, story=record.story.id if record else story))

    def who(self, actor: str, *, story: str | None = None) -> ActorPage:
        """Return all that is known of an actor. Raises NotKnownError with the nearest names."""
        self.base.check_story(story)
        record = self._actors().find(actor, story=story)
        listed = self.base.by_date(*FACT_KINDS, actor=record.number, only_reviewed=self.settings().only_reviewed)
        facts = sorted(listed, key=lambda fact: not fact.fact.reviewed)
        spoken = tuple(fact for fact in facts if record.actor.id in fact.fact.by)
        events = tuple(fact for fact in facts if fact.fact.kind == "event" or (fact.fact.happened and not fact.fact.by))
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
    ) -> Timeline:
        """Return what happened by date, or what was said and claimed: ``kind`` is one of TIMELINE_KINDS; with what passages tell.

        Its period is as it was understood: ``from October 2017 to 26 October 2017``.

        Raises DateError, NotKnownError, and UsageError for a period or a kind that cannot be.
        """
        kinds = TIMELINE_KINDS.get(kind.strip().lower())
        if kinds is None:
            known = ", ".join([*TIMELINE_KINDS][:-1])
            raise UsageError(Message("A time line shows {kinds} or all, not “{kind}”.", kinds=known, kind=kind[:40]))
        record = self._find(actor, story)
        period = self._period(start, end, story)
        number, name = (record.number, record.actor.name) if record else (None, None)
        within = {"start": period.first, "end": period.last}
        only = self.settings().only_reviewed
        facts = self.base.by_date(*kinds, actor=number, **within, story=story, passages=True, only_reviewed=only)
        return Timeline(facts, name, period.words)

    def network(self, *, actor: str | int | None = None, story: str | None = None) -> Network:
        """Return who speaks about whom; ``actor`` is a name or a number. Raises NotKnownError for an unknown one."""
        number, name = (actor, self.base.speakers.name(actor)) if isinstance(actor, int) else (0, None)
        if not isinstance(actor, int) and (record := self._find(actor, story)):
            number, name = record.number, record.actor.name
        links = self.base.speakers.links(story=story)
        if name is not None:
            links = tuple(link for link in links if name in (link.speaker, link.subject))
        return Network(links, name, number)

    def sources(self, *, story: str | None = None) -> tuple[SourceUse, ...]:
        """Return all sources, most cited first. Raises NotKnownError for an unknown story."""
        return tuple(sorted(self.sources_in_order(story), key=lambda use: -use.cited))

    def sources_in_order(self, story: str | None = None) -> tuple[SourceUse, ...]:
        """Return the sources story by story, in the order in which they came. Raises NotKnownError for an unknown story."""
        return tuple(SourceUse(info, source, cited) for info, source, cited in self.base.sources(story))

    def stories(self) -> tuple[StoryInfo, ...]:
        """Return the stories."""
        return self.base.stories()

    def story(self, story: str) -> Story:
        """Return a whole live story, as it can be exported. Raises NotKnownError."""
        return self.base.story(story)

    def check_story(self, story: str | None) -> None:
        """Raise NotKnownError, with the stories that there are, where none has that id; None stands for all stories."""
        self.base.check_story(story)

    def count_facts(self, story: str | None = None) -> int:
        """Return the number of live facts. Raises NotKnownError for an unknown story."""
        return self.base.count(story)

    def recorded_questions(self, story: str) -> tuple[RecordedQuestion, ...]:
        """Return the questions that a story must be able to answer. Raises NotKnownError."""
        return self.base.questions(story)

    def actors(self, story: str | None = None) -> tuple[ActorRecord, ...]:
        """Return the actors, story by story. Raises NotKnownError for an unknown story."""
        return self.base.actors(story)

    def stories_with_facts(self, only: str | None = None) -> tuple[StoryInfo, ...]:
        """Return the stories that have a fact to show, the ones that readers are shown; ``only`` one of them, or all (None)."""
        return tuple(story for story in self.stories() if only in (None, story.id) and self.base.has_more_than(0, story.id))

    def complete_actors(self, typed: str, *, speakers: bool = False, limit: int = 25) -> tuple[ActorRecord, ...]:
        """Return the actors that what was typed may mean, best first.

        While they are being read again after a change, those from before it are offered.
        """
        return self._actors(wait=False).complete(typed, speakers=speakers, limit=limit)

    def complete_stories(self, typed: str, *, limit: int = 25) -> tuple[StoryInfo, ...]:
        """Return the stories that what was typed may mean, best first."""
        return find_stories(self.base.stories(), typed, limit)

    def find_actor(self, typed: str, story: str | None = None) -> ActorRecord:
        """Return the actor that was typed. Raises NotKnownError with the nearest names."""
        return self._actors().find(typed, story=story)

    def _find(self, actor: str | None, story: str | None) -> ActorRecord | None:
        """Return the actor that was named, if one was. Raises NotKnownError, for an unknown story before an unknown actor."""
        self.base.check_story(story)
        return self._actors().find(actor, story=story) if actor else None

    def _actors(self, *, wait: bool = True) -> ActorDirectory:
        """Return the actors as they are; without ``wait``, as they were before a change while another thread reads them anew."""
        version, held = self.base.version(), self._directory
        if held is not None and (held[0] == version or (not wait and self._reading_actors.locked())):
            return held[1]
        with self._reading_actors:
            held = self._directory
            if held is None or held[0] != version:
                held = self._directory = version, ActorDirectory(self.base.actors())
            return held[1]

    def _period(self, start: str | None, end: str | None, story: str | None) -> Period:
        if not start and not end:
            return ALL_TIME
        return typed_period(start, end, self.facts.last_day(story))
