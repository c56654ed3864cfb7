"""A typed fact: what somebody filled into the form of a fact, stored as it was typed until it is saved."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any

from bot.editing.sentences import as_written
from bot.errors import DateError
from bot.facts.dates import StoryDate
from bot.facts.models import Citation, FactKind, FactRecord
from bot.facts.typed_dates import typed_date

_OF_FACT = ("text", "by", "date", "where", "context", "about", "event", "cite", "asked_as")  # fields that a fact fills in


@dataclass(frozen=True, slots=True)
class NewSource:
    """A source that comes with a fact, as typed."""

    title: str = ""
    type: str = "webpage"
    publisher: str = ""
    published: str = ""
    url: str = ""
    archive: str = ""


@dataclass(frozen=True, slots=True)
class TypedFact:
    """A form for a fact, as typed.

    ``fact`` is the number of the fact that is edited and ``seen`` its revision when the form was opened; both are None for a new
    one. ``by`` are ids of actors: who speaks, of an event who takes part; ``about`` too. ``cite`` has a citation a line: the id
    of a source or its link, then ``#`` and a paragraph, or a place such as ``page 12``. ``new_source`` says more about a link
    that no source has. ``gap`` and ``proposal`` are the numbers of what it came from, ``version``
    is that of the suggestion when the form was opened. ``as_it_stands``: the fact is to be kept as it is, whatever the form says.
    One whose kind is passage stands for a whole ``article``, held as text until it is decided; ``text`` is then the headline,
    and ``cite`` the link.
    """

    kind: FactKind
    story: str
    text: str = ""
    by: tuple[str, ...] = ()
    date: str = ""
    where: str = ""
    context: str = ""
    about: tuple[str, ...] = ()
    event: str = ""
    cite: str = ""
    new_source: NewSource | None = None
    asked_as: tuple[str, ...] = ()
    reason: str = ""
    fact: int | None = None
    seen: int | None = None
    gap: int | None = None
    proposal: int | None = None
    version: str = ""
    article: str = ""
    as_it_stands: bool = False

    def rebased(self, seen: TypedFact, now: TypedFact) -> TypedFact:
        """Return it based on what its fact says now.

        A field left as it was ``seen`` when the form was opened is taken from ``now``; one that was changed stays as typed.
        """
        untouched = {name: getattr(now, name) for name in _OF_FACT if getattr(self, name) == getattr(seen, name)}
        return replace(self, **untouched, seen=now.seen)

    def encode(self) -> str:
        """Return it as JSON text without empty fields, except for the story, which may still have to be chosen."""
        content = {name: value for name, value in asdict(self).items() if name == "story" or value not in ("", (), None, False)}
        return json.dumps(content, ensure_ascii=False)

    @classmethod
    def decode(cls, text: str) -> TypedFact:
        """Read what `encode` wrote."""
        values: dict[str, Any] = json.loads(text)
        known = {field.name for field in fields(cls)}
        values = {name: tuple(value) if isinstance(value, list) else value for name, value in values.items() if name in known}
        if "new_source" in values:
            parts = {field.name for field in fields(NewSource)}
            values["new_source"] = NewSource(**{name: value for name, value in values["new_source"].items() if name in parts})
        return cls(**values)

    @classmethod
    def to_keep(cls, record: FactRecord) -> TypedFact:
        """Return the form of a fact that is to be kept as it stands, filled in for whoever edits it instead."""
        return replace(cls.of(record), as_it_stands=True)

    @classmethod
    def of(cls, record: FactRecord) -> TypedFact:
        """Return the form of a fact, filled in as the fact stands; a passage becomes what a person would most likely write."""
        fact = record.fact if record.fact.kind != "passage" else as_written(record)
        return cls(
            kind=fact.kind,
            story=record.story.id,
            text=fact.text,
            by=fact.who if fact.kind == "event" else fact.by,
            date=date_words(fact.date) if fact.date else "",
            where=fact.where or "",
            context=fact.context or "",
            about=fact.about,
            event=fact.event or "",
            cite="\n".join(map(citation_words, fact.citations)),
            asked_as=fact.asked_as,
            fact=record.number,
            seen=record.revision,
        )


def citation_words(citation: Citation) -> str:
    """Return a citation as a form has it: ``gazette``, ``gazette#4``, ``gazette page 12``."""
    if citation.locator is None:
        return citation.source
    locator = f"#{citation.locator}" if citation.label == "paragraph" else f" {citation.label} {citation.locator}"
    return f"{citation.source}{locator}"


def date_words(stored: StoryDate) -> str:
    """Return a date as a person would type it where that reads back as the same date, else as EDTF."""
    words = stored.words()
    try:
        return words if typed_date(words, date.min).date == stored else stored.edtf
    except (DateError, OverflowError):
        return stored.edtf
