"""What the lists of a base hold: an actor, who speaks about whom, a source with its use, what is stored about a person."""

from __future__ import annotations

from dataclasses import dataclass

from bot.facts.models import ActorRecord, FactRecord, Source, StoryInfo
from bot.facts.speakers import Link
from bot.facts.state.privacy import PersonalData
from bot.facts.state.proposals import Proposal


@dataclass(frozen=True, slots=True)
class ActorPage:
    """An actor with the facts that it is in, each group by date.

    ``events`` are those it takes part in, ``spoken`` its quotes and claims, ``about`` what others say about it; in each what is
    reviewed comes first.
    """

    record: ActorRecord
    sources: tuple[Source, ...]
    events: tuple[FactRecord, ...]
    spoken: tuple[FactRecord, ...]
    about: tuple[FactRecord, ...]

    @property
    def facts(self) -> tuple[FactRecord, ...]:
        """All of them, group by group; among what the actor said, quotes come first."""
        spoken = sorted(self.spoken, key=lambda record: record.fact.kind != "quote" and not record.fact.quoted)
        return (*self.events, *spoken, *self.about)


@dataclass(frozen=True, slots=True)
class Timeline:
    """A time line with what its title says: the name of its actor, None for all, and its period in words, "" for all time."""

    facts: tuple[FactRecord, ...]
    actor: str | None
    period: str


@dataclass(frozen=True, slots=True)
class Network:
    """Who speaks about whom, most often first; with an ``actor`` (and its number), only about them and what they say."""

    links: tuple[Link, ...]
    actor: str | None = None
    number: int = 0


@dataclass(frozen=True, slots=True)
class StoredOfPerson:
    """What a base stores about a person, including their latest suggestions, and for how many days it stores questions."""

    data: PersonalData
    suggestions: tuple[Proposal, ...]
    question_days: int


@dataclass(frozen=True, slots=True)
class SourceUse:
    """A source with the number of facts that cite it."""

    story: StoryInfo
    source: Source
    cited: int
