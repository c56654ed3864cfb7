"""The records that the layers speak in: frozen, with tuples inside, never database rows.

A `Fact`, `Actor` or `Source` is content as a story file states it and refers to others by their ids. A `FactRecord` is a fact as
stored: numbered, revised, with its actors and sources looked up, ready to be shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.facts.dates import StoryDate

FactKind = Literal["event", "quote", "claim", "passage"]
WRITTEN_KINDS: tuple[FactKind, ...] = ("event", "quote", "claim")
"""The kinds of facts that people write, in story files and forms."""

FACT_KINDS: tuple[FactKind, ...] = (*WRITTEN_KINDS, "passage")
"""All kinds; a passage is a sentence of an article, word for word."""

ACTOR_KINDS = ("person", "organization", "outlet", "platform", "government", "place", "group", "other")


@dataclass(frozen=True, slots=True)
class Source:
    """Something that can be cited. ``type`` is a CSL item type, ``id`` the key in the story file.

    ``details`` is what else is known about it, for citations and reference managers: CSL variables with their text, in the order
    of `bot.stories.csl_terms.VARIABLES`. A date is EDTF, a person ``Family || Given``.
    """

    id: str
    type: str
    title: str
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    published: StoryDate | None = None
    url: str | None = None
    archive: str | None = None
    note: str | None = None
    details: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in a source: ``label`` is a CSL locator label such as ``paragraph``, ``locator`` its value such as ``4``."""

    source: str
    label: str | None = None
    locator: str | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, organisation, place or other thing that acts or is spoken of.

    ``wikidata`` is the id of its item there, such as ``Q918``: written by somebody who knows that it is the same, never guessed.
    """

    id: str
    name: str
    kind: str
    aliases: tuple[str, ...] = ()
    role: str | None = None
    citations: tuple[Citation, ...] = ()
    wikidata: str | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """An event, a quote, a claim or a passage.

    ``text`` is the event's ``what``, the quote's words verbatim, the claim, or the sentence of an article as it stands there.
    ``by`` are the speakers (all but events), ``who`` the participants (events), ``about`` the subjects; all are actor ids.
    ``event`` is the id of the event it belongs to. ``asked_as`` are other ways in which readers ask for it.

    ``reviewed`` says whether somebody wrote or kept it. ``glosses`` explain words of a passage that mean nothing by themselves:
    the characters from and to, and whom or which day they mean, such as (0, 3, "Maria Lee") for "She". The ``context`` of a
    passage is the sentence before it. ``quoted`` are the characters, from and to, that are its speakers' own words; ``happened``
    means that it tells what happened on its date.
    """

    id: str
    kind: FactKind
    text: str
    citations: tuple[Citation, ...]
    date: StoryDate | None = None
    where: str | None = None
    context: str | None = None
    by: tuple[str, ...] = ()
    who: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    event: str | None = None
    asked_as: tuple[str, ...] = ()
    reviewed: bool = True
    glosses: tuple[tuple[int, int, str], ...] = ()
    quoted: tuple[tuple[int, int], ...] = ()
    happened: bool = False

    @property
    def is_exported(self) -> bool:
        """Whether story files and exports include it; a sentence of an article, even a kept one, is not ours to hand on."""
        return self.reviewed and self.kind != "passage"

    @property
    def glossed(self) -> str:
        """The text with each gloss in square brackets behind the words that it explains, as editors set them."""
        text = self.text
        for _, end, meant in reversed(self.glosses):
            text = f"{text[:end]} [{meant}]{text[end:]}"
        return text


@dataclass(frozen=True, slots=True)
class RecordedQuestion:
    """A question that a story must be able to answer: ``expect`` has the ids of right facts; if empty, none may answer it."""

    ask: str
    expect: tuple[str, ...] = ()
    short: str | None = None


@dataclass(frozen=True, slots=True)
class StoryInfo:
    """What a story is called and about."""

    id: str
    title: str
    summary: str | None = None
    language: str = "en"

    @property
    def is_english(self) -> bool:
        """Whether its facts are in English, of any country."""
        return self.language.partition("-")[0] == "en"


@dataclass(frozen=True, slots=True)
class Story:
    """A whole story: what one story file holds. Facts are events first, then quotes, then claims, each in the file's order."""

    info: StoryInfo
    sources: tuple[Source, ...]
    actors: tuple[Actor, ...]
    facts: tuple[Fact, ...]
    questions: tuple[RecordedQuestion, ...] = ()


@dataclass(frozen=True, slots=True)
class FactRecord:
    """A fact as stored. ``sources`` stand in the order of ``fact.citations``, one for each.

    ``sentences`` are given where it also carries the citations of other facts: see `cited_words`.
    """

    number: int
    revision: int
    story: StoryInfo
    fact: Fact
    speakers: tuple[Actor, ...] = ()
    participants: tuple[Actor, ...] = ()
    subjects: tuple[Actor, ...] = ()
    sources: tuple[Source, ...] = ()
    retracted: bool = False
    sentences: tuple[str, ...] = ()

    @property
    def ref(self) -> str:
        """The permanent name of this revision, such as ``F12@3``."""
        return f"F{self.number}@{self.revision}"

    @property
    def cited(self) -> tuple[tuple[Citation, Source], ...]:
        """Its citations, each with its source."""
        return tuple(zip(self.fact.citations, self.sources, strict=True))

    @property
    def cited_words(self) -> tuple[str, ...]:
        """The words that stand at each place that it cites, "" where they are not known."""
        return self.sentences or (self.fact.text if self.fact.kind in ("passage", "quote") else "",) * len(self.sources)

    @property
    def involved(self) -> tuple[Actor, ...]:
        """The actors that speak, take part or are spoken of, in this order."""
        return (*self.speakers, *self.participants, *self.subjects)


@dataclass(frozen=True, slots=True)
class Revision:
    """One step in the history of a fact: ``action`` is add, revise, retract or restore; ``at`` is ISO 8601 in UTC."""

    number: int
    action: str
    at: str
    by: str
    reason: str | None
    fact: Fact


@dataclass(frozen=True, slots=True)
class ActorRecord:
    """An actor as stored, with its story and how many facts it speaks in and appears in."""

    number: int
    story: StoryInfo
    actor: Actor
    spoken: int = 0
    mentioned: int = 0


@dataclass(frozen=True, slots=True)
class StoryChanges:
    """What loading a story did: ids of facts added, revised and retracted, and of actors and sources changed.

    ``new``: the base did not have the story before, so everything in it is new. ``other``: something else of a known story
    changed: its title, summary, language, order or questions.
    """

    story: str
    added: tuple[str, ...] = ()
    revised: tuple[str, ...] = ()
    retracted: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    other: bool = False
    new: bool = False

    def __bool__(self) -> bool:
        facts = self.added or self.revised or self.retracted
        return bool(facts or self.actors or self.sources or self.other or self.new)
