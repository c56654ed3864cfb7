"""The async edge: which server has which fact base, and the sync core run off the event loop with a deadline.

Commands of Discord and of the terminal call this and nothing below it. A server is its Discord id; None is the library, which direct
messages and the command line use.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import TracebackType
from typing import Self

from bot.answers.models import Answer
from bot.facts.models import ActorRecord, FactRecord, Source, StoryInfo
from bot.settings import Settings


@dataclass(frozen=True, slots=True)
class ActorPage:
    """All that is known of an actor: what it did (or happened to it), said and claims, and what others say about it, each by date."""

    record: ActorRecord
    sources: tuple[Source, ...]
    events: tuple[FactRecord, ...]
    spoken: tuple[FactRecord, ...]
    about: tuple[FactRecord, ...]


@dataclass(frozen=True, slots=True)
class SourceUse:
    """A source with the number of facts that cite it."""

    story: StoryInfo
    source: Source
    cited: int


@dataclass(frozen=True, slots=True)
class Reply:
    """What a sent reply shows, kept so that its buttons work after a restart: a title, a short answer and the facts, by number."""

    title: str | None
    short: str | None
    note: str | None
    facts: tuple[FactRecord, ...]
    suggestions: tuple[FactRecord, ...]


class Service:
    """Answers for every server, each from its own fact base. Use as ``async with Service(settings) as service``."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    async def __aenter__(self) -> Self:
        raise NotImplementedError

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        raise NotImplementedError

    async def ask(self, server: int | None, question: str, *, story: str | None = None) -> Answer:
        """Answer a question. Raises EmptyQuestionError, NotKnownError (story), BusyError (deadline)."""
        raise NotImplementedError

    async def quotes(
        self, server: int | None, speaker: str | None, about: str | None, *, story: str | None = None
    ) -> tuple[FactRecord, ...]:
        """Return the quotes of a speaker (name, alias or id, misspelt or not), about something; best or oldest first.

        Raises NotKnownError with the nearest names where nobody is called that.
        """
        raise NotImplementedError

    async def who(self, server: int | None, actor: str, *, story: str | None = None) -> ActorPage:
        """Return all that is known of an actor. Raises NotKnownError with the nearest names."""
        raise NotImplementedError

    async def timeline(
        self, server: int | None, *, actor: str | None = None, start: str | None = None, end: str | None = None, story: str | None = None
    ) -> tuple[FactRecord, ...]:
        """Return events by date. ``start`` and ``end`` are dates as people type them. Raises DateError, NotKnownError."""
        raise NotImplementedError

    async def sources(self, server: int | None, *, story: str | None = None) -> tuple[SourceUse, ...]:
        """Return all sources, most cited first."""
        raise NotImplementedError

    async def stories(self, server: int | None) -> tuple[StoryInfo, ...]:
        """Return the stories that a server has."""
        raise NotImplementedError

    async def complete_actors(
        self, server: int | None, typed: str, *, speakers: bool = False, story: str | None = None, limit: int = 25
    ) -> tuple[ActorRecord, ...]:
        """Return the actors that what was typed may mean, best first; with nothing typed, those spoken of most."""
        raise NotImplementedError

    async def complete_stories(self, server: int | None, typed: str, *, limit: int = 25) -> tuple[StoryInfo, ...]:
        """Return the stories that what was typed may mean, best first."""
        raise NotImplementedError

    async def keep_reply(self, server: int | None, reply: Reply) -> str:
        """Keep what a reply shows and return its key (short, for a button's custom id)."""
        raise NotImplementedError

    async def reply(self, server: int | None, key: str) -> Reply:
        """Return a kept reply, its facts as they stand now. Raises NotKnownError where it is too old."""
        raise NotImplementedError
